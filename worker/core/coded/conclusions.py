"""Codes on the report itself (``conclusionCode``): the overall category, and findings that it only names."""

import re
from collections.abc import Iterator
from dataclasses import replace

from worker.core.coded.draft import Draft
from worker.core.coded.meanings import Meaning, Said, meanings_of
from worker.core.coded.observations import recommendation_of
from worker.core.coded.places import sides
from worker.core.coded.tissue import is_malignant, is_open, pathology_of
from worker.core.model import Assessment, CodeableConcept, Evidence, Finding, Laterality, Risk, Scope
from worker.core.rules import Vocabulary

__all__ = ["read_conclusion"]

_PARTS = re.compile(r"[,;:()/|\n]|\s[-\u2013\u2014]\s")


def read_conclusion(concept: CodeableConcept, draft: Draft) -> None:
    """Add what one conclusion code says; its side is the one that its own codes name."""
    said = meanings_of(concept, draft.vocabulary)
    draft.doubts += said.doubts
    draft.unknown += said.unknown
    side = _side(concept, said, draft)
    _add_finding(said, side, draft)
    for meaning in said.meanings:
        match meaning.group:
            case "category":
                scope: Scope = "overall" if side == "unknown" else "breast"
                draft.assessments.append(
                    Assessment(meaning.scale, meaning.concept, scope, side, evidence=(meaning.evidence,))
                )
            case "density":
                draft.densities.append((meaning.concept, meaning.evidence))
            case "action":
                draft.recommendations.append(recommendation_of(meaning, side))
            case "risk":
                draft.risks.append(Risk(meaning.concept, (meaning.evidence,)))
            case "symptom":
                draft.symptoms.append(meaning.evidence)
    _add_pathology(said, side, draft)


def _side(concept: CodeableConcept, said: Said, draft: Draft) -> Laterality:
    """The side that its codes name, else its own text, else, of tissue, that of the report's specimen."""
    side = sides(said.of("laterality"))
    if side == "unknown" and concept.text and not said.of("laterality"):
        side = sides(_sides_apart(concept, draft.vocabulary))
    return side if side != "unknown" else draft.specimen_side()


def _sides_apart(concept: CodeableConcept, vocabulary: Vocabulary) -> Iterator[Meaning]:
    """Sides that stand by themselves in its text ("BI-RADS 4, left breast"), not that of something ("left implant")."""
    for part in _PARTS.split(concept.text or ""):
        name = vocabulary.exactly("laterality", part)
        if name:
            yield Meaning("laterality", name, Evidence(concept.where, part, f"concept:laterality.{name}"))


def _add_finding(said: Said, side: Laterality, draft: Draft) -> None:
    shapes, spreads = said.of("morphology"), said.of("distribution")
    if not (shapes or spreads) or draft.report.purpose == "pathology":
        return
    named = tuple(dict.fromkeys(m.concept for m in shapes if m.concept != "generic")) or ("generic",)
    evidence = tuple(dict.fromkeys(meaning.evidence for meaning in (*shapes, *spreads)))
    spread = spreads[0].concept if spreads else None
    draft.findings.append(Finding(side, named, spread, evidence=evidence))


def _add_pathology(said: Said, side: Laterality, draft: Draft) -> None:
    """A tissue diagnosis; on an imaging report one that waits, or a malignant one, hedged: no tissue was looked at."""
    is_tissue = draft.report.purpose == "pathology"
    for meaning in said.of("pathology"):
        found = pathology_of(meaning, side, draft)
        if is_tissue or is_open(meaning, draft.vocabulary):
            draft.pathology.append(found)
        elif is_malignant(meaning, draft.vocabulary):
            draft.pathology.append(replace(found, is_hedged=True))
