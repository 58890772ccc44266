"""One installation without Celery for the integration tests: the test rings the bells and turns the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import redis

from tests.ehr_help import EhrServer, connected, serving
from tests.shell.documents import Resource, as_bytes
from tests.shell.fakes import Clock, put
from worker.core.ids import report_id_of
from worker.core.report import canonical_digest
from worker.core.rules import Rules
from worker.deliver import deliver
from worker.ehr import Ehr
from worker.handle import handle
from worker.inbox import Inbox
from worker.sandbox import Abilities
from worker.settings import Settings

REPORT_ID = report_id_of("urn:ris|ACC-1")
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SITE = Settings(redis_url="redis://unused", ehr_base_url="http://unused", gather_deadline_seconds=0)


@dataclass
class Desk:
    """A real Redis, real tables, and a strict FHIR server over real HTTP."""

    inbox: Inbox
    clock: Clock
    rules: Rules
    server: EhrServer
    ehr: Ehr
    site: Settings = SITE
    rung: list[str] = field(default_factory=list)

    def decide(self, document: Resource, sender: str = "engine") -> str:
        """Store and handle one message, and whatever that rings."""
        version = self.site.ehr_fhir_version
        stored = put(self.inbox, as_bytes(document), canonical_digest(document), sender, fhir_version=version)
        waiting = [stored.message_id]
        while waiting:
            done = handle(waiting.pop(), self.inbox, self.rules, self.site, TODAY, NOW)
            waiting += done.decide
            self.rung += done.deliver
        return stored.message_id

    def deliver(self, tries: int = 40, report_id: str = REPORT_ID) -> str:
        """Ring as the sweep would until nothing is due; the state of the delivery."""
        for _ in range(tries):
            deliver(report_id, self.inbox, self.ehr, self.site, NOW)
            if self.state(report_id) not in {"due", "delivering"}:
                return self.state(report_id)
            self.clock.pass_seconds(400)
        raise AssertionError(f"still {self.state(report_id)}")

    def take(self, document: Resource, sender: str = "engine") -> str:
        """A message, the whole way."""
        self.decide(document, sender)
        return self.deliver()

    def deliver_all(self) -> None:
        """Every report for which a bell has rung."""
        while self.rung:
            self.deliver(report_id=self.rung.pop())

    def state(self, report_id: str = REPORT_ID) -> str:
        return str((self.inbox.report_json(report_id) or {})["delivery"]["state"])

    def plans(self) -> list[Resource]:
        """CarePlans at the EHR that still stand."""
        return [each for each in self.server.held("CarePlan") if each["status"] not in {"revoked", "entered-in-error"}]


@contextmanager
def a_desk(redis_url: str, rules: Rules, **options: Any) -> Iterator[Desk]:
    """
    A desk with an empty store and one patient at the EHR.

    Args:
        options: ``version`` of FHIR, ``abilities`` and ``faults`` of the server, other ``settings``.
    """
    site = replace(SITE, ehr_fhir_version=options.get("version", "R4"), **options.get("settings", {}))
    abilities = options.get("abilities") or Abilities(fhir_version=site.ehr_fhir_version)
    clock = Clock()
    with (
        redis.Redis.from_url(redis_url) as client,
        serving(options.get("faults"), abilities, strict=True) as server,
        connected(server) as ehr,
    ):
        client.flushall()
        server.put_quietly({"resourceType": "Patient", "id": "p1"})
        yield Desk(Inbox(client, "d:", clock=clock), clock, rules, server, ehr, site)
