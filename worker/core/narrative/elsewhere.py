"""Calcifications that are not this person's breast's: of another organ, or of a relative."""

from worker.core.narrative.attach import ADJECTIVES
from worker.core.narrative.marks import Mark

__all__ = ["is_elsewhere", "is_of_relative"]

_WITHIN_PHRASE = ADJECTIVES | {"break", "filler", "link", "definite", "number", "numeral", "size"}
_WIDEST_PHRASE_GAP = 2  # unknown words ("nodes containing tiny ...")


def is_elsewhere(marks: list[Mark], head: int) -> bool:
    """Calcium of another organ, or calcifications inside a lymph node: the organ touches the noun or holds it."""
    if _is_held_by_organ(marks, head):
        return True
    for place in range(head + 1, min(head + 4, len(marks))):
        mark = marks[place]
        if mark.kind == "organ":
            return place > head + 1 or mark.first - marks[head].last <= 1
        if mark.kind not in {"break", "link", "side", "filler", "definite"}:
            return False
    return False


def is_of_relative(marks: list[Mark], head: int) -> bool:
    """``her sister had breast calcifications``: a verb and the words of one phrase lie between."""
    for place in range(head - 1, -1, -1):
        if marks[place].kind == "family":
            return bool(marks[place].concept) and marks[place + 1].kind == "break"
        if marks[place].kind not in _WITHIN_PHRASE | {"side"}:
            return False
    return False


def _is_held_by_organ(marks: list[Mark], head: int) -> bool:
    """``axillary nodes with a few coarse calcifications``: nothing but the words of one phrase lies between."""
    for place in range(head - 1, -1, -1):
        if marks[place + 1].first - marks[place].last > _WIDEST_PHRASE_GAP:
            return False
        if marks[place].kind == "organ":
            before = marks[place - 1] if place else None
            return before is None or before.kind != "negation" or before.last != marks[place].first  # "no nodes"
        if marks[place].kind not in _WITHIN_PHRASE and not _is_verb(marks, place):
            return False
    return False


def _is_verb(marks: list[Mark], place: int) -> bool:
    """``nodes show coarse calcifications``: a verb of seeing that joins as well."""
    beside = marks[max(0, place - 1) : place + 2]
    return marks[place].kind == "existence" and any(m.kind == "break" and m.first == marks[place].first for m in beside)
