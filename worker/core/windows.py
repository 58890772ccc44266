"""
The dates of one activity: from when, due, overdue, breach; by its row, a category's tighter row, or a named interval.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from worker.core.dates import Starts, add, add_months, span_of
from worker.core.rules.plan_rows import ActionRow, AssessmentRow, PathologyRow

__all__ = ["Window", "months_of", "window_of"]


@dataclass(frozen=True, slots=True)
class Window:
    """Calendar dates where the facility is; all None where nobody may compute one."""

    earliest: date | None = None
    due: date | None = None
    overdue: date | None = None
    breach: date | None = None


def window_of(
    row: ActionRow,
    starts: Starts,
    interval_months: int | None = None,
    tighter: AssessmentRow | PathologyRow | None = None,
) -> Window:
    """
    The dates of an action.

    Args:
        interval_months: Counts from the exam. It replaces the span of a follow-up; work-up that is due now it can only
            bring forward. The other dates move along.
        tighter: Row whose ``due`` (and ``overdue``, ``breach``) replaces the action's own.
    """
    start = starts.of(row.starts)
    usual = add(start, span_of(row.due))
    due = add(start, span_of((tighter.due if tighter else "") or row.due))
    if interval_months:
        named = add_months(starts.exam, interval_months)
        due = named if due is None or _is_follow_up(row) else min(due, named)
    if due is None:
        return Window()
    moved = due - usual if usual else timedelta()
    earliest, overdue, breach = (_moved(start, text, moved) for text in (row.earliest, row.overdue, row.breach))
    if isinstance(tighter, AssessmentRow):
        overdue = add(start, span_of(tighter.overdue)) or overdue
        breach = add(start, span_of(tighter.breach)) or breach
    return Window(earliest, due, overdue, breach)


def months_of(row: ActionRow, interval_months: int | None) -> int | None:
    """The interval in months: as named, else the row's own where it is one of whole months."""
    span = span_of(row.due)
    return interval_months or (span.months if span and span.months and not span.days else None)


def _moved(start: date, text: str, moved: timedelta) -> date | None:
    day = add(start, span_of(text))
    return day + moved if day else None


def _is_follow_up(row: ActionRow) -> bool:
    span = span_of(row.due)
    return row.deferred_level is not None or span is None or span.months > 0
