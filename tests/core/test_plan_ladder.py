"""The action ladder: highest action, earliest date, every distinct action kept (INV-1, INV-4)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.fhir_shapes import RDE, bundle, calcification, component, read, report, report_of
from tests.plan_help import a_report, actions, ask, calcs, cat, find, outcome_for, plan_for, tissue, with_facts
from worker.core.case import case_of
from worker.core.invariants import broken_invariants
from worker.core.model import Evidence
from worker.core.rules import Rules

FINE = calcs("left", "fine-pleomorphic", distribution="grouped", quadrant="upper-outer", clock=2)


@pytest.mark.parametrize(
    ("category", "level", "first"),
    [
        ("0", 3, "magnification-views"),
        ("0-AI", 3, "magnification-views"),
        ("0-PR", 3, "obtain-priors"),
        ("1", 1, "routine-screening"),
        ("2", 1, "routine-screening"),
        ("3", 2, "short-interval-mammogram"),
        ("4", 4, "clinician-call"),
        ("4A", 4, "clinician-call"),
        ("4B", 4, "clinician-call"),
        ("4C", 4, "clinician-call"),
        ("5", 5, "clinician-call"),
        ("6", 6, "oncology-referral"),
        ("P", 0, "obtain-pathology"),
    ],
)
def test_each_birads_category_has_its_floor(rules: Rules, category: str, level: int, first: str) -> None:
    """Section 3: the plan's floor by category; v2025 splits 0 into two plans (0-AI, 0-PR)."""
    plan = plan_for(rules, FINE, cat(category))
    assert (plan.level, plan.scale, plan.category) == (level, "BI-RADS", category)
    assert actions(plan)[0] == first


def test_a_recall_for_calcifications_starts_with_magnification_views(rules: Rules) -> None:
    """SEED-14, SEED-15, B-6: magnification first, ultrasound second and only because the report names it."""
    plan = plan_for(rules, FINE, cat("0", "left"), ask("ultrasound", "left"), ask("breast-mri"))
    assert actions(plan) == ["magnification-views", "ultrasound", "breast-mri"]
    assert find(plan, "magnification-views").laterality == "left"


def test_a_recall_with_a_mass_adds_ultrasound_after_magnification(rules: Rules) -> None:
    with_mass = calcs("left", "amorphous", distribution="grouped", associated=("mass",))
    assert actions(plan_for(rules, with_mass, cat("0", "left"))) == ["magnification-views", "ultrasound"]


def test_a_recall_without_calcifications_asks_for_additional_views(rules: Rules) -> None:
    assert actions(plan_for(rules, cat("0", "right"))) == ["additional-views"]
    assert actions(plan_for(rules, calcs("right", "vascular"), cat("0", "right"))) == ["additional-views"]


@pytest.mark.parametrize("category", ["4", "4A", "4B", "4C", "5"])
def test_suspicious_calcifications_are_biopsied_under_stereotactic_guidance(rules: Rules, category: str) -> None:
    """SEED-16: dated and prioritised, at the place that was described."""
    biopsy = find(plan_for(rules, FINE, cat(category)), "stereotactic-biopsy")
    assert (biopsy.laterality, biopsy.quadrant, biopsy.clock) == ("left", "upper-outer", 2)
    assert biopsy.due == (date(2026, 10, 8) if category == "5" else date(2026, 10, 15))
    assert biopsy.priority == ("asap" if category == "5" else "urgent")


def test_guidance_that_the_report_names_is_kept_and_replaces_the_usual_one(rules: Rules) -> None:
    plan = plan_for(rules, FINE, cat("4", "left"), ask("ultrasound-guided-biopsy", "left"))
    assert actions(plan) == ["clinician-call", "ultrasound-guided-biopsy"]


def test_guidance_stays_open_for_a_mass_alone_and_for_calcifications_with_a_mass(rules: Rules) -> None:
    """B-12: ultrasound may serve where a mass is seen."""
    assert "biopsy" in actions(plan_for(rules, cat("4", "left")))
    with_mass = calcs("left", "fine-pleomorphic", distribution="grouped", associated=("mass",))
    assert "biopsy" in actions(plan_for(rules, with_mass, cat("4", "left")))


