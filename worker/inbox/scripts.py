"""The Lua scripts of the inbox: one step each, as a whole or not at all. Redis errors become ours here."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

import redis
from redis.exceptions import NoScriptError

from worker.errors import InboxUnavailable

__all__ = ["Along", "Client", "Scripts", "unavailable", "wait_command"]

# A redis.Redis that answers bytes; redis-py types every answer as bytes, text or more, whatever the client was told.
Client = Any
T = TypeVar("T")

_REPLICA_MILLIS = 2000

# Redis's own words for why not; inside a script they stand in the middle of the text, beside what may name a key.
_CODE = re.compile(
    r"\b(?:OOM|MISCONF|READONLY|LOADING|BUSY|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|NOAUTH|NOPERM|WRONGPASS)\b"
)


@contextmanager
def unavailable() -> Iterator[None]:
    """Turn every Redis error into :class:`InboxUnavailable`; its text names the kind, never keys or values."""
    try:
        yield
    except redis.RedisError as error:
        raise InboxUnavailable(f"the inbox cannot be reached or written ({_kind(error)})") from error


def _kind(error: redis.RedisError) -> str:
    found = _CODE.search(str(error))
    return found[0] if found else type(error).__name__


def wait_command(version: str, replicas: int) -> tuple[str | int, ...]:
    """Wait until replicas hold it: on disk where the server can be asked for that (from 7.2 on), else in memory."""
    numbers = tuple(int(part) for part in version.split(".")[:2])
    return ("WAITAOF", 1, replicas, _REPLICA_MILLIS) if numbers >= (7, 2) else ("WAIT", replicas, _REPLICA_MILLIS)


@dataclass(slots=True)
class Along(Generic[T]):
    """
    A step that goes to Redis together with another one, after it, so that both wait for the disk once.

    Args:
        read: Makes a value of the script's answer.
        found: That value; None before it was done, and if there is nothing or it could not be done.
    """

    name: str
    arguments: tuple[str | bytes | int | float, ...]
    read: Callable[[Any], T | None]
    found: T | None = None


@lru_cache
def _script(name: str) -> tuple[str, str]:
    """Source, the prelude before it, and its SHA-1, by which a server knows it that has run it once."""
    folder = files("worker.inbox") / "lua"
    source = (folder / "prelude.lua").read_text("utf-8") + (folder / f"{name}.lua").read_text("utf-8")
    return source, hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()


class Scripts:
    """Runs scripts under one key prefix."""

    def __init__(self, client: Client, prefix: str, replicas: int = 0) -> None:
        self._client, self._prefix, self._replicas = client, prefix, replicas

    def run(self, name: str, *arguments: str | bytes | int | float, along: Along[Any] | None = None) -> Any:
        """
        Run ``lua/NAME.lua``, and in the same round trip what goes ``along``: each as a whole, the second whatever
        came of the first.

        Raises:
            InboxUnavailable: Redis is down, full, read-only or failing over; nothing was done, or all of it.
        """
        if along is not None:
            return self._run_both(name, arguments, along)
        source, digest = _script(name)
        with unavailable():
            try:
                return self._client.evalsha(digest, 1, self._prefix, *arguments)
            except NoScriptError:  # a server that was started anew has no scripts
                return self._client.eval(source, 1, self._prefix, *arguments)

    def _run_both(self, name: str, arguments: tuple[str | bytes | int | float, ...], along: Along[Any]) -> Any:
        with unavailable(), self._client.pipeline(transaction=False) as pipe:
            for each, given in ((name, arguments), (along.name, along.arguments)):
                pipe.evalsha(_script(each)[1], 1, self._prefix, *given)
            answer, second = pipe.execute(raise_on_error=False)
            if not isinstance(second, Exception):
                along.found = along.read(second)
            if isinstance(answer, NoScriptError):
                return self.run(name, *arguments)
            if isinstance(answer, Exception):
                raise answer
        return answer

    def run_held(self, name: str, *arguments: str | bytes | int | float) -> Any:
        """
        The same, and return only when as many replicas as the site asks for hold it too.

        Raises:
            InboxUnavailable: As above; or it is done here and not yet there, and would be lost with this server.
        """
        if not self._replicas:
            return self.run(name, *arguments)
        source, _ = _script(name)
        with unavailable():
            wait = wait_command(self._client.info("server")["redis_version"], self._replicas)
            with self._client.pipeline(transaction=False) as pipe:  # one connection: WAIT speaks of its own writes
                pipe.eval(source, 1, self._prefix, *arguments)
                pipe.execute_command(*wait)
                answer, held = pipe.execute()
        if (held[1] if isinstance(held, list) else held) < self._replicas:
            raise InboxUnavailable(f"the inbox has fewer than {self._replicas} replicas that keep up")
        return answer
