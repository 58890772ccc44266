"""Pathology: which Observations are about tissue, and what diagnosis they state."""

from collections.abc import Iterable

from worker.core.coded.answers import Answers
from worker.core.coded.draft import Draft
from worker.core.coded.meanings import Meaning
from worker.core.coded.places import Place
from worker.core.model import CodeableConcept, Doubt, Laterality, Pathology
from worker.core.rules import Vocabulary

__all__ = ["is_malignant", "is_open", "is_tissue", "pathology_of", "read_tissue"]


_TISSUE_QUESTIONS = {"pathology", "specimen-calcification", "concordance"}


def is_tissue(categories: Iterable[CodeableConcept], answers: Answers, draft: Draft) -> bool:
    """Whether an Observation speaks of tissue: by its question, its category, or the report that it belongs to."""
    if _TISSUE_QUESTIONS & answers.questions or draft.report.purpose == "pathology":
        return True
    vocabulary = draft.vocabulary
    for concept in categories:
        for coding in concept.codings:
            row = vocabulary.category_of(coding) or vocabulary.exam_of(coding)
            if row is not None and row.purpose == "pathology":
                return True
    return False


def is_malignant(meaning: Meaning, vocabulary: Vocabulary) -> bool:
    """Whether a diagnosis is cancer, in situ included."""
    row = vocabulary.concepts.get((meaning.group, meaning.concept))
    return row is not None and row.suspicion in ("in-situ", "malignant")


def is_open(meaning: Meaning, vocabulary: Vocabulary) -> bool:
    """Whether it says that the tissue has not answered: pending, or not diagnostic."""
    row = vocabulary.concepts.get((meaning.group, meaning.concept))
    return row is not None and row.suspicion == "unspecific"


def read_tissue(answers: Answers, place: Place, draft: Draft) -> None:
    """Add diagnoses; calcifications that should be in the specimen and are not become a doubt, never a finding."""
    is_denied = any(meaning.concept == "absent" for meaning in answers.of("presence"))
    named = [m for m in (*answers.topics, *answers.said) if m.group == "pathology"]
    if "specimen-calcification" in answers.questions and is_denied:
        evidence = tuple(meaning.evidence for meaning in answers.of("presence"))
        draft.doubts.append(Doubt("C-11", "no-calcifications-in-specimen", evidence))
    draft.verdicts += (meaning.concept for meaning in answers.of("concordance"))
    if not is_denied:
        draft.pathology += (pathology_of(meaning, place.laterality, draft) for meaning in named)


def pathology_of(meaning: Meaning, laterality: Laterality, draft: Draft) -> Pathology:
    """The diagnosis; one that the plan's table does not know is planned as its stand-in and marked as hedged."""
    stands_in = next(iter(draft.vocabulary.also("pathology", meaning.concept, "pathology")), None)
    return Pathology(
        stands_in or meaning.concept, laterality, is_hedged=stands_in is not None, evidence=(meaning.evidence,)
    )
