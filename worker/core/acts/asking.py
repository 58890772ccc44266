"""Tasks that ask again: what a clinician closed without deciding, or decided while it could not be, stays with them."""

from collections.abc import Sequence
from typing import Any

from worker.core.acts.values import Standing
from worker.core.ids import artefact_id
from worker.core.model import JsonObject
from worker.core.resources.ending import revision_of
from worker.core.resources.frame import REPORT_SYSTEM, own_system, revised
from worker.core.resources.parts import coding, concept
from worker.core.resources.task import TASK_CODE
from worker.core.resources.xhtml import brief
from worker.core.rules import Output

__all__ = ["MOST_TIMES", "asked_again", "clock_asked", "earlier_asked", "letter_asked", "own_plan_asked"]

# Whoever closes the same question so often without an answer is a machine; a person looks at the message then.
MOST_TIMES = 3
_KEPT = (
    "resourceType",
    "language",
    "intent",
    "priority",
    "focus",
    "for",
    "performerType",
    "requestedPerformer",
    "restriction",
    "requestedPeriod",
    "instantiatesUri",
    "input",
)


def asked_again(standing: Standing, plan: JsonObject, key: str, instant: str, output: Output) -> dict[str, Any] | None:
    """
    The next review Task for this plan.

    Args:
        key: Of the sentence that says why (``task-again-...`` in ``fhir-out.csv``).

    Returns:
        None when it was asked ``MOST_TIMES`` before.
    """
    for number in range(2, MOST_TIMES + 2):
        artefact = f"task:review:{number}"
        if not _is_there(standing, plan, artefact):
            code = concept(output.say("text", "task-review-code"), coding(TASK_CODE, "approve"))
            return _like_review(standing, plan, artefact, instant, code, output.say("text", key))
    return None


def own_plan_asked(standing: Standing, plan: JsonObject, instant: str, output: Output) -> dict[str, Any]:
    """After a rejection: what the report asks for still needs a plan, and its deadline runs on."""
    code = concept(output.say("text", "task-own-plan-code"), coding(TASK_CODE, "fulfill"))
    return _like_review(standing, plan, "task:own-plan", instant, code, output.say("text", "task-own-plan"))


def clock_asked(
    standing: Standing, plan: JsonObject, owner: str, text: str, instant: str, output: Output
) -> dict[str, Any]:
    """The responsible clinician is called: a legal deadline is almost over, or past, while the plan is held."""
    code = concept(output.say("text", "task-clock-code"), coding(TASK_CODE, "fulfill"))
    task = _like_review(standing, plan, "task:clock", instant, code, text)
    who = concept(output.say("owner", owner))
    named = {"requestedPerformer": [{"concept": who}]} if "requestedPerformer" in task else {"performerType": [who]}
    return {**task, **named, "priority": "stat"}


def earlier_asked(
    standing: Standing, plan: JsonObject, exams: Sequence[str], instant: str, output: Output
) -> dict[str, Any]:
    """Earlier plans were to end with the release of this one, and have changed since it was drafted: they stand."""
    code = concept(output.say("text", "task-earlier-code"), coding(TASK_CODE, "fulfill"))
    text = f"{output.say('text', 'task-earlier')} ({', '.join(exams)})"
    return _like_review(standing, plan, "task:earlier", instant, code, text)


def letter_asked(
    standing: Standing, plan: JsonObject, letter: JsonObject, instant: str, output: Output
) -> dict[str, Any]:
    """A letter was sent that nobody had released."""
    code = concept(output.say("text", "letter-unreleased-code"), coding(TASK_CODE, "fulfill"))
    task = _like_review(standing, plan, "task:letter", instant, code, output.say("text", "letter-unreleased"))
    return {**task, "focus": {"reference": f"Communication/{letter['id']}"}}


def _like_review(
    standing: Standing, plan: JsonObject, artefact: str, instant: str, code: dict[str, Any], text: str
) -> dict[str, Any]:
    """A Task for the same people with the same deadline; the review itself may have been changed by them."""
    reviews = _reviews(standing.resources, plan)
    like = reviews[0] if reviews else {"resourceType": "Task", "language": "en", "intent": "order"}
    task_id = artefact_id(standing.report_id, revised(artefact, revision_of(plan)))
    kept = {name: like[name] for name in _KEPT if name in like}
    return {
        **kept,
        "id": task_id,
        "meta": _labels(plan),
        "text": brief(text),
        "identifier": [
            {"system": own_system("Task"), "value": task_id},
            {"system": REPORT_SYSTEM, "value": standing.report_id},
        ],
        "status": "requested",
        "priority": "stat" if kept.get("priority") == "stat" else "urgent",
        "code": code,
        "description": text,
        "focus": {"reference": f"CarePlan/{plan['id']}"},
        "for": dict(plan["subject"]),
        "authoredOn": instant,
        "lastModified": instant,
    }


def _reviews(resources: Sequence[JsonObject], plan: JsonObject) -> list[JsonObject]:
    focus = f"CarePlan/{plan['id']}"
    return [
        each
        for each in resources
        if each["resourceType"] == "Task" and (each.get("focus") or {}).get("reference") == focus
    ]


def _is_there(standing: Standing, plan: JsonObject, artefact: str) -> bool:
    task_id = artefact_id(standing.report_id, revised(artefact, revision_of(plan)))
    return any(each["resourceType"] == "Task" and each["id"] == task_id for each in standing.resources)


def _labels(plan: JsonObject) -> dict[str, Any]:
    """Ours, without what a server or a delivery has put there."""
    meta = plan["meta"]
    tags = [tag for tag in meta.get("tag", ()) if tag.get("system") != "urn:calcifhir:digest"]
    return {**{name: meta[name] for name in ("source", "security") if name in meta}, "tag": tags}
