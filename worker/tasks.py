"""
Celery: which work runs when. No decisions: a task takes an id, calls the room that does the work, and rings the next.

In: bells with ids. Out: bells with ids. Celery is the doorbell, the inbox is the truth: a bell that is lost, doubled or
late changes nothing, because work is claimed by compare-and-set and the sweep rings again for whatever stands still. So
there are no Celery retries, no ETA and no results; what must wait has a due time in the inbox.
"""

import gc
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import redis
import structlog
from amqp import AMQPError  # type: ignore[import-untyped]
from celery import Celery, signals
from celery.app.task import Task
from celery.exceptions import SoftTimeLimitExceeded
from kombu.exceptions import ChannelError, KombuError

from worker import bootstrap
from worker.deliver import deliver as deliver_report
from worker.errors import ServiceError
from worker.handle import handle
from worker.inbox.records import Kind
from worker.logs import configure_logs, place_of
from worker.settings import Settings

__all__ = ["QUEUES", "app", "decide", "deliver", "ring_decide", "ring_deliver", "sweep"]

# One queue per kind of work, so that a slow EHR does not hold up reading; a worker may serve one or all.
QUEUES = ("decide", "deliver", "sweep")
# Above so many waiting bells the sweep adds none: they would only be answered "done already".
_ENOUGH_BELLS = 2000
# Shares of the lease: the soft limit leaves time to note what happened, the hard one ends before another may claim.
_SOFT_SHARE, _HARD_SHARE = 0.6, 0.8
_LEAST_VISIBILITY_SECONDS = 120.0
_MOST_MEMORY_KILOBYTES = 400_000
_BROKER_ERRORS = (KombuError, redis.RedisError, AMQPError, OSError)

_log = structlog.get_logger(__name__)


def configuration() -> dict[str, Any]:
    """Celery's settings, each with its reason; read when the app is first used, not when this module is imported."""
    site = bootstrap.settings()
    hard_seconds = site.lease_seconds * _HARD_SHARE
    return {
        **_broker(site),
        # pickle would be remote code for whoever can write to the broker.
        "task_serializer": "json",
        "accept_content": ["json"],
        "result_accept_content": ["json"],
        # The state of work is in the inbox; results would be a second truth and keep data nobody purges.
        "task_ignore_result": True,
        "task_store_errors_even_if_ignored": False,
        # The bell is acknowledged after the work: a killed worker's bell comes back without waiting for the sweep.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        # A task that failed or ran out of time has noted so in the inbox; its bell must not ring again by itself.
        "task_acks_on_failure": True,
        "task_acks_on_timeout": True,
        # More than one reserved bell per process gains nothing measurable here, loses more at a kill, starves others.
        "worker_prefetch_multiplier": 1,
        "task_soft_time_limit": site.lease_seconds * _SOFT_SHARE,
        "task_time_limit": hard_seconds,
        # A bound on leaks, high enough that loading the tables anew is rare.
        "worker_max_tasks_per_child": 5000,
        "worker_max_memory_per_child": _MOST_MEMORY_KILOBYTES,
        # After a lost connection the running task cannot be acknowledged and its bell comes again; the claim keeps
        # both from doing the same, so the work in hand may go on.
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        # SIGTERM: the grace that compose and Kubernetes give is longer than this; then what runs is handed back.
        "worker_soft_shutdown_timeout": hard_seconds,
        "task_routes": {f"calcifhir.{queue}": {"queue": queue} for queue in QUEUES},
        "task_default_queue": QUEUES[0],
        # Publishing must not hold up whoever rings: the sweep rings again.
        "task_publish_retry": False,
        "broker_pool_acquire_timeout": 2.0,
        "broker_connection_timeout": 2.0,
        # Workers wait for a broker that is away for as long as it takes, from the first second on.
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        # LOADING and READONLY are answers of a Redis that is starting or failing over: ask again.
        "broker_channel_error_retry": True,
        # Arguments are ids, and even those need not stand in events and logs.
        "worker_send_task_events": False,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "enable_utc": True,
        "beat_schedule": {"sweep": _sweep_schedule(site)},
    }


def _sweep_schedule(site: Settings) -> dict[str, Any]:
    # A sweep that waited longer than the next one is of no use.
    options = {"queue": "sweep", "expires": max(10.0, 5 * site.sweep_seconds)}
    return {"task": "calcifhir.sweep", "schedule": site.sweep_seconds, "options": options}


def _broker(site: Settings) -> dict[str, Any]:
    url = site.broker_url or site.redis_url
    options: dict[str, Any] = {}
    found: dict[str, Any] = {"broker_url": url, "broker_transport_options": options}
    if url.startswith("unix:"):
        found["broker_url"] = "redis+socket:" + url.removeprefix("unix:")
    if url.startswith("rediss:"):
        found["broker_use_ssl"] = {"ssl_cert_reqs": ssl.CERT_REQUIRED}
    if not url.startswith(("amqp:", "amqps:")):
        options |= {
            "global_keyprefix": f"{site.key_prefix}broker:",
            # An unacknowledged bell comes back after this; prefetched waiting time counts, so well over a time limit.
            "visibility_timeout": max(_LEAST_VISIBILITY_SECONDS, 3 * site.lease_seconds),
            # Look for such bells every 10 s and not only each tenth time.
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            # A hung or vanished Redis must not hold a publisher or a consumer for ever.
            "socket_timeout": 10.0,
            "socket_connect_timeout": 2.0,
            "socket_keepalive": True,
            "health_check_interval": 10,
        }
    return found


