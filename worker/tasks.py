"""
Celery: which work runs when. No decisions: a task takes an id, calls the room that does the work, and rings the next.

In: bells with ids. Out: bells with ids. Celery is the doorbell, the inbox is the truth: a bell that is lost, doubled or
late changes nothing, because work is claimed by compare-and-set and the sweep rings again for whatever stands still. So
there are no Celery retries, no ETA and no results; what must wait has a due time in the inbox.
"""

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Generic, TypeVar, cast

import psutil
import redis
import structlog
from amqp import AMQPError  # type: ignore[import-untyped]
from billiard import pool  # type: ignore[import-untyped]
from celery import Celery, signals
from celery.app.task import Task
from celery.exceptions import SoftTimeLimitExceeded
from celery.worker import state
from kombu.exceptions import ChannelError, KombuError

from worker import bootstrap
from worker.broker import QUEUES, celery_settings, own_queue
from worker.core.conformance import load_models
from worker.core.resources import WRITTEN_TYPES
from worker.deliver import deliver as deliver_report
from worker.errors import ServiceError
from worker.handle import HandleResult, handle, tell_the_day
from worker.inbox import Along
from worker.inbox.records import Kind
from worker.logs import configure_logs, place_of
from worker.probe import Run
from worker.watchdog import EXIT_CODE, Watchdog

__all__ = ["QUEUES", "app", "bells_waiting", "decide", "deliver", "heartbeat", "ring_decide", "ring_deliver", "sweep"]

# Above so many waiting bells the sweep adds none: they would only be answered "done already".
_ENOUGH_BELLS = 2000
# Ringing costs the broker as much for one id as for several. More would only keep them from other workers.
_MOST_IDS_OF_A_BELL = 8
# No further id of a bell is begun after this share of a lease: the last must still end within the limits of a task.
_SHARE_TO_BEGIN_IN = 0.05
# An ending pool process waits, by tenths of a second, until its results are counted; by default for half a minute. One
# whose task was handed over, but not yet seen to begin at SIGTERM, waits in vain. What a task did is in the inbox.
_WAITS_TO_BE_COUNTED = 20
_BROKER_ERRORS = (KombuError, redis.RedisError, AMQPError, OSError)

_log = structlog.get_logger(__name__)
T = TypeVar("T")


def configuration() -> dict[str, Any]:
    """Celery's settings; read when the app is first used, not when this module is imported."""
    return celery_settings(bootstrap.settings())


app = Celery("calcifhir")
app.add_defaults(configuration)


@signals.setup_logging.connect  # type: ignore[untyped-decorator]
def _setup_logging(**_: Any) -> None:
    """Being connected keeps Celery from setting up its own logs, which carry arguments."""
    configure_logs()


@signals.worker_init.connect  # type: ignore[untyped-decorator]
def _load_tables(**_: Any) -> None:
    """Once, before the pool is forked: its processes share the memory, and no time limit counts the loading."""
    pool.GUARANTEE_MESSAGE_CONSUMPTION_RETRY_LIMIT = _WAITS_TO_BE_COUNTED
    own = bootstrap.parts()
    own.today()
    load_models(WRITTEN_TYPES, own.settings.ehr_fhir_version)
    gc.collect()
    gc.freeze()  # or the first collection in a child would touch, and so copy, every page


@signals.celeryd_after_setup.connect  # type: ignore[untyped-decorator]
def _take_own_queue(sender: str, instance: Any, **_: Any) -> None:
    """Beside the queues of all, one through which this worker rings itself."""
    instance.app.amqp.queues.select_add(own_queue(sender))


@signals.worker_ready.connect  # type: ignore[untyped-decorator]
def _watch(sender: Any, **_: Any) -> None:
    limit = bootstrap.settings().watchdog_seconds
    own = own_queue(sender.hostname)
    ring = partial(_ring, heartbeat, ("",), queue=own, expires=limit)
    watchdog = Watchdog(ring, lambda: int(state.all_total_count[0]), _leave, limit / 4, limit)
    signals.worker_shutting_down.connect(lambda **_: watchdog.stop(), weak=False)
    watchdog.start()
    _log.info("ready", tables=bootstrap.parts().rules.digest)


@signals.task_failure.connect  # type: ignore[untyped-decorator]
def _drop_connections(**_: Any) -> None:
    """After an interruption: whoever asked next would be given the answer that nobody has waited for."""
    bootstrap.parts().redis.connection_pool.disconnect()


def _leave() -> None:
    """End this worker and its processes at once; whoever supervises it starts it again."""
    for child in psutil.Process().children(recursive=True):
        child.kill()
    os._exit(EXIT_CODE)


# -- tasks


@app.task(name="calcifhir.decide")  # type: ignore[untyped-decorator]
def decide(*message_ids: str) -> None:
    """Handle stored messages, one after the other."""
    own = bootstrap.parts()
    turn = _Turn(decide, message_ids, own.inbox.claiming)
    results: list[HandleResult] = []
    for message_id, claim in turn:
        with _outermost("decide", message_id):
            given = (message_id, own.inbox, own.rules, own.settings, own.today(), own.now())
            results.append(handle(*given, claim, turn.claim_next))
    _ring_quietly(deliver, tuple(due for result in results for due in result.deliver))
    _ring_quietly(decide, tuple(due for result in results for due in result.decide))


