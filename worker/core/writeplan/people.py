"""The person a plan is for: as our resources name them, and as the EHR does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from worker.core.model import JsonObject
from worker.core.writeplan.values import Resource

_SUBJECTS = ("subject", "patient", "for")


@dataclass(frozen=True, slots=True)
class Person:
    """How a resource names its subject; every part may be missing."""

    reference: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()  # (system, value)


def subject_of(resources: Sequence[JsonObject]) -> JsonObject:
    """The subject element that the resources share; empty if they have none."""
    found = (each[name] for each in resources for name in _SUBJECTS if isinstance(each.get(name), Mapping))
    return next(found, {})


def person_of(subject: JsonObject) -> Person:
    """Read a subject element."""
    identifier = subject.get("identifier")
    pairs = _pairs([identifier] if isinstance(identifier, Mapping) else ())
    reference = subject.get("reference")
    return Person(reference if isinstance(reference, str) else None, pairs)


def contradicts(person: Person, patient: JsonObject) -> bool:
    """Whether the EHR's Patient has another value under a system under which we know one."""
    theirs = _pairs(patient.get("identifier", ()))
    for system, value in person.identifiers:
        values = {v for s, v in theirs if s == system}
        if system and values and value not in values:
            return True
    return False


def with_subject(resources: Sequence[JsonObject], old: JsonObject, key: str) -> tuple[Resource, ...]:
    """The resources with the EHR's own reference (``Patient/id``) wherever ``old`` stood."""
    if old.get("reference") == key and "display" not in old:
        return tuple(dict(each) for each in resources)
    new = {**{name: value for name, value in old.items() if name != "display"}, "reference": key}
    return tuple(_replaced(dict(each), old, new) for each in resources)


def _replaced(node: Any, old: JsonObject, new: Resource) -> Any:
    if node == old:
        return dict(new)
    if isinstance(node, dict):
        return {
            name: _replaced(value, old, new) if isinstance(value, dict | list) else value
            for name, value in node.items()
        }
    if isinstance(node, list):
        return [_replaced(value, old, new) if isinstance(value, dict | list) else value for value in node]
    return node


def _pairs(identifiers: Any) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(i.get("system", "")), str(i["value"])) for i in identifiers if isinstance(i, Mapping) and "value" in i
    )
