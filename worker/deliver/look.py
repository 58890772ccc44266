"""What the EHR holds under our keys: read where we know the place, searched for by our identifier where we do not."""

from collections.abc import Mapping

from worker.core.writeplan import Capability, Resource, Seen, carried_digest, digest_of
from worker.ehr import EhrTurn, Reply, identifier_url, matches_of, reference_url, seen_of
from worker.errors import FhirUnavailable, WriteRefused

__all__ = ["look"]

# Searching may lag behind writing; so long before asking a second time.
_SEARCH_LAG_SECONDS = 5.0


def look(
    wants: Mapping[str, Resource],
    locations: Mapping[str, str],
    turn: EhrTurn,
    capability: Capability,
    may_lag: bool,
) -> dict[str, Seen]:
    """
    Look at all of them at once, as far as the EHR takes batches.

    Args:
        wants: The resources that we would write, by our keys.
        locations: The EHR's key for each of ours that it holds under another.
        may_lag: A write whose answer was lost may not have reached the search yet; finding nothing then means waiting.
    """
    urls = {key: _url(key, resource, locations, capability) for key, resource in wants.items()}
    asked = {key: url for key, url in urls.items() if url}
    replies = zip(asked.items(), turn.ask(tuple(asked.values())), strict=True)
    found = {key: _seen(url, reply) for (key, url), reply in replies}
    if may_lag and any("?" in asked[key] and seen.resource is None for key, seen in found.items()):
        raise FhirUnavailable("searching may lag behind writing; asking once more", _SEARCH_LAG_SECONDS, True)
    places = {**locations, **{key: each.location for key, each in found.items() if each.location}}
    rest = {key: _by_target(resource, places, turn) for key, resource in wants.items() if not urls[key]}
    return found | rest


def _url(key: str, resource: Resource, locations: Mapping[str, str], capability: Capability) -> str:
    """Empty for what has neither a place nor an identifier."""
    resource_type = key.partition("/")[0]
    if key in locations or capability.of(resource_type).update_create:
        return locations.get(key, key)
    identifiers = resource.get("identifier", ())
    return next((identifier_url(resource_type, each["system"], each["value"]) for each in identifiers), "")


def _seen(url: str, reply: Reply) -> Seen:
    resource_type, is_search, _ = url.partition("?")
    if not is_search:
        return seen_of(reply, url)
    matches = matches_of(reply, resource_type)
    if len(matches) > 1:
        raise WriteRefused(f"{len(matches)} resources of the EHR carry our identifier", 412)
    return _match(matches[0]) if matches else Seen()


def _by_target(resource: Resource, places: Mapping[str, str], turn: EhrTurn) -> Seen:
    """A Provenance has no identifier; it is known by what it is about and by what it says."""
    plan = next((place for key, place in places.items() if key.startswith("CarePlan/")), None)
    if plan is None:
        return Seen()
    digest = digest_of(resource)
    matches = turn.search(reference_url(resource["resourceType"], "target", plan))
    return next((_match(each) for each in matches if carried_digest(each) == digest), Seen())


def _match(resource: Resource) -> Seen:
    version = (resource.get("meta") or {}).get("versionId")
    return Seen(resource, version, f"{resource['resourceType']}/{resource['id']}")
