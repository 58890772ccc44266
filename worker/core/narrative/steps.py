"""
One sentence -> the steps it names, each with the part of the sentence that is about it.

``Biopsy of the left breast and yearly screening of the right`` names two; each has its own side, interval and denial.
A step is an action, or an exam with an interval. Two names without a joint between are one step (``follow-up diagnostic
mammogram``): the narrower one names it.
"""

from itertools import pairwise

from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.sentence import Sentence
from worker.core.rules.words import Meaning

__all__ = ["PAST", "TIMES", "Step", "asks_by_name", "is_condition", "is_periodic", "period_within", "steps_of"]

TIMES = frozenset(("time", "period"))
_JOINTS = frozenset(
    ("and", "or", "comma", "colon", "semicolon", "slash", "plus", "termination", "pipe", "dash", "stop")
)
_WITHIN_ONE = frozenset(
    ("guidance", "link", "side", "filler", "reason", "break", "exam", "organ", "definite", "breasts", *TIMES)
)
_WHERE = frozenset(("side", "break", "definite", "filler"))
_LEADING = frozenset(("side", "filler", "definite", "exam", *TIMES))
_PURPOSE = "purpose"  # of a hypothetical cue: what an exam is for; no condition of it
_NAMES = frozenset(("action", "exam"))
_GENERAL = frozenset(("follow-up", "short-interval-mammogram"))  # narrower names tell by which exam
PAST = frozenset(("performed", "historical"))
_WIDEST_GAP = 2  # unknown words inside one step


class Step:
    """
    One step; places ``[start, end)`` of its sentence's marks are about it.

    ``joint`` is what joins it to the step before.

    ``first`` and ``last`` are the places of its first and last name, ``mark`` is the name that counts.
    """

    __slots__ = ("end", "first", "is_later", "joint", "last", "mark", "start")

    def __init__(self, place: int, mark: Mark) -> None:
        self.mark, self.first, self.last = mark, place, place
        self.start = self.end = 0
        self.joint = ""
        self.is_later = mark.concept in _GENERAL  # called a follow-up

    def take(self, place: int, mark: Mark) -> None:
        """Another name of the same step."""
        if _is_general(self.mark) and not (mark.kind == "exam" and self.mark.kind == "action"):
            self.mark = mark
        self.is_later = self.is_later or mark.concept in _GENERAL
        self.last = place


def steps_of(sentence: Sentence, with_exams: bool) -> list[Step]:
    """
    The steps of a sentence in order.

    Args:
        with_exams: Whether a plain exam (``mammogram in 6 months``) counts as well.
    """
    marks = sentence.marks
    steps: list[Step] = []
    covered = 0
    for place, mark in enumerate(marks):
        if mark.kind not in _NAMES or mark.first < covered or not _names_step(marks, place, with_exams):
            continue
        covered = mark.last
        if steps and _is_same(marks, steps[-1], place):
            steps[-1].take(place, mark)
        else:
            steps.append(Step(place, mark))
    _share_out(marks, steps)
    return steps


def _names_step(marks: list[Mark], place: int, with_exams: bool) -> bool:
    mark = marks[place]
    if mark.kind == "action":
        return not _follows_past(marks, place) and not _is_duration(marks, place)
    if mark.kind != "exam" or mark.concept == "other" or not with_exams:
        return False
    following = marks[place + 1] if place + 1 < len(marks) else None
    return following is None or following.kind != "action" or following.first != mark.first


def _is_duration(marks: list[Mark], place: int) -> bool:
    """``to complete 2 years of follow-up``: how long it takes, unless that is asked for."""
    if marks[place].concept not in _GENERAL or place < 2:
        return False
    link, time = marks[place - 1], marks[place - 2]
    is_of = (
        link.kind == "filler" and link.last == marks[place].first and time.kind == "time" and time.last == link.first
    )
    return is_of and (place < 3 or marks[place - 3].kind != "recommend")


def _follows_past(marks: list[Mark], place: int) -> bool:
    """``post-biopsy mammogram``, ``after lumpectomy``: a procedure that only tells the time of another step."""
    for before in range(place - 1, -1, -1):
        mark = marks[before]
        if mark.kind == "recommend" or mark.last < marks[place].first:
            return False
        if mark.kind in PAST and mark.meaning.direction != "backward":
            return not any(m.kind == "recommend" and m.first == mark.first for m in marks[max(0, before - 2) : before])
        if mark.last == marks[place].first and mark.first < marks[place].first:
            return False
    return False


def _is_general(mark: Mark) -> bool:
    return mark.kind == "exam" or mark.concept in _GENERAL


