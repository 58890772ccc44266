"""SEED-6: by which exam calcifications were found; what was felt, or cannot show them, is a question."""

from typing import Any

import pytest

from tests.fhir_shapes import LOINC, SNOMED, bundle, calcification, concept, observation, read, report
from worker.core.model import Reading
from worker.core.rules import Rules

Json = dict[str, Any]
LOCAL = ("urn:ris", "99")
ULTRASOUND, MRI, MAMMOGRAM = (LOINC, "24601-7"), (LOINC, "30795-9"), (LOINC, "26346-7")
GUIDE = "http://hl7.org/fhir/us/breast-radiology/CodeSystem/ObservationCodesCS"
QUESTIONS = {"felt", "not-by-mammography", "no-modality"}
FINDING = "Grouped amorphous calcifications in the left breast. BI-RADS 4B."


def asked(reading: Reading) -> set[str]:
    return {doubt.subject for doubt in reading.doubts} & QUESTIONS


def told(document: Json, rules: Rules) -> tuple[list[str | None], set[str]]:
    reading = read(document, rules)
    return [one.modality for one in reading.findings if one.status == "present"], asked(reading)


@pytest.mark.parametrize(
    ("document", "modality", "question"),
    [
        (report(code=MAMMOGRAM, conclusion=FINDING), "mammography", set()),
        (report(code=(LOINC, "72142-3"), conclusion=FINDING), "tomosynthesis", set()),
        (report(code=ULTRASOUND, conclusion=FINDING), "ultrasound", {"not-by-mammography"}),
        (report(code=MRI, conclusion=FINDING), "mri", {"not-by-mammography"}),
        (report(code=ULTRASOUND, conclusion=f"As on the mammogram of today: {FINDING}"), "mammography", set()),
        (report(code=LOCAL, conclusion=f"Mammogram: {FINDING}"), "mammography", set()),
        (report(code=LOCAL, conclusion=f"Breast ultrasound: {FINDING}"), "ultrasound", {"not-by-mammography"}),
        (report(code=LOCAL, conclusion=FINDING), None, {"no-modality"}),
        (report(code=(LOINC, "66110-8"), conclusion="DCIS with calcifications, left breast."), None, set()),
    ],
    ids=["MG", "DBT", "US", "MR", "US and MG", "MG in words", "US in words", "nothing", "tissue"],
)
def test_a_finding_says_by_which_exam_it_was_found(
    document: Json, modality: str | None, question: set[str], rules: Rules
) -> None:
    """SEED-6."""
    assert told(document, rules) == ([modality], question)


@pytest.mark.parametrize(
    ("container", "modality", "question"),
    [("mgFindingObservation", "mammography", set()), ("usFindingObservation", "ultrasound", {"not-by-mammography"})],
)
def test_a_section_of_one_exam_names_it_for_its_findings(
    container: str, modality: str, question: set[str], rules: Rules
) -> None:
    calc = observation("c", (SNOMED, "309587003"), True)
    around = observation("a", (GUIDE, container), hasMember=[{"reference": "Observation/c"}])
    assert told(bundle(report(around, code=LOCAL), around, calc), rules) == ([modality], question)


@pytest.mark.parametrize(
    ("method", "modality", "question"),
    [
        ((SNOMED, "71651007"), "mammography", set()),
        ((SNOMED, "47079000"), "ultrasound", {"not-by-mammography"}),
        ((SNOMED, "113011001"), "palpation", {"felt"}),
    ],
)
def test_the_method_of_an_observation_stands_before_the_exam(
    method: tuple[str, str], modality: str, question: set[str], rules: Rules
) -> None:
    one = observation("c", (SNOMED, "309587003"), True, method=concept(method))
    assert told(bundle(report(one, code=MAMMOGRAM), one), rules) == ([modality], question)


@pytest.mark.parametrize(
    ("words", "is_felt"),
    [
        ("Palpable calcifications in the left breast.", True),
        ("Palpable lump on the left. Grouped calcifications in the left breast.", False),
        ("No palpable mass. Calcifications in the left breast.", False),
    ],
)
def test_only_calcifications_that_are_called_felt_are_asked_about(words: str, is_felt: bool, rules: Rules) -> None:
    """SEED-6."""
    assert ("felt" in asked(read(report(code=MAMMOGRAM, conclusion=words), rules))) == is_felt


def test_denied_calcifications_are_asked_about_by_nobody(rules: Rules) -> None:
    assert asked(read(report(code=ULTRASOUND, conclusion="No calcifications."), rules)) == set()


def test_the_question_holds_no_plan(rules: Rules) -> None:
    for kind in QUESTIONS:
        row = rules.planning.contradictions[f"C-09:{kind}"]
        assert (row.hold, row.owner) == (False, "radiologist")


def test_a_profile_of_mammography_names_it_without_any_exam(rules: Rules) -> None:
    assert told(calcification("c"), rules) == (["mammography"], set())
