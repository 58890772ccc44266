"""
Which steps of a sentence the report asks for.

A word of asking (``recommend``, ``is advised``) reaches the steps it is joined to; the section of recommendations asks
for all of its steps; a bare note (``Stereotactic biopsy.``) asks under an impression or with an interval. A step that
was done, is not needed, or hangs on a condition is not asked for.
"""

from collections.abc import Sequence
from itertools import pairwise

from worker.core.narrative.attach import HEADS
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.refusing import is_led_to, is_of_another_exam, refusals
from worker.core.narrative.sentence import Sentence
from worker.core.narrative.steps import TIMES, Step, asks_by_name, is_periodic

__all__ = ["ASKING", "WHY", "are_asked"]

_FIRST_WORDS_ASK = frozenset(("impression", "assessment", "addendum"))
ASKING = _FIRST_WORDS_ASK | {"recommendation"}
_ASKING_KINDS = TIMES | {"recommend"}
_LISTED = frozenset(
    (
        *("bullet", "number", "dash", "time", "period", "side", "filler", "comma", "pipe", "exam", "numeral"),
        *("and", "or", "definite", "slash", "organ", "change", "side-initial"),
    )
)
_LEADING = frozenset(("side", "filler", "definite", "break", "exam"))
_OF_WHAT = frozenset(("date", "side", "filler", "definite", "organ", "tissue", "exam"))
_ENUMERATING = frozenset(("comma", "dash", "slash", "colon"))
_GOES_ON = frozenset(("and", "or", "comma", "slash", "plus", "semicolon", "termination", ""))
_PARTS = frozenset(("existence", "performed", "historical", "concordance"))
WHY = frozenset(("history", "comparison"))
_STATING = frozenset(("performed", "negation", "predicate"))
_MOST_UNKNOWN_WORDS = 1  # before the action of a bare note: "Urgent biopsy."


def are_asked(page: Page, sentence: Sentence, steps: Sequence[Step], has_summary: bool, is_rated: bool) -> list[bool]:
    """
    For every step whether the report asks for it.

    Args:
        has_summary: Whether a section of the report asks (impression, recommendation); its other notes then do not.
        is_rated: Whether a category was named before or in the sentence: a text without sections asks behind it.
    """
    if steps and is_rated and not has_summary and not sentence.section and _is_bare(sentence.marks):
        return [not no for no in refusals(sentence.marks, steps)]
    if not steps or not _may_ask(page, sentence, steps):
        return [False] * len(steps)
    if has_summary and sentence.section in WHY:
        return [False] * len(steps)  # "HISTORY: biopsy was recommended elsewhere"
    if has_summary and sentence.section not in ASKING and not sentence.has("recommend") and not sentence.has("scale"):
        asked = [asks_by_name(page, step.mark) and sentence.section not in WHY for step in steps]
        return [one and not no for one, no in zip(asked, refusals(sentence.marks, steps), strict=True)]
    asked = [_asks_itself(page, sentence, step, place, has_summary) for place, step in enumerate(steps)]
    for place in range(1, len(steps)):
        asked[place] = asked[place] or (asked[place - 1] and _is_chained(sentence.marks, steps, place))
    for place in range(len(steps) - 2, -1, -1):
        asked[place] = asked[place] or (asked[place + 1] and is_led_to(sentence.marks, steps, place))
    refused = refusals(sentence.marks, steps)
    return [
        (wanted or step.mark.concept == "no-follow-up") and not no
        for step, wanted, no in zip(steps, asked, refused, strict=True)
    ]


def _is_bare(marks: list[Mark]) -> bool:
    """``BI-RADS 0. Left breast: spot compression, ultrasound.``: nothing but what is to be done, and where."""
    return all(mark.kind in _LISTED or mark.kind in {"action", "colon", "scale", "guidance"} for mark in marks)


def _may_ask(page: Page, sentence: Sentence, steps: Sequence[Step]) -> bool:
    """Whether anything in or above the sentence could ask; most sentences that name an action only tell of it."""
    if sentence.section in ASKING or not sentence.kinds.isdisjoint(_ASKING_KINDS):
        return True
    return any(
        step.mark.concept == "no-follow-up" or is_periodic(page, step.mark) or asks_by_name(page, step.mark)
        for step in steps
    )


def _asks_itself(page: Page, sentence: Sentence, step: Step, place: int, has_summary: bool) -> bool:
    if sentence.section == "recommendation" or (sentence.section not in WHY and asks_by_name(page, step.mark)):
        return True
    own = sentence.marks[step.last + 1 : step.end]
    is_clause_between = any(mark.kind == "comma" and mark.concept == "clause" for mark in own)
    end = step.first if is_clause_between else step.end
    if any(
        sentence.marks[place].kind == "recommend"
        and not _is_negated(sentence.marks, place)
        and not (has_summary and sentence.section not in ASKING and is_of_another_exam(sentence.marks, place))
        for place in range(step.start, end)
    ):
        return True
    follows_category = _after_category(sentence.marks, step.first) > step.start
    return (place == 0 or follows_category) and _is_note(page, sentence, step)


