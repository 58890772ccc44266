"""The life of a plan and its questions: versions, statuses, deadlines, loudness, release (INV-6, INV-7, INV-8)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.plan_help import SAID, a_report, actions, calcs, cat, ids, issues_for, outcome_for, tissue, with_facts
from worker.core.model import Doubt, Previous
from worker.core.release import release_duty
from worker.core.rules import Rules
from worker.core.safety import disposition_of, loudness

FINE = calcs("left", "fine-pleomorphic", distribution="grouped")
PLANNED = Previous("4", 4, "plan")


@pytest.mark.parametrize(
    ("status", "first", "later"),
    [
        ("final", "plan", "plan"),
        ("amended", "plan", "plan"),
        ("corrected", "plan", "plan"),
        ("appended", "plan", "plan"),
        ("preliminary", "no-output", "withdraw"),
        ("partial", "no-output", "withdraw"),
        ("registered", "no-output", "withdraw"),
        ("modified", "no-output", "withdraw"),
        ("unknown", "no-output", "withdraw"),
        ("", "no-output", "withdraw"),
        ("cancelled", "no-output", "withdraw"),
        ("entered-in-error", "no-output", "withdraw"),
        ("something-new", "no-output", "withdraw"),
    ],
)
def test_only_a_final_status_makes_a_plan_and_any_other_withdraws_one(status: str, first: str, later: str) -> None:
    """C-13, SEED-50, INV-7."""
    report = a_report(status=status)
    assert disposition_of(report, None)[0] == first
    assert disposition_of(report, PLANNED)[0] == later
    assert disposition_of(report, Previous(None, 0, "no-output"))[0] == first
    assert disposition_of(report, None)[1]


def test_a_preliminary_report_is_a_hold_without_any_plan(rules: Rules) -> None:
    """C-13: nothing else is asked about what may still change."""
    outcome = outcome_for(rules, FINE, cat("4"), report=a_report(status="preliminary"))
    assert (outcome.disposition, outcome.plan.activities, ids(outcome.issues), outcome.hold) == (
        "no-output",
        (),
        {"C-13"},
        True,
    )


def test_a_version_that_raises_the_category_asks_at_once(rules: Rules) -> None:
    """C-14, INV-7, SEED-50: high upwards, moderate downwards; both hold."""
    up = issues_for(rules, cat("4", "left"), previous=Previous("2", 1, "plan"))
    down = issues_for(rules, cat("2", "left"), previous=PLANNED)
    assert [(i.severity, i.due) for i in up if i.rule == "C-14"] == [("high", date(2026, 10, 3))]
    assert [i.severity for i in down if i.rule == "C-14"] == ["moderate"]


def test_a_deadline_is_the_legal_clock_where_that_ends_sooner(rules: Rules) -> None:
    """INV-8: a hold does not stop the clock."""
    held = {i.rule: i.due for i in issues_for(rules, cat("3", "left"), report=a_report(purpose="screening"))}
    assert held == {"C-06": date(2026, 10, 9)}
    late = {i.rule: i.due for i in issues_for(rules, cat("P", "left"), today=date(2026, 12, 24))}
    assert late["C-12"] == date(2026, 10, 9)
    assert "C-20" in late


def test_a_deadline_does_not_move_with_the_day_of_reading(rules: Rules) -> None:
    days = [date(2026, 10, 3), date(2026, 10, 20), date(2027, 1, 1)]
    dues = [{i.rule: i.due for i in issues_for(rules, FINE, today=day) if i.rule == "C-01"} for day in days]
    assert dues[0] == dues[1] == dues[2]


@pytest.mark.parametrize(
    ("days_left", "priority"),
    [
        (30, "routine"),
        (8, "routine"),
        (7, "urgent"),
        (3, "urgent"),
        (2, "asap"),
        (1, "asap"),
        (0, "stat"),
        (-5, "stat"),
    ],
)
def test_a_question_is_louder_as_its_deadline_nears(rules: Rules, days_left: int, priority: str) -> None:
    """INV-8."""
    due = date(2026, 10, 30)
    assert loudness(due, due - timedelta(days=days_left), rules.planning) == priority


def test_loudness_never_falls_as_days_pass(rules: Rules) -> None:
    order = ("routine", "urgent", "asap", "stat")
    due = date(2026, 10, 30)
    heard = [order.index(loudness(due, due - timedelta(days=days), rules.planning)) for days in range(40, -10, -1)]
    assert heard == sorted(heard)
    assert loudness(None, due, rules.planning) == "routine"


def test_questions_carry_their_loudness_and_the_most_severe_come_first(rules: Rules) -> None:
    issues = issues_for(rules, calcs("left", "coarse", particle_mm=0.1), calcs("left", "amorphous"), cat("2", "left"))
    assert [i.severity for i in issues] == sorted((i.severity for i in issues), key=["high", "moderate", "low"].index)
    assert {i.priority for i in issues if i.rule == "C-02"} == {"asap"}


def test_one_question_is_asked_once_with_all_its_evidence(rules: Rules) -> None:
    other = tuple(item._replace(start=50, end=60) for item in SAID)
    doubts = (Doubt("C-08", "side-text-code", SAID), Doubt("C-08", "side-text-code", other))
    found = [i for i in issues_for(rules, cat("4", "left"), doubts=doubts) if i.rule == "C-08"]
    assert [len(issue.evidence) for issue in found] == [2]


def test_doubts_keep_their_rule_and_unknown_ones_become_c_09(rules: Rules) -> None:
    doubts = (Doubt("C-10", "bare-number", SAID), Doubt("X-1", "anything", SAID))
    assert {"C-10", "C-09"} == ids(issues_for(rules, cat("2"), doubts=doubts)) - {"P-01"}


def test_no_wording_carries_words_of_the_report(rules: Rules) -> None:
    secret = tuple(item._replace(text="Jane Doe 1970") for item in SAID)
    doubts = (Doubt("C-08", "side-text-code", secret),)
    for issue in issues_for(rules, replace(FINE, evidence=secret), cat("3", "left"), doubts=doubts):
        assert "Jane" not in issue.text


# ---- release ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("category", ["0", "1", "2", "3", "4", "4A", "4B", "4C", "5", "6", "P"])
def test_by_default_nothing_releases_itself(rules: Rules, category: str) -> None:
    """INV-6, SEED-23: a clinician's act only."""
    duty = release_duty(outcome_for(rules, cat(category, "left")), rules)
    assert not duty.may_release_itself
    assert duty.released_by


