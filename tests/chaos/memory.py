"""
How much memory each process takes over a run: the second quarter against the last.

Processes that die are followed by their successors under the same name. Redis keeps every message, so for it memory per
message says whether anything is kept that should not be.
"""

import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil
import redis

_EVERY_SECONDS = 0.5
# A process that has just started has not yet loaded what it works with.
_YOUNG_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Growth:
    """Medians of the second and of the last quarter; the unit stands in the name."""

    name: str
    second: float
    last: float

    @property
    def ratio(self) -> float:
        """1.0 is flat."""
        return self.last / self.second if self.second else 1.0


@dataclass
class MemoryWatch:
    """
    Looks twice a second while it runs.

    Args:
        processes: Names and ids of those that run now; each stands for its children, too.
        client: Asked what Redis uses.
        messages: How many messages there are so far.
    """

    processes: Callable[[], dict[str, int]]
    client: "redis.Redis"
    messages: Callable[[], int]
    _seen: "defaultdict[str, list[tuple[float, float]]]" = field(default_factory=lambda: defaultdict(list))
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _started: float = 0.0

    def start(self) -> None:
        """Begin to look."""
        self._started = time.monotonic()
        self._thread = threading.Thread(target=self._watch, name="memory")
        self._thread.start()

    def stop(self) -> list[Growth]:
        """Look no more; one line for each name that was seen in both quarters."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        whole = time.monotonic() - self._started
        found = []
        for name, seen in sorted(self._seen.items()):
            second = [size for at, size in seen if 0.25 * whole <= at < 0.5 * whole]
            last = [size for at, size in seen if at >= 0.75 * whole]
            if second and last:
                found.append(Growth(name, statistics.median(second), statistics.median(last)))
        return found

    def _watch(self) -> None:
        while not self._stopping.wait(_EVERY_SECONDS):
            at = time.monotonic() - self._started
            for name, pid in self.processes().items():
                for label, size in _sizes(name, pid):
                    self._seen[label].append((at, size))
            try:
                used = int(self.client.info("memory")["used_memory"])
            except redis.RedisError:
                continue
            if messages := self.messages():
                self._seen["Redis, KB a message"].append((at, used / messages / 1e3))


def _sizes(name: str, pid: int) -> list[tuple[str, float]]:
    """Megabytes of a process and of each of its children that is old enough to tell anything."""
    try:
        parent = psutil.Process(pid)
        everyone = [(f"{name}, MB", parent)]
        everyone += [(f"{name}'s children, MB", child) for child in parent.children(recursive=True)]
        old = [(label, each) for label, each in everyone if time.time() - each.create_time() > _YOUNG_SECONDS]
        return [(label, each.memory_info().rss / 1e6) for label, each in old]
    except psutil.Error:
        return []  # it was killed just now
