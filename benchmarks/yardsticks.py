"""
What everything is measured against: the least that Celery, Starlette and Redis do for the same kind of work.

Run as processes of their own: ``celery --app benchmarks.yardsticks worker``, ``uvicorn benchmarks.yardsticks:door``.
"""

import os
import uuid

import redis
from anyio import to_thread
from celery import Celery
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_URL = os.environ.get("BENCHMARK_REDIS_URL", "redis://127.0.0.1:6379/0")

celery = Celery("yardsticks", broker=_URL)
celery.conf.update(
    # As safe as ours, as far as Celery goes: what is compared is the work, not the settings.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"global_keyprefix": "yardstick:"},
    task_routes={"yardstick.first": {"queue": "first"}, "yardstick.second": {"queue": "second"}},
)


@celery.task(name="yardstick.first")  # type: ignore[untyped-decorator]
def first(number: str) -> None:
    """Do nothing, then ring the other task: as ``decide`` rings ``deliver``."""
    second.delay(number)


@celery.task(name="yardstick.second")  # type: ignore[untyped-decorator]
def second(number: str) -> None:
    """Do nothing."""


_client = redis.Redis.from_url(_URL)


async def _write(request: Request) -> Response:
    body = await request.body()
    key = f"yardstick:message:{uuid.uuid4()}"
    await to_thread.run_sync(_client.set, key, body)
    return Response(status_code=202, headers={"Location": f"/messages/{key}"})


door = Starlette(routes=[Route("/fhir", _write, methods=["POST"])])
