"""What each category's letter holds and what it never holds: the rows of mappings/letters/blocks.csv."""

from dataclasses import replace

import pytest

from tests.letters.samples import BENIGN, DUST, EXAM, SOON, cases, dense, letter_rules, report, with_action, with_facts
from worker.core.explain import explain
from worker.core.model import Activity, Finding, Letter, Plan, Reading
from worker.core.rules import Rules
from worker.core.rules.letter_rows import Kind

OPEN = ("0", "0-PR", "3", "M3", "4", "4A", "4B", "4C", "5", "held")
SUSPICIOUS = ("4", "4A", "4B", "4C", "5")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return letter_rules()


def letter_of(category: str, rules: Rules, reading: Reading | None = None, action: str | None = None) -> Letter:
    case = cases()[category]
    told, plan, issues = with_action(case, action) if action else case
    letter = explain(reading or told, plan, issues, report(), rules)
    assert letter is not None
    return letter


def ids(letter: Letter) -> tuple[str, ...]:
    return tuple(block.id for block in letter.blocks)


@pytest.mark.parametrize("category", sorted(cases()))
def test_every_letter_asks_to_report_changes_and_offers_language_help(category: str, rules: Rules) -> None:
    """SEED-31, SEED-43, SEED-45: a new symptom needs a call whatever the result."""
    held = ids(letter_of(category, rules))
    assert {"self-awareness", "copies", "language-help"} <= set(held)


@pytest.mark.parametrize("category", sorted(cases()))
def test_every_letter_has_at_least_six_questions_of_its_own(category: str, rules: Rules) -> None:
    """SEED-42."""
    questions = [block for block in letter_of(category, rules).blocks if block.id.startswith("questions-")]
    assert len(questions) == 1
    assert len(questions[0].items) >= 6


@pytest.mark.parametrize("category", sorted(cases()))
def test_blocks_stand_in_the_order_of_the_letter(category: str, rules: Rules) -> None:
    order: tuple[str, ...] = Kind.__args__  # type: ignore[attr-defined]
    kinds = {row.id: row.kind for rows in rules.letters.blocks.values() for row in rows}
    made = {"next-steps": "next", "talk": "talk"}
    told = [kinds.get(name) or made.get(name) or "number" for name in ids(letter_of(category, rules))]
    assert told == sorted(told, key=order.index)


def test_categories_one_and_two_carry_no_percentage_and_keep_up_screening(rules: Rules) -> None:
    """SEED-12."""
    for category in ("1", "2"):
        letter = letter_of(category, rules)
        assert "no sign of cancer" in letter.text
        assert "You need no extra tests now." in letter.text
        assert "routine mammogram" in letter.text
        assert "of 100" not in letter.text


def test_category_three_says_both_sides_of_its_number_and_never_benign(rules: Rules) -> None:
    """SEED-33."""
    letter = letter_of("3", rules)
    assert "about 98 do not have cancer. About 2 do." in letter.text
    assert "benign" not in letter.text.lower()
    assert letter.html.count("<circle") >= 100


def test_recall_says_that_it_is_common_and_no_result_yet(rules: Rules) -> None:
    """SEED-34, SEED-18."""
    text = letter_of("0", rules).text
    assert "Being called back is common." in text
    assert "It does not mean that you have cancer. It does mean that you need this next test." in text
    assert "Most people who are called back do not have cancer. Some do." in text


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"country": "US"}, "about 4 have cancer. About 96 do not."),
        ({"country": "GB"}, "about 25 have cancer. About 75 do not."),
        ({"country": "US", "numbers__recall_cancer_per_100": "7"}, "about 7 have cancer. About 93 do not."),
        ({"numbers__recall_cancer_per_100": "1"}, "about 1 has cancer. About 99 do not."),
        ({"country": "DE"}, "Most people who are called back do not have cancer."),
    ],
)
def test_the_recall_number_is_the_local_one_where_there_is_one(
    facts: dict[str, str], sentence: str, rules: Rules
) -> None:
    assert sentence in letter_of("0", with_facts(rules, **facts)).text


