"""Whose breast each step of a sentence is for: by its own words, else by those of the step it is joined to."""

from worker.core.model import Laterality
from worker.core.narrative.due import LISTING, is_imaging, is_routine
from worker.core.narrative.marks import Mark
from worker.core.narrative.places import merged_side
from worker.core.narrative.steps import TIMES, Step

__all__ = ["sides_of"]

_ENDS = frozenset(("semicolon", "termination", "existence", "negation", "stop"))
_LEADING = frozenset(("side", "filler", "definite", "exam", "organ", *TIMES))
_JOINING_SIDES = frozenset(("filler", "break", "definite", "dash", "open", "colon", "and", "or", "slash", "comma"))


def sides_of(marks: list[Mark], steps: list[Step], is_behind: bool) -> list[Laterality]:
    """The side of every step by its own words, else by those of the step it is joined to."""
    sides = [_own_side(marks, step, is_behind) for step in steps]
    for place in range(1, len(steps)):  # "left mammogram with magnification, right ultrasound"
        if sides[place] == "unknown" and not steps[place].joint and _goes_on(marks, steps[place - 1], steps[place]):
            sides[place] = sides[place - 1]
    for place in range(len(steps) - 2, -1, -1):
        if sides[place + 1] == "bilateral" and not is_imaging(steps[place].mark):
            continue  # "surgical referral and bilateral MRI"
        if sides[place] == "unknown" and _shares_side(steps[place], steps[place + 1]):
            sides[place] = sides[place + 1]
    for place in range(1, len(steps)):
        if sides[place] == "unknown" and _goes_on(marks, steps[place - 1], steps[place]):
            sides[place] = sides[place - 1]
    return sides


def _goes_on(marks: list[Mark], before: Step, step: Step) -> bool:
    """Whether a step without a side is for the breast of the one before; routine screening is of both."""
    is_yearly = step.mark.kind == "exam" and any(m.kind == "period" for m in marks[before.last + 1 : step.first])
    return not is_yearly and is_routine(step.mark) == is_routine(before.mark)


def _shares_side(step: Step, following: Step) -> bool:
    """``Biopsy and ultrasound of the left breast``; screening shares no side with what is no screening."""
    return following.joint in {*LISTING, ""} and is_routine(step.mark) == is_routine(following.mark)


def _own_side(marks: list[Mark], step: Step, is_behind: bool) -> Laterality:
    """The side right before or behind the step's name; failing that, any before it in its part of the sentence."""
    close: list[str] = []
    behind = next((mark for mark in marks[step.last + 1 : step.end] if mark.first >= step.mark.last), None)
    has_behind = is_behind and behind is not None and behind.kind == "side"
    for place in range(step.first - 1, step.start - 1, -1):
        if marks[place].kind == "side" and not has_behind:
            close.append(marks[place].concept)
        elif marks[place].kind not in _LEADING:
            break
    for place in range(step.first, step.end):
        kind = marks[place].kind
        if kind == "side":
            if place > step.last and _starts_topic(marks, place, step):
                break
            close.append(marks[place].concept)
        elif place > step.last and (kind in _ENDS or (close and kind == "comma")):
            break
    return merged_side(close or _sides_before(marks, step))


def _starts_topic(marks: list[Mark], place: int, step: Step) -> bool:
    """``left calcifications need biopsy right breast is fine``: a side behind a step that no word joins to it."""
    before, following = marks[place - 1], marks[place + 1] if place + 1 < len(marks) else None
    if before.kind in _JOINING_SIDES:
        return False
    said: set[str] = set()
    for mark in reversed(marks[step.start : step.first]):
        if mark.kind in {"comma", "semicolon", "termination"}:
            break
        if mark.kind == "side":
            said.add(mark.concept)
    if not said or marks[place].concept in said:
        return False
    is_subject = (
        following is not None and following.kind in {"break", "negation"} and following.first == marks[place].last
    )
    return is_subject or before.last < marks[place].first


def _sides_before(marks: list[Mark], step: Step) -> list[str]:
    """The sides of the last clause before a step that names any."""
    sides: list[str] = []
    for mark in reversed(marks[step.start : step.first]):
        if mark.kind == "side":
            sides.append(mark.concept)
        elif sides and (mark.kind == "semicolon" or mark.concept == "clause"):
            break
    return sides
