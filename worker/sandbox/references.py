"""Literal references inside a resource: found, rewritten, checked."""

import re
from collections.abc import Mapping
from typing import Any

from worker.sandbox.answers import RefusedError, Resource
from worker.sandbox.search import find
from worker.sandbox.store import Held, Stage

_RELATIVE = re.compile(r"([A-Z][A-Za-z]+/[A-Za-z0-9\-.]{1,64})(?:/_history/[A-Za-z0-9\-.]{1,64})?")
_NESTED = (dict, list)
_CONDITIONAL = re.compile(r"([A-Z][A-Za-z]+)\?(.+)")


def references(node: Any) -> list[Resource]:
    """Every Reference element that has a literal reference, at any depth, in no order."""
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if isinstance(one.get("reference"), str):
                found.append(one)
            one = one.values()
        elif not isinstance(one, list):
            continue
        waiting += [child for child in one if isinstance(child, _NESTED)]
    return found


def rewrite(resource: Resource, assigned: Mapping[str, str], stage: Stage, base: str) -> None:
    """Replace ``urn:uuid`` and conditional references by the ids they stand for, and our own base by nothing."""
    for element in references(resource):
        target = element["reference"].removeprefix(base)
        if target in assigned:
            target = assigned[target]
        elif conditional := _CONDITIONAL.fullmatch(target):
            target = _only_match(stage, conditional[1], conditional[2])
        element["reference"] = target


def _only_match(stage: Stage, resource_type: str, query: str) -> str:
    matches = find(stage.store, resource_type, query)
    if len(matches) != 1:
        raise RefusedError(
            412, "multiple-matches", f"a conditional reference to {resource_type} has {len(matches)} matches"
        )
    return matches[0].key


def check_integrity(stage: Stage) -> None:
    """
    Refuse a write whose references lead nowhere.

    Raises:
        RefusedError: 400 for a ``urn:`` that no entry defines, 422 for a relative reference that leads nowhere.
    """
    for held in stage.staged():
        for element in references(held.resource):
            _check_reference(stage, held, element["reference"])


def _check_reference(stage: Stage, held: Held, target: str) -> None:
    if target.startswith("urn:"):
        raise RefusedError(400, "invalid", f"{held.key} refers to {target}, which no entry of the Bundle defines")
    relative = _RELATIVE.fullmatch(target)
    if relative and not stage.exists(relative[1]):
        raise RefusedError(422, "not-found", f"{held.key} refers to {relative[1]}, which does not exist")
