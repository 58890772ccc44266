"""FHIR data types as dicts: the few shapes that our resources are made of."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from hashlib import sha1
from typing import Any

__all__ = ["annotation", "attachment", "coding", "concept", "drop_empty", "logical", "period"]


def coding(system: str, code: str, display: str = "") -> dict[str, str]:
    """A Coding; no empty display."""
    return drop_empty({"system": system, "code": code, "display": display})


def concept(text: str = "", *codings: Mapping[str, str]) -> dict[str, Any]:
    """A CodeableConcept."""
    return drop_empty({"coding": [dict(c) for c in codings], "text": text})


def logical(resource_type: str, system: str, value: str, display: str = "") -> dict[str, Any]:
    """A reference by identifier, which a server with referential integrity accepts although it lacks the resource."""
    identifier = drop_empty({"system": system, "value": value})
    return drop_empty({"type": resource_type, "identifier": identifier, "display": display})


def annotation(text: str, instant: str) -> dict[str, str]:
    """A note of ours."""
    return {"authorString": "CalciFHIR", "time": instant, "text": text}


def period(start: date | None, end: date | None) -> dict[str, str]:
    """A Period; empty when neither end is known. A start after the end is moved to the end (FHIR per-1)."""
    if start and end and start > end:
        start = end
    return drop_empty({"start": start.isoformat() if start else "", "end": end.isoformat() if end else ""})


def attachment(content_type: str, language: str, content: bytes) -> dict[str, Any]:
    """Content carried inside; R4's ``size`` is a number, R5's (integer64) a string in JSON."""
    return {
        "contentType": content_type,
        "language": language,
        "data": b64encode(content).decode(),
        "size": len(content),
        # FHIR names SHA-1 for this element; it guards against damage, not against forgery.
        "hash": b64encode(sha1(content, usedforsecurity=False).digest()).decode(),
    }


def drop_empty(element: dict[str, Any]) -> dict[str, Any]:
    """The element without what is empty: FHIR allows neither empty strings nor empty arrays nor null."""
    return {name: value for name, value in element.items() if value or value is False or value == 0}
