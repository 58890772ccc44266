"""Celery's edge: its settings, and what becomes of whatever goes wrong in a task."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import redis
from celery.exceptions import SoftTimeLimitExceeded

from tests.shell.fakes import Clock, decided, put
from worker import bootstrap, tasks
from worker.errors import InboxUnavailable, ServiceError
from worker.inbox import Inbox

ENV = {"CALCIFHIR_REDIS_URL": "redis://127.0.0.1:1/0", "CALCIFHIR_EHR_URL": "http://127.0.0.1:1/fhir"}


@pytest.fixture(autouse=True)
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


class TestOutermost:
    @pytest.fixture
    def inbox(self, redis_client: "redis.Redis", prefix: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
        inbox = Inbox(redis_client, prefix, clock=Clock())
        parts = SimpleNamespace(
            inbox=inbox, rules=None, settings=None, today=lambda: date(2026, 3, 2), now=lambda: None, ehr=None
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
