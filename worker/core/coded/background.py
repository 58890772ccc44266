"""Conditions, family history, procedures, orders, risk results -> risks, symptoms, recommendations, tissue results."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from worker.core.coded.draft import Draft
from worker.core.coded.labels import label_of
from worker.core.coded.meanings import Meaning, Said, meanings_of
from worker.core.coded.observations import recommendation_of
from worker.core.coded.places import place_of
from worker.core.coded.tissue import is_malignant, pathology_of
from worker.core.model import BackgroundItem, CodeableConcept, Doubt, Evidence, Laterality, Risk
from worker.core.rules import Vocabulary

__all__ = ["all_topics", "read_background", "topics_of"]

_OVER = {"completed", "on-hold", "unknown"}
_PAST = {"resolved", "inactive", "remission"}
_WISHES = ("proposal", "plan")
_OF_A_PERSON = ("risk", "surgery", "symptom")
_NOT_DONE_YET = {"preparation", "on-hold"}


def read_background(item: BackgroundItem, draft: Draft) -> None:
    """Add what one resource that came along says."""
    said, side = _said(item, draft.vocabulary)
    match item.resource_type:
        case "ServiceRequest":
            if item.status not in _OVER:
                _read_wish(item, side, draft)
        case "FamilyMemberHistory":
            _read_relative(item, said, draft)
        case _:
            _read_history(item, said, side, draft)


def _read_wish(item: BackgroundItem, side: Laterality, draft: Draft) -> None:
    """What an order asks for. One that is a wish of this report, and that nobody can read, is a doubt."""
    said = meanings_of(item.code, draft.vocabulary, "action")
    actions = said.of("action")
    draft.recommendations += (recommendation_of(m, side) for m in actions)
    is_wish = item.intent in _WISHES or side != "unknown"
    if is_wish:
        draft.doubts += said.doubts
        draft.unknown += said.unknown
    if is_wish and not actions and not said.doubts and not said.of("ignore"):
        draft.doubts.append(
            Doubt("C-09", "recommendation", (Evidence(item.code.where, item.code.text or "", "code:unread"),))
        )


def topics_of(item: BackgroundItem, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What a resource says of a person, as names: two that say the same have the same, whenever they are read."""
    said, side = _said(item, vocabulary)
    match item.resource_type:
        case "ServiceRequest":
            return ()  # an order belongs to the report that it came with
        case "FamilyMemberHistory":
            return tuple(f"relationship {kin.concept}" for kin, _ in _relatives(item, said, vocabulary))
        case _:
            return tuple(f"{m.group} {m.concept} {side}" for m in _told(item, said, vocabulary))


def all_topics(vocabulary: Vocabulary) -> Iterator[str]:
    """Every name that :func:`topics_of` can give."""
    for group, concept in vocabulary.concepts:
        if group == "relationship":
            yield f"{group} {concept}"
        elif group in _OF_A_PERSON or (group == "pathology" and vocabulary.also(group, concept, "risk")):
            yield from (f"{group} {concept} {side}" for side in get_args(Laterality))


def _said(item: BackgroundItem, vocabulary: Vocabulary) -> tuple[Said, Laterality]:
    said = meanings_of(item.code, vocabulary)
    if not said.meanings:
        said = label_of(item.code, vocabulary)
    sides_said = said.of("laterality")
    if not sides_said and item.code.text:
        sides_said = meanings_of(replace(item.code, codings=()), vocabulary, "laterality").meanings
    return said, place_of(item.sites, sides_said, "unknown", vocabulary).laterality


def _read_relative(item: BackgroundItem, said: Said, draft: Draft) -> None:
    for kin, cancer in _relatives(item, said, draft.vocabulary):
        risks = draft.vocabulary.also("relationship", kin.concept, "risk")
        draft.risks += (Risk(risk, (cancer.evidence, kin.evidence)) for risk in risks)


def _relatives(item: BackgroundItem, said: Said, vocabulary: Vocabulary) -> Iterator[tuple[Meaning, Meaning]]:
    """The relative and the cancer, where both are named."""
    kin = meanings_of(item.relationship, vocabulary, "relationship").first("relationship")
    named = said.of("pathology") or meanings_of(item.code, vocabulary, "pathology").of("pathology")
    cancer = next((m for m in named if is_malignant(m, vocabulary)), None)
    if kin is not None and cancer is not None:
        yield kin, cancer


def _read_history(item: BackgroundItem, said: Said, side: Laterality, draft: Draft) -> None:
    for meaning in _told(item, said, draft.vocabulary):
        match meaning.group:
            case "risk":
                draft.risks.append(Risk(meaning.concept, (meaning.evidence,)))
            case "surgery":
                _read_surgery(meaning, side, draft)
            case "symptom":
                draft.symptoms.append(meaning.evidence)
            case _:
                _read_diagnosis(item, meaning, side, draft)


def _told(item: BackgroundItem, said: Said, vocabulary: Vocabulary) -> Iterator[Meaning]:
    """What counts of all that a resource names: nothing denied, planned or past."""
    if _is_denied(item, vocabulary) or item.status in _NOT_DONE_YET:
        return
    is_condition = item.resource_type == "Condition"
    answer = meanings_of(item.value, vocabulary) if isinstance(item.value, CodeableConcept) else Said()
    for meaning in (*said.meanings, *answer.meanings, *_genes(item, said, vocabulary)):
        match meaning.group:
            case "risk" if not item.is_unsure:
                yield meaning
            case "surgery" if item.resource_type != "Procedure" or item.status == "completed":
                yield meaning
            case "symptom" if is_condition and item.status not in _PAST:
                yield meaning
            case "pathology" if is_condition and vocabulary.also("pathology", meaning.concept, "risk"):
                yield meaning


def _genes(item: BackgroundItem, said: Said, vocabulary: Vocabulary) -> Iterator[Meaning]:
    """A gene that a variant was found in, unless its report calls the variant harmless, unclear or not inherited."""
    if not any(m.concept == "gene-variant" for m in said.of("question")):
        return
    details = [meanings_of(concept, vocabulary) for concept in item.details]
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
    if item.when is not None and exam is not None and item.when >= exam:
        found = pathology_of(meaning, side, draft)
        draft.pathology.append(replace(found, is_hedged=found.is_hedged or item.is_unsure))
    elif not item.is_unsure:
        draft.risks += (Risk(risk, (meaning.evidence,)) for risk in risks)


def _is_denied(item: BackgroundItem, vocabulary: Vocabulary) -> bool:
    if isinstance(item.value, bool):
        return not item.value
    if isinstance(item.value, str):
        return vocabulary.exactly("presence", item.value) == "absent"
    if isinstance(item.value, CodeableConcept):
        presence = meanings_of(item.value, vocabulary, "presence").first("presence")
        return presence is not None and presence.concept != "present"
    return False
