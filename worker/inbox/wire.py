"""
Values to what Redis keeps, and back.

Bodies and outcome records are squeezed: FHIR, a plan and its letter are text that repeats itself, and memory is what a
Redis runs out of.
"""

import hashlib
import json
import uuid
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, cast

from worker.core.model import Disposition, FhirVersion, JsonObject
from worker.core.probe import PROBE_SENDER
from worker.inbox.records import (
    Claim,
    Conclusion,
    Delivery,
    Head,
    MessageRecord,
    MessageState,
    NewRecord,
    ReportEntry,
    Written,
)
from worker.inbox.remembered import Remembered, Signs

_MESSAGES = uuid.UUID("5f0c7a44-6a0e-5c1b-9f1d-0d4f6f1a2c77")
# Any calendar day has a smaller number; seriousness is far below its ceiling.
_DAYS, _MOST_SERIOUS = 1_000_000, 1_000
_FASTEST = 1  # level 1 takes a third of the time of the default and leaves a tenth more


def message_id_of(sender: str, document_digest: str) -> str:
    """The same content from the same sender is the same message; the id tells nothing about either."""
    # Synthetic reports are told apart wherever an id is seen; prelude.lua leaves them out of the counts.
    mark = "probe-" if sender == PROBE_SENDER else ""
    return mark + str(uuid.uuid5(_MESSAGES, f"{sender}\0{document_digest}"))


def resource_key(sender: str, reference: str) -> str:
    """
    Under which a resource is remembered: a digest, because references and identifiers may name a patient.

    Args:
        reference: ``Type/id``, an absolute URL, ``urn:uuid:...``, or ``Type?identifier=system|value``. A URL that ends
            in ``Type/id`` is the same as ``Type/id`` within one sender.
    """
    return hashlib.blake2b(f"{sender}\0{_relative(reference)}".encode(), digest_size=16).hexdigest()


def _relative(reference: str) -> str:
    if "://" not in reference or "?" in reference:
        return reference
    parts = reference.split("/_history/", 1)[0].rsplit("/", 2)
    return f"{parts[1]}/{parts[2]}" if len(parts) == 3 and parts[1][:1].isupper() else reference


def millis(moment: datetime) -> int:
    """Milliseconds since the epoch."""
    return round(moment.timestamp() * 1000)


def time_of(value: bytes | int) -> datetime:
    """The moment of so many milliseconds since the epoch."""
    return datetime.fromtimestamp(int(value) / 1000, UTC)


def squeezed(content: bytes) -> bytes:
    """Bytes as they are kept."""
    return zlib.compress(content, _FASTEST)


def unsqueezed(kept: bytes) -> bytes:
    """The bytes that ``squeezed`` kept, every one of them."""
    return zlib.decompress(kept)


def record_bytes(record: JsonObject) -> bytes:
    """An outcome record as it is kept."""
    return squeezed(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode())


def record_of(kept: bytes) -> dict[str, Any]:
    """The outcome record that ``record_bytes`` kept."""
    record: dict[str, Any] = json.loads(unsqueezed(kept))
    return record


def claim_of(message_id: str, found: Sequence[Any]) -> Claim:
    """The answer of ``claim.lua``."""
    now, fence, content, deaths, bells, sender, fhir_version, stored, arrival = found
    return Claim(
        message_id=message_id,
        fence=fence,
        bells=int(bells),
        claimed=time_of(now),
        stored=time_of(stored),
        arrival=int(arrival),
        sender=sender.decode(),
        fhir_version=fhir_version.decode(),
        attempts=deaths + 1,
        content=unsqueezed(content),
    )


def conclusion_arguments(claim: Claim, conclusion: Conclusion) -> list[str | bytes | int]:
    """Arguments of ``conclude.lua`` after its times."""
    first_blob = 9  # 1-based place in ARGV: three times, three of the claim, the conclusion
    blobs = [record_bytes(record.record) for record in conclusion.records if record.record is not None]
    places = iter(range(first_blob - 1, first_blob - 1 + len(blobs)))
    text = {
        "records": [_record(record, places) for record in conclusion.records],
        "verdicts": [_entry(entry) for entry in conclusion.verdicts],
        "resources": [_remembered(found) for found in conclusion.resources],
        "cites": [{"key": cited.key, "report": cited.report_id} for cited in conclusion.cites],
        "awaited": conclusion.awaited,
        "wait": millis(conclusion.wait_until) if conclusion.wait_until else None,
        "reason": conclusion.reason,
        "otherwise": conclusion.otherwise,
        "people": [{"key": key, "count": count} for key, count in conclusion.people.items()],
    }
    head = [claim.message_id, str(claim.fence), str(claim.bells)]
    return [*head, json.dumps({name: value for name, value in text.items() if value is not None}), *blobs]


def _record(record: NewRecord, places: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": record.report_id,
        "expected": record.expected,
        "version": record.version,
        "arrival": record.arrival,
        "inputs": record.inputs,
        "what": record.what,
        "reason": record.reason,
        "messages": record.messages,
        "deliver": record.deliver,
        "step": record.step or record.what,
        "people": record.people,
        "brief": json.dumps(record.brief) if record.brief else "",
    }
    if record.record is None:
        return values
    return {**values, "blob": next(places), **work_fields(record.record)}


