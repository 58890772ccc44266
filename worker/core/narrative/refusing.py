"""What a sentence takes back of its steps: what is past, not needed, or hangs on a condition, is not asked for."""

from collections.abc import Sequence

from worker.core.narrative.attach import HEADS
from worker.core.narrative.marks import Mark
from worker.core.narrative.steps import PAST, Step, is_condition

__all__ = ["conditionals", "is_led_to", "is_of_another_exam", "refusals"]

_PARTS = frozenset(("existence", "performed", "historical", "concordance"))
_NEW_STATEMENT = frozenset(("semicolon", "termination", "recommend", "stop"))
_FOLLOWING = "following"  # of a denial: it sets aside what follows ("instead of")
_TIME = "time"  # of a word of the past: it tells when, not that something was done ("after")
_CLAUSE_ENDS = frozenset(("comma", "and", "or"))
_DENYING = frozenset(("negation", "dismissed", "exception"))
_FOLLOWING_UP = frozenset(("follow-up", "short-interval-mammogram", "mammogram"))
_GOOD = frozenset(("benign", "benign-appearing", "concordant"))  # "in 6 months if benign"
_DEFERRING = frozenset(("routine-screening", "no-follow-up", "clinical-follow-up"))


def refusals(marks: list[Mark], steps: Sequence[Step]) -> list[bool]:
    """For every step whether its part of the sentence says that it is past, not needed, or only a condition's."""
    refused = [
        _is_past(marks, step) or _is_denied(marks, step) or _is_conditional(marks, steps, place)
        for place, step in enumerate(steps)
    ]
    for place in range(1, len(steps)):
        if steps[place].joint == "or" and _is_denied(marks, steps[place - 1]):
            refused[place] = True
    for place in range(len(steps) - 2, -1, -1):
        if _is_dismissed(marks, steps[place + 1]) and is_led_to(marks, steps, place):
            refused[place] = refused[place] or not any(
                mark.kind == "recommend" for mark in marks[steps[place].start : steps[place].first]
            )
    return refused


def conditionals(marks: list[Mark], steps: Sequence[Step]) -> list[bool]:
    """
    For every step whether it only hangs on a condition and would add something (``if increased, biopsy``).

    ``If BI-RADS 4 calcifications are found, biopsy is done`` teaches.
    """
    first = next((place for place, mark in enumerate(marks) if is_condition(mark)), len(marks))
    if any(mark.kind == "scale" for mark in marks[first:]):
        return [False] * len(steps)
    return [
        step.mark.concept not in _DEFERRING
        and _is_conditional(marks, steps, place)
        and not (_is_past(marks, step) or _is_denied(marks, step))
        for place, step in enumerate(steps)
    ]


def _is_past(marks: list[Mark], step: Step) -> bool:
    """Done already: so say the words before it in its own statement, or right behind it."""
    is_asked_behind = any(mark.kind == "recommend" for mark in marks[step.last + 1 : step.end])
    for place in range(step.first - 1, step.start - 1, -1):
        kind = marks[place].kind
        if kind in PAST and marks[place].meaning.direction != "backward":
            if not _dates_another(marks, place, step):
                return True
            continue
        if kind in _NEW_STATEMENT or (kind == "comma" and is_asked_behind):
            break
    for place in range(step.last + 1, step.end):
        kind = marks[place].kind
        if kind == "recommend" and place + 2 < len(marks) and marks[place + 1].kind == "break":
            return marks[place + 2].kind in HEADS  # "biopsy suggested a papilloma"
        if kind == "recommend" or kind in HEADS:
            return False
        if kind == "performed" and marks[place].concept != _TIME and not _dates_procedure(marks, place):
            return True
    return False


def _dates_another(marks: list[Mark], past: int, step: Step) -> bool:
    """``post-biopsy mammogram``: what is past is the procedure named right behind, not the step."""
    if not _dates_procedure(marks, past) or marks[past].last >= step.mark.first:
        return False
    behind = next((mark for mark in marks[past + 1 :] if mark.first > marks[past].last), step.mark)
    return behind.kind not in {"and", "or", "slash"}


def _dates_procedure(marks: list[Mark], past: int) -> bool:
    """Whether a word of the past stands right before a procedure (``after localisation``)."""
    return any(m.kind in {"action", "ignore"} and m.first == marks[past].last for m in marks[past + 1 : past + 3])


