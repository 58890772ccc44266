"""
How the installation is: how full, and signs of life proved by traffic rather than by a state.

In: notes of whoever saw a bell come through a queue, or a synthetic report through the whole. Out: how long ago that
was. Kept beside the inbox, and apart from every report.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from worker.inbox.load import Load, load_of
from worker.inbox.scripts import Client, unavailable
from worker.inbox.wire import millis

__all__ = ["Pulse"]


class Pulse:
    """
    All methods raise ``InboxUnavailable``.

    Args:
        now: The inbox's clock.
    """

    def __init__(self, client: Client, prefix: str, now: Callable[[], datetime]) -> None:
        self._client, self._prefix, self._now = client, prefix, now
        self._heartbeats, self._probe = f"{prefix}heartbeats", f"{prefix}probe"

    def load(self) -> Load:
        """How full the inbox is."""
        return load_of(self._client, self._prefix, self._now())

    def beat(self, queue: str) -> None:
        """A bell came through this queue just now."""
        with unavailable():
            self._client.hset(self._heartbeats, queue, millis(self._now()))

    def heartbeats(self) -> dict[str, float]:
        """Seconds since a bell last came through, by queue; queues that never had one are left out."""
        with unavailable():
            found = self._client.hgetall(self._heartbeats)
        now = millis(self._now())
        return {queue.decode(): max(0.0, (now - int(at)) / 1000) for queue, at in sorted(found.items())}

    def note_probe(self, fields: Mapping[str, Any]) -> None:
        """Keep what is known of the synthetic reports."""
        with unavailable():
            self._client.set(self._probe, json.dumps(fields))

    def probe(self) -> dict[str, Any]:
        """What was kept last; empty if nothing was."""
        with unavailable():
            kept = self._client.get(self._probe)
        found: dict[str, Any] = json.loads(kept or b"{}")
        return found
