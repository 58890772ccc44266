"""
Durable acknowledgements per second at the door, against the least that could be called one.

Ours checks the envelope and FHIR, finds repeats, stores, rings, and answers 202 with a receipt. The yardstick is a
Starlette application that writes the body to the same kind of Redis (log on disk before the answer) and answers 202.
"""

from collections.abc import Callable

from benchmarks.figures import Figure
from benchmarks.load import post_all
from benchmarks.processes import folder, free_port, listens, running, wait_until
from benchmarks.reports import report_bytes
from worker.embedded import start_redis

_START_SECONDS = 60.0
_ENGINES = 8
_WARM_UP = 50


def measure(count: int, tick: Callable[[int], None]) -> Figure:
    """Post ``count`` reports to each; ``tick`` is told of each answer."""
    bodies = [report_bytes(number) for number in range(_WARM_UP + count)]
    with folder() as place, start_redis(place / "redis") as server:
        env = {"CALCIFHIR_REDIS_URL": server.url, "CALCIFHIR_EHR_URL": "http://127.0.0.1:9/fhir"}
        ours = _per_second("worker", ["serve"], env, bodies, tick)
    with folder() as place, start_redis(place / "redis") as server:
        env = {"BENCHMARK_REDIS_URL": server.url}
        quiet = ["--log-level=warning", "--no-access-log"]
        bare = _per_second("uvicorn", ["benchmarks.yardsticks:door", *quiet], env, bodies, tick)
    return Figure("durable acknowledgements at the door", "202s/s", ours, bare, "bare Starlette and Redis")


def _per_second(
    module: str, arguments: list[str], env: dict[str, str], bodies: list[bytes], tick: Callable[[int], None]
) -> float:
    port = free_port()
    with running(f"{module} {arguments[0]}", module, *arguments, f"--port={port}", **env):
        wait_until("the door", lambda: listens(port), _START_SECONDS)
        post_all(port, bodies[:_WARM_UP], _ENGINES, lambda: None)
        started, ended = post_all(port, bodies[_WARM_UP:], _ENGINES, lambda: tick(1))
    return (len(bodies) - _WARM_UP) / (ended - started)
