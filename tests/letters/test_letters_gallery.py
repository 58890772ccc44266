"""Every category, action and language: rendered, and nothing in it that must not be there."""

import re
from pathlib import Path

import pytest
from lxml import html

from tests.letters.form import contrast, faults_of_contrast, faults_of_form, faults_of_words
from tests.letters.gallery import letters, write
from tests.letters.review import sheet
from tests.letters.samples import LANGUAGES, cases, letter_rules, report, with_facts
from worker.core.explain import explain
from worker.core.letter import look
from worker.core.letter.language import written_date
from worker.core.model import Letter
from worker.core.rules import Rules

# Words that only English uses; what is not in them may be the same in several languages (Biopsy, MRI, names).
ENGLISH = re.compile(r"\b(the|your|you|and|what|with|will|breast|call|care|this|from|have|not to be)\b", re.IGNORECASE)
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")


@pytest.fixture(scope="module")
def rules() -> Rules:
    """A site with every optional contact, so that every optional block is seen too."""
    return with_facts(
        letter_rules(),
        support__contact="Mia 555-1",
        support__crisis_line="116 123",
        support__nurse="Jo 555-2",
        interpreter__phone="555-3",
        responsible__clinician="Rao",
        lifestyle="yes",
        vascular_letter="yes",
        numbers__4="yes",
        numbers__4A="yes",
        numbers__4B="yes",
        facility__name="A1",
        facility__address="B2",
    )


def letter_of(category: str, language: str, rules: Rules) -> Letter:
    reading, plan, issues = cases()[category]
    letter = explain(reading, plan, issues, report(language, name="X Y"), rules)
    assert letter is not None
    return letter


def test_every_category_with_every_action_holds_no_forbidden_word_in_english(rules: Rules) -> None:
    """INV-10, 8.4; the gallery looks through the other languages with every category too."""
    told = list(letters(rules, languages=("en",)))
    assert len(told) == len(cases()) * (len(rules.letters.steps) + 1)
    seen: set[tuple[str, str, str]] = set()
    assert [fault for _, category, _, letter in told for fault in faults_of_words(letter, category, rules, seen)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_and_every_category_holds_no_forbidden_word(language: str, rules: Rules) -> None:
    """INV-10, 8.4: words never used, per category and language."""
    everything = [*letters(rules, (language,), ("",)), *letters(rules, (language,), categories=("1", "4C"))]
    seen: set[tuple[str, str, str]] = set()
    faults = [
        fault for _, category, _, letter in everything for fault in faults_of_words(letter, category, rules, seen)
    ]
    assert faults == []
    assert {letter.language for *_, letter in everything} == {language}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("category", sorted(cases()))
def test_the_form_is_right_for_mail_portal_and_screen_reader(category: str, language: str, rules: Rules) -> None:
    document = letter_of(category, language, rules).html
    assert list(faults_of_form(document)) == []
    assert list(faults_of_contrast(document)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_its_drawings_a_letter_still_says_everything(language: str, rules: Rules) -> None:
    """Some e-mail programs drop drawings: place and dates stand in words too, and no heading is left over nothing."""
    row, phrases = rules.letters.languages[language], rules.letters.phrases[language]
    for category in ("0", "3", "4", "5"):
        bare = re.sub(r"<svg .*?</svg>", "", letter_of(category, language, rules).html, flags=re.DOTALL)
        tree = html.document_fromstring(bare)
        said = " ".join(tree.text_content().split())
        for activity in cases()[category][1].activities:
            assert activity.due is not None
            assert written_date(activity.due, row.locale, row.first_day) in said
        assert phrases.say("quadrant-upper-outer", {}) in said
        assert [title for title in tree.xpath("//figure/p") if title.getnext() is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["X Y", None])
def test_a_refused_letter_has_the_same_form_and_says_why(language: str, name: str | None, rules: Rules) -> None:
    reading, plan, issues = cases()["0"]
    site = with_facts(rules, mqsa_lay_summary="yes")
    letter = explain(reading, plan, issues, report(language, name=name), site)
    assert letter is not None
    assert letter.review_status == "refused"
    assert letter.reason in letter.html
    assert list(faults_of_form(letter.html)) + list(faults_of_contrast(letter.html)) == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_english_is_left_in_a_translation(language: str, rules: Rules) -> None:
    for category in cases():
        text = letter_of(category, language, rules).text
        assert not ENGLISH.search(text), (category, ENGLISH.search(text))


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_chinese_letters_are_chinese(language: str, rules: Rules) -> None:
    allowed = {"MRI", "DCIS", "Mia", "Rao"}
    for category in cases():
        text = letter_of(category, language, rules).text
        assert set(LATIN_WORD.findall(text)) <= allowed


def test_traditional_and_simplified_are_not_mixed(rules: Rules) -> None:
    traditional, simplified = "這個檢說們會過還鈣點結醫師團隊", "这个检说们会过还钙点结医师团队"
    for category in cases():
        assert not set(letter_of(category, "zh-Hant", rules).text) & set(simplified)
        assert not set(letter_of(category, "zh-Hans", rules).text) & set(traditional)


def test_every_language_tells_the_same_blocks(rules: Rules) -> None:
    for category in cases():
        told = [[block.id for block in letter_of(category, language, rules).blocks] for language in LANGUAGES]
        assert all(blocks == told[0] for blocks in told)


def test_every_language_says_as_much_as_english(rules: Rules) -> None:
    for saying in rules.letters.phrases["en"].sayings.values():
        for language in LANGUAGES:
            assert rules.letters.phrases[language].sayings[saying.id].keys == saying.keys


def test_colours_meet_the_contrast_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    for ink in (look.INK, look.SOFT, look.ACCENT):
        for ground in (look.PAPER, look.TINT):
            assert contrast(ink, ground) >= 4.5


def test_drawings_are_seen_against_their_ground() -> None:
    """WCAG 2.2, 1.4.11: marks of a drawing at least 3 to 1."""
    assert contrast(look.ACCENT, look.PAPER) >= 3
    assert contrast(look.SOFT, look.SKIN) >= 3


def test_the_gallery_is_written_with_a_page_to_look_it_over(tmp_path: Path) -> None:
    written, faults = write(tmp_path, letter_rules(), languages=("en",), actions=("", "ultrasound"))
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert (written, faults) == (2 * len(cases()), [])
    for name in re.findall(r'href="([^"]+)"', index):
        assert (tmp_path / name).is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reviewer_gets_every_message_beside_the_english_one(language: str, rules: Rules) -> None:
    tree = html.document_fromstring(sheet(language, rules))
    rows = tree.xpath("//tbody/tr")
    assert len(rows) == len(rules.letters.phrases["en"].sayings)
    assert {cell.get("lang") for cell in tree.xpath("//td[@lang]")} == {"en", language}
    assert "Not reviewed yet." in tree.text_content()
    assert "{" not in tree.xpath("//table")[0].text_content()
