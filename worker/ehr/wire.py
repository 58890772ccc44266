"""One exchange with the EHR over HTTP: never without a time limit, never to another host, never read without end."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, NewConnectionError, ReadTimeoutError

from worker.ehr.answers import Reply, error_of, is_absence, page_in_place_of_fhir, parsed
from worker.ehr.breaker import Breaker
from worker.ehr.sign_in import StaticToken
from worker.errors import FhirUnavailable

__all__ = ["Wire", "open_session"]

_MEDIA_TYPE = "application/fhir+json"
_CHUNK_BYTES = 65_536
_LONGEST_BODY_BYTES = 32 * 1024 * 1024
# Less time than this is not worth a request: it would end in "outcome unknown".
_LEAST_SECONDS = 0.5
_CONNECT_SECONDS = 3.05
_TRIES_OF_READS = 3


def open_session(ca_file: str | None = None, client_certificate: tuple[str, str] | None = None) -> requests.Session:
    """
    A pooled session for one EHR and one process.

    Args:
        ca_file: Trusted authorities; None takes those of the ``certifi`` bundle. Verification cannot be switched off.
        client_certificate: Certificate and key file for mutual TLS.
    """
    session = requests.Session()
    session.trust_env = False  # no proxy, no .netrc from the environment
    session.verify, session.cert = ca_file or True, client_certificate
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=16, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


@dataclass(frozen=True, slots=True)
class Wire:
    """
    The way to one EHR.

    Args:
        base_url: Without a slash at its end.
        timeout_seconds: For one whole exchange, slow bodies included.
        deadline: Monotonic moment after which no request is begun; see ``until``.
    """

    base_url: str
    session: requests.Session
    sign_in: StaticToken
    breaker: Breaker
    timeout_seconds: float = 10.0
    deadline: float = field(default=float("inf"))

    def until(self, deadline: float) -> "Wire":
        """The same way, to be used up to a monotonic moment."""
        return replace(self, deadline=deadline)

    def call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """
        One request and its whole answer; that a read found nothing (404, 410) is an answer, too.

        Raises:
            FhirUnavailable: No answer, not now, or not the EHR.
            WriteRefused: The EHR says no.
        """
        self._check_turn()
        try:
            reply = self._exchange(method, path, body, headers or {})
            if reply.status == 401 and self.sign_in.renew():
                reply = self._exchange(method, path, body, headers or {})
        except FhirUnavailable:
            self.breaker.failed()
            raise
        return self._judged(method, reply)

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Reply:
        """
        A call that changes nothing, and is therefore made again at once if it fails on the way or at the EHR.

        To be turned away, or asked to wait, ends it; so does a breaker that has opened.
        """
        for _ in range(_TRIES_OF_READS - 1):
            try:
                return self.call(method, path, body)
            except FhirUnavailable as error:
                if error.retry_after_seconds is not None or not error.outcome_unknown:
                    raise
        return self.call(method, path, body)

    def _check_turn(self) -> None:
        if self.deadline - time.monotonic() < _LEAST_SECONDS:
            raise FhirUnavailable("no time is left in this turn", 0.0)
        if wait := self.breaker.seconds_to_wait():
            raise FhirUnavailable("the EHR has been failing; waiting before asking again", wait)

    def _judged(self, method: str, reply: Reply) -> Reply:
        is_done = 200 <= reply.status < 300
        # A page with 200 (a proxy's, a sign-in form's) says neither that something is not there nor that it was stored.
        is_page = is_done and (reply.is_garbled or (method == "GET" and not reply.is_fhir))
        if (is_done and not is_page) or (method == "GET" and is_absence(reply)):
            self.breaker.succeeded()
            return reply
        error = page_in_place_of_fhir() if is_page else error_of(reply, datetime.now(UTC))
        if isinstance(error, FhirUnavailable):
            self.breaker.failed(error.retry_after_seconds)
        else:
            self.breaker.succeeded()
        raise error

    def _exchange(self, method: str, path: str, body: Mapping[str, Any] | None, headers: Mapping[str, str]) -> Reply:
        end = min(time.monotonic() + self.timeout_seconds, self.deadline)
        try:
            response = self._send(method, path, body, headers, max(end - time.monotonic(), _LEAST_SECONDS))
            with response:
                content = _read(response, end)
                names = {name.lower(): value for name, value in response.headers.items()}
                body = parsed(content)
                return Reply(response.status_code, names, body, is_garbled=body is None and bool(content.strip()))
        except (requests.RequestException, HTTPError) as error:
            raise FhirUnavailable(_reason(error), outcome_unknown=not _was_never_sent(error)) from error

    def _send(
        self, method: str, path: str, body: Mapping[str, Any] | None, headers: Mapping[str, str], left: float
    ) -> requests.Response:
        content = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        # HAPI answers a search that it was asked within the last minute from memory, unless it is told not to.
        all_headers = {"Accept": _MEDIA_TYPE, "Cache-Control": "no-cache", **self.sign_in.headers(), **headers}
        if content is not None:
            all_headers["Content-Type"] = _MEDIA_TYPE
        url = f"{self.base_url}/{path}" if path else self.base_url
        # What a session adds, without its search through the environment and its merging of what is not there.
        prepared = requests.PreparedRequest()
        prepared.prepare(
            method,
            url,
            headers={**self.session.headers, **all_headers},
            data=content,
            cookies=self.session.cookies if len(self.session.cookies) else None,
        )
        timeout = (min(_CONNECT_SECONDS, left), left)
        return self.session.send(prepared, timeout=timeout, allow_redirects=False, stream=True)


def _read(response: requests.Response, end: float) -> bytes:
    """
    The whole body; a server that drips it byte by byte is given no more time than one that is silent.

    ``read1`` gives what has come, where ``iter_content`` would wait for a whole chunk however long it takes.
    """
    chunks, size = [], 0
    while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=True):
        chunks.append(chunk)
        size += len(chunk)
        if size > _LONGEST_BODY_BYTES:
            raise FhirUnavailable("the EHR's answer is too large", outcome_unknown=True)
        if time.monotonic() > end:
            raise FhirUnavailable("the EHR's answer came too slowly", outcome_unknown=True)
    return b"".join(chunks)


def _was_never_sent(error: Exception) -> bool:
    """Whether no connection came about, so that the EHR cannot have done anything."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _reason(error: Exception) -> str:
    """The kind of failure only: the library's text carries the URL."""
    if _was_never_sent(error):
        return "the EHR cannot be reached"
    if isinstance(error, requests.Timeout | ReadTimeoutError):
        return "the EHR did not answer in time"
    return f"the connection to the EHR broke ({type(error).__name__})"
