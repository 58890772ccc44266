"""What goes on about calcifications named before: sentences without the noun, nouns that point back."""

from worker.core.narrative.attach import ADJECTIVES, is_of_another
from worker.core.narrative.marks import Mark
from worker.core.narrative.places import LOCATION

__all__ = ["described", "is_anaphor", "is_of_other_topic", "points_back"]

_OTHER_TOPICS = frozenset(("lesion", "pathology", "organ", "negation"))


def described(marks: list[Mark], is_postnominal: bool) -> list[Mark]:
    """The marks of a sentence without a noun that may describe calcifications; what it denies does not."""
    own = [
        mark
        for place, mark in enumerate(marks)
        if mark.kind in LOCATION
        or mark.kind == "size"
        or (mark.kind in ADJECTIVES and not is_of_another(marks, place, is_postnominal))
    ]
    denied = _denied_words(marks)
    return [mark for mark in own if mark.first not in denied or mark.kind in LOCATION]


def is_of_other_topic(marks: list[Mark], kinds: set[str]) -> bool:
    """
    Whether a sentence without the noun speaks of something else, or only denies.

    ``A second group at 7:00, amorphous, has not been sampled``, ``two clusters which do not layer and are amorphous``
    go on about calcifications.
    """
    if kinds.isdisjoint(_OTHER_TOPICS):
        return False
    if kinds & _OTHER_TOPICS != {"negation"}:
        return True
    denied = _denied_words(marks)
    return not any(mark.meaning.alone and mark.first not in denied for mark in marks)


def _denied_words(marks: list[Mark]) -> range:
    """From the first denial to where a new verb starts behind a comma or "and"; without a denial none."""
    first = next((place for place, mark in enumerate(marks) if mark.kind == "negation"), -1)
    if first < 0:
        return range(0)
    for place in range(first + 1, len(marks) - 1):
        if marks[place].kind in {"and", "comma"} and marks[place + 1].kind in {"break", "existence"}:
            return range(marks[first].first, marks[place].first)
    return range(marks[first].first, marks[-1].last)


def points_back(marks: list[Mark], head: int) -> bool:
    for place in range(head - 1, -1, -1):
        kind = marks[place].kind
        if kind == "definite":
            return True
        if kind not in ADJECTIVES and kind not in LOCATION:
            return False
    return False


def is_anaphor(marks: list[Mark]) -> bool:
    """``They involve the lower outer quadrant``; "it" is a word of two meanings."""
    return any(m.kind == "definite" and m.concept == "anaphor" and m.first == marks[0].first for m in marks[:2])
