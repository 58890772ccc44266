"""
The inbox: what arrived, what was decided, what is due. One Redis script is one step.

In: bodies from the door, conclusions from ``handle``, answers from ``deliver``. Out: claims on work, and what became of
it. The schedule lives here and not in Celery: a lost or repeated bell changes nothing. Protocol and its reasons:
``docs/decisions/0006-delivery-protocol.md``.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from worker.core.model import JsonObject
from worker.inbox import lookup, views
from worker.inbox.durable import check_durable
from worker.inbox.pages import Pages
from worker.inbox.pulse import Pulse
from worker.inbox.records import (
    Claim,
    Concluded,
    Conclusion,
    Delivery,
    Failed,
    Head,
    Kind,
    MessageRecord,
    Stored,
    SweepState,
    Written,
)
from worker.inbox.remembered import Citing, Planned, Remembered
from worker.inbox.schema import check_schema
from worker.inbox.scripts import Along, Client, Scripts, unavailable
from worker.inbox.wire import (
    claim_of,
    conclusion_arguments,
    delivery_of,
    message_id_of,
    message_of,
    millis,
    squeezed,
    written_json,
)
from worker.inbox.worklist import WorkList

__all__ = ["Inbox"]

_LONGEST_RING_PAUSE_MILLIS = 600_000


class Inbox:
    """
    Durable store in Redis; safe to share between threads, not between processes.

    Args:
        client: A client that returns bytes.
        prefix: Before every key. With a ``{hash tag}`` in it all keys share a slot of a Redis Cluster.
        lease_seconds: How long a claim holds.
        ring_seconds: How long work that was rung may stand before the sweep rings it again.
        poison_limit: So many claims that were never ended set the work aside.
        keep_seconds: How long the body of a settled message is kept, and references to resources are remembered.
        allow_volatile: Take a Redis that may lose acknowledged writes.
        replicas: So many replicas must hold a message before ``store`` returns.
        clock: Seconds since the epoch; None takes the server's own clock, the same for all workers.
    """

    def __init__(
        self,
        client: Client,
        prefix: str = "calcifhir:",
        *,
        lease_seconds: float = 30.0,
        ring_seconds: float = 20.0,
        poison_limit: int = 5,
        keep_seconds: float = 30 * 86_400,
        allow_volatile: bool = False,
        replicas: int = 0,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._client, self._prefix, self._clock = client, prefix, clock
        self._lease, self._grace, self._keep = round(lease_seconds * 1000), round(ring_seconds * 1000), keep_seconds
        self._poison_limit, self._allow_volatile = poison_limit, allow_volatile
        self._scripts = Scripts(client, prefix, replicas)
        self.pulse, self.pages = Pulse(client, prefix, self.now), Pages(client, prefix)
        self.work = WorkList(client, prefix, self._scripts, self._given_now)

    def check_durable(self) -> None:
        """Refuse a Redis that would lose acknowledged writes (see ``durable``), or whose records we do not know."""
        check_durable(self._client, self._allow_volatile)
        check_schema(self._client, self._prefix)

    def now(self) -> datetime:
        """The inbox's clock, the same for all workers."""
        if self._clock is not None:
            return datetime.fromtimestamp(self._clock(), UTC)
        with unavailable():
            seconds, micros = self._client.time()
        return datetime.fromtimestamp(seconds + micros / 1e6, UTC)

    # -- messages

    def store(
        self,
        content: bytes,
        *,
        document_digest: str,
        content_type: str,
        sender: str,
        method: str,
        path: str,
        fhir_version: str,
        warnings: Sequence[str],
        received: datetime,
    ) -> Stored:
        """
        Keep one message; when this returns it is on disk.

        Args:
            content: The body, byte for byte.
            document_digest: Digest of its canonical JSON; the same from the same sender is the same message.

        Raises:
            InboxUnavailable: It may or may not be stored; storing it again is safe.
        """
        message_id = message_id_of(sender, document_digest)
        fields: dict[str, str | int] = {
            "sender": sender,
            "digest": document_digest,
            "content_type": content_type,
            "method": method,
            "path": path,
            "fhir_version": fhir_version,
            "warnings": json.dumps(list(warnings)),
            "received": millis(received),
            "size": len(content),
        }
        flat = [part for pair in fields.items() for part in pair]
        is_new = self._scripts.run_held("store", self._given_now(), self._grace, message_id, squeezed(content), *flat)
        return Stored(message_id, bool(is_new))

    def message(self, message_id: str) -> MessageRecord | None:
        """Everything known of a message but its content; None if there is no such message."""
        with unavailable():
            return message_of(message_id, self._client.hgetall(f"{self._prefix}m:{message_id}"))

    def content(self, message_id: str) -> bytes | None:
        """The body as it came; None if it was purged or never was."""
        return self.contents([message_id]).get(message_id)

    def claim(self, message_id: str) -> Claim | None:
        """The right to handle a message now; None if it is not due, held by another, at its end or set aside."""
        claiming = self.claiming(message_id)
        return claiming.read(self._scripts.run(claiming.name, *claiming.arguments))

    def claiming(self, message_id: str) -> Along[Claim]:
        """The same, to be made along with the conclusion of another message."""
        given = (self._given_now(), self._lease, self._poison_limit, message_id)
        return Along("claim", given, lambda found: claim_of(message_id, found) if found else None)

    def conclude(self, claim: Claim, conclusion: Conclusion, along: Along[Claim] | None = None) -> Concluded:
        """Apply everything that handling a message led to, as a whole, and end the claim; see :class:`Concluded`."""
        given = (self._given_now(), self._grace, round(self._keep), *conclusion_arguments(claim, conclusion))
        answer = self._scripts.run("conclude", *given, along=along)
        if answer[0] != b"ok":
            return Concluded(applied=False, is_stale=answer[0] == b"stale")
        ring = tuple(other.decode() for other in answer[2:])
        return Concluded(applied=True, ring=(claim.message_id, *ring) if answer[1] else ring)

    def release(self, claim: Claim, delay_seconds: float, *, counts_as_death: bool = False) -> bool:
        """Hand a claim back, to be tried again after a while; False if it was no longer ours."""
        given = (claim.message_id, str(claim.fence), round(delay_seconds * 1000), "count" if counts_as_death else "")
        return bool(self._scripts.run("release", self._given_now(), *given))

    def park(self, claim: Claim, reason: str) -> bool:
        """Set a claimed message aside for a person; False if the claim was no longer ours."""
        return bool(self._scripts.run("park", self._given_now(), claim.message_id, str(claim.fence), reason))

    def park_open(self, kind: Kind, item_id: str, reason: str) -> bool:
        """Set open work aside, whoever holds it; False if it is at its end."""
        if kind == "decide":
            return bool(self._scripts.run("park", self._given_now(), item_id, "", reason))
        return bool(self._scripts.run("park_delivery", self._given_now(), self._grace, item_id, "", "", reason, ""))

    def heads(
        self, report_ids: Sequence[str], keys: Sequence[str] = ()
    ) -> tuple[dict[str, Head], dict[str, Remembered]]:
        """Where reports stand, and which remembered resources (by ``resource_key``) there are."""
        return lookup.heads(self._client, self._prefix, report_ids, keys)

    def contents(self, message_ids: Sequence[str]) -> dict[str, bytes]:
        """Bodies of several messages; purged ones are left out."""
        return lookup.contents(self._client, self._prefix, message_ids)

    def citing(self, keys: Sequence[str]) -> dict[str, tuple[Citing, ...]]:
        """Who cites each of these resources (``resource_key``), and where that report stands."""
        return lookup.citing(self._client, self._prefix, keys)

    def previous(self, report_id: str) -> JsonObject | None:
        """The last outcome recorded for a report."""
        return lookup.previous(self._client, self._prefix, report_id)

    def planned(self, people: Sequence[str]) -> Planned:
        """What other reports of a person were planned as, by any key of theirs (``resource_key``)."""
        return lookup.planned(self._client, self._prefix, people)

    def claim_delivery(self, report_id: str) -> Delivery | None:
        """The right to deliver a report's newest outcome now; None if nothing is due or another holds it."""
        claiming = self.claiming_delivery(report_id)
        return claiming.read(self._scripts.run(claiming.name, *claiming.arguments))

    def claiming_delivery(self, report_id: str) -> Along[Delivery]:
        """The same, to be made along with the end of another delivery."""
        given = (self._given_now(), self._lease, self._poison_limit, report_id)
        return Along("claim_delivery", given, lambda found: delivery_of(report_id, found) if found else None)

    def finish_delivery(
        self, delivery: Delivery, written: Mapping[str, Written], note: str = "", along: Along[Delivery] | None = None
    ) -> bool:
        """
        The outcome is at the EHR. If a newer one was recorded meanwhile, that one is due at once.

        ``written`` is laid over what ``delivery.written`` says. False if the claim was no longer ours.
        """
        text = written_json({**delivery.written, **written})
        given = (delivery.report_id, str(delivery.fence), delivery.seq, text, note)
        return bool(self._scripts.run("finish_delivery", self._given_now(), self._grace, *given, along=along))

    def postpone_delivery(
        self, delivery: Delivery, delay_seconds: float, reason: str, outcome_unknown: bool = False, how: Failed = ""
    ) -> bool:
        """Try again after a while; with ``outcome_unknown`` the next try looks first what the EHR holds."""
        delay, unknown = round(delay_seconds * 1000), "1" if outcome_unknown else ""
        given = (delivery.report_id, str(delivery.fence), delay, reason, unknown, how)
        return bool(self._scripts.run("postpone_delivery", self._given_now(), *given))

    def park_delivery(self, delivery: Delivery, reason: str, operation_outcome: JsonObject | None = None) -> bool:
        """A person decides; unless a newer outcome was recorded meanwhile, which is tried instead."""
        outcome = json.dumps(operation_outcome) if operation_outcome else ""
        given = (delivery.report_id, str(delivery.fence), delivery.seq, reason, outcome)
        return bool(self._scripts.run("park_delivery", self._given_now(), self._grace, *given))

    # -- the schedule, and work for people

    def due(self, kind: Kind, now: float | None = None, limit: int = 500) -> list[str]:
        """Ids that the sweep must ring; each is named again only after a growing pause. ``now`` in seconds."""
        given = self._given_now() if now is None else str(round(now * 1000))
        found = self._scripts.run("due", given, self._grace, kind, limit, _LONGEST_RING_PAUSE_MILLIS)
        return [item_id.decode() for item_id in found]

    def replay(self, item_id: str) -> Kind | None:
        """Try parked work again, or decide a settled message anew; which bell to ring, None if nothing can be tried."""
        kind = self._scripts.run("replay", self._given_now(), self._grace, item_id)
        return cast(Kind, kind.decode()) if kind else None

    def discard(self, item_id: str, who: str, reason: str) -> bool:
        """Close parked work for good; who and why is kept. False if nothing is parked under this id."""
        act = json.dumps({"act": "discard", "id": item_id, "who": who, "reason": reason})
        return bool(self._scripts.run("discard", self._given_now(), item_id, act))

    def purge(self, limit: int = 200) -> int:
        """Reduce messages that have been at their end for ``keep_seconds`` to their record; how many."""
        return int(self._scripts.run("purge", self._given_now(), round(self._keep * 1000), limit))

    # -- what people and monitors see

    def status_json(self, message_id: str) -> dict[str, Any] | None:
        """What became of a message and each of its reports; no content."""
        found = self.message(message_id)
        return views.status_json(self._client, self._prefix, found) if found else None

    def report_json(self, report_id: str) -> dict[str, Any] | None:
        """The life of one report; no content."""
        return views.report_json(self._client, self._prefix, report_id)

    def outcome(self, report_id: str) -> dict[str, Any] | None:
        """The last outcome as recorded (summary, hold, resources) and the names of what stands at the EHR."""
        record = self.previous(report_id)
        return views.outcome(self._client, self._prefix, report_id, record) if record else None

    def parked(self, limit: int = 1000, start: int = 0) -> list[dict[str, Any]]:
        """A page of parked messages and reports, the longest parked first: id, kind, since, reason."""
        return views.parked(self._client, self._prefix, start, limit)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many messages and deliveries are in each state."""
        return views.counts(self._client, self._prefix)

    def oldest_age(self, kind: str) -> float:
        """Seconds since the oldest work of a kind came: ``received waiting decided deliver parked``."""
        return views.oldest_age(self._client, self._prefix, kind, self.now())

    def sweep_state(self) -> SweepState:
        """When the sweep last ran, and what it found."""
        return views.sweep_state(self._client, self._prefix, self.now())

    def _given_now(self) -> str:
        return "" if self._clock is None else str(round(self._clock() * 1000))
