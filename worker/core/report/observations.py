"""Observations of a report -> values, members resolved, none read twice, no circle followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from worker.core.model import CodeableConcept, Component, JsonObject, Observation, Site, Value
from worker.core.report.bundle import Located, references_in
from worker.core.report.elements import (
    concept_from,
    concept_in,
    concepts_in,
    effective_date,
    measure_from,
    objects,
    string_in,
)
from worker.core.report.gathered import Gathered
from worker.core.report.sites import sites_of

__all__ = ["CitedObservation", "observations_from", "value_of"]

_NO_CODE = CodeableConcept()
# Deeper than any guide nests members; a hostile chain ends here and is reported as missing.
_MAX_MEMBER_DEPTH = 12
_PEOPLE = ("Patient/", "RelatedPerson/")


@dataclass(frozen=True, slots=True)
class CitedObservation:
    """An Observation at the top of a report, and the sites that only its section told."""

    located: Located
    sites: tuple[Site, ...] = ()


def observations_from(cited: Sequence[CitedObservation], gathered: Gathered) -> tuple[Observation, ...]:
    """The Observations in order; one that is a member of another of them stands only inside that one."""
    members = {form for one in cited for form in references_in(one.located.resource, "hasMember")}
    tops = [one for one in cited if not members.intersection(one.located.forms)]
    found = [_observation(one.located, one.sites, gathered, 0) for one in (*tops, *cited)]
    return tuple(one for one in found if one is not None)


def _observation(located: Located, inherited: tuple[Site, ...], gathered: Gathered, depth: int) -> Observation | None:
    if located.resource_type != "Observation" or not gathered.take_up(located):
        return None
    resource, where = located.resource, located.place
    sites = sites_of(located, gathered) + inherited
    return Observation(
        reference=where,
        where=where,
        status=string_in(resource, "status") or "unknown",
        code=concept_in(resource, "code", where) or _NO_CODE,
        categories=concepts_in(resource, "category", where),
        value=value_of(resource, where),
        absent_reason=concept_in(resource, "dataAbsentReason", where),
        sites=sites,
        components=tuple(_component(item, f"{where}.component[{n}]") for n, item in objects(resource, "component")),
        members=_members(located, inherited, gathered, depth),
        method=concept_in(resource, "method", where),
        effective=effective_date(resource),
        patient=_person_in_focus(located, gathered) or gathered.subject_of(located),
        is_of_specimen="specimen" in resource or any(f.startswith("Specimen/") for f in _focus(resource)),
    )


def _person_in_focus(located: Located, gathered: Gathered) -> str | None:
    """Whom an Observation is about, where that is not its subject (an unborn child, a relative)."""
    for form in _focus(located.resource):
        found = gathered.find(form, located)
        name = (found.reference or form) if found else form
        if name.startswith(_PEOPLE):
            return name
    return None


def _focus(resource: JsonObject) -> tuple[str, ...]:
    return references_in(resource, "focus") if "focus" in resource else ()


def _members(located: Located, inherited: tuple[Site, ...], gathered: Gathered, depth: int) -> tuple[Observation, ...]:
    found = []
    for form in references_in(located.resource, "hasMember"):
        member = gathered.require(form, located)
        if member is None:
            continue
        if depth >= _MAX_MEMBER_DEPTH:
            gathered.missing[form] = None
            continue
        read = _observation(member, inherited, gathered, depth + 1)
        if read is not None:
            found.append(read)
    return tuple(found)


def _component(item: Any, where: str) -> Component:
    code = concept_in(item, "code", where) or _NO_CODE
    return Component(code, value_of(item, where), concept_in(item, "dataAbsentReason", where), where)


def value_of(parent: Any, where: str) -> Value | None:
    """``value[x]``; None only where there is none. A kind that is not read is prose without words: nobody can tell."""
    for name in ("valueCodeableConcept", "valueCoding"):
        if name in parent:
            return concept_from(parent[name], f"{where}.{name}")
    for name in ("valueQuantity", "valueRange"):
        if name in parent:
            return measure_from(parent[name], f"{where}.{name}")
    for name in ("valueBoolean", "valueInteger", "valueString"):
        value = parent.get(name)
        if isinstance(value, (bool, int, str)):
            return value
    return "" if any(name.startswith("value") for name in parent) else None
