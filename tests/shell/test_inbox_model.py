"""
Inbox, handle and delivery against a model: whatever is lost, doubled, killed or late, the newest
version ends at the EHR.

Workers are steps here: each may stop for ever (killed) or for long (paused, then back with an old claim) while it holds
something. At the end the faults stop, the sweep goes round, and everything must have come to its end.
"""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import redis
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.shell.documents import Resource, as_bytes, bundle, observation, report
from tests.shell.fakes import Clock, put
from worker.core.ids import report_id_of
from worker.core.report import canonical_digest
from worker.core.rules import Rules
from worker.embedded import start_redis
from worker.handle import handle
from worker.handle.flow import Bench, _consider
from worker.handle.record import version_value
from worker.inbox import Along, Claim, Conclusion, Delivery, Inbox, Written
from worker.settings import Settings

Work = TypeVar("Work", Claim, Delivery)
TODAY, NOW = date(2026, 3, 2), datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SETTINGS = Settings(redis_url="redis://unused", ehr_base_url="http://unused", gather_deadline_seconds=60)
CATEGORIES = ("2", "3", "4A", "4B", "5")
_numbers = itertools.count()
REPORTS = st.integers(1, 3)
VERSIONS = st.integers(1, 4)
FATES = st.sampled_from(["done", "no bell", "killed", "paused", "overtaken"])
DELIVERY_FATES = st.one_of(FATES, st.sampled_from(["no answer", "killed after writing"]))


class Watched(Inbox):
    """Remembers who claimed last."""

    last: dict[str, int]

    def claiming(self, message_id: str) -> Along[Claim]:
        return self._noting(message_id, super().claiming(message_id))

    def claiming_delivery(self, report_id: str) -> Along[Delivery]:
        return self._noting(report_id, super().claiming_delivery(report_id))

    def _noting(self, item_id: str, along: Along[Work]) -> Along[Work]:
        def read(answer: Any) -> Work | None:
            found = along.read(answer)
            if found is not None:
                self.last[item_id] = found.fence
            return found

        return replace(along, read=read)


