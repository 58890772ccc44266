"""The category 3 series, time windows and clocks (sections 3.1, 3.3 and 7.1)."""

from datetime import UTC, date, datetime

import pytest

from tests.plan_help import a_report, ask, calcs, cat, find, issues_for, plan_for
from worker.core.model import Activity, Plan
from worker.core.rules import Rules

PUNCTATE = calcs("left", "punctate", distribution="grouped")
RUNNING = (PUNCTATE, cat("3", "left"), cat("3", "left", status="prior"))


def clocks(plan: Plan) -> dict[str, date | None]:
    return {clock.rule: clock.due for clock in plan.clocks}


def test_category_3_is_followed_at_6_12_and_24_months(rules: Rules) -> None:
    """SEED-13, B-3: the same side at 6, both breasts at 12 and 24; 36 is optional."""
    visits = plan_for(rules, PUNCTATE, cat("3")).activities
    assert [(a.interval_months, a.due, a.laterality) for a in visits] == [
        (6, date(2027, 4, 1), "left"),
        (12, date(2027, 10, 1), "bilateral"),
        (24, date(2028, 10, 1), "bilateral"),
        (36, date(2029, 10, 1), "bilateral"),
    ]
    assert [bool(a.options) for a in visits] == [False, False, False, True]
    assert {a.level for a in visits} == {2}


def test_the_six_month_visit_has_its_window(rules: Rules) -> None:
    """Section 3.3: earliest 5.5 months, overdue 30 days after; nothing stretches 6 months to 12."""
    first = plan_for(rules, PUNCTATE, cat("3")).activities[0]
    assert (first.earliest, first.due, first.overdue) == (date(2027, 3, 16), date(2027, 4, 1), date(2027, 5, 1))


def test_later_visits_have_the_window_of_a_follow_up(rules: Rules) -> None:
    """SEED-17: overdue 30 days after the day, not two weeks as for a work-up that is due now."""
    second = plan_for(rules, PUNCTATE, cat("3")).activities[1]
    assert (second.earliest, second.overdue) == (date(2027, 9, 15), date(2027, 10, 31))
    ultrasound = plan_for(rules, ask("ultrasound", "left", 6)).activities[0]
    assert (ultrasound.due, ultrasound.overdue) == (date(2027, 4, 1), date(2027, 5, 1))


def test_month_ends_are_clamped_in_a_plan(rules: Rules) -> None:
    plan = plan_for(rules, PUNCTATE, cat("3"), report=a_report(exam_date=date(2026, 8, 31)))
    assert plan.activities[0].due == date(2027, 2, 28)


def test_a_running_series_is_not_restarted(rules: Rules) -> None:
    """Section 2.6: what the radiologist names as the next step stands; no later visits are made up."""
    plan = plan_for(
        rules, PUNCTATE, cat("3", "left"), cat("3", "left", status="prior"), ask("short-interval-mammogram", months=12)
    )
    assert [(a.interval_months, a.due) for a in plan.activities] == [(12, date(2027, 10, 1))]


def test_a_series_that_runs_for_one_breast_begins_for_the_other(rules: Rules) -> None:
    """INV-4, INV-5: what is new in the left breast keeps all its visits beside a right one under follow-up."""
    prior = cat("3", "right", status="prior")
    for said in ((cat("3"), PUNCTATE, calcs("right", "punctate", distribution="grouped")), (cat("3", "bilateral"),)):
        assert [a.interval_months for a in plan_for(rules, prior, *said).activities] == [6, 12, 24, 36]
        both = (prior, cat("3", "left", status="prior"), *said)
        assert [a.interval_months for a in plan_for(rules, *both).activities] == [6]


def test_a_running_series_without_a_named_step_keeps_the_safest_one_and_asks(rules: Rules) -> None:
    assert [a.due for a in plan_for(rules, *RUNNING).activities] == [date(2027, 4, 1)]
    assert [i.rule for i in issues_for(rules, *RUNNING)] == ["P-03"]


@pytest.mark.parametrize("months", [9, 18, 24, 36])
def test_a_step_that_the_series_does_not_have_never_delays_it(rules: Rules, months: int) -> None:
    parts = (
        PUNCTATE,
        cat("3", "left"),
        cat("3", "left", status="prior"),
        ask("short-interval-mammogram", "left", months),
    )
    assert plan_for(rules, *parts).activities[0].due == date(2027, 4, 1)
    assert "C-04" in {i.rule for i in issues_for(rules, *parts)}


@pytest.mark.parametrize("action", ["ultrasound", "additional-views", "routine-screening"])
def test_only_a_mammogram_is_the_next_step_of_a_running_series(rules: Rules, action: str) -> None:
    plan = plan_for(rules, *RUNNING, ask(action, "left", 12))
    assert find(plan, "short-interval-mammogram").due == date(2027, 4, 1)


