"""C-18 over other reports of the same person: what is asked, what holds, and what must stay silent."""

from datetime import date
from typing import Any

import pytest

from tests.plan_help import EXAM, TODAY, a_report, cat, plan_for, reading
from worker.core.model import CodeableConcept, Coding, Elsewhere, PatientFacts
from worker.core.persons import is_other_person, is_same_person
from worker.core.rules import Rules
from worker.core.safety import find_issues
from worker.core.safety.elsewhere import codes_of
from worker.core.standalone import decide_document

MAMMOGRAM = CodeableConcept((Coding("http://loinc.org", "24605-8"),))
CODE = "http://loinc.org|24605-8"
EARLIER, LATER = date(2026, 4, 1), date(2026, 10, 2)


def other(**changes: Any) -> Elsewhere:
    return Elsewhere(**{"report_id": "2", "category": "4", "level": 4, "exam_date": EXAM, "codes": (CODE,), **changes})


def asked(rules: Rules, category: str, *others: Elsewhere, **report: Any) -> list[tuple[str, bool]]:
    said, ours = reading(cat(category, "left")), a_report(**{"code": MAMMOGRAM, "modalities": ("mg",), **report})
    plan = plan_for(rules, cat(category, "left"), report=ours)
    issues = find_issues(said, plan, ours, None, rules, TODAY, others)
    return [(issue.text, issue.hold) for issue in issues if issue.rule == "C-18"]


@pytest.mark.parametrize(
    ("category", "others", "words", "hold"),
    [
        ("4", (other(),), "Another report of the same exam (2026-10-01, category 4)", True),
        ("4", (other(codes=()),), "Another report of the same exam", True),
        ("2", (other(exam_date=EARLIER),), "An earlier plan that calls for more (exam of 2026-04-01", True),
        ("4", (other(exam_date=EARLIER),), "An earlier plan (exam of 2026-04-01, category 4) is still open", False),
        (
            "2",
            (other(codes=("http://loinc.org|24606-6",), modalities=("mg",), level=3, category="0"),),
            "An earlier plan that",
            True,
        ),
        ("4", (other(exam_date=LATER, level=1, category=None),), "A newer exam (2026-10-02, category none)", True),
    ],
)
def test_what_other_plans_leave_open_is_asked(
    rules: Rules, category: str, others: tuple[Elsewhere, ...], words: str, hold: bool
) -> None:
    """C-18, INV-7."""
    ((text, holds),) = asked(rules, category, *others)
    assert text.startswith(words)
    assert holds == hold


@pytest.mark.parametrize(
    "others",
    [
        (),
        (other(is_open=False),),
        (other(exam_date=None),),
        (other(codes=("http://loinc.org|24601-7",), modalities=("us",)),),
        (other(exam_date=EARLIER, level=1),),
    ],
    ids=["none", "ended", "undated", "another exam of the day", "routine and earlier"],
)
def test_what_is_settled_or_another_matter_is_not_asked(rules: Rules, others: tuple[Elsewhere, ...]) -> None:
    """C-18: near misses."""
    assert asked(rules, "4", *others) == []


def test_without_a_date_of_its_own_a_report_is_asked_for_that_alone(rules: Rules) -> None:
    ((text, _),) = asked(rules, "4", other(), exam_date=None)
    assert text.startswith("The date of the exam is missing")


def test_an_exam_is_named_by_its_codes_else_by_its_words() -> None:
    assert codes_of(a_report(code=MAMMOGRAM)) == (CODE,)
    assert codes_of(a_report(code=CodeableConcept(text="Mammogram LEFT"))) == ("mammogram left",)
    assert codes_of(a_report()) == ()


def _sent(number: int, words: str, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "DiagnosticReport",
        "id": f"r{number}",
        "identifier": [{"system": "urn:ris", "value": str(number)}],
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "24605-8"}]},
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2026-09-01",
        "issued": f"2026-09-0{number}T10:00:00Z",
        "conclusion": words,
        **more,
    }


REPORT = _sent(1, "Grouped amorphous calcifications, left breast. BI-RADS 4B, left.")
ADDENDUM = _sent(2, "Addendum. Grouped amorphous calcifications, left breast. BI-RADS 3, left.")


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, True),
        ({"subject": {"identifier": {"system": "urn:mrn", "value": "7"}}}, False),
        ({"subject": {"reference": "Patient/p2"}}, False),
        ({"status": "preliminary"}, False),
        ({"identifier": [{"system": "urn:ris", "value": "2"}]}, False),
    ],
    ids=["same person", "nobody says who", "another person", "not planned", "a version of the same"],
)
def test_reports_of_one_document_know_of_each_other(
    rules: Rules, turned: bool, changes: dict[str, Any], asked: bool
) -> None:
    """C-18: in whichever order; the earlier one is asked about nothing."""
    both = [{**REPORT, **changes}, ADDENDUM]
    entries = [{"resource": each} for each in (reversed(both) if turned else both)]
    outcomes = decide_document({"resourceType": "Bundle", "type": "collection", "entry": entries}, rules, TODAY)
    asked_of = {o.report.reference: "C-18" in {issue.rule for issue in o.issues} for o in outcomes}
    assert asked_of == {"DiagnosticReport/r1": False, "DiagnosticReport/r2": asked}


def test_one_person_is_told_by_an_identifier_with_its_system() -> None:
    one, other = (PatientFacts(ref, (("urn:mrn", "7"),)) for ref in ("Patient/a", "Patient/b"))
    assert is_same_person(one, other)
    assert not is_other_person(one, other)
    assert is_other_person(PatientFacts("Patient/a"), PatientFacts("https://ehr.example/fhir/Patient/b"))
    assert not is_other_person(PatientFacts("Patient/a"), PatientFacts("https://ehr.example/fhir/Patient/a"))
    assert not is_other_person(PatientFacts("Patient/a"), PatientFacts(None))
    assert not is_same_person(PatientFacts(None, (("", "7"),)), PatientFacts(None, (("", "7"),)))