@pytest.mark.parametrize(
    ("category", "fact", "sentence"),
    [
        ("4A", "numbers__4A", "between 2 and 10 have cancer. Between 90 and 98 do not."),
        ("4B", "numbers__4B", "between 10 and 50 have cancer. Between 50 and 90 do not."),
        ("4", "numbers__4", "Many biopsies do not show cancer. Some do."),
    ],
)
def test_numbers_of_category_four_are_said_only_when_a_clinician_switched_them_on(
    category: str, fact: str, sentence: str, rules: Rules
) -> None:
    assert sentence not in letter_of(category, rules).text
    assert sentence in letter_of(category, with_facts(rules, **{fact: "yes"})).text


def test_four_c_and_five_never_carry_a_number_or_most(rules: Rules) -> None:
    """SEED-33: most of these results are cancer."""
    everything = with_facts(rules, numbers__4="yes", numbers__4A="yes", numbers__4B="yes", country="US")
    for category in ("4C", "5"):
        text = letter_of(category, everything).text
        assert " 100" not in text
        assert "Most" not in text
        assert "harmless" not in text


@pytest.mark.parametrize("category", SUSPICIOUS)
def test_suspicious_results_name_a_dated_biopsy_and_a_second_opinion_without_delay(category: str, rules: Rules) -> None:
    """SEED-16, SEED-35, SEED-36."""
    letter = letter_of(category, rules)
    assert "Needle biopsy guided by X-ray: left breast" in letter.text
    assert "By November 24, 2026" in letter.text
    assert "Please do not delay the test that we advise while you wait." in letter.text
    assert "visit-stereotactic" in ids(letter)
    assert "lifestyle" not in ids(letter_of(category, with_facts(rules, lifestyle="yes")))


def test_can_it_spread_is_answered_where_tissue_decides(rules: Rules) -> None:
    """SEED-37."""
    for category in ("4", "5", "high-risk"):
        assert "They are mineral, like grains of sand." in letter_of(category, rules).text
    assert "can-it-spread" not in ids(letter_of("2", rules))


def test_nobody_is_told_to_get_rid_of_spots_or_to_change_their_food(rules: Rules) -> None:
    """SEED-32, SEED-41."""
    for category in ("2", "3"):
        assert "get-rid" in ids(letter_of(category, rules))
    for category in cases():
        text = letter_of(category, with_facts(rules, lifestyle="yes")).text.lower()
        assert "diet" not in text
        assert "milk products" not in text
        assert "calcium tablets" not in text


def test_lifestyle_is_optional_and_never_first(rules: Rules) -> None:
    """SEED-41."""
    assert "lifestyle" not in ids(letter_of("2", rules))
    told = ids(letter_of("2", with_facts(rules, lifestyle="yes")))
    assert told.index("lifestyle") > told.index("next-steps")


def test_support_names_the_sites_contacts_and_only_them(rules: Rules) -> None:
    """SEED-40."""
    site = with_facts(rules, support__contact="Mia, 555-1", support__crisis_line="116 123", support__nurse="Jo, 555-2")
    text = letter_of("5", site).text
    assert "You can talk with Mia, 555-1 about how you feel." in text
    assert "Call this number at once: 116 123." in text
    assert "You can call Jo, 555-2." in text
    assert "support-contact" not in ids(letter_of("5", rules))


def test_what_is_said_of_spots_needs_spots_that_were_seen(rules: Rules) -> None:
    unseen = replace(BENIGN, status="negated")
    letter = letter_of("1", rules, Reading(findings=(unseen,)))
    assert "saw-nothing" in ids(letter)
    assert "what-balanced" not in ids(letter)


@pytest.mark.parametrize(
    ("morphology", "block"),
    [
        ("vascular", "cause-vascular"),
        ("skin", "cause-skin"),
        ("coarse", "cause-coarse"),
        ("large-rod-like", "cause-rod"),
        ("rim", "cause-rim"),
        ("dystrophic", "cause-dystrophic"),
        ("milk-of-calcium", "cause-milk"),
        ("suture", "cause-suture"),
    ],
)
def test_a_cause_is_told_only_with_a_benign_result(morphology: str, block: str, rules: Rules) -> None:
    """SEED-27."""
    reading = Reading(findings=(Finding("left", (morphology,)),))
    assert block in ids(letter_of("2", rules, reading))
    for category in OPEN:
        assert block not in ids(letter_of(category, rules, reading))


