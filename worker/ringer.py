"""
Bells in the background: the door answers at once, whatever the broker does.

In: ids. Out: each handed to a function that publishes it, in one thread of this process: the first at once, those that
come shortly after it together. What cannot be published is dropped and counted: the message is in the inbox, and the
sweep rings for it.
"""

import queue
import threading
from collections.abc import Callable

import structlog

from worker.errors import ServiceError

__all__ = ["Ringer"]

_log = structlog.get_logger(__name__)
_STOP_SECONDS = 5.0
_MOST_AT_ONCE = 500
_PAUSE_SECONDS = 0.1


class Ringer:
    """
    Rings in a thread of its own.

    Args:
        ring: Publishes the bells given as arguments; may block; raises ``ServiceError`` when the broker is away.
        capacity: So many bells wait at most; more are dropped.
        pause_seconds: After ringing, what comes is gathered for so long, to be rung together.
    """

    def __init__(
        self, ring: Callable[..., None], capacity: int = 10_000, pause_seconds: float = _PAUSE_SECONDS
    ) -> None:
        self._ring, self._pause = ring, pause_seconds
        self._closing = threading.Event()
        self._waiting: queue.Queue[str | None] = queue.Queue(capacity)
        self._dropped = 0
        self._thread = threading.Thread(target=self._work, name="ringer", daemon=True)
        self._thread.start()

    @property
    def dropped(self) -> int:
        """How many bells were not published so far."""
        return self._dropped

    def ring(self, item_id: str) -> None:
        """Neither blocks nor raises."""
        try:
            self._waiting.put_nowait(item_id)
        except queue.Full:
            self._dropped += 1

    def close(self) -> None:
        """Publish what waits, for a few seconds at most, then end the thread."""
        self._closing.set()
        try:
            self._waiting.put(None, timeout=_STOP_SECONDS)
        except queue.Full:
            return  # the broker is away; the thread ends with the process
        self._thread.join(_STOP_SECONDS)

    def _work(self) -> None:
        while (first := self._waiting.get()) is not None:
            bells, is_last = self._take(first)
            try:
                self._ring(*bells)
            except ServiceError as error:
                self._dropped += len(bells)
                _log.warning("bells not published", count=len(bells), reason=error.reason)
            if is_last:
                return
            self._closing.wait(self._pause)

    def _take(self, first: str) -> tuple[list[str], bool]:
        """What waits now, up to a limit; whether the end was among it."""
        bells = [first]
        while len(bells) < _MOST_AT_ONCE:
            try:
                item = self._waiting.get_nowait()
            except queue.Empty:
                break
            if item is None:
                return bells, True
            bells.append(item)
        return bells, False
