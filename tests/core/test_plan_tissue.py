"""After biopsy or surgery: each row of section 5.2 and the situations of 5.3."""

from datetime import date
from typing import Any

import pytest

from tests.plan_help import a_report, actions, calcs, cat, find, issues_for, outcome_for, plan_for, tissue
from worker.core.model import Pathology, Risk
from worker.core.rules import Rules

PATHOLOGY = a_report(purpose="pathology")
LEFT_OVER = calcs("left", "fine-pleomorphic", distribution="grouped", quadrant="upper-outer")
OLD = calcs("left", "vascular")


@pytest.mark.parametrize(
    ("result", "level", "planned", "raised"),
    [
        (tissue("pending"), 0, {"obtain-pathology"}, {"C-12": True}),
        (tissue("non-diagnostic"), 4, {"repeat-biopsy"}, {"C-12": True}),
        (tissue("benign", concordance="concordant"), 2, {"short-interval-mammogram"}, {"P-02": False}),
        (tissue("benign"), 3, {"discordance-review"}, {"C-11": True}),
        (tissue("benign", is_excision=True), 2, {"post-operative-baseline"}, {"P-02": False}),
        (tissue("benign", concordance="discordant"), 4, {"discordance-review", "repeat-biopsy"}, {"C-11": True}),
        (tissue("fea"), 3, {"specialist-referral"}, {"P-02": False}),
        (
            tissue("alh"),
            3,
            {"specialist-referral", "surveillance-mammogram", "clinical-examination", "supplemental-mri-discussion"},
            {"P-02": False},
        ),
        (
            tissue("lcis"),
            3,
            {"specialist-referral", "surveillance-mammogram", "clinical-examination", "supplemental-mri-discussion"},
            {"P-02": False},
        ),
        (tissue("pleomorphic-lcis"), 4, {"surgical-consult", "specialist-referral"}, {}),
        (tissue("adh"), 4, {"surgical-consult", "surveillance-mammogram", "supplemental-mri-discussion"}, {}),
        (tissue("papilloma-atypia"), 4, {"surgical-consult"}, {}),
        (tissue("papilloma"), 3, {"specialist-referral"}, {"P-02": False}),
        (tissue("radial-scar"), 3, {"specialist-referral"}, {"P-02": False}),
        (tissue("b3"), 4, {"specialist-referral", "surgical-biopsy"}, {}),
        (tissue("b3-atypia"), 4, {"specialist-referral", "surgical-biopsy", "surveillance-mammogram"}, {}),
        (tissue("b4"), 4, {"repeat-biopsy", "surgical-consult"}, {"C-12": True}),
        (tissue("dcis"), 6, {"surgical-consult", "clinician-call"}, {}),
        (
            tissue("dcis", is_excision=True),
            6,
            {"surgical-consult", "post-operative-baseline", "clinical-examination"},
            {},
        ),
        (tissue("invasive"), 6, {"oncology-referral", "clinician-call"}, {}),
        (tissue("invasive", is_excision=True), 6, {"oncology-referral", "surveillance-mammogram"}, {}),
        (tissue("indeterminate"), 4, {"repeat-biopsy"}, {"C-12": True}),
        (tissue("high-risk"), 4, {"surgical-consult", "specialist-referral"}, {}),
        (tissue("malignant"), 6, {"oncology-referral", "surgical-consult", "clinician-call"}, {}),
    ],
)
def test_each_tissue_result_has_its_next_step(
    rules: Rules, result: Pathology, level: int, planned: set[str], raised: dict[str, bool]
) -> None:
    """SEED-11, SEED-19, SEED-21, SEED-24: section 5.2 row by row, the question each raises and whether it holds."""
    outcome = outcome_for(rules, result, report=PATHOLOGY)
    assert (outcome.plan.level, set(actions(outcome.plan))) == (level, planned)
    assert {issue.rule: issue.hold for issue in outcome.issues} == raised


def test_a_disputed_interval_is_offered_and_the_earlier_one_stands(rules: Rules) -> None:
    """SEED-20, B-15: options for the clinician; without a choice the earlier date."""
    for result in (tissue("benign", concordance="concordant"), tissue("benign", is_excision=True)):
        step = plan_for(rules, result).activities[0]
        assert step.options == (step.action, "routine-screening")
        assert step.due == date(2027, 4, 1)


def test_unknown_pathology_after_surgery_is_fetched_and_never_yearly(rules: Rules) -> None:
    """SEED-19, B-13, INV-3: no interval before the result."""
    outcome = outcome_for(rules, tissue("pending", is_excision=True))
    assert actions(outcome.plan) == ["obtain-pathology"]
    assert find(outcome.plan, "obtain-pathology").interval_months is None
    assert outcome.hold


def test_unknown_pathology_with_calcifications_left_needs_a_mammogram_decision_now(rules: Rules) -> None:
    """SEED-19, B-13: the first situation of section 5.3."""
    outcome = outcome_for(rules, LEFT_OVER, tissue("pending", is_excision=True))
    assert set(actions(outcome.plan)) == {"obtain-pathology", "diagnostic-mammogram"}
    assert outcome.plan.level == 3
    assert outcome.hold


def test_benign_but_calcifications_remain_is_a_question_and_never_a_silent_year(rules: Rules) -> None:
    """SEED-22: without a category of what remains, a decision on imaging."""
    outcome = outcome_for(rules, LEFT_OVER, tissue("benign", is_excision=True))
    assert actions(outcome.plan) == ["diagnostic-mammogram"]
    assert {"C-12", "C-01"} <= {i.rule for i in outcome.issues if i.hold}