app = Celery("calcifhir")
app.add_defaults(configuration)


@signals.setup_logging.connect  # type: ignore[untyped-decorator]
def _setup_logging(**_: Any) -> None:
    """Being connected keeps Celery from setting up its own logs, which carry arguments."""
    configure_logs()


@signals.worker_init.connect  # type: ignore[untyped-decorator]
def _load_tables(**_: Any) -> None:
    """Once, before the pool is forked: its processes share the memory, and no time limit counts the loading."""
    bootstrap.parts().today()
    gc.collect()
    gc.freeze()  # or the first collection in a child would touch, and so copy, every page


# -- tasks


@app.task(name="calcifhir.decide")  # type: ignore[untyped-decorator]
def decide(message_id: str) -> None:
    """Handle one stored message."""
    with _outermost("decide", message_id):
        own = bootstrap.parts()
        result = handle(message_id, own.inbox, own.rules, own.settings, own.today(), own.now())
        _ring_quietly(deliver, result.deliver)
        _ring_quietly(decide, result.decide)


@app.task(name="calcifhir.deliver")  # type: ignore[untyped-decorator]
def deliver(report_id: str) -> None:
    """Bring one report's newest outcome to the EHR."""
    with _outermost("deliver", report_id):
        own = bootstrap.parts()
        deliver_report(report_id, own.inbox, own.ehr, own.settings, own.now())


@app.task(name="calcifhir.sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Ring for whatever has not moved in time, and let go of what has been at its end for long; two may run at once."""
    kinds: dict[Kind, Task] = {"decide": decide, "deliver": deliver}
    try:
        inbox = bootstrap.parts().inbox
        for kind, task in kinds.items():
            if _bells_waiting(kind) < _ENOUGH_BELLS:
                _ring(task, tuple(inbox.due(kind)))
        inbox.purge()
    except ServiceError as error:
        _log.warning("sweep failed", reason=error.reason)


# -- bells


def ring_decide(*message_ids: str) -> None:
    """Ring for stored messages; raises ``ServiceError`` when the broker is away, which the sweep makes good."""
    _ring(decide, message_ids)


def ring_deliver(*report_ids: str) -> None:
    """Ring for reports that are due at the EHR; raises ``ServiceError`` as above."""
    _ring(deliver, report_ids)


def _ring(task: Task, ids: tuple[str, ...]) -> None:
    if not ids:
        return
    with _broker_errors(), app.producer_or_acquire() as producer:
        for item_id in ids:
            task.apply_async((item_id,), producer=producer, retry=False, argsrepr="(...)", kwargsrepr="{}")


def _ring_quietly(task: Task, ids: tuple[str, ...]) -> None:
    try:
        _ring(task, ids)
    except ServiceError as error:
        _log.warning("bells not rung", count=len(ids), reason=error.reason)


def _bells_waiting(queue: str) -> int:
    with _broker_errors(), app.connection_or_acquire() as connection, connection.channel() as channel:
        try:
            return int(channel.queue_declare(queue, passive=True).message_count)
        except ChannelError:
            return 0  # nobody has consumed from it or rung yet


@contextmanager
def _broker_errors() -> Iterator[None]:
    try:
        yield
    except _BROKER_ERRORS as error:
        raise ServiceError(f"the broker cannot be reached ({type(error).__name__})") from error


# -- the outermost edge


@contextmanager
def _outermost(kind: Kind, item_id: str) -> Iterator[None]:
    """
    Whatever goes wrong here is noted in the inbox or left to the lease; the bell itself is done with.

    A time limit and want of memory may be the message's fault or not: the claim lapses, is counted, and the work is
    parked when that has happened too often.
    """
    started = time.monotonic()
    try:
        yield
        _log.info("done", kind=kind, message_id=item_id, milliseconds=round((time.monotonic() - started) * 1000, 1))
    except ServiceError as error:
        _log.warning("later", kind=kind, message_id=item_id, reason=error.reason)
    except (SoftTimeLimitExceeded, MemoryError) as error:
        _log.error("given up", kind=kind, message_id=item_id, error=type(error).__name__, place=place_of(error))
    except Exception as error:  # noqa: BLE001  the one place: a fault of ours is parked with its place, never retried
        _log.error("fault", kind=kind, message_id=item_id, error=type(error).__name__, place=place_of(error))
        _park(kind, item_id, f"{type(error).__name__} at {place_of(error)}")


def _park(kind: Kind, item_id: str, reason: str) -> None:
    try:
        bootstrap.parts().inbox.park_open(kind, item_id, reason)
    except ServiceError as error:
        _log.warning("not parked; the lease ends by itself", kind=kind, message_id=item_id, reason=error.reason)
