"""``GET /console`` and ``/console/work.json``: who may look, what is asked for, and the headers of the answers."""

import base64
import binascii
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from worker.console.board import SHOWN, Board, board_json, board_of, lines_of
from worker.console.page import POLICY, page_of
from worker.console.released import decided_since
from worker.core.rules import Rules
from worker.ehr import Ehr
from worker.errors import InboxUnavailable
from worker.inbox import Inbox
from worker.settings import Settings

__all__ = ["console_routes"]

_LINES = 100
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="calcifhir console", charset="UTF-8"'}


class Parts(Protocol):
    """What the console is handed."""

    @property
    def settings(self) -> Settings:
        """What the site chose."""

    @property
    def rules(self) -> Rules:
        """The tables."""

    @property
    def inbox(self) -> Inbox:
        """Where messages and the work list are kept."""

    @property
    def ehr(self) -> Ehr:
        """The EHR, which knows what clinicians have released."""

    @property
    def today(self) -> Callable[[], date]:
        """The calendar date at the facility."""

    def now(self) -> datetime:
        """This moment."""


def console_routes(parts: Parts) -> list[Route]:
    """Routes of the practice view; nothing else than GET is served under them."""
    console = _Console(parts)
    return [
        Route("/console", console.guarded(console.page), methods=["GET"]),
        Route("/console/work.json", console.guarded(console.work), methods=["GET"]),
    ]


class _Console:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def guarded(self, show: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
        """Who is not known sees nothing; while the inbox is away, it is said."""

        async def endpoint(request: Request) -> Response:
            if not self._may_look(request):
                return PlainTextResponse(self._refusal(), 401, {**_HEADERS, **_CHALLENGE})
            try:
                return await to_thread.run_sync(show, request)
            except InboxUnavailable:
                return PlainTextResponse(
                    "the inbox does not answer; try again\n", 503, {**_HEADERS, "Retry-After": "5"}
                )

        return endpoint

    def page(self, request: Request) -> Response:
        """GET /console."""
        return HTMLResponse(page_of(self._board(request), self._parts.rules), headers=_HEADERS)

    def work(self, request: Request) -> Response:
        """GET /console/work.json."""
        return JSONResponse(board_json(self._board(request)), headers=_HEADERS)

    def _board(self, request: Request) -> Board:
        parts = self._parts
        shown = _shown(request.query_params, parts.rules)
        tag = None if shown in ("all", "overdue") else shown
        today, work = parts.today(), parts.inbox.work
        before = today if shown == "overdue" else None
        decided = decided_since(work.entries(tag, _LINES, before), parts.ehr, work)
        entries = work.entries(tag, _LINES + 1, before)
        lines = lines_of(entries[:_LINES], today, parts.rules)
        board = board_of(parts.inbox, parts.rules, today, parts.now(), shown, lines, len(entries) > _LINES)
        return replace(board, ehr_answered=decided is not None, just_decided=len(decided or {}))

    def _may_look(self, request: Request) -> bool:
        settings = self._parts.settings
        if not settings.readers:
            return not settings.senders
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            name, token = _basic(given)
        else:
            name, token = None, given.strip() if scheme.lower() == "bearer" else ""
        # Every token is compared, so that the time taken tells nothing about which one was close.
        matches = [
            known
            for known, secret in settings.readers.items()
            if hmac.compare_digest(secret.encode(), token.encode()) and name in (None, known)
        ]
        return bool(matches)

    def _refusal(self) -> str:
        if not self._parts.settings.readers:
            return "the console is closed: set CALCIFHIR_READERS to name:token pairs of those who may look\n"
        return "sign in with the name and token that this site has given you\n"


def _basic(given: str) -> tuple[str, str]:
    try:
        name, _, token = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, token


def _shown(query: Mapping[str, str], rules: Rules) -> str:
    language = query.get("language", "")
    if language in rules.letters.languages:
        return f"letter:{language}"
    show = query.get("show", "all")
    return show if show in SHOWN else "all"
