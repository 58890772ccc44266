"""Wanted, known and seen -> the writes to make, or what must be looked at first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from worker.core.writeplan.capability import Capability
from worker.core.writeplan.people import subject_of
from worker.core.writeplan.placing import Ground, Place, is_withdrawal, place_all
from worker.core.writeplan.review import review_task
from worker.core.writeplan.sameness import digest_of, relinked, stamped
from worker.core.writeplan.values import Resource, Seen, Step, WritePlan, Written, key_of

_PROVENANCE = "Provenance/"
Careful = Literal["all", "new", "nothing"]
# What a clinician works with; that another took up one of our Tasks or issues needs no further Task.
_WORTH_A_WORD = frozenset({"CarePlan", "ServiceRequest", "Communication", "DocumentReference"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A resource under the key where it goes."""

    key: str
    resource: Resource
    digest: str


def plan_writes(
    wanted: Sequence[Resource],
    known: Mapping[str, Written],
    seen: Mapping[str, Seen],
    capability: Capability,
    moment: str,
    careful: Careful = "all",
) -> WritePlan:
    """
    Decide what to write next.

    Args:
        wanted: Resources of an outcome under our own ids; the subject is already the EHR's own.
        known: The ledger of what was written last, by our keys.
        seen: What was looked at, by our keys.
        moment: FHIR instant for a Task about a conflict.
        careful: What must be looked at before it is written: ``all``, as an earlier write may have been carried out
            unseen; what is ``new`` to the ledger; or ``nothing``.
    """
    ground = Ground(known, seen, _aliases(known, seen))
    places = place_all(wanted, ground)
    notes = tuple(sorted({f"{each.kind}-elsewhere" for place in places.values() for each in place.conflicts}))
    placed = [*_placed(wanted, places), *_reviews(wanted, places, moment)]
    steps, wants, written = [], {}, dict(known)
    for each in _honest(placed, places, ground, careful):
        found = _decide(each, ground, capability, careful)
        if isinstance(found, Step):
            steps.append(found)
        elif isinstance(found, Written):
            written[each.key] = found
        elif found is not None:
            wants[each.key] = found
    if wants:
        return WritePlan((), wants, written, notes)
    is_news = written != known or any(not step.key.startswith(_PROVENANCE) for step in steps)
    # A Provenance says who wrote the rest; when nothing else is new, there is nothing to say.
    return WritePlan(tuple(steps) if is_news else (), {}, written, notes)


def _aliases(known: Mapping[str, Written], seen: Mapping[str, Seen]) -> dict[str, str]:
    """Our key for each key of the EHR that differs from it."""
    everything: list[tuple[str, str | None]] = [(key, each.location) for key, each in known.items()]
    everything += [(key, each.location) for key, each in seen.items()]
    return {location: key for key, location in everything if location and location != key}


def _reviews(wanted: Sequence[Resource], places: Mapping[str, Place], moment: str) -> list[Placed]:
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
    task = review_task(found, like, subject_of(wanted), moment)
    return [Placed(key_of(task), task, digest_of(task))]


def _honest(
    placed: Sequence[Placed], places: Mapping[str, Place], ground: Ground, careful: Careful
) -> Iterator[Placed]:
    """What is to be written, the Provenance speaking only of what we do write or have written."""
    kept = [each for each in placed if not _is_moot(each, ground, careful)]
    gone = {each.key for each in placed} - {each.key for each in kept}
    gone |= {place.key for place in places.values() if place.is_theirs}
    for each in kept:
        if not gone or not each.key.startswith(_PROVENANCE):
            yield each
        elif targets := [one for one in each.resource["target"] if one.get("reference") not in gone]:
            resource = {**each.resource, "target": targets}
            yield Placed(each.key, resource, digest_of(resource))


def _is_moot(each: Placed, ground: Ground, careful: Careful) -> bool:
    """Whether it takes back what is not there."""
    if not is_withdrawal(each.resource):
        return False
    seen = ground.seen.get(each.key)
    if seen is None:
        return each.key not in ground.known and careful == "nothing"
    return seen.resource is None


