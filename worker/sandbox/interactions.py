"""One FHIR interaction on one resource: read, create, update, delete, and their conditional forms."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from worker.sandbox.answers import Answer, RefusedError, Resource
from worker.sandbox.capability import TYPES, Abilities
from worker.sandbox.search import find, search
from worker.sandbox.store import Held, Stage, Store

_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_KNOWN = frozenset(TYPES)
Validate = Callable[[Resource], None]


@dataclass(frozen=True, slots=True)
class Server:
    """What every interaction needs; ``base`` is the server's own URL with a slash at its end."""

    store: Store
    abilities: Abilities
    base: str
    validate: Validate


@dataclass(frozen=True, slots=True)
class Call:
    """One interaction as asked for, by HTTP or by an entry of a Bundle; header names in lower case."""

    method: str
    resource_type: str
    id: str | None = None
    version: str | None = None
    query: str = ""
    resource: Resource | None = None
    headers: Mapping[str, str] | None = None

    def header(self, name: str) -> str | None:
        """A header's value, None if it was not sent."""
        return (self.headers or {}).get(name)


def parse_path(path: str, query: str) -> tuple[str, str | None, str | None, str]:
    """
    ``Type[/id[/_history/version]]`` and a query, as (type, id, version, query).

    Raises:
        RefusedError: 404 for a path that is no such thing or a type that the server does not know.
    """
    parts = path.strip("/").split("/")
    if parts[0] not in _KNOWN or len(parts) not in {1, 2, 4} or (len(parts) == 4 and parts[2] != "_history"):
        raise RefusedError(404, "not-found", "no such resource type or operation on this server")
    resource_id = parts[1] if len(parts) > 1 else None
    if resource_id is not None and not _ID.fullmatch(resource_id):
        raise RefusedError(400, "value", "not a valid id")
    return parts[0], resource_id, parts[3] if len(parts) == 4 else None, query


def perform(server: Server, stage: Stage, call: Call, assigned_id: str | None = None) -> Answer:
    """
    Carry out one interaction on the stage; nothing is committed here.

    Args:
        assigned_id: The id that a transaction has already given to a resource it creates.
    """
    if call.method == "GET":
        return _get(server, call)
    code = {"POST": "create", "PUT": "update", "DELETE": "delete"}.get(call.method)
    if code not in server.abilities.interactions(call.resource_type):
        raise RefusedError(405, "not-supported", f"{call.method} {call.resource_type} is not offered by this server")
    if call.method == "DELETE":
        return _delete(stage, call)
    resource = _checked_body(server, call)
    if call.method == "POST":
        return _create(server, stage, call, resource, assigned_id)
    return _update(server, stage, call, resource, assigned_id)


def matches_of(server: Server, call: Call) -> list[Held] | None:
    """What a conditional create or update is conditional on; None if it is not conditional."""
    if call.method == "POST":
        query = call.header("if-none-exist")
    else:
        query = call.query if call.method == "PUT" and call.id is None else None
    if query is None:
        return None
    if not server.abilities.conditional:
        raise RefusedError(412, "not-supported", "conditional writes are not offered by this server")
    matches = find(server.store, call.resource_type, query.partition("?")[2] or query)
    if len(matches) > 1:
        raise RefusedError(412, "multiple-matches", f"{len(matches)} resources match the condition")
    return matches


def _checked_body(server: Server, call: Call) -> Resource:
    resource = call.resource
    if not isinstance(resource, dict) or resource.get("resourceType") != call.resource_type:
        raise RefusedError(400, "invalid", f"the body is not a {call.resource_type}", "resourceType")
    server.validate(resource)
    return resource


def _get(server: Server, call: Call) -> Answer:
    if call.id is None:
        return Answer(200, search(server.store, call.resource_type, call.query, server.base))
    versions = server.store.versions(f"{call.resource_type}/{call.id}")
    if not versions:
        raise RefusedError(404, "not-found", f"{call.resource_type}/{call.id} is not known")
    held = versions[-1] if call.version is None else _that_version(versions, call.version)
    if held.resource is None:
        raise RefusedError(410, "deleted", f"{held.key} was deleted")
    return Answer(200, held.resource, _headers(server, held))


def _that_version(versions: tuple[Held, ...], version: str) -> Held:
    for held in versions:
        if str(held.version) == version:
            return held
    raise RefusedError(404, "not-found", "no such version")


def _create(server: Server, stage: Stage, call: Call, resource: Resource, assigned_id: str | None) -> Answer:
    for held in matches_of(server, call) or ():
        return Answer(200, held.resource, _headers(server, held))
    held = stage.write(call.resource_type, assigned_id or server.store.new_id(), resource)
    return Answer(201, held.resource, _headers(server, held))


def _update(server: Server, stage: Stage, call: Call, resource: Resource, assigned_id: str | None) -> Answer:
    resource_id = call.id
    if resource_id is None:
        matches = matches_of(server, call) or ()
        resource_id = matches[0].id if matches else assigned_id or resource.get("id") or server.store.new_id()
    elif resource.get("id") != resource_id:
        raise RefusedError(400, "invalid", "the id of the body is not the id of the URL", "id")
    before = stage.current(f"{call.resource_type}/{resource_id}")
    _check_version(server, call, before)
    if before is None and call.id is not None and not server.abilities.update_create:
        raise RefusedError(405, "not-supported", "this server does not take ids of clients")
    held = stage.write(call.resource_type, resource_id, resource)
    is_new = before is None or before.resource is None
    return Answer(201 if is_new else 200, held.resource, _headers(server, held))


def _check_version(server: Server, call: Call, before: Held | None) -> None:
    wanted = call.header("if-match")
    if wanted is None or not server.abilities.if_match:
        return
    if before is None or wanted.removeprefix("W/").strip('"') != str(before.version):
        raise RefusedError(412, "conflict", "If-Match does not name the current version")


def _delete(stage: Stage, call: Call) -> Answer:
    key = f"{call.resource_type}/{call.id}"
    if call.id is None or stage.current(key) is None:
        raise RefusedError(404, "not-found", f"{key} is not known")
    if stage.exists(key):
        stage.write(call.resource_type, call.id, None)
    return Answer(204)


def _headers(server: Server, held: Held) -> dict[str, str]:
    return {
        "ETag": f'W/"{held.version}"',
        "Location": f"{server.base}{held.key}/_history/{held.version}",
        "X-Last-Updated": held.last_updated,
    }
