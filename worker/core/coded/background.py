"""Conditions, family history, procedures, orders, risk results -> risks, symptoms, recommendations, tissue results."""

from worker.core.coded.draft import Draft
from worker.core.coded.meanings import Meaning, Said, meanings_of
from worker.core.coded.observations import recommendation_of
from worker.core.coded.places import place_of
from worker.core.coded.tissue import is_malignant, pathology_of
from worker.core.model import BackgroundItem, CodeableConcept, Laterality, Risk

__all__ = ["read_background"]

_OVER = {"completed", "on-hold", "unknown"}


def read_background(item: BackgroundItem, draft: Draft) -> None:
    """Add what one resource that came along says."""
    said = meanings_of(item.code, draft.vocabulary)
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
    cancers = [m for m in said.of("pathology") if is_malignant(m, draft.vocabulary)]
    if kin is not None and cancers:
        risks = draft.vocabulary.also("relationship", kin.concept, "risk")
        draft.risks += (Risk(risk, (cancers[0].evidence, kin.evidence)) for risk in risks)


def _read_history(item: BackgroundItem, said: Said, side: Laterality, draft: Draft) -> None:
    if _is_denied(item, draft):
        return
    answer = meanings_of(item.value, draft.vocabulary) if isinstance(item.value, CodeableConcept) else Said()
    for meaning in (*said.meanings, *answer.meanings):
        if meaning.group == "risk":
            draft.risks.append(Risk(meaning.concept, (meaning.evidence,)))
        elif meaning.group == "surgery":
            _read_surgery(meaning, side, draft)
        elif meaning.group == "symptom" and item.resource_type == "Condition":
            draft.symptoms.append(meaning.evidence)
        elif meaning.group == "pathology" and item.resource_type == "Condition":
            _read_diagnosis(item, meaning, side, draft)


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
        draft.pathology.append(pathology_of(meaning, side, draft))
    else:
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
