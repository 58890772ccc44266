"""The benchmarks measure what they say: real reports, read as they were made; ratios the right way round."""

from datetime import date

import pytest
from fhir.resources.R4B.bundle import Bundle

from benchmarks.figures import Figure, markdown_of
from benchmarks.reports import report_bundle
from worker.core.rules import Rules
from worker.core.standalone import decide_document

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("number", range(30))
def test_a_synthetic_report_is_valid_and_read_with_the_category_that_it_was_made_with(
    number: int, rules: Rules
) -> None:
    document = report_bundle(number)
    Bundle.model_validate(document)
    assert len(document["entry"]) == 6
    (outcome,) = decide_document(document, rules, TODAY)
    report = next(e["resource"] for e in document["entry"] if e["resource"]["resourceType"] == "DiagnosticReport")
    made_with = report["conclusion"].rstrip(".").rpartition(" ")[2]
    assert outcome.disposition == "plan"
    assert outcome.plan.category == made_with


def test_synthetic_reports_differ_and_the_same_number_gives_the_same() -> None:
    assert report_bundle(3) == report_bundle(3)
    conclusions = {str(report_bundle(number)["entry"][2]) for number in range(40)}
    assert len(conclusions) == 40


@pytest.mark.parametrize(
    ("ours", "goal", "less_is_better", "is_met"),
    [(30.0, 0.3, False, True), (29.0, 0.3, False, False), (150.0, 1.5, True, True), (151.0, 1.5, True, False)],
)
def test_a_goal_is_met_by_the_ratio(ours: float, goal: float, less_is_better: bool, is_met: bool) -> None:
    figure = Figure("x", "u/s", ours, 100.0, "y", goal, less_is_better)
    assert figure.is_met is is_met
    assert f"{ours / 100:.2f}" in markdown_of([figure])
