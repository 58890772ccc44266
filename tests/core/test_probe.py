"""The synthetic report: read as any other, told apart from any other, and its run found again in what it led to."""

from datetime import UTC, date, datetime

import pytest

from tests.shell.documents import bundle, report
from worker.core.conformance import check_input
from worker.core.probe import carries_run, is_probe, probe_report
from worker.core.resources import build_resources
from worker.core.rules import Rules
from worker.core.standalone import decide_document

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PROBE = probe_report("run-1", "Patient/test", NOW)


def test_it_is_a_report_like_any_other_and_leads_to_a_plan(rules: Rules) -> None:
    assert not [problem for problem in check_input(PROBE, "R4") if problem.severity == "error"]
    (outcome,) = decide_document(PROBE, rules, date(2026, 3, 2))
    assert (outcome.disposition, outcome.hold) == ("plan", False)


def test_what_it_leads_to_names_its_run_and_says_that_it_is_test_data(rules: Rules) -> None:
    (outcome,) = decide_document(PROBE, rules, date(2026, 3, 2))
    for resource in build_resources(outcome, rules, "R4", NOW, 0):
        assert carries_run(resource, "run-1")
        assert not carries_run(resource, "run-2")
        assert "HTEST" in {label["code"] for label in resource["meta"]["security"]}


def test_two_runs_are_two_versions_of_one_report(rules: Rules) -> None:
    later = probe_report("run-2", "Patient/test", NOW.replace(minute=5))
    first, second = (decide_document(each, rules, date(2026, 3, 2))[0].report for each in (PROBE, later))
    assert first.report_id == second.report_id
    assert PROBE["meta"]["lastUpdated"] < later["meta"]["lastUpdated"]


def test_the_patient_is_named_by_reference_or_by_identifier() -> None:
    assert PROBE["subject"] == {"reference": "Patient/test"}
    by_identifier = probe_report("r", "urn:mrn|T-1", NOW)["subject"]
    assert by_identifier["identifier"] == {"system": "urn:mrn", "value": "T-1"}


@pytest.mark.parametrize(
    "document",
    [
        report(),
        bundle(report()),
        report(meta={"security": [{"system": "urn:other", "code": "run-1"}]}),
        report(meta={"security": "urn:calcifhir:probe"}),
        report(meta=[]),
        {"resourceType": "Observation", "meta": PROBE["meta"]},
    ],
)
def test_reports_of_people_are_none(document: dict[str, object]) -> None:
    assert is_probe(PROBE)
    assert not is_probe(document)
