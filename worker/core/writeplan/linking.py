"""References between our resources, by identifier where a literal one would lead nowhere or tell nothing."""

from collections.abc import Mapping
from typing import Any

from worker.core.model import JsonObject
from worker.core.writeplan.values import Resource


def by_identifier(node: Any, absent: Mapping[str, JsonObject]) -> Any:
    """The element with logical references in place of literal ones to what is not there."""
    if isinstance(node, Mapping):
        target = absent.get(str(node.get("reference")))
        if target is not None:
            return {"type": target["resourceType"], "identifier": identifier_of(target)}
        return {name: by_identifier(value, absent) for name, value in node.items()}
    if isinstance(node, list | tuple):
        return [by_identifier(value, absent) for value in node]
    return node


def with_identifiers(node: Any, targets: Mapping[str, JsonObject]) -> Any:
    """
    The element with the identifier of ours added to every literal reference to ours.

    For servers that assign ids: the literal part will be the server's, and what is referred to is still told.
    """
    if isinstance(node, Mapping):
        copied = {name: with_identifiers(value, targets) for name, value in node.items()}
        target = targets.get(str(node.get("reference")))
        return {**copied, "identifier": identifier_of(target)} if target and target.get("identifier") else copied
    if isinstance(node, list | tuple):
        return [with_identifiers(value, targets) for value in node]
    return node


def identifier_of(resource: JsonObject) -> Resource:
    """Its own identifier; for what has none, its id as a URI."""
    identifiers = resource.get("identifier") or [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{resource['id']}"}]
    return dict(identifiers[0])
