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


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.usefixtures("env")
class TestConfiguration:
    def test_only_json_no_results_late_acknowledgement(self) -> None:
        found = tasks.configuration()
        assert found["accept_content"] == found["result_accept_content"] == ["json"]
        assert found["task_ignore_result"]
        assert found["task_acks_late"]
        assert found["task_reject_on_worker_lost"]
        assert found["worker_prefetch_multiplier"] == 1
        assert found["broker_connection_max_retries"] is None

    def test_a_task_ends_before_its_lease_and_its_bell_comes_back_long_after(self, env: pytest.MonkeyPatch) -> None:
        env.setenv("CALCIFHIR_LEASE_SECONDS", "60")
        found = tasks.configuration()
        assert found["task_soft_time_limit"] < found["task_time_limit"] < 60
        assert found["broker_transport_options"]["visibility_timeout"] >= 3 * found["task_time_limit"]

    def test_the_broker_is_the_inboxs_redis_under_a_prefix_of_its_own_unless_one_is_named(
        self, env: pytest.MonkeyPatch
    ) -> None:
        found = tasks.configuration()
        assert found["broker_url"] == ENV["CALCIFHIR_REDIS_URL"]
        assert found["broker_transport_options"]["global_keyprefix"] == "calcifhir:broker:"
        env.setenv("CALCIFHIR_BROKER_URL", "amqp://guest@rabbit//")
        assert tasks.configuration()["broker_url"] == "amqp://guest@rabbit//"
        assert "global_keyprefix" not in tasks.configuration()["broker_transport_options"]

    def test_sockets_and_tls_are_said_as_kombu_wants_them(self, env: pytest.MonkeyPatch) -> None:
        env.setenv("CALCIFHIR_REDIS_URL", "unix:///run/redis.sock?db=0")
        assert tasks.configuration()["broker_url"] == "redis+socket:///run/redis.sock?db=0"
        env.setenv("CALCIFHIR_REDIS_URL", "rediss://redis:6379/0")
        assert tasks.configuration()["broker_use_ssl"]["ssl_cert_reqs"].name == "CERT_REQUIRED"

    def test_the_sweep_is_rung_by_the_clock(self) -> None:
        assert tasks.configuration()["beat_schedule"]["sweep"]["task"] == tasks.sweep.name


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


@pytest.mark.usefixtures("env")
def test_ringing_at_a_broker_that_is_away_says_so_quickly() -> None:
    with pytest.raises(ServiceError, match="broker"):
        tasks.ring_decide("some-id")
    tasks.ring_decide()
