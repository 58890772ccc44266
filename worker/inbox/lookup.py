"""What is known of reports, and of resources that came in other messages; in as few round trips as can be."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from worker.core.model import Disposition, JsonObject
from worker.inbox.records import Head
from worker.inbox.remembered import Citing, Planned, Remembered
from worker.inbox.scripts import Client, unavailable
from worker.inbox.wire import head_of, record_of, remembered_of, unsqueezed

_HEAD_FIELDS = ("revision", "version", "arrival", "inputs", "message", "seq", "verdict", "delivered", "written")

# Nobody has so many breast exams: under such a name ("unknown", a test patient) many people are behind one.
MOST_OF_ONE_PERSON = 200


def heads(
    client: Client, prefix: str, report_ids: Sequence[str], keys: Sequence[str]
) -> tuple[dict[str, Head], dict[str, Remembered]]:
    """Heads of known reports by id, and remembered resources by key."""
    if not report_ids and not keys:
        return {}, {}
    with unavailable(), client.pipeline(transaction=False) as pipe:
        for report_id in report_ids:
            pipe.hmget(f"{prefix}r:{report_id}", _HEAD_FIELDS)
        if keys:
            pipe.mget([f"{prefix}x:{key}" for key in keys])
        answers = pipe.execute()
    known = {i: fields for i, fields in zip(report_ids, answers, strict=False) if fields[0]}
    blobs = _records(client, prefix, {i: int(fields[5]) for i, fields in known.items() if fields[5]})
    remembered = answers[len(report_ids)] if keys else []
    found = {key: remembered_of(value) for key, value in zip(keys, remembered, strict=True) if value}
    return {i: head_of(i, fields, blobs.get(i)) for i, fields in known.items()}, found


def planned(client: Client, prefix: str, people: Sequence[str]) -> Planned:
    """The reports of a person, by any of their keys; none of a name that nobody can be behind."""
    if not people:
        return Planned({}, {})
    with unavailable(), client.pipeline(transaction=False) as pipe:
        for key in people:
            pipe.srandmember(f"{prefix}p:{key}", MOST_OF_ONE_PERSON + 1)
        found = {key: set(members) for key, members in zip(people, pipe.execute(), strict=True)}
        found = {key: members for key, members in found.items() if len(members) <= MOST_OF_ONE_PERSON}
        report_ids = sorted(member.decode() for member in set[bytes]().union(*found.values()))
        for report_id in report_ids:
            pipe.hget(f"{prefix}r:{report_id}", "brief")
        briefs = pipe.execute() if report_ids else []
    counts = {key: len(members) for key, members in found.items()}
    return Planned(counts, {i: json.loads(b) for i, b in zip(report_ids, briefs, strict=True) if b})


def contents(client: Client, prefix: str, message_ids: Sequence[str]) -> dict[str, bytes]:
    """Bodies of several messages; purged ones are left out."""
    if not message_ids:
        return {}
    with unavailable():
        bodies = client.mget([f"{prefix}b:{i}" for i in message_ids])
    return {i: unsqueezed(body) for i, body in zip(message_ids, bodies, strict=True) if body is not None}


def citing(client: Client, prefix: str, keys: Sequence[str]) -> dict[str, tuple[Citing, ...]]:
    """Who cites each of these resources, and where that report stands."""
    if not keys:
        return {}
    with unavailable(), client.pipeline(transaction=False) as pipe:
        for key in keys:
            pipe.smembers(f"{prefix}c:{key}")
        members: list[set[bytes]] = pipe.execute()
        everyone = sorted(set[bytes]().union(*members))
        pairs = [_pair(member) for member in everyone]
        for message_id, report_id in pairs:
            pipe.hexists(f"{prefix}m:{message_id}", "due")
            pipe.hmget(f"{prefix}r:{report_id}", "seq", "verdict")
        answers = pipe.execute() if pairs else []
    known = {
        member: Citing(*pair, bool(due), int(seq or 0), cast(Disposition, verdict.decode()) if verdict else None)
        for member, pair, due, (seq, verdict) in zip(everyone, pairs, answers[::2], answers[1::2], strict=True)
    }
    return {key: tuple(known[m] for m in sorted(found)) for key, found in zip(keys, members, strict=True)}


def _pair(member: bytes) -> tuple[str, str]:
    message_id, _, report_id = member.decode().partition(" ")
    return message_id, report_id


def previous(client: Client, prefix: str, report_id: str) -> JsonObject | None:
    """The last outcome recorded for a report."""
    with unavailable():
        seq = client.hget(f"{prefix}r:{report_id}", "seq")
    return _records(client, prefix, {report_id: int(seq)}).get(report_id) if seq else None


def _records(client: Client, prefix: str, seqs: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    if not seqs:
        return {}
    with unavailable(), client.pipeline(transaction=False) as pipe:
        for report_id, seq in seqs.items():
            pipe.hget(f"{prefix}o:{report_id}", str(seq))
        blobs = pipe.execute()
    return {i: record_of(blob) for i, blob in zip(seqs, blobs, strict=True) if blob}