def _is_same(marks: list[Mark], step: Step, place: int) -> bool:
    """Whether a name goes on with the step before it: one of both is general, and nothing parts them."""
    if not (_is_general(step.mark) or _is_general(marks[place])):
        return False
    between = marks[step.last + 1 : place]
    if any(mark.kind not in _WITHIN_ONE and mark.first >= marks[step.last].last for mark in between):
        return False
    known = sum(mark.last - mark.first for mark in between if mark.first >= marks[step.last].last)
    return marks[place].first - marks[step.last].last - known <= _WIDEST_GAP


def _share_out(marks: list[Mark], steps: list[Step]) -> None:
    """Part the sentence between its steps: at the last joint before a step, else where its own words begin."""
    for step, following in pairwise(steps):
        cut = _condition_between(marks, step.last, following.first)
        cut = cut if cut >= 0 else _last_joint(marks, step.last, following.first)
        if cut >= 0:
            following.joint = marks[cut].kind
            step.end, following.start = cut, cut + 1
            continue
        cut = _denial_before(marks, step.last, following.first)
        if cut >= 0:
            following.joint = marks[cut].kind
            step.end = following.start = cut
            continue
        cut = _request_of_next(marks, step, following)
        if cut >= 0:
            step.end = following.start = cut
            continue
        cut = following.first
        while cut - 1 > step.last and marks[cut - 1].kind in _LEADING:
            cut -= 1
        has_side = any(
            mark.kind == "side" for mark in (*marks[step.start : step.last + 1], *marks[step.last + 1 : cut])
        )
        step.end = following.start = cut if has_side else following.first
    if steps:
        steps[-1].end = len(marks)


def _request_of_next(marks: list[Mark], step: Step, following: Step) -> int:
    """``no further imaging patient to return in six months``: what asks behind a denied step is the next one's."""
    before = marks[step.first - 1] if step.first else None
    if before is None or before.kind != "negation" or before.last != step.mark.first:
        return -1
    return next((k for k in range(step.last + 1, following.first) if marks[k].kind == "recommend"), -1)


def _denial_before(marks: list[Mark], after: int, before: int) -> int:
    """``follow-up rather than biopsy``: the denial right before a step is about that step."""
    for place in range(before - 1, after, -1):
        mark = marks[place]
        if marks[before].first - mark.last > _WIDEST_GAP:
            break
        if mark.kind in {"negation", "dismissed"} and mark.meaning.direction != "backward":
            return place
    return -1


def _condition_between(marks: list[Mark], after: int, before: int) -> int:
    """The joint before a condition of the following step: ``A and, if confirmed, B``; ``A, if feasible, and B``: -1."""
    for place in range(after + 2, before):
        if not is_condition(marks[place]):
            continue
        joint = marks[place - 1].kind
        if joint == "comma":
            ends_in_and = any(mark.kind == "and" for mark in marks[place + 1 : before])
            return place - 1 if marks[place - 2].kind == "and" or not ends_in_and else -1
        return place - 1 if joint in _JOINTS else -1
    return -1


def is_condition(mark: Mark) -> bool:
    """Whether a mark makes what follows hang on something; what an exam is for does not."""
    return mark.kind == "hypothetical" and mark.concept != _PURPOSE


def _last_joint(marks: list[Mark], after: int, before: int) -> int:
    """The last joint between two steps; ``A and, on the right, B``: the one before what only says where."""
    found = -1
    for place in range(before - 1, after, -1):
        if marks[place].kind in _JOINTS:
            between = {mark.kind for mark in marks[place + 1 : found]} if found >= 0 else {"side"}
            if "side" not in between or not between <= _WHERE:
                break
            found = place
    return found


def period_within(page: Page, mark: Mark) -> float:
    """Months named inside the words of the action itself (``control anual``); 0 if none, as in ``short-interval``."""
    if mark.concept == "short-interval-mammogram":
        return 0.0
    for place in range(mark.first, mark.last):
        periods = [meaning for meaning in _meanings_within(page, place, mark.last) if meaning.kind == "period"]
        if periods:
            return float(periods[-1].concept)
    return 0.0


def asks_by_name(page: Page, mark: Mark) -> bool:
    """Whether the name of a step starts with a word of asking (``refer to the surgeon``, ``return to screening``)."""
    return any(meaning.kind == "recommend" for meaning in _meanings_within(page, mark.first, mark.last))


def _meanings_within(page: Page, first: int, end: int) -> list[Meaning]:
    """What the phrases say that start at a word and end before another, the longest last."""
    meanings: list[Meaning] = []
    node = page.lexicon.trie
    for word in page.words[first:end]:
        below = node.get(word)
        if below is None:
            break
        node = below
        meanings += node.get(None, ())
    return meanings


def is_periodic(page: Page, mark: Mark) -> bool:
    """Whether a word of the action's name is a period (``annual screening``)."""
    return period_within(page, mark) > 0
