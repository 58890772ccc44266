"""What is remembered for a short time."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

__all__ = ["Memory"]


class Memory:
    """Strings by key, the newest ``most`` of them, each for ``seconds``; of this process, for one thread."""

    def __init__(self, seconds: float = 60.0, most: int = 2048, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._most, self._clock = seconds, most, clock
        self._held: OrderedDict[Hashable, tuple[str, float]] = OrderedDict()

    def get(self, key: Hashable) -> str | None:
        """What is remembered, None if nothing is."""
        value, until = self._held.get(key, ("", 0.0))
        return value if self._clock() < until else None

    def keep(self, key: Hashable, value: str) -> None:
        """Remember from now on."""
        self._held[key] = (value, self._clock() + self._seconds)
        self._held.move_to_end(key)
        if len(self._held) > self._most:
            self._held.popitem(last=False)
