"""Real assessments of real calcifications (CBIS-DDSM): no plan below the radiologist's category."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plan_help import calcs, cat, outcome_for
from worker.core.invariants import broken_invariants
from worker.core.model import Finding
from worker.core.rules import Rules

pytestmark = pytest.mark.corpus

LEVEL = {"0": 3, "1": 1, "2": 1, "3": 2, "4": 4, "5": 5}
SHAPES = {
    "PLEOMORPHIC": "fine-pleomorphic",
    "ROUND_AND_REGULAR": "round",
    "EGGSHELL": "rim",
    "LUCENT_CENTER": "lucent-centered",
    "LARGE_RODLIKE": "large-rod-like",
}
PLACES = {"CLUSTERED": "grouped", "DIFFUSELY_SCATTERED": "diffuse"}


def cases(folder: Path) -> Iterator[tuple[Finding, str]]:
    with (folder / "ddsm" / "calc_case_description_train_set.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            shapes = [SHAPES.get(t, t.lower().replace("_", "-")) for t in row["calc type"].split("-") if t != "N/A"]
            places = [PLACES.get(d, d.lower()) for d in row["calc distribution"].split("-") if d != "N/A"]
            side = row["left or right breast"].lower()
            yield calcs(side, *shapes, distribution=places[0] if places else None), row["assessment"]


def test_no_case_of_ddsm_is_planned_below_its_category(rules: Rules, corpus: Path) -> None:
    """Under-triage 0; INV-1 to INV-10 hold on every row."""
    read = list(cases(corpus))
    assert len(read) > 1500
    for finding, category in read:
        outcome = outcome_for(rules, finding, cat(category))
        assert outcome.plan.level >= LEVEL[category], (finding.morphology, category)
        assert broken_invariants(outcome, rules) == ()


def test_ddsm_shows_the_questions_that_a_reviewer_would_ask(rules: Rules, corpus: Path) -> None:
    """C-02: amorphous or pleomorphic calcifications that were only watched; some of them were malignant."""
    asked = [
        f for f, category in cases(corpus) for i in outcome_for(rules, f, cat(category)).issues if i.rule == "C-02"
    ]
    assert 0 < len(asked) < 150
