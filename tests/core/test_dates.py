"""Calendar rules: month ends, spans, the facility's day, and where clocks start."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan_help import EXAM, TODAY, a_report
from worker.core.dates import Span, add, add_months, age_on, facility_day, span_of, starts_of
from worker.core.model import CodeableConcept, Observation

BERLIN = {"facility.timezone": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 1), 24, date(2028, 1, 1)),
        (date(2026, 5, 7), 0, date(2026, 5, 7)),
    ],
)
def test_months_are_calendar_months_and_their_ends_are_clamped(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_more_months_never_come_sooner(day: date, one: int, other: int) -> None:
    assert (add_months(day, one) <= add_months(day, other)) == (one <= other)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_adding_months_never_leaves_the_month_that_was_asked_for(day: date, months: int) -> None:
    then = add_months(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months


@pytest.mark.parametrize(
    ("text", "span"), [("6m", Span(6, 0)), ("14d", Span(0, 14)), ("5m15d", Span(5, 15)), ("", None), ("0d", Span(0, 0))]
)
def test_spans_are_read_as_the_tables_write_them(text: str, span: Span | None) -> None:
    assert span_of(text) == span


@pytest.mark.parametrize("text", ["6 m", "m", "15d5m", "6mo", "-6m", "6M", "1y"])
def test_anything_else_is_no_span(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        span_of(text)


def test_five_and_a_half_months_are_months_then_days() -> None:
    assert add(date(2026, 10, 1), span_of("5m15d")) == date(2027, 3, 16)
    assert add(date(2026, 10, 1), None) is None


@pytest.mark.parametrize(("day", "age"), [(date(2026, 2, 28), 21), (date(2026, 3, 1), 22), (date(2028, 2, 29), 24)])
def test_age_is_counted_in_full_years(day: date, age: int) -> None:
    assert age_on(day, date(2004, 2, 29)) == age


def test_a_moment_becomes_the_facilitys_date() -> None:
    late = datetime(2026, 10, 1, 22, 30, tzinfo=UTC)
    assert facility_day(late, "Europe/Berlin") == date(2026, 10, 2)
    assert facility_day(late, "America/Chicago") == date(2026, 10, 1)
    assert facility_day(late.replace(hour=23, tzinfo=None), "Europe/Berlin") == date(2026, 10, 1)


def test_without_a_time_zone_the_earlier_date_counts() -> None:
    taipei = timezone(timedelta(hours=8))
    assert facility_day(datetime(2026, 10, 2, 3, tzinfo=taipei), None) == date(2026, 10, 1)


def test_clocks_start_at_exam_and_at_final_interpretation() -> None:
    starts = starts_of(a_report(issued=datetime(2026, 10, 2, 23, tzinfo=UTC)), BERLIN, TODAY)
    assert (starts.exam, starts.final_interpretation, starts.is_exam_known) == (EXAM, date(2026, 10, 3), True)


def test_a_report_without_a_signature_date_was_interpreted_at_the_earliest_plausible_day() -> None:
    starts = starts_of(a_report(issued=None), BERLIN, TODAY)
    assert starts.final_interpretation == EXAM


def test_a_missing_exam_date_is_replaced_by_the_earliest_plausible_one() -> None:
    """Every clock then ends rather too early than too late."""
    seen = Observation("Observation/1", "", "final", CodeableConcept(), effective=date(2026, 9, 20))
    starts = starts_of(a_report(exam_date=None, observations=(seen,)), BERLIN, TODAY)
    assert (starts.exam, starts.is_exam_known) == (date(2026, 9, 20), False)
    nothing = starts_of(a_report(exam_date=None, issued=None), BERLIN, TODAY)
    assert (nothing.exam, nothing.final_interpretation) == (TODAY, TODAY)


def test_an_exam_in_the_future_is_no_known_date() -> None:
    starts = starts_of(a_report(exam_date=date(2062, 10, 1)), BERLIN, TODAY)
    assert (starts.exam, starts.is_exam_known) == (date(2026, 10, 2), False)
