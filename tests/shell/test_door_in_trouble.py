"""The door while its Redis is full, read-only, away, silent or still reading its log: 503, and nothing by halves."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from starlette.testclient import TestClient

from tests.shell.documents import report
from worker.core.rules import Rules
from worker.embedded import EmbeddedRedis
from worker.inbox import Inbox
from worker.intake import create_intake
from worker.metrics import Metrics
from worker.settings import Settings

FHIR = {"Content-Type": "application/fhir+json"}


@dataclass
class Parts:
    settings: Settings
    rules: Rules
    inbox: Inbox
    metrics: Metrics
    rung: list[str] = field(default_factory=list)


@dataclass
class Scene:
    server: EmbeddedRedis
    client: "redis.Redis"
    parts: Parts
    door: TestClient

    def post(self, number: int) -> int:
        """The status; a 503 says when to come again, and keys are then as they were before."""
        answer = self.door.post("/fhir", content=json.dumps(report(number)), headers=FHIR)
        if answer.status_code == 503:
            assert int(answer.headers["Retry-After"]) > 0
            assert answer.json()["issue"][0]["code"] in {"transient", "throttled"}
        return answer.status_code


@pytest.fixture
def scene(tmp_path: Path, rules: Rules) -> Iterator[Scene]:
    server = EmbeddedRedis(tmp_path)
    server.start()
    settings = Settings(redis_url=server.url, ehr_base_url="http://127.0.0.1:9/fhir")
    try:
        with redis.Redis.from_url(server.url, retry=Retry(NoBackoff(), 0), socket_timeout=1) as client:
            parts = Parts(settings, rules, Inbox(client), Metrics())
            with TestClient(create_intake(parts, parts.rung.append), raise_server_exceptions=False) as door:
                yield Scene(server, client, parts, door)
    finally:
        server.kill()


def full(scene: Scene) -> Callable[[], None]:
    scene.client.config_set("maxmemory", "1")
    return lambda: scene.client.config_set("maxmemory", "0")


def read_only(scene: Scene) -> Callable[[], None]:
    scene.client.replicaof("127.0.0.1", "1")
    return lambda: scene.client.replicaof("NO", "ONE")


def without_enough_replicas(scene: Scene) -> Callable[[], None]:
    scene.client.config_set("min-replicas-to-write", "1")
    return lambda: scene.client.config_set("min-replicas-to-write", "0")


def silent(scene: Scene) -> Callable[[], None]:
    scene.client.client_pause(60_000)

    def speak() -> None:
        scene.server.kill()
        scene.server.start()

    return speak


def away(scene: Scene) -> Callable[[], None]:
    scene.server.kill()
    return scene.server.start


TROUBLES = [full, read_only, without_enough_replicas, silent, away]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda f: f.__name__)
def test_a_redis_in_trouble_takes_nothing_and_promises_nothing(
    scene: Scene, trouble: Callable[[Scene], Callable[[], None]]
) -> None:
    assert scene.post(1) == 202
    before = sorted(scene.client.keys("*"))
    mend = trouble(scene)
    assert scene.post(2) == 503
    assert scene.door.get("/readyz").status_code in {200, 503}
    mend()
    assert sorted(scene.client.keys("*")) == before, "nothing of it was stored"
    assert len(scene.parts.rung) == 1
    assert scene.post(1) == 200, "what was acknowledged is still there"
    assert scene.post(2) == 202


@pytest.mark.parametrize("trouble", [read_only, silent, away], ids=lambda f: f.__name__)
def test_a_door_without_its_redis_is_alive_but_not_ready(
    scene: Scene, trouble: Callable[[Scene], Callable[[], None]]
) -> None:
    trouble(scene)
    answer = scene.door.get("/readyz")
    assert (answer.status_code, answer.text.startswith("not ready: ")) == (503, True)
    assert scene.door.get("/healthz").status_code == 200


def test_a_redis_that_still_reads_its_log_is_waited_for(scene: Scene, tmp_path: Path) -> None:
    for number in range(20):
        assert scene.post(number) == 202
    scene.server.kill()
    # Microseconds for each command of the log: two seconds in all, longer than one answer of the door tries again.
    slow = EmbeddedRedis(tmp_path, port=scene.server.port, options=("--key-load-delay", "10000"))
    process = slow._launch(slow.port)
    try:
        answers = []
        while not answers or answers[-1] == 503:
            answers.append(scene.post(100))
        assert answers[0] == 503
        assert answers[-1] == 202
        assert scene.post(3) == 200
    finally:
        process.kill()
        process.wait()