def test_typically_benign_calcifications_do_not_choose_the_guidance(rules: Rules) -> None:
    assert "biopsy" in actions(plan_for(rules, calcs("left", "vascular"), cat("4", "left")))
    assert "biopsy" in actions(plan_for(rules, calcs("right", "fine-pleomorphic"), cat("4", "left")))


def test_a_biopsy_that_the_report_asks_for_outranks_its_benign_category(rules: Rules) -> None:
    """INV-1: explicit recommendation raises (C-05 asks)."""
    plan = plan_for(rules, FINE, cat("2"), ask("biopsy", "left"))
    assert plan.level == 4
    assert find(plan, "stereotactic-biopsy").laterality == "left"


def test_a_lower_recommendation_never_lowers_a_category(rules: Rules) -> None:
    """SEED-25: no yearly check as the answer to a suspicious category."""
    plan = plan_for(rules, FINE, cat("4"), ask("short-interval-mammogram", "left", 6))
    assert plan.level == 4
    assert find(plan, "stereotactic-biopsy").due == date(2026, 10, 15)


@pytest.mark.parametrize("category", ["4", "4A", "4B", "4C", "5"])
def test_no_routine_screening_stands_in_a_suspicious_plan(rules: Rules, category: str) -> None:
    """SEED-25."""
    plan = plan_for(with_facts(rules, programme="uspstf"), FINE, cat(category), cat("2", "left", "finding"))
    assert not {"routine-screening", "surveillance-mammogram", "short-interval-mammogram"} & set(actions(plan))


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ((FINE, cat("4B", "left"), ask("routine-screening", "left", 12)), None),
        ((FINE, cat("4B", "left"), ask("routine-screening", months=12)), "right"),
        ((cat("3", "left"), ask("routine-screening", "left", 12)), None),
        ((cat("0", "bilateral"), ask("routine-screening", months=12)), None),
        ((cat("4"), ask("routine-screening", months=12)), None),
        ((FINE, cat("4B", "left"), cat("0", "right"), ask("routine-screening", months=12)), None),
    ],
)
def test_a_yearly_check_in_place_of_a_work_up_is_named_in_the_question_alone(
    rules: Rules, parts: tuple[Any, ...], kept: str | None
) -> None:
    """SEED-25, C-04, INV-4: no activity for the breast whose category says more; the other breast keeps its own."""
    outcome = outcome_for(rules, *parts)
    yearly = [a.laterality for a in outcome.plan.activities if a.action == "routine-screening"]
    assert yearly == ([kept] if kept else [])
    questions = {issue.text for issue in outcome.issues if issue.rule == "C-04"}
    assert questions
    assert all("Routine screening mammogram in 12 months" in question for question in questions)
    assert broken_invariants(outcome, rules) == ()


@pytest.mark.parametrize(
    ("parts", "sides"),
    [
        ((cat("4B", "left"), ask("biopsy", "left"), ask("routine-screening", "right", 12)), ["right"]),
        ((cat("4B", "left"), ask("biopsy", "left"), ask("routine-screening", months=12)), ["bilateral"]),
        ((cat("4B", "left"), cat("1", "right"), ask("biopsy", "left"), ask("routine-screening", "right")), ["right"]),
        ((cat("2"), ask("routine-screening", months=12)), ["bilateral"]),
    ],
)
def test_screening_that_the_report_asks_for_beside_what_its_category_calls_for_stays(
    rules: Rules, parts: tuple[Any, ...], sides: list[str]
) -> None:
    """INV-4: biopsy of one breast and routine screening of the other are both planned, each at its side."""
    outcome = outcome_for(rules, *parts)
    assert [a.laterality for a in outcome.plan.activities if a.action == "routine-screening"] == sides
    assert "C-04" not in {issue.rule for issue in outcome.issues}
    biopsies = [(a.action, a.laterality) for a in outcome.plan.activities if "biopsy" in a.action]
    assert biopsies in ([("biopsy", "left")], [])


