"""Risk and context add to a plan and never take away (section 6)."""

from dataclasses import replace
from datetime import date

import pytest

from tests.plan_help import a_report, actions, calcs, cat, find, plan_for, with_facts
from worker.core.model import Evidence, PatientFacts, Risk
from worker.core.rules import Rules

GROUP = calcs("left", "fine-pleomorphic", distribution="grouped")


@pytest.mark.parametrize(
    ("risk", "added", "notes"),
    [
        ("brca", ["supplemental-mri-discussion"], ()),
        ("chest-radiotherapy", ["supplemental-mri-discussion"], ()),
        ("lifetime-risk-20", ["supplemental-mri-discussion"], ()),
        ("personal-breast-cancer", ["supplemental-mri-discussion"], ()),
        ("high-risk-lesion-history", ["supplemental-mri-discussion"], ()),
        ("family-history-first-degree", ["genetic-counselling"], ("risk-assessment-note",)),
        ("dense-breasts", ["density-discussion"], ()),
        ("anxiety", ["support-referral"], ()),
        ("pregnancy-lactation", [], ("pregnancy-note",)),
        ("prior-benign-biopsy", [], ("breast-history-note",)),
        ("implant", [], ("breast-history-note",)),
        ("mastectomy-right", [], ("breast-history-note",)),
        ("vascular-calcification", [], ()),
        ("male", [], ()),
        ("age-under-40", [], ()),
        ("age-over-74", [], ()),
    ],
)
@pytest.mark.parametrize("category", ["2", "4"])
def test_each_risk_adds_its_own_and_leaves_the_rest(
    rules: Rules, risk: str, added: list[str], notes: tuple[str, ...], category: str
) -> None:
    """SEED-26, SEED-40: BRCA with 2 adds a talk about MRI, with 4 the biopsy comes first."""
    plain = plan_for(rules, GROUP, cat(category, "left"))
    plan = plan_for(rules, GROUP, cat(category, "left"), Risk(risk))
    assert [a for a in plan.activities if a.action not in added] == list(plain.activities)
    assert [a for a in actions(plan) if a not in actions(plain)] == added
    assert (plan.level, plan.notes) == (plain.level, notes)


def test_the_biopsy_comes_before_what_a_risk_adds(rules: Rules) -> None:
    """SEED-26."""
    plan = plan_for(rules, GROUP, cat("4", "left"), Risk("brca"))
    assert actions(plan) == ["clinician-call", "stereotactic-biopsy", "supplemental-mri-discussion"]


@pytest.mark.parametrize(("density", "is_told"), [("a", False), ("b", False), ("c", True), ("d", True), (None, False)])
def test_dense_breasts_are_talked_about(rules: Rules, density: str | None, is_told: bool) -> None:
    """SEED-5: density is no assessment; it adds a talk."""
    plan = plan_for(rules, cat("2"), density=density)
    assert ("density-discussion" in actions(plan)) == is_told
    assert plan.category == "2"


def test_the_heart_note_is_for_clinicians_and_opt_in(rules: Rules) -> None:
    """Section 6.3."""
    vascular = calcs("left", "vascular")
    assert plan_for(rules, vascular, cat("2")).notes == ()
    on = with_facts(rules, vascular_note="yes")
    plan = plan_for(on, vascular, cat("2"))
    assert plan.notes == ("cardiovascular-note",)
    assert actions(plan) == ["routine-screening"]
    assert plan_for(on, cat("2")).notes == ()


def test_an_opt_in_action_waits_for_the_site(rules: Rules) -> None:
    rows = {**rules.planning.actions}
    rows["support-referral"] = replace(rows["support-referral"], opt_in="offers_support")
    shy = replace(rules, planning=replace(rules.planning, actions=rows))
    assert "support-referral" not in actions(plan_for(shy, cat("2"), Risk("anxiety")))
    assert "support-referral" in actions(plan_for(with_facts(shy, offers_support="yes"), cat("2"), Risk("anxiety")))


def test_a_symptom_is_followed_up_clinically_whatever_the_category(rules: Rules) -> None:
    said = (Evidence("conclusion", "lump", "term:lump"),)
    for category in ("1", "4"):
        plan = plan_for(rules, cat(category, "left"), symptoms=said)
        assert find(plan, "clinical-follow-up").evidence == said


def test_a_risk_alone_makes_no_plan(rules: Rules) -> None:
    """Missing is "not available", never "no risk": and a risk is no assessment."""
    plan = plan_for(rules, Risk("brca"))
    assert (plan.level, actions(plan)) == (0, ["supplemental-mri-discussion"])


def test_a_young_patient_is_told_apart_by_her_birth_date(rules: Rules) -> None:
    report = a_report(patient=replace(PatientFacts("Patient/1"), birth_date=date(1990, 1, 1)))
    site = with_facts(rules, programme="acr-sbi")
    assert find(plan_for(site, cat("2"), report=report), "routine-screening").due is None
