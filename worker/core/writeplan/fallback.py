"""
What to bring to an EHR that cannot take all of our resources.

A CarePlan that cannot be written becomes a DocumentReference with its narrative, a preliminary document for clinicians;
whatever else cannot be written stays with us, and the others refer to it by identifier. Where documents can be created
but not changed, each version of the plan is a document that replaces the ones before. A letter never becomes a
document: nothing would keep it from the patient until it is released.
"""

import base64
from collections.abc import Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5

from worker.core.model import JsonObject
from worker.core.writeplan.capability import Capability
from worker.core.writeplan.linking import by_identifier
from worker.core.writeplan.placing import is_withdrawal
from worker.core.writeplan.values import Resource, Written, key_of

# LOINC 18776-5 "Plan of care note"; US Core "clinical-note", the category under which EHRs take notes.
_PLAN_NOTE = {"system": "http://loinc.org", "code": "18776-5", "display": "Plan of care note"}
_NOTE_CATEGORY = {
    "system": "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
    "code": "clinical-note",
}


def for_server(
    wanted: Sequence[JsonObject], capability: Capability, known: Mapping[str, Written]
) -> tuple[tuple[Resource, ...], tuple[str, ...]]:
    """
    What can be written there, and notes (``not-offered:Type``) about what cannot.

    Args:
        known: The ledger of what was written last, by our keys.

    Returns:
        No resources at all if the EHR takes neither the CarePlan nor a document in its place.
    """
    missing = {each["resourceType"] for each in wanted if not capability.takes(each["resourceType"])}
    if not missing:
        return tuple(dict(each) for each in wanted), ()
    notes = tuple(f"not-offered:{each}" for each in sorted(missing))
    plans = [each for each in wanted if each["resourceType"] == "CarePlan" and "CarePlan" in missing]
    is_append_only = capability.only_creates("DocumentReference")
    if plans and not is_append_only and not capability.takes("DocumentReference"):
        return (), (*notes, "not-offered:DocumentReference")
    absent = {key_of(each): each for each in wanted if each["resourceType"] in missing}
    kept = [by_identifier(each, absent) for each in wanted if each["resourceType"] not in missing]
    act = next((each["id"] for each in wanted if each["resourceType"] == "Provenance"), "")
    documents = [_next_document(each, act, known) if is_append_only else _document(each) for each in plans]
    return (*documents, *kept), notes


def _next_document(plan: JsonObject, act: str, known: Mapping[str, Written]) -> Resource:
    """A document of its own for each act (the id of its Provenance), saying which ones it replaces."""
    document = {**_document(plan, act), "status": "current", "docStatus": _document_status(plan)}
    earlier = [key for key in known if key.startswith("DocumentReference/") and key != key_of(document)]
    if earlier:
        document["relatesTo"] = [{"code": "replaces", "target": {"reference": key}} for key in sorted(earlier)]
    return document


def _document(plan: JsonObject, act: str = "") -> Resource:
    document_id = str(uuid5(NAMESPACE_URL, f"urn:calcifhir:document:{plan['id']}:{act}"))
    is_error = plan.get("status") == "entered-in-error"
    document: Resource = {
        "resourceType": "DocumentReference",
        "id": document_id,
        "meta": dict(plan.get("meta") or {}),
        "language": plan.get("language", "en"),
        "identifier": [{"system": "urn:calcifhir:document-reference", "value": document_id}],
        "status": "entered-in-error" if is_error else "superseded" if is_withdrawal(plan) else "current",
        "docStatus": "entered-in-error" if is_error else _document_status(plan),
        "type": {"coding": [_PLAN_NOTE]},
        "category": [{"coding": [_NOTE_CATEGORY]}],
        "subject": plan["subject"],
        "date": plan.get("created"),
        "description": plan.get("title"),
        "content": [{"attachment": _attachment(plan)}],
    }
    return {name: value for name, value in document.items() if value}


def _document_status(plan: JsonObject) -> str:
    """Final once a clinician has released it."""
    is_released = plan.get("intent") == "plan" and plan.get("status") in {"active", "completed"}
    return "final" if is_released else "preliminary"


def _attachment(plan: JsonObject) -> Resource:
    div = str((plan.get("text") or {}).get("div", ""))
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body>{div}</body></html>'
    data = base64.b64encode(page.encode()).decode()
    return {"contentType": "text/html", "language": plan.get("language", "en"), "data": data}
