"""Whose breast: the side of calcifications in sentences that name both; written to provoke, twelve of 48 went wrong."""

import pytest

from tests.core.narrative_help import read
from worker.core.rules import Rules

WHOSE = [
    ("left", "Right breast normal. Left breast calcifications."),
    ("left", "The right breast is normal, but the left shows grouped calcifications."),
    ("left", "Compared with the right, the left breast shows more calcifications."),
    ("left", "Status post right mastectomy. Calcifications in the remaining breast on the left."),
    ("left", "Left breast: mass at 2 o'clock. Grouped calcifications are associated."),
    ("left", "Bilateral mammogram. Calcifications are seen only in the left breast."),
    (
        "left",
        "Bilateral screening. There are calcifications in the upper outer left breast. These are amorphous.",
    ),
    ("left", "Left. Calcifications in a cluster at 3:00. Right. No calcifications."),
    ("left", "LEFT MAMMOGRAM. Grouped calcifications at 3 o'clock. The right breast was not imaged."),
    ("left", "LEFT MAMMOGRAM. Comparison with the right side. Grouped calcifications at 3 o'clock."),
    ("left", "History of right breast cancer. LEFT diagnostic mammogram shows grouped calcifications."),
    ("right", "Lt breast unremarkable. Rt: calcs UOQ."),
    ("right", "Breast, right: calcifications 5 mm, grouped"),
    ("right", "The left breast is unchanged. On the right, a cluster of calcifications has developed."),
    ("right", "A cluster of calcifications has developed on the right. The left breast is unchanged."),
    ("right", "A cluster of calcifications has developed on the right while the left breast is unchanged."),
    ("right", "Calcifications (R breast, 8 o'clock)."),
    ("right", "The patient's left breast was biopsied last year. The new calcifications are in the right breast."),
    ("right", "Masses: left breast, none. Calcifications: right breast, grouped."),
    ("right", "Right UOQ calcs, left cyst."),
    ("right", "Left cyst, right UOQ calcs."),
    ("right", "Cyst in the left breast and calcifications in the right."),
    ("right", "Calcifications in the right and a cyst in the left breast."),
    ("right", "In the right there are calcifications, in the left there is a cyst."),
    ("right", "calcs right breast left breast clear"),
    ("right", "left breast clear right breast calcs"),
    ("right", "FINDINGS: Left: Fibroadenoma. Right: Calcifications."),
    ("right", "Right breast findings: None in the left. Grouped calcifications at 9:00 in the right."),
    ("right", "IMPRESSION: 1. Left breast cyst. 2. Right breast calcifications."),
    ("right", "1. Left: BI-RADS 2. 2. Right: grouped calcifications, BI-RADS 4."),
    ("right", "Right lateral and left lateral views were obtained. Grouped calcifications in the right breast."),
    ("bilateral", "Scattered calcifications in both breasts."),
    ("bilateral", "Calcifications are seen in the right and left breasts."),
    ("bilateral", "Right and left breast calcifications, benign."),
    ("bilateral", "Both breasts contain scattered punctate calcifications."),
    ("left right", "Right breast: vascular calcifications. Left breast: grouped amorphous calcifications."),
    ("left right", "Amorphous calcifications on the left and round calcifications on the right."),
    ("left right", "Round calcifications right; amorphous calcifications left."),
    (
        "left right",
        "Amorphous calcifications are in the left breast, and in the right breast there are round calcifications.",
    ),
    ("left right", "The left breast shows amorphous calcifications, the right round ones."),
    ("left right", "Amorphous calcifications left breast, round right breast."),
    ("left right", "Calcifications: left amorphous, right round."),
]
# Both sides or none, where the words leave it open; never the other breast.
OPEN = [
    ("right", "no abnormality left breast right breast grouped calcs"),
    ("right", "mass left breast calcifications right breast"),
    ("right", "There is no left-sided abnormality. Pleomorphic calcifications are present contralaterally."),
]


@pytest.mark.parametrize(("sides", "text"), WHOSE)
def test_calcifications_are_given_to_the_breast_they_are_said_of(sides: str, text: str, rules: Rules) -> None:
    present = {f.laterality for f in read(rules, text, language="en").findings if f.status == "present"}
    assert present == set(sides.split())


@pytest.mark.parametrize(("side", "text"), OPEN)
def test_what_the_words_leave_open_is_not_given_to_the_other_breast(side: str, text: str, rules: Rules) -> None:
    """C-08: both, or a question."""
    present = {f.laterality for f in read(rules, text, language="en").findings if f.status == "present"}
    assert present <= {side, "bilateral", "unknown"}
    assert present
