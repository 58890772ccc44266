"""Scales other than BI-RADS, each by its own rows (section 4); a digit alone is never a category."""

import pytest

from tests.plan_help import actions, calcs, cat, issues_for, plan_for
from worker.core.rules import Rules

GROUP = calcs("left", "amorphous", distribution="grouped")


@pytest.mark.parametrize("prefix", ["M", "U", "R", "MRI", ""])
@pytest.mark.parametrize(("digit", "level"), [("1", 1), ("2", 1), ("3", 4), ("4", 4), ("5", 5)])
def test_the_uk_five_point_scale(rules: Rules, prefix: str, digit: str, level: int) -> None:
    plan = plan_for(rules, cat(prefix + digit, "left", scale="UK"))
    assert (plan.level, plan.scale, plan.category) == (level, "UK", prefix + digit)


def test_uk_3_is_worked_up_and_biopsied_and_never_watched(rules: Rules) -> None:
    """M3 is not BI-RADS 3: 13.5 in 100 were cancer."""
    plan = plan_for(rules, GROUP, cat("M3", "left", scale="UK"))
    assert actions(plan) == ["stereotactic-biopsy", "magnification-views"]


@pytest.mark.parametrize(("category", "level"), [("1", 1), ("2", 1), ("3", 3), ("4", 4), ("5", 5)])
def test_the_australian_scale(rules: Rules, category: str, level: int) -> None:
    plan = plan_for(rules, GROUP, cat(category, "left", scale="RANZCR"))
    assert plan.level == level
    assert "short-interval-mammogram" not in actions(plan)


@pytest.mark.parametrize(
    ("scale", "category"), [("DKBI-RADS", "3"), ("unknown", "4"), ("BI-RADS", "7"), ("Le Gal", "2"), ("BI-RADS", "")]
)
def test_what_no_row_maps_is_held_and_not_translated(rules: Rules, scale: str, category: str) -> None:
    """INV-3: no action is made up, no category is shown, and the shortest clock runs."""
    plan = plan_for(rules, cat(category, "left", scale=scale))
    assert (plan.level, plan.category, plan.scale, plan.activities) == (0, None, None, ())
    held = [i for i in issues_for(rules, cat(category, "left", scale=scale)) if i.rule == "C-10"]
    assert [(i.severity, i.hold) for i in held] == [("high", True)]


def test_an_unknown_scale_beside_a_known_one_holds_and_keeps_the_known_action(rules: Rules) -> None:
    parts = (cat("4", "left"), cat("2", "right", scale="unknown"))
    assert (plan_for(rules, *parts).level, plan_for(rules, *parts).category) == (4, "4")
    assert "C-10" in {i.rule for i in issues_for(rules, *parts)}


def test_every_row_of_the_table_plans_what_it_says_on_its_own_scale(rules: Rules) -> None:
    """Sections 3 and 4: BI-RADS of three editions with its splits, UK by method, Australian, and what is not mapped."""
    for (scale, category), row in rules.planning.assessments.items():
        if category == "*":
            continue
        with_group = plan_for(rules, GROUP, cat(category, "left", scale=scale))
        without = plan_for(rules, cat(category, "left", scale=scale))
        assert (with_group.level, without.level) == (row.level, row.level), row.id
        assert with_group.scale == scale
        for plan, names in ((with_group, row.actions), (without, row.actions_other)):
            done = {rules.planning.actions[a.action].kind_of for a in plan.activities} | set(actions(plan))
            assert set(names) <= done, row.id
        assert any(clock.rule == f"assessments:{row.id}" for clock in with_group.clocks)


@pytest.mark.parametrize(
    ("category", "first", "clocks"),
    [
        ("0", "magnification-views", set()),
        ("0-AI", "magnification-views", set()),
        ("0-PR", "obtain-priors", {"clocks:priors-report-30-days"}),
    ],
)
def test_the_two_kinds_of_incomplete_have_two_plans_and_two_clocks(
    rules: Rules, category: str, first: str, clocks: set[str]
) -> None:
    """v2025 and 21 CFR 900.12: additional imaging, or prior mammograms."""
    plan = plan_for(rules, GROUP, cat(category, "left"))
    assert actions(plan)[0] == first
    assert clocks <= {clock.rule for clock in plan.clocks}
