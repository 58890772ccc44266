"""
Does what came in, what was decided and what stands at the EHR agree? Every report and every plan, both ways.

In: the inbox and the EHR. Out: each difference with its kind, found page by page. What a person already has to look at
(parked work) and what a person did (an edited plan) is listed, and is no difference.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Literal

from worker.core.model import JsonObject
from worker.core.writeplan import Written, aliases_of, is_as_we_wrote_it
from worker.deliver.ledger import known_of
from worker.ehr import Ehr, Reply, identifier_url
from worker.errors import WriteRefused
from worker.inbox import Inbox, MessageLine, ReportLine

__all__ = ["Audit", "Line"]

Kind = Literal[
    "report-without-plan",
    "missing-at-ehr",
    "plan-still-stands",
    "plan-without-report",
    "message-without-report",
    "report-without-message",
    "open-too-long",
    "parked",
    "edited-at-ehr",
    "not-searchable",
]
# Listed, and known to somebody already.
_NOTES = frozenset({"parked", "edited-at-ehr", "not-searchable"})
_PLANS = {"CarePlan": "urn:calcifhir:care-plan", "DocumentReference": "urn:calcifhir:document-reference"}
_TURN_SECONDS = 60.0
_READS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was found; ids and codes only."""

    kind: Kind
    id: str
    detail: str

    @property
    def is_difference(self) -> bool:
        """Whether nobody knows of it yet."""
        return self.kind not in _NOTES


@dataclass
class Audit:
    """
    One comparison. All methods raise ``ServiceError`` when a side cannot be asked: then nothing is proved.

    Args:
        now: By the inbox's clock.
        patience_seconds: So long work may be under way before it counts as standing still.
        began: What the EHR holds since then was written while we were looking.
    """

    inbox: Inbox
    ehr: Ehr
    now: datetime
    patience_seconds: float = 900.0
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    messages: int = 0
    reports: int = 0
    plans: int = 0
    _ours: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[Line]:
        """Everything that does not agree; ``messages``, ``reports`` and ``plans`` count what was looked at."""
        for page in self.inbox.pages.reports():
            self.reports += len(page)
            yield from self._reports(page)
        for messages in self.inbox.pages.messages():
            self.messages += len(messages)
            yield from self._messages(messages)
        for resource_type, system in _PLANS.items():
            yield from self._at_ehr(resource_type, system)

    # -- from the inbox to the EHR

    def _reports(self, page: list[ReportLine]) -> Iterator[Line]:
        ledgers = {line.report_id: known_of(line.written) for line in page}
        for key, written in (pair for ledger in ledgers.values() for pair in ledger.items()):
            self._ours |= {_id(key), _id(written.location or key)}
        known = self.inbox.pages.have_message([line.message_id for line in page])
        for line, is_known in zip(page, known, strict=True):
            if not is_known:
                yield Line("report-without-message", line.report_id, f"its message {line.message_id} is not there")
            yield from self._under_way(line)
        yield from self._delivered([(line, ledgers[line.report_id]) for line in page if line.delivered >= line.seq])

    def _under_way(self, line: ReportLine) -> Iterator[Line]:
        if line.delivery == "parked":
            yield Line("parked", line.report_id, f"outcome {line.seq} waits for a person")
        elif line.delivery in ("due", "delivering") and self._is_old(line.recorded):
            yield Line("open-too-long", line.report_id, f"outcome {line.seq} has not reached the EHR")

    def _delivered(self, reports: list[tuple[ReportLine, Mapping[str, Written]]]) -> Iterator[Line]:
        ledgers = {line.report_id: ledger for line, ledger in reports}
        for line, ledger in reports:
            if line.what == "plan" and not any(key.partition("/")[0] in _PLANS for key in ledger):
                yield Line("report-without-plan", line.report_id, "it counts as delivered, and no plan was written")
        wanted = [(line, key, written) for line, ledger in reports for key, written in ledger.items()]
        places = iter(wanted)
        while batch := list(islice(places, _READS_AT_ONCE)):
            turn = self.ehr.until(time.monotonic() + _TURN_SECONDS)
            replies = turn.ask(tuple(written.location or key for _, key, written in batch))
            for (line, key, written), reply in zip(batch, replies, strict=True):
                yield from _compared(line, key, written, reply, aliases_of(ledgers[line.report_id], {}))

    # -- messages

    def _messages(self, page: list[MessageLine]) -> Iterator[Line]:
        for message in page:
            if message.state in ("received", "waiting") and self._is_old(message.stored):
                yield Line("open-too-long", message.message_id, f"it is {message.state}, and nothing was decided")
            elif message.state == "parked" and not any(entry.seq for entry in message.reports):
                yield Line("parked", message.message_id, "it waits for a person")
        entries = [(m.message_id, entry.report_id) for m in page for entry in m.reports if entry.seq]
        found = self.inbox.pages.have_outcome([report_id for _, report_id in entries])
        for (message_id, report_id), is_there in zip(entries, found, strict=True):
            if not is_there:
                yield Line("message-without-report", message_id, f"its report {report_id} is not there")

    def _is_old(self, moment: datetime) -> bool:
        return (self.now - moment).total_seconds() > self.patience_seconds

    # -- from the EHR to the inbox

    def _at_ehr(self, resource_type: str, system: str) -> Iterator[Line]:
        try:
            for page in self.ehr.pages(identifier_url(resource_type, system, "")):
                self.plans += len(page)
                yield from (_stranger(each) for each in page if self._is_strange(each, system))
        except WriteRefused as error:
            yield Line("not-searchable", resource_type, f"the EHR does not list ours (HTTP {error.status})")

    def _is_strange(self, resource: JsonObject, system: str) -> bool:
        """Nothing in the inbox knows it, and it was not written while we were looking."""
        names = {each.get("value") for each in resource.get("identifier", ()) if each.get("system") == system}
        updated = (resource.get("meta") or {}).get("lastUpdated")
        is_new = updated is not None and datetime.fromisoformat(updated) > self.began
        return not is_new and not self._ours & {*names, resource.get("id")}


def _stranger(resource: JsonObject) -> Line:
    key = f"{resource['resourceType']}/{resource.get('id')}"
    return Line("plan-without-report", key, "it carries our identifier, and no report of the inbox led to it")


def _compared(line: ReportLine, key: str, written: Written, reply: Reply, aliases: Mapping[str, str]) -> Iterator[Line]:
    place = written.location or key
    held: Mapping[str, Any] | None = reply.body if reply.status == 200 else None
    if held is None:
        is_plan = key.partition("/")[0] in _PLANS and line.what == "plan"
        kind: Kind = "report-without-plan" if is_plan else "missing-at-ehr"
        yield Line(kind, line.report_id, f"{place} is not at the EHR (HTTP {reply.status})")
    elif line.what == "withdraw" and held.get("resourceType") == "CarePlan" and held.get("status") == "draft":
        yield Line("plan-still-stands", line.report_id, f"{place} is a draft though its report was withdrawn")
    elif not is_as_we_wrote_it(held, aliases):
        yield Line("edited-at-ehr", line.report_id, f"{place} is not as we wrote it last")


def _id(key: str) -> str:
    return key.rpartition("/")[2]
