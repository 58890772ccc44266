"""Conditions, family history, procedures, orders, risk results -> risks, symptoms, recommendations, tissue results."""

from collections.abc import Iterator
from dataclasses import replace

from worker.core.coded.draft import Draft
from worker.core.coded.meanings import Meaning, Said, label_of, meanings_of
from worker.core.coded.observations import recommendation_of
from worker.core.coded.places import place_of
from worker.core.coded.tissue import is_malignant, pathology_of
from worker.core.model import BackgroundItem, CodeableConcept, Laterality, Risk

__all__ = ["read_background"]

_OVER = {"completed", "on-hold", "unknown"}
_PAST = {"resolved", "inactive", "remission"}
_NOT_DONE_YET = {"preparation", "on-hold"}


def read_background(item: BackgroundItem, draft: Draft) -> None:
    """Add what one resource that came along says."""
    said = meanings_of(item.code, draft.vocabulary)
    if not said.meanings:
        said = label_of(item.code, draft.vocabulary)
    place = place_of(item.sites, said.of("laterality"), "unknown", draft.vocabulary)
    match item.resource_type:
        case "ServiceRequest":
            if item.status not in _OVER:
                draft.recommendations += (recommendation_of(m, place.laterality) for m in said.of("action"))
        case "FamilyMemberHistory":
            _read_relative(item, said, draft)
        case _:
            _read_history(item, said, place.laterality, draft)


def _read_relative(item: BackgroundItem, said: Said, draft: Draft) -> None:
    kin = meanings_of(item.relationship, draft.vocabulary, "relationship").first("relationship")
    named = said.of("pathology") or meanings_of(item.code, draft.vocabulary, "pathology").of("pathology")
    cancers = [m for m in named if is_malignant(m, draft.vocabulary)]
    if kin is not None and cancers:
        risks = draft.vocabulary.also("relationship", kin.concept, "risk")
        draft.risks += (Risk(risk, (cancers[0].evidence, kin.evidence)) for risk in risks)


def _read_history(item: BackgroundItem, said: Said, side: Laterality, draft: Draft) -> None:
    if _is_denied(item, draft) or item.status in _NOT_DONE_YET:
        return
    answer = meanings_of(item.value, draft.vocabulary) if isinstance(item.value, CodeableConcept) else Said()
    for meaning in (*said.meanings, *answer.meanings, *_genes(item, said, draft)):
        if meaning.group == "risk" and not item.is_unsure:
            draft.risks.append(Risk(meaning.concept, (meaning.evidence,)))
        elif meaning.group == "surgery" and (item.resource_type != "Procedure" or item.status == "completed"):
            _read_surgery(meaning, side, draft)
        elif meaning.group == "symptom" and item.resource_type == "Condition" and item.status not in _PAST:
            draft.symptoms.append(meaning.evidence)
        elif meaning.group == "pathology" and item.resource_type == "Condition":
            _read_diagnosis(item, meaning, side, draft)


def _genes(item: BackgroundItem, said: Said, draft: Draft) -> Iterator[Meaning]:
    """A gene that a variant was found in, unless its report calls the variant harmless, unclear or not inherited."""
    if not any(m.concept == "gene-variant" for m in said.of("question")):
        return
    details = [meanings_of(concept, draft.vocabulary) for concept in item.details]
    if all(m.concept == "present" for told in details for m in told.of("presence")):
        yield from (m for told in details for m in told.of("risk"))


def _read_surgery(meaning: Meaning, side: Laterality, draft: Draft) -> None:
    """A breast that is gone; of an unnamed side nobody can tell which."""
    sides = ("left", "right") if side == "bilateral" else (side,)
    risks = draft.vocabulary.also(meaning.group, meaning.concept, "risk")
    draft.risks += (Risk(risk, (meaning.evidence,)) for risk in risks if risk.endswith(sides))


def _read_diagnosis(item: BackgroundItem, meaning: Meaning, side: Laterality, draft: Draft) -> None:
    """A diagnosis made since this exam answers it; an older one, or one without a date, is history."""
    risks = draft.vocabulary.also("pathology", meaning.concept, "risk")
    exam = draft.report.exam_date
    if risks and item.when is not None and exam is not None and item.when >= exam:
        found = pathology_of(meaning, side, draft)
        draft.pathology.append(replace(found, is_hedged=found.is_hedged or item.is_unsure))
    elif not item.is_unsure:
        draft.risks += (Risk(risk, (meaning.evidence,)) for risk in risks)


def _is_denied(item: BackgroundItem, draft: Draft) -> bool:
    if isinstance(item.value, bool):
        return not item.value
    if isinstance(item.value, str):
        return draft.vocabulary.exactly("presence", item.value) == "absent"
    if isinstance(item.value, CodeableConcept):
        presence = meanings_of(item.value, draft.vocabulary, "presence").first("presence")
        return presence is not None and presence.concept != "present"
    return False
