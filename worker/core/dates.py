"""
Calendar rules: spans of the tables, month ends, the facility's day, and where the clocks start.

In: a report and the spans that the tables write (``6m``, ``14d``, ``5m15d``). Out: calendar dates.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from worker.core.model import Report

__all__ = ["Span", "StartOf", "Starts", "add", "add_months", "age_on", "facility_day", "span_of", "starts_of"]

StartOf = Literal["exam", "final-interpretation"]

_SPAN = re.compile(r"(?:(\d+)m)?(?:(\d+)d)?")


class Span(NamedTuple):
    """Calendar months, then days."""

    months: int
    days: int


@cache
def span_of(text: str) -> Span | None:
    """
    Read a span of the tables.

    Args:
        text: ``6m`` (calendar months), ``14d`` (days) or both, months first; empty for "none".

    Raises:
        ValueError: Anything else.
    """
    if not text:
        return None
    match = _SPAN.fullmatch(text)
    if not match:
        raise ValueError(text)
    return Span(int(match[1] or 0), int(match[2] or 0))


def add_months(day: date, months: int) -> date:
    """The same day some calendar months later; a day that the month lacks becomes its last."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1] if day.day > 28 else 28
    return date(year, month + 1, min(day.day, last))


def add(day: date, span: Span | None) -> date | None:
    """The day plus the span; None for no span."""
    return add_months(day, span.months) + timedelta(days=span.days) if span else None


def age_on(day: date, birth_date: date) -> int:
    """Full years; who is born on 29 February grows older on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def facility_day(moment: datetime, timezone: str | None) -> date:
    """
    The calendar date of a moment where the facility is.

    Without a time zone the earlier of the sender's own date and the date in UTC is taken: it makes clocks end sooner.
    """
    if moment.tzinfo is None:
        return moment.date()
    if timezone:
        return moment.astimezone(ZoneInfo(timezone)).date()
    return min(moment.date(), moment.astimezone(UTC).date())


@dataclass(frozen=True, slots=True)
class Starts:
    """
    Where clocks start.

    ``is_exam_known`` is False when the exam date is missing or lies in the future; ``exam`` is then the earliest
    plausible date, so that every date counted from it comes rather too early than too late.
    """

    exam: date
    final_interpretation: date
    is_exam_known: bool

    def of(self, start: StartOf) -> date:
        """The start that a table row names."""
        return self.exam if start == "exam" else self.final_interpretation


def starts_of(report: Report, facts: Mapping[str, str], today: date) -> Starts:
    """
    Where the report's clocks start; what is missing is replaced by the earliest date that the report makes plausible.

    Args:
        facts: The practice's; ``facility.timezone`` is the IANA name of the zone in which a moment becomes a date.
    """
    zone = facts.get("facility.timezone")
    issued = facility_day(report.issued, zone) if report.issued else None
    is_known = report.exam_date is not None and report.exam_date <= today
    plausible = [day for day in (report.exam_date, issued, *_observed(report)) if day and day <= today]
    exam = report.exam_date if is_known and report.exam_date else min([*plausible, today])
    interpreted = min(issued, today) if issued else exam
    return Starts(exam, max(exam, interpreted), is_known)


def _observed(report: Report) -> tuple[date | None, ...]:
    return tuple(observation.effective for observation in report.observations)
