"""The report was cancelled or entered in error: what was planned from it is taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from worker.core.ids import artefact_id
from worker.core.model import FhirVersion, JsonObject, Outcome
from worker.core.resources.ending import ended, is_open, is_unreleased, status_of, target_of
from worker.core.resources.frame import URN, instant_of
from worker.core.resources.parts import coding, concept, drop_empty
from worker.core.resources.provenance import entities, made_by_us, provenance_artefact, provenance_of
from worker.core.resources.task import TASK_CODE
from worker.core.resources.versions import for_target
from worker.core.resources.xhtml import brief

__all__ = ["withdraw"]

# Words of operation; what they concern stands in the plan and the letter themselves.
_ASK = "The report behind a plan that was released was withdrawn. Check what was booked and tell the patient."
_ASK_SENT = "The report behind a letter that was sent was withdrawn. Check what was booked and correct the letter."


def withdraw(previous: Sequence[JsonObject], outcome: Outcome, recorded: datetime) -> tuple[dict[str, Any], ...]:
    """
    Turn what was written last into its withdrawn form; a letter that was sent stays, and a Task asks to correct it.

    Args:
        previous: What was written last; nothing is changed in place.
        outcome: Of the version of the report that withdraws it.
        recorded: Now, with its offset.

    Returns:
        Only what changes, and a Provenance; nothing if nothing was open.
    """
    instant, target = instant_of(recorded), target_of(tuple(previous))
    status = outcome.report.status
    reason = f"the report is {status.replace('-', ' ')}"
    kept = [each for each in previous if each["resourceType"] != "Provenance"]
    changed = [ended(e, reason, instant, target, status == "entered-in-error") for e in kept if is_open(e)]
    if not changed:
        return ()
    changed += _questions(kept, outcome, instant, target)
    own_id = artefact_id(outcome.report.report_id, provenance_artefact(outcome, "withdrawn"))
    made = provenance_of(own_id, kept[0]["meta"], "NULLIFY", changed, [made_by_us()], instant)
    return (*changed, {**made, "entity": entities(outcome.report)})


def _questions(kept: Sequence[JsonObject], outcome: Outcome, instant: str, target: FhirVersion) -> list[dict[str, Any]]:
    """A Task when somebody may already act on what is withdrawn."""
    plans = [each for each in kept if each["resourceType"] == "CarePlan"]
    is_sent = any(each["resourceType"] == "Communication" and status_of(each) == "completed" for each in kept)
    is_released = any(is_open(plan) and not is_unreleased(plan) for plan in plans)
    if not plans or not (is_sent or is_released):
        return []
    text = _ASK_SENT if is_sent else _ASK
    task_id = artefact_id(outcome.report.report_id, f"task:withdrawn:{outcome.report.status}:{plans[0]['id']}")
    task = {
        "resourceType": "Task",
        "id": task_id,
        "meta": dict(plans[0]["meta"]),
        "language": "en",
        "text": brief(text),
        "identifier": [{"system": f"{URN}:task", "value": task_id}],
        "status": "requested",
        "intent": "order",
        "priority": "urgent",
        "code": concept("Act on a withdrawn report", coding(TASK_CODE, "abort")),
        "description": text,
        "focus": {"reference": f"CarePlan/{plans[0]['id']}"},
        "for": dict(plans[0]["subject"]),
        "authoredOn": instant,
        "lastModified": instant,
        "performerType": _performers(kept),
    }
    return [for_target(drop_empty(task), target)]


def _performers(kept: Sequence[JsonObject]) -> list[Any]:
    """Whom the first Task of the plan asks, in R4's shape."""
    for each in kept:
        if "performerType" in each and each["resourceType"] == "Task":
            return list(each["performerType"])
        if "requestedPerformer" in each:
            return [performer["concept"] for performer in each["requestedPerformer"]]
    return []
