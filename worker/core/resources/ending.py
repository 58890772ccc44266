"""How each resource of ours ends when it is withdrawn or no longer planned; what is finished or sent stays."""

from collections.abc import Sequence
from typing import Any

from worker.core.model import FhirVersion, JsonObject
from worker.core.resources.frame import REVISION_TAG
from worker.core.resources.parts import annotation, concept
from worker.core.resources.xhtml import restatused

__all__ = [
    "ended",
    "finished",
    "is_open",
    "is_unreleased",
    "latest",
    "noted",
    "restated",
    "revision_of",
    "status_of",
    "target_of",
]

_ENDED = {
    "CarePlan": "revoked",
    "Communication": "not-done",
    "DetectedIssue": "cancelled",
    "Goal": "cancelled",
    "ServiceRequest": "revoked",
    "Task": "cancelled",
}
_UNRELEASED = {
    "CarePlan": {"draft"},
    "Communication": {"preparation"},
    "DetectedIssue": {"registered", "preliminary"},
    "Goal": {"proposed", "planned"},
    "ServiceRequest": {"draft"},
    "Task": {"draft", "requested", "received"},
}
_RELEASED_AND_OPEN = {
    "CarePlan": {"active", "on-hold"},
    "Communication": {"on-hold"},
    "Goal": {"accepted", "active", "on-hold"},
    "ServiceRequest": {"active", "on-hold"},
    "Task": {"accepted", "ready", "in-progress", "on-hold"},
}


def status_of(resource: JsonObject) -> str:
    """Its status; a Goal calls it otherwise; empty for a Provenance, which has none."""
    return str(resource.get(_status_name(resource), ""))


def is_unreleased(resource: JsonObject) -> bool:
    """Whether nobody has taken it up yet."""
    return status_of(resource) in _UNRELEASED.get(resource["resourceType"], ())


def is_open(resource: JsonObject) -> bool:
    """Whether it still asks for something."""
    return is_unreleased(resource) or status_of(resource) in _RELEASED_AND_OPEN.get(resource["resourceType"], ())


def revision_of(resource: JsonObject) -> int:
    """Which plan of its report it belongs to."""
    tags = (tag["code"] for tag in resource["meta"].get("tag", ()) if tag.get("system") == REVISION_TAG)
    return int(next(tags, 0))


def latest(resources: Sequence[JsonObject], kind: str) -> JsonObject | None:
    """The resource of a type that belongs to the latest plan; None if there is none."""
    return max((each for each in resources if each["resourceType"] == kind), key=revision_of, default=None)


def target_of(resources: tuple[JsonObject, ...]) -> FhirVersion:
    """Which version they were written in: only our R5 plans have a contributor. R4B is written as R4 is."""
    return "R5" if any(r["resourceType"] == "CarePlan" and "contributor" in r for r in resources) else "R4"


def ended(
    resource: JsonObject, reason: str, instant: str, target: FhirVersion, is_error: bool = False
) -> dict[str, Any]:
    """
    The resource, ended, with the reason on its face.

    Args:
        is_error: The report was entered in error; what nobody has taken up yet never should have been, either.
    """
    kind = resource["resourceType"]
    status = "entered-in-error" if is_error and is_unreleased(resource) else _ENDED[kind]
    if kind == "DetectedIssue" and target == "R5" and status == "cancelled":
        status = "mitigated"  # R5 has no other end for what is no longer asked
    changed = {**noted(resource, reason, instant), _status_name(resource): status}
    if kind == "Task":
        changed["statusReason"] = {"concept": concept(reason)} if target == "R5" else concept(reason)
        changed["lastModified"] = instant
    if kind == "Communication":
        changed["statusReason"] = concept(reason)
    if kind == "Goal":
        changed["statusReason"] = reason
    return restated(changed, "hold", f"{status.replace('-', ' ').upper()} · {reason}")


def finished(resource: JsonObject, reason: str, instant: str, target: FhirVersion) -> dict[str, Any]:
    """The resource of a plan that has done its work; what nobody had released, and what is not done yet, just ends."""
    kind = resource["resourceType"]
    if is_unreleased(resource) or kind not in {"CarePlan", "Goal"}:
        return ended(resource, reason, instant, target)
    changed = {**noted(resource, reason, instant), _status_name(resource): "completed"}
    if kind == "Goal":
        changed["statusReason"] = reason
    return restated(changed, "done", f"COMPLETED · {reason}")


def noted(resource: JsonObject, text: str, instant: str) -> dict[str, Any]:
    """The resource with one more note; a DetectedIssue, which has none, gets a mitigation."""
    if resource["resourceType"] == "DetectedIssue":
        return {**resource, "mitigation": [*resource.get("mitigation", ()), {"action": concept(text), "date": instant}]}
    return {**resource, "note": [*resource.get("note", ()), annotation(text, instant)]}


def restated(resource: JsonObject, tone: str, *texts: str) -> dict[str, Any]:
    """The resource with another status line in its narrative."""
    text = resource.get("text")
    if not text:
        return dict(resource)
    return {**resource, "text": {**text, "div": restatused(text["div"], tone, *texts)}}


def _status_name(resource: JsonObject) -> str:
    return "lifecycleStatus" if resource["resourceType"] == "Goal" else "status"