def _is_denied(marks: list[Mark], step: Step) -> bool:
    """Denied by a cue before it that has not met its own noun (``no masses``), or dismissed behind it."""
    if step.mark.concept == "no-follow-up":
        return False
    for place in range(step.first - 1, step.start - 1, -1):
        mark = marks[place]
        if mark.kind in _DENYING and mark.meaning.direction != "backward":
            return not (_has_own_step(marks, place, step) or _is_affirmed_behind(marks, step))
        if mark.kind in HEADS or mark.kind in {"semicolon", "termination"}:
            break
    return _is_dismissed(marks, step)


def _has_own_step(marks: list[Mark], denial: int, step: Step) -> bool:
    """``do not need to be biopsied, excision is advised``: what is denied is named right there, before a comma."""
    following = marks[denial + 1]
    is_own = following.kind == "recommend" and following.first == marks[denial].last
    return is_own and any(mark.kind == "comma" for mark in marks[denial + 1 : step.first])


def _is_affirmed_behind(marks: list[Mark], step: Step) -> bool:
    """``no substitute for biopsy, which is required``."""
    behind = [mark for mark in marks[step.last + 1 : step.end] if mark.kind != "comma"][:2]
    return [mark.kind for mark in behind] == ["existence", "recommend"] and behind[1].first == behind[0].last


def _is_dismissed(marks: list[Mark], step: Step) -> bool:
    for place in range(step.last + 1, step.end):
        mark = marks[place]
        if mark.kind == "dismissed" and mark.concept != _FOLLOWING:
            before = marks[place - 1]  # "..., genetics not indicated": of something else
            return before.kind != "comma" or before.last == mark.first
        if mark.kind in HEADS or (mark.kind == "recommend" and not is_of_another_exam(marks, place)):
            return False
    return False


def is_of_another_exam(marks: list[Mark], place: int) -> bool:
    """``the biopsy recommended on the outside study is not needed``, ``had been advised``."""
    following = marks[place + 1] if place + 1 < len(marks) else None
    if following is not None and following.kind == "prior" and following.first - marks[place].last <= 1:
        return True
    before = marks[place - 1] if place else None
    return before is not None and before.kind == "prior" and before.last == marks[place].first


def _is_conditional(marks: list[Mark], steps: Sequence[Step], place: int) -> bool:
    """
    ``If stable, return to annual``: not asked for yet. A condition behind a step only cancels one that defers.

    ``Biopsy, if feasible`` asks for the biopsy; ``annual screening if stable`` does not ask for the screening.
    """
    step = steps[place]
    for before in range(step.first - 1, -1, -1):
        mark = marks[before]
        if is_condition(mark) and not _is_of_earlier(marks, steps[:place], before, step):
            return True
        if mark.kind in {"semicolon", "termination"}:
            break
    behind = next((k for k in range(step.last + 1, step.end) if is_condition(marks[k])), -1)
    if behind < 0:
        return False
    if step.mark.concept in _DEFERRING:
        return True
    return step.mark.concept in _FOLLOWING_UP and any(mark.concept in _GOOD for mark in marks[behind : behind + 4])


def _is_of_earlier(marks: list[Mark], earlier: Sequence[Step], condition: int, step: Step) -> bool:
    """``MRI, if feasible, and biopsy``: the condition of a step named before, which ends before this one."""
    if not any(one.last < condition < one.end for one in earlier):
        return False
    joint = next((k for k in range(condition + 1, step.first) if marks[k].kind in _CLAUSE_ENDS), step.first)
    return joint < step.first and not any(mark.kind in {"action", "exam"} for mark in marks[condition:joint])


def is_led_to(marks: list[Mark], steps: Sequence[Step], place: int) -> bool:
    """``X and Y are recommended``: the word of asking reaches back over a list."""
    step, following = steps[place], steps[place + 1]
    if following.joint not in {"and", "or", "comma", "slash", "plus", "dash", ""}:
        return False
    between = marks[step.last + 1 : following.first]
    return not any(
        mark.kind in _PARTS or mark.kind in {"predicate", "negation"} or mark.concept == "clause" for mark in between
    )
