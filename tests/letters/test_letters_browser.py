"""Letters in a real browser; left out, with a word why, where there is no browser."""

from dataclasses import replace

import pytest

from tests.letters.browser import SCREEN_HEIGHT, SCREEN_WIDTH, axe, browser, look, pages
from tests.letters.samples import LANGUAGES, cases, letter_rules, report, with_facts
from worker.core.explain import explain, explain_released
from worker.core.model import Letter
from worker.core.rules import Rules

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(browser() is None, reason="no Chromium on this machine: letters are not opened in a browser"),
]
NO_AXE = "axe-core is not installed: make letters fetches it where npm is, or CALCIFHIR_AXE=path of axe.min.js"


@pytest.fixture(scope="module")
def rules() -> Rules:
    site = {
        "facility__name": "A Clinic",
        "facility__address": "1 Long Street Name, Town",
        "facility__phone": "+1 555 0100",
    }
    return with_facts(letter_rules(), **site, numbers__4A="yes", support__nurse="Jo, 555-2")


def letter_of(category: str, language: str, rules: Rules, released: bool = False) -> Letter:
    reading, plan, issues = cases()[category]
    write = explain_released if released else explain
    letter = write(reading, plan, issues, report(language), rules)
    assert letter is not None
    return letter


def test_axe_finds_planted_faults(rules: Rules) -> None:
    source = axe()
    if source is None:
        pytest.skip(NO_AXE)
    letter = letter_of("0", "en", rules)
    faulty = letter.html.replace('lang="en"', "").replace("#1b2a33", "#dddddd").replace('role="img"', "")
    found = " ".join(look({"it": replace(letter, html=faulty)}, rules, source)["it"].violations)
    assert "html-has-lang" in found
    assert "color-contrast" in found


def test_axe_finds_nothing_against_wcag(rules: Rules) -> None:
    """Two letters of each language; ``make letters`` asks about every category in every language."""
    source = axe()
    if source is None:
        pytest.skip(NO_AXE)
    chosen = [(language, category) for language in LANGUAGES for category in ("3", "held")]
    letters = {f"{language} {category}": letter_of(category, language, rules) for language, category in chosen}
    assert {name: seen.violations for name, seen in look(letters, rules, source).items() if seen.violations} == {}


def test_the_first_screen_of_a_telephone_shows_message_step_date_and_caller(rules: Rules) -> None:
    """SEED-47: in every category and language; and nothing leaves the screen at its side."""
    chosen = [(language, category) for language in LANGUAGES for category in cases() if category != "held"]
    letters = {f"{language} {name}": letter_of(name, language, rules, released=True) for language, name in chosen}
    seen = look(letters, rules)
    assert seen.keys() == letters.keys()
    for name, one in seen.items():
        assert one.when is not None, name
        assert one.who is not None, name
        assert one.message < min(one.when, one.who), name
        assert max(one.when, one.who) <= SCREEN_HEIGHT, name
        assert one.width <= SCREEN_WIDTH, name


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize(("category", "language"), [("4", "de"), ("3", "fr"), ("M3", "es")])
def test_a_letter_takes_one_or_two_pages(category: str, language: str, size: str, rules: Rules) -> None:
    assert pages(letter_of(category, language, rules, released=True).html, size) <= 2