@pytest.mark.parametrize(("category", "asks"), [("1", True), ("2", True), ("3", False), ("4", False)])
def test_the_category_of_what_remains_rules(rules: Rules, category: str, asks: bool) -> None:
    """SEED-22: at routine screening it is asked about all the same."""
    parts = (
        calcs("left", "generic", distribution="grouped"),
        cat(category, "left"),
        tissue("benign", is_excision=True),
    )
    residual = [i for i in issues_for(rules, *parts) if i.rule == "C-12"]
    assert bool(residual) == asks
    assert "diagnostic-mammogram" not in {
        a.action for a in plan_for(rules, *parts).activities if a.interval_months is None
    }


def test_typically_benign_calcifications_are_not_what_remains(rules: Rules) -> None:
    plan = plan_for(rules, OLD, tissue("benign", is_excision=True))
    assert actions(plan) == ["post-operative-baseline"]


@pytest.mark.parametrize("diagnosis", ["dcis", "invasive"])
def test_cancer_with_calcifications_left_is_reviewed_urgently(rules: Rules, diagnosis: str) -> None:
    """Section 5.3, last situation."""
    for parts in ((LEFT_OVER,), (LEFT_OVER, cat("2", "left"))):
        plan = plan_for(rules, *parts, tissue(diagnosis, is_excision=True))
        assert find(plan, "residual-review").priority == "asap"
        assert plan.level == 6


def test_of_several_components_the_most_severe_rules(rules: Rules) -> None:
    plan = plan_for(rules, tissue("benign", concordance="concordant"), tissue("adh"), tissue("dcis"), tissue("fea"))
    assert set(actions(plan)) == {"surgical-consult", "clinician-call"}
    assert plan.level == 6


def test_each_side_has_its_own_result(rules: Rules) -> None:
    plan = plan_for(rules, tissue("dcis", "left"), tissue("benign", "right", concordance="concordant"))
    assert find(plan, "short-interval-mammogram").laterality == "right"
    assert plan.level == 6


@pytest.mark.parametrize("diagnosis", ["dcis", "adh", "invasive"])
def test_a_hedged_result_is_planned_as_the_named_lesion_and_held(rules: Rules, diagnosis: str) -> None:
    firm, hedged = (outcome_for(rules, tissue(diagnosis, is_hedged=flag), report=PATHOLOGY) for flag in (False, True))
    assert firm.plan == hedged.plan
    assert (firm.hold, hedged.hold) == (False, True)


def test_a_benign_result_never_lowers_a_suspicious_category(rules: Rules) -> None:
    """SEED-52, B-5, INV-5: the biopsy stands until a clinician says that the result answers it."""
    parts = (LEFT_OVER, cat("4B", "left"), tissue("benign", concordance="concordant"))
    outcome = outcome_for(rules, *parts)
    assert outcome.plan.level == 4
    assert outcome.hold


def test_a_benign_biopsy_years_ago_lowers_nothing(rules: Rules) -> None:
    """SEED-28."""
    with_past = plan_for(rules, LEFT_OVER, cat("4", "left"), Risk("prior-benign-biopsy"))
    assert with_past.level == 4
    assert "breast-history-note" in with_past.notes


def test_a_pathology_report_in_which_nothing_was_read_is_held(rules: Rules) -> None:
    """INV-3: nothing known is not benign."""
    assert [(i.rule, i.hold) for i in issues_for(rules, report=PATHOLOGY)] == [("C-12", True)]


def test_a_diagnosis_that_no_row_knows_is_held(rules: Rules) -> None:
    assert [(i.rule, i.hold) for i in issues_for(rules, tissue("gossypiboma"), report=PATHOLOGY)] == [("C-12", True)]


SITUATIONS: dict[str, tuple[dict[str, Any], tuple[Any, ...]]] = {
    "any": ({}, ()),
    "concordant": ({"concordance": "concordant"}, ()),
    "unstated": ({}, ()),
    "discordant": ({"concordance": "discordant"}, ()),
    "excised": ({"is_excision": True}, ()),
    "residual": ({"is_excision": True}, (LEFT_OVER,)),
    "residual-assessed": ({"is_excision": True}, (LEFT_OVER, cat("4", "left"))),
}


def test_every_row_of_the_table_is_reached_by_its_situation(rules: Rules) -> None:
    """SEED-11, SEED-19: no row that another always hides, and each plans what it says at its side."""
    for (diagnosis, situation), row in rules.planning.pathologies.items():
        more, parts = SITUATIONS[situation]
        outcome = outcome_for(rules, tissue(diagnosis, "right" if not parts else "left", **more), *parts)
        planned = {a.action: a for a in outcome.plan.activities if f"pathology:{row.id}" in a.rules}
        fulfilled = {rules.planning.actions[name].kind_of for name in planned} | set(planned)
        assert set(row.actions) <= fulfilled, row.id
        assert outcome.plan.level >= row.level
        if row.issue.startswith("C-") and situation != "residual-assessed":
            assert row.issue.partition(":")[0] in {issue.rule for issue in outcome.issues if issue.hold}, row.id


def test_the_order_of_two_results_of_one_diagnosis_decides_nothing(rules: Rules) -> None:
    """INV-4: the one that leaves more to do stands."""
    two = (tissue("benign"), tissue("benign", is_excision=True))
    plans = [plan_for(rules, *pair) for pair in (two, two[::-1])]
    assert [actions(plan) for plan in plans] == [["discordance-review"]] * 2
