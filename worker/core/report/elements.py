"""
FHIR datatypes -> values of the model, leniently.

What is there in the right shape is read; what is not is passed over, never raised: ``conformance`` has said at the door
what is wrong, and a stored message must stay readable.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from worker.core.model import CodeableConcept, Coding, Measure

__all__ = [
    "at",
    "codings_in",
    "concept_from",
    "concept_in",
    "concepts_in",
    "date_in",
    "effective_date",
    "instant_in",
    "measure_from",
    "objects",
    "string_in",
]

_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_UCUM = "http://unitsofmeasure.org"


def at(where: str, name: str) -> str:
    """The path of an element of the resource at ``where``; "" is the report itself."""
    return f"{where}.{name}" if where else name


def objects(parent: Mapping[str, Any], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Number and object of each item of a list element; a single object counts as a list of one."""
    value = parent.get(name)
    if isinstance(value, dict):
        yield 0, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            if isinstance(item, dict):
                yield number, item


def string_in(parent: Mapping[str, Any], name: str) -> str | None:
    """A string element that is not blank."""
    value = parent.get(name)
    return value if isinstance(value, str) and value.strip() else None


def concept_from(value: object, where: str) -> CodeableConcept | None:
    """A CodeableConcept, Coding or CodeableReference; None when it says nothing."""
    if not isinstance(value, dict):
        return None
    if "coding" not in value:
        if isinstance(value.get("concept"), dict):
            return concept_from(value["concept"], at(where, "concept"))
        if "code" in value:
            value = {"coding": [value]}
    codings = codings_in(value)
    text = string_in(value, "text") if "text" in value else None
    return CodeableConcept(codings, text, where) if codings or text else None


def codings_in(parent: Mapping[str, Any], name: str = "coding") -> tuple[Coding, ...]:
    """Codings that have a code."""
    value = parent.get(name)
    if value is None:
        return ()
    found = (_coding(item) for item in (value if isinstance(value, list) else (value,)) if isinstance(item, dict))
    return tuple(coding for coding in found if coding)


def _coding(value: Mapping[str, Any]) -> Coding | None:
    code, system = value.get("code"), value.get("system")
    if not isinstance(code, str) or not code.strip():
        return None
    display = string_in(value, "display") if "display" in value else None
    return Coding(system.rstrip("/") if isinstance(system, str) else "", code.strip(), display)


def concept_in(parent: Mapping[str, Any], name: str, where: str) -> CodeableConcept | None:
    """The CodeableConcept in one element."""
    if name not in parent:
        return None
    return concept_from(parent.get(name), at(where, name))


def concepts_in(parent: Mapping[str, Any], name: str, where: str) -> tuple[CodeableConcept, ...]:
    """The CodeableConcepts of a list element."""
    if name not in parent:
        return ()
    found = (concept_from(item, at(where, f"{name}[{number}]")) for number, item in objects(parent, name))
    return tuple(concept for concept in found if concept)


def measure_from(value: object, where: str) -> Measure | None:
    """A Quantity (low == high) or a Range."""
    if not isinstance(value, dict):
        return None
    if "low" in value or "high" in value:
        low, high = measure_from(value.get("low"), where), measure_from(value.get("high"), where)
        unit = next((part.unit for part in (high, low) if part and part.unit), None)
        both = Measure(low.low if low else None, high.high if high else None, unit, where)
        return both if low or high else None
    number = value.get("value")
    if not isinstance(number, (int, float)) or isinstance(number, bool):
        return None
    return Measure(float(number), float(number), _unit(value), where)


def _unit(quantity: Mapping[str, Any]) -> str | None:
    code = string_in(quantity, "code")
    if code and string_in(quantity, "system") in (None, _UCUM):
        return code
    return string_in(quantity, "unit") or code


def date_in(parent: Mapping[str, Any], name: str) -> date | None:
    """The calendar date of a date, dateTime or instant as its sender wrote it; None for a year or a month alone."""
    value = parent.get(name)
    if not isinstance(value, str) or not _FULL_DATE.match(value):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def instant_in(parent: Mapping[str, Any], name: str) -> datetime | None:
    """A moment with its offset; a date alone counts from midnight UTC, so that two versions can be compared."""
    value = parent.get(name)
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def effective_date(resource: Mapping[str, Any]) -> date | None:
    """The day of the examination; of a period its first day, from which every deadline counts earliest."""
    day = date_in(resource, "effectiveDateTime") or date_in(resource, "effectiveInstant")
    period = resource.get("effectivePeriod")
    if day is None and isinstance(period, dict):
        day = date_in(period, "start") or date_in(period, "end")
    return day
