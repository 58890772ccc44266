"""Versions of resources in memory, found by id, identifier and reference; changes are staged and committed at once."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from worker.sandbox.answers import RefusedError, Resource


@dataclass(frozen=True, slots=True)
class Held:
    """One version of one resource; ``resource`` is None once deleted."""

    resource_type: str
    id: str
    version: int
    resource: Resource | None
    last_updated: str

    @property
    def key(self) -> str:
        """``Type/id``."""
        return f"{self.resource_type}/{self.id}"


class Store:
    """All versions of all resources; one thread only (the event loop)."""

    def __init__(self) -> None:
        self._versions: dict[str, list[Held]] = {}
        self._by_type: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._by_identifier: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._numbers = itertools.count(1001)

    def new_id(self) -> str:
        """An id that the server assigns."""
        return f"s{next(self._numbers)}"

    def current(self, key: str) -> Held | None:
        """The newest version, a deleted one included."""
        versions = self._versions.get(key)
        return versions[-1] if versions else None

    def versions(self, key: str) -> tuple[Held, ...]:
        """All versions, oldest first."""
        return tuple(self._versions.get(key, ()))

    def of_type(self, resource_type: str) -> Iterator[Held]:
        """Every resource of a type that is not deleted, oldest first."""
        return self._alive(self._by_type[resource_type])

    def with_identifier(self, resource_type: str, value: str) -> Iterator[Held]:
        """Resources of a type that carry (or once carried) an identifier with this value."""
        return self._alive(self._by_identifier.get((resource_type, value), {}))

    def everything(self) -> Iterator[Held]:
        """Every resource that is not deleted, by type."""
        for resource_type in sorted(self._by_type):
            yield from self.of_type(resource_type)

    def _alive(self, keys: dict[str, None]) -> Iterator[Held]:
        for key in keys:
            held = self._versions[key][-1]
            if held.resource is not None:
                yield held

    def accept(self, held: Held) -> None:
        """Make a version the newest of its resource."""
        self._versions.setdefault(held.key, []).append(held)
        self._by_type[held.resource_type][held.key] = None
        for value in identifier_values(held.resource):
            self._by_identifier[held.resource_type, value][held.key] = None


class Stage:
    """What one interaction (or one transaction) is about to change; nothing is visible before ``commit``."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._staged: dict[str, Held] = {}

    def current(self, key: str) -> Held | None:
        """The newest version as it will be after the commit."""
        return self._staged.get(key) or self.store.current(key)

    def exists(self, key: str) -> bool:
        """Whether a reference to this resource will resolve after the commit."""
        held = self.current(key)
        return held is not None and held.resource is not None

    def staged(self) -> tuple[Held, ...]:
        """What will be written."""
        return tuple(self._staged.values())

    def write(self, resource_type: str, resource_id: str, resource: Resource | None) -> Held:
        """Stage the next version; None deletes. The resource is changed: it gets its id and meta."""
        key = f"{resource_type}/{resource_id}"
        if key in self._staged:
            raise RefusedError(400, "invalid", f"{key} is written twice in one transaction")
        before = self.store.current(key)
        version = before.version + 1 if before else 1
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        if resource is not None:
            resource["id"] = resource_id
            resource["meta"] = {**resource.get("meta", {}), "versionId": str(version), "lastUpdated": now}
        held = Held(resource_type, resource_id, version, resource, now)
        self._staged[key] = held
        return held

    def commit(self) -> None:
        """Make all of it visible."""
        for held in self._staged.values():
            self.store.accept(held)


def identifier_values(resource: Resource | None) -> Iterator[str]:
    """The values of the resource's own identifiers (``identifier`` is one or several, by type)."""
    identifiers = (resource or {}).get("identifier") or ()
    for identifier in [identifiers] if isinstance(identifiers, dict) else identifiers:
        if isinstance(identifier, dict) and "value" in identifier:
            yield str(identifier["value"])
