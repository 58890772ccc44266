"""A house of real processes for each test that asks for one; all of them end with the test."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.house import House
from worker.embedded import start_redis


@pytest.fixture
def house(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """Redis and the sandbox run; workers and beat are for the test to start."""
    options = getattr(request, "param", {})
    with start_redis(tmp_path / "redis") as server:
        house = House(tmp_path, server, _free_port(), _free_port(), dict(options))
        try:
            house.start_ehr()
            yield house
        finally:
            house.stop()


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for the tests of a file that need no processes beside it."""
    with start_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server.url


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
