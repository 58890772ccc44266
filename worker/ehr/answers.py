"""What the EHR's answers mean: read defensively, for an answer may come from a proxy and be no FHIR at all."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from worker.core.writeplan import Seen
from worker.errors import FhirUnavailable, WorkerError, WriteRefused

# A header that asks for more is a misconfiguration somewhere; the sweep would only find the row later.
LONGEST_RETRY_AFTER_SECONDS = 3600.0
# Not "no", but "not now": the request itself is fine.
_WAIT = frozenset({401, 408, 425, 429})
# Not carried out for certain; any other failure may have happened after the work was done.
_NOT_CARRIED_OUT = frozenset({401, 425, 429})
_REFUSED_5XX = frozenset({501, 505})
# A path through elements. With a function in it, such as where(family = ...), it may carry a value: left out.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_.:/\[\]-]{1,200}")
_LOCATION = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+/[A-Za-z0-9\-.]{1,64})(?:/_history/([A-Za-z0-9\-.]{1,64}))?/?")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: ``body`` is None when it was empty or no JSON object; ``is_garbled`` tells the second."""

    status: int
    headers: Mapping[str, str]
    body: dict[str, Any] | None
    is_garbled: bool = False

    @property
    def is_fhir(self) -> bool:
        """Whether the body is a resource."""
        return self.body is not None and isinstance(self.body.get("resourceType"), str)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the EHR holds now: ``location`` is its own ``Type/id``, if it said; so the version."""

    location: str | None
    version_id: str | None


def parsed(content: bytes) -> dict[str, Any] | None:
    """A JSON object, or None for anything else."""
    try:
        found = json.loads(content) if content else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def retry_after_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """``Retry-After`` in seconds or as an HTTP date, or Azure's milliseconds; capped; None if it is not said."""
    said = headers.get("retry-after", "").strip()
    millis = headers.get("x-ms-retry-after-ms", "").strip()
    if millis.isdecimal() and millis.isascii():
        found: float | None = int(millis[:12]) / 1000
    elif said.isdecimal() and said.isascii():
        found = float(said[:12])
    else:
        found = _seconds_until(said, now)
    return None if found is None else min(max(found, 0.0), LONGEST_RETRY_AFTER_SECONDS)


def _seconds_until(said: str, now: datetime) -> float | None:
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()


def is_absence(reply: Reply) -> bool:
    """Whether the EHR itself says that something is not there, or no longer."""
    return reply.status == 410 or (reply.status == 404 and reply.is_fhir)


def error_of(reply: Reply, now: datetime) -> WorkerError:
    """What a status that is no success means for us."""
    status = reply.status
    # A page where FHIR should be: a proxy or a wrong address speaks, not the EHR.
    is_stranger = 300 <= status < 400 or (status == 404 and not reply.is_fhir)
    if is_stranger or status in _WAIT or (status >= 500 and status not in _REFUSED_5XX):
        is_unknown = not is_stranger and status not in _NOT_CARRIED_OUT
        return FhirUnavailable(f"the EHR answered {status}", retry_after_seconds(reply.headers, now), is_unknown)
    return WriteRefused("the EHR refused the request", status, reduced(reply.body))


def page_in_place_of_fhir() -> FhirUnavailable:
    """For an answer of success that is no FHIR."""
    return FhirUnavailable("the EHR's answer is no FHIR", outcome_unknown=True)


def reduced(outcome: Any) -> dict[str, Any] | None:
    """An OperationOutcome without its free text, which may quote what was sent."""
    if not isinstance(outcome, Mapping) or outcome.get("resourceType") != "OperationOutcome":
        return None
    issues = outcome.get("issue")
    kept = [_reduced_issue(each) for each in issues if isinstance(each, Mapping)] if isinstance(issues, list) else []
    return {"resourceType": "OperationOutcome", "issue": kept[:50]}


def _reduced_issue(issue: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: str(issue[name])[:64] for name in ("severity", "code") if name in issue}
    places = issue.get("expression") or issue.get("location")
    if isinstance(places, list):
        return {**kept, "expression": [each for each in map(str, places[:10]) if _PLAIN_PATH.fullmatch(each)]}
    return kept


