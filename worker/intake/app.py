"""HTTP in front of the door: routes, size, media type, sender; one place where errors become answers."""

import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Protocol

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from worker.core.rules import Rules
from worker.errors import InboxUnavailable, MessageError, SettingsError
from worker.inbox import Inbox
from worker.intake.answers import FhirResponse, capability_statement, refused, said, stored
from worker.intake.body import ENCODINGS, read_body
from worker.intake.door import Door, Refused, Submission, is_json
from worker.intake.gate import RETRY_AFTER_SECONDS, Gate, Marks
from worker.metrics import Metrics
from worker.settings import Settings

Handler = Callable[[Request], Awaitable[Response]]
Bells = Callable[[], Mapping[str, int]]
# The sweep may miss a few turns, and a process that has just started may not have seen one yet.
_LEAST_SWEEP_ABSENCE_SECONDS, _MISSED_SWEEPS = 60.0, 15


class Parts(Protocol):
    """What the door is handed."""

    @property
    def settings(self) -> Settings:
        """What the site chose."""

    @property
    def rules(self) -> Rules:
        """The tables."""

    @property
    def inbox(self) -> Inbox:
        """Where messages are kept."""

    @property
    def metrics(self) -> Metrics:
        """Counters of this process."""


class _Server:
    def __init__(self, parts: Parts, ring: Callable[[str], None], bells: Bells | None) -> None:
        self._parts, self._bells = parts, bells
        self._settings = parts.settings
        self._door = Door(parts.inbox, parts.rules, ring)
        site = self._settings
        marks = Marks(site.most_open_messages, site.most_inbox_bytes, site.most_unread_seconds)
        self._gate = Gate(parts.inbox.pulse.load, marks)
        self._sweep_absence = max(_LEAST_SWEEP_ABSENCE_SECONDS, _MISSED_SWEEPS * site.sweep_seconds)
        self._started = datetime.now(UTC).isoformat(timespec="seconds")
        self._since = time.monotonic()

    async def post(self, request: Request) -> Response:
        """POST /fhir, POST /fhir/{type}, PUT /fhir/{type}/{id}."""
        try:
            answer = await self._answer(request)
        except MessageError as error:
            answer = said(error.http_status, error.code, error.reason)
        if 400 <= answer.status_code < 500:
            self._parts.metrics.count_refused(answer.status_code)
        return answer

    async def _answer(self, request: Request) -> Response:
        sender = self._sender(request)
        if sender is None:
            headers = {"WWW-Authenticate": 'Bearer realm="calcifhir"'}
            return said(401, "login", "send a bearer token that this site has given you", headers)
        content_type = request.headers.get("content-type", "")
        if not is_json(content_type):
            return said(415, "not-supported", "send FHIR JSON in UTF-8 with Content-Type: application/fhir+json")
        encoding = request.headers.get("content-encoding", "identity").lower()
        if encoding not in ENCODINGS:
            return said(415, "not-supported", "send the body as it is, or packed with gzip")
        content = await self._body(request, encoding)
        if content is None or self._is_too_large(content):
            small, large = self._settings.max_message_bytes, self._settings.max_attachment_message_bytes
            sizes = f"{small} bytes, or {large} with an attached document"
            return said(413, "too-long", f"the message is over {sizes}; send the report without its images")
        submission = Submission(
            content=content,
            content_type=content_type,
            method=request.method,
            path=request.url.path,
            sender=sender,
            resource_type=request.path_params.get("type"),
            resource_id=request.path_params.get("id"),
        )
        return await to_thread.run_sync(self._submit, submission)

    def _submit(self, submission: Submission) -> Response:
        if reason := self._gate.shut_because():
            self._parts.metrics.count_sent_away()
            headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
            return said(503, "throttled", f"not now: {reason}; send it again later", headers)
        try:
            accepted = self._door.accept(submission)
        except Refused as refusal:
            return refused(refusal.status, refusal.problems)
        self._parts.metrics.count_received(accepted.is_new)
        return stored(accepted.message_id, accepted.is_new, accepted.warnings)

    def _is_too_large(self, content: bytes) -> bool:
        has_attachment = b'"presentedForm"' in content or b'"Binary"' in content
        return len(content) > self._settings.max_message_bytes and not has_attachment

    async def _body(self, request: Request, encoding: str) -> bytes | None:
        limit = max(self._settings.max_message_bytes, self._settings.max_attachment_message_bytes)
        declared = request.headers.get("content-length", "0")
        if declared.isdigit() and int(declared) > limit:
            return None
        return await read_body(request.stream(), encoding, limit)

    def _sender(self, request: Request) -> str | None:
        senders = self._settings.senders
        if not senders:
            return "anonymous"
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        given = token.strip().encode()
        # Every token is compared, so that the time taken tells nothing about which one was close.
        matches = [name for name, secret in senders.items() if hmac.compare_digest(secret.encode(), given)]
        return matches[0] if matches else None

    async def metadata(self, request: Request) -> Response:
        """GET /fhir/metadata."""
        base = str(request.base_url).rstrip("/") + "/fhir"
        return FhirResponse(capability_statement(base, self._started))

    async def message(self, request: Request) -> Response:
        """GET /messages/{id}: what became of it."""
        status = await to_thread.run_sync(self._parts.inbox.status_json, request.path_params["id"])
        if status is None:
            return said(404, "not-found", "no message has this id, or its outcome was purged")
        return JSONResponse(status)

    async def healthz(self, _: Request) -> Response:
        """GET /healthz: this process answers."""
        return PlainTextResponse("ok\n")

    async def readyz(self, _: Request) -> Response:
        """GET /readyz: a message would be stored durably now, and what loses its bell would be rung for."""
        problem = await to_thread.run_sync(self._what_is_missing)
        return PlainTextResponse(f"not ready: {problem}\n", 503) if problem else PlainTextResponse("ready\n")

    def _what_is_missing(self) -> str:
        try:
            self._parts.inbox.check_durable()
            sweep = self._parts.inbox.sweep_state()
        except (InboxUnavailable, SettingsError) as error:
            return str(error)
        here = time.monotonic() - self._since
        absent = here if sweep.age_seconds is None else min(here, sweep.age_seconds)
        return f"the sweep has not run for {absent:.0f} s" if absent > self._sweep_absence else ""

    async def metrics(self, _: Request) -> Response:
        """GET /metrics, in the text format of Prometheus."""
        text = await to_thread.run_sync(self._parts.metrics.render, self._parts.inbox, self._bells)
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")


