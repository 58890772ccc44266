"""Who made it, out of which versions, by which rules of which tables (INV-9)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import quote

from worker.core.model import JsonObject, Outcome, Report
from worker.core.resources.frame import RULE_SYSTEM, URN, Frame, device
from worker.core.resources.parts import coding, concept
from worker.core.resources.sources import rule_ids, sources_of
from worker.core.resources.xhtml import brief
from worker.core.rules import Practice

__all__ = ["at_the_site", "made_by_us", "provenance", "provenance_of", "references_to", "rule_uri", "vouched_by"]

DATA_OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
Operation = Literal["CREATE", "UPDATE", "NULLIFY"]
PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"


def provenance(frame: Frame, targets: Sequence[JsonObject]) -> dict[str, Any]:
    """One Provenance for everything that was made together."""
    outcome = frame.outcome
    own_id = frame.id_of(provenance_artefact(outcome))
    made = provenance_of(own_id, frame.meta, "CREATE", targets, [made_by_us()], frame.instant)
    (told,) = at_the_site(
        [{**made, "policy": policies(outcome), "entity": entities(outcome.report)}], frame.rules.practice
    )
    return told


def provenance_of(
    own_id: str,
    meta: Mapping[str, Any],
    operation: Operation,
    targets: Sequence[JsonObject],
    agents: Sequence[JsonObject],
    instant: str,
) -> dict[str, Any]:
    """
    The frame of every Provenance of ours; it is the only resource without an identifier.

    Args:
        operation: What was done to the targets.
    """
    return {
        "resourceType": "Provenance",
        "id": own_id,
        "meta": dict(meta),
        "language": "en",
        "text": brief(f"{operation.lower()} of {len(targets)} resources, {instant}", _names(agents)),
        "target": references_to(targets),
        "occurredDateTime": instant,
        "recorded": instant,
        "activity": concept("", coding(DATA_OPERATION, operation, operation.lower())),
        "agent": [dict(agent) for agent in agents],
    }


def made_by_us() -> dict[str, Any]:
    """We put it together; nobody has vouched for it yet."""
    return {"type": concept("", coding(PARTICIPANT, "assembler", "Assembler")), "who": device()}


def at_the_site(resources: Iterable[JsonObject], practice: Practice) -> tuple[dict[str, Any], ...]:
    """
    The resources; each Provenance says for which organisation people and devices acted, where it does not yet.

    US Core asks for it (provenance-1). It is the site whose installation this is; one that has not said its name has
    none here.
    """
    name = None if "facility.name" in practice.examples else practice.get("facility.name")
    return tuple(_acted_for(each, name) if name else dict(each) for each in resources)


def _acted_for(resource: JsonObject, name: str) -> dict[str, Any]:
    if resource["resourceType"] != "Provenance":
        return dict(resource)
    site = {"type": "Organization", "display": name}
    agents = [{**agent, "onBehalfOf": site} if _needs_site(agent) else agent for agent in resource["agent"]]
    return {**resource, "agent": agents}


def _needs_site(agent: JsonObject) -> bool:
    """A role names its organisation itself."""
    who = agent["who"]
    literal = str(who.get("reference", "")).partition("/_history/")[0]
    kind = who.get("type") or literal.rpartition("/")[0].rpartition("/")[2]
    return "onBehalfOf" not in agent and kind in {"Device", "Practitioner"}


def vouched_by(clinician: Mapping[str, Any]) -> dict[str, Any]:
    """The clinician whose act it is."""
    return {"type": concept("", coding(PARTICIPANT, "attester", "Attester")), "who": dict(clinician)}


def _names(agents: Sequence[JsonObject]) -> str:
    return ", ".join(agent["who"].get("display") or agent["who"].get("reference", "") for agent in agents)


def provenance_artefact(outcome: Outcome, act: str = "made") -> str:
    """One per act, source version and table version, so that a repeat writes the same and a change writes another."""
    version = outcome.report.version
    issued = version.issued or version.last_updated
    said = version.version_id or (issued.isoformat() if issued else outcome.report.status)
    return f"provenance:{act}:{said}:{outcome.table_digest}"


def policies(outcome: Outcome) -> list[str]:
    """The tables and every rule in them that had a part, as URIs."""
    return [f"{URN}:tables:{outcome.table_digest}", *map(rule_uri, rule_ids(outcome))]


@lru_cache(maxsize=4096)
def rule_uri(rule: str) -> str:
    """A rule's id as a URI."""
    return f"{RULE_SYSTEM}:{quote(rule, safe=':')}"


def entities(report: Report) -> list[dict[str, Any]]:
    """The source versions."""
    return [{"role": "source", "what": source} for source in sources_of(report)]


def references_to(resources: Sequence[JsonObject]) -> list[Mapping[str, Any]]:
    """A literal reference to each."""
    return [{"reference": f"{r['resourceType']}/{r['id']}"} for r in resources]
