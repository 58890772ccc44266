"""What people and monitors see of the inbox; ids, states, times and reasons, never content."""

import json
from datetime import datetime
from typing import Any

from worker.core.model import JsonObject
from worker.inbox.records import MessageRecord, SweepState
from worker.inbox.scripts import Client, unavailable
from worker.inbox.wire import history_of, time_of, written_of

_FIELDS = (
    "seq",
    "what",
    "delivery",
    "attempts",
    "reason",
    "due",
    "delivered_at",
    "written",
    "delivered",
    "note",
    "refusal",
)


def status_json(client: Client, prefix: str, message: MessageRecord) -> dict[str, Any]:
    """What became of a message and each of its reports."""
    with unavailable(), client.pipeline(transaction=False) as pipe:
        pipe.hget(f"{prefix}m:{message.message_id}", "discarded")
        for report_id in message.report_ids:
            pipe.hmget(f"{prefix}r:{report_id}", _FIELDS)
        discarded, *answers = pipe.execute()
    reports = []
    for entry, fields in zip(message.reports, answers, strict=True):
        report: dict[str, Any] = {"report_id": entry.report_id, "disposition": entry.what, "state": entry.state}
        if entry.reason:
            report["reason"] = entry.reason
        if entry.seq:
            report["delivery"] = _delivery(fields)
        reports.append(report)
    return {
        "id": message.message_id,
        "state": message.state,
        "reason": message.reason,
        "received": _text(message.received),
        "history": [{"at": _text(at), "state": state} for at, state in message.history],
        "reports": reports,
        "warnings": list(message.warnings),
        "fhirVersion": message.fhir_version,
        "bytes": message.size_bytes,
        **_act(discarded),
    }


def report_json(client: Client, prefix: str, report_id: str) -> dict[str, Any] | None:
    """The life of one report."""
    with unavailable():
        known = ("discarded", "history", "message", "verdict", *_FIELDS)
        discarded, *fields = client.hmget(f"{prefix}r:{report_id}", known)
    if fields[1] is None:
        return None
    return {
        "report_id": report_id,
        "message": fields[1].decode(),
        "verdict": (fields[2] or b"").decode(),
        "history": [{"at": _text(at), "step": step} for at, step in history_of((fields[0] or b"").decode())],
        "delivery": _delivery(fields[3:]),
        **_act(discarded),
    }


def _act(discarded: bytes | None) -> dict[str, Any]:
    """Who discarded it and why, if somebody did."""
    if discarded is None:
        return {}
    said = json.loads(discarded)
    return {"discarded": {"who": said["who"], "reason": said["reason"]}}


def outcome(client: Client, prefix: str, report_id: str, record: JsonObject) -> dict[str, Any]:
    """An outcome record and the names of what stands at the EHR."""
    with unavailable():
        written = client.hget(f"{prefix}r:{report_id}", "written")
    return {**record, "written": list(written_of(written))}


def parked(client: Client, prefix: str, start: int, limit: int) -> list[dict[str, Any]]:
    """A page of parked messages and reports, the longest parked first."""
    with unavailable(), client.pipeline(transaction=False) as pipe:
        members = [
            (*member.decode().split(":", 1), score)
            for member, score in client.zrange(f"{prefix}parked", start, start + limit - 1, withscores=True)
        ]
        for kind, item_id, _ in members:
            pipe.hmget(f"{prefix}{kind[0]}:{item_id}", "reason", "refusal")
        reasons = pipe.execute() if members else []
    return [
        {"id": item_id, "kind": kind, "since": _text(time_of(int(score))), "reason": (reason or b"").decode()}
        | ({"operationOutcome": refusal.decode()} if refusal else {})
        for (kind, item_id, score), (reason, refusal) in zip(members, reasons, strict=True)
    ]


def counts(client: Client, prefix: str) -> dict[str, dict[str, int]]:
    """How many messages and deliveries are in each state."""
    with unavailable(), client.pipeline(transaction=False) as pipe:
        for kind in ("message", "delivery"):
            pipe.hgetall(f"{prefix}count:{kind}")
        answers = pipe.execute()
    return {
        kind: {state.decode(): int(number) for state, number in sorted(answer.items())}
        for kind, answer in zip(("message", "delivery"), answers, strict=True)
    }


def oldest_age(client: Client, prefix: str, kind: str, now: datetime) -> float:
    """Seconds since the oldest open work of a kind came; 0 if there is none."""
    key = f"{prefix}parked" if kind == "parked" else f"{prefix}since:{kind}"
    with unavailable():
        first = client.zrange(key, 0, 0, withscores=True)
    return max(0.0, now.timestamp() - first[0][1] / 1000) if first else 0.0


def sweep_state(client: Client, prefix: str, now: datetime) -> SweepState:
    """When the sweep last ran, and what it found."""
    with unavailable():
        last, *rung = client.hmget(f"{prefix}sweep", "last", "decide", "deliver")
    age = max(0.0, now.timestamp() - int(last) / 1000) if last else None
    return SweepState(age, {"decide": int(rung[0] or 0), "deliver": int(rung[1] or 0)})


def _delivery(fields: list[bytes | None]) -> dict[str, Any]:
    known = dict(zip(_FIELDS, ((f or b"").decode() for f in fields), strict=True))
    delivery: dict[str, Any] = {
        "outcome": int(known["seq"] or 0),
        "disposition": known["what"],
        "state": known["delivery"] or "none",
        "attempts": int(known["attempts"] or 0),
        "written": sorted(written_of((known["written"] or "{}").encode())),
    }
    delivery |= {name: known[name] for name in ("reason", "note") if known[name]}
    for name, field in (("next", "due"), ("delivered", "delivered_at")):
        if known[field]:
            delivery[name] = _text(time_of(int(known[field])))
    return delivery


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
