"""The Task that tells a clinician that their version and ours stand side by side."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from worker.core.writeplan.values import Resource

_TASK_CODE = "http://hl7.org/fhir/CodeSystem/task-code"
# Words of operation, not of medicine; what they concern stands in the plan itself.
_REPLACED = (
    "A newer report changes a plan that was edited or released here. Your version was left as it is; please compare."
)
_WITHDRAWN = (
    "The report behind a plan that was edited or released here was withdrawn. Please review whether it still stands."
)
_REMOVED = "A newer report changes a plan that was deleted here. The new draft is attached; please review."
# Whom a Task is for, in R4 and in R5.
_FOR_WHOM = ("performerType", "requestedPerformer", "restriction")


def review_task(
    places: Sequence[tuple[str, str, bool]], subject: Mapping[str, Any], like: Resource, moment: str, removed: bool
) -> Resource:
    """
    A Task with one input per conflict.

    Args:
        places: Their key, the key of ours beside it (the same if ours was not written), whether ours is a withdrawal.
        like: A resource of the same outcome: its labels, and the addressee if it is a Task.
        moment: FHIR instant.
    """
    theirs, ours, is_withdrawal = places[0]
    task_id = str(uuid5(NAMESPACE_URL, f"urn:calcifhir:review:{theirs}:{'withdrawn' if is_withdrawal else ours}"))
    description = _WITHDRAWN if is_withdrawal else _REMOVED if removed else _REPLACED
    coding = {"system": _TASK_CODE, "code": "approve"}
    task: Resource = {
        "resourceType": "Task",
        "id": task_id,
        "meta": dict(like.get("meta") or {}),
        "language": "en",
        "identifier": [{"system": "urn:calcifhir:task", "value": task_id}],
        "status": "requested",
        "intent": "order",
        "priority": "urgent",
        "code": {"coding": [coding], "text": "Compare two versions"},
        "description": description,
        "focus": {"reference": ours},
        "for": dict(subject),
        "authoredOn": moment,
        "lastModified": moment,
    }
    task |= {name: like[name] for name in _FOR_WHOM if name in like}
    if not removed:
        task["input"] = [
            {"type": {"text": "kept as it was"}, "valueReference": {"reference": key}} for key, _, _ in places
        ]
    return task
