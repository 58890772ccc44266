"""What we ask of the EHR: what it can do, what it holds, and to take what we write."""

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import requests

from worker.core.model import JsonObject
from worker.core.writeplan import Capability, Resource, Seen, Step, located, read_capability
from worker.ehr.answers import (
    Reply,
    Stored,
    error_of,
    is_absence,
    matches_of,
    next_link,
    reply_of_entry,
    seen_of,
    stored_of,
    stored_of_entry,
)
from worker.ehr.breaker import Breaker
from worker.ehr.memory import Memory
from worker.ehr.sign_in import StaticToken
from worker.ehr.wire import Wire
from worker.errors import FhirUnavailable

__all__ = ["Ehr", "EhrTurn", "identifier_url", "reference_url"]

_CAPABILITY_SECONDS = 86_400.0
_MINIMAL = {"Prefer": "return=minimal"}


class Ehr:
    """
    One EHR's FHIR server. All methods raise ``FhirUnavailable`` and, where they write, ``WriteRefused``.

    Args:
        base_url: Without a slash at its end.
        session: From ``open_session``; one per process.
        timeout_seconds: For one whole exchange.
        takes_our_ids: As of ``read_capability``.
    """

    def __init__(
        self,
        base_url: str,
        session: requests.Session,
        sign_in: StaticToken | None = None,
        timeout_seconds: float = 10.0,
        breaker: Breaker | None = None,
        takes_our_ids: bool = False,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.breaker = breaker or Breaker()
        self.found_patients = Memory()
        self._wire = Wire(self.base_url, session, sign_in or StaticToken(), self.breaker, timeout_seconds)
        self._takes_our_ids = takes_our_ids
        self._last_write = float("-inf")
        self._capability: tuple[Capability, float] | None = None

    def until(self, deadline: float) -> "EhrTurn":
        """The EHR for one piece of work: no request begins after ``deadline`` (monotonic seconds)."""
        return EhrTurn(self, self._wire.until(deadline))

    def wrote_within(self, seconds: float) -> bool:
        """Whether this process has written anything there lately."""
        return time.monotonic() - self._last_write < seconds

    def note_write(self) -> None:
        """Something was written now."""
        self._last_write = time.monotonic()

    def capability(self, wire: Wire | None = None) -> Capability:
        """
        What the EHR states that it can do; asked once a day, and an old answer serves while it is away.

        Args:
            wire: The way to ask, of a turn that has an end.
        """
        held = self._capability
        if held and time.monotonic() < held[1]:
            return held[0]
        try:
            statement = (wire or self._wire).ask("GET", "metadata").body or {}
        except FhirUnavailable:
            if held:
                return held[0]
            raise
        if statement.get("resourceType") != "CapabilityStatement":
            raise FhirUnavailable("the EHR's metadata is no CapabilityStatement")
        capability = read_capability(statement, self._takes_our_ids)
        self._capability = (capability, time.monotonic() + _CAPABILITY_SECONDS)
        return capability

    def pages(self, url: str) -> Iterator[tuple[Resource, ...]]:
        """
        All matches of a search, page by page; the links of others are followed on our own base URL alone.

        Raises:
            FhirUnavailable: Also when a next page is said to be somewhere else: what was seen is not all.
        """
        resource_type, following = url.partition("?")[0], url
        while following:
            reply = self._wire.ask("GET", following)
            yield matches_of(reply, resource_type)
            link = next_link(reply)
            following = link.removeprefix(self.base_url).lstrip("/")
            if link and not link.startswith((f"{self.base_url}/", f"{self.base_url}?")):
                raise FhirUnavailable("the EHR's next page is at another address")


class EhrTurn:
    """The EHR for one piece of work; made by ``Ehr.until``."""

    def __init__(self, ehr: Ehr, wire: Wire) -> None:
        self._ehr, self._wire = ehr, wire
        self.base_url, self.found_patients = ehr.base_url, ehr.found_patients

    def capability(self) -> Capability:
        """As of ``Ehr``."""
        return self._ehr.capability(self._wire)

    def read(self, key: str) -> Seen:
        """What is held under ``Type/id``."""
        return seen_of(self._wire.ask("GET", key), key)

    def search(self, url: str) -> tuple[Resource, ...]:
        """The matches on the first page; ``url`` from ``identifier_url`` or ``reference_url``."""
        return matches_of(self._wire.ask("GET", url), url.partition("?")[0])

    def ask(self, urls: Sequence[str]) -> tuple[Reply, ...]:
        """Several reads and searches: in one batch where the EHR takes batches, else one after the other."""
        if len(urls) < 2 or not self.capability().batch:
            return tuple(self._wire.ask("GET", url) for url in urls)
        entries = [{"request": {"method": "GET", "url": url}} for url in urls]
        answered = self._wire.ask("POST", "", {"resourceType": "Bundle", "type": "batch", "entry": entries})
        replies = tuple(reply_of_entry(each) for each in _entries(answered, len(urls)))
        for reply in replies:
            if not 200 <= reply.status < 300 and not is_absence(reply):
                raise error_of(reply, datetime.now(UTC))
        return replies

    def transaction(self, bundle: JsonObject) -> tuple[Stored, ...]:
        """
        All entries or none; each entry's own status is checked.

        Returns:
            What is stored now, by the order of the entries.
        """
        reply = self._wire.call("POST", "", bundle, _MINIMAL)
        now = datetime.now(UTC)
        stored = tuple(stored_of_entry(each, now) for each in _entries(reply, len(bundle["entry"])))
        self._ehr.note_write()
        return stored

    def write(self, step: Step, locations: dict[str, str]) -> Stored:
        """One step by itself; ``locations`` as in ``worker.core.writeplan.located``."""
        headers = dict(_MINIMAL)
        if step.if_match:
            headers["If-Match"] = f'W/"{step.if_match}"'
        if step.if_none_exist:
            headers["If-None-Exist"] = step.if_none_exist
        stored = stored_of(self._wire.call(step.method, step.url, located(step, locations), headers))
        self._ehr.note_write()
        return stored


def identifier_url(resource_type: str, system: str, value: str) -> str:
    """A search for the resources of a type that carry an identifier."""
    return f"{resource_type}?identifier={quote(f'{_escaped(system)}|{_escaped(value)}', safe='')}"


def reference_url(resource_type: str, parameter: str, key: str) -> str:
    """A search for the resources of a type that refer to ``Type/id``."""
    return f"{resource_type}?{parameter}={quote(key, safe='')}"


def _entries(reply: Reply, count: int) -> list[Any]:
    entries = (reply.body or {}).get("entry")
    if not isinstance(entries, list) or len(entries) != count:
        raise FhirUnavailable("the EHR's answer to a Bundle is not one per entry", outcome_unknown=True)
    return entries


def _escaped(value: str) -> str:
    """FHIR's own escape of what separates values in a search."""
    for separator in "\\,|$":
        value = value.replace(separator, f"\\{separator}")
    return value