def stored_of(reply: Reply) -> Stored:
    """What a single write has stored, from headers or body."""
    location, version = _place(reply.headers.get("location") or reply.headers.get("content-location"))
    body = reply.body or {}
    if location is None and "id" in body:
        location = f"{body.get('resourceType')}/{body['id']}"
    return Stored(location, _version(reply.headers.get("etag")) or version or _stated_version(body))


def seen_of(reply: Reply, key: str) -> Seen:
    """
    What a read found; nothing and deleted are answers, not errors.

    Raises:
        FhirUnavailable: It found something that is not of the type that was asked for.
    """
    if reply.status != 200:
        return Seen(is_deleted=reply.status == 410)
    if reply.body is None or reply.body.get("resourceType") != key.partition("/")[0]:
        raise FhirUnavailable("the EHR answered a read with another thing")
    return Seen(reply.body, stored_of(reply).version_id, key)


def matches_of(reply: Reply, resource_type: str) -> tuple[dict[str, Any], ...]:
    """
    The matches on the first page of a search.

    Raises:
        FhirUnavailable: It is no Bundle, which does not mean that nothing matches.
    """
    if reply.body is None or reply.body.get("resourceType") != "Bundle":
        raise FhirUnavailable("the EHR answered a search with no Bundle")
    entries = reply.body.get("entry")
    found = [each.get("resource") for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []
    return tuple(each for each in found if isinstance(each, dict) and each.get("resourceType") == resource_type)


def next_link(reply: Reply) -> str:
    """Where the next page of a search is; empty on the last."""
    links = (reply.body or {}).get("link")
    found = [each for each in links if isinstance(each, dict)] if isinstance(links, list) else []
    return next((str(each.get("url", "")) for each in found if each.get("relation") == "next"), "")


def reply_of_entry(entry: Any) -> Reply:
    """
    What one entry of a batch of reads says.

    Raises:
        FhirUnavailable: It says nothing.
    """
    response = entry.get("response") if isinstance(entry, Mapping) else None
    status = str((response or {}).get("status", ""))[:3] if isinstance(response, Mapping) else ""
    if not status.isdecimal():
        raise FhirUnavailable("the EHR's answer lacks the status of an entry")
    headers = {"etag": str(response["etag"])} if response and response.get("etag") else {}
    body = entry.get("resource") or (response or {}).get("outcome") or {"resourceType": "OperationOutcome"}
    return Reply(int(status), headers, body if isinstance(body, dict) else None)


def stored_of_entry(entry: Any, now: datetime) -> Stored:
    """
    What one entry of a transaction's or batch's answer says.

    Raises:
        FhirUnavailable | WriteRefused: The entry failed, although the whole was answered 200.
    """
    response = entry.get("response") if isinstance(entry, Mapping) else None
    if not isinstance(response, Mapping):
        raise FhirUnavailable("the EHR's answer lacks the response of an entry", outcome_unknown=True)
    status = str(response.get("status", ""))[:3]
    if not status.isdecimal():
        raise FhirUnavailable("the EHR's answer lacks the status of an entry", outcome_unknown=True)
    if not 200 <= int(status) < 300:
        raise error_of(Reply(int(status), {}, response.get("outcome") or {"resourceType": "OperationOutcome"}), now)
    location, version = _place(response.get("location"))
    stated = entry.get("resource") if isinstance(entry, Mapping) else None  # some send it, asked or not
    return Stored(location, _version(response.get("etag")) or version or _stated_version(stated))


def _place(location: Any) -> tuple[str | None, str | None]:
    """``Type/id`` and version of a Location that may be absolute, relative, versioned or missing."""
    found = _LOCATION.fullmatch(location.partition("?")[0]) if isinstance(location, str) else None
    return (found[1], found[2]) if found else (None, None)


def _version(etag: Any) -> str | None:
    """``W/"3"``, ``"3"`` or ``3``."""
    return etag.strip().removeprefix("W/").strip('"') or None if isinstance(etag, str) else None


def _stated_version(resource: Any) -> str | None:
    """The version that a resource says of itself."""
    meta = resource.get("meta") if isinstance(resource, Mapping) else None
    stated = meta.get("versionId") if isinstance(meta, Mapping) else None
    return str(stated) if stated else None
