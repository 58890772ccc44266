"""What words of the past are about: the time of an earlier exam, the reason of an earlier procedure."""

from worker.core.narrative.attach import HEADS
from worker.core.narrative.marks import Mark
from worker.core.narrative.nouns import STATEMENT_ENDS

__all__ = ["dates_comparison", "is_past_reason"]

_FIRST = "first"  # of words of seeing: "first noted 2 years ago"
_PAST = frozenset(("prior", "historical"))


def dates_comparison(marks: list[Mark], head: int, place: int) -> bool:
    """``unchanged since the exam two years ago``: the time is the earlier exam's, not the finding's."""
    between = marks[head + 1 : place]
    return any(mark.kind in {"change", "prior"} or mark.concept == _FIRST for mark in between)


def is_past_reason(marks: list[Mark], place: int) -> bool:
    """``previous right biopsy for ...``: what an earlier procedure was done for."""
    before = marks[max(0, place - 5) : place]
    is_past = any(mark.kind in _PAST for mark in before) and not any(mark.kind in STATEMENT_ENDS for mark in before)
    for ahead in range(place + 1, min(place + 8, len(marks))):
        mark = marks[ahead]
        if mark.kind == "reason" or (mark.kind == "filler" and mark.first == marks[place].last):
            return is_past
        if mark.kind in HEADS or mark.kind in STATEMENT_ENDS:
            return False
        is_past = is_past or mark.kind in _PAST
    return False
