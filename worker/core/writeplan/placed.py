"""What an outcome comes to at one EHR: each resource under its key there, with references that lead somewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from worker.core.writeplan.capability import Capability
from worker.core.writeplan.linking import by_identifier, with_identifiers
from worker.core.writeplan.people import subject_of
from worker.core.writeplan.placing import Ground, Place, is_withdrawal, place_all, strays
from worker.core.writeplan.review import review_task
from worker.core.writeplan.sameness import digest_of, relinked
from worker.core.writeplan.values import Resource, key_of

Careful = Literal["all", "new", "nothing"]
# What a clinician works with; that another took up one of our Tasks or issues needs no further Task.
_WORTH_A_WORD = frozenset({"CarePlan", "ServiceRequest", "Communication", "DocumentReference"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A resource under the key where it goes."""

    key: str
    resource: Resource
    digest: str


def set_out(
    wanted: Sequence[Resource], ground: Ground, capability: Capability, moment: str, careful: Careful
) -> tuple[list[Placed], tuple[str, ...], dict[str, Resource]]:
    """
    All that the EHR shall hold, notes about what somebody else has changed, and what to look up first, by our keys:
    what is replaced and may stand there under an id that was never recorded.

    What takes back what is not there is left out, and what gives way to somebody else's. Others refer then to what
    stands in its place, or by identifier, and the Provenance speaks only of what is ours.
    """
    places, own = place_all(wanted, ground), {key_of(each): each for each in wanted}
    notes = tuple(sorted({f"{each.kind}-elsewhere" for place in places.values() for each in place.conflicts}))
    left = {
        key for key, each in own.items() if places[key].is_theirs or _is_moot(each, places[key].key, ground, careful)
    }
    moved = {key: place.key for key, place in places.items() if key not in left}
    moved |= {key: there for key in left if (there := _standing(places[key], ground))}
    links = _Links(frozenset(left), {key: own[key] for key in left if key not in moved}, moved)
    kept = [_turned(each, places[key], links) for key, each in own.items() if key not in left]
    kept += [*strays(wanted, places, ground), *_reviews(wanted, places, moment)]
    assigned = _assigned(kept, places, capability)
    if assigned:
        kept = [with_identifiers(each, assigned) for each in kept]
    replaced = {place.replaces for place in places.values() if place.replaces}
    unlocated = {key: assigned[key] for key in replaced & assigned.keys() - ground.seen.keys() - ground.known.keys()}
    placed = [Placed(key_of(each), each, digest_of(each)) for each in kept if each.get("target", True)]
    return placed, notes, unlocated


@dataclass(frozen=True, slots=True)
class _Links:
    """Where references to our own keys lead: ``left`` is not written, ``gone`` not even there, ``moved`` elsewhere."""

    left: frozenset[str]
    gone: Mapping[str, Resource]
    moved: Mapping[str, str]

    @property
    def are_plain(self) -> bool:
        """Whether every reference leads where it says."""
        return not self.left and all(key == place for key, place in self.moved.items())


def _turned(resource: Resource, place: Place, links: _Links) -> Resource:
    """The resource under its key, with references that lead somewhere."""
    if links.are_plain:
        return resource
    if links.left and resource["resourceType"] == "Provenance":
        targets = [one for one in resource["target"] if one.get("reference") not in links.left]
        resource = {**resource, "target": targets}
    turned: Resource = relinked(by_identifier(resource, links.gone), lambda target: links.moved.get(target, target))
    if place.key != key_of(resource):
        turned["id"] = place.key.partition("/")[2]
        if "identifier" in resource:
            turned["identifier"] = [_renamed(each, resource["id"], turned["id"]) for each in resource["identifier"]]
    if place.replaces and resource["resourceType"] in {"CarePlan", "ServiceRequest"}:
        turned["replaces"] = [*turned.get("replaces", ()), {"reference": place.replaces}]
    return turned


def _standing(place: Place, ground: Ground) -> str | None:
    """What stands there in the place of something that is not written."""
    keys = (*place.passed, place.key) if place.is_theirs else place.passed
    return next((key for key in reversed(keys) if _is_there(key, ground)), None)


def _renamed(identifier: Resource, old: str, new: str) -> Resource:
    return {**identifier, "value": new} if identifier.get("value") == old else identifier


def _is_moot(resource: Resource, key: str, ground: Ground, careful: Careful) -> bool:
    """Whether it takes back what is not there."""
    if not is_withdrawal(resource):
        return False
    seen = ground.seen.get(key)
    if seen is None:
        return key not in ground.known and careful == "nothing"
    return seen.resource is None


def _is_there(key: str, ground: Ground) -> bool:
    seen = ground.seen.get(key)
    return key in ground.known if seen is None else seen.resource is not None


def _reviews(wanted: Sequence[Resource], places: Mapping[str, Place], moment: str) -> list[Resource]:
    """One Task if somebody else's version and ours stand side by side."""
    found = [
        (conflict, place.key)
        for place in places.values()
        for conflict in place.conflicts[-1:]
        if place.key.partition("/")[0] in _WORTH_A_WORD
    ]
    if not found:
        return []
    like = next((each for each in wanted if each["resourceType"] == "Task"), wanted[0])
    return [review_task(found, like, subject_of(wanted), moment)]


def _assigned(kept: Sequence[Resource], places: Mapping[str, Place], capability: Capability) -> dict[str, Resource]:
    """What the EHR gives ids of its own to, by our keys; what is replaced has the same kind of identifier."""
    found = {key_of(each): each for each in kept if not capability.of(each["resourceType"]).update_create}
    for place in places.values():
        if place.replaces and (own := found.get(place.key)):
            old_id = place.replaces.partition("/")[2]
            found[place.replaces] = {**own, "identifier": [{**own["identifier"][0], "value": old_id}]}
    return found
