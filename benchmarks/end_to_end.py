"""
Reports per second the whole way, and how much memory that takes, against pairs of empty Celery tasks.

Real processes on one machine: the door, one worker with two child processes, the clock, the sandbox in the place of the
EHR, and a Redis that writes to disk before it answers. The yardstick uses such a Redis, two processes and the same
safety settings; its first task only rings the second.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import redis
import requests

from benchmarks import yardsticks
from benchmarks.figures import Figure
from benchmarks.load import post_all
from benchmarks.processes import BenchmarkError, children_mb, folder, free_port, listens, running, wait_until
from benchmarks.reports import patients_bundle, report_bytes
from worker.embedded import start_redis
from worker.inbox import Inbox

WORKERS = "2"
WARM_UP = 20
_START_SECONDS = 60.0
_SETTLE_SECONDS = 240.0
_ENGINES = 8
_PREFIX = "calcifhir:"

Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of so many pieces of work."""

    per_second: float
    largest_child_mb: float
    redis_commands_each: float = 0.0
    redis_bytes_each: float = 0.0


def measure(count: int, tick: Tick) -> tuple[Figure, Figure, Run]:
    """
    Measure both.

    Args:
        count: Reports, and pairs of empty tasks.
        tick: Told after each step how many pieces of work are done since it was last told; ``2 * count`` in the end.

    Returns:
        Rate, memory, and our run with what else was seen.
    """
    # Half of the yardstick before and half after, so that a machine that grows slower or faster does so for both.
    before = _alone(_bare, count // 2, tick)
    ours = _alone(_ours, count, tick)
    after = _alone(_bare, count - count // 2, tick)
    bare = Run(
        count / (count // 2 / before.per_second + (count - count // 2) / after.per_second), after.largest_child_mb
    )
    rate = Figure(
        "reports end to end", "reports/s", ours.per_second, bare.per_second, "pairs of empty Celery tasks/s", goal=0.3
    )
    memory = Figure(
        "memory of a worker process after the work",
        "MB",
        ours.largest_child_mb,
        bare.largest_child_mb,
        "bare Celery worker",
        less_is_better=True,
    )
    return rate, memory, ours


def _alone(run: Callable[[str, int, Tick], Run], count: int, tick: Tick) -> Run:
    with folder() as place, start_redis(place / "redis") as server:
        return run(server.url, count, tick)


def _ours(redis_url: str, count: int, tick: Tick) -> Run:
    door, ehr = free_port(), free_port()
    env = {
        "CALCIFHIR_REDIS_URL": redis_url,
        "CALCIFHIR_EHR_URL": f"http://127.0.0.1:{ehr}/fhir",
        "CALCIFHIR_KEY_PREFIX": _PREFIX,
    }
    with ExitStack() as stack:
        stack.enter_context(running("sandbox", "worker", "sandbox", f"--port={ehr}"))
        worker = stack.enter_context(running("worker", "worker", "work", f"--concurrency={WORKERS}", **env))
        schedule = stack.enter_context(folder()) / "beat"
        stack.enter_context(running("beat", "worker", "beat", f"--schedule={schedule}", **env))
        stack.enter_context(running("door", "worker", "serve", f"--port={door}", **env))
        for port in (door, ehr):
            wait_until(f"port {port}", lambda port=port: listens(port), _START_SECONDS)  # type: ignore[misc]
        everyone = range(WARM_UP + count)
        requests.post(env["CALCIFHIR_EHR_URL"], json=patients_bundle(everyone), timeout=30).raise_for_status()
        client = stack.enter_context(redis.Redis.from_url(redis_url))
        inbox = Inbox(client, _PREFIX)
        _post_and_settle(inbox, door, range(WARM_UP), WARM_UP, lambda _: None)
        before = _seen(client)
        seconds = _post_and_settle(inbox, door, range(WARM_UP, WARM_UP + count), WARM_UP + count, tick)
        commands, size = (after - then for after, then in zip(_seen(client), before, strict=True))
        return Run(count / seconds, children_mb(worker)[0], commands / count, size / count)


def _post_and_settle(inbox: Inbox, door: int, numbers: range, until: int, tick: Tick) -> float:
    bodies = [report_bytes(number) for number in numbers]
    told = 0

    def settled() -> bool:
        nonlocal told
        counts = inbox.counts()
        if counts["delivery"].get("parked") or counts["message"].get("parked"):
            raise BenchmarkError("a synthetic report was parked")
        done = counts["delivery"].get("delivered", 0) - (until - len(numbers))
        tick(done - told)
        told = done
        return done >= len(numbers)

    started, _ = post_all(door, bodies, _ENGINES, lambda: None)
    return wait_until("every report at the EHR", settled, _SETTLE_SECONDS, every=0.05) - started


def _seen(client: "redis.Redis") -> tuple[int, int]:
    """Commands run and bytes used so far."""
    return int(client.info("stats")["total_commands_processed"]), int(client.info("memory")["used_memory_dataset"])


def _bare(redis_url: str, count: int, tick: Tick) -> Run:
    arguments = ["--app=benchmarks.yardsticks", "worker", "--queues=first,second", f"--concurrency={WORKERS}"]
    quiet = ["--loglevel=warning", "--without-gossip", "--without-mingle"]
    with (
        running("bare worker", "celery", *arguments, *quiet, BENCHMARK_REDIS_URL=redis_url) as worker,
        redis.Redis.from_url(redis_url) as client,
        yardsticks.celery.connection(redis_url) as connection,
    ):
        _ring_and_settle(connection, client, WARM_UP, lambda _: None)
        seconds = _ring_and_settle(connection, client, count, tick)
        return Run(count / seconds, children_mb(worker)[0])


def _ring_and_settle(connection: Any, client: "redis.Redis", count: int, tick: Tick) -> float:
    told = 0

    def settled() -> bool:
        nonlocal told
        with client.pipeline(transaction=False) as pipe:
            pipe.llen("yardstick:first")
            pipe.llen("yardstick:second")
            pipe.hlen("yardstick:unacked")
            waiting = pipe.execute()
        done = max(told, count - sum(waiting))
        tick(done - told)
        told = done
        return not any(waiting)

    started = time.perf_counter()
    with connection.Producer() as producer:
        for number in range(count):
            yardsticks.first.apply_async((str(number),), producer=producer)
    return wait_until("every empty task", settled, _SETTLE_SECONDS) - started
