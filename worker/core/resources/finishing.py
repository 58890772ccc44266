"""A later plan that answers this follow-up is released: the follow-up is over, by that clinician's act (INV-5)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from worker.core.ids import artefact_id
from worker.core.model import JsonObject
from worker.core.resources.ending import finished, is_open, latest, noted, target_of
from worker.core.resources.frame import instant_of, own_system
from worker.core.resources.parts import logical
from worker.core.resources.provenance import provenance_of, vouched_by
from worker.core.resources.xhtml import chipped

__all__ = ["finish", "is_replaced_by", "is_told_in", "plan_reference", "with_ends_told"]

_ACTIVITY_REFERENCES = ("reference", "plannedActivityReference")


def plan_reference(plan_id: str, display: str = "") -> dict[str, Any]:
    """A CarePlan of another report by its identifier: an EHR may have given it an id of its own."""
    return logical("CarePlan", own_system("CarePlan"), plan_id, display)


def is_replaced_by(plan: JsonObject, plan_id: str) -> bool:
    """Whether a CarePlan still says that it takes the place of this one; a clinician may have taken that out."""
    named = (each.get("identifier") or {} for each in plan.get("replaces", ()))
    return any(each.get("system") == own_system("CarePlan") and each.get("value") == plan_id for each in named)


def is_told_in(plan: JsonObject, requests: Iterable[str]) -> bool:
    """
    Whether a CarePlan asks for nothing but these requests, so that nothing of a clinician's own ends with it.

    Args:
        requests: Every key under which requests of ours stand.
    """
    known = set(requests)
    activities = plan.get("activity", ())
    named = (next((each[name] for name in _ACTIVITY_REFERENCES if name in each), None) for each in activities)
    keys = [_place((reference or {}).get("reference")) for reference in named]
    return known.issuperset(keys)


def with_ends_told(plan: JsonObject, texts: Sequence[str], stays: Iterable[str], instant: str) -> dict[str, Any]:
    """
    A released CarePlan that says what ended with it, and that replaces nothing that stands.

    Args:
        texts: One for each earlier plan.
        stays: Ids of those that did not end.
    """
    kept = set(stays)
    named = [each for each in plan.get("replaces", ()) if (each.get("identifier") or {}).get("value") not in kept]
    told = {
        **{name: value for name, value in plan.items() if name != "replaces"},
        **({"replaces": named} if named else {}),
    }
    for text in texts:
        told = noted(told, text, instant)
        if "text" in told:
            told["text"] = {**told["text"], "div": chipped(told["text"]["div"], "draft", text)}
    return told


def _place(reference: Any) -> str:
    """``Type/id`` of a literal reference, relative or absolute, with or without a version."""
    return "/".join(str(reference).partition("/_history/")[0].split("/")[-2:])


def finish(
    resources: Sequence[JsonObject],
    later: JsonObject,
    clinician: Mapping[str, Any],
    reason: str,
    recorded: datetime,
) -> tuple[dict[str, Any], ...]:
    """
    Everything of a plan that is still open, over; visits that nobody has marked as done are revoked.

    Args:
        resources: All that stands for its report.
        later: The CarePlan that was released.
        clinician: Who released it; empty where the EHR names nobody.
        reason: Why it ends, for people.

    Returns:
        Only what changes, and a Provenance that names who released what; nothing if nothing was open.
    """
    plan, instant, target = latest(resources, "CarePlan"), instant_of(recorded), target_of(tuple(resources))
    changed = [finished(each, reason, instant, target) for each in resources if is_open(each)]
    if plan is None or not changed:
        return ()
    who = dict(clinician) or {"display": "somebody whom the EHR does not name"}
    own_id = artefact_id(plan["id"], f"provenance:finished:{later['id']}")
    made = provenance_of(own_id, plan["meta"], "UPDATE", changed, [vouched_by(who)], instant)
    source = {"role": "source", "what": plan_reference(later["id"], str(later.get("title", "")))}
    return (*changed, {**made, "entity": [source]})
