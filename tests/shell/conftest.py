"""A real redis-server for the tests of the shell, one per test process, and a fresh key prefix for every test."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import redis

from tests.shell.fakes import Clock
from tests.shell.life import Life
from worker.cli import letter, read, tables
from worker.core.rules import Rules
from worker.embedded import EmbeddedRedis, start_redis
from worker.inbox import Inbox
from worker.tables import load_rules

_numbers = itertools.count()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    """A durable server of our own."""
    with start_redis(Path(tmp_path_factory.mktemp("redis"))) as server:
        yield server


@pytest.fixture
def redis_client(redis_server: EmbeddedRedis) -> Iterator["redis.Redis"]:
    """A client of it that is closed afterwards."""
    with redis.Redis.from_url(redis_server.url) as client:
        yield client


@pytest.fixture
def prefix() -> str:
    """Keys of one test do not meet those of another."""
    return f"test{next(_numbers)}:"


@pytest.fixture
def tables_read_once(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """For commands called in this process: the shipped tables as every test has them."""

    def load(folders: Sequence[Path] = ()) -> Rules:
        return load_rules(folders) if folders else rules

    for command in (letter, read, tables):
        monkeypatch.setattr(command, "load_rules", load)


@pytest.fixture
def life(redis_client: "redis.Redis", prefix: str, rules: Rules) -> Life:
    """An installation of its own."""
    clock = Clock()
    return Life(Inbox(redis_client, prefix, clock=clock), rules, clock)
