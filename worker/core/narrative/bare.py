"""What goes on about calcifications named before: sentences without the noun, nouns that point back."""

from worker.core.narrative.attach import ADJECTIVES, is_of_another
from worker.core.narrative.marks import Mark
from worker.core.narrative.places import LOCATION

__all__ = ["described", "is_of_other_topic", "points_back"]

_OTHER_TOPICS = frozenset(("lesion", "pathology", "organ", "negation"))


def described(marks: list[Mark], is_postnominal: bool) -> list[Mark]:
    """The marks of a sentence without a noun that may describe calcifications."""
    return [
        mark
        for place, mark in enumerate(marks)
        if mark.kind in LOCATION
        or mark.kind == "size"
        or (mark.kind in ADJECTIVES and not is_of_another(marks, place, is_postnominal))
    ]


def is_of_other_topic(marks: list[Mark], kinds: set[str]) -> bool:
    """Whether a sentence without the noun speaks of something else, or denies more than what was done (``A second
    group at 7:00, amorphous, has not been sampled``)."""
    if kinds.isdisjoint(_OTHER_TOPICS):
        return False
    if kinds & _OTHER_TOPICS != {"negation"} or marks[0].kind != "definite":
        return True
    denial = next(place for place, mark in enumerate(marks) if mark.kind == "negation")
    return any(mark.kind in ADJECTIVES or mark.kind == "size" for mark in marks[denial:])


def points_back(marks: list[Mark], head: int) -> bool:
    for place in range(head - 1, -1, -1):
        kind = marks[place].kind
        if kind == "definite":
            return True
        if kind not in ADJECTIVES and kind not in LOCATION:
            return False
    return False