def work_fields(record: JsonObject) -> dict[str, Any]:
    """
    What the work list keeps of one report, sorted by seriousness, then by day.

    Nothing where nobody owes anything: ``decided`` then says whether a clinician has released or rejected the plan.
    """
    work, plans = (
        record.get("work"),
        [each for each in record.get("resources", ()) if each["resourceType"] == "CarePlan"],
    )
    if work is None:
        return {}
    if any(plan.get("status") != "draft" for plan in plans[:1]):
        return {"decided": True}
    plan, due = f"CarePlan/{plans[0]['id']}" if plans else "", date.fromisoformat(work["due"]).toordinal()
    hold = bool(record["hold"])
    asked = [question for question in work["about"]["questions"] if hold or not question["hold"]]  # else answered
    about = {**work["about"], "due": work["due"], "hold": hold, "plan": plan, "questions": asked}
    order = (_MOST_SERIOUS - int(work["seriousness"])) * _DAYS + due
    tags = ["held" if hold else "to-release", *work["tags"]]
    return {"work": {"order": order, "due": due, "tags": tags, "about": json.dumps(about)}}


def _entry(entry: ReportEntry) -> dict[str, Any]:
    return {
        "id": entry.report_id,
        "seq": entry.seq,
        "what": entry.what,
        "state": entry.state,
        "reason": entry.reason,
    }


def _remembered(found: Remembered) -> dict[str, Any]:
    values = {
        "key": found.key,
        "message": found.message_id,
        "position": found.position,
        "digest": found.digest,
        "arrival": found.arrival,
        "signs": _signs(found.signs),
    }
    if found.report_id is None:
        return values
    return {**values, "report": found.report_id, "report_signs": _signs(found.report_signs)}


def _signs(signs: Signs) -> list[int | None]:
    return [signs.updated, signs.issued, signs.number]


def remembered_of(kept: bytes) -> Remembered:
    """The remembered resource as ``conclude.lua`` kept it."""
    values = json.loads(kept)
    return Remembered(
        key=values["key"],
        message_id=values["message"],
        position=int(values["position"]),
        digest=values["digest"],
        arrival=int(values["arrival"]),
        signs=Signs(*values["signs"]),
        report_id=values.get("report"),
        report_signs=Signs(*values.get("report_signs", ())),
    )


def head_of(report_id: str, fields: Sequence[bytes | None], record: JsonObject | None) -> Head:
    """A report's head from its fields in the order that ``Inbox.heads`` asks for them."""
    *others, written = fields
    revision, version, arrival, inputs, message, seq, verdict, delivered = ((f or b"").decode() for f in others)
    return Head(
        report_id=report_id,
        revision=int(revision),
        version=version,
        arrival=int(arrival or 0),
        inputs=inputs,
        message_id=message,
        seq=int(seq or 0),
        verdict=cast(Disposition, verdict),
        record=record,
        delivered=int(delivered or 0),
        written=written_of(written),
    )


def message_of(message_id: str, fields: Mapping[bytes, bytes]) -> MessageRecord | None:
    """A message from its hash; None if there is none."""
    if not fields:
        return None
    text = {name.decode(): value.decode() for name, value in fields.items()}
    return MessageRecord(
        message_id=message_id,
        state=cast(MessageState, text["state"]),
        reason=text.get("reason", ""),
        received=time_of(int(text["received"])),
        history=history_of(text.get("history", "")),
        reports=entries_of(text.get("reports", "[]")),
        warnings=tuple(json.loads(text["warnings"])),
        sender=text["sender"],
        content_type=text["content_type"],
        method=text["method"],
        path=text["path"],
        fhir_version=cast(FhirVersion, text["fhir_version"]),
        size_bytes=int(text["size"]),
    )


def entries_of(text: str) -> tuple[ReportEntry, ...]:
    """A message's reports as the scripts keep them."""
    return tuple(
        ReportEntry(e["id"], int(e.get("seq", 0)), e["what"], e["state"], e.get("reason", "")) for e in json.loads(text)
    )


def history_of(text: str) -> tuple[tuple[datetime, str], ...]:
    """Steps with their times, the oldest first."""
    steps = (line.split(" ", 1) for line in text.splitlines())
    return tuple((time_of(int(at)), what) for at, what in steps)


def delivery_of(report_id: str, found: Sequence[Any]) -> Delivery:
    """The answer of ``claim_delivery.lua``."""
    fence, seq, blob, written, attempts, unknown, alone, doubts = found
    record = record_of(blob)
    return Delivery(
        report_id=report_id,
        seq=int(seq),
        fence=fence,
        disposition=record["disposition"],
        fhir_version=record["fhir_version"],
        resources=tuple(record["resources"]),
        written=written_of(written),
        attempts=attempts,
        outcome_unknown=unknown == b"1",
        hold=record.get("hold", True),
        failed_alone=alone,
        adopted={key: (digest, version) for key, (digest, version) in record.get("adopted", {}).items()},
        yielding=frozenset(record.get("yielding", ())),
        doubts=doubts,
    )


def written_json(written: Mapping[str, Written]) -> str:
    """What was written to the EHR, by ``Type/id``."""
    return json.dumps({name: [w.version_id, w.digest, w.location] for name, w in written.items()})


def written_of(kept: bytes | None) -> dict[str, Written]:
    """What ``written_json`` kept."""
    return {name: Written(*values) for name, values in json.loads(kept or b"{}").items()}
