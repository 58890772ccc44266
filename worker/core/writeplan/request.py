"""Steps -> the requests that carry them: one transaction, or one after the other."""

from collections.abc import Mapping, Sequence
from typing import Any

from worker.core.writeplan.sameness import relinked
from worker.core.writeplan.values import Resource, Step


def as_bundle(steps: Sequence[Step], locations: Mapping[str, str]) -> Resource:
    """
    One transaction Bundle, an entry per step in the same order.

    Args:
        locations: The EHR's key for each of our keys that it does not hold under our own.
    """
    targets = {**locations, **{step.key: f"urn:uuid:{step.key.partition('/')[2]}" for step in steps}}
    entries = [_entry(step, targets) for step in steps]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def located(step: Step, locations: Mapping[str, str]) -> Resource:
    """The body of one single write: references and id as the EHR knows them."""
    resource: Resource = relinked(step.resource, lambda target: locations.get(target, target))
    return _with_id(step, resource)


def in_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps so that what is referred to comes first; a ring is cut where it is met."""
    by_key = {step.key: step for step in steps}
    ordered: dict[str, Step] = {}
    entered: set[str] = set()

    def visit(step: Step) -> None:
        if step.key in entered:
            return
        entered.add(step.key)
        for target in sorted(_targets(step.resource) & by_key.keys()):
            visit(by_key[target])
        ordered[step.key] = step

    for step in steps:
        visit(step)
    return tuple(ordered.values())


def _entry(step: Step, targets: Mapping[str, str]) -> Resource:
    request: Resource = {"method": step.method, "url": step.url}
    if step.if_match:
        request["ifMatch"] = f'W/"{step.if_match}"'
    if step.if_none_exist:
        request["ifNoneExist"] = step.if_none_exist
    body: Resource = relinked(step.resource, lambda target: targets.get(target, target))
    return {"fullUrl": targets[step.key], "resource": _with_id(step, body), "request": request}


def _with_id(step: Step, resource: Resource) -> Resource:
    """The id that the URL names; none where the EHR assigns it."""
    if step.method == "PUT" and "?" not in step.url:
        return {**resource, "id": step.url.partition("/")[2]}
    return {name: value for name, value in resource.items() if name != "id"}


def _targets(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["reference"]} if isinstance(node.get("reference"), str) else set()
        return own.union(*(_targets(value) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(_targets(value) for value in node))
    return set()
