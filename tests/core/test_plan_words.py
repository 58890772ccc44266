"""What the tables let clinicians and patients read, what the words of a report become, and what can travel."""

from datetime import UTC, datetime

import pytest

from tests.plan_help import TODAY, ask, calcs, cat, outcome_for
from worker.core.resources import as_transaction, build_resources
from worker.core.rules import Rules
from worker.core.standalone import decide_text

RECORDED = datetime(2026, 10, 3, 12, tzinfo=UTC)


def test_no_row_calms_frightens_or_advertises(rules: Rules) -> None:
    """SEED-53, B-9: the phrases that no letter may hold stand in no instruction of the plan either."""
    patterns = [pattern for row, pattern in rules.letters.forbidden["en"] if not row.categories]
    assert patterns
    for row in rules.planning.actions.values():
        said = f"{row.patient_name} {row.patient_instruction}"
        assert not [pattern.pattern for pattern in patterns if pattern.search(said)], row.id


def test_no_row_of_the_plan_praises_a_practice(rules: Rules) -> None:
    """SEED-53: no marketing in clinical output."""
    words = ("best", "trusted", "leading", "excellence", "concierge", "our practice", "expert team")
    texts = [row.name + row.patient_name + row.patient_instruction for row in rules.planning.actions.values()]
    texts += [row.text for row in rules.planning.contradictions.values()]
    assert not [text for text in texts if any(word in text.lower() for word in words)]


@pytest.mark.parametrize(
    ("said", "shape"),
    [
        ("popcorn", "coarse"),
        ("eggshell", "rim"),
        ("plasma cell type rod-like", "large-rod-like"),
        ("lucent-centered", "lucent-centered"),
        ("milk of calcium", "milk-of-calcium"),
        ("amorphous", "amorphous"),
        ("indistinct", "amorphous"),
        ("coarse heterogeneous", "coarse-heterogeneous"),
        ("pleomorphic", "fine-pleomorphic"),
        ("fine linear branching", "fine-linear-branching"),
        ("punctate", "punctate"),
    ],
)
def test_a_shape_is_understood_by_its_old_and_new_names(rules: Rules, said: str, shape: str) -> None:
    """SEED-2: and its suspicion reaches the questions."""
    text = f"FINDINGS: There are {said} calcifications in the left breast. IMPRESSION: BI-RADS 2."
    outcome = decide_text(text.encode(), rules, TODAY)
    assert shape in {name for finding in outcome.reading.findings for name in finding.morphology}
    is_suspicious = rules.planning.minimums[shape].suspicion in ("suspicious", "highly-suspicious")
    assert ("C-02" in {issue.rule for issue in outcome.issues}) == is_suspicious


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("clustered", "grouped"),
        ("grouped", "grouped"),
        ("scattered", "diffuse"),
        ("regional", "regional"),
        ("segmental", "segmental"),
        ("linear", "linear"),
    ],
)
def test_a_distribution_is_understood_by_its_old_and_new_names(rules: Rules, said: str, place: str) -> None:
    """SEED-3."""
    text = f"FINDINGS: There are {said} punctate calcifications in the left breast. IMPRESSION: BI-RADS 3."
    findings = decide_text(text.encode(), rules, TODAY).reading.findings
    assert place in {finding.distribution for finding in findings}


@pytest.mark.parametrize("version", ["R4", "R4B", "R5"])
def test_what_is_written_points_at_nothing_that_does_not_travel_with_it(rules: Rules, version: str) -> None:
    """SEED-29: every reference is inside the Bundle, or the report and its patient."""
    outcome = outcome_for(
        rules, calcs("left", "amorphous", distribution="grouped"), cat("3", "left"), ask("ultrasound", "left")
    )
    bundle = as_transaction(build_resources(outcome, rules, version, RECORDED))  # type: ignore[arg-type]
    inside = {entry["fullUrl"] for entry in bundle["entry"]}
    outside = {"Patient/1", "DiagnosticReport/1"}
    assert {found for found in _references(bundle) if not found.startswith("#")} <= inside | outside


def _references(node: object) -> set[str]:
    if isinstance(node, dict):
        own = {node["reference"]} if isinstance(node.get("reference"), str) else set()
        return own.union(*(_references(child) for child in node.values()))
    if isinstance(node, list):
        return set().union(*(_references(child) for child in node))
    return set()
