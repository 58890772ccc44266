"""The benchmarks measure what they say: real reports, read as they were made; ratios the right way round."""

from datetime import date

import pytest
from fhir.resources.R4B.bundle import Bundle

from benchmarks import medspacy, one_report
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


@pytest.mark.parametrize(("dictated", "terse", "code"), [(9.9, 30.0, 0), (10.1, 9.0, 1)])
def test_the_goal_against_medspacy_is_about_dictated_reports(dictated: float, terse: float, code: int) -> None:
    theirs = [[500.0, 520.0], [620.0, 500.0]]
    figures = {
        medspacy.DICTATED: medspacy.Figures([[dictated, 99.0], [99.0, dictated]], theirs),
        medspacy.TERSE: medspacy.Figures([[terse, terse]], theirs),
    }
    assert medspacy.exit_code(figures) == code


def test_each_kind_of_texts_is_named_with_its_fastest_and_its_median_readings() -> None:
    figures = medspacy.Figures([[2e-4, 3e-4], [3e-4, 4e-4], [9e-4, 6e-4]], [[0.01, 0.02], [0.01, 0.02], [0.02, 0.03]])
    assert medspacy.line_of(medspacy.TERSE, ["x" * 600, "x" * 800], figures) == (
        "2 terse test reports of 700 characters: ours 0.25 ms, medspaCy 15.0 ms, 60.0 times as fast (42.9 by the "
        "median reading: 0.35 and 15.0 ms)"
    )


def test_medspacy_reads_texts_of_both_kinds_with_our_vocabulary(rules: Rules) -> None:
    texts = medspacy.texts_by_kind()
    assert all(600 < len(text) < 800 for text in texts[medspacy.DICTATED])
    assert len(set(texts[medspacy.DICTATED])) > 20
    assert len(texts[medspacy.TERSE]) > 100
    vocabulary = medspacy.vocabulary_of(rules)
    assert ("calcifications", "calcification") in vocabulary["targets"]
    assert ("no evidence of", "NEGATED_EXISTENCE", "FORWARD") in vocabulary["cues"]
    assert ("impression", "impression") in vocabulary["sections"]
