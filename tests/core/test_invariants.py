"""INV-1 .. INV-10 as properties over generated readings, and what the check itself must notice."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.plan_help import SAID, TODAY, a_report, ask, calcs, cat, outcome_for, with_facts
from tests.plan_strategies import assessments, findings, readings, recommendations, reports, risks
from worker.core.case import case_of, meets
from worker.core.dates import add_months
from worker.core.invariants import broken_invariants, is_done_by
from worker.core.model import Activity, Letter, Outcome, Plan, Reading, Report
from worker.core.plan import make_plan
from worker.core.rules import Rules
from worker.core.safety import disposition_of, find_issues
from worker.tables import load_rules

RULES = load_rules()
# The profile of the session, but never fewer: this is the property that everything else leans on.
MANY = settings(max_examples=max(500, settings.default.max_examples if settings.default else 0))
# What a category asks for without calcifications -> with them: a finding changes the one into the other.
FOR_CALCIFICATIONS = {
    name: set(row.actions)
    for row in RULES.planning.assessments.values()
    for name in row.actions_other
    if name not in row.actions
}
FINE = calcs("left", "fine-pleomorphic", distribution="grouped")


def decided(reading: Reading, report: Report, rules: Rules = RULES, today: date = TODAY) -> Outcome:
    disposition, reason = disposition_of(report, None)
    plan = make_plan(reading, report, rules, today) if disposition == "plan" else Plan()
    issues = find_issues(reading, plan, report, None, rules, today)
    hold = any(issue.hold for issue in issues)
    return Outcome(report, disposition, reason, reading, plan, issues, None, hold, today, rules.digest)


@MANY
@given(readings(RULES), reports(), st.sampled_from(["", "uspstf", "ontario"]))
def test_no_invariant_is_ever_broken(reading: Reading, report: Report, programme: str) -> None:
    """INV-1, INV-2, INV-3, INV-4, INV-5, INV-6, INV-7, INV-8, INV-9, INV-10."""
    rules = with_facts(RULES, programme=programme) if programme else RULES
    assert broken_invariants(decided(reading, report, rules), rules) == ()


@given(readings(RULES, with_tissue=False), findings(RULES))
def test_a_further_finding_lowers_and_delays_nothing(reading: Reading, more: Any) -> None:
    """INV-1, INV-4, INV-5."""
    _is_not_less(reading, replace(reading, findings=(*reading.findings, more)))


@given(readings(RULES), risks(RULES))
def test_a_further_risk_lowers_and_delays_nothing(reading: Reading, more: Any) -> None:
    """INV-5: risk adds."""
    _is_not_less(reading, replace(reading, risks=(*reading.risks, more)))


@given(readings(RULES, current_only=True), recommendations(RULES))
def test_a_further_recommendation_lowers_and_delays_nothing(reading: Reading, more: Any) -> None:
    """INV-1; only a side that nobody has stated gives way to the one that the report names."""
    guessed = {one.side_from for one in case_of(reading, a_report(), RULES, TODAY).assessed} - {"stated"}
    assume(more.laterality == "unknown" or not guessed)
    _is_not_less(reading, replace(reading, recommendations=(*reading.recommendations, more)))


@given(readings(RULES, current_only=True, with_tissue=False), assessments(RULES, current_only=True))
def test_a_further_category_never_lowers_the_level(reading: Reading, more: Any) -> None:
    """
    INV-4: a proven cancer or a benign category takes nothing from another lesion.

    After benign tissue the category of what remains is the answer that was asked for, and held until it is confirmed.
    """
    before = make_plan(reading, a_report(), RULES, TODAY)
    after = make_plan(replace(reading, assessments=(*reading.assessments, more)), a_report(), RULES, TODAY)
    assert after.level >= before.level


def _is_not_less(reading: Reading, fuller: Reading) -> None:
    before = make_plan(reading, a_report(), RULES, TODAY)
    after = make_plan(fuller, a_report(), RULES, TODAY)
    assert after.level >= before.level
    for activity in before.activities:
        assert _is_kept(activity, after), (activity.action, activity.laterality, activity.due)


def _is_kept(activity: Activity, plan: Plan) -> bool:
    """Done by the same action or by another form of it, not later; routine screening also by what outranks it there."""
    if activity.level == 1 and any(
        meets(one.laterality, activity.laterality) for one in plan.activities if one.level > 1
    ):
        return True
    row = RULES.planning.action(activity.action)
    names = {activity.action, row.kind_of if row else "", *FOR_CALCIFICATIONS.get(activity.action, ())} - {""}
    return any(
        is_done_by(one, name, "unknown", activity.due, RULES.planning) for one in plan.activities for name in names
    )


@given(readings(RULES), reports())
def test_left_and_right_are_treated_alike(reading: Reading, report: Report) -> None:
    assume(report.laterality in ("unknown", "bilateral"))
    plan, mirrored = (make_plan(one, report, RULES, TODAY) for one in (reading, _mirrored(reading)))
    assert plan.level == mirrored.level
    assert _as_set(plan) == {(a, _other(side), due) for a, side, due in _as_set(mirrored)}


def _as_set(plan: Plan) -> set[tuple[str, str, date | None]]:
    return {(activity.action, activity.laterality, activity.due) for activity in plan.activities}


def _other(side: str) -> str:
    return {"left": "right", "right": "left"}.get(side, side)


def _mirrored(reading: Reading) -> Reading:
    def turned(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(item, laterality=_other(item.laterality)) for item in items)

    return replace(
        reading,
        findings=turned(reading.findings),
        assessments=turned(reading.assessments),
        recommendations=turned(reading.recommendations),
        pathology=turned(reading.pathology),
    )


@given(readings(RULES), reports(), st.integers(0, 600), st.integers(0, 400))
def test_the_day_of_reading_moves_no_date_of_a_dated_exam(
    reading: Reading, report: Report, age: int, days: int
) -> None:
    issued = report.issued and datetime.combine(TODAY - timedelta(days=1), report.issued.timetz())
    dated = replace(report, exam_date=TODAY - timedelta(days=age), issued=issued)
    later = TODAY + timedelta(days=days)
    assert make_plan(reading, dated, RULES, TODAY) == make_plan(reading, dated, RULES, later)


@given(readings(RULES), st.randoms(use_true_random=False))
def test_the_order_of_reading_changes_no_activity(reading: Reading, shuffler: Any) -> None:
    shuffled = {
        name: tuple(shuffler.sample(items, len(items)))
        for name in ("findings", "assessments", "recommendations", "pathology", "risks")
        for items in [getattr(reading, name)]
    }
    plan = make_plan(reading, a_report(), RULES, TODAY)
    other = make_plan(replace(reading, **shuffled), a_report(), RULES, TODAY)
    assert (plan.level, _as_set(plan)) == (other.level, _as_set(other))


# ---- what the check notices ------------------------------------------------------------------------------------------


def _sound(rules: Rules) -> Outcome:
    return outcome_for(rules, FINE, cat("4", "left"), ask("ultrasound", "left"))


def test_a_sound_outcome_breaks_nothing(rules: Rules) -> None:
    assert broken_invariants(_sound(rules), rules) == ()


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda plan: replace(plan, level=3), "INV-1"),
        (lambda plan: replace(plan, activities=tuple(a for a in plan.activities if a.action != "ultrasound")), "INV-1"),
        (lambda plan: replace(plan, category="2"), "INV-2"),
        (lambda plan: replace(plan, activities=tuple(a for a in plan.activities if "biopsy" not in a.action)), "INV-4"),
        (
            lambda plan: replace(
                plan, activities=tuple(a and replace(a, due=a.due and add_months(a.due, 6)) for a in plan.activities)
            ),
            "INV-5",
        ),
        (lambda plan: replace(plan, clocks=()), "INV-8"),
        (lambda plan: replace(plan, activities=tuple(replace(a, rules=()) for a in plan.activities)), "INV-9"),
    ],
)
def test_each_broken_invariant_is_named(rules: Rules, change: Any, broken: str) -> None:
    outcome = _sound(rules)
    assert broken in broken_invariants(replace(outcome, plan=change(outcome.plan)), rules)


def test_a_running_series_with_its_own_next_visit_is_sound(rules: Rules) -> None:
    parts = (cat("3", "left"), cat("3", "left", status="prior"), ask("diagnostic-mammogram", "left", 12))
    assert broken_invariants(outcome_for(rules, *parts), rules) == ()


def test_an_unknown_that_is_not_held_is_named(rules: Rules) -> None:
    """INV-3."""
    for parts in ((FINE,), (cat("3", scale="unknown"),)):
        outcome = replace(outcome_for(rules, *parts), hold=False)
        assert broken_invariants(outcome, rules) == ("INV-3",)


def test_a_letter_without_notice_or_plan_and_a_forbidden_phrase_are_named(rules: Rules) -> None:
    """INV-6, INV-7, INV-10."""
    letter = Letter("en", "Title", (), "Draft", "draft", text="Your next step is close.")
    outcome = replace(_sound(rules), letter=letter)
    assert broken_invariants(outcome, rules) == ()
    assert broken_invariants(replace(outcome, letter=replace(letter, notice="")), rules) == ("INV-6",)
    calming = replace(letter, text="There is nothing to worry about.")
    assert broken_invariants(replace(outcome, letter=calming), rules) == ("INV-10",)
    withdrawn = replace(outcome, disposition="withdraw")
    assert broken_invariants(withdrawn, rules) == ("INV-6", "INV-7")


def test_an_undated_hold_is_named(rules: Rules) -> None:
    """INV-8."""
    outcome = outcome_for(rules, FINE)
    issues = tuple(replace(issue, due=None) for issue in outcome.issues)
    assert broken_invariants(replace(outcome, issues=issues), rules) == ("INV-8",)


def test_a_recommended_date_that_is_missed_is_named(rules: Rules) -> None:
    """INV-1: a later date is less."""
    outcome = outcome_for(rules, ask("short-interval-mammogram", "left", 4))
    late = tuple(replace(a, due=a.due and a.due + timedelta(days=1)) for a in outcome.plan.activities)
    assert "INV-1" in broken_invariants(replace(outcome, plan=replace(outcome.plan, activities=late)), rules)


def test_evidence_is_carried_into_the_plan(rules: Rules) -> None:
    """INV-9."""
    assert all(activity.evidence == SAID for activity in outcome_for(rules, FINE, cat("4", "left")).plan.activities)
