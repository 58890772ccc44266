"""FHIR data types as dicts: the few shapes that our resources are made of."""

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from hashlib import sha1
from typing import Any

__all__ = ["annotation", "attachment", "clean", "coding", "concept", "drop_empty", "logical", "period", "without_tag"]


# Neither XML nor UTF-8 can hold the last ones, and FHIR strings are both.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text as FHIR strings allow it: none that it cannot hold, no white space around it."""
    if not text.isprintable():
        text = _FORBIDDEN.sub("", text)
    return text.strip()


def coding(system: str, code: str, display: str = "") -> dict[str, str]:
    """A Coding; no empty display."""
    return drop_empty({"system": system, "code": code, "display": clean(display)})


def concept(text: str = "", *codings: Mapping[str, str]) -> dict[str, Any]:
    """A CodeableConcept."""
    return drop_empty({"coding": [dict(c) for c in codings], "text": clean(text)})


def logical(resource_type: str, system: str, value: str, display: str = "") -> dict[str, Any]:
    """A reference by identifier, which a server with referential integrity accepts although it lacks the resource."""
    identifier = drop_empty({"system": clean(system), "value": clean(value)})
    return drop_empty({"type": resource_type, "identifier": identifier, "display": clean(display)})


def annotation(text: str, instant: str) -> dict[str, str]:
    """A note of ours."""
    return {"authorString": "CalciFHIR", "time": instant, "text": clean(text)}


def without_tag(meta: Mapping[str, Any], system: str) -> dict[str, Any]:
    """``meta`` without its tags of a system."""
    return {**meta, "tag": [tag for tag in meta.get("tag", ()) if tag.get("system") != system]}


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
