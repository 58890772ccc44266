"""A CapabilityStatement, reduced to what a write plan depends on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from worker.core.model import JsonObject


@dataclass(frozen=True, slots=True)
class TypeAbility:
    """What the EHR offers for one resource type; a type that it does not state offers nothing."""

    create: bool = False
    update: bool = False
    update_create: bool = False
    conditional_create: bool = False
    conditional_update: bool = False
    honours_if_match: bool = False


@dataclass(frozen=True, slots=True)
class Capability:
    """What the EHR offers."""

    fhir_version: str = ""
    transaction: bool = False
    batch: bool = False
    types: Mapping[str, TypeAbility] = field(default_factory=dict)

    def of(self, resource_type: str) -> TypeAbility:
        """The abilities of one type."""
        return self.types.get(resource_type, TypeAbility())

    def takes(self, resource_type: str) -> bool:
        """Whether a resource of this type can be brought there at all, and kept up to date."""
        ability = self.of(resource_type)
        return ability.update and (ability.create or ability.update_create)

    def only_creates(self, resource_type: str) -> bool:
        """Whether a resource of this type can be brought there once and never changed, as some EHRs take notes."""
        ability = self.of(resource_type)
        return ability.create and not ability.update


def read_capability(statement: JsonObject, takes_our_ids: bool = False) -> Capability:
    """
    Read leniently: what is not stated is not offered.

    Args:
        takes_our_ids: The site knows that a PUT to an id of ours creates the resource; HAPI does so without stating it.
    """
    rest = next((each for each in _objects(statement.get("rest")) if each.get("mode", "server") == "server"), {})
    system = {each.get("code") for each in _objects(rest.get("interaction"))}
    stated = [each for each in _objects(rest.get("resource")) if isinstance(each.get("type"), str)]
    types = {each["type"]: _ability(each, takes_our_ids) for each in stated}
    return Capability(str(statement.get("fhirVersion", "")), "transaction" in system, "batch" in system, types)


def _ability(stated: JsonObject, takes_our_ids: bool) -> TypeAbility:
    interactions = {each.get("code") for each in _objects(stated.get("interaction"))}
    return TypeAbility(
        create="create" in interactions,
        update="update" in interactions,
        update_create=stated.get("updateCreate") is True or (takes_our_ids and "update" in interactions),
        conditional_create=stated.get("conditionalCreate") is True,
        conditional_update=stated.get("conditionalUpdate") is True,
        honours_if_match=stated.get("versioning") == "versioned-update",
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
