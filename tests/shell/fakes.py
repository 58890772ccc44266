"""Stand-ins for the world outside: a clock that a test turns, and an inbox over a real Redis with that clock."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from worker.core.model import JsonObject
from worker.inbox import Claim, Conclusion, Inbox, NewRecord, Stored

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """Seconds since the epoch, as far as the test has turned it."""

    now: float = field(default_factory=MORNING.timestamp)

    def __call__(self) -> float:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


def put(inbox: Inbox, content: bytes = b"{}", digest: str = "d1", sender: str = "engine", **more: Any) -> Stored:
    """Store a message as the door does."""
    given: dict[str, Any] = {
        "document_digest": digest,
        "content_type": "application/fhir+json",
        "sender": sender,
        "method": "POST",
        "path": "/fhir",
        "fhir_version": "R4",
        "warnings": [],
        "received": MORNING,
    }
    return inbox.store(content, **(given | more))


def claimed(inbox: Inbox, message_id: str) -> Claim:
    """Claim a message that must be due."""
    claim = inbox.claim(message_id)
    assert claim is not None
    return claim


def outcome_record(text: str = "plan A", disposition: str = "plan") -> JsonObject:
    """The smallest record that can be delivered."""
    resource = {"resourceType": "CarePlan", "id": "cp-1", "description": text}
    return {"disposition": disposition, "fhir_version": "R4", "resources": [resource], "hold": False}


def new_record(claim: Claim, report_id: str = "rep-1", expected: int = 0, **more: Any) -> NewRecord:
    """A plan for one report, to be delivered."""
    given: dict[str, Any] = {
        "report_id": report_id,
        "expected": expected,
        "version": '{"version_id": "1"}',
        "arrival": claim.arrival,
        "inputs": "inputs-1",
        "what": "plan",
        "reason": "",
        "messages": (claim.message_id,),
        "record": outcome_record(),
        "deliver": True,
    }
    return NewRecord(**(given | more))


def decided(inbox: Inbox, report_id: str = "rep-1", digest: str = "d1", **more: Any) -> str:
    """Store a message and conclude it with one plan; its id."""
    message_id = put(inbox, digest=digest).message_id
    claim = claimed(inbox, message_id)
    assert inbox.conclude(claim, Conclusion(records=(new_record(claim, report_id, **more),))).applied
    return message_id
