"""Letters in a real browser; left out, with a word why, where there is no browser."""

import pytest

from tests.letters.browser import axe, browser, pages, violations
from tests.letters.samples import LANGUAGES, cases, letter_rules, report, with_facts
from worker.core.explain import explain, explain_released
from worker.core.model import Letter
from worker.core.rules import Rules

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(browser() is None, reason="no Chromium on this machine: letters are not opened in a browser"),
]


@pytest.fixture(scope="module")
def rules() -> Rules:
    site = {"facility__name": "A Clinic", "facility__address": "1 Way, Town", "facility__phone": "+1 555 0100"}
    return with_facts(letter_rules(), **site)


def letter_of(category: str, language: str, rules: Rules, released: bool) -> Letter:
    reading, plan, issues = cases()[category]
    write = explain_released if released else explain
    letter = write(reading, plan, issues, report(language), rules)
    assert letter is not None
    return letter


def test_axe_finds_a_planted_fault(rules: Rules) -> None:
    source = axe()
    if source is None:
        pytest.skip("axe-core is not installed: npm install axe-core, or CALCIFHIR_AXE=path of axe.min.js")
    faulty = letter_of("0", "en", rules, released=False).html.replace('lang="en"', "").replace("#1b2a33", "#dddddd")
    found = " ".join(violations(faulty, source))
    assert "html-has-lang" in found
    assert "color-contrast" in found


@pytest.mark.parametrize(("category", "language"), [("5", "en"), ("3", "es"), ("held", "en"), ("0", "zh-Hant")])
def test_axe_finds_nothing_against_wcag(category: str, language: str, rules: Rules) -> None:
    source = axe()
    if source is None:
        pytest.skip("axe-core is not installed: npm install axe-core, or CALCIFHIR_AXE=path of axe.min.js")
    assert violations(letter_of(category, language, rules, released=False).html, source) == []


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize(("category", "language"), [("4", "de"), ("3", "fr"), ("M3", "es")])
def test_a_letter_takes_one_or_two_pages(category: str, language: str, size: str, rules: Rules) -> None:
    assert language in LANGUAGES
    assert pages(letter_of(category, language, rules, released=True).html, size) <= 2