async def _unavailable(_: Request, error: Exception) -> Response:
    wait = error.retry_after_seconds if isinstance(error, InboxUnavailable) else None
    headers = {"Retry-After": str(round(wait or 5))}
    return said(503, "transient", "the message could not be stored; send it again later", headers)


async def _disconnected(_: Request, __: Exception) -> Response:
    return said(400, "incomplete", "the connection ended before the whole message was here; send it again")


async def _not_here(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    text = "nothing is served here; POST /fhir, POST /fhir/{type}, PUT /fhir/{type}/{id}, GET /fhir/metadata"
    allowed = dict(error.headers or {}) if isinstance(error, HTTPException) else None
    return said(status, "not-supported" if status == 405 else "not-found", text, allowed)


async def _internal(_: Request, __: Exception) -> Response:
    return said(500, "exception", "an error of ours; nothing was stored; send it again later")


def create_intake(parts: Parts, ring: Callable[[str], None], bells: Bells | None = None) -> Starlette:
    """
    The ASGI application of the door.

    Args:
        parts: Settings, tables, inbox and metrics of this process.
        ring: Tells the workers that a message waits; must neither block nor raise.
        bells: How many bells wait in each queue of the broker, for ``/metrics``.
    """
    server = _Server(parts, ring, bells)
    routes = [
        Route("/fhir", server.post, methods=["POST"]),
        Route("/fhir/", server.post, methods=["POST"]),
        Route("/fhir/metadata", server.metadata, methods=["GET"]),
        Route("/fhir/{type:str}", server.post, methods=["POST"]),
        Route("/fhir/{type:str}/{id:str}", server.post, methods=["PUT"]),
        Route("/messages/{id:str}", server.message, methods=["GET"]),
        Route("/healthz", server.healthz),
        Route("/readyz", server.readyz),
        Route("/metrics", server.metrics),
    ]
    return Starlette(
        routes=routes,
        exception_handlers={
            InboxUnavailable: _unavailable,
            ClientDisconnect: _disconnected,
            HTTPException: _not_here,
            Exception: _internal,
        },
    )
