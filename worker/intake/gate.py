"""
Back-pressure: when too much stands in the inbox the door sends engines away for a while; they keep what they have.

In: how full the inbox is, asked once a second at most, and never by two requests at once. Out: why the door is shut, or
nothing. It shuts at a high-water mark and opens again well below it, so that it does not flap.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from worker.inbox import Load

__all__ = ["RETRY_AFTER_SECONDS", "Gate", "Marks"]

RETRY_AFTER_SECONDS = 30
_REOPENS_AT = 0.8  # of the mark that shut it
_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Marks:
    """High-water marks; ``memory_bytes`` 0 stands for nine tenths of what Redis itself may use, if it has a bound."""

    open_messages: int
    memory_bytes: int
    unread_seconds: float

    def reason(self, load: Load, share: float) -> str:
        """Which mark is reached at this share of it; empty if none."""
        memory = self.memory_bytes or round(0.9 * load.memory_limit_bytes)
        if load.open_messages >= share * self.open_messages:
            return f"{load.open_messages} messages are not at their end yet"
        if memory and load.memory_bytes >= share * memory:
            return "the inbox is nearly full"
        if load.oldest_unread_seconds >= share * self.unread_seconds:
            return f"a message has been waiting to be read for {load.oldest_unread_seconds:.0f} s"
        return ""


class Gate:
    """
    Open or shut; safe to share between threads.

    Args:
        ask: How full the inbox is; raises ``InboxUnavailable``, which is the caller's to answer.
        clock: Monotonic seconds.
    """

    def __init__(self, ask: Callable[[], Load], marks: Marks, clock: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._marks, self._clock = ask, marks, clock
        self._looking = threading.Lock()
        self._next_look, self._reason = 0.0, ""

    def shut_because(self) -> str:
        """Why nothing is taken now; empty when the door is open. Raises ``InboxUnavailable``."""
        now = self._clock()
        if now >= self._next_look and self._looking.acquire(blocking=False):
            try:
                self._next_look = now + _LOOK_SECONDS
                self._reason = self._marks.reason(self._ask(), _REOPENS_AT if self._reason else 1.0)
            finally:
                self._looking.release()
        return self._reason
