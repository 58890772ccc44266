"""Wanted, known and seen -> the writes to make, or what must be looked at first."""

from collections.abc import Mapping, Sequence

from worker.core.writeplan.capability import Capability
from worker.core.writeplan.placed import Careful, Placed, set_out
from worker.core.writeplan.placing import Ground
from worker.core.writeplan.sameness import digest_of, stamped
from worker.core.writeplan.values import Resource, Seen, Step, WritePlan, Written

__all__ = ["Careful", "aliases_of", "plan_writes"]

_NONE: Mapping[str, tuple[str, str | None]] = {}
_PROVENANCE = "Provenance/"


def plan_writes(
    wanted: Sequence[Resource],
    known: Mapping[str, Written],
    seen: Mapping[str, Seen],
    capability: Capability,
    moment: str,
    careful: Careful = "all",
    adopted: Mapping[str, tuple[str, str | None]] = _NONE,
    yielding: frozenset[str] = frozenset(),
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
        adopted, yielding: As in :class:`Ground`.
    """
    ground = Ground(known, seen, aliases_of(known, seen), adopted, yielding)
    placed, notes, wants = set_out(wanted, ground, capability, moment, careful)
    steps, written = [], dict(known)
    for each in placed:
        found = _decide(each, ground, capability, careful)
        if isinstance(found, Step):
            steps.append(found)
        elif isinstance(found, Written):
            written[each.key] = found
        elif found is not None:
            wants[each.key] = found
    everything = {each.key: each.resource for each in placed}
    if wants:
        return WritePlan((), wants, written, notes, everything)
    is_news = written != known or any(not step.key.startswith(_PROVENANCE) for step in steps)
    # A Provenance says who wrote the rest; when nothing else is new, there is nothing to say.
    return WritePlan(tuple(steps) if is_news else (), {}, written, notes, everything)


def aliases_of(known: Mapping[str, Written], seen: Mapping[str, Seen]) -> dict[str, str]:
    """Our key for each key of the EHR that differs from it."""
    everything: list[tuple[str, str | None]] = [(key, each.location) for key, each in known.items()]
    everything += [(key, each.location) for key, each in seen.items()]
    return {location: key for key, location in everything if location and location != key}


def _decide(each: Placed, ground: Ground, capability: Capability, careful: Careful) -> Step | Written | Resource | None:
    """A write, a known state, a wish to look (the resource itself), or None when there is nothing to do."""
    known, seen = ground.known.get(each.key), ground.seen.get(each.key)
    if seen is None:
        return _unseen(each, known, ground, capability, careful)
    if seen.resource is None:
        return step_for(each, None, None, capability)
    if known and known.digest == each.digest and known.version_id and known.version_id == seen.version_id:
        return None
    if digest_of(seen.resource, ground.aliases) == each.digest and not ground.leads_astray(seen.resource):
        return Written(seen.version_id, each.digest, seen.location)
    if ground.is_left_alone(each.key):
        return None
    return step_for(each, seen.location or each.key, seen.version_id, capability)


def _unseen(
    each: Placed, known: Written | None, ground: Ground, capability: Capability, careful: Careful
) -> Step | Resource | None:
    resource_type = each.key.partition("/")[0]
    if known and capability.only_creates(resource_type):
        return None
    if known and known.digest == each.digest and careful != "all":
        return None
    if each.key in ground.adopted or _must_look(each, known, capability, careful):
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