def _is_negated(marks: list[Mark], place: int) -> bool:
    """``should not deter``, ``is recommended not to``: a word of asking that a denial follows at once."""
    following = marks[place + 1] if place + 1 < len(marks) else None
    return following is not None and following.kind == "negation" and following.first == marks[place].last


def _is_note(page: Page, sentence: Sentence, step: Step) -> bool:
    """A sentence that starts with the action and states nothing of it (``Control in 12 months.``)."""
    marks = sentence.marks
    has_interval = any(m.kind in TIMES for m in marks[step.start : step.end]) or is_periodic(page, step.mark)
    if sentence.section in WHY or not (has_interval or _is_first_word(sentence)):
        return False
    start = _after_category(marks, step.first) if has_interval else 0
    if sentence.section in ASKING or marks[0].kind == "termination":
        start = max(start, _after_termination(marks, step.first))
    before = marks[start : step.first]
    reason = next((mark for mark in reversed(before) if mark.kind not in _LEADING), None)
    if sentence.section in _FIRST_WORDS_ASK and reason is not None and reason.kind == "reason":
        return _touch(
            [mark for mark in marks[: step.first + 1] if mark.first >= reason.first]
        )  # "calcs, for left biopsy"
    if any(mark.kind not in _LISTED for mark in before):
        return _is_first_word(sentence) and _ends_in_steps(marks, step)
    known = {word for mark in before for word in range(mark.first, mark.last)}
    first = marks[start].first if start else sentence.first
    words = [word for word in range(first, marks[step.first].first) if word not in known]
    unknown = [word for word in words if page.words[word][0].isalpha()]
    behind = marks[step.last + 1 :]
    stated = _is_told_of(behind) or any(
        mark.kind in _STATING or (step.mark.kind == "exam" and mark.kind in HEADS) for mark in behind
    )
    return len(unknown) <= _MOST_UNKNOWN_WORDS and not stated


def _touch(marks: list[Mark]) -> bool:
    return all(after.first <= before.last for before, after in pairwise(marks))


def _is_told_of(behind: list[Mark]) -> bool:
    """``The biopsy of the right breast is benign``: what came of it."""
    verb = next((place for place, mark in enumerate(behind) if mark.kind not in _OF_WHAT), len(behind))
    rest = [mark.kind for mark in behind[verb:] if mark.kind not in _OF_WHAT and mark.kind != "break"]
    return verb < len(behind) and behind[verb].kind == "break" and rest[:1] in (["descriptor"], ["concordance"])


def _ends_in_steps(marks: list[Mark], step: Step) -> bool:
    """``Focal asymmetry, spot compression views and ultrasound``: behind a comma nothing but what is to be done."""
    place = step.first - 1
    while place >= 0 and marks[place].kind in _LISTED - _ENUMERATING:
        place -= 1
    return (
        place >= 0
        and marks[place].kind in _ENUMERATING
        and all(mark.kind in _LISTED or mark.kind in {"action", "link"} for mark in marks[step.last + 1 :])
    )


def _after_termination(marks: list[Mark], place: int) -> int:
    """Where the words behind the last ``otherwise`` or semicolon before a place begin."""
    return next((k + 1 for k in range(place - 1, -1, -1) if marks[k].kind in {"termination", "semicolon"}), 0)


def _is_first_word(sentence: Sentence) -> bool:
    """Whether the section makes a bare action a request; ``Left breast, vacuum biopsy:`` is a heading."""
    return sentence.section in _FIRST_WORDS_ASK and not sentence.is_tissue


def _after_category(marks: list[Mark], place: int) -> int:
    """Where the words behind the last category before a place begin: ``... BI-RADS 3, control in 6 months``."""
    for before in range(place - 1, 0, -1):
        if marks[before].kind in {"number", "numeral", "roman"} and marks[before - 1].kind in {"scale", "category"}:
            return before + 1
    return 0


def _is_chained(marks: list[Mark], steps: Sequence[Step], place: int) -> bool:
    """``recommend X and Y``: the word of asking goes on to the next step."""
    before, step = steps[place - 1], steps[place]
    between = marks[before.last + 1 : step.first]
    if any(mark.kind == "colon" for mark in between) and any(mark.kind in HEADS for mark in between):
        return False  # "biopsy is recommended: the calcifications are ... on magnification"
    joints = {mark.first for mark in between if mark.kind == "and"}  # "as well as" is one
    return step.joint in _GOES_ON and not any(m.kind in _PARTS and m.first not in joints for m in between)