def test_spots_all_over_both_breasts_are_explained_with_a_benign_result_only(rules: Rules) -> None:
    """SEED-4."""
    reading = Reading(findings=(DUST,))
    assert "cause-diffuse" in ids(letter_of("2", rules, reading))
    assert "cause-diffuse" not in ids(letter_of("4", rules, reading))


def test_the_heart_is_spoken_of_only_where_the_site_switched_it_on(rules: Rules) -> None:
    reading = Reading(findings=(Finding("left", ("vascular",)),))
    assert "heart" not in letter_of("2", rules, reading).text
    assert "heart" in letter_of("2", with_facts(rules, vascular_letter="yes"), reading).text


def test_density_is_explained_when_the_plan_speaks_of_it(rules: Rules) -> None:
    assert "Your breast tissue is dense." in letter_of("2", rules, dense(cases()["2"], "c"), "density-discussion").text
    assert "density-dense" not in ids(letter_of("2", rules, dense(cases()["2"], "b")))


def test_the_family_doctors_copy_is_said_in_the_nhs_letter_only(rules: Rules) -> None:
    nhs = with_facts(rules, letter__profile="nhs", support__nurse="Jo, 555-2")
    assert "gp-copy" in ids(letter_of("2", nhs))
    assert "gp-copy" not in ids(letter_of("2", rules))


def test_the_responsible_clinician_is_named_where_the_site_names_one(rules: Rules) -> None:
    """SEED-38."""
    site = with_facts(rules, responsible__clinician="Dr. Rao")
    assert "Dr. Rao is responsible for reading your exam." in letter_of("0", site).text


@pytest.mark.parametrize(
    ("action", "visit"),
    [
        ("magnification-views", "visit-mammogram"),
        ("ultrasound", "visit-ultrasound"),
        ("breast-mri", "visit-mri"),
        ("stereotactic-biopsy", "visit-stereotactic"),
        ("ultrasound-guided-biopsy", "visit-needle"),
        ("surgical-biopsy", "visit-surgical"),
        ("oncology-referral", "visit-talk"),
    ],
)
def test_each_visit_is_explained(action: str, visit: str, rules: Rules) -> None:
    """SEED-35, SEED-44."""
    plan = Plan(4, "4", "BI-RADS", "left", (Activity(action, 4, "left", due=SOON), Activity("biopsy", 4, "left")))
    letter = explain(Reading(), plan, (), report(), rules)
    assert letter is not None
    assert visit in ids(letter)


def test_a_letter_holds_no_sentence_twice(rules: Rules) -> None:
    for category in cases():
        lines = [line.strip() for line in letter_of(category, rules).text.splitlines() if len(line) > 40]
        once = [line for line in lines if "***" not in line and "Who calls" not in line]
        assert len(once) == len(set(once)), category


def test_the_exam_date_stands_on_the_letter(rules: Rules) -> None:
    """SEED-38."""
    assert EXAM.year == 2026
    assert "Exam date: November 10, 2026" in letter_of("0", rules).text


def test_calcium_is_not_spoken_of_where_none_was_seen_or_nothing_may_be_said(rules: Rules) -> None:
    """SEED-31: a new symptom is never put down to spots; and a letter without spots does not bring them up."""
    for category in ("1", "held"):
        text = letter_of(category, rules).text
        assert "alcium" not in text
        assert "a lump in your breast or armpit" in text
    for category in ("6", "dcis", "invasive", "malignant"):
        assert "spots-no-signs" not in ids(letter_of(category, rules))
    for category in ("2", "3", "4", "5"):
        assert "Calcium spots do not cause such changes." in letter_of(category, rules).text


def test_moving_speaks_of_another_country_too(rules: Rules) -> None:
    """SEED-29: pictures, report and lab results go along."""
    block = next(block for block in letter_of("4", rules).blocks if block.id == "moving-abroad")
    assert "even to another country" in block.paragraphs[0]
    assert "lab results" in block.paragraphs[0]
