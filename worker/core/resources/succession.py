"""A newer version of the report: the new plan takes the place of the old, or refers to it where that was released."""

from collections.abc import Sequence
from typing import Any

from worker.core.model import JsonObject
from worker.core.resources.ending import ended, is_open, is_unreleased, latest, noted, revision_of, status_of, target_of
from worker.core.resources.provenance import references_to
from worker.core.resources.xhtml import chipped

__all__ = ["next_revision", "supersede"]

# What only ever asks or informs us and the reviewer; a plan that was taken up keeps all its other parts.
_OURS_TO_END = {"Task", "DetectedIssue"}


def next_revision(previous: Sequence[JsonObject]) -> int:
    """
    The ``revision`` to build with: a plan that was released, rejected or withdrawn is never written over.

    Args:
        previous: What was written last; empty at first.
    """
    plans = [each for each in previous if each["resourceType"] == "CarePlan"]
    return max((revision_of(plan) + (not is_unreleased(plan)) for plan in plans), default=0)


def supersede(previous: Sequence[JsonObject], new: Sequence[JsonObject]) -> tuple[dict[str, Any], ...]:
    """
    The new resources, and those of the old that end with them.

    A draft is updated under its own id, and what it no longer plans is revoked. A released plan stays as it is: the new
    one, built with ``next_revision(previous)``, names it in ``replaces``, its letter in ``inResponseTo``; only our
    questions about the old one and a letter that was not sent yet end.

    Args:
        previous: What was written last.
        new: What ``build_resources`` has made of the newer version.

    Raises:
        ValueError: ``new`` was built with the ids of a plan that was released.
    """
    old_plan, new_plan = latest(previous, "CarePlan"), latest(new, "CarePlan")
    if old_plan is None or new_plan is None:
        return tuple(dict(each) for each in new)
    is_update = old_plan["id"] == new_plan["id"]
    if is_update and not is_unreleased(old_plan):
        raise ValueError("a released plan is never written over; build with revision=next_revision(previous)")
    target, instant = target_of(tuple(new)), new_plan["created"]
    written = {(each["resourceType"], each["id"]) for each in new}
    left = [e for e in previous if (e["resourceType"], e["id"]) not in written and is_open(e)]
    reason = "no longer planned after a newer report" if is_update else "superseded by a newer report"
    closed = [ended(each, reason, instant, target) for each in left if _ends(each, new_plan)]
    kept = [_still_referring(e, previous) if is_update else _referring(e, previous, instant) for e in new]
    return _told([*kept, *closed], closed)


def _ends(resource: JsonObject, plan: JsonObject) -> bool:
    """
    Whether an open resource ends when the plan is written.

    Of the same plan, whatever it no longer plans. Of an earlier one, our questions, and a letter that nobody sent, for
    it says what no longer holds.
    """
    if revision_of(resource) == revision_of(plan):
        return True
    is_letter = resource["resourceType"] == "Communication"
    return resource["resourceType"] in _OURS_TO_END or (is_letter and is_unreleased(resource))


def _referring(resource: JsonObject, previous: Sequence[JsonObject], instant: str) -> dict[str, Any]:
    plan, letter = latest(previous, "CarePlan"), latest(previous, "Communication")
    kind = resource["resourceType"]
    if kind == "CarePlan" and plan:
        stays = " and stays as it is until this one is released" if is_open(plan) else ""
        text = f"Replaces an earlier plan, which is {status_of(plan)}{stays}."
        told = {**noted(resource, text, instant), "replaces": [*references_to([plan]), *resource.get("replaces", ())]}
        return {**told, "text": {**told["text"], "div": chipped(told["text"]["div"], "draft", text)}}
    if kind == "Communication" and letter:
        sent = "was sent" if status_of(letter) == "completed" else "was not sent"
        noted_letter = noted(resource, f"Corrects an earlier letter, which {sent}.", instant)
        return {**noted_letter, "inResponseTo": references_to([letter])}
    if kind == "Task" and plan and resource["focus"]["reference"].startswith("CarePlan/"):
        return noted(resource, f"A newer report changes an earlier plan, which is {status_of(plan)}.", instant)
    return dict(resource)


def _still_referring(resource: JsonObject, previous: Sequence[JsonObject]) -> dict[str, Any]:
    """A draft that is updated still replaces what it replaced before; of other reports, what it says now."""
    before = next((e for e in previous if e["id"] == resource["id"]), {})
    literal = [each for each in before.get("replaces", ()) if "reference" in each]
    kept = {name: before[name] for name in ("inResponseTo",) if name in before}
    replaced = [*literal, *resource.get("replaces", ())]
    return {**resource, **kept, **({"replaces": replaced} if replaced else {})}


def _told(resources: Sequence[dict[str, Any]], closed: Sequence[JsonObject]) -> tuple[dict[str, Any], ...]:
    """The new Provenance speaks for what was closed, too."""
    more = references_to(closed)
    return tuple(
        {**each, "target": [*each["target"], *more]} if each["resourceType"] == "Provenance" and more else each
        for each in resources
    )
