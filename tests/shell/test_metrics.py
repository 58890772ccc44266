"""What a monitor reads: counts, ages, the sweep; and that the inbox being away is itself a number."""

import pytest
import redis

from tests.shell.fakes import Clock, decided, put
from worker.errors import ServiceError
from worker.inbox import Inbox
from worker.metrics import Metrics


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(redis_client: "redis.Redis", prefix: str, clock: Clock) -> Inbox:
    return Inbox(redis_client, prefix, clock=clock)


def test_counts_at_the_door_and_state_of_the_inbox(inbox: Inbox, clock: Clock) -> None:
    metrics = Metrics()
    metrics.count_received(is_new=True)
    metrics.count_received(is_new=False)
    metrics.count_refused(422)
    put(inbox, digest="new")
    decided(inbox, digest="decided")
    clock.pass_seconds(30)
    inbox.due("decide")
    lines = metrics.render(inbox).splitlines()
    assert 'calcifhir_door_messages_total{repeated="no"} 1.0' in lines
    assert 'calcifhir_door_messages_total{repeated="yes"} 1.0' in lines
    assert 'calcifhir_door_refused_total{status="422"} 1.0' in lines
    assert "calcifhir_inbox_up 1.0" in lines
    assert 'calcifhir_messages{state="received"} 1.0' in lines
    assert 'calcifhir_deliverys{state="due"} 1.0' not in lines
    assert 'calcifhir_deliveries{state="due"} 1.0' in lines
    assert 'calcifhir_oldest_seconds{kind="received"} 30.0' in lines
    assert "calcifhir_sweep_age_seconds 0.0" in lines
    assert 'calcifhir_sweep_bells_total{kind="decide"} 1.0' in lines


def test_a_sweep_that_never_ran_shows(inbox: Inbox) -> None:
    assert "calcifhir_sweep_age_seconds -1.0" in Metrics().render(inbox).splitlines()


def test_an_inbox_that_does_not_answer_is_a_number_too() -> None:
    with redis.Redis(host="127.0.0.1", port=1) as nobody:
        lines = Metrics().render(Inbox(nobody)).splitlines()
    assert "calcifhir_inbox_up 0.0" in lines
    assert not any(line.startswith("calcifhir_messages{") for line in lines)


def test_heartbeats_and_how_full_it_is(inbox: Inbox, clock: Clock) -> None:
    put(inbox)
    inbox.pulse.beat("decide")
    clock.pass_seconds(45)
    metrics = Metrics()
    metrics.count_sent_away()
    lines = metrics.render(inbox).splitlines()
    assert 'calcifhir_heartbeat_age_seconds{queue="decide"} 45.0' in lines
    assert "calcifhir_open_messages 1.0" in lines
    assert "calcifhir_door_sent_away_total 1.0" in lines
    assert any(line.startswith("calcifhir_redis_memory_bytes ") for line in lines)


def test_bells_that_wait_and_a_broker_that_does_not_answer(inbox: Inbox) -> None:
    lines = Metrics().render(inbox, lambda: {"decide": 3, "deliver": 0}).splitlines()
    assert {'calcifhir_queue_bells{queue="decide"} 3.0', "calcifhir_broker_up 1.0"} <= set(lines)

    def away() -> dict[str, int]:
        raise ServiceError("the broker cannot be reached")

    lines = Metrics().render(inbox, away).splitlines()
    assert "calcifhir_broker_up 0.0" in lines
    assert "calcifhir_inbox_up 1.0" in lines
