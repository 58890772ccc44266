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
    ("No biopsy is needed. Return to annual screening.", {"routine-screening 12mo"}),
    ("If stable, return to annual screening mammography.", set()),
    ("Annual screening is recommended if the magnification views are negative.", set()),
    ("Stereotactic biopsy of the left breast is recommended, if feasible.", {"stereotactic-biopsy left"}),
    ("To exclude malignancy, stereotactic biopsy of the left breast is advised.", {"stereotactic-biopsy left"}),
    ("Rather than biopsy, short-term follow-up in 3-6 months is suggested.", {"short-interval-mammogram 3mo"}),
    ("Stable for 2 years. Return to routine annual screening, due in 12 months.", {"routine-screening 12mo"}),
    (
        "The right breast may return to annual screening but the left breast needs biopsy.",
        {"routine-screening right 12mo", "biopsy left"},
    ),
    ("INDICATION: Six-month follow-up.\nIMPRESSION: Benign. BI-RADS 2.", set()),
    ("IMPRESSION: Technically successful stereotactic biopsy of the left breast.", set()),
    ("IMPRESSION: Suspicious calcifications, left breast, for biopsy.", {"biopsy left"}),
    ("Core needle biopsy suggested a papilloma.", set()),
    # a procedure that only tells the time of another step
    (
        "Recommendation: 6 month post-biopsy right mammogram.",
        {"short-interval-mammogram right 6mo"},
    ),
    ("Recommend left breast mammogram in 6 months after lumpectomy.", {"short-interval-mammogram left 6mo"}),
    ("Recommend biopsy of the left breast.", {"biopsy left"}),
    ("Any decision to biopsy should be based on the clinical findings.", set()),
    # a condition is the step's that it stands with
    (
        "Recommendation: magnification views of the right breast and, if confirmed, stereotactic core biopsy.",
        {"magnification-views right"},
    ),
    (
        "Recommend MRI, if not contraindicated, and stereotactic biopsy of the left breast.",
        {"breast-mri left", "stereotactic-biopsy left"},
    ),
    ("Recommendation: second-look ultrasound, if negative MRI-guided biopsy.", {"ultrasound"}),
    ("If biopsy and MRI are negative, return to annual screening.", set()),
    # a time before a list is the time of all that is looked at in it
    (
        "RECOMMENDATION: 6-month follow-up left diagnostic mammogram and ultrasound.",
        {"short-interval-mammogram left 6mo", "ultrasound left 6mo"},
    ),
    (
        "RECOMMENDATION: 6-month follow-up left mammogram and right breast ultrasound.",
        {"short-interval-mammogram left 6mo", "ultrasound right"},
    ),
    (
        "RECOMMENDATION: 6-month follow-up left mammogram and stereotactic biopsy of the right breast.",
        {"short-interval-mammogram left 6mo", "stereotactic-biopsy right"},
    ),
    ("Recommend left mammogram in 6 months, then both breasts in 12.", {"short-interval-mammogram left 6mo"}),
    # a time that stands alone
    ("BI-RADS 3.\nFollow-up: 6 months\nSide: Left", {"short-interval-mammogram left 6mo"}),
    ("RECOMMENDATION: short-term follow-up\nInterval: 6 months", {"short-interval-mammogram 6mo"}),
    ("RECOMMENDATION: The patient has had pain for 6 months.", set()),
    # how a biopsy is to be aimed
    ("IMPRESSION: Core biopsy of the left breast, to be done under ultrasound.", {"ultrasound-guided-biopsy left"}),
    ("Recommendation: Biopsy: stereotactic, right breast.", {"stereotactic-biopsy right"}),
    ("IMPRESSION: Biopsy of the left breast was done under ultrasound guidance.", set()),
    # forms with boxes
    (
        "RECOMMENDATION:\n[ ] Routine screening\n[ ] 6 month follow-up\n[X] Biopsy, left breast",
        {"biopsy left"},
    ),
    ("RECOMMENDATION: ☐ Routine screening ☒ Biopsy, left breast ☐ MRI", {"biopsy left"}),
    ("RECOMMENDATION:\n[ ] Biopsy, left breast\n[ ] MRI", {"biopsy left", "breast-mri left"}),
    # the same step again
    (
        "Recommend short-interval follow-up on the left. Left mammogram in 6 months.",
        {"short-interval-mammogram left 6mo"},
    ),
    # a time between exams that take turns
    (
        "RECOMMENDATION: Annual mammogram alternating every six months with annual breast MRI.",
        {"routine-screening 12mo", "breast-mri 12mo"},
    ),
    (
        "Breast | BI-RADS | Recommendation\nRight | 2 | Annual screening\nLeft | 4A | Stereotactic biopsy",
        {"routine-screening right 12mo", "stereotactic-biopsy left"},
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
