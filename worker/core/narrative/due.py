"""When a step is due: the time in its own words, or in those of the steps it is listed with."""

from worker.core.narrative.marks import Mark
from worker.core.narrative.sentence import Sentence
from worker.core.narrative.steps import TIMES, Step

__all__ = ["LISTING", "ROUTINE", "SHORTEST_INTERVAL", "bare_interval", "interval_of", "is_imaging", "is_routine"]

LISTING = frozenset(("and", "or", "comma", "slash", "plus"))
ROUTINE = frozenset(("routine-screening", "surveillance-mammogram", "no-follow-up"))
SHORTEST_INTERVAL = 3  # months; a diagnostic mammogram sooner than that is asked for now
_BEFORE_TIME = TIMES | {"break"}  # "short-term follow-up; 6 months"
_SHORTEST_DURATION = 24  # months; behind "for" so long a time is how long it goes on
_NOT_IMAGING = ("biopsy", "aspiration", "consult", "referral", "pathology", "review", "counselling")
_BARE = frozenset(
    (
        "time",
        "period",
        "side",
        "recommend",
        "break",
        "filler",
        "colon",
        "label",
        "definite",
        "number",
        "dash",
        "open",
        "close",
    )
)
_MOST_UNKNOWN_WORDS = 2  # beside a time that stands alone: "Interval: 6 months"


def interval_of(marks: list[Mark], steps: list[Step], place: int) -> Mark | None:
    """The earliest time in the step's own words; exams that are joined share the one at their end."""
    step = steps[place]
    own = [k for k in range(step.start, _own_end(marks, step)) if marks[k].kind in TIMES and _is_ahead(marks, k, step)]
    if own:
        return marks[min(own, key=lambda k: marks[k].value)]
    shared = _shared_interval(marks, steps, place)
    if shared is not None:
        return shared
    following = steps[place + 1] if place + 1 < len(steps) else None
    if following is None or not _is_listed(marks, following):
        return None
    if is_routine(following.mark) or not is_imaging(step.mark) or not is_imaging(following.mark):
        return None
    behind = [k for k in range(following.last + 1, following.end) if marks[k].kind == "time"]
    return marks[behind[0]] if behind and _is_ahead(marks, behind[0], following) else None


def _is_listed(marks: list[Mark], following: Step) -> bool:
    """``A and B in 6 months``, ``A with B in 6 months``; without a joint only where B has no side of its own."""
    if following.joint:
        return following.joint in LISTING
    return not any(mark.kind == "side" for mark in marks[following.start : following.end])


def _own_end(marks: list[Mark], step: Step) -> int:
    """Where a step's own words end: ``... in 6 months, then both in a year`` goes on with another that has no name."""
    for place in range(step.last, step.end):
        kind = marks[place].kind
        if kind == "termination" or (kind == "semicolon" and not _leads_to_time(marks, place)):
            return place
    return step.end


def _leads_to_time(marks: list[Mark], semicolon: int) -> bool:
    """``Short-term follow-up; 6 months``."""
    return semicolon + 1 < len(marks) and marks[semicolon + 1].kind in _BEFORE_TIME


def _shared_interval(marks: list[Mark], steps: list[Step], place: int) -> Mark | None:
    """``6-month follow-up mammogram and ultrasound``: a time before the first of a list is that of the others too."""
    step, before = steps[place], steps[place - 1] if place else None
    if before is None or step.joint not in {*LISTING, ""} or is_routine(step.mark) or is_routine(before.mark):
        return None
    if not is_imaging(step.mark) or not is_imaging(before.mark):
        return None
    if any(mark.kind == "side" for mark in marks[step.start : _own_end(marks, step)]):
        return None
    leading = [mark for mark in marks[before.start : before.first + 1] if mark.kind == "time" and before.is_later]
    return leading[0] if leading else _shared_interval(marks, steps, place - 1)


def _is_ahead(marks: list[Mark], place: int, step: Step) -> bool:
    """Whether a time is still to come: ``in 6 months``, not ``stable for 2 years`` or ``6 months ago``."""
    mark = marks[place]
    if mark.value <= 0:
        return False
    leads = place < step.first and marks[step.first].first - mark.last <= 1
    before = marks[place - 1] if place else None
    after = next((m for m in marks[place + 1 : place + 3] if m.first >= mark.last), None)
    if after is not None and after.kind in {"elapsed", "historical"} and after.first == mark.last:
        return after.meaning.direction == "forward"
    if leads and place + 1 < step.first and marks[place + 1].kind == "filler":
        return False  # "this completes two years of follow-up"
    if leads or before is None:
        return True
    if before.kind == "reason" and before.last == mark.first and mark.value >= _SHORTEST_DURATION:
        return False  # "yearly mammography for 5 years"
    touching = [m for m in marks[max(0, place - 3) : place] if m.last == mark.first]
    return not any(m.kind in {"elapsed", "change"} and m.meaning.direction != "backward" for m in touching)


def is_routine(mark: Mark) -> bool:
    """Whether a step only goes on with what is done anyway."""
    return mark.concept in ROUTINE


def is_imaging(mark: Mark) -> bool:
    """Whether a step looks at a breast."""
    return not any(word in mark.concept for word in _NOT_IMAGING)


def bare_interval(sentence: Sentence) -> Mark | None:
    """``Follow-up: 6 months``: a time that stands alone under the heading of recommendations."""
    if sentence.section != "recommendation" or not sentence.kinds <= _BARE or sentence.kinds.isdisjoint(TIMES):
        return None
    known = sum(mark.last - mark.first for mark in sentence.marks)
    time = next(mark for mark in sentence.marks if mark.kind in TIMES)
    if time.kind == "period" and sentence.place.side == "unknown" and "side" not in sentence.kinds:
        return None  # "Right: annual."
    is_alone = sentence.last - sentence.first - known <= _MOST_UNKNOWN_WORDS
    return time if is_alone and time.value >= SHORTEST_INTERVAL else None
