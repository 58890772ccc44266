"""Search: the few parameters that a delivering system and a demo page need."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

from worker.sandbox.answers import RefusedError, Resource
from worker.sandbox.store import Held, Store

PAGE_SIZE = 100
_PAGING = {"_count", "_offset", "_format", "_pretty", "_summary", "_elements", "_sort"}
_REFERENCES = {
    "subject": ("subject", "patient", "for"),
    "patient": ("subject", "patient", "for"),
    "based-on": ("basedOn",),
    "focus": ("focus",),
    "target": ("target",),
    "replaces": ("replaces",),
    "implicated": ("implicated",),
    "related": ("related",),
}


def find(store: Store, resource_type: str, query: str) -> list[Held]:
    """All resources of a type that match a query string, oldest first."""
    parameters = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in _PAGING]
    tests = [_test(name, value) for name, value in parameters]
    return [held for held in _candidates(store, resource_type, parameters) if all(test(held) for test in tests)]


def search(store: Store, resource_type: str, query: str, base: str) -> Resource:
    """A searchset Bundle: one page, with ``next`` while there is more."""
    matches = find(store, resource_type, query)
    paging = dict(parse_qsl(query))
    count, offset = _number(paging, "_count", PAGE_SIZE), _number(paging, "_offset", 0)
    page = matches[offset : offset + count]
    links = [{"relation": "self", "url": f"{base}{resource_type}?{query}"}]
    if offset + count < len(matches) and count:
        following = urlencode([*_without_offset(query), ("_offset", str(offset + count))])
        links.append({"relation": "next", "url": f"{base}{resource_type}?{following}"})
    bundle: Resource = {"resourceType": "Bundle", "type": "searchset", "total": len(matches), "link": links}
    if page and paging.get("_summary") != "count":
        bundle["entry"] = [
            {"fullUrl": base + held.key, "resource": held.resource, "search": {"mode": "match"}} for held in page
        ]
    return bundle


def _without_offset(query: str) -> list[tuple[str, str]]:
    return [pair for pair in parse_qsl(query) if pair[0] != "_offset"]


def _number(paging: dict[str, str], name: str, otherwise: int) -> int:
    value = paging.get(name, str(otherwise))
    if not value.isdecimal():
        raise RefusedError(400, "value", f"{name} is not a number")
    return min(int(value), 10_000_000)


def _candidates(store: Store, resource_type: str, parameters: list[tuple[str, str]]) -> Iterator[Held]:
    """The narrowest index that a parameter offers; the tests still run over what comes out."""
    for name, value in parameters:
        if name == "_id":
            keys = (store.current(f"{resource_type}/{each}") for each in value.split(","))
            return (held for held in keys if held is not None and held.resource is not None)
        if name == "identifier" and "," not in value and not value.endswith("|"):
            return store.with_identifier(resource_type, value.rpartition("|")[2])
    return store.of_type(resource_type)


def _test(name: str, value: str) -> Callable[[Held], bool]:
    wanted = value.split(",")
    if name == "_id":
        return lambda held: held.id in wanted
    if name == "identifier":
        return lambda held: any(_has_identifier(held.resource, each) for each in wanted)
    if name == "status":
        return lambda held: (held.resource or {}).get("status") in wanted
    if name in _REFERENCES:
        return lambda held: any(_refers(held.resource, name, each) for each in wanted)
    raise RefusedError(400, "not-supported", f"unknown search parameter {name}")


def _has_identifier(resource: Resource | None, token: str) -> bool:
    system, bar, value = token.rpartition("|")
    identifiers = (resource or {}).get("identifier") or ()
    return any(
        (each.get("value") == value or (bar and not value)) and (not bar or each.get("system", "") == system)
        for each in ([identifiers] if isinstance(identifiers, dict) else identifiers)
    )


def _refers(resource: Resource | None, name: str, target: str) -> bool:
    if "/" not in target and name == "patient":
        target = f"Patient/{target}"
    elements = ((resource or {}).get(element) for element in _REFERENCES[name])
    return any(_points_at(element, target) for element in elements)


def _points_at(element: Any, target: str) -> bool:
    each = element if isinstance(element, list) else [element]
    return any(isinstance(one, dict) and one.get("reference") == target for one in each)
