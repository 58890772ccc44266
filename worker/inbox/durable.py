"""Would this Redis lose a write that it has acknowledged? Asked once at start-up and by every readiness probe."""

from typing import Any

import redis

from worker.errors import InboxUnavailable, SettingsError
from worker.inbox.scripts import Client, unavailable

__all__ = ["check_durable"]

_WAY_OUT = "CALCIFHIR_ALLOW_VOLATILE=1"
_WANTED = {
    "appendonly": ("yes", "or a crash loses every message since the last snapshot"),
    "appendfsync": ("always", "or a power cut loses the messages of the last second that were answered 202"),
    "maxmemory-policy": ("noeviction", "or Redis deletes messages when its memory is full"),
}


def check_durable(client: Client, allow_volatile: bool) -> None:
    """
    Ask the server how it keeps what it is given.

    Raises:
        SettingsError: Names every setting that must be changed.
        InboxUnavailable: It does not answer, is a replica, or cannot write its log now.
    """
    with unavailable():
        replication, persistence = client.info("replication"), client.info("persistence")
    if replication.get("role") != "master":
        raise InboxUnavailable("the inbox's Redis is a replica for now")
    if persistence.get("aof_last_write_status", "ok") != "ok":
        raise InboxUnavailable("the inbox's Redis cannot write its append-only file")
    if allow_volatile:
        return
    found = _config(client)
    problems = [
        f"redis: set {name} {wanted}, {why} (it says {found.get(name, 'nothing')}); or accept that: {_WAY_OUT}"
        for name, (wanted, why) in _WANTED.items()
        if found.get(name) != wanted
    ]
    if problems:
        raise SettingsError(problems)


def _config(client: Client) -> dict[str, Any]:
    try:
        return {name: client.config_get(name).get(name) for name in _WANTED}
    except redis.ResponseError:
        # CONFIG may be forbidden; what INFO tells is not enough to know about fsync, and unknown is never "safe".
        return {}
    except redis.RedisError as error:
        raise InboxUnavailable("the inbox's Redis did not say how it keeps what it is given") from error
