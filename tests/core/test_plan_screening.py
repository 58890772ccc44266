"""The next routine screening: programme, country, age, density, risk; never an invented interval (section 4)."""

from datetime import date

import pytest

from tests.plan_help import EXAM, a_report, ask, cat, find, issues_for, plan_for, with_facts
from worker.core.model import PatientFacts, Report, Risk
from worker.core.rules import Rules

DENSE_D = {"density": "d"}


def aged(years: int) -> Report:
    return a_report(patient=PatientFacts("Patient/1", birth_date=date(EXAM.year - years, 1, 1), gender="female"))


@pytest.mark.parametrize(
    ("programme", "age", "months"),
    [
        ("uspstf", 40, 24),
        ("uspstf", 72, 24),
        ("uspstf", 39, None),
        ("uspstf", 75, None),
        ("acr-sbi", 40, 12),
        ("acr-sbi", 80, 12),
        ("acs", 42, 12),
        ("acs", 50, 12),
        ("acs", 60, 12),
        ("nhsbsp", 50, 36),
        ("nhsbsp", 49, None),
        ("nhsbsp", 71, None),
        ("ecibc", 46, 24),
        ("ecibc", 60, 24),
        ("ecibc", 70, 36),
        ("ecibc", 44, None),
        ("taiwan-hpa", 41, 24),
        ("taiwan-hpa", 39, None),
        ("canada-task-force", 45, 24),
        ("canada-task-force", 60, 24),
        ("ontario", 60, 24),
        ("ontario", 39, None),
        ("china-cbcs", 45, 12),
    ],
)
def test_each_programme_has_its_interval_and_its_ages(
    rules: Rules, programme: str, age: int, months: int | None
) -> None:
    """SEED-12, SEED-30, B-21: a row per programme and age; outside it the care team confirms."""
    site = with_facts(rules, programme=programme)
    screening = find(plan_for(site, cat("2"), report=aged(age)), "routine-screening")
    assert screening.interval_months == months
    assert (screening.due is None) == (months is None)
    assert (screening.timing is None) == (months is not None)


@pytest.mark.parametrize("age", [38, 78])
def test_outside_the_programmes_ages_the_interval_is_to_be_confirmed(rules: Rules, age: int) -> None:
    """SEED-30: never "no follow-up needed", never an invented interval."""
    site = with_facts(rules, programme="uspstf")
    screening = find(plan_for(site, cat("1"), report=aged(age)), "routine-screening")
    assert screening.due is None
    assert "confirm" in (screening.timing or "")
    issues = issues_for(site, cat("1"), report=aged(age))
    assert [(i.rule, i.severity, i.hold) for i in issues] == [("P-01", "low", False)]


def test_who_will_be_past_the_programmes_ages_by_then_gets_no_date(rules: Rules) -> None:
    site = with_facts(rules, programme="uspstf")
    assert find(plan_for(site, cat("2"), report=aged(73)), "routine-screening").due is None


@pytest.mark.parametrize("facts", [{}, {"country": "US"}, {"country": "FR"}])
def test_without_one_programme_there_is_no_date(rules: Rules, facts: dict[str, str]) -> None:
    """A country with several programmes, or with none that we know, decides nothing."""
    assert find(plan_for(with_facts(rules, **facts), cat("2")), "routine-screening").due is None


@pytest.mark.parametrize(("country", "months"), [("TW", 24), ("GB", 36)])
def test_a_country_with_one_programme_is_enough(rules: Rules, country: str, months: int) -> None:
    plan = plan_for(with_facts(rules, country=country), cat("2"), report=aged(60))
    assert find(plan, "routine-screening").interval_months == months


def test_an_unknown_age_gives_no_date(rules: Rules) -> None:
    report = a_report(patient=PatientFacts("Patient/1"))
    assert (
        find(plan_for(with_facts(rules, programme="uspstf"), cat("2"), report=report), "routine-screening").due is None
    )


@pytest.mark.parametrize(("asked", "months"), [(12, 12), (24, 24), (36, 24)])
def test_the_reports_own_interval_wins_where_it_is_earlier(rules: Rules, asked: int, months: int) -> None:
    plan = plan_for(with_facts(rules, programme="uspstf"), cat("2"), ask("routine-screening", months=asked))
    assert find(plan, "routine-screening").interval_months == months


def test_the_reports_own_interval_gives_a_date_without_a_programme(rules: Rules) -> None:
    """Category 2 gets six months only where the report says so (SEED-13)."""
    assert find(plan_for(rules, cat("2"), ask("routine-screening", months=12)), "routine-screening").due == date(
        2027, 10, 1
    )
    assert find(plan_for(rules, cat("2"), ask("routine-screening", months=6)), "routine-screening").due == date(
        2027, 4, 1
    )


@pytest.mark.parametrize(
    ("risks", "more", "months"),
    [
        ((), DENSE_D, 12),
        ((), {"density": "c"}, 24),
        ((Risk("high-risk-lesion-history"),), {}, 12),
        ((Risk("prior-benign-biopsy"),), {}, 24),
    ],
)
def test_ontario_screens_yearly_at_high_risk(
    rules: Rules, risks: tuple[Risk, ...], more: dict[str, str], months: int
) -> None:
    plan = plan_for(with_facts(rules, programme="ontario"), cat("2"), *risks, **more)
    assert find(plan, "routine-screening").interval_months == months