def test_a_shorter_check_in_place_of_a_biopsy_stays_beside_it(rules: Rules) -> None:
    """INV-4: six months is something of its own; the biopsy stands, and the question names both."""
    plan = plan_for(rules, FINE, cat("4", "left"), ask("short-interval-mammogram", "left", 6))
    assert {"stereotactic-biopsy", "short-interval-mammogram"} <= set(actions(plan))


def test_negative_ultrasound_never_cancels_a_biopsy(rules: Rules) -> None:
    """SEED-15: what was negated is not planned with and lowers nothing."""
    negated = calcs("left", "generic", status="negated")
    assert plan_for(rules, FINE, negated, cat("4", "left")).level == 4


def test_stable_calcifications_with_a_suspicious_category_still_need_tissue(rules: Rules) -> None:
    """SEED-10, INV-5."""
    stable = calcs("left", "amorphous", distribution="grouped", change="stable")
    assert plan_for(rules, stable, cat("4", "left")).level == 4


def test_benign_calcifications_and_a_suspicious_mass_show_the_biopsy(rules: Rules) -> None:
    """SEED-7: the highest action wins overall."""
    plan = plan_for(rules, calcs("left", "coarse"), cat("2", "left", "finding"), cat("4", "left"))
    assert (plan.level, plan.category) == (4, "4")
    assert "biopsy" in actions(plan)


def test_size_changes_nothing_in_the_plan(rules: Rules) -> None:
    """SEED-1, B-1, INV-5: particle size and extent are for explanation only."""
    plans = [
        plan_for(rules, calcs("left", "coarse-heterogeneous", distribution="grouped", particle_mm=mm), cat("4", "left"))
        for mm in (None, 0.3, 0.5, 0.8, 2.0)
    ]
    assert len(set(plans)) == 1


def test_a_pattern_never_selects_monitoring(rules: Rules) -> None:
    """SEED-51, SEED-9, B-7, INV-2: without a category there is no action, whatever the descriptors."""
    for shape in ("round", "amorphous", "fine-linear-branching", "coarse"):
        plan = plan_for(rules, calcs("left", shape, distribution="grouped"))
        assert (plan.level, plan.category, plan.activities) == (0, None, ())


def test_bilateral_diffuse_calcifications_follow_their_category(rules: Rules) -> None:
    """SEED-4, B-17."""
    diffuse = calcs("bilateral", "punctate", distribution="diffuse")
    assert actions(plan_for(rules, diffuse, cat("2"))) == ["routine-screening"]
    assert plan_for(rules, diffuse).activities == ()


def test_two_breasts_are_planned_each_on_its_own(rules: Rules) -> None:
    """INV-4: one breast's biopsy does not hide the other's short-interval exam."""
    plan = plan_for(rules, cat("4B", "left"), cat("3", "right"))
    assert find(plan, "biopsy").laterality == "left"
    assert find(plan, "short-interval-mammogram").laterality == "right"
    assert (plan.level, plan.category, plan.laterality) == (4, "4B", "left")


def test_screening_of_the_other_breast_stays_beside_a_biopsy(rules: Rules) -> None:
    plan = plan_for(rules, cat("4", "left"), cat("1", "right"))
    assert find(plan, "routine-screening").laterality == "right"


def test_screening_of_both_breasts_is_one_visit(rules: Rules) -> None:
    plan = plan_for(rules, cat("1", "left"), cat("2", "right"), cat("2"))
    assert [(a.action, a.laterality) for a in plan.activities] == [("routine-screening", "bilateral")]


def test_a_known_cancer_cancels_nothing_for_another_lesion(rules: Rules) -> None:
    """Category 6 is more management, not more suspicion: concern runs 1, 2, 3, 6, 0, 4, 5."""
    plan = plan_for(rules, cat("6", "left"), cat("4", "right"))
    assert plan.level == 6
    assert plan.category == "4"
    assert {"oncology-referral", "biopsy"} <= set(actions(plan))
    assert find(plan, "biopsy").laterality == "right"


