"""Tissue results in words: every way in which a report says what a biopsy showed, and what is no result."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.core.narrative_help import read
from worker.core.rules import Rules

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "tissue.en.yaml").read_text(encoding="utf-8"))


def said(rules: Rules, text: str) -> set[str]:
    found = read(rules, text, language="en").pathology
    return {" ".join(filter(None, (each.diagnosis, each.laterality, each.concordance))) for each in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"][:40]))
def test_what_tissue_showed_is_read_and_what_it_might_show_is_not(case: dict[str, Any], rules: Rules) -> None:
    """SEED-11"""
    assert said(rules, case["text"]) == set(case["results"])


@pytest.mark.parametrize("sample", ["Core needle biopsy", "Vacuum-assisted biopsy", "Excision", "Histology"])
@pytest.mark.parametrize("place", ["", " of the left breast", " of the calcifications at 2 o'clock in the left breast"])
@pytest.mark.parametrize("verdict", ["showed", "revealed", "yielded", "confirmed", "was positive for", "came back as"])
@pytest.mark.parametrize(
    ("words", "diagnosis"),
    [("high-grade DCIS", "dcis"), ("flat epithelial atypia", "fea"), ("invasive ductal carcinoma", "invasive")],
)
def test_any_sample_any_verb_any_diagnosis(
    sample: str, place: str, verdict: str, words: str, diagnosis: str, rules: Rules
) -> None:
    side = "left" if place else "unknown"
    assert said(rules, f"{sample}{place} {verdict} {words}.") == {f"{diagnosis} {side}"}
    assert said(rules, f"{sample}{place} may be needed: {words} cannot be excluded.") == set()
