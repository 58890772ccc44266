"""Whose a category is, by its sentence and by what stands behind it; one of both breasts is one of each."""

from bisect import bisect_left
from operator import attrgetter

from worker.core.model import Laterality
from worker.core.narrative.digits import DIGITS, Digits
from worker.core.narrative.found import Found
from worker.core.narrative.initials import after_signs
from worker.core.narrative.marks import Mark
from worker.core.narrative.places import merged_side, side_of
from worker.core.narrative.sentence import Sentence

__all__ = ["ends_statement", "of_each_breast", "side_behind", "side_behind_name", "side_in"]

# "a" joins sizes, and is "at"
_BESIDE_SIDES = frozenset(("side", "side-initial", "open", "break", "definite", "exam", "dash", "times"))
_SIGNS = frozenset("-–—,:;()")
_STATEMENT_ENDS = frozenset(("stop", "semicolon", "close", "pipe"))
_LEADING_ON = frozenset(("dash", "open"))
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


def side_behind(marks: list[Mark], place: int) -> tuple[str, int]:
    """The side said from a place on, and the place behind it; "unknown" and the place itself where none is."""
    for ahead in range(place, min(place + 4, len(marks))):
        mark = marks[ahead]
        is_beside = mark.kind in _BESIDE_SIDES or _parts_side(marks, ahead)
        if mark.first - marks[ahead - 1].last > 3 or not is_beside:
            break
        if mark.kind == "side-initial" and _has_other_meaning(marks, ahead):
            break
        if mark.kind in {"side", "side-initial"}:
            return ("unknown", place) if _heads_next(marks, ahead) else (mark.concept, ahead + 1)
    return "unknown", place


def _heads_next(marks: list[Mark], side: int) -> bool:
    """``BI-RADS 1 Right: BI-RADS 4``: a side with a colon that leads on to another category."""
    kinds = [mark.kind for mark in marks[side + 1 : side + 3]]
    return kinds[:1] == ["colon"] and kinds[-1] in _RATED - {"colon"}


def side_behind_name(digits: Digits, place: int, looks_on: bool = True) -> tuple[str, int]:
    """
    The side behind the official name of the category at a place (``4 - suspicious, right breast``), the place after it.

    A side with a number behind it is the next category's (``1 - negative, right 4``), unless that has one of its own.
    """
    marks, words = digits.marks, digits.page.words
    name = digits.page.name_mark(after_signs(words, digits.category(place)[1], _SIGNS))
    if name is None:
        return "unknown", place + 1
    word = after_signs(words, name.last, _SIGNS)
    ahead = bisect_left(marks, word, key=_FIRST)
    while ahead < len(marks) and marks[ahead].first == word and marks[ahead].kind != "side":
        ahead += 1
    if ahead >= len(marks) or marks[ahead].first != word or not _ends_there(marks, ahead):
        return "unknown", place + 1
    number = ahead + 1
    if number < len(marks) and marks[number].kind in _RATED - DIGITS:
        return "unknown", place + 1
    if number < len(marks) and marks[number].kind in _LEADING_ON:
        number += 1
    is_next = looks_on and number < len(marks) and marks[number].kind in DIGITS
    if is_next and side_behind_name(digits, number, looks_on=False)[0] == "unknown":
        return "unknown", place + 1
    return marks[ahead].concept, ahead + 1


def ends_statement(marks: list[Mark], place: int) -> bool:
    """Whether nothing more is said from a place on: ``4 right.``, not ``2 right cysts``."""
    return place >= len(marks) or marks[place].kind in _STATEMENT_ENDS


def _parts_side(marks: list[Mark], place: int) -> bool:
    """A comma before a side that ends a statement (``BI-RADS 5, right; BI-RADS 1, left``), or a colon before a side."""
    kinds = [mark.kind for mark in marks[place : place + 3]]
    if kinds[:2] == ["colon", "side"]:
        return not kinds[2:] or kinds[2] not in {*DIGITS, "colon"}
    return kinds[:2] == ["comma", "side"] and ends_statement(marks, place + 2)


def _has_other_meaning(marks: list[Mark], place: int) -> bool:
    """Whether the letter is a word as well (``e`` is "and" in Portuguese)."""
    beside = marks[max(0, place - 1) : place + 2]
    return sum(mark.first == marks[place].first for mark in beside) > 1


def side_in(sentence: Sentence, scale: Mark) -> Laterality:
    """The side a sentence gives its category: the only one, else the one named last before the scale."""
    sides = [mark for mark in sentence.marks if mark.kind == "side"]
    heading = side_of(sentence.place.side)
    if heading != "unknown" and sides and sides[0].first > scale.first:
        return heading  # "Left: BI-RADS 1 / Right: BI-RADS 4"
    side = merged_side(mark.concept for mark in sides)
    if side != "bilateral" or any(mark.concept == "bilateral" for mark in sides):
        return side
    before = [mark for mark in sides if mark.first < scale.first]
    return side_of(before[-1].concept) if before else "unknown"