def test_a_next_step_for_both_breasts_is_one_visit_at_the_level_of_the_category(rules: Rules) -> None:
    plan = plan_for(rules, *RUNNING, ask("diagnostic-mammogram", "bilateral", 12))
    assert [(a.action, a.laterality, a.level, a.due) for a in plan.activities] == [
        ("diagnostic-mammogram", "bilateral", 2, date(2027, 10, 1))
    ]
    assert "C-04" not in {i.rule for i in issues_for(rules, *RUNNING, ask("diagnostic-mammogram", "bilateral", 12))}


def test_a_series_of_the_other_breast_is_another_series(rules: Rules) -> None:
    plan = plan_for(rules, PUNCTATE, cat("3", "left"), cat("3", "right", status="prior"))
    assert len(plan.activities) == 4


def test_an_earlier_category_of_another_series_starts_a_new_one(rules: Rules) -> None:
    plan = plan_for(rules, PUNCTATE, cat("3", "left"), cat("2", "left", status="prior"))
    assert len(plan.activities) == 4


@pytest.mark.parametrize(
    ("category", "due", "overdue", "breach"),
    [
        ("0", date(2026, 10, 15), date(2026, 10, 31), date(2026, 11, 30)),
        ("4", date(2026, 10, 15), date(2026, 10, 31), date(2026, 11, 30)),
        ("5", date(2026, 10, 8), date(2026, 10, 24), date(2026, 11, 23)),
    ],
)
def test_work_up_and_biopsy_have_due_overdue_and_breach_dates(
    rules: Rules, category: str, due: date, overdue: date, breach: date
) -> None:
    """SEED-17, SEED-18: section 3.3, and the 60 days of the quality measure."""
    plan = plan_for(rules, calcs("left", "fine-pleomorphic", distribution="grouped"), cat(category, "left"))
    step: Activity = max(plan.activities, key=lambda activity: activity.level)
    assert (step.due, step.overdue, step.breach) == (due, overdue, breach)


@pytest.mark.parametrize(
    ("category", "rule", "due"),
    [
        ("0", "assessments:bi-rads-0", date(2026, 10, 31)),
        ("1", "assessments:bi-rads-1", date(2026, 10, 31)),
        ("2", "assessments:bi-rads-2", date(2026, 10, 31)),
        ("3", "assessments:bi-rads-3", date(2026, 10, 31)),
        ("4A", "assessments:bi-rads-4a", date(2026, 10, 9)),
        ("5", "assessments:bi-rads-5", date(2026, 10, 9)),
        ("6", "assessments:bi-rads-6", date(2026, 10, 31)),
    ],
)
def test_the_letter_clock_runs_from_exam_or_from_final_interpretation(
    rules: Rules, category: str, rule: str, due: date
) -> None:
    """B-22, section 7.1: 30 days from the exam, 7 from the final interpretation at 4 and 5."""
    assert clocks(plan_for(rules, cat(category, "left")))[rule] == due


def test_the_final_interpretation_is_dated_where_the_facility_is(rules: Rules) -> None:
    late = a_report(issued=datetime(2026, 10, 2, 22, 30, tzinfo=UTC))
    assert clocks(plan_for(rules, cat("4", "left"), report=late))["assessments:bi-rads-4"] == date(2026, 10, 10)


def test_prior_mammograms_have_their_own_thirty_days(rules: Rules) -> None:
    plan = plan_for(rules, cat("0-PR"))
    assert clocks(plan)["clocks:priors-report-30-days"] == date(2026, 11, 1)
    assert find(plan, "obtain-priors").breach == date(2026, 11, 1)


def test_abnormal_results_are_resolved_within_sixty_days(rules: Rules) -> None:
    for category in ("0", "4", "5"):
        assert clocks(plan_for(rules, cat(category)))["clocks:resolved-in-60-days"] == date(2026, 11, 30)
    assert "clocks:resolved-in-60-days" not in clocks(plan_for(rules, cat("2")))


def test_of_two_letter_clocks_the_soonest_runs(rules: Rules) -> None:
    letter = [
        clock for clock in plan_for(rules, cat("4", "left"), cat("1", "right")).clocks if "letter" in clock.text.lower()
    ]
    assert [(clock.rule, clock.due) for clock in letter] == [("assessments:bi-rads-4", date(2026, 10, 9))]


def test_without_a_category_the_shortest_clock_runs(rules: Rules) -> None:
    """INV-8: it may turn out to be a 4."""
    assert clocks(plan_for(rules, PUNCTATE)) == {"assessments:unknown-any": date(2026, 10, 9)}


def test_missing_dates_make_clocks_end_sooner_and_never_later(rules: Rules) -> None:
    known = clocks(plan_for(rules, cat("4", "left")))
    unknown = clocks(
        plan_for(rules, cat("4", "left"), report=a_report(exam_date=None, issued=None), today=date(2026, 10, 1))
    )
    assert all(day <= known[rule] for rule, day in unknown.items() if day and known[rule])
