"""
Under which key each resource is written: its own, or beside one that somebody else has changed or removed.

The key of a successor follows from the key that it succeeds, so that a delivery that was cut off finds its own traces.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal
from uuid import NAMESPACE_URL, uuid5

from worker.core.model import JsonObject
from worker.core.writeplan.sameness import digest_of, is_as_we_wrote_it, own_references
from worker.core.writeplan.values import Resource, Seen, Written, key_of

Turn = Literal["replaces", "again"]
TURNS: Final[tuple[Turn, ...]] = ("replaces", "again")
ConflictKind = Literal["edited", "deleted", "withdrawn"]
State = Literal["unseen", "absent", "ours", "theirs", "deleted"]
# The parts of a plan: what a clinician released or edited includes them, so they are never changed under that plan.
_PARTS_OF_PLAN = frozenset({"ServiceRequest", "Goal"})
_REVISION_TAG = "urn:calcifhir:revision"
_PLANNED = frozenset({"CarePlan", "Goal", "ServiceRequest"})
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
        passed: The keys on the way, the resource's own first.
        conflicts: What a clinician must hear of.
        is_theirs: Nothing is written: what somebody else has changed or removed stays so.
    """

    key: str
    turns: tuple[Turn, ...] = ()
    passed: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    is_theirs: bool = False

    @property
    def replaces(self) -> str | None:
        """The key whose resource it replaces: one that was changed, not removed."""
        return self.passed[-1] if self.turns[-1:] == ("replaces",) and self.passed else None


@dataclass(frozen=True, slots=True)
class Ground:
    """
    What we know of the EHR: what we wrote, what we have seen; ``aliases`` as in ``digest_of``.

    Args:
        adopted: By our key, digest and version of a form that came back by a clinician's act and that is built upon.
        yielding: Our keys of what is not written where somebody else has changed or removed it.
    """

    known: Mapping[str, Written]
    seen: Mapping[str, Seen]
    aliases: Mapping[str, str] = field(default_factory=dict)
    adopted: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    yielding: frozenset[str] = frozenset()

    def state(self, key: str, wanted: JsonObject) -> State:
        """Whose the resource under a key is."""
        seen, known = self.seen.get(key), self.known.get(key)
        if seen is None:
            return "unseen"
        if seen.resource is None:
            return "deleted" if seen.is_deleted else "absent"
        if known and known.version_id and known.version_id == seen.version_id:
            return "ours"
        if is_as_we_wrote_it(seen.resource, self.aliases) or self._is_adopted(key, seen):
            return "ours"
        wished = digest_of(wanted)
        # With nothing new to say on our side it does not matter what they have changed.
        is_settled = known is not None and known.digest == wished
        return "ours" if is_settled or digest_of(seen.resource, self.aliases) == wished else "theirs"

    def is_left_alone(self, key: str) -> bool:
        """Whether somebody has changed what we wrote, and we had nothing to say against it: it stays, links and all."""
        seen, known = self.seen.get(key), self.known.get(key)
        if seen is None or seen.resource is None or known is None:
            return False
        if self._is_adopted(key, seen) or (known.version_id and known.version_id == seen.version_id):
            return False
        is_changed = digest_of(seen.resource, self.aliases) != known.digest
        return is_changed and not is_as_we_wrote_it(seen.resource, self.aliases)

    def _is_adopted(self, key: str, seen: Seen) -> bool:
        digest, version_id = self.adopted.get(key, ("", None))
        if version_id and version_id == seen.version_id:
            return True
        return seen.resource is not None and digest == digest_of(seen.resource, self.aliases)

    def leads_astray(self, resource: JsonObject) -> bool:
        """Whether a reference to ours leads to what is not there any more, because the EHR gave the next an id anew."""
        return any(not self._is_at(key, literal) for key, literal in own_references(resource))

    def _is_at(self, key: str, literal: str) -> bool:
        seen, known = self.seen.get(key), self.known.get(key)
        if seen is not None:
            return seen.resource is not None and literal.endswith(seen.location or key)
        return known is None or literal.endswith(known.location or key)


def standing_key(key: str, known: Mapping[str, Written]) -> str:
    """Where the newest form of one of ours stands: its own key, or that of the last successor in the ledger."""
    following = (successor(key, turn) for turn in TURNS)
    return next((standing_key(each, known) for each in following if each in known), key)


