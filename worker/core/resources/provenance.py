"""Who made it, out of which versions, by which rules of which tables (INV-9)."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from worker.core.model import JsonObject, Outcome, Report
from worker.core.resources.frame import RULE_SYSTEM, URN, Frame, device
from worker.core.resources.parts import coding, concept
from worker.core.resources.sources import rule_ids, sources_of

__all__ = ["provenance", "provenance_artefact", "references_to"]

DATA_OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"


def provenance(frame: Frame, targets: Sequence[JsonObject]) -> dict[str, Any]:
    """One Provenance for everything that was made together."""
    outcome = frame.outcome
    started = frame.start("Provenance", provenance_artefact(outcome))
    del started["identifier"]  # the only resource of ours that has no such element
    return {
        **started,
        "target": references_to(targets),
        "occurredDateTime": frame.instant,
        "recorded": frame.instant,
        "policy": policies(outcome),
        "activity": concept("", coding(DATA_OPERATION, "CREATE", "create")),
        "agent": [{"type": concept("", coding(PARTICIPANT, "assembler", "Assembler")), "who": device()}],
        "entity": entities(outcome.report),
    }


def provenance_artefact(outcome: Outcome, act: str = "made") -> str:
    """One per act, source version and table version, so that a repeat writes the same and a change writes another."""
    version = outcome.report.version
    issued = version.issued or version.last_updated
    said = version.version_id or (issued.isoformat() if issued else outcome.report.status)
    return f"provenance:{act}:{said}:{outcome.table_digest}"


def policies(outcome: Outcome) -> list[str]:
    """The tables and every rule in them that had a part, as URIs."""
    return [f"{URN}:tables:{outcome.table_digest}", *(f"{RULE_SYSTEM}:{quote(r, safe=':')}" for r in rule_ids(outcome))]


def entities(report: Report) -> list[dict[str, Any]]:
    """The source versions."""
    return [{"role": "source", "what": source} for source in sources_of(report)]


def references_to(resources: Sequence[JsonObject]) -> list[Mapping[str, Any]]:
    """A literal reference to each."""
    return [{"reference": f"{r['resourceType']}/{r['id']}"} for r in resources]