def test_a_site_may_let_routine_plans_go_but_never_held_or_higher_ones(rules: Rules) -> None:
    """INV-6."""
    rows = {key: replace(row, may_release_itself=True) for key, row in rules.planning.releases.items()}
    open_site = replace(with_facts(rules, programme="acr-sbi"), planning=replace(rules.planning, releases=rows))
    assert release_duty(outcome_for(open_site, cat("2")), open_site).may_release_itself
    assert not release_duty(outcome_for(open_site, cat("4", "left")), open_site).may_release_itself
    held = outcome_for(open_site, calcs("left", "amorphous", distribution="grouped"), cat("2"))
    assert not release_duty(held, open_site).may_release_itself
    preliminary = outcome_for(open_site, cat("2"), report=a_report(status="preliminary"))
    assert not release_duty(preliminary, open_site).may_release_itself


def test_release_is_due_by_the_soonest_clock(rules: Rules) -> None:
    assert release_duty(outcome_for(rules, cat("4", "left")), rules).due == date(2026, 10, 9)
    assert release_duty(outcome_for(rules, FINE), rules).due == date(2026, 10, 9)
    assert release_duty(outcome_for(rules, cat("2")), rules).due == date(2026, 10, 31)


def test_tissue_without_a_category_is_released_by_the_default_row(rules: Rules) -> None:
    outcome = outcome_for(rules, tissue("dcis"), report=a_report(purpose="pathology"))
    assert release_duty(outcome, rules).rule == "release:release-any"
    assert "surgical-consult" in actions(outcome.plan)
