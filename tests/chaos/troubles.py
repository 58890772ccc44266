"""
What goes wrong meanwhile: workers, the door and Redis die, and whatever has ended is started again.

Each worker dies some seconds after it has begun to take work, Redis and the door by how far the engine has come: so
none is spared on a slow machine, and none is only ever starting.
"""

import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.integration.house import House

# Three in ten calls, reads as well as writes.
EHR_CHANCES: Mapping[str, float] = {
    "reset": 0.04,
    "reset-after": 0.04,
    "timeout-after": 0.02,
    "429": 0.03,
    "500": 0.03,
    "500-after": 0.03,
    "503": 0.04,
    "half-body": 0.02,
    "html-after": 0.01,
    "slow-body": 0.04,
}
EHR_HOLD_SECONDS = 1.5
_REDIS_AT = (0.2, 0.45, 0.7)
_DOOR_AT = (0.3, 0.6)
_SUPERVISOR_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Deaths:
    """Each worker works for so many seconds (from and to) before it is killed; all together die so often at most."""

    seconds: tuple[float, float] = (4.0, 12.0)
    most: int = 1_000_000


class Troubles:
    """
    A thread that makes trouble from ``start`` to ``stop``.

    Args:
        progress: How far the engine has come, from 0 to 1.
        workers: The names of those that die.
    """

    def __init__(
        self,
        house: House,
        progress: Callable[[], float],
        workers: tuple[str, ...],
        seed: int,
        deaths: Deaths,
    ) -> None:
        self._house, self._progress, self._deaths = house, progress, deaths
        self._dies_at: dict[str, float | None] = dict.fromkeys(workers)
        self._chance = random.Random(seed)
        self._due = sorted([(at, "redis") for at in _REDIS_AT] + [(at, "door") for at in _DOOR_AT])
        self.happened: Counter[str] = Counter()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._make, name="troubles")
        self._failed: BaseException | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Let no more go wrong; whatever has ended is started again a last time."""
        self._stopping.set()
        self._thread.join()
        if self._failed is not None:
            raise self._failed

    def _make(self) -> None:
        try:
            while not self._stopping.wait(_SUPERVISOR_SECONDS):
                for worker in self._dies_at:
                    self._visit(worker)
                while self._due and self._due[0][0] <= self._progress():
                    self._disturb(self._due.pop(0)[1])
                self.supervise()
        except BaseException as error:  # noqa: BLE001  told to the thread that waits
            self._failed = error

    def _visit(self, worker: str) -> None:
        now, dies_at = time.monotonic(), self._dies_at[worker]
        if not self._house.is_working(worker):
            self._dies_at[worker] = None
        elif dies_at is None:
            self._dies_at[worker] = now + self._chance.uniform(*self._deaths.seconds)
        elif now > dies_at and self.happened["worker killed"] < self._deaths.most:
            self._kill(worker, "worker killed")
            self._dies_at[worker] = None

    def _disturb(self, whom: str) -> None:
        if whom == "door":
            self._kill("door", "door killed")
            return
        self._house.server.kill()
        self.happened["Redis killed"] += 1
        time.sleep(self._chance.uniform(0.2, 1.5))
        self._house.server.start()

    def _kill(self, name: str, what: str) -> None:
        with contextlib.suppress(ProcessLookupError):  # it has ended by itself, which the supervisor sees next
            self._house.kill(name)
        self.happened[what] += 1

    def supervise(self) -> None:
        """As compose's ``restart: unless-stopped`` does."""
        for name in self._house.restart_what_ended():
            self.happened[f"{name} started again"] += 1
