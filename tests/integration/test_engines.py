"""The same installation on other engines, by configuration alone."""

from pathlib import Path

import kombu
import pytest
import requests

from tests.integration.engines import Group, rabbitmq, sentinel_group, sentinel_over_tls, until
from tests.integration.house import House
from tests.shell.documents import as_bytes, report
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
        messages = [sent(house, number) for number in range(8)]
        house.until(lambda: house.inbox.counts()["message"].get("delivered", 0) > 1, 60, "something is delivered")
        house.kill("worker")
        house.restart("worker")
        messages += [sent(house, number) for number in range(8, 16)]
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


def test_failovers_of_the_sentinels_lose_nothing_that_the_replica_had(house: House, group: Group) -> None:
    """A master that hangs and comes back, then one that dies; the door answers 503 between, and engines send again."""
    house.options |= {"REDIS_URL": group.url, "REDIS_REPLICAS": "1"}
    house.start_worker()
    house.start_beat()
    house.start_door()
    messages = [sent(house, number) for number in range(6)]
    house.until(lambda: house.inbox.counts()["message"].get("delivered", 0) > 1, 60, "something is delivered")
    with group.paused_master() as paused:
        until(lambda: group.master_port() != paused, 40, "the replica is the master now")
        messages += [taken for number in range(6, 9) if (taken := answered(house, number))]
    assert len(messages) == 6, "nobody else held what the new master had, and yet it was promised"
    until(lambda: group.replicas() == 1, 40, "the old master follows the new one")
    messages += [sent(house, number) for number in range(6, 9)]
    killed = group.kill_master()
    until(lambda: group.master_port() != killed, 40, "the first is the master again")
    house.options["REDIS_REPLICAS"] = "0"  # the only replica has become the master
    house.kill("door")
    house.restart("door")
    messages.append(sent(house, 9))

    def settled() -> bool:
        house.restart_what_ended()
        return all(house.state(message) == "delivered" for message in messages)

    house.until(settled, 90, "every message is delivered")
    plans = house.at_ehr("CarePlan")
    assert len(plans) == len({plan["id"] for plan in plans}) == 10
    house.stop()


def test_inbox_and_bells_go_through_tls(house: House, tmp_path: Path) -> None:
    with sentinel_over_tls(tmp_path / "tls") as group:
        house.options["REDIS_URL"] = group.url
        house.start_worker()
        house.start_beat()
        house.start_door()
        messages = [sent(house, number) for number in range(4)]
        assert house.until_ended(messages, 90) == {"delivered": 4}
        house.stop()


def sent(house: House, number: int) -> str:
    """Post a report until it is taken; the message's id."""
    return house.send(report(number)).headers["Location"].removeprefix("/messages/")


def answered(house: House, number: int) -> str:
    """Post a report once; the message's id if it was taken."""
    headers = {"Content-Type": "application/fhir+json"}
    try:
        answer = requests.post(f"{house.door}/fhir", data=as_bytes(report(number)), headers=headers, timeout=15)
    except requests.RequestException:
        return ""
    assert answer.status_code in (202, 503)
    return answer.headers.get("Location", "").removeprefix("/messages/")
