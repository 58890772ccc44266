"""Tissue diagnoses: what a pathologist found; not what an image suggests, what was long ago, or what is denied."""

from worker.core.model import Pathology
from worker.core.narrative.layout import Layout, Sentence
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.places import merged_side, side_of

__all__ = ["read_pathology"]

_UNTOLD = frozenset(("negation", "historical", "hypothetical", "family"))
_PAUSES = frozenset(("semicolon", "termination", "current", "exception", "existence"))
_TISSUE = frozenset(("pathology", "concordance"))
_ALWAYS = frozenset(("pending",))


def read_pathology(page: Page, layout: Layout) -> list[Pathology]:
    """Diagnoses in reading order, each once per side; in imaging reports only those that words tie to tissue."""
    found: dict[tuple[str, str], Pathology] = {}
    concordance = None
    is_report = bool(layout.sentences) and layout.sentences[0].section == "pathology"
    for sentence in layout.sentences:
        if sentence.section == "teaching" or not sentence.kinds & _TISSUE:
            continue
        for place, mark in enumerate(sentence.marks):
            if mark.kind == "concordance":
                concordance = mark.concept
            elif mark.kind == "pathology" and _is_told(sentence, place, is_report):
                diagnosis = _diagnosis(page, sentence, place)
                found.setdefault((diagnosis.diagnosis, diagnosis.laterality), diagnosis)
    if concordance is None:
        return list(found.values())
    return [
        Pathology(p.diagnosis, p.laterality, concordance, p.is_hedged, p.is_excision, p.evidence)  # type: ignore[arg-type]
        for p in found.values()
    ]


def _is_told(sentence: Sentence, place: int, is_report: bool) -> bool:
    marks = sentence.marks
    mark = marks[place]
    is_tissue = (
        sentence.section == "pathology"
        or (is_report and sentence.section == "impression")
        or sentence.is_tissue
        or mark.concept in _ALWAYS
    )
    is_tissue = is_tissue or any(m.kind == "tissue" for m in marks[place + 1 :])
    for before in range(place - 1, -1, -1):
        kind = marks[before].kind
        if kind in _UNTOLD and marks[before].meaning.direction != "backward":
            return False
        if kind in _PAUSES and not (kind == "existence" and before and marks[before - 1].kind == "tissue"):
            break
        is_tissue = is_tissue or kind == "tissue"
    return is_tissue and not _is_denied(marks, place)


def _is_denied(marks: list[Mark], place: int) -> bool:
    for mark in marks[place + 1 : place + 5]:
        if mark.kind == "negation":
            return mark.meaning.direction == "backward"
        if mark.kind in {"comma", "semicolon", "pathology"}:
            return False
    return False


def _diagnosis(page: Page, sentence: Sentence, place: int) -> Pathology:
    marks = sentence.marks
    mark = marks[place]
    side = merged_side(m.concept for m in marks if m.kind == "side")
    if side == "unknown":
        side = sentence.place.side if sentence.place.side != "unknown" else side_of(sentence.about)
    return Pathology(
        diagnosis=mark.concept,
        laterality=side,
        is_hedged=any(m.kind == "hedge" for m in marks[max(0, place - 4) : place]),
        is_excision=sentence.is_excision or any(m.kind == "excision" for m in marks),
        evidence=(page.evidence(mark),),
    )
