"""Celery's edge: its settings, and what becomes of whatever goes wrong in a task."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
import redis
from billiard import pool  # type: ignore[import-untyped]
from celery import Celery, signals
from celery.exceptions import SoftTimeLimitExceeded
from kombu.exceptions import OperationalError

from tests.shell.fakes import Clock, decided, put
from worker import bootstrap, tasks
from worker.broker import celery_settings
from worker.deliver import flow
from worker.embedded import EmbeddedRedis
from worker.errors import InboxUnavailable, ServiceError
from worker.handle import HandleResult
from worker.inbox import Along, Inbox

ENV = {"CALCIFHIR_REDIS_URL": "redis://127.0.0.1:1/0", "CALCIFHIR_EHR_URL": "http://127.0.0.1:1/fhir"}


@pytest.fixture(autouse=True)
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_a_pool_process_whose_last_task_was_struck_off_the_books_does_not_hold_up_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Celery's own half minute, on top of the hard limit, would be longer than the grace that a deployment gives."""
    waits: list[float] = []
    monkeypatch.setattr(pool, "GUARANTEE_MESSAGE_CONSUMPTION_RETRY_LIMIT", 300)
    monkeypatch.setattr(pool.time, "sleep", waits.append)
    tasks._load_tables()
    process = SimpleNamespace(on_ready_counter=SimpleNamespace(value=1))
    assert pool.Worker._ensure_messages_consumed(process, completed=1), "what was counted is waited for no longer"
    assert not waits
    assert not pool.Worker._ensure_messages_consumed(process, completed=2)
    assert 1 < sum(waits) < 5


class TestBellsThatWait:
    @pytest.fixture
    def app(self, redis_server: EmbeddedRedis, prefix: str, env: pytest.MonkeyPatch) -> Iterator[Celery]:
        """As ours, over a real Redis."""
        env.setenv("CALCIFHIR_REDIS_URL", redis_server.url)
        env.setenv("CALCIFHIR_KEY_PREFIX", prefix)
        with Celery("of-a-test", set_as_current=False) as app:
            app.add_defaults(tasks.configuration)
            env.setattr(tasks, "app", app)
            yield app

    def ring(self, app: Celery) -> None:
        with app.producer_or_acquire() as producer:
            producer.publish({}, exchange="", routing_key="deliver")

    def test_they_are_counted(self, app: Celery) -> None:
        assert tasks.bells_waiting() == {"decide": 0, "deliver": 0, "sweep": 0}
        self.ring(app)
        self.ring(app)
        assert tasks.bells_waiting() == {"decide": 0, "deliver": 2, "sweep": 0}

    def test_they_are_counted_after_a_bell_that_could_not_be_rung(self, app: Celery) -> None:
        self.ring(app)
        with suppress(OperationalError), app.producer_or_acquire() as producer:
            producer.publish({}, exchange="", routing_key="deliver")
            raise OperationalError
        assert tasks.bells_waiting()["deliver"] == 2
        assert tasks.bells_waiting()["deliver"] == 2


