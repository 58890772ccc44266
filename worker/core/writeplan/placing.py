"""
Under which key each resource is written: its own, or beside one that somebody else has changed or removed.

The key of a successor follows from the key that it succeeds, so that a delivery that was cut off finds its own traces.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from uuid import NAMESPACE_URL, uuid5

from worker.core.model import JsonObject
from worker.core.writeplan.sameness import digest_of, is_as_we_wrote_it
from worker.core.writeplan.values import Resource, Seen, Written, key_of

Turn = Literal["replaces", "again"]
TURNS: Final[tuple[Turn, ...]] = ("replaces", "again")
ConflictKind = Literal["edited", "deleted", "withdrawn"]
State = Literal["unseen", "absent", "ours", "theirs", "deleted"]
# The parts of a plan: what a clinician released or edited includes them, so they are never changed under that plan.
_PARTS_OF_PLAN = frozenset({"ServiceRequest", "Goal"})
_REVISION_TAG = "urn:calcifhir:revision"
_WITHDRAWN = frozenset({"revoked", "entered-in-error", "not-done", "cancelled", "rejected", "superseded"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that somebody else has changed or removed, or has made their own while ours is taken back."""

    key: str
    kind: ConflictKind


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a resource goes.

    Args:
        turns: How the key came about from the resource's own.
        replaces: The key whose resource it replaces.
        conflicts: What a clinician must hear of.
        is_theirs: It must not be written at all: a withdrawal of what somebody else has made their own.
    """

    key: str
    turns: tuple[Turn, ...] = ()
    replaces: str | None = None
    conflicts: tuple[Conflict, ...] = ()
    is_theirs: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """What we know of the EHR: what we wrote, what we have seen; ``aliases`` as in ``digest_of``."""

    known: Mapping[str, Written]
    seen: Mapping[str, Seen]
    aliases: Mapping[str, str] = field(default_factory=dict)

    def state(self, key: str, wanted: JsonObject) -> State:
        """Whose the resource under a key is."""
        seen, known = self.seen.get(key), self.known.get(key)
        if seen is None:
            return "unseen"
        if seen.resource is None:
            return "deleted" if seen.is_deleted else "absent"
        if known and known.version_id and known.version_id == seen.version_id:
            return "ours"
        if is_as_we_wrote_it(seen.resource, self.aliases):
            return "ours"
        wished = digest_of(wanted)
        # With nothing new to say on our side it does not matter what they have changed.
        is_settled = known is not None and known.digest == wished
        return "ours" if is_settled or digest_of(seen.resource, self.aliases) == wished else "theirs"


def successor(key: str, turn: Turn) -> str:
    """The key that follows one which was changed (``replaces``) or removed (``again``) by somebody else."""
    resource_type, _, resource_id = key.partition("/")
    return f"{resource_type}/{uuid5(NAMESPACE_URL, f'urn:calcifhir:{turn}:{resource_id}')}"


def is_withdrawal(resource: JsonObject) -> bool:
    """Whether the resource takes something back."""
    return resource.get("lifecycleStatus", resource.get("status")) in _WITHDRAWN  # a Goal calls it otherwise


def place_all(wanted: Sequence[Resource], ground: Ground) -> dict[str, Place]:
    """A place for each resource, by its own key. The parts of a plan go where their plan goes."""
    plans = [each for each in wanted if each["resourceType"] == "CarePlan"]
    places = {key_of(each): _place(each, ground, ()) for each in plans}
    by_revision = {_revision(each): places[key_of(each)] for each in plans}
    for each in wanted:
        if each["resourceType"] in _PARTS_OF_PLAN:
            places[key_of(each)] = _place_part(each, ground, by_revision.get(_revision(each)))
        elif each["resourceType"] != "CarePlan":
            places[key_of(each)] = _place(each, ground, ())
    return places


def _revision(resource: Resource) -> str:
    tags = (resource.get("meta") or {}).get("tag") or ()
    return next((str(tag.get("code")) for tag in tags if tag.get("system") == _REVISION_TAG), "")


def _place_part(resource: Resource, ground: Ground, plan: Place | None) -> Place:
    if plan is None:
        return _place(resource, ground, ())
    if plan.is_theirs and is_withdrawal(resource):
        return Place(key_of(resource), is_theirs=True)
    return _place(resource, ground, plan.turns)


def _place(resource: Resource, ground: Ground, turns: tuple[Turn, ...]) -> Place:
    key = key_of(resource)
    for turn in turns:
        key = successor(key, turn)
    place = Place(key, turns)
    while not place.is_theirs and (following := _next(place, resource, ground)) is not None:
        place = following
    return place


def _next(place: Place, resource: Resource, ground: Ground) -> Place | None:
    """One step along the chain of successors; None at its end."""
    for turn in TURNS if ground.known else ():
        if successor(place.key, turn) in ground.known:
            # What they made their own then stands there still, and what it rests on is taken back now.
            is_withdrawn = turn == "replaces" and is_withdrawal(resource)
            return _moved(place, turn, "withdrawn" if is_withdrawn else None)
    state = ground.state(place.key, resource)
    if state not in {"theirs", "deleted"}:
        return None
    if is_withdrawal(resource):
        return _left(place, state, ground)
    return _moved(place, "replaces", "edited") if state == "theirs" else _moved(place, "again", "deleted")


def _moved(place: Place, turn: Turn, conflict: ConflictKind | None) -> Place:
    conflicts = (*place.conflicts, Conflict(place.key, conflict)) if conflict else place.conflicts
    replaced = place.key if turn == "replaces" else None
    return Place(successor(place.key, turn), (*place.turns, turn), replaced, conflicts)


def _left(place: Place, state: State, ground: Ground) -> Place:
    """Theirs stays; it is worth a word only if it still stands."""
    seen = ground.seen[place.key].resource
    still_stands = state == "theirs" and seen is not None and not is_withdrawal(seen)
    told = (Conflict(place.key, "withdrawn"),) if still_stands else ()
    return Place(place.key, place.turns, None, (*place.conflicts, *told), is_theirs=True)