def test_a_known_cancer_is_referred_and_not_given_lifestyle_text(rules: Rules) -> None:
    """SEED-24."""
    assert find(plan_for(rules, cat("6", "left")), "oncology-referral").level == 6


@pytest.mark.parametrize(("low", "high"), ["12", "23", "36", "60", "04", ("4", "4A"), ("4A", "4B"), ("4B", "4C"), "45"])
def test_concern_over_an_exam_runs_in_the_acr_order(rules: Rules, low: str, high: str) -> None:
    plan = plan_for(rules, cat(low, "left"), cat(high, "right"))
    assert plan.category == high


def test_the_earlier_of_two_dates_stands(rules: Rules) -> None:
    """INV-4: a category's six months and a recommendation's four."""
    plan = plan_for(rules, cat("3", "left"), ask("short-interval-mammogram", "left", 4))
    assert find(plan, "short-interval-mammogram").due == date(2027, 2, 1)
    later = plan_for(rules, cat("3", "left"), ask("short-interval-mammogram", "left", 12))
    assert later.activities[0].due == date(2027, 4, 1)


def test_several_visits_that_the_report_asks_for_are_all_kept(rules: Rules) -> None:
    plan = plan_for(rules, ask("short-interval-mammogram", "left", 6), ask("short-interval-mammogram", "left", 12))
    assert [a.due for a in plan.activities] == [date(2027, 4, 1), date(2027, 10, 1)]


def test_a_biopsy_with_an_interval_is_not_put_off_by_it(rules: Rules) -> None:
    assert find(plan_for(rules, ask("stereotactic-biopsy", "left", 6)), "stereotactic-biopsy").due == date(2026, 10, 15)


def test_an_imaging_exam_in_some_months_is_a_follow_up(rules: Rules) -> None:
    plan = plan_for(rules, ask("ultrasound", "left", 6), ask("diagnostic-mammogram", "left", 6))
    assert plan.level == 2
    assert {(a.action, a.due) for a in plan.activities} == {
        ("ultrasound", date(2027, 4, 1)),
        ("short-interval-mammogram", date(2027, 4, 1)),
    }


def test_an_exam_now_and_again_later_are_two(rules: Rules) -> None:
    plan = plan_for(rules, ask("ultrasound", "left"), ask("ultrasound", "left", 6))
    assert [a.level for a in plan.activities] == [3, 2]


def test_each_lesion_with_its_own_category_is_biopsied_at_its_own_place(rules: Rules) -> None:
    """INV-1: not fewer sites; category and finding come from one Observation."""
    plan = plan_for(rules, *_lesion("Observation/1", "upper-outer"), *_lesion("Observation/2", "lower-inner"))
    assert {a.quadrant for a in plan.activities if a.action == "stereotactic-biopsy"} == {"upper-outer", "lower-inner"}


def _lesion(where: str, quadrant: str) -> tuple[object, ...]:
    said = (Evidence(f"{where}.component[1].valueCodeableConcept", "x", "code:x"),)
    finding = replace(calcs("left", "fine-pleomorphic", distribution="grouped", quadrant=quadrant), evidence=said)
    return finding, replace(cat("4B", "left", "finding"), evidence=said)


def test_a_side_that_only_one_finding_tells_is_taken_from_it(rules: Rules) -> None:
    plan = plan_for(rules, calcs("right", "coarse"), FINE, cat("4"))
    assert find(plan, "stereotactic-biopsy").laterality == "left"


def test_the_side_of_a_one_sided_exam_is_that_of_its_category(rules: Rules) -> None:
    plan = plan_for(rules, cat("4"), report=a_report(laterality="right"))
    assert find(plan, "biopsy").laterality == "right"


def test_suspicious_findings_in_both_breasts_keep_both(rules: Rules) -> None:
    plan = plan_for(rules, FINE, calcs("right", "amorphous", distribution="segmental"), cat("0"))
    assert find(plan, "magnification-views").laterality == "bilateral"


