"""What the report asks for, step by step: whose breast, when, and what it does not ask for."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.narrative_grammar import write_report
from tests.core.narrative_help import note_of_recommendation, read
from tests.core.narrative_requests import write_requests
from worker.core.rules import Rules

SEEDS = st.integers(min_value=0, max_value=10**9)

SAID = [
    (
        "Recommend biopsy of the left breast and routine screening of the right breast.",
        {"biopsy left", "routine-screening right"},
    ),
    (
        "Biopsy of the right breast is not recommended; 6-month follow-up of it is advised.",
        {"short-interval-mammogram right 6mo"},
    ),
    ("No biopsy is needed. Return to annual screening.", {"routine-screening"}),
    ("If stable, return to annual screening mammography.", set()),
    ("Annual screening is recommended if the magnification views are negative.", set()),
    ("Stereotactic biopsy of the left breast is recommended, if feasible.", {"stereotactic-biopsy left"}),
    ("To exclude malignancy, stereotactic biopsy of the left breast is advised.", {"stereotactic-biopsy left"}),
    ("Rather than biopsy, short-term follow-up in 3-6 months is suggested.", {"short-interval-mammogram 3mo"}),
    ("Stable for 2 years. Return to routine annual screening, due in 12 months.", {"routine-screening 12mo"}),
    (
        "The right breast may return to annual screening but the left breast needs biopsy.",
        {"routine-screening right", "biopsy left"},
    ),
    ("INDICATION: Six-month follow-up.\nIMPRESSION: Benign. BI-RADS 2.", set()),
    ("IMPRESSION: Technically successful stereotactic biopsy of the left breast.", set()),
    ("IMPRESSION: Suspicious calcifications, left breast, for biopsy.", {"biopsy left"}),
    ("Core needle biopsy suggested a papilloma.", set()),
    (
        "Breast | BI-RADS | Recommendation\nRight | 2 | Annual screening\nLeft | 4A | Stereotactic biopsy",
        {"routine-screening right", "stereotactic-biopsy left"},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), SAID, ids=[text[:60] for text, _ in SAID])
def test_each_step_has_its_own_side_and_time(text: str, wanted: set[str], rules: Rules) -> None:
    assert {note_of_recommendation(one) for one in read(rules, text).recommendations} == wanted


@given(seed=SEEDS)
def test_requests_that_a_grammar_writes_are_read_back(seed: int, rules: Rules) -> None:
    text, wanted = write_requests(Random(seed))
    read_back = read(rules, text).recommendations
    for request in wanted:
        found = [r for r in read_back if (r.action, r.laterality) == (request.action, request.side)]
        assert found, text
        assert request.months is None or request.months in {r.interval_months for r in found}, text
    assert {(r.action, r.laterality) for r in read_back} <= {(w.action, w.side) for w in wanted}, text


@given(seed=SEEDS)
def test_a_report_asks_for_no_less_behind_other_findings(seed: int, rules: Rules) -> None:
    """INV-1: whatever findings stand before it, nothing that is asked for by side is lost."""
    random = Random(seed)
    report = write_report(random).text
    text, wanted = write_requests(random)
    read_back = {(r.action, r.laterality) for r in read(rules, f"{report}\n\n{text}").recommendations}
    assert {(request.action, request.side) for request in wanted} <= read_back, f"{report}\n\n{text}"
