"""Which report a resource is a version of, and which of two versions is the newer one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from worker.core.ids import report_id_of
from worker.core.model import Version
from worker.core.report.bundle import Located
from worker.core.report.elements import instant_in, objects, string_in
from worker.core.report.strict_json import canonical_digest

__all__ = ["Identity", "identifiers_of", "identity_of", "is_newer", "version_of"]

# An order or accession number covers several reports (mammogram and ultrasound of one visit): it names none of them.
_NAMES_THE_ORDER = {"ACSN", "PLAC", "PGN", "FGN"}
# A value that ends in a time of writing changes with each version: another identifier, if there is one, is the name.
_TIME_OF_WRITING = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d\d{2,5}$")
_USE_RANK = {"official": 0, "usual": 1, "secondary": 3, "temp": 4}
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Identity:
    """
    Whose version this is.

    ``key`` is the business key ("system|value" of the identifier, else the sender's own reference); it may hold patient
    data and stays out of logs. ``report_id`` is its opaque UUIDv5.
    """

    key: str
    report_id: str
    version: Version
    status: str


def identity_of(resource: Mapping[str, Any] | Located, sender: str) -> Identity:
    """
    The identity of a DiagnosticReport, Composition or bare Observation.

    Args:
        sender: Scopes what only the sender knows to be unique: resource ids, and identifiers without a system.
    """
    located = resource if isinstance(resource, Located) else Located(resource, str(resource.get("resourceType")))
    document = located.resource
    key = _identifier_key(document, sender) or f"{sender}|{located.reference or canonical_digest(document)}"
    status = document.get("status")
    return Identity(key, report_id_of(key), version_of(document), status if isinstance(status, str) else "unknown")


def version_of(resource: Mapping[str, Any]) -> Version:
    """What the sender wrote about the version: ``meta`` and ``issued`` (``date`` of a Composition)."""
    meta = resource.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    issued = instant_in(resource, "issued") or instant_in(resource, "date")
    return Version(string_in(meta, "versionId"), instant_in(meta, "lastUpdated"), issued)


def is_newer(a: Version, b: Version) -> bool | None:
    """Whether ``a`` is a newer version than ``b``; None when it cannot be told (no sign in common, or signs differ)."""
    votes = tuple(_votes(a, b))
    if not votes:
        return None
    if all(vote >= 0 for vote in votes):
        return True if any(vote > 0 for vote in votes) else _same(a, b)
    return False if all(vote <= 0 for vote in votes) else None


def _votes(a: Version, b: Version) -> Iterator[int]:
    """1 where ``a`` is later, -1 where ``b`` is, 0 where both are the same, for each sign that both carry."""
    if a.version_id and b.version_id and _NUMBER.fullmatch(a.version_id) and _NUMBER.fullmatch(b.version_id):
        yield _sign(int(a.version_id), int(b.version_id))
    if a.last_updated and b.last_updated:
        yield _sign(a.last_updated, b.last_updated)
    if a.issued and b.issued:
        yield _sign(a.issued, b.issued)


def _sign(a: Any, b: Any) -> int:
    return int(a > b) - int(a < b)


def _same(a: Version, b: Version) -> bool | None:
    """Equal times alone do not prove that nothing changed; an equal version id does."""
    return False if a.version_id and a.version_id == b.version_id else None


def identifiers_of(resource: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Business identifiers as (system or "", value), as sent."""
    return tuple((string_in(i, "system") or "", string_in(i, "value") or "") for i in _identifiers(resource))


def _identifiers(resource: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [item for _, item in objects(resource, "identifier") if string_in(item, "value")]


def _identifier_key(resource: Mapping[str, Any], sender: str) -> str | None:
    candidates = [item for item in _identifiers(resource) if item.get("use") != "old"]
    if not candidates:
        return None
    best = min(candidates, key=_rank)  # the first of equals, so the sender's order decides
    system, value = string_in(best, "system"), string_in(best, "value")
    key = f"{system}|{value}" if system else f"{sender}|{value}"
    return f"{key}|{_first_code(resource)}" if _names_the_order(best) else key


def _rank(identifier: Mapping[str, Any]) -> tuple[bool, bool, int, bool]:
    use = _USE_RANK.get(str(identifier.get("use")), 2)
    is_version = _TIME_OF_WRITING.search(str(identifier.get("value"))) is not None
    return _names_the_order(identifier), is_version, use, string_in(identifier, "system") is None


def _names_the_order(identifier: Mapping[str, Any]) -> bool:
    kind = identifier.get("type")
    codings = objects(kind, "coding") if isinstance(kind, dict) else ()
    return any(coding.get("code") in _NAMES_THE_ORDER for _, coding in codings)


def _first_code(resource: Mapping[str, Any]) -> str:
    code = resource.get("code")
    for _, coding in objects(code, "coding") if isinstance(code, dict) else ():
        if string_in(coding, "code"):
            return str(coding["code"])
    return ""