def _placed(wanted: Sequence[Resource], places: Mapping[str, Place]) -> list[Placed]:
    """Every resource that may be written, under its key, referring to the others under theirs."""
    moved = {key: place.key for key, place in places.items() if place.key != key}
    paired = [(each, places[key_of(each)]) for each in wanted]
    return [_placed_one(each, place, moved) for each, place in paired if not place.is_theirs]


def _placed_one(resource: Resource, place: Place, moved: Mapping[str, str]) -> Placed:
    own, key = resource["id"], place.key
    turned: Resource = relinked(resource, lambda target: moved.get(target, target)) if moved else dict(resource)
    if key != key_of(resource):
        turned["id"] = key.partition("/")[2]
        turned["identifier"] = [_renamed(each, own, turned["id"]) for each in resource.get("identifier", ())]
        if not turned["identifier"]:
            del turned["identifier"]
    if place.replaces and resource["resourceType"] in {"CarePlan", "ServiceRequest"}:
        turned["replaces"] = [*resource.get("replaces", ()), {"reference": place.replaces}]
    return Placed(key, turned, digest_of(turned))


def _renamed(identifier: Resource, old: str, new: str) -> Resource:
    return {**identifier, "value": new} if identifier.get("value") == old else identifier


def _decide(each: Placed, ground: Ground, capability: Capability, careful: Careful) -> Step | Written | Resource | None:
    """A write, a known state, a wish to look (the resource itself), or None when there is nothing to do."""
    known, seen = ground.known.get(each.key), ground.seen.get(each.key)
    if seen is None:
        return _unseen(each, known, capability, careful)
    if seen.resource is None:
        return step_for(each, None, None, capability)
    if known and known.digest == each.digest:
        return None
    if digest_of(seen.resource, ground.aliases) == each.digest:
        return Written(seen.version_id, each.digest, seen.location)
    return step_for(each, seen.location or each.key, seen.version_id, capability)


def _unseen(each: Placed, known: Written | None, capability: Capability, careful: Careful) -> Step | Resource | None:
    resource_type = each.key.partition("/")[0]
    if known and (known.digest == each.digest or capability.only_creates(resource_type)):
        return None
    if _must_look(each, known, capability, careful):
        return each.resource
    if known is None:
        return step_for(each, None, None, capability)
    return step_for(each, known.location or each.key, known.version_id, capability)


def _must_look(each: Placed, known: Written | None, capability: Capability, careful: Careful) -> bool:
    """An update is blind, too, where the EHR ignores ``If-Match`` or never told us a version."""
    ability = capability.of(each.key.partition("/")[0])
    if known is None:
        # Its id says which version of what it is about, and nobody edits it: writing it again changes nothing.
        is_harmless = each.key.startswith(_PROVENANCE) and ability.update_create
        return careful == "all" or (careful == "new" and not is_harmless)
    return careful == "all" or known.version_id is None or not ability.honours_if_match


def step_for(each: Placed, location: str | None, version_id: str | None, capability: Capability) -> Step:
    """The write itself: to its place if it has one, else in the way in which the EHR takes new resources."""
    resource_type = each.key.partition("/")[0]
    ability, resource = capability.of(resource_type), stamped(each.resource, each.digest)
    if location or ability.update_create:
        return Step(each.key, resource, each.digest, "PUT", location or each.key, version_id)
    condition = _condition(resource)
    if condition and ability.conditional_update and not ability.conditional_create:
        return Step(each.key, resource, each.digest, "PUT", f"{resource_type}?{condition}")
    return Step(
        each.key, resource, each.digest, "POST", resource_type, None, condition if ability.conditional_create else None
    )


def _condition(resource: Resource) -> str | None:
    for identifier in resource.get("identifier", ()):
        return f"identifier={identifier['system']}|{identifier['value']}"
    return None
