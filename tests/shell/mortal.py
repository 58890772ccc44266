"""Workers that are killed, or halted while others work, at any of their steps in Redis."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from worker.inbox import Along, Inbox


class Killed(BaseException):
    """What a worker's own code cannot catch."""


def die() -> None:
    """Be killed here."""
    raise Killed


class Mortal(Inbox):
    """An inbox whose user may be stopped at a step in Redis."""

    @contextmanager
    def stopped(self, at: int, meanwhile: Callable[[], None] = die) -> Iterator[None]:
        """Before (negative) or after (positive) the n-th step within the block something else happens."""
        run, steps = self._scripts.run, itertools.count(1)

        def counted(name: str, *arguments: Any, along: Along[Any] | None = None) -> Any:
            step = next(steps)
            if step == -at:
                self._scripts.run = run  # type: ignore[method-assign]  # others are not stopped
                meanwhile()
            answer = run(name, *arguments, along=along)
            if step == at:
                self._scripts.run = run  # type: ignore[method-assign]
                meanwhile()
            return answer

        self._scripts.run = counted  # type: ignore[method-assign]
        try:
            with suppress(Killed):
                yield
        finally:
            self._scripts.run = run  # type: ignore[method-assign]
