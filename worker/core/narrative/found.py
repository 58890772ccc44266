"""A category as it stands in the text, before sections and cues say what it is worth."""

from worker.core.narrative.digits import Digits
from worker.core.narrative.marks import Mark

__all__ = ["Found", "later_of_change", "says_overall"]

_EARLIER = frozenset(("prior", "historical"))


class Found:
    """One category as it stands in the text; ``scale`` is empty where only a word like ``category`` named it."""

    __slots__ = ("category", "is_overall", "is_range", "last", "marks", "scale", "side")

    def __init__(self, scale: str, category: str, side: str, marks: list[Mark], last: int) -> None:
        self.scale, self.category, self.side, self.marks, self.last = scale, category, side, marks, last
        self.is_overall = self.is_range = False


def later_of_change(digits: Digits, found: Found, place: int) -> Found | None:
    """
    The second category of ``downgraded from BI-RADS 3 to 2``, which is no range: ``found`` keeps the first.

    Args:
        place: Of the scale's name among the marks.
    """
    marks, numbers = digits.marks, found.marks[1:]
    if not found.is_range or len(numbers) != 2 or not place or marks[place - 1].kind not in _EARLIER:
        return None
    first, second = numbers
    if not any(m.kind == "times" and first.last <= m.first < second.first for m in marks[place : found.last]):
        return None
    before, after = (digits.category(marks.index(number))[0] for number in numbers)
    if before is None or after is None:
        return None
    found.category, found.is_range, found.marks = before, False, [found.marks[0], first]
    return Found(found.scale, after, "unknown", [second], found.last)


def says_overall(around: tuple[Mark | None, ...]) -> bool:
    """Whether the words right before or behind say so: ``Overall: BI-RADS 2``, ``BI-RADS 4A overall``."""
    is_open = True
    for mark in around:
        if is_open and mark is not None and mark.kind == "overall":
            return True
        is_open = mark is None or (is_open and mark.kind in {"colon", "break"})
    return False
