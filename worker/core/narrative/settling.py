"""Words that name a side only by what stands around them: ``the other breast``, ``R calcs``."""

from worker.core.narrative.marks import Mark, Page

__all__ = ["settle_sides"]

_OTHER_SIDE = {"left": "right", "right": "left"}
_HELD_BY_BREAST = frozenset(
    ("clock-position", "calcification", "lesion", "morphology", "distribution", "action", "exam", "scale")
)
_BEFORE_SIDE = frozenset(("open", "dash", "comma", "colon", "pipe"))
_AFTER_SIDE = frozenset(("close", "stop", "semicolon", "pipe"))
_BEFORE_FIELD = frozenset(("stop", "colon", "semicolon", "number"))
_APOSTROPHES = frozenset(("'", "\u2019", "/", "."))


def settle_sides(page: Page, marks: list[Mark], places: list[int]) -> None:
    """``the contralateral breast`` is the one of the two not spoken of before; ``L UOQ``, ``R calcs`` name a side."""
    last = ""
    for place in places:
        mark = marks[place]
        if mark.kind == "side-initial" and _is_side(page, marks, place):
            mark.kind = "side"
        if mark.kind == "side":
            if mark.concept == "contralateral":
                mark.concept = _OTHER_SIDE.get(last, "unknown")
            elif mark.concept in _OTHER_SIDE:
                last = mark.concept


def _is_side(page: Page, marks: list[Mark], initial: int) -> bool:
    """
    Whether a letter that is no word besides (Portuguese ``e``) stands for a side.

    Right before a quadrant, or as a capital before what a breast holds (``R calcs``), in brackets or last in its line.
    """
    mark, before = marks[initial], marks[initial - 1] if initial else None
    following = marks[initial + 1] if initial + 1 < len(marks) else None
    if any(beside is not None and beside.first == mark.first for beside in (before, following)):
        return False
    is_tight = following is not None and following.first == mark.last
    if is_tight and following is not None and following.kind == "quadrant":
        return True
    start, end = page.starts[mark.first], page.ends[mark.first]
    if not page.text[start].isupper() or page.text[end : end + 1] in _APOSTROPHES:
        return False
    if is_tight and following is not None and following.kind in _HELD_BY_BREAST:
        return True
    is_last = mark.last >= len(page.words) or (is_tight and following is not None and following.kind in _AFTER_SIDE)
    if before is None or before.kind in _BEFORE_FIELD:
        is_field = following is not None and is_tight and following.kind in {"pipe", "colon"}
        if before is None or before.kind == "stop" or is_field:
            return is_field  # "L | calcs | biopsy", "L: biopsy"
    return is_last and before.last == mark.first and before.kind in _BEFORE_SIDE
