"""
Is this worker alive, or does it only look so? Proved by a bell of its own that must come through the broker.

In: how to ring oneself, how many tasks this worker has taken so far. Out: the end of the process, with an exit code
that makes its supervisor start it again, when it has taken nothing for too long while the broker answered all the time.
A worker that lost its consumer after trouble with the broker would otherwise stand there for ever, in good health.
"""

import threading
import time
from collections.abc import Callable

import structlog

from worker.errors import ServiceError

__all__ = ["EXIT_CODE", "Watchdog"]

EXIT_CODE = 70  # "internal software error" of sysexits.h
_log = structlog.get_logger(__name__)


class Watchdog:
    """
    Looks at its own worker now and then.

    Args:
        ring: Sends this worker a bell; raises ``ServiceError`` when the broker is away.
        taken: How many tasks this worker has begun since it started.
        leave: Ends the process.
        every_seconds: Between two looks.
        limit_seconds: So long nothing may be taken while the broker answers.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        ring: Callable[[], None],
        taken: Callable[[], int],
        leave: Callable[[], None],
        every_seconds: float,
        limit_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ring, self._taken, self._leave, self._clock = ring, taken, leave, clock
        self._every, self._limit = every_seconds, limit_seconds
        self._well, self._known = clock(), taken()
        self._stopped = threading.Event()

    def look(self) -> None:
        """One look: note what was taken since the last, ring again, and leave if that was too long ago."""
        now, taken = self._clock(), self._taken()
        if taken != self._known:
            self._well, self._known = now, taken
        try:
            self._ring()
        except ServiceError:
            self._well = now  # the broker is away: nobody could take anything
        if now - self._well > self._limit:
            _log.critical("takes no work though the broker answers; ends to be started again", seconds=self._limit)
            self._leave()

    def start(self) -> None:
        """Look again and again in a thread of its own."""
        threading.Thread(target=self._work, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Look no more: the worker is about to end by itself."""
        self._stopped.set()

    def _work(self) -> None:
        while not self._stopped.wait(self._every):
            self.look()
