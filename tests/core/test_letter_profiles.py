"""Letters that a law or a programme shapes: mandatory elements, statements fixed by law, clocks."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from tests.letters.samples import cases, dense, letter_rules, report, with_facts
from worker.core.explain import explain
from worker.core.model import Letter, Report
from worker.core.rules import Rules
from worker.core.rules.letter_rows import StatementRow

WORDS = "Made-up words in place of a statement of law about <dense> tissue."


@pytest.fixture(scope="module")
def rules() -> Rules:
    """A US site that has put in its own statement for density c."""
    loaded = letter_rules()
    row = StatementRow(
        id="c", source="made up", text=WORDS, sha256=hashlib.sha256(WORDS.encode()).hexdigest(), citation="made up"
    )
    letters = replace(loaded.letters, statements={**loaded.letters.statements, "c": row})
    return with_facts(replace(loaded, letters=letters), mqsa_lay_summary="yes", country="US")


def letter_of(
    category: str, rules: Rules, density: str | None = "c", about: Report | None = None, language: str = "en"
) -> Letter:
    _, plan, issues = cases()[category]
    reading = dense(cases()[category], density)
    letter = explain(reading, plan, issues, about or report(), rules, language)
    assert letter is not None
    return letter


@pytest.mark.parametrize("category", ["0", "1", "2", "3", "4", "4C", "5", "6"])
def test_a_lay_summary_holds_every_mandatory_element(category: str, rules: Rules) -> None:
    text = letter_of(category, rules).text
    for element in ("Ana Example", "Example Breast Imaging Centre", "1 Example Street", "+1 555 0100", WORDS):
        assert element in text


@pytest.mark.parametrize(
    ("facts", "row"),
    [
        ({"facility__name": None}, "mqsa-facility-name"),
        ({"facility__address": None}, "mqsa-facility-address"),
        ({"facility__phone": None}, "mqsa-facility-phone"),
    ],
)
def test_a_lay_summary_without_a_fact_of_the_facility_is_refused(
    facts: dict[str, str | None], row: str, rules: Rules
) -> None:
    letter = letter_of("0", with_facts(rules, **facts))
    assert letter.review_status == "refused"
    assert letter.reason == f"Missing: {row}"
    assert letter.blocks == ()
    assert "REFUSED" in letter.text
    assert "pictures" not in letter.text


@pytest.mark.parametrize("density", [None, "a", "b", "d"])
def test_a_lay_summary_without_the_sites_density_statement_is_refused(density: str | None, rules: Rules) -> None:
    assert "mqsa-density" in letter_of("2", rules, density).reason


@pytest.mark.parametrize(
    ("category", "changed", "row"),
    [
        ("0", {"exam_date": None}, "mqsa-exam-date"),
        ("0", {"exam_date": None}, "mqsa-30-days"),
        ("4", {"issued": None}, "mqsa-7-days"),
    ],
)
def test_a_clock_without_its_start_refuses_the_lay_summary(
    category: str, changed: dict[str, Any], row: str, rules: Rules
) -> None:
    assert row in letter_of(category, rules, about=replace(report(), **changed)).reason


def test_a_patient_without_name_gets_no_lay_summary(rules: Rules) -> None:
    about = report()
    nameless = replace(about, patient=replace(about.patient, name=None))
    assert letter_of("0", rules, about=nameless).reason == "Missing: mqsa-patient-name"


@pytest.mark.parametrize(
    ("category", "day"), [("0", "December 10, 2026"), ("2", "December 10, 2026"), ("4A", "November 18, 2026")]
)
def test_the_clock_is_thirty_days_and_seven_for_a_suspicious_result(category: str, day: str, rules: Rules) -> None:
    assert f"This letter must reach the patient by {day}." in letter_of(category, rules).text


def test_a_clock_of_seven_days_needs_no_start_for_other_results(rules: Rules) -> None:
    assert letter_of("0", rules, about=replace(report(), issued=None)).review_status != "refused"


def test_the_statement_stands_word_for_word_and_marked_in_its_language(rules: Rules) -> None:
    letter = letter_of("2", rules, language="es")
    assert WORDS in letter.text
    assert (
        'lang="en" dir="auto">Made-up words in place of a statement of law about &lt;dense&gt; tissue.</p>'
        in letter.html
    )
    assert "density-dense" not in [block.id for block in letter.blocks]


def test_a_held_lay_summary_stays_held_and_says_what_is_missing_too(rules: Rules) -> None:
    letter = letter_of("held", rules, None)
    assert letter.notice.startswith("HELD")
    assert "mqsa-density" in letter.text


def test_nothing_is_mandatory_where_the_site_is_not_in_the_programme(rules: Rules) -> None:
    plain = with_facts(rules, mqsa_lay_summary="no", facility__address=None)
    assert letter_of("2", plain, None).review_status != "refused"


def test_no_statement_of_law_is_shipped() -> None:
    shipped = letter_rules().letters.statements
    assert set(shipped) == {"a", "b", "c", "d"}
    assert all(not row.text and not row.sha256 for row in shipped.values())


def test_the_nhs_letter_needs_the_breast_care_nurse() -> None:
    nhs = with_facts(letter_rules(), letter__profile="nhs")
    assert "nhs-support-nurse" in letter_of("2", nhs, None).reason
    named = with_facts(nhs, support__nurse="Jo, 555-2")
    assert "You can call Jo, 555-2." in letter_of("2", named, None).text


def test_the_eu_letter_needs_a_name_and_a_telephone() -> None:
    eu = with_facts(letter_rules(), letter__profile="eu", facility__phone=None)
    assert letter_of("2", eu, None).reason == "Missing: eu-facility-phone"
