"""The same installation on other engines, by configuration alone."""

from pathlib import Path

import kombu
import pytest

from tests.integration.engines import Group, rabbitmq, sentinel_group, until
from tests.integration.house import House
from tests.shell.documents import report
from worker.broker import QUEUES

pytestmark = [pytest.mark.integration, pytest.mark.timeout(240)]


def test_rabbitmq_carries_the_bells_in_quorum_queues_and_a_killed_worker_loses_nothing(
    house: House, tmp_path: Path
) -> None:
    with rabbitmq(tmp_path / "rabbit") as url:
        house.options["BROKER_URL"] = url
        house.options["WATCHDOG_SECONDS"] = "8"
        house.start_worker()
        house.start_beat()
        house.start_door()
        messages = [house.send(report(n)).headers["Location"].removeprefix("/messages/") for n in range(8)]
        house.until(lambda: house.inbox.counts()["message"].get("delivered", 0) > 1, 60, "something is delivered")
        house.kill("worker")
        house.restart("worker")
        messages += [house.send(report(n)).headers["Location"].removeprefix("/messages/") for n in range(8, 16)]
        assert house.until_ended(messages, 90) == {"delivered": 16}
        house.until(lambda: set(house.inbox.pulse.heartbeats()) == set(QUEUES), 40, "every queue shows signs of life")
        assert "x-queue-type" in refusal(url, "decide")
        assert 'calcifhir_queue_bells{queue="decide"}' in house.metrics()
        assert house.exit_code("worker") is None
        house.stop()


def refusal(url: str, queue: str) -> str:
    """What RabbitMQ says to whoever takes a quorum queue for a classic one."""
    with kombu.Connection(url) as connection, connection.channel() as channel:
        try:
            channel.queue_declare(queue, durable=True, auto_delete=False)
        except connection.channel_errors as error:
            return str(error)
    return ""


@pytest.fixture
def group(tmp_path: Path) -> object:
    with sentinel_group(tmp_path / "group") as found:
        yield found


def test_a_failover_of_the_sentinels_loses_nothing_that_the_replica_had(house: House, group: Group) -> None:
    """Inbox and broker both follow the master; the door answers 503 between, and engines send again."""
    house.options |= {"REDIS_URL": group.url, "REDIS_REPLICAS": "1"}
    house.start_worker()
    house.start_beat()
    house.start_door()
    messages = [house.send(report(n)).headers["Location"].removeprefix("/messages/") for n in range(6)]
    house.until(lambda: house.inbox.counts()["message"].get("delivered", 0) > 1, 60, "something is delivered")
    killed = group.kill_master()
    until(lambda: group.master_port() != killed, 40, "the replica is the master now")
    house.options["REDIS_REPLICAS"] = "0"  # the only replica has become the master
    house.kill("door")
    house.restart("door")
    messages += [house.send(report(n)).headers["Location"].removeprefix("/messages/") for n in range(6, 10)]

    def settled() -> bool:
        house.restart_what_ended()
        return all(house.state(message) == "delivered" for message in messages)

    house.until(settled, 90, "every message is delivered")
    plans = house.at_ehr("CarePlan")
    assert len(plans) == len({plan["id"] for plan in plans}) == 10
    house.stop()
