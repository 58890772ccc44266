"""
Inbox, handle and deliver together against a model: messages, versions, deaths, redeliveries, a faulty EHR.

Everything is real but the clock, which the model turns, and the bells, which it rings when, and as often, as it likes.
A worker may die before or after any of its steps in Redis, or be halted there while others work, even beyond its lease.
In the end the faults stop and the sweep goes round: the newest version of each report stands at the EHR, once, with the
Observation that it cites, and nothing older was ever written over something newer.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from datetime import UTC, date, datetime
from functools import partial

import pytest
import redis
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.ehr_help import EhrServer, connected, serving
from tests.shell.documents import Resource, as_bytes, bundle, observation, report
from tests.shell.fakes import Clock, put
from tests.shell.mortal import Mortal
from worker.core.report import canonical_digest
from worker.core.rules import Rules
from worker.deliver import deliver
from worker.embedded import start_redis
from worker.handle import handle
from worker.inbox import Claim, Delivery
from worker.settings import Settings

TODAY, NOW = date(2026, 3, 2), datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SITE = Settings(redis_url="redis://unused", ehr_base_url="http://unused", gather_deadline_seconds=60)
CATEGORIES = {1: "3", 2: "4A", 3: "5"}  # by number of the report; told by its Observation alone
ENDED = {"revoked", "entered-in-error", "not-done", "cancelled"}
SAID = re.compile(r"version (\d+), ([a-z-]+)")
REPORTS = st.sampled_from(sorted(CATEGORIES))
FAULTS = st.lists(st.sampled_from(["ok", "reset", "reset-after", "500", "500-after", "503", "html-after"]), max_size=3)
# At which of its steps in Redis a worker dies, and on which side of it; 0: it lives.
DEATHS = st.sampled_from([0, 0, 0, 1, -1, 2, -2, 3, -3])
HALTS = st.sampled_from([1, -2, 2, -3])
_numbers = itertools.count()


class Installation(RuleBasedStateMachine):
    """One inbox, any number of workers, one EHR."""

    tables: Rules
    client: "redis.Redis"

    @initialize()
    def open(self) -> None:
        self.stack = ExitStack()
        self.clock = Clock()
        self.inbox = Mortal(
            self.client, f"whole{next(_numbers)}:", poison_limit=10_000, keep_seconds=100_000, clock=self.clock
        )
        self.server: EhrServer = self.stack.enter_context(serving())
        self.server.put_quietly({"resourceType": "Patient", "id": "p1"})
        self.ehr = self.stack.enter_context(connected(self.server))
        self.newest: dict[int, tuple[int, str]] = {}  # number -> version and status
        self.observed: set[int] = set()
        self.messages: list[str] = []
        self.reports: set[str] = set()

    # -- what arrives

    @rule(number=REPORTS, version=st.integers(1, 4), is_taken_back=st.sampled_from([False, False, False, True]))
    def a_report_comes(self, number: int, version: int, is_taken_back: bool) -> None:
        self._put(self._report(number, version, is_taken_back))

    @rule(number=REPORTS, version=st.integers(1, 4))
    def a_whole_report_comes(self, number: int, version: int) -> None:
        self.observed.add(number)
        self._put(bundle(self._report(number, version, False), self._observation(number)))

    @rule(number=REPORTS)
    def an_observation_comes(self, number: int) -> None:
        self.observed.add(number)
        self._put(self._observation(number))

    def _report(self, number: int, version: int, is_taken_back: bool) -> Resource:
        # A version is one thing only, whoever sends it: its status follows from its first coming.
        known = self.statuses.setdefault((number, version), "entered-in-error" if is_taken_back else "final")
        self.newest[number] = max(self.newest.get(number, (0, "")), (version, known))
        words = "Grouped punctate calcifications in the left breast."
        return report(number, version=version, status=known, conclusion=words, results=(f"Observation/o{number}",))

    def _observation(self, number: int) -> Resource:
        return observation(number, category=CATEGORIES[number])

    def _put(self, document: Resource) -> None:
        self.messages.append(put(self.inbox, as_bytes(document), canonical_digest(document)).message_id)

    # -- bells: for anything, at any time, as often as they like

    @rule(pick=st.integers(0, 30), death=DEATHS)
    def a_bell_rings_for_a_message(self, pick: int, death: int) -> None:
        if self.messages:
            with self.inbox.stopped(death) if death else nullcontext():
                self._handle(self.messages[-1 - pick % len(self.messages)])

    @rule(pick=st.integers(0, 30), death=DEATHS, faults=FAULTS)
    def a_bell_rings_for_a_report(self, pick: int, death: int, faults: list[str]) -> None:
        if self.reports:
            self.server.faults.replace(faults, {})
            with self.inbox.stopped(death) if death else nullcontext():
                self._deliver(sorted(self.reports)[pick % len(self.reports)])

    @rule(pick=st.integers(0, 30), death=DEATHS, faults=FAULTS)
    def a_message_goes_all_the_way(self, pick: int, death: int, faults: list[str]) -> None:
        self.a_bell_rings_for_a_message(pick, 0)
        self.a_bell_rings_for_a_report(pick, death, faults)

    @rule(pick=st.integers(0, 30), other=st.integers(0, 30), at=HALTS, seconds=st.sampled_from([0, 0, 31]))
    def a_worker_is_halted_while_others_work(self, pick: int, other: int, at: int, seconds: int) -> None:
        def meanwhile() -> None:
            self.clock.pass_seconds(seconds)
            self.a_message_goes_all_the_way(other, 0, [])

        with self.inbox.stopped(at, meanwhile):
            self.a_bell_rings_for_a_message(pick, 0)

    @rule(
        number=REPORTS,
        version=st.integers(1, 4),
        at=HALTS,
        is_report_halted=st.booleans(),
        is_taken_back=st.booleans(),
        has_waited=st.booleans(),
    )
    def two_workers_decide_a_report_and_its_observation_after_the_deadline(
        self, number: int, version: int, at: int, is_report_halted: bool, is_taken_back: bool, has_waited: bool
    ) -> None:
        self.an_observation_comes(number)
        if has_waited:  # so that it is known when the report comes, and nobody looks twice for its sake
            self.a_bell_rings_for_a_message(0, 0)
        self.a_report_comes(number, version, is_taken_back)
        self.clock.pass_seconds(70)
        self.a_worker_is_halted_while_others_work(int(not is_report_halted), int(is_report_halted), at, 0)

    @rule(pick=st.integers(0, 30), other=st.integers(0, 30), at=HALTS, seconds=st.sampled_from([0, 0, 31]))
    def a_delivery_is_halted_while_others_work(self, pick: int, other: int, at: int, seconds: int) -> None:
        def meanwhile() -> None:
            self.clock.pass_seconds(seconds)
            self.a_message_goes_all_the_way(other, 0, [])
            self.a_bell_rings_for_a_report(pick, 0, [])

        with self.inbox.stopped(at, meanwhile):
            self.a_bell_rings_for_a_report(pick, 0, [])

    def _handle(self, *message_ids: str) -> None:
        """As one bell rings for them: each but the first is claimed along with the conclusion of the one before."""
        claim: Claim | None = None
        for place, message_id in enumerate(message_ids):
            coming = [self.inbox.claiming(each) for each in message_ids[place + 1 : place + 2]]
            claim_next = partial(next, iter(coming), None)
            try:
                result = handle(message_id, self.inbox, self.tables, SITE, TODAY, NOW, claim, claim_next)
                self.reports.update(result.deliver)
            finally:
                status = self.inbox.status_json(message_id) or {"reports": []}
                self.reports.update(each["report_id"] for each in status["reports"])
            claim = coming[0].found if coming else None

    def _deliver(self, *report_ids: str) -> None:
        delivery: Delivery | None = None
        for place, report_id in enumerate(report_ids):
            coming = [self.inbox.claiming_delivery(each) for each in report_ids[place + 1 : place + 2]]
            deliver(report_id, self.inbox, self.ehr, SITE, NOW, delivery, partial(next, iter(coming), None))
            delivery = coming[0].found if coming else None

    @rule(death=DEATHS, other=DEATHS, faults=FAULTS)
    def one_bell_rings_for_several(self, death: int, other: int, faults: list[str]) -> None:
        with self.inbox.stopped(death) if death else nullcontext():
            self._handle(*self.messages[-4:])
        self.server.faults.replace(faults, {})
        with self.inbox.stopped(other) if other else nullcontext():
            self._deliver(*sorted(self.reports)[-4:])

    @rule(seconds=st.sampled_from([1, 31, 70]))
    def time_passes(self, seconds: int) -> None:
        self.clock.pass_seconds(seconds)

    @rule(faults=FAULTS)
    def the_sweep_goes_round(self, faults: list[str]) -> None:
        self.server.faults.replace(faults, {})
        self._handle(*self.inbox.due("decide"))
        self._deliver(*self.inbox.due("deliver"))

    # -- what must hold in the end

    def teardown(self) -> None:
        if not hasattr(self, "inbox"):
            return
        for _ in range(12):
            self.clock.pass_seconds(100)
            self.the_sweep_goes_round([])
        try:
            self._nothing_is_open()
            self._the_newest_stands_once()
            self._nothing_older_came_after()
        finally:
            self.stack.close()

    def _nothing_is_open(self) -> None:
        assert (self.inbox.due("decide"), self.inbox.due("deliver"), self.inbox.parked()) == ([], [], [])
        states = {message_id: self.inbox.message(message_id) for message_id in self.messages}
        ends = {"delivered", "superseded", "withdrawn", "no-output"}
        assert {each.state for each in states.values() if each is not None} <= ends
        assert None not in states.values()

    def _the_newest_stands_once(self) -> None:
        everything = [each for kind in ("CarePlan", "Communication") for each in self.server.held(kind)]
        identifiers = Counter(each["identifier"][0]["value"] for each in everything)
        assert set(identifiers.values()) <= {1}
        standing = [each for each in everything if each["status"] not in ENDED]
        for number in CATEGORIES:
            for kind in ("CarePlan", "Communication"):
                found = [each for each in standing if (each["resourceType"], _number(each)) == (kind, number)]
                self._is_right(number, found)

    def _is_right(self, number: int, found: list[Resource]) -> None:
        """One plan (or letter) of the newest version, with the Observation if that has come; or none."""
        version, status = self.newest.get(number, (0, ""))
        if status == "entered-in-error":
            assert not found
        elif version or number in self.observed:
            assert [_version(each) for each in found] == [version]
            title = found[0].get("title")
            assert number not in self.observed or title is None or f"BI-RADS {CATEGORIES[number]}" in title
        else:
            assert not found

    def _nothing_older_came_after(self) -> None:
        for plan in self.server.held("CarePlan"):
            written = [_version(each.resource) for each in self.server.store.versions(f"CarePlan/{plan['id']}")]
            assert written == sorted(written)

    @property
    def statuses(self) -> dict[tuple[int, int], str]:
        """The status of each version that has come."""
        return self.__dict__.setdefault("_statuses", {})


def _number(resource: Resource) -> int:
    cited = resource.get("supportingInfo") or resource["about"]
    return int(re.findall(r"\d+", str(cited[0]["identifier"]["value"]))[-1])


def _version(plan: Resource) -> int:
    """Of the report that a plan or letter speaks of; 0 if it speaks of an Observation alone."""
    cited = plan.get("supportingInfo") or plan["about"]
    found = next(filter(None, (SAID.search(each.get("display", "")) for each in cited)), None)
    return int(found[1]) if found else 0


@pytest.fixture(scope="module", autouse=True)
def _given(rules: Rules, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("redis")
    with start_redis(folder) as server, redis.Redis.from_url(server.url) as client:
        Installation.tables, Installation.client = rules, client
        yield


def test_whatever_happens_the_newest_version_stands_at_the_ehr_once() -> None:
    sizes = hypothesis_settings(hypothesis_settings.default, max_examples=15, stateful_step_count=20)
    run_state_machine_as_test(Installation, settings=sizes)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("is_report_halted", [True, False], ids=["report", "observation"])
@pytest.mark.parametrize("at", [1, -2, 2])
@pytest.mark.parametrize("is_taken_back", [False, True], ids=["final", "taken back"])
@pytest.mark.parametrize("has_waited", [False, True], ids=["", "has waited"])
def test_two_workers_that_decide_parts_of_one_report_at_once_make_one_plan_of_it_or_none(
    has_waited: bool, is_taken_back: bool, at: int, is_report_halted: bool
) -> None:
    installation = Installation()
    installation.open()
    installation.two_workers_decide_a_report_and_its_observation_after_the_deadline(
        1, 1, at, is_report_halted, is_taken_back, has_waited
    )
    installation.teardown()
