"""Whole reports written for this purpose, each batch with a gold reading made before it was first read."""

import pytest

from tests.core.narrative_help import read
from tests.core.narrative_score import FINDING_KINDS, REPORTS, Score, gold_cases, score
from worker.core.rules import Rules

BATCHES = sorted(path.stem for path in REPORTS.glob("*.yaml"))
FLOORS = {"facts": 0.98, "category": 1.0, "action": 0.97, "pathology": 0.95}


def score_of(batch: str, rules: Rules) -> Score:
    total = Score()
    for case in gold_cases(batch):
        total.extend(score(case, read(rules, case["text"], language="en")))
    return total


@pytest.mark.parametrize("batch", BATCHES)
def test_a_batch_of_reports_is_read_as_its_gold(batch: str, rules: Rules) -> None:
    total = score_of(batch, rules)
    reached = {
        "facts": total.f1(*FINDING_KINDS),
        **{kind: total.f1(kind) for kind in ("category", "action", "pathology")},
    }
    assert all(reached[kind] >= floor for kind, floor in FLOORS.items()), (reached, total.added, total.missed)


@pytest.mark.parametrize("batch", BATCHES)
def test_nothing_is_read_milder_than_it_is_said(batch: str, rules: Rules) -> None:
    """INV-1, INV-3: no category, no finding and no action of the gold is lost without a question."""
    total = score_of(batch, rules)
    assert not total.under
    assert not [fact for fact in total.missed if fact[0] == "action"]
