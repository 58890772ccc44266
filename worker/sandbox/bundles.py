"""Transactions (all or nothing) and batches (each for itself)."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from worker.sandbox.answers import Answer, RefusedError, Resource
from worker.sandbox.interactions import Call, Server, matches_of, parse_path, perform
from worker.sandbox.references import check_integrity, rewrite
from worker.sandbox.store import Stage

T = TypeVar("T")
_ORDER = {"DELETE": 0, "POST": 1, "PUT": 2, "GET": 3}
_CONDITIONS = {"ifMatch": "if-match", "ifNoneExist": "if-none-exist"}


def perform_bundle(server: Server, bundle: Any) -> Answer:
    """Answer a transaction or a batch; only a transaction that succeeds whole is committed."""
    kind = bundle.get("type") if isinstance(bundle, dict) else None
    if kind not in {"transaction", "batch"} or bundle.get("resourceType") != "Bundle":
        raise RefusedError(400, "invalid", "the body is not a transaction or batch Bundle", "Bundle.type")
    if not getattr(server.abilities, kind):
        raise RefusedError(405, "not-supported", f"{kind} is not offered by this server")
    entries = bundle.get("entry") or []
    answers = _transaction(server, entries) if kind == "transaction" else [_alone(server, each) for each in entries]
    reads = [_is_read(each) for each in entries]
    answered = [_answer_entry(each, is_read) for each, is_read in zip(answers, reads, strict=True)]
    return Answer(200, {"resourceType": "Bundle", "type": f"{kind}-response", "entry": answered})


def perform_single(server: Server, call: Call) -> Answer:
    """One interaction, checked and committed."""
    stage = Stage(server.store)
    if call.resource is not None:
        rewrite(call.resource, {}, stage, server.base)
    answer = perform(server, stage, call)
    check_integrity(stage)
    stage.commit()
    return answer


def _alone(server: Server, entry: Any) -> Answer:
    try:
        return perform_single(server, _call(entry))
    except RefusedError as refusal:
        return refusal.answer()


def _transaction(server: Server, entries: list[Any]) -> list[Answer]:
    stage = Stage(server.store)
    calls = [_in_entry(index, _call, entry) for index, entry in enumerate(entries)]
    ids = [_in_entry(index, _assigned_id, server, call) for index, call in enumerate(calls)]
    targets = _targets(entries, calls, ids)

    def carry_out(call: Call, assigned_id: str | None) -> Answer:
        if call.resource is not None:
            rewrite(call.resource, targets, stage, server.base)
        return perform(server, stage, call, assigned_id)

    in_order = sorted(range(len(calls)), key=lambda index: _ORDER[calls[index].method])
    answers = {index: _in_entry(index, carry_out, calls[index], ids[index]) for index in in_order}
    check_integrity(stage)
    stage.commit()
    return [answers[index] for index in range(len(calls))]


def _in_entry(index: int, action: Callable[..., T], *arguments: Any) -> T:
    """Do something for one entry, so that a refusal names it."""
    try:
        return action(*arguments)
    except RefusedError as refused:
        raise refused.within(f"Bundle.entry[{index}]") from refused


def _call(entry: Any) -> Call:
    request = entry.get("request") if isinstance(entry, dict) else None
    if (
        not isinstance(request, Mapping)
        or request.get("method") not in _ORDER
        or not isinstance(request.get("url"), str)
    ):
        raise RefusedError(400, "invalid", "an entry needs request.method and request.url", "request")
    path, _, query = request["url"].partition("?")
    resource_type, resource_id, version, query = parse_path(path, query)
    headers = {header: request[name] for name, header in _CONDITIONS.items() if name in request}
    return Call(request["method"], resource_type, resource_id, version, query, entry.get("resource"), headers)


def _assigned_id(server: Server, call: Call) -> str | None:
    """The id that the entry's resource will have; None for reads and deletes."""
    if call.method not in {"POST", "PUT"}:
        return None
    matches = matches_of(server, call)
    if matches:
        return matches[0].id
    return call.id or server.store.new_id()


def _targets(entries: list[Any], calls: list[Call], ids: list[str | None]) -> dict[str, str]:
    """What the ``fullUrl`` of each written entry stands for."""
    return {
        str(entry["fullUrl"]): f"{call.resource_type}/{assigned}"
        for entry, call, assigned in zip(entries, calls, ids, strict=True)
        if assigned and "fullUrl" in entry
    }


def _is_read(entry: Any) -> bool:
    return isinstance(entry, Mapping) and (entry.get("request") or {}).get("method") == "GET"


def _answer_entry(answer: Answer, is_read: bool) -> Resource:
    """A write answers with where it is; a read also with what it has found."""
    response: Resource = {"status": f"{answer.status} {HTTPStatus(answer.status).phrase}"}
    entry: Resource = {"response": response}
    if "ETag" in answer.headers:
        response |= {
            "etag": answer.headers["ETag"],
            "location": answer.headers["Location"],
            "lastModified": answer.headers["X-Last-Updated"],
        }
    if answer.status >= 400:
        response["outcome"] = answer.resource
    elif is_read:
        entry["resource"] = answer.resource
    return entry
