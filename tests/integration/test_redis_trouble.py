"""Workers while their Redis is full, silent, read-only or cut off: work goes on with no hand but a supervisor's."""

import socket
import time
from collections.abc import Callable, Sequence

import pytest
import redis

from tests.integration.house import House
from tests.shell.documents import report

pytestmark = [pytest.mark.integration, pytest.mark.timeout(240)]
_TROUBLE_SECONDS = 2.0


def full(client: "redis.Redis") -> Callable[[], object]:
    client.config_set("maxmemory", "1")
    return lambda: client.config_set("maxmemory", "0")


def silent(client: "redis.Redis") -> Callable[[], object]:
    client.client_pause(round(_TROUBLE_SECONDS * 1000))
    return lambda: None


def read_only(client: "redis.Redis") -> Callable[[], object]:
    client.replicaof("127.0.0.1", str(_closed_port()))
    return lambda: client.replicaof("NO", "ONE")


def cut_off(client: "redis.Redis") -> Callable[[], object]:
    client.client_kill_filter(_type="normal", skipme=True)
    return lambda: client.client_kill_filter(_type="pubsub", skipme=True)


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_after_each_trouble_of_redis_work_goes_on_and_nothing_is_lost(house: House) -> None:
    house.start_worker()
    house.start_beat()
    house.start_door()
    taken: list[str] = []
    for number, trouble in enumerate((full, silent, read_only, cut_off)):
        taken += [_send(house, 10 * number + n) for n in range(3)]
        mend = trouble(house.client)
        time.sleep(_TROUBLE_SECONDS)
        mend()
        taken += [_send(house, 10 * number + n) for n in range(3, 5)]
        house.until(
            lambda taken=tuple(taken): _all_delivered(house, taken), 120, f"work goes on after {trouble.__name__}"
        )
    plans = house.at_ehr("CarePlan")
    assert len(plans) == len({plan["id"] for plan in plans}) == len(taken) == 20


def _send(house: House, number: int) -> str:
    return house.send(report(number)).headers["Location"].removeprefix("/messages/")


def _all_delivered(house: House, messages: Sequence[str]) -> bool:
    house.restart_what_ended()
    return all(house.state(message) == "delivered" for message in messages)