class Installation(RuleBasedStateMachine):
    """One inbox, any number of workers, an EHR that refuses what is older than what it holds."""

    tables: Rules
    client: "redis.Redis"

    @initialize()
    def begin(self) -> None:
        self.clock = Clock()
        self.prefix = f"model{next(_numbers)}:"
        self.inbox = Watched(self.client, self.prefix, poison_limit=10_000, keep_seconds=10_000, clock=self.clock)
        self.inbox.last = {}
        self.posted: dict[str, tuple[int, int]] = {}  # message -> report, version
        self.observations: set[str] = set()
        self.paused: list[tuple[Claim, Conclusion]] = []
        self.delivering: list[Delivery] = []
        self.ehr: dict[str, tuple[int, Any]] = {}  # report id -> outcome number and plan

    # -- what arrives, and what becomes of the worker that hears the bell

    @rule(
        number=REPORTS, version=VERSIONS, fate=FATES, then=DELIVERY_FATES, is_whole=st.sampled_from([True, True, False])
    )
    def post_a_report(self, number: int, version: int, fate: str, then: str, is_whole: bool) -> None:
        category = CATEGORIES[(number + version) % len(CATEGORIES)]
        results = (f"Observation/o{number}",)
        alone = report(number, version=version, results=results, conclusion=f"BI-RADS {category}.")
        message_id = self._post(bundle(alone, observation(number)) if is_whole else alone)
        self.posted[message_id] = (number, version)
        self._work(message_id, fate)
        self._deliver_so(number, then)

    @rule(number=REPORTS, fate=FATES)
    def post_an_observation(self, number: int, fate: str) -> None:
        message_id = self._post(observation(number))
        self.observations.add(message_id)
        self._work(message_id, fate)

    def _post(self, document: Resource) -> str:
        return put(self.inbox, as_bytes(document), canonical_digest(document)).message_id

    def _work(self, message_id: str, fate: str) -> None:
        if fate == "done":
            self._handle(message_id)
        elif fate != "no bell" and (claim := self.inbox.claim(message_id)) is not None and fate != "killed":
            self.paused.append((claim, _consider(claim, self.inbox, Bench(self.tables, SETTINGS, TODAY, NOW))))
            if fate == "overtaken":
                self.clock.pass_seconds(31)
                self._handle(message_id)
                self.a_paused_worker_goes_on()

    def _handle(self, *message_ids: str) -> None:
        """As one bell rings for them: each but the first is claimed along with the conclusion of the one before."""
        claim: Claim | None = None
        for place, message_id in enumerate(message_ids):
            coming = [self.inbox.claiming(each) for each in message_ids[place + 1 : place + 2]]
            claim_next = partial(next, iter(coming), None)
            handle(message_id, self.inbox, self.tables, SETTINGS, TODAY, NOW, claim, claim_next)
            claim = coming[0].found if coming else None

    @rule()
    @precondition(lambda self: self.paused)
    def a_paused_worker_goes_on(self) -> None:
        claim, conclusion = self.paused.pop()
        concluded = self.inbox.conclude(claim, conclusion)
        assert concluded.is_stale == (claim.fence != self.inbox.last[claim.message_id])

    # -- delivery

    @rule(number=REPORTS, fate=DELIVERY_FATES)
    def deliver(self, number: int, fate: str) -> None:
        self._deliver_so(number, fate)

    def _deliver_so(self, number: int, fate: str) -> None:
        delivery = self.inbox.claim_delivery(report_id_of(f"urn:ris|ACC-{number}"))
        if delivery is None:
            return
        if fate in ("done", "no answer", "killed after writing"):
            self._write(delivery)
        if fate == "done":
            assert self.inbox.finish_delivery(delivery, {"CarePlan/x": Written(str(delivery.seq), "digest")})
        elif fate == "no answer":
            assert self.inbox.postpone_delivery(delivery, 5, "no answer", outcome_unknown=True)
        elif fate in ("paused", "overtaken"):
            self.delivering.append(delivery)
        if fate == "overtaken":
            self.clock.pass_seconds(31)
            self._deliver(delivery.report_id)
            self.a_paused_delivery_goes_on()

    @rule()
    @precondition(lambda self: self.delivering)
    def a_paused_delivery_goes_on(self) -> None:
        delivery = self.delivering.pop()
        self._write(delivery)
        is_last = delivery.fence == self.inbox.last[delivery.report_id]
        assert self.inbox.finish_delivery(delivery, {}) == is_last

    def _deliver(self, *report_ids: str) -> None:
        delivery: Delivery | None = None
        for place, report_id in enumerate(report_ids):
            delivery = delivery or self.inbox.claim_delivery(report_id)
            coming = [self.inbox.claiming_delivery(each) for each in report_ids[place + 1 : place + 2]]
            if delivery is not None:
                self._write(delivery)
                assert self.inbox.finish_delivery(delivery, {}, "", *coming)
            delivery = coming[0].found if coming else None

    def _write(self, delivery: Delivery) -> None:
        held = self.ehr.get(delivery.report_id, (0, None))
        if delivery.seq >= held[0]:  # what If-Match does
            self.ehr[delivery.report_id] = (delivery.seq, delivery.resources[0])

    # -- time and the sweep

    @rule(seconds=st.sampled_from([1, 31, 70]))
    def the_sweep_runs_after(self, seconds: int) -> None:
        self.clock.pass_seconds(seconds)
        self._handle(*self.inbox.due("decide"))
        self._deliver(*self.inbox.due("deliver"))

    # -- what must hold

    @invariant()
    def every_message_is_counted_once(self) -> None:
        counts = self.inbox.counts()["message"]
        assert all(number >= 0 for number in counts.values())
        assert sum(counts.values()) == len(self.posted) + len(self.observations)

    def teardown(self) -> None:
        """The faults end; the sweep goes round until nothing is due."""
        if not hasattr(self, "inbox"):
            return
        for _ in range(30):
            self.the_sweep_runs_after(35)
        self._everything_ended()
        for key in self.client.scan_iter(f"{self.prefix}*"):
            self.client.delete(key)

    def _everything_ended(self) -> None:
        messages = sorted(self.posted) + sorted(self.observations)
        states = {m: self.inbox.message(m).state for m in messages}  # type: ignore[union-attr]
        assert (self.inbox.due("decide"), self.inbox.due("deliver")) == ([], [])
        assert set(states.values()) <= {"delivered", "superseded", "withdrawn"}, states
        newest: dict[int, int] = {}
        for number, version in self.posted.values():
            newest[number] = max(version, newest.get(number, 0))
        report_ids = {report_id_of(f"urn:ris|ACC-{number}"): version for number, version in newest.items()}
        heads, _ = self.inbox.heads(list(report_ids))
        for report_id, version in report_ids.items():
            head = heads[report_id]
            assert version_value(head.version).version_id == str(version)
            assert self.ehr[report_id][0] == head.seq
            assert self.inbox.claim_delivery(report_id) is None


def test_the_newest_version_ends_at_the_ehr_whatever_happens(rules: Rules) -> None:
    with (
        TemporaryDirectory() as folder,
        start_redis(Path(folder)) as server,
        redis.Redis.from_url(server.url) as client,
    ):
        Installation.tables, Installation.client = rules, client
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Installation,
            settings=hypothesis_settings(hypothesis_settings.default, max_examples=15, stateful_step_count=25),
        )
