"""Everything in the inbox, page by page, to be compared with something else; no call holds Redis up for long."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from worker.inbox.records import ReportEntry, Written
from worker.inbox.scripts import Client, unavailable
from worker.inbox.wire import entries_of, time_of, written_of

__all__ = ["MessageLine", "Pages", "ReportLine"]

_PAGE = 500
_GLOB = re.compile(r"([\\*?\[\]^-])")


@dataclass(frozen=True, slots=True)
class MessageLine:
    """Where one message stands."""

    message_id: str
    state: str
    stored: datetime
    reports: tuple[ReportEntry, ...]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """Where one report stands: its newest outcome (``seq``, ``what``), the one delivered, and what was written."""

    report_id: str
    seq: int
    what: str
    delivery: str
    delivered: int
    message_id: str
    recorded: datetime
    written: Mapping[str, Written]


class Pages:
    """All methods raise ``InboxUnavailable``; while others write, one entry may come twice."""

    def __init__(self, client: Client, prefix: str) -> None:
        self._client, self._prefix = client, prefix

    def messages(self) -> Iterator[list[MessageLine]]:
        """All messages."""
        for ids, rows in self._walk("m:", ("state", "stored", "reports")):
            yield [
                MessageLine(i, state.decode(), time_of(stored or 0), entries_of((reports or b"[]").decode()))
                for i, (state, stored, reports) in zip(ids, rows, strict=True)
                if state
            ]

    def reports(self) -> Iterator[list[ReportLine]]:
        """All reports that have an outcome."""
        fields = ("seq", "what", "delivery", "delivered", "message", "recorded", "written")
        for ids, rows in self._walk("r:", fields):
            yield [_report(i, row) for i, row in zip(ids, rows, strict=True) if row[0]]

    def have_message(self, message_ids: Sequence[str]) -> list[bool]:
        """Whether there is such a message, for each."""
        return self._are_there([f"{self._prefix}m:{i}" for i in message_ids])

    def have_outcome(self, report_ids: Sequence[str]) -> list[bool]:
        """Whether there is an outcome of such a report, for each."""
        return self._are_there([f"{self._prefix}o:{i}" for i in report_ids])

    def _are_there(self, keys: list[str]) -> list[bool]:
        with unavailable(), self._client.pipeline(transaction=False) as pipe:
            for key in keys:
                pipe.exists(key)
            return [bool(found) for found in pipe.execute()] if keys else []

    def _walk(self, kind: str, fields: tuple[str, ...]) -> Iterator[tuple[list[str], list[list[bytes | None]]]]:
        start = self._prefix + kind
        cursor, pattern = None, _GLOB.sub(r"\\\1", start) + "*"
        while cursor != 0:
            with unavailable():
                cursor, keys = self._client.scan(cursor or 0, match=pattern, count=_PAGE)
                with self._client.pipeline(transaction=False) as pipe:
                    for key in keys:
                        pipe.hmget(key, fields)
                    rows = pipe.execute() if keys else []
            yield [key.decode().removeprefix(start) for key in keys], rows


def _report(report_id: str, row: list[bytes | None]) -> ReportLine:
    seq, what, delivery, delivered, message, recorded, written = row
    return ReportLine(
        report_id=report_id,
        seq=int(seq or 0),
        what=(what or b"").decode(),
        delivery=(delivery or b"none").decode(),
        delivered=int(delivered or 0),
        message_id=(message or b"").decode(),
        recorded=time_of(recorded or 0),
        written=written_of(written),
    )
