"""
The practice's work list: what is open, the most serious first, and what a clinician was seen to have decided.

Kept by the scripts together with the outcome that it belongs to. Ids, dates and states; no name, no word of a report.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from worker.core.model import JsonObject
from worker.inbox.scripts import Client, Scripts, unavailable
from worker.inbox.wire import written_of

__all__ = ["WorkCounts", "WorkEntry", "WorkList"]

_FIELDS = ("work", "seq", "delivery", "message", "written")


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """
    One open line. ``about`` is what ``worker.core.work`` says, with ``due``, ``hold`` and ``plan`` (``CarePlan/id``).

    Args:
        seq: Which outcome of the report it is about.
        location: Where the plan stands at the EHR; empty while it is not there.
    """

    report_id: str
    message_id: str
    seq: int
    delivery: str
    location: str
    about: JsonObject


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """
    How much is open.

    Args:
        overdue: Due before the day asked about.
        due_soon: Days ahead, to how many are due from that day until then.
        tags: How many carry a tag; tags that nothing carries now are left out.
        decided: How many a clinician was seen to have decided.
    """

    total: int
    overdue: int
    due_soon: Mapping[int, int]
    tags: Mapping[str, int]
    decided: int


class WorkList:
    """All methods raise ``InboxUnavailable``."""

    def __init__(self, client: Client, prefix: str, scripts: Scripts, now: Callable[[], str]) -> None:
        self._client, self._prefix, self._scripts, self._now = client, prefix, scripts, now

    def entries(
        self, tag: str | None = None, limit: int = 100, due_before: date | None = None
    ) -> tuple[WorkEntry, ...]:
        """Open lines, the most serious first, then by day; only those with a tag, or due before a day, where given."""
        with unavailable(), self._client.pipeline(transaction=False) as pipe:
            ids = self._ids(tag, limit, due_before)
            for report_id in ids:
                pipe.hmget(f"{self._prefix}r:{report_id.decode()}", _FIELDS)
            answers = pipe.execute() if ids else []
        pairs = zip(ids, answers, strict=True)
        return tuple(_entry(report_id.decode(), fields) for report_id, fields in pairs if fields[0])

    def _ids(self, tag: str | None, limit: int, due_before: date | None) -> list[bytes]:
        order = f"{self._prefix}work:order"
        if due_before is not None:
            late = self._client.zrangebyscore(f"{self._prefix}work:due", "-inf", f"({due_before.toordinal()}")
            scores = self._client.zmscore(order, late) if late else []
            return [report_id for _, report_id in sorted(zip(scores, late, strict=True))][:limit]
        if tag is not None:
            found: list[bytes] = self._client.zinter({order: 1, f"{self._prefix}work:{tag}": 0})
            return found[:limit]
        every: list[bytes] = self._client.zrange(order, 0, limit - 1)
        return every

    def counts(self, today: date, days_ahead: tuple[int, ...] = (2, 7)) -> WorkCounts:
        """How much is open on this day, where the facility is."""
        day, due = today.toordinal(), f"{self._prefix}work:due"
        with unavailable():
            tags = sorted(tag.decode() for tag in self._client.smembers(f"{self._prefix}work:tags"))
            with self._client.pipeline(transaction=False) as pipe:
                pipe.zcard(due)
                pipe.zcard(f"{self._prefix}work:released")
                pipe.zcount(due, "-inf", f"({day}")
                for ahead in days_ahead:
                    pipe.zcount(due, day, day + ahead)
                for tag in tags:
                    pipe.scard(f"{self._prefix}work:{tag}")
                total, decided, overdue, *rest = pipe.execute()
        soon, held = rest[: len(days_ahead)], rest[len(days_ahead) :]
        carried = {tag: number for tag, number in zip(tags, held, strict=True) if number}
        return WorkCounts(total, overdue, dict(zip(days_ahead, soon, strict=True)), carried, decided)

    def due_until(self, day: date) -> tuple[str, ...]:
        """Reports about which somebody owes something by this day, the longest due first."""
        with unavailable():
            found = self._client.zrangebyscore(f"{self._prefix}work:due", "-inf", day.toordinal())
        return tuple(report_id.decode() for report_id in found)

    def is_told(self, day: date) -> bool:
        """Whether all of them have been told what day it is."""
        with unavailable():
            told = self._client.get(f"{self._prefix}work:told")
        return bool(told == day.isoformat().encode())

    def tell(self, day: date) -> None:
        """All of them have been told."""
        with unavailable():
            self._client.set(f"{self._prefix}work:told", day.isoformat())

    def settle(self, entry: WorkEntry, decided: str) -> bool:
        """Take a line off that a clinician has decided (``released``, ``rejected``); False if it changed meanwhile."""
        return bool(self._scripts.run("settle_work", self._now(), entry.report_id, entry.seq, decided))


def _entry(report_id: str, fields: list[bytes | None]) -> WorkEntry:
    work, seq, delivery, message, written = fields
    about: dict[str, Any] = json.loads(json.loads(work or b"{}")["about"])
    held = written_of(written).get(about["plan"])
    location = (held.location or about["plan"]) if held else ""
    return WorkEntry(
        report_id,
        (message or b"").decode(),
        int(seq or 0),
        (delivery or b"").decode(),
        location,
        about,
    )
