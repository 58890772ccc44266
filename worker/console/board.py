"""One moment of the practice: counts, the open lines, letters by language, what is parked, how the machine is."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from worker.core.rules import Rules
from worker.inbox import Inbox, Load, WorkCounts, WorkEntry
from worker.inbox.records import SweepState

__all__ = ["SHOWN", "Board", "Language", "Line", "board_json", "board_of"]

# What a page may be narrowed to, and its words.
SHOWN = {
    "all": "All open",
    "overdue": "Overdue",
    "held": "On hold",
    "to-release": "To release",
    "interpreter": "Interpreter needed",
    "letter-refused": "Letter cannot be made",
}
_LETTER = "letter:"


@dataclass(frozen=True, slots=True)
class Line:
    """
    One open report.

    Args:
        days_left: Until the soonest deadline; negative when it is past.
        urgency: ``overdue`` or, by ``loudness.csv``, the priority of what is due so soon; empty while there is time.
    """

    entry: WorkEntry
    days_left: int
    urgency: str


@dataclass(frozen=True, slots=True)
class Language:
    """Letters of open plans in one language; ``wording`` is what its file says about who has read it."""

    id: str
    name: str
    letters: int
    wording: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that the page shows."""

    at: datetime
    today: date
    shown: str
    counts: WorkCounts
    lines: tuple[Line, ...]
    more: bool
    languages: tuple[Language, ...]
    states: Mapping[str, Mapping[str, int]]
    ages: Mapping[str, float]
    parked: tuple[Mapping[str, Any], ...]
    sweep: SweepState
    heartbeats: Mapping[str, float]
    load: Load
    ehr_answered: bool = True
    just_decided: int = 0


def lines_of(entries: Sequence[WorkEntry], today: date, rules: Rules) -> tuple[Line, ...]:
    """The entries with how near their deadline is on this day."""
    return tuple(_line(entry, today, rules) for entry in entries)


def _line(entry: WorkEntry, today: date, rules: Rules) -> Line:
    left = (date.fromisoformat(entry.about["due"]) - today).days
    loud = next((row.priority for row in rules.planning.loudness if left <= row.days_left), "")
    return Line(entry, left, "overdue" if left < 0 else loud)


def board_of(
    inbox: Inbox, rules: Rules, today: date, now: datetime, shown: str, lines: tuple[Line, ...], more: bool
) -> Board:
    """
    Read the rest of the moment.

    Args:
        lines: What the list shows; ``more`` when there is more of it than that.

    Raises:
        InboxUnavailable: The inbox does not answer.
    """
    counts = inbox.work.counts(today)
    return Board(
        at=now,
        today=today,
        shown=shown,
        counts=counts,
        lines=lines,
        more=more,
        languages=_languages(counts, rules),
        states=inbox.counts(),
        ages={kind: inbox.oldest_age(kind) for kind in ("received", "waiting", "decided", "deliver", "parked")},
        parked=tuple(inbox.parked(limit=50)),
        sweep=inbox.sweep_state(),
        heartbeats=inbox.pulse.heartbeats(),
        load=inbox.pulse.load(),
    )


def _languages(counts: WorkCounts, rules: Rules) -> tuple[Language, ...]:
    found = []
    for row in rules.letters.languages.values():
        wording = f"reviewed by {row.reviewer}, {row.reviewed}" if row.reviewer and row.reviewed else "not reviewed yet"
        found.append(Language(row.id, row.name, counts.tags.get(f"{_LETTER}{row.id}", 0), wording))
    return tuple(sorted(found, key=lambda language: -language.letters))


def board_json(board: Board) -> dict[str, Any]:
    """The same as JSON values."""
    return {
        "at": board.at.isoformat(timespec="seconds"),
        "today": board.today.isoformat(),
        "shown": board.shown,
        "open": {
            "total": board.counts.total,
            "overdue": board.counts.overdue,
            "due_within_days": {str(days): number for days, number in board.counts.due_soon.items()},
            "by_tag": dict(board.counts.tags),
            "decided": board.counts.decided,
        },
        "work": [_line_json(line) for line in board.lines],
        "more": board.more,
        "ehr_answered": board.ehr_answered,
        "letters": [asdict(language) for language in board.languages],
        "machine": {
            "states": board.states,
            "oldest_seconds": dict(board.ages),
            "sweep_age_seconds": board.sweep.age_seconds,
            "heartbeat_age_seconds": dict(board.heartbeats),
            "open_messages": board.load.open_messages,
            "parked": [dict(entry) for entry in board.parked],
        },
    }


def _line_json(line: Line) -> dict[str, Any]:
    entry = line.entry
    return {
        "report": entry.report_id,
        "message": entry.message_id,
        "plan": entry.location or None,
        "delivery": entry.delivery,
        "days_left": line.days_left,
        "urgency": line.urgency,
        **entry.about,
        "due": entry.about["due"],
    }