@app.task(name="calcifhir.deliver")  # type: ignore[untyped-decorator]
def deliver(*report_ids: str) -> None:
    """Bring the newest outcomes of reports to the EHR, one after the other."""
    own = bootstrap.parts()
    turn = _Turn(deliver, report_ids, own.inbox.claiming_delivery)
    for report_id, delivery in turn:
        with _outermost("deliver", report_id):
            deliver_report(report_id, own.inbox, own.ehr, own.settings, own.now(), delivery, turn.claim_next)


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
        own = bootstrap.parts()
        _ring(decide, tuple(tell_the_day(inbox, own.rules, own.today())))
    except ServiceError as error:
        _log.warning("sweep failed", reason=error.reason)


@app.task(name="calcifhir.heartbeat")  # type: ignore[untyped-decorator]
def heartbeat(queue: str) -> None:
    """Note that a bell came through this queue; without a queue, that it was taken is all there is to say."""
    try:
        if queue in QUEUES:
            bootstrap.parts().inbox.pulse.beat(queue)
    except ServiceError as error:
        _log.warning("heartbeat not noted", queue=queue, reason=error.reason)


@app.task(name="calcifhir.probe")  # type: ignore[untyped-decorator]
def probe() -> None:
    """Look what became of the last synthetic report, note it, and send another."""
    own = bootstrap.parts()
    pulse = own.inbox.pulse
    try:
        kept = pulse.probe()
        if "run" in kept:
            run = Run.from_json(kept.pop("run"))
            wrong = own.probe.verdict(run, time.monotonic() + own.settings.ehr_timeout_seconds)
            kept["reason"] = "it is not at its end" if wrong is None else wrong
            if not kept["reason"]:
                kept["through"] = run.sent.isoformat()
        pulse.note_probe(kept)
        pulse.note_probe({**kept, "run": own.probe.send(own.now()).as_json()})
    except ServiceError as error:
        _log.warning("no synthetic report", reason=error.reason)


# -- bells


def ring_decide(*message_ids: str) -> None:
    """Ring for stored messages; raises ``ServiceError`` when the broker is away, which the sweep makes good."""
    _ring(decide, message_ids)


def ring_deliver(*report_ids: str) -> None:
    """Ring for reports that are due at the EHR; raises ``ServiceError`` as above."""
    _ring(deliver, report_ids)


def bells_waiting() -> dict[str, int]:
    """How many bells wait in each queue; raises ``ServiceError`` when the broker is away."""
    return {queue: _bells_waiting(queue) for queue in QUEUES}


def _ring(task: Task, ids: tuple[str, ...], **options: Any) -> None:
    if not ids:
        return
    with _broker_errors(), app.producer_or_acquire() as producer:
        for each in range(0, len(ids), _MOST_IDS_OF_A_BELL):
            some = ids[each : each + _MOST_IDS_OF_A_BELL]
            task.apply_async(some, producer=producer, retry=False, argsrepr="(...)", kwargsrepr="{}", **options)


def _ring_quietly(task: Task, ids: tuple[str, ...]) -> None:
    try:
        _ring(task, ids)
    except ServiceError as error:
        _log.warning("bells not rung", count=len(ids), reason=error.reason)


def _bells_waiting(queue: str) -> int:
    with _broker_errors(), app.connection_or_acquire() as connection:
        connection.connect()  # kombu puts one at which something failed back into its pool closed
        with connection.channel() as channel:
            try:
                # Over Redis kombu looks for the queue without the key prefix; but declaring one changes nothing there.
                is_asked = connection.transport.driver_type == "amqp"
                return int(channel.queue_declare(queue, passive=is_asked).message_count)
            except ChannelError:
                return 0  # nobody has consumed from it or rung yet


@contextmanager
def _broker_errors() -> Iterator[None]:
    try:
        yield
    except _BROKER_ERRORS as error:
        raise ServiceError(f"the broker cannot be reached ({type(error).__name__})") from error


# -- the outermost edge


class _Turn(Generic[T]):
    """
    The ids of one bell, one after the other, each with its claim if that was made along with the end of the one before.

    What is left when much time has gone gets a bell each, for any worker to take.
    """

    def __init__(self, task: Task, ids: tuple[str, ...], claiming: Callable[[str], Along[T]]) -> None:
        self._task, self._ids, self._claiming = task, ids, claiming
        self._end = time.monotonic() + bootstrap.settings().lease_seconds * _SHARE_TO_BEGIN_IN
        self._next, self._coming = "", cast("Along[T] | None", None)

    def __iter__(self) -> Iterator[tuple[str, T | None]]:
        for place, item_id in enumerate(self._ids):
            claim = self._coming.found if self._coming else None
            if place and claim is None and time.monotonic() > self._end:
                for left in self._ids[place:]:
                    _ring_quietly(self._task, (left,))
                return
            self._next, self._coming = "".join(self._ids[place + 1 : place + 2]), None
            yield item_id, claim

    def claim_next(self) -> Along[T] | None:
        """The claim of the next id, once; None if there is none, or no time for it."""
        if not self._next or time.monotonic() > self._end:
            return None
        self._coming, self._next = self._claiming(self._next), ""
        return self._coming


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
        _drop_connections()
    except Exception as error:  # noqa: BLE001  the one place: a fault of ours is parked with its place, never retried
        _log.error("fault", kind=kind, message_id=item_id, error=type(error).__name__, place=place_of(error))
        _park(kind, item_id, f"{type(error).__name__} at {place_of(error)}")


def _park(kind: Kind, item_id: str, reason: str) -> None:
    try:
        bootstrap.parts().inbox.park_open(kind, item_id, reason)
    except ServiceError as error:
        _log.warning("not parked; the lease ends by itself", kind=kind, message_id=item_id, reason=error.reason)
