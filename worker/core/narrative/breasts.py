"""A category that is said of both breasts (``BI-RADS 2 bilateral``) -> one of each."""

from bisect import bisect_left
from operator import attrgetter

from worker.core.narrative.found import Found
from worker.core.narrative.marks import Mark

__all__ = ["of_each_breast"]

_FIRST = attrgetter("first")
_BOTH = "bilateral"
_GOES_ON = frozenset(("exam", "action", "calcification", "lesion", "organ", "breasts", "time", "period", "break"))
_JOINING = frozenset(("reason", "open", "break", "filler", "dash", "comma"))
_PAIRING = frozenset(("and", "slash", "plus"))
_RATED = frozenset(("number", "numeral", "roman", "scale", "colon", "category"))
_ENDS = frozenset(("stop", "semicolon", "comma", "colon", "open", "dash", "section", "pipe", "bullet"))


def of_each_breast(marks: list[Mark], found: list[Found]) -> list[Found]:
    """Every category, those of both breasts once for each; ``BI-RADS 2, bilateral mammogram in a year`` is none."""
    result: list[Found] = []
    for each in found:
        if each.side not in {_BOTH, "unknown"}:
            is_both = _goes_on_to_other(marks, each)
        elif each.marks:
            is_both = _is_said_of_both(marks, each, bisect_left(marks, each.marks[0].first, key=_FIRST))
        else:
            is_both = False
        if not is_both:
            result.append(each)
            continue
        for side in ("right", "left"):
            one = Found(each.scale, each.category, side, each.marks, each.last)
            one.is_overall, one.is_range = each.is_overall, each.is_range
            result.append(one)
    return result


def _goes_on_to_other(marks: list[Mark], found: Found) -> bool:
    """``BI-RADS 2 right and left``, with no category of its own behind the second side."""
    kinds = [(mark.kind, mark.concept) for mark in marks[found.last + 1 : found.last + 5]]
    if len(kinds) < 3 or kinds[0] != ("side", found.side) or kinds[1][0] not in _PAIRING or kinds[2][0] != "side":
        return False
    is_other = {found.side, kinds[2][1]} == {"left", "right"}
    return is_other and (len(kinds) == 3 or kinds[3][0] not in _RATED) and _ends_there(marks, found.last + 3)


def _is_said_of_both(marks: list[Mark], found: Found, scale: int) -> bool:
    between = marks[scale + 1 : found.last]
    if any(mark.kind == "side" and mark.concept == _BOTH for mark in between):
        return not any(mark.kind == "exam" for mark in between)
    for place in range(found.last + 1, min(found.last + 3, len(marks))):
        mark = marks[place]
        if mark.first - marks[place - 1].last > 1 or mark.kind not in {*_JOINING, "side"}:
            break
        if mark.kind == "side":
            return mark.concept == _BOTH and _ends_there(marks, place)
    if scale > 1 and marks[scale - 1].kind == "colon":  # "Both breasts: BI-RADS 2"
        scale -= 1
    before = marks[scale - 1] if scale else None
    if before is None or before.kind != "side" or before.concept != _BOTH or before.last != marks[scale].first:
        return False
    return scale == 1 or marks[scale - 2].kind in _ENDS


def _ends_there(marks: list[Mark], place: int) -> bool:
    following = marks[place + 1] if place + 1 < len(marks) else None
    return following is None or following.first > marks[place].last or following.kind not in _GOES_ON
