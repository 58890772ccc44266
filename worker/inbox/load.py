"""How full the inbox is: open messages, the age of the oldest that nobody has read, and Redis's memory."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from worker.inbox.scripts import Client, unavailable

__all__ = ["Load", "load_of"]

_OPEN = ("received", "waiting", "decided")


@dataclass(frozen=True, slots=True)
class Load:
    """
    One moment of the inbox.

    Args:
        open_messages: How many have not come to an end; what waits for a person is not among them.
        oldest_unread_seconds: Age of the oldest message that no worker has read; 0 if there is none.
        memory_bytes: What Redis uses; ``memory_limit_bytes`` is its ``maxmemory``, 0 if it has none.
    """

    open_messages: int
    oldest_unread_seconds: float
    memory_bytes: int
    memory_limit_bytes: int


def load_of(client: Client, prefix: str, now: datetime) -> Load:
    """Ask in one round trip. Raises ``InboxUnavailable``."""
    with unavailable(), client.pipeline(transaction=False) as pipe:
        pipe.hmget(f"{prefix}count:message", _OPEN)
        pipe.zrange(f"{prefix}since:received", 0, 0, withscores=True)
        pipe.info("memory")
        counts, oldest, memory = pipe.execute()
    age = max(0.0, now.timestamp() - oldest[0][1] / 1000) if oldest else 0.0
    return Load(sum(int(n or 0) for n in counts), age, _int(memory, "used_memory"), _int(memory, "maxmemory"))


def _int(found: dict[str, Any], name: str) -> int:
    return int(found.get(name, 0))
