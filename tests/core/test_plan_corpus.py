"""Real inputs, read, planned and explained: nothing below what was read, no invariant broken (needs the corpus)."""

import json
from pathlib import Path

import pytest

from tests.plan_help import TODAY
from worker.core.invariants import broken_invariants
from worker.core.model import Outcome
from worker.core.rules import Rules
from worker.core.standalone import decide_document, decide_text
from worker.errors import MessageError

pytestmark = pytest.mark.corpus


def outcomes(corpus: Path, rules: Rules) -> list[tuple[str, Outcome]]:
    found: list[tuple[str, Outcome]] = []
    for path in sorted((corpus / "fhir").glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        try:
            found += [(path.name, outcome) for outcome in decide_document(document, rules, TODAY)]
        except MessageError:
            continue
    for path in sorted((corpus / "narratives").glob("*.txt")):
        found.append((path.name, decide_text(path.read_bytes(), rules, TODAY)))
    return found


def test_no_real_input_breaks_an_invariant(rules: Rules, corpus: Path) -> None:
    """INV-1, INV-2, INV-3, INV-4, INV-5, INV-6, INV-7, INV-8, INV-9, INV-10."""
    ours = [(name, outcome) for name, outcome in outcomes(corpus, rules) if outcome.disposition != "not-for-us"]
    assert len(ours) > 50
    assert {name: broken for name, outcome in ours if (broken := broken_invariants(outcome, rules))} == {}


def test_no_real_input_is_planned_below_its_categories(rules: Rules, corpus: Path) -> None:
    """Under-triage 0."""
    for name, outcome in outcomes(corpus, rules):
        current = [a for a in outcome.reading.assessments if a.status == "current"]
        floor = max((rules.planning.assessment(a.scale, a.category).level for a in current), default=0)
        if outcome.disposition == "plan":
            assert outcome.plan.level >= floor, name
