"""Which scale a number in words is on: where it is named, where words fix it, where it stays a question (C-10)."""

import pytest

from tests.core.narrative_help import note_of_assessment, read
from worker.core.rules import Rules

FIXED = [
    # the official name of the very category stands before or behind it
    ("IMPRESSION: Benign calcifications (category 2).", "BI-RADS 2 overall"),
    ("Suspicious calcifications, category 4.", "BI-RADS 4 overall"),
    ("ASSESSMENT: Suspicious (4)", "BI-RADS 4 overall"),
    ("Assessment: Negative (1)", "BI-RADS 1 overall"),
    ("BI-RADS: highly suggestive of malignancy (5)", "BI-RADS 5 overall"),
    ("BI-RADS assessment: probably benign (3)", "BI-RADS 3 overall"),
    # only BI-RADS has 4A, 4B and 4C
    ("Assessment: suspicious, 4B", "BI-RADS 4B overall"),
    ("Left breast calcs (4B).", "BI-RADS 4B finding left"),
    ("IMPRESSION: Left breast pleomorphic calcs, 4C. Stereo bx.", "BI-RADS 4C finding left"),
    ("Impression: 4A", "BI-RADS 4A overall"),
    # the British M3 is called probably benign, too, and calls for tissue; a short follow-up tells them apart
    ("Left calcs: category 3, probably benign. Follow-up left mammogram in 6 months.", "BI-RADS 3 finding left"),
    # named elsewhere in the text
    ("Left breast calcifications, cat. 4. BI-RADS atlas, 5th edition.", "BI-RADS 4 finding left"),
]
OPEN = [
    "Left breast calcifications. IMPRESSION: cat. 4.",
    "Left breast calcifications. Assessment: category 2.",
    "Category 3, probably benign.",
    "No suspicious calcifications, category 4.",
    "Benign calcifications, category 4.",
    "Diagnostic mammogram left breast. Assessment: Category 4",
]
NONE = [
    "IMPRESSION: Left calcs (image 4B).",
    "IMPRESSION:\n4a. Left breast cyst.\n4b. Right breast cyst.",
    "BI-RADS: suspicious, 4 groups of calcifications in the left breast.",
    "Left breast calcifications. ASA class 3.",
    "Described after the BI-RADS atlas, 5th edition. Left breast calcifications.",
    "PATHOLOGY: A. Left breast calcifications (4B): fibroadenoma.",
]


@pytest.mark.parametrize(("text", "wanted"), FIXED)
def test_a_number_is_read_where_its_words_fix_the_scale(text: str, wanted: str, rules: Rules) -> None:
    """C-10: never by the number alone."""
    reading = read(rules, text, language="en")
    assert [note_of_assessment(one) for one in reading.assessments] == [wanted]
    assert not [doubt for doubt in reading.doubts if doubt.rule == "C-10"]


@pytest.mark.parametrize("text", OPEN)
def test_a_number_without_its_scale_is_asked_about(text: str, rules: Rules) -> None:
    """C-10."""
    reading = read(rules, text, language="en")
    assert [one.scale for one in reading.assessments] == ["unknown"]
    assert [(doubt.rule, doubt.subject) for doubt in reading.doubts] == [("C-10", "unknown-scale")]


@pytest.mark.parametrize("text", NONE)
def test_a_number_of_something_else_is_no_category(text: str, rules: Rules) -> None:
    assert read(rules, text, language="en").assessments == ()
