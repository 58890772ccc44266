"""
What to bring to an EHR that cannot take all of our resources.

A CarePlan that cannot be written becomes a DocumentReference with its narrative, a preliminary document for clinicians;
whatever else cannot be written stays with us, and the others refer to it by identifier. A letter never becomes a
document: nothing would keep it from the patient until it is released.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from worker.core.model import JsonObject
from worker.core.writeplan.capability import Capability
from worker.core.writeplan.placing import is_withdrawal
from worker.core.writeplan.values import Resource, key_of

# LOINC 18776-5 "Plan of care note"; US Core "clinical-note", the category under which EHRs take notes.
_PLAN_NOTE = {"system": "http://loinc.org", "code": "18776-5", "display": "Plan of care note"}
_NOTE_CATEGORY = {
    "system": "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
    "code": "clinical-note",
}


def for_server(wanted: Sequence[JsonObject], capability: Capability) -> tuple[tuple[Resource, ...], tuple[str, ...]]:
    """
    What can be written there, and notes (``not-offered:Type``) about what cannot.

    Returns:
        No resources at all if the EHR takes neither the CarePlan nor a document in its place.
    """
    missing = {each["resourceType"] for each in wanted if not capability.takes(each["resourceType"])}
    if not missing:
        return tuple(dict(each) for each in wanted), ()
    notes = tuple(f"not-offered:{each}" for each in sorted(missing))
    plans = [each for each in wanted if each["resourceType"] == "CarePlan" and "CarePlan" in missing]
    if plans and not capability.takes("DocumentReference"):
        return (), (*notes, "not-offered:DocumentReference")
    absent = {key_of(each): each for each in wanted if each["resourceType"] in missing}
    kept = [_by_identifier(each, absent) for each in wanted if each["resourceType"] not in missing]
    return (*(_document(each) for each in plans), *kept), notes


def _by_identifier(node: Any, absent: Mapping[str, JsonObject]) -> Any:
    """The element with logical references in place of literal ones to what is not there."""
    if isinstance(node, Mapping):
        target = absent.get(str(node.get("reference")))
        if target is not None:
            return _logical(target)
        return {name: _by_identifier(value, absent) for name, value in node.items()}
    if isinstance(node, list | tuple):
        return [_by_identifier(value, absent) for value in node]
    return node


def _logical(target: JsonObject) -> Resource:
    identifiers = target.get("identifier") or [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{target['id']}"}]
    return {"type": target["resourceType"], "identifier": dict(identifiers[0])}


def _document(plan: JsonObject) -> Resource:
    document_id = str(uuid5(NAMESPACE_URL, f"urn:calcifhir:document:{plan['id']}"))
    document: Resource = {
        "resourceType": "DocumentReference",
        "id": document_id,
        "meta": dict(plan.get("meta") or {}),
        "language": plan.get("language", "en"),
        "identifier": [{"system": "urn:calcifhir:document-reference", "value": document_id}],
        "status": "superseded" if is_withdrawal(plan) else "current",
        "docStatus": "preliminary",
        "type": {"coding": [_PLAN_NOTE]},
        "category": [{"coding": [_NOTE_CATEGORY]}],
        "subject": plan["subject"],
        "date": plan.get("created"),
        "description": plan.get("title"),
        "content": [{"attachment": _attachment(plan)}],
    }
    if plan.get("status") == "entered-in-error":
        document |= {"status": "entered-in-error", "docStatus": "entered-in-error"}
    return {name: value for name, value in document.items() if value}


def _attachment(plan: JsonObject) -> Resource:
    div = str((plan.get("text") or {}).get("div", ""))
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body>{div}</body></html>'
    data = base64.b64encode(page.encode()).decode()
    return {"contentType": "text/html", "language": plan.get("language", "en"), "data": data}
