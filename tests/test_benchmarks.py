"""The benchmarks measure what they say: real reports, read as they were made; ratios the right way round."""

from datetime import date

import pytest
from fhir.resources.R4B.bundle import Bundle

from benchmarks import one_report
from benchmarks.figures import Figure, markdown_of
from benchmarks.reports import foreign_bytes, report_bundle, told_report
from worker.core.report import parse_json
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


@pytest.mark.parametrize("number", range(8))
def test_prose_is_as_long_as_a_dictated_report_and_read_with_its_category(number: int, rules: Rules) -> None:
    told = told_report(number)
    assert 600 < len(told["conclusion"]) < 800
    (outcome,) = decide_document(told, rules, TODAY)
    made_with = told["conclusion"].rstrip(".").rpartition(" ")[2]
    assert [a.category for a in outcome.reading.assessments if a.status == "current"] == [made_with]


@pytest.mark.parametrize("number", range(4))
def test_what_is_measured_as_not_for_us_is_not_for_us(number: int, rules: Rules) -> None:
    (outcome,) = decide_document(parse_json(foreign_bytes(number)), rules, TODAY)
    assert outcome.disposition == "not-for-us"


def test_every_piece_is_measured_against_its_yardstick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_report, "_VARIETY", 4)
    done: list[int] = []
    figures = one_report.measure(1, done.append)
    assert len({figure.name for figure in figures}) == len(figures) == 5
    assert all(figure.ours > figure.yardstick / 100 > 0 for figure in figures)
    assert sum(done) == 1
