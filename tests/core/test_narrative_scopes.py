"""How far a denial, a condition or a past reaches: what is there must not be read as gone."""

import pytest

from tests.core.narrative_help import birads_of, note_of_assessment, note_of_finding, note_of_recommendation, read
from worker.core.rules import Rules

PRESENT = [
    "Calcifications in the left breast cannot be excluded as malignant.",
    "Without magnification views the calcifications of the left breast cannot be characterized.",
    "Rule out malignancy: pleomorphic calcifications left breast.",
    "There are calcifications in the left breast that were not seen in 2019.",
    "Calcifications of the left breast, without change since the prior study six months ago.",
    "No evidence of malignancy in the left breast with benign calcifications.",
    "No mass, but grouped amorphous calcifications are noted at 3 o'clock in the left breast.",
    "Other than the grouped calcifications in the left upper outer quadrant, no suspicious finding.",
    "Surgical excision of the left breast calcifications is recommended.",
]
ABSENT = [
    "Calcifications are excluded in the left breast.",
    "Calcifications are not seen in 2 views of the left breast.",
    "No evidence of malignancy or calcifications in the left breast.",
    "Interval resolution of the calcifications in the left breast.",
    "No mass with calcifications in the left breast.",
]
CATEGORIES = [
    ("BI-RADS: R2 L4", {"BI-RADS 2 breast right", "BI-RADS 4 breast left"}),
    ("BI-RADS (R): 2 (L): 4C", {"BI-RADS 2 breast right", "BI-RADS 4C breast left"}),
    ("BI-RADS 2 (R), 4a (L)", {"BI-RADS 2 breast right", "BI-RADS 4A breast left"}),
    ("BI-RADS: Left 4B - moderate suspicion. Right 2 - benign.", {"BI-RADS 4B breast left", "BI-RADS 2 breast right"}),
    ("Downgraded from BI-RADS 3 to BI-RADS 2.", {"BI-RADS 3 overall prior", "BI-RADS 2 overall"}),
    ("Downgraded from BI-RADS 3 to 2.", {"BI-RADS 3 overall prior", "BI-RADS 2 overall"}),
    ("To exclude malignancy, biopsy is advised, BI-RADS 4.", {"BI-RADS 4 overall"}),
    ("If BI-RADS 4, biopsy would follow. BI-RADS 2.", {"BI-RADS 4 overall hypothetical", "BI-RADS 2 overall"}),
    (
        "IMPRESSION:\n1. Right breast mass. BI-RADS 5.\n2. Left calcifications. See above. BI-RADS 4B.",
        {"BI-RADS 5 breast right", "BI-RADS 4B breast left"},
    ),
    ("It was classified as ACR 5.", {"BI-RADS 5 overall"}),
]


@pytest.mark.parametrize("text", PRESENT)
def test_what_is_there_is_present(text: str, rules: Rules) -> None:
    notes = [note_of_finding(finding) for finding in read(rules, text).findings]
    assert any(note.startswith("present left") for note in notes), notes


@pytest.mark.parametrize("text", ABSENT)
def test_what_is_denied_or_gone_is_not_present(text: str, rules: Rules) -> None:
    findings = read(rules, text).findings
    assert findings
    assert all(finding.status != "present" for finding in findings)


@pytest.mark.parametrize(("text", "wanted"), CATEGORIES, ids=[text[:50] for text, _ in CATEGORIES])
def test_no_category_is_lost_beside_another(text: str, wanted: set[str], rules: Rules) -> None:
    assert {note_of_assessment(assessment) for assessment in read(rules, text).assessments} == wanted


RUNNING = [
    (
        "en",
        "Screening mammogram Comparison 2022 Findings scattered benign calcifications no masses unchanged Impression "
        "BI-RADS 2 Recommendation annual screening",
        ["routine-screening bilateral 12mo", "routine-screening 12mo"],
    ),
    (
        "en",
        "breasts are dense grouped amorphous calcifications left breast no masses impression bi rads 4 b "
        "recommendation stereotactic biopsy left breast",
        ["stereotactic-biopsy left"],
    ),
    (
        "en",
        "BREASTS ARE DENSE. GROUPED AMORPHOUS CALCIFICATIONS LEFT BREAST IMPRESSION BI-RADS 4B RECOMMENDATION BIOPSY",
        ["biopsy left"],
    ),
    (
        "es",
        "mamas densas microcalcificaciones agrupadas en mama izquierda conclusion birads 4b recomendacion biopsia",
        ["biopsy left"],
    ),
    (
        "de",
        "Gruppierter Mikrokalk links oben außen ohne Herdbefund Beurteilung BI-RADS 4b Empfehlung Vakuumbiopsie",
        ["stereotactic-biopsy left"],
    ),
]


@pytest.mark.parametrize(("language", "text", "wanted"), RUNNING, ids=[text[:40] for _, text, _ in RUNNING])
def test_the_name_of_a_section_opens_it_in_running_text(
    language: str, text: str, wanted: list[str], rules: Rules
) -> None:
    reading = read(rules, text, language=language)
    assert {note_of_recommendation(one) for one in reading.recommendations} <= set(wanted)
    assert reading.recommendations
    assert birads_of(reading) in {"2", "4B"}


@pytest.mark.parametrize(
    "text",
    [
        "The clinical impression was a scar of the biopsy.",
        "No mass, the conclusion biopsy is not needed stands.",
        "Our clinical impression biopsy notwithstanding is benign.",
        "No suspicious findings biopsy scar on the left.",
    ],
)
def test_the_same_word_within_a_sentence_opens_none(text: str, rules: Rules) -> None:
    assert not read(rules, text, language="en").recommendations
