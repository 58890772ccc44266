"""Which breast was examined, and which is spoken of, by the whole text."""

from worker.core.model import Laterality
from worker.core.narrative.marks import Mark
from worker.core.narrative.places import NOWHERE, merged_side, side_of
from worker.core.narrative.sentence import HEADING_KINDS, Sentence

__all__ = ["exam_side_of", "only_side_of"]

_EXAMS = frozenset(("exam", "action"))
_SILENT = frozenset(("history", "comparison", "recommendation", "impression", "addendum"))
_SIDE_FIELD = frozenset(("label", "side", "colon"))
_LAST_TITLE_LINE = 3  # "Stereotactic biopsy." / "Left breast, upper outer quadrant."


def only_side_of(sentences: list[Sentence], exam_side: Laterality) -> Laterality:
    """The one breast that the whole text speaks of, if it speaks of one only."""
    sides: set[str] = {exam_side}
    for sentence in sentences:
        if "side" in sentence.kinds:
            sides.update([mark.concept for mark in sentence.marks if mark.kind == "side"])
        if sentence.place is not NOWHERE:
            sides.add(sentence.place.side)
    sides.discard("unknown")
    return side_of(next(iter(sides))) if len(sides) == 1 else "unknown"


def exam_side_of(sentences: list[Sentence]) -> Laterality:
    sides: list[str] = []
    plural = False
    for sentence in sentences:
        if sentence.section in _SILENT:
            continue
        kinds = sentence.kinds
        plural = plural or "breasts" in kinds
        if "exam" in kinds or sentence.section == "technique" or _names_procedure(sentences, sentence):
            if "side" in kinds:
                sides += [mark.concept for mark in sentence.marks if mark.kind == "side"]
            if "exam" in kinds and not plural:
                plural = any(mark.kind == "exam" and mark.concept == "screening" for mark in sentence.marks)
        elif kinds >= _SIDE_FIELD:
            sides += _side_field(sentence.marks)
    return merged_side(sides) if sides else "bilateral" if plural else "unknown"


def _names_procedure(sentences: list[Sentence], sentence: Sentence) -> bool:
    """Whether it says in the title what was done."""
    if sentence.index > _LAST_TITLE_LINE:
        return False
    is_title = sentence.index > 0 and sentence.kinds <= HEADING_KINDS
    return bool(sentence.kinds & _EXAMS) or (is_title and bool(sentences[sentence.index - 1].kinds & _EXAMS))


def _side_field(marks: list[Mark]) -> list[str]:
    """``Side: left | Age: 50``: the side that a field of the report's head names."""
    return [
        third.concept
        for first, second, third in zip(marks, marks[1:], marks[2:], strict=False)
        if (first.kind, second.kind, third.kind) == ("label", "colon", "side") and third.first == second.last
    ]
