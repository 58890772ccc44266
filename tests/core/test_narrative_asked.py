"""Ways to ask for a biopsy, and to speak of one without asking; written to provoke, 17 were lost at first."""

import pytest

from tests.core.narrative_help import read
from worker.core.model import Reading
from worker.core.rules import Rules

BEFORE = "FINDINGS: Grouped calcifications in the left breast.\nIMPRESSION: "
ASKED = (
    "Suspicious calcifications. We will contact the patient for biopsy.",
    "Suspicious calcifications warranting biopsy.",
    "These should come out. Excisional biopsy.",
    "Biopsy is indicated and has been scheduled for Monday.",
    "Biopsy, which the patient has agreed to, is scheduled.",
    "I have recommended biopsy to the patient.",
    "I recommended that she have a stereotactic biopsy.",
    "A biopsy was recommended to the patient, who agrees.",
    "The patient was advised to undergo biopsy.",
    "Biopsy was discussed and will be arranged by her physician.",
    "She has been referred for stereotactic biopsy.",
    "Stereotactic biopsy has been ordered.",
    "Although follow-up could be considered, biopsy is preferred.",
    "Given the family history, I favor biopsy over follow-up.",
    "Follow-up is an alternative but biopsy is what I recommend.",
    "Needs biopsy.",
    "For biopsy.",
    "-> biopsy",
    "Bx.",
    "BI-RADS 4: biopsy",
    "4B/biopsy",
    "Biopsy without delay.",
    "Do not hesitate to biopsy.",
    "There is no alternative to biopsy.",
    "No reason not to biopsy this.",
    "Biopsy cannot be avoided.",
    "Nothing short of biopsy will do.",
    "Biopsy should not wait for the MRI.",
    "Not follow-up but biopsy is recommended.",
    "Biopsy remains indicated despite the negative ultrasound.",
    "Negative ultrasound does not change the need for biopsy.",
    "Prior biopsy was benign; repeat biopsy is now recommended because of the increase.",
    "Previously biopsied on the right. The left calcifications now need biopsy.",
    "Was scheduled for follow-up; instead I recommend biopsy.",
    "History of benign biopsy notwithstanding, tissue sampling is recommended.",
    "Recommend biopsy prior to surgery.",
    "Recommend biopsy before chemotherapy is begun.",
    "Biopsy recommended post pregnancy test.",
    "Unless contraindicated, biopsy.",
    "Biopsy unless the patient prefers follow-up.",
    "If the patient agrees, stereotactic biopsy.",
    "When convenient, the patient should have a biopsy.",
    "Biopsy as soon as possible if not already done.",
    "Urgent biopsy advised, patient and physician informed.",
    "Dr. Smith was notified of the need for biopsy.",
    "Results and need for tissue diagnosis discussed.",
    "Tissue diagnosis needed.",
    "Histological verification is mandatory.",
    "Sampling is advised.",
    "Core needle sampling under stereotactic guidance is proposed.",
    "Vacuum-assisted biopsy is to be performed.",
    "Consider biopsy.",
    "Suggest bx vs close f/u.",
    "Biopsy or short-interval follow-up.",
)
NOT_ASKED = (
    "Biopsy is not needed.",
    "No biopsy is recommended.",
    "Benign; biopsy can be avoided.",
    "Biopsy was performed today.",
    "Biopsy in 2019 was benign.",
    "Status post biopsy.",
    "The patient declined biopsy.",
    "Successful stereotactic biopsy.",
    "Biopsy is not indicated at this time.",
    "Follow-up rather than biopsy.",
    "Follow-up instead of biopsy is suggested.",
    "I would not recommend biopsy.",
    "No indication for biopsy.",
    "Biopsy is unnecessary.",
    "There is no need for biopsy.",
    "Biopsy would be premature.",
    "Biopsy was cancelled.",
    "Biopsy has already been done.",
    "The biopsy clip is in place.",
    "Biopsy site is unremarkable.",
    "Benign biopsy changes.",
)


def asks_for_biopsy(reading: Reading) -> bool:
    return any("biopsy" in one.action for one in reading.recommendations)


@pytest.mark.parametrize("text", ASKED)
def test_a_biopsy_that_is_asked_for_in_whatever_words_is_not_lost(text: str, rules: Rules) -> None:
    """INV-1: no step of the report is lost."""
    assert asks_for_biopsy(read(rules, BEFORE + text, language="en"))


@pytest.mark.parametrize("text", NOT_ASKED)
def test_a_biopsy_that_is_only_spoken_of_is_not_asked_for(text: str, rules: Rules) -> None:
    assert not asks_for_biopsy(read(rules, BEFORE + text, language="en"))