def successor(key: str, turn: Turn) -> str:
    """The key that follows one which was changed (``replaces``) or removed (``again``) by somebody else."""
    resource_type, _, resource_id = key.partition("/")
    return f"{resource_type}/{uuid5(NAMESPACE_URL, f'urn:calcifhir:{turn}:{resource_id}')}"


def is_withdrawal(resource: JsonObject) -> bool:
    """Whether the resource takes something back, or says that a plan or its goal is over."""
    status = resource.get("lifecycleStatus", resource.get("status"))  # a Goal calls it otherwise
    return status in _WITHDRAWN or (status == "completed" and resource.get("resourceType") in _PLANNED)


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
    """Beside the part of a plan that is somebody else's now; a plan that was removed leaves its parts to us."""
    turns: tuple[Turn, ...] = tuple(turn for turn in plan.turns if turn == "replaces") if plan else ()
    return _place(resource, ground, turns)


def _place(resource: Resource, ground: Ground, turns: tuple[Turn, ...]) -> Place:
    place = Place(key_of(resource))
    for turn in turns:
        place = Place(successor(place.key, turn))
    while not place.is_theirs and (following := _next(place, resource, ground)) is not None:
        place = following
    return place


def _next(place: Place, resource: Resource, ground: Ground) -> Place | None:
    """
    One step along the chain of successors; None at its end.

    A withdrawal takes the same way: a successor of ours may be there although nobody recorded it.
    """
    for turn in TURNS if ground.known else ():
        if successor(place.key, turn) in ground.known:
            # What they made their own may stand there still, and what it rests on is taken back now.
            is_withdrawn = turn == "replaces" and is_withdrawal(resource)
            return _moved(place, turn, "withdrawn" if is_withdrawn else None)
    state = ground.state(place.key, resource)
    if state in {"theirs", "deleted"} and key_of(resource) in ground.yielding and not is_withdrawal(resource):
        return replace(place, is_theirs=True)
    if state == "deleted":
        return _moved(place, "again", None if is_withdrawal(resource) else "deleted")
    if state != "theirs":
        return None
    if not is_withdrawal(resource):
        return _moved(place, "replaces", "edited")
    seen = ground.seen[place.key].resource
    still_stands = seen is not None and not is_withdrawal(seen)
    return _moved(place, "replaces", "withdrawn" if still_stands else None)


def strays(wanted: Sequence[Resource], places: Mapping[str, Place], ground: Ground) -> list[Resource]:
    """
    Parts that a delivery which was cut off has left beside a plan that is somebody else's now: nobody asks for them.

    Returns:
        Each as what it is: entered in error.
    """
    asked = {key for seen in ground.seen.values() for key in _referred(seen.resource, ground)}
    found = []
    for each in wanted:
        key = key_of(each)
        is_part = each["resourceType"] in _PARTS_OF_PLAN and not is_withdrawal(each)
        for left in _left_behind(key, places[key]) if is_part else ():
            if left not in asked and left not in ground.known and _stands_as_written(ground.seen.get(left), ground):
                status = "lifecycleStatus" if each["resourceType"] == "Goal" else "status"
                found.append({**each, "id": left.partition("/")[2], status: "entered-in-error"})
    return found


def _left_behind(key: str, place: Place) -> Iterator[str]:
    """The keys of a part before the one where it goes: beside plans that were replaced, and on its own way."""
    first = place.passed[0] if place.passed else place.key
    while key != first:
        yield key
        key = successor(key, "replaces")
    yield from place.passed


def _stands_as_written(seen: Seen | None, ground: Ground) -> bool:
    if seen is None or seen.resource is None or is_withdrawal(seen.resource):
        return False
    return is_as_we_wrote_it(seen.resource, ground.aliases)


def _referred(plan: JsonObject | None, ground: Ground) -> set[str]:
    """The keys of the parts of a plan."""
    if plan is None or plan["resourceType"] != "CarePlan":
        return set()
    said = [each.get("reference") or each.get("plannedActivityReference") for each in plan.get("activity", ())]
    literal = [str(each.get("reference")) for each in (*said, *plan.get("goal", ())) if isinstance(each, Mapping)]
    keys = ["/".join(each.split("/_history/")[0].split("/")[-2:]) for each in literal]
    return {ground.aliases.get(key, key) for key in keys}


def _moved(place: Place, turn: Turn, conflict: ConflictKind | None) -> Place:
    conflicts = (*place.conflicts, Conflict(place.key, conflict)) if conflict else place.conflicts
    return Place(successor(place.key, turn), (*place.turns, turn), (*place.passed, place.key), conflicts)
