"""
What R5 names otherwise than R4.

Resources are built in R4 4.0.1 and turned into R5 here. R4B needs no turn: the 426 elements that R4 4.0.1 and R4B 4.3.0
define for our seven resource types and their data types are the same, with the same cardinalities and types.

Source: HL7 FHIR R5 5.0.0, "R3/R4 Diff" of each resource's page.
"""

from collections.abc import Callable
from typing import Any

from worker.core.model import FhirVersion
from worker.core.resources.parts import attachment

__all__ = ["for_target"]

Resource = dict[str, Any]


def for_target(resource: Resource, target: FhirVersion) -> Resource:
    """The resource in the target's version."""
    turn = _TO_R5.get(resource["resourceType"]) if target == "R5" else None
    return turn(resource) if turn else resource


def _renamed(resource: Resource, names: dict[str, str]) -> Resource:
    return {names.get(name, name): value for name, value in resource.items()}


def _care_plan(resource: Resource) -> Resource:
    turned = {**_renamed(resource, {"author": "contributor"}), "contributor": [resource["author"]]}
    if "addresses" in resource:
        turned["addresses"] = [{"reference": reference} for reference in resource["addresses"]]
    if "activity" in resource:
        turned["activity"] = [_renamed(a, {"reference": "plannedActivityReference"}) for a in resource["activity"]]
    return turned


def _service_request(resource: Resource) -> Resource:
    turned = _reasons(resource)
    turned["code"] = {"concept": resource["code"]}
    if "supportingInfo" in resource:
        turned["supportingInfo"] = [{"reference": reference} for reference in resource["supportingInfo"]]
    if "patientInstruction" in resource:
        turned["patientInstruction"] = [{"instructionMarkdown": resource["patientInstruction"]}]
    return turned


def _communication(resource: Resource) -> Resource:
    turned = _reasons(resource)
    if "payload" in resource:
        turned["payload"] = [_payload(payload, resource["language"]) for payload in resource["payload"]]
    return turned


def _task(resource: Resource) -> Resource:
    turned = _reasons(resource)
    if "performerType" in resource:
        turned["requestedPerformer"] = [{"concept": concept} for concept in turned.pop("performerType")]
    if "restriction" in resource:
        # R5 keeps ``restriction`` for Tasks that ask to fulfil a request (tsk-1).
        turned["requestedPeriod"] = turned.pop("restriction")["period"]
    return turned


def _detected_issue(resource: Resource) -> Resource:
    return _renamed(resource, {"patient": "subject"})


def _reasons(resource: Resource) -> Resource:
    """``reasonCode`` and ``reasonReference``, one or many, become ``reason``."""
    turned = {name: value for name, value in resource.items() if name not in {"reasonCode", "reasonReference"}}
    concepts, references = (_listed(resource.get(name)) for name in ("reasonCode", "reasonReference"))
    reasons = [*({"concept": c} for c in concepts), *({"reference": r} for r in references)]
    return {**turned, "reason": reasons} if reasons else turned


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _payload(payload: Resource, language: str) -> Resource:
    found = payload.get("contentAttachment") or attachment("text/plain", language, payload["contentString"].encode())
    return {"contentAttachment": {**found, "size": str(found["size"])}}


_TO_R5: dict[str, Callable[[Resource], Resource]] = {
    "CarePlan": _care_plan,
    "Communication": _communication,
    "DetectedIssue": _detected_issue,
    "ServiceRequest": _service_request,
    "Task": _task,
}
