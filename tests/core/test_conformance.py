"""What is checked on the way in and out: the element named, its content never quoted, nothing blocked without need."""

from typing import Any

import pytest

from tests.fhir_shapes import PATIENT, RDE, SNOMED, bundle, calcification, concept, observation, report
from worker.core.conformance import InvalidOutputError, Problem, check_input, check_output, operation_outcome
from worker.errors import NotJson

SECRET = "Petrauskaite"


def without(resource: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in resource.items() if key != name}


def found(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(p.severity, p.where, p.code) for p in check_input(document, "R4")]


@pytest.mark.parametrize("version", ["R4", "R4B", "R5"])
def test_a_valid_message_has_no_problem(version: Any) -> None:
    calc = calcification("c")
    assert check_input(bundle(report(calc), calc), version) == ()


ERRORS: dict[str, tuple[dict[str, Any], str, str]] = {
    "no status": (without(report(), "status"), "DiagnosticReport.status", "required"),
    "no code": (without(report(), "code"), "DiagnosticReport.code", "required"),
    "no subject": (without(report(), "subject"), "DiagnosticReport.subject", "required"),
    "a subject that names nobody": (report(subject={"display": "x"}), "DiagnosticReport.subject", "required"),
    "a status of no FHIR": (report(status="done"), "DiagnosticReport.status", "value"),
    "a conclusion that is a list": (report(conclusion=["x"]), "DiagnosticReport.conclusion", "structure"),
    "a code that is a list": (
        report(conclusionCode=[{"coding": "x"}]),
        "DiagnosticReport.conclusionCode[0].coding",
        "structure",
    ),
    "results that are no references": (report(result=["x"]), "DiagnosticReport.result[0]", "structure"),
    "a component without a code": (
        observation("o", (RDE, "RDES241"), component=[{"valueString": "x"}]),
        "Observation.component[0].code",
        "required",
    ),
    "a number that is text": (
        observation("o", (RDE, "RDE1570"), {"value": "4", "unit": "mm"}) | {"valueQuantity": {"value": "four"}},
        "Observation.valueQuantity.value",
        "structure",
    ),
    "an observation without a status": (without(calcification("c"), "status"), "Observation.status", "required"),
    "a bundle without a type": (without(bundle(report()), "type"), "Bundle.type", "required"),
    "a bundle of no FHIR type": (bundle(report(), kind="parcel"), "Bundle.type", "value"),
    "entries that are no list": ({"resourceType": "Bundle", "type": "batch", "entry": {}}, "Bundle.entry", "structure"),
    "an entry that is no object": (
        {"resourceType": "Bundle", "type": "batch", "entry": ["x"]},
        "Bundle.entry[0]",
        "structure",
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_in_what_we_read_names_the_element(name: str) -> None:
    document, where, code = ERRORS[name]
    assert ("error", where, code) in found(document)


WARNINGS: dict[str, tuple[dict[str, Any], str]] = {
    "a vendor's extra element": (report(vendorFlag=True), "DiagnosticReport.vendorFlag"),
    "an odd extension": (report(extension=[{"url": 7}]), "DiagnosticReport.extension[0].url"),
    "a performer that is text": (report(performer="x"), "DiagnosticReport.performer"),
    "a date without a zone": (report(effectiveDateTime="2026-10-01T10:00:00"), "DiagnosticReport.effectiveDateTime"),
    "an extra part of a coding": (
        report(conclusionCode=[{"coding": [{"system": SNOMED, "code": "1", "userSelected": {}}]}]),
        "DiagnosticReport.conclusionCode[0].coding[0].userSelected",
    ),
    "a neighbour's patient": (
        bundle(report(), {"resourceType": "Patient", "id": "p1", "birthDate": "soon", "gender": "f"}),
        "Bundle.entry[1].resource.birthDate",
    ),
    "a resource of no FHIR type": (bundle(report(), {"resourceType": "Parcel", "id": "x"}), "Bundle.entry[1].resource"),
    "a member without a subject": (
        bundle(report(calcification("c")), without(calcification("c"), "subject")),
        "Bundle.entry[1].resource.subject",
    ),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_an_error_elsewhere_is_a_warning_and_blocks_nothing(name: str) -> None:
    document, where = WARNINGS[name]
    problems = check_input(document, "R4")
    assert where in {problem.where for problem in problems}
    assert {problem.severity for problem in problems} == {"warning"}


def test_errors_come_first() -> None:
    severities = [p.severity for p in check_input(report(vendorFlag=True, status="done"), "R4")]
    assert severities == sorted(severities)
    assert severities[0] == "error"


@pytest.mark.parametrize(
    "document",
    [
        report(conclusion={SECRET: SECRET}),
        report(**{SECRET: SECRET}),
        report(**{f"{SECRET} {SECRET}": 1}),
        report(status=SECRET),
        report(effectiveDateTime=SECRET),
        observation("o", (RDE, "RDE1570"), {"value": 1}) | {"valueQuantity": {"value": SECRET}},
    ],
)
def test_no_problem_quotes_what_was_sent(document: dict[str, Any]) -> None:
    problems = check_input(document, "R4")
    assert problems
    assert SECRET not in str(problems)


def test_versions_differ_in_what_they_allow() -> None:
    r5 = observation("o", (SNOMED, "71651007"), bodyStructure={"reference": "BodyStructure/b"})
    assert check_input(r5, "R5") == ()
    assert found(r5) == [("warning", "Observation.bodyStructure", "structure")]
    modified = report(status="modified")
    assert check_input(modified, "R5") == ()
    assert ("error", "DiagnosticReport.status", "value") in found(modified)


# ---- on the way out --------------------------------------------------------------------------------------------------

PLAN = {
    "resourceType": "CarePlan",
    "id": "x",
    "status": "draft",
    "intent": "proposal",
    "subject": PATIENT,
    "category": [concept(("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan"))],
}


def test_a_valid_resource_of_ours_goes_out() -> None:
    check_output([PLAN], "R4")
    check_output([bundle(PLAN)], "R4")


@pytest.mark.parametrize(
    ("fault", "where"),
    [
        ({"status": "planned"}, "CarePlan.status"),
        ({"intent": "directive"}, "CarePlan.intent"),
        ({"subject": None}, "CarePlan.subject"),
        ({"note": "x"}, "CarePlan.note"),
        ({"ours": "x"}, "CarePlan.ours"),
    ],
)
def test_an_invalid_resource_of_ours_is_a_fault_that_names_the_element(fault: dict[str, Any], where: str) -> None:
    resource = {key: value for key, value in {**PLAN, **fault}.items() if value is not None}
    with pytest.raises(InvalidOutputError) as caught:
        check_output([resource], "R4")
    assert [place for place, _ in caught.value.problems] == [where]
    assert str(caught.value).startswith(where)


def test_a_bundle_of_ours_names_the_entry() -> None:
    with pytest.raises(InvalidOutputError, match=r"Bundle\.entry\[0\]\.resource\.status"):
        check_output([bundle({**PLAN, "status": "planned"})], "R4")


# ---- OperationOutcome ------------------------------------------------------------------------------------------------


def test_problems_become_issues_of_an_operation_outcome() -> None:
    outcome = operation_outcome((Problem("DiagnosticReport.subject", "is required", "error", "required"),))
    assert outcome == {
        "resourceType": "OperationOutcome",
        "issue": [
            {
                "severity": "error",
                "code": "required",
                "diagnostics": "is required",
                "expression": ["DiagnosticReport.subject"],
            }
        ],
    }
    check_output([outcome], "R4")


def test_a_refused_message_becomes_an_operation_outcome() -> None:
    outcome = operation_outcome(NotJson("not JSON from character 3 on"))
    assert outcome["issue"] == [
        {"severity": "error", "code": "structure", "diagnostics": "not JSON from character 3 on"}
    ]
    check_output([outcome], "R5")
