"""When not to ask the EHR at all: after failures in a row, or because it told us to wait."""

import time
from collections.abc import Callable

__all__ = ["Breaker"]

_LONGEST_REST_SECONDS = 300.0


class Breaker:
    """
    A circuit breaker: closed, open, or letting one call through to see.

    State is of this process. Should it be shared by all workers (in Redis, by EHR), this class is the only thing to
    change: nothing else looks inside.

    Args:
        threshold: Failures in a row that open it.
        first_seconds: How long it stays open the first time; doubled each time the probe fails.
        longest_seconds: The longest it stays open, whatever the EHR asks for.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        threshold: int = 5,
        first_seconds: float = 1.0,
        longest_seconds: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._threshold, self._first, self._longest, self._clock = threshold, first_seconds, longest_seconds, clock
        self._failures = 0
        self._open_until = 0.0
        self._failing_since = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the next call would be refused."""
        return self._clock() < self._open_until

    def rest_seconds(self) -> float:
        """
        How long to leave the EHR alone from now on; 0 if it may be asked. Looking changes nothing.

        While it is open: to its end, or a quarter of the time that the outage has lasted, so that hours of it cost
        little and its end is no stampede.
        """
        now = self._clock()
        if now >= self._open_until:
            return 0.0
        return max(self._open_until - now, min(0.25 * (now - self._failing_since), _LONGEST_REST_SECONDS))

    def seconds_to_wait(self) -> float:
        """
        0 if a call may be made now, else how long it stays open.

        Once the time is over one call goes through as a probe; meanwhile the others still wait.
        """
        now = self._clock()
        if now < self._open_until:
            return self._open_until - now
        if self._failures >= self._threshold:
            self._open_until = now + self._pause()  # until the probe has answered
        return 0.0

    def succeeded(self) -> None:
        """A call was answered, be it by a refusal."""
        self._failures, self._open_until = 0, 0.0

    def failed(self, retry_after_seconds: float | None = None) -> None:
        """A call had no answer, or one that asks us to wait."""
        if not self._failures:
            self._failing_since = self._clock()
        self._failures += 1
        pause = self._pause() if self._failures >= self._threshold else 0.0
        if retry_after_seconds is not None:
            pause = max(pause, min(retry_after_seconds, self._longest))
        if pause:
            self._open_until = max(self._open_until, self._clock() + pause)

    def _pause(self) -> float:
        return float(min(self._first * 2.0 ** min(self._failures - self._threshold, 16), self._longest))
