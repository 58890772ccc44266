"""Which follow-up plans of other reports a later exam answers (``endings.csv``): every condition, from both sides."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plan_help import EXAM, TODAY, a_report, ask, calcs, cat, reading, tissue
from tests.plan_strategies import SIDES
from worker.core.case import case_of, meets
from worker.core.model import Elsewhere, Reading, Report, Visit
from worker.core.plan import make_plan
from worker.core.safety import endings_of, find_issues
from worker.tables import load_rules

RULES = load_rules()
DAY = date(2026, 4, 1)
FIRST = Visit("short-interval-mammogram", 2, "left", date(2026, 10, 31))
YEARLY = Visit("diagnostic-mammogram", 2, "bilateral", date(2027, 5, 1))
SERIES = Elsewhere(
    "2", "3", 2, DAY, scale="BI-RADS", laterality="left", is_held=False, plan_id="plan-2", visits=(FIRST, YEARLY)
)
MAMMOGRAM = {"modalities": ("mammography",), "laterality": "bilateral"}
CLEARED = (cat("2", "left"), cat("1", "right"))


def ended(
    *parts: Any, other: Elsewhere = SERIES, report: Report | None = None, more: tuple[Elsewhere, ...] = ()
) -> bool:
    """Whether the other plan ends with one of these parts."""
    report = report or a_report(**MAMMOGRAM)
    said = reading(*parts)
    plan = make_plan(said, report, RULES, TODAY)
    return other in endings_of(case_of(said, report, RULES, TODAY), plan, None, (other, *more))


@pytest.mark.parametrize(
    "parts",
    [
        CLEARED,
        (cat("1"),),
        (cat("3", "left"), cat("2", "right")),
        (cat("2", "bilateral"),),
        (cat("2", "left", scope="finding"), cat("1", "right")),
    ],
    ids=["2 and 1", "1 of the whole exam", "3 goes on", "2 of both", "of a finding"],
)
def test_a_later_mammogram_that_names_the_breast_answers_a_series(parts: tuple[Any, ...]) -> None:
    """INV-5."""
    assert ended(*parts)


@pytest.mark.parametrize(
    "changes",
    [
        {"is_open": False},
        {"is_open": False, "ended_by": "another report"},
        {"is_held": True},
        {"plan_id": ""},
        {"visits": ()},
        {"exam_date": None},
        {"exam_date": EXAM},
        {"exam_date": date(2026, 10, 2)},
        {"category": "4A"},
        {"category": "2"},
        {"category": None},
        {"scale": "UK"},
        {"scale": None},
        {"visits": (FIRST, Visit("stereotactic-biopsy", 4, "left", DAY))},
        {"visits": (FIRST, Visit("ultrasound", 2, "left", DAY))},
        {"visits": (FIRST, Visit("supplemental-mri-discussion", 0, "unknown", None))},
        {"visits": (FIRST, Visit("diagnostic-mammogram", 3, "left", DAY))},
        {"visits": (FIRST, Visit("diagnostic-mammogram", 2, "unknown", DAY))},
    ],
    ids=str,
)
def test_an_earlier_plan_that_is_not_plainly_an_open_series_is_not_answered(changes: dict[str, Any]) -> None:
    """C-18, INV-1, INV-5."""
    assert not ended(*CLEARED, other=replace(SERIES, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"modalities": ("ultrasound",)},
        {"modalities": ("mammography", "ultrasound")},
        {"modalities": ()},
        {"exam_date": None},
        {"exam_date": DAY},
        {"is_bare_observation": True},
        {"status": "preliminary"},
        {"missing": ("Observation/9",)},
    ],
    ids=str,
)
def test_a_report_that_is_no_whole_final_mammogram_answers_nothing(changes: dict[str, Any]) -> None:
    """INV-3, INV-5."""
    assert not ended(*CLEARED, report=a_report(**{**MAMMOGRAM, **changes}))


@pytest.mark.parametrize(
    "parts",
    [
        (cat("1", "right"),),
        (cat("4", "left"), cat("1", "right")),
        (cat("0", "left"), cat("1", "right")),
        (*CLEARED, cat("4", scope="finding")),
        (cat("2", "left", scale="UK"), cat("1", "right")),
        (cat("2", "left", status="prior"), cat("1", "right")),
        (*CLEARED, ask("stereotactic-biopsy", "left")),
        (*CLEARED, ask("short-interval-mammogram", "left", 6)),
        (*CLEARED, tissue("dcis", "left")),
        (),
    ],
    ids=str,
)
def test_categories_that_do_not_settle_the_breast_answer_nothing(parts: tuple[Any, ...]) -> None:
    """INV-1, INV-4, INV-5: what asks for more is held, or is no category that ends a series."""
    assert not ended(*parts)


def test_a_category_whose_breast_only_a_finding_suggests_answers_nothing() -> None:
    """INV-3: a side is never guessed."""
    report = a_report(**{**MAMMOGRAM, "laterality": "unknown"})
    assert not ended(cat("2"), calcs("bilateral", "round", distribution="diffuse"), report=report)
    assert ended(cat("2", "bilateral"), calcs("bilateral", "round", distribution="diffuse"), report=report)


def test_a_breast_that_the_exam_did_not_see_must_be_seen_no_later_in_the_new_plan() -> None:
    """INV-1: a visit of both breasts is not dropped after an exam of one."""
    one_breast = a_report(**{**MAMMOGRAM, "laterality": "left"})
    assert not ended(cat("2", "left"), report=one_breast)
    assert not ended(cat("3", "left"), report=one_breast)
    much_later = replace(SERIES, visits=(FIRST, replace(YEARLY, until=date(2028, 1, 1))))
    assert ended(cat("3", "left"), other=much_later, report=one_breast)
    assert not ended(cat("2", "left"), other=much_later, report=one_breast)
    undated = replace(SERIES, visits=(FIRST, replace(YEARLY, until=None)))
    assert not ended(cat("3", "left"), other=undated, report=one_breast)
    assert ended(cat("2", "left"), other=replace(SERIES, visits=(FIRST,)), report=one_breast)


def test_nothing_ends_while_another_plan_holds_the_new_one() -> None:
    """C-18: a biopsy of another report is still open; whoever answers that decides about all."""
    biopsy = Elsewhere("3", "4", 4, DAY, scale="BI-RADS", visits=(Visit("biopsy", 4, "right", DAY),), plan_id="plan-3")
    assert not ended(*CLEARED, more=(biopsy,))
    assert ended(*CLEARED, more=(replace(biopsy, is_open=False),))


def test_what_ended_with_an_earlier_version_of_the_report_is_told_apart() -> None:
    over = replace(SERIES, is_open=False, ended_by=a_report().report_id)
    assert ended(*CLEARED, other=over)
    assert not ended(cat("4", "left"), cat("1", "right"), other=over)
    report = a_report(**MAMMOGRAM)
    for parts, asked in ((CLEARED, False), ((cat("4", "left"), cat("1", "right")), True)):
        said = reading(*parts)
        issues = find_issues(said, make_plan(said, report, RULES, TODAY), report, None, RULES, TODAY, (over,))
        assert ("C-18" in {each.rule for each in issues}) == asked


def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    """Near what ends a series, so that each condition is now and then the only one that is missing."""
    return st.integers(0, 9).flatmap(lambda chance: st.sampled_from(others) if chance == 9 else st.just(usual))


VISITS = st.builds(
    Visit,
    mostly("diagnostic-mammogram", "short-interval-mammogram", "routine-screening", "ultrasound"),
    mostly(2, 1, 3),
    mostly("bilateral", "left", "unknown"),
    st.dates(date(2026, 1, 1), date(2029, 1, 1)),
)
OTHERS = st.builds(
    lambda category, exam, is_open, is_held, visits: replace(
        SERIES, category=category, exam_date=exam, is_open=is_open, is_held=is_held, visits=visits
    ),
    mostly("3", "2", "4"),
    mostly(DAY, date(2026, 9, 30), EXAM, date(2026, 11, 1)),
    mostly(True, False),
    mostly(False, True),
    st.lists(VISITS, min_size=1, max_size=2).map(tuple),
)
SAID_OF_BREASTS = st.builds(
    lambda said, side, more: reading(cat(said, side), *more),
    mostly("2", "1", "3", "4A"),
    mostly("bilateral", "left", "unknown"),
    st.lists(
        st.one_of(
            st.builds(cat, st.sampled_from(["1", "2", "0"]), SIDES),
            st.builds(ask, st.sampled_from(["routine-screening", "short-interval-mammogram", "biopsy"]), SIDES),
        ),
        max_size=1,
    ),
)
REPORTS = st.builds(
    lambda status, modality, exam: a_report(
        **{**MAMMOGRAM, "status": status, "modalities": (modality,), "exam_date": exam}
    ),
    mostly("final", "amended", "preliminary", "cancelled"),
    mostly("mammography", "tomosynthesis", "ultrasound"),
    mostly(EXAM, date(2026, 9, 1), None),
)
MANY = settings(max_examples=max(300, settings.default.max_examples if settings.default else 0))


@MANY
@given(SAID_OF_BREASTS, REPORTS, OTHERS)
def test_whatever_comes_only_imaging_ends_and_only_with_a_plan_that_nothing_holds(
    said: Reading, report: Report, other: Elsewhere
) -> None:
    """INV-1, INV-3, INV-5."""
    case = case_of(said, report, RULES, TODAY)
    plan = make_plan(said, report, RULES, TODAY)
    ends = endings_of(case, plan, None, (other,))
    if ends:
        assert report.status in {"final", "amended"}
        assert report.modalities != ("ultrasound",)
        assert (other.is_open, other.is_held, other.category) == (True, False, "3")
        assert other.exam_date is not None
        assert report.exam_date is not None
        assert other.exam_date < report.exam_date
        assert {visit.level for visit in other.visits} <= {1, 2}
        assert "ultrasound" not in {visit.action for visit in other.visits}
        assert {one.category for one in said.assessments if meets(one.laterality, "left")} <= {"1", "2", "3"}
        assert not any(issue.hold for issue in find_issues(said, plan, report, None, RULES, TODAY, (other,)))


@given(SAID_OF_BREASTS, OTHERS)
def test_a_further_suspicious_category_of_the_breast_ends_nothing_more(said: Reading, other: Elsewhere) -> None:
    """INV-4: monotone."""
    report = a_report(**MAMMOGRAM)
    more = replace(said, assessments=(*said.assessments, cat("4", "bilateral")))
    plan = make_plan(more, report, RULES, TODAY)
    assert endings_of(case_of(more, report, RULES, TODAY), plan, None, (other,)) == ()


def test_the_generated_reports_end_series_often_enough_to_prove_something() -> None:
    found = 0

    @settings(max_examples=200, derandomize=True, database=None)
    @given(SAID_OF_BREASTS, REPORTS, OTHERS)
    def count(said: Reading, report: Report, other: Elsewhere) -> None:
        nonlocal found
        plan = make_plan(said, report, RULES, TODAY)
        found += bool(endings_of(case_of(said, report, RULES, TODAY), plan, None, (other,)))

    count()
    assert found >= 20