class TestOutermost:
    @pytest.fixture
    def inbox(self, redis_client: "redis.Redis", prefix: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
        inbox = Inbox(redis_client, prefix, clock=Clock())
        parts = SimpleNamespace(
            inbox=inbox,
            redis=redis_client,
            rules=None,
            settings=None,
            today=lambda: date(2026, 3, 2),
            now=lambda: None,
            ehr=None,
        )
        monkeypatch.setattr(bootstrap, "parts", lambda: parts)
        return inbox

    def fail(self, monkeypatch: pytest.MonkeyPatch, error: BaseException, claims: bool = True) -> None:
        def broken(message_id: str, inbox: Inbox, *_: Any) -> None:
            if claims:
                inbox.claim(message_id)
            raise error

        monkeypatch.setattr(tasks, "handle", broken)

    def test_a_fault_of_ours_is_parked_with_its_place_and_without_its_words(
        self, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        message_id = put(inbox).message_id
        self.fail(monkeypatch, KeyError("PLANTED"))
        tasks.decide(message_id)
        (entry,) = inbox.parked()
        assert entry["reason"].startswith("KeyError at test_tasks.py:")
        assert "PLANTED" not in entry["reason"]

    def test_after_an_interruption_no_late_answer_is_given_to_the_next_who_asks(
        self, inbox: Inbox, redis_client: "redis.Redis", monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A limit may strike between a command and its answer: what was connected then is used no more."""
        connected = redis_client.client_id()
        self.fail(monkeypatch, KeyError())
        tasks.decide(put(inbox).message_id)
        assert redis_client.client_id() == connected, "a fault of ours interrupts nothing"
        self.fail(monkeypatch, SoftTimeLimitExceeded())
        tasks.decide(put(inbox, digest="d2").message_id)
        anew = redis_client.client_id()
        assert anew != connected
        signals.task_failure.send(sender=None)  # it struck outside of what we catch
        assert redis_client.client_id() != anew

    @pytest.mark.parametrize("error", [SoftTimeLimitExceeded(), MemoryError(), InboxUnavailable("away")])
    def test_what_may_pass_is_left_to_the_lease(
        self, inbox: Inbox, monkeypatch: pytest.MonkeyPatch, error: BaseException
    ) -> None:
        message_id = put(inbox).message_id
        self.fail(monkeypatch, error)
        tasks.decide(message_id)
        assert inbox.parked() == []
        message = inbox.message(message_id)
        assert message is not None
        assert message.state == "received"

    def test_a_delivery_that_fails_by_our_fault_is_parked_too(
        self, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        decided(inbox)

        def broken(report_id: str, inbox: Inbox, *_: Any) -> None:
            inbox.claim_delivery(report_id)
            raise RuntimeError("PLANTED")

        monkeypatch.setattr(tasks, "deliver_report", broken)
        tasks.deliver("rep-1")
        assert [(e["id"], e["kind"]) for e in inbox.parked()] == [("rep-1", "report")]


class TestSeveralIdsInOneBell:
    @pytest.fixture
    def rung(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[str, ...]]]:
        """Every bell in order, with the name of its task."""
        bells: list[tuple[str, tuple[str, ...]]] = []
        for task in (tasks.decide, tasks.deliver):
            ring = partial(lambda name, ids, **_: bells.append((name, ids)), task.name)
            monkeypatch.setattr(task, "apply_async", ring)
        monkeypatch.setattr(tasks.app, "producer_or_acquire", nullcontext)
        return bells

    @pytest.fixture
    def seconds(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        """The clock that the tasks read."""
        now = [0.0]
        monkeypatch.setattr(tasks, "time", SimpleNamespace(monotonic=lambda: now[0]))
        return now

    def handled(
        self, monkeypatch: pytest.MonkeyPatch, handle: Callable[[str], HandleResult], claims: Sequence[object] = ()
    ) -> None:
        """``claims`` are those that were made along, by their order; every handling asks for the next one twice."""
        inbox = SimpleNamespace(claiming=lambda message_id: Along("claim", (message_id,), lambda found: found))
        parts = SimpleNamespace(inbox=inbox, rules=None, settings=None, today=lambda: None, now=lambda: None)
        monkeypatch.setattr(bootstrap, "parts", lambda: parts)
        answers = iter(claims)

        def handled(message_id: str, *given: Any) -> HandleResult:
            result, claim_next = handle(message_id), given[-1]
            if claims and (along := claim_next()):
                along.found = next(answers)
            assert not claims or claim_next() is None
            return result

        monkeypatch.setattr(tasks, "handle", handled)

    def test_all_are_rung_in_order_a_few_in_each(self, rung: list[tuple[str, tuple[str, ...]]]) -> None:
        ids = tuple(str(number) for number in range(20))
        tasks.ring_decide(*ids)
        assert tuple(each for _, some in rung for each in some) == ids
        assert 1 < len(rung) < 10

    def test_each_is_handled_and_what_comes_of_them_is_rung_together(
        self, rung: list[tuple[str, tuple[str, ...]]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.handled(monkeypatch, lambda i: HandleResult(deliver=(f"report of {i}",), decide=("again",) * (i == "b")))
        tasks.decide("a", "b", "c")
        expected = ("report of a", "report of b", "report of c")
        assert rung == [("calcifhir.deliver", expected), ("calcifhir.decide", ("again",))]

    def test_one_that_fails_keeps_no_other_from_being_handled(
        self, rung: list[tuple[str, tuple[str, ...]]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def handle(message_id: str) -> HandleResult:
            if message_id == "b":
                raise InboxUnavailable("away")
            return HandleResult(deliver=(message_id,))

        self.handled(monkeypatch, handle)
        tasks.decide("a", "b", "c")
        assert rung == [("calcifhir.deliver", ("a", "c"))]

    def test_after_one_that_takes_long_the_others_are_left_to_any_worker(
        self, rung: list[tuple[str, tuple[str, ...]]], seconds: list[float], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def handle(message_id: str) -> HandleResult:
            seconds[0] += {"a": 1.0, "b": 10.0}[message_id]
            return HandleResult()

        self.handled(monkeypatch, handle)
        tasks.decide("a", "b", "c", "d")
        assert rung == [("calcifhir.decide", ("c",)), ("calcifhir.decide", ("d",))]

    def test_each_has_the_claim_that_was_made_along_with_the_one_before(
        self, rung: list[tuple[str, tuple[str, ...]]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        had: list[tuple[str, object]] = []
        self.handled(monkeypatch, lambda _: HandleResult(), ["for b", None])
        inner = tasks.handle

        def handle(message_id: str, *given: Any) -> HandleResult:
            had.append((message_id, given[-2]))
            return inner(message_id, *given)

        monkeypatch.setattr(tasks, "handle", handle)
        tasks.decide("a", "b", "c")
        assert had == [("a", None), ("b", "for b"), ("c", None)]
        assert rung == []

    def test_what_was_claimed_is_begun_and_nothing_is_claimed_when_much_time_has_gone(
        self, rung: list[tuple[str, tuple[str, ...]]], seconds: list[float], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def handle(message_id: str) -> HandleResult:
            begun.append(message_id)
            seconds[0] += {"a": 1.0, "b": 10.0}[message_id]
            return HandleResult()

        begun: list[str] = []
        self.handled(monkeypatch, handle, ["for b"])
        tasks.decide("a", "b", "c")
        assert begun == ["a", "b"]
        assert rung == [("calcifhir.decide", ("c",))]

    def test_the_last_that_is_begun_ends_within_the_limit_of_the_task(self) -> None:
        found = celery_settings(bootstrap.settings())
        lease = bootstrap.settings().lease_seconds
        longest = lease * (tasks._SHARE_TO_BEGIN_IN + flow._SHARE_OF_LEASE)
        assert longest < found["task_soft_time_limit"] < found["task_time_limit"]


def test_ringing_at_a_broker_that_is_away_says_so_quickly() -> None:
    with pytest.raises(ServiceError, match="broker"):
        tasks.ring_decide("some-id")
    tasks.ring_decide()


class TestHeartbeat:
    @pytest.fixture
    def inbox(self, redis_client: "redis.Redis", prefix: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
        inbox = Inbox(redis_client, prefix, clock=Clock())
        monkeypatch.setattr(bootstrap, "parts", lambda: SimpleNamespace(inbox=inbox))
        return inbox

    def test_a_bell_that_came_through_a_queue_is_noted(self, inbox: Inbox) -> None:
        tasks.heartbeat("deliver")
        assert inbox.pulse.heartbeats() == {"deliver": 0.0}

    def test_a_workers_own_bell_and_strange_names_are_not(self, inbox: Inbox) -> None:
        tasks.heartbeat("")
        tasks.heartbeat("no-queue-of-ours")
        assert inbox.pulse.heartbeats() == {}

    def test_an_inbox_that_is_away_fails_no_task(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with redis.Redis(host="127.0.0.1", port=1) as nobody:
            monkeypatch.setattr(bootstrap, "parts", lambda: SimpleNamespace(inbox=Inbox(nobody, clock=Clock())))
            tasks.heartbeat("decide")
