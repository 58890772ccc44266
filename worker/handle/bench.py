"""What judging a message needs, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from worker.core.rules import Rules
from worker.inbox import NewRecord, ReportEntry
from worker.settings import Settings

__all__ = ["Bench", "Verdict"]


@dataclass(frozen=True, slots=True)
class Bench:
    """What judging needs beside the report: tables, settings, date and time."""

    rules: Rules
    settings: Settings
    today: date
    now: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What to note about one report.

    ``aside``: what follows for other reports, unless the same message says something of them itself. ``wait_until``:
    nothing yet; ``reason`` says for people what is awaited, ``awaited`` its keys.
    """

    records: tuple[NewRecord, ...] = ()
    aside: tuple[NewRecord, ...] = ()
    entries: tuple[ReportEntry, ...] = ()
    wait_until: datetime | None = None
    awaited: tuple[str, ...] = ()
    reason: str = ""
    people: Mapping[str, int] = field(default_factory=dict)
