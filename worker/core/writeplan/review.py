"""The Task that tells a clinician that their version and ours stand side by side."""

from collections.abc import Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5

from worker.core.model import JsonObject
from worker.core.writeplan.placing import Conflict, ConflictKind
from worker.core.writeplan.values import Resource

_TASK_CODE = "http://hl7.org/fhir/CodeSystem/task-code"
# Words of operation, not of medicine; what they concern stands in the plan itself.
_WORDS: Mapping[ConflictKind, str] = {
    "edited": "A newer report changes what was edited or released here. Your version stays; please compare.",
    "withdrawn": "The report no longer supports what was edited or released here. Please review it.",
    "deleted": "A newer report changes what was deleted here. The new draft is the focus of this task; please review.",
}
# Whom a Task is for, in R4 and in R5, and by when.
_FOR_WHOM = ("performerType", "requestedPerformer", "restriction")


def review_task(
    conflicts: Sequence[tuple[Conflict, str]], like: Resource, subject: JsonObject, moment: str
) -> Resource:
    """
    One Task about all conflicts of one delivery; its wording is that of the first.

    Args:
        conflicts: Each with the key of ours beside it.
        like: A resource of the same outcome: its labels, and the addressee if it is a Task.
        moment: FHIR instant.
    """
    first, ours = conflicts[0]
    focus = first.key if first.kind == "withdrawn" else ours
    task_id = str(uuid5(NAMESPACE_URL, f"urn:calcifhir:review:{first.kind}:{first.key}"))
    task: Resource = {
        "resourceType": "Task",
        "id": task_id,
        "meta": dict(like.get("meta") or {}),
        "language": "en",
        "identifier": [{"system": "urn:calcifhir:task", "value": task_id}],
        "status": "requested",
        "intent": "order",
        "priority": "urgent",
        "code": {"coding": [{"system": _TASK_CODE, "code": "approve"}], "text": "Compare two versions"},
        "description": _WORDS[first.kind],
        "focus": {"reference": focus},
        "for": dict(subject),
        "authoredOn": moment,
        "lastModified": moment,
    }
    task |= {name: like[name] for name in _FOR_WHOM if name in like}
    kept = [conflict.key for conflict, _ in conflicts if conflict.kind != "deleted"]
    if kept:
        task["input"] = [{"type": {"text": "kept as it was"}, "valueReference": {"reference": key}} for key in kept]
    return task