def test_a_recommendation_without_a_side_takes_that_of_the_category(rules: Rules) -> None:
    plan = plan_for(rules, cat("4", "left"), cat("1", "right"), ask("stereotactic-biopsy"))
    assert find(plan, "stereotactic-biopsy").laterality == "left"


def test_prior_and_hypothetical_categories_plan_nothing(rules: Rules) -> None:
    plan = plan_for(rules, cat("4", "left", status="prior"), cat("5", "left", status="hypothetical"), cat("2"))
    assert (plan.level, plan.category) == (1, "2")


def test_a_recommendation_without_a_category_is_planned_at_its_level(rules: Rules) -> None:
    plan = plan_for(rules, ask("biopsy", "left"))
    assert (plan.level, plan.category, plan.scale) == (4, None, None)


def test_no_follow_up_is_never_planned(rules: Rules) -> None:
    """SEED-12: categories 1 and 2 have routine screening."""
    assert actions(plan_for(rules, cat("2"), ask("no-follow-up"))) == ["routine-screening"]


def test_every_activity_says_which_rows_made_it_and_which_words(rules: Rules) -> None:
    """INV-9."""
    for activity in plan_for(rules, FINE, cat("3"), ask("ultrasound", "left")).activities:
        assert activity.rules
        assert activity.evidence


def test_dates_count_from_the_exam_and_not_from_the_day_of_reading(rules: Rules) -> None:
    first = plan_for(rules, FINE, cat("4"))
    assert first.activities == plan_for(rules, FINE, cat("4"), today=date(2026, 11, 22)).activities


@pytest.mark.parametrize("names", [("c1", "c12"), ("1.2.3", "1.2.4"), ("1.2", "1.2.3")])
def test_a_category_is_about_the_finding_of_its_own_observation(names: tuple[str, str], rules: Rules) -> None:
    """An id may hold dots, and begin as another does."""
    shapes = ("amorphous", "round")
    cited = [
        calcification(
            name,
            component((RDE, "RDE1565"), (RDE, f"RDE1565_{shape}")),
            component((RDE, "RDE1586"), (RDE, f"RDE1586_{category}")),
        )
        for name, shape, category in zip(
            names, shapes, ("category4SuspiciousAbnormality", "category2BenignFinding"), strict=True
        )
    ]
    document = bundle(report(*cited), *cited)
    case = case_of(read(document, rules), report_of(document, rules), rules, date(2026, 11, 22))
    own = {one.assessment.category: one.finding.morphology for one in case.assessed if one.finding}
    assert own == {"4": ("amorphous",), "2": ("round",)}


def test_what_both_breasts_are_screened_for_is_left_for_the_one_without_a_work_up(rules: Rules) -> None:
    """INV-4, INV-5: a finding in the left breast takes no screening from the right."""
    right = calcs("right", "round", distribution="diffuse")
    said = (cat("0", "left", "finding"), cat("1", scope="finding"))
    for findings in ((right,), (right, calcs("left", "round", distribution="diffuse"))):
        plan = plan_for(rules, *findings, *said)
        assert [a.laterality for a in plan.activities if a.action == "routine-screening"] == ["right"]
    assert "routine-screening" not in actions(plan_for(rules, cat("4", "left"), cat("2", "left")))


@pytest.mark.parametrize(
    ("parts", "side"),
    [
        ((cat("6", "left", "finding"), cat("4", "right", "finding")), "right"),
        ((cat("6", "left", "finding"), cat("1", "right", "breast")), "left"),
        ((cat("2", "right", "breast"), tissue("dcis")), "left"),
        ((cat("2", "right", "breast"), ask("biopsy", "left")), "left"),
        ((cat("4", "right"), ask("short-interval-mammogram", "left", 6)), "right"),
        ((tissue("dcis"),), "left"),
    ],
)
def test_the_side_that_the_plan_names_is_that_of_what_it_names(rules: Rules, parts: tuple[Any, ...], side: str) -> None:
    """INV-1: "BI-RADS 4" of the right breast is never headed by the side of the known cancer in the left."""
    assert plan_for(rules, *parts).laterality == side
