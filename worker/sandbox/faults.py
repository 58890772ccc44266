"""
A server that misbehaves on purpose, by a script or by seeded chance.

Kinds: ``ok``; before anything is done ``reset``, ``429``, ``503``, ``500``, ``html`` (a proxy's page with 502); after
all was committed ``reset-after``, ``timeout-after``, ``500-after``, ``half-body``, ``slow-body``, ``html-after`` (a
page with 200).
"""

import asyncio
import random
from collections import deque
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BEFORE: Final = frozenset({"reset", "429", "503", "500", "html"})
AFTER: Final = frozenset({"reset-after", "timeout-after", "500-after", "half-body", "slow-body", "html-after"})
_PAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


class Faults:
    """
    Which call fails, and how.

    Args:
        script: Kinds for the next calls, in order; after its end chance decides.
        chances: Probability by kind, together at most 1.
        methods: Only these HTTP methods fail.
        hold_seconds: How long ``timeout-after`` keeps silent and ``slow-body`` takes.
        retry_after: The header sent with 429 and 503; empty sends none.
    """

    def __init__(
        self,
        script: Iterable[str] = (),
        chances: Mapping[str, float] | None = None,
        seed: int = 0,
        methods: Iterable[str] = ("POST", "PUT"),
        hold_seconds: float = 30.0,
        retry_after: str = "1",
    ) -> None:
        self.methods = frozenset(methods)
        self.hold_seconds, self.retry_after = hold_seconds, retry_after
        self.happened: dict[str, int] = {}
        self._random = random.Random(seed)  # noqa: S311  # repeatable by its seed, guards nothing
        self.replace(script, chances or {})

    def replace(self, script: Iterable[str], chances: Mapping[str, float]) -> None:
        """Go on with another script and other chances; both empty: behave."""
        self.script, self.chances = deque(script), dict(chances)
        unknown = ({*self.script} | {*self.chances}) - BEFORE - AFTER - {"ok"}
        if unknown:
            raise ValueError(f"unknown kinds of fault: {', '.join(sorted(unknown))}")

    def adjust(
        self, seed: int | None = None, methods: Iterable[str] | None = None, hold_seconds: float | None = None
    ) -> None:
        """Begin the chances anew from a seed, or fail otherwise; None leaves a thing as it is."""
        if seed is not None:
            self._random = random.Random(seed)  # noqa: S311  # as above
        if methods is not None:
            self.methods = frozenset(methods)
        if hold_seconds is not None:
            self.hold_seconds = hold_seconds

    def next_kind(self, method: str) -> str:
        """What happens to the next call."""
        if method not in self.methods:
            return "ok"
        kind = self.script.popleft() if self.script else self._by_chance()
        self.happened[kind] = self.happened.get(kind, 0) + 1
        return kind

    def _by_chance(self) -> str:
        draw = self._random.random()
        for kind, chance in self.chances.items():
            draw -= chance
            if draw < 0:
                return kind
        return "ok"


class FaultyServer:
    """ASGI around an app: does to each call under ``/fhir`` what ``faults`` says."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self.app, self.faults = app, faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        if scope["type"] != "http" or not scope["path"].startswith("/fhir"):
            await self.app(scope, receive, send)
            return
        kind = self.faults.next_kind(scope["method"])
        if kind == "ok":
            await self.app(scope, receive, send)
        elif kind in BEFORE:
            await self._fail_before(kind, receive, send)
        else:
            await self._fail_after(kind, scope, receive, send)

    async def _fail_before(self, kind: str, receive: Receive, send: Send) -> None:
        if kind == "reset":
            _reset(receive)
            return
        await _drain(receive)
        headers: MutableMapping[str, str] = {"content-type": "text/html" if kind == "html" else "application/fhir+json"}
        if kind in {"429", "503"} and self.faults.retry_after:
            headers["retry-after"] = self.faults.retry_after
        body = _PAGE if kind == "html" else b'{"resourceType":"OperationOutcome","issue":[]}'
        await _answer(send, 502 if kind == "html" else int(kind), headers, body)

    async def _fail_after(self, kind: str, scope: Scope, receive: Receive, send: Send) -> None:
        kept: list[Message] = []

        async def keep(message: Message) -> None:
            kept.append(message)

        await self.app(scope, receive, keep)
        if kind == "reset-after":
            _reset(receive)
        elif kind == "timeout-after":
            await asyncio.sleep(self.faults.hold_seconds)
            _reset(receive)
        elif kind == "half-body":
            body = kept[-1].get("body", b"")
            await send(kept[0])
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            _reset(receive)
        elif kind == "slow-body":
            await self._drip(kept, send)
        else:
            status = 500 if kind == "500-after" else 200
            await _answer(send, status, {"content-type": "text/html"}, _PAGE)

    async def _drip(self, kept: list[Message], send: Send) -> None:
        body = kept[-1].get("body", b"")
        step = max(1, len(body) // 50)
        await send(kept[0])
        for start in range(0, len(body), step):
            await send({"type": "http.response.body", "body": body[start : start + step], "more_body": True})
            await asyncio.sleep(self.faults.hold_seconds / 50)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _answer(send: Send, status: int, headers: Mapping[str, str], body: bytes) -> None:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


async def _drain(receive: Receive) -> None:
    more = True
    while more:
        more = (await receive()).get("more_body", False)


def _reset(receive: Receive) -> None:
    """Cut the connection; uvicorn hands its own cycle's bound method as ``receive``, and that knows the socket."""
    cycle: Any = getattr(receive, "__self__", None)
    if cycle is None:
        raise ConnectionResetError
    cycle.disconnected = True
    cycle.transport.abort()
