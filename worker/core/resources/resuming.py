"""The later plan with which a follow-up ended does not stand any more: the follow-up is a draft again (INV-7)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from worker.core.ids import artefact_id
from worker.core.model import JsonObject
from worker.core.resources.ending import latest, noted, restated, revision_of
from worker.core.resources.finishing import plan_reference
from worker.core.resources.frame import REPORT_SYSTEM, REVISION_TAG, instant_of, own_system, revised
from worker.core.resources.parts import coding, concept
from worker.core.resources.provenance import made_by_us, provenance_of, references_to
from worker.core.resources.task import TASK_CODE, as_read
from worker.core.resources.transaction import relinked
from worker.core.resources.xhtml import brief, chipped, explained
from worker.core.rules import Output

__all__ = ["resume"]

Resource = dict[str, Any]
_DRAFT: Mapping[str, Mapping[str, str]] = {
    "CarePlan": {"status": "draft", "intent": "proposal"},
    "Goal": {"lifecycleStatus": "proposed"},
    "ServiceRequest": {"status": "draft", "intent": "proposal"},
}
_LEFT = frozenset({"requester", "statusReason", "statusDate", "replaces"})
_OURS = "urn:calcifhir:"
_TAGS_LEFT = frozenset({f"{_OURS}digest", f"{_OURS}release", f"{_OURS}hold", REVISION_TAG})
_OF_A_REVIEW = ("intent", "performerType", "requestedPerformer", "instantiatesUri")


def resume(
    resources: Sequence[JsonObject],
    ended: Collection[str],
    later_plan: str,
    due: date,
    recorded: datetime,
    output: Output,
) -> tuple[Resource, ...]:
    """
    The follow-up as a new draft beside the one that is over, with a review of its own; nobody has released it.

    A letter is not drafted again: the one of then was sent, or says what may hold no longer.

    Args:
        resources: All that stands for its report.
        ended: Keys (``Type/id``) of what ended with the later plan; what had ended before stays so.
        later_plan: The id of its CarePlan.
        due: Until when somebody must look.
    """
    old = latest(resources, "CarePlan")
    if old is None:
        return ()
    revision, instant = revision_of(old) + 1, instant_of(recorded)
    parts = [each for each in resources if each["resourceType"] in _DRAFT and _key(each) in ended]
    ids = {each["id"]: artefact_id(each["id"], revised("again", revision)) for each in parts}
    links = {_key(each): f"{each['resourceType']}/{ids[each['id']]}" for each in parts}
    drafts = [_drafted(each, ids[each["id"]], links, revision, instant) for each in parts]
    plans = [each for each in drafts if each["resourceType"] == "CarePlan"]
    if len(plans) != 1:
        return ()
    plan = _told(plans[0], old, instant, output)
    made = [plan, *(each for each in drafts if each is not plans[0])]
    made.append(_review(resources, old, plan, due, instant, output))
    own_id = artefact_id(plan["id"], "provenance:resumed")
    provenance = provenance_of(own_id, plan["meta"], "CREATE", made, [made_by_us()], instant)
    sources = [{"role": "source", "what": each} for each in (*references_to([old]), plan_reference(later_plan))]
    return (*made, {**provenance, "entity": sources})


def _key(resource: JsonObject) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def _drafted(resource: JsonObject, new_id: str, links: Mapping[str, str], revision: int, instant: str) -> Resource:
    kept = {name: value for name, value in resource.items() if name not in _LEFT}
    activity = {"activity": _asked_for(kept["activity"], links)} if "activity" in kept else {}
    linked: Resource = relinked({**kept, **activity}, links)
    told = "Ended with a later exam and drafted again, for that exam was withdrawn or says something else now."
    return noted(
        {
            **linked,
            "id": new_id,
            "meta": _labels(resource["meta"], revision),
            "identifier": [_renamed(each, resource["id"], new_id) for each in resource["identifier"]],
            **_DRAFT[resource["resourceType"]],
        },
        told,
        instant,
    )


def _asked_for(activities: Sequence[JsonObject], links: Mapping[str, str]) -> list[JsonObject]:
    """Without the requests that had ended before."""
    return [each for each in activities if any(_reference(value) in links for value in each.values())]


def _reference(value: Any) -> str:
    return str(value.get("reference", "")) if isinstance(value, Mapping) else ""


def _labels(meta: JsonObject, revision: int) -> Resource:
    tags = [tag for tag in meta.get("tag", ()) if tag.get("system") not in _TAGS_LEFT]
    kept = {name: value for name, value in meta.items() if name in {"source", "security"}}
    return {**kept, "tag": [*tags, {"system": REVISION_TAG, "code": str(revision)}]}


def _renamed(identifier: JsonObject, old: str, new: str) -> Resource:
    return {**identifier, "value": new} if identifier.get("value") == old else dict(identifier)


def _told(plan: Resource, old: JsonObject, instant: str, output: Output) -> Resource:
    told = restated(
        {**plan, "created": instant, "replaces": references_to([old])}, "draft", output.say("label", "draft")
    )
    if "text" in told:
        shown = chipped(told["text"]["div"], "hold", output.say("label", "open-again"))
        told["text"] = {**told["text"], "div": explained(shown, "hold", output.say("text", "open-again"))}
    return told


def _review(
    resources: Sequence[JsonObject], old: JsonObject, plan: Resource, due: date, instant: str, output: Output
) -> Resource:
    """For the people of the first review."""
    reviews = [each for each in resources if (each.get("focus") or {}).get("reference") == f"CarePlan/{old['id']}"]
    like = next((each for each in reviews if each["resourceType"] == "Task"), {"intent": "order"})
    task_id = artefact_id(plan["id"], "task:review")
    text, period = output.say("text", "open-again"), {"end": due.isoformat()}
    is_r5 = "contributor" in plan
    return {
        "resourceType": "Task",
        "id": task_id,
        "meta": dict(plan["meta"]),
        "language": "en",
        "text": brief(text, due.isoformat()),
        "identifier": [
            {"system": own_system("Task"), "value": task_id},
            *(each for each in plan["identifier"] if each.get("system") == REPORT_SYSTEM),
        ],
        **{name: like[name] for name in _OF_A_REVIEW if name in like},
        "status": "requested",
        "priority": "urgent",
        "code": concept(output.say("text", "task-review-code"), coding(TASK_CODE, "approve")),
        "description": text,
        "focus": {"reference": f"CarePlan/{plan['id']}"},
        "for": dict(plan["subject"]),
        "authoredOn": instant,
        "lastModified": instant,
        **({"requestedPeriod": period} if is_r5 else {"restriction": {"period": period}}),
        "input": [as_read(plan)],
    }
