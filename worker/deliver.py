"""
One outcome to the EHR, exactly once in effect.

In: the id of a report with something due. Out: its resources at the EHR and in the ledger, or a later date for the next
try, or a parked delivery with the EHR's reasons. What is written is decided in ``core.writeplan``; here it is done.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from worker.core.writeplan import (
    Capability,
    Careful,
    Resource,
    Seen,
    Step,
    WritePlan,
    Written,
    as_bundle,
    carried_digest,
    digest_of,
    for_server,
    in_order,
    pause_seconds,
    person_of,
    plan_writes,
    subject_of,
    with_subject,
)
from worker.ehr import Ehr, EhrTurn, Stored, find_patient
from worker.errors import FhirUnavailable, WriteRefused
from worker.inbox import Delivery, Inbox
from worker.inbox import Written as Entry
from worker.settings import Settings

__all__ = ["deliver"]

# Every request has ended by then; the rest is for telling the inbox, before the time limits of a task end it.
_SHARE_OF_LEASE = 0.5
_MOST_LOOKS = 8
_MOST_CONFLICTS = 3
# After so many tries a conflict that shows no cause is for a person.
_MOST_TRIES_AT_CONFLICT = 8
_CONFLICTS = frozenset({404, 409, 410, 412})
# An outage is waited out; what fails while others succeed is at fault itself.
_MOST_TRIES_ALONE = 30
_RECENT_SECONDS = 120.0
# Searching may lag behind writing; so long before asking a second time.
_SEARCH_LAG_SECONDS = 5.0
_FHIR_VERSIONS = {"R4": "4.", "R4B": "4.", "R5": "5."}


def deliver(report_id: str, inbox: Inbox, ehr: Ehr, settings: Settings, now: datetime) -> None:
    """
    Bring a report's newest outcome to the EHR; a second call finds nothing to do.

    Args:
        now: With its offset; the time of a Task about a conflict.
    """
    delivery = inbox.claim_delivery(report_id)
    if delivery is None:
        return  # nothing is due, or another worker holds it
    turn = ehr.until(time.monotonic() + settings.lease_seconds * _SHARE_OF_LEASE)
    try:
        written, notes = _bring(delivery, turn, settings, now)
    except FhirUnavailable as error:
        _wait(delivery, inbox, ehr, error)
    except WriteRefused as error:
        inbox.park_delivery(delivery, str(error), error.operation_outcome)
    else:
        inbox.finish_delivery(delivery, {key: _entry(key, each) for key, each in written.items()}, " ".join(notes))


def _wait(delivery: Delivery, inbox: Inbox, ehr: Ehr, error: FhirUnavailable) -> None:
    """Try again later, for as long as it takes; but not for ever what fails alone."""
    if delivery.attempts >= _MOST_TRIES_ALONE and ehr.wrote_within(_RECENT_SECONDS):
        reason = f"failed {delivery.attempts} times while the EHR took others; last: {error}"
        inbox.park_delivery(delivery, reason, None)
        return
    pause = pause_seconds(delivery.report_id, delivery.attempts, error.retry_after_seconds)
    inbox.postpone_delivery(delivery, pause, str(error), error.outcome_unknown)


def _bring(
    delivery: Delivery, turn: EhrTurn, settings: Settings, now: datetime
) -> tuple[Mapping[str, Written], tuple[str, ...]]:
    """The ledger as it stands afterwards, and notes for the record."""
    if not delivery.resources:
        return {}, ()
    capability = turn.capability()
    if not capability.fhir_version.startswith(_FHIR_VERSIONS[delivery.fhir_version]):
        raise WriteRefused(f"the EHR speaks FHIR {capability.fhir_version}, not {delivery.fhir_version}", 422)
    known = {key: _known(entry) for key, entry in delivery.written.items()}
    subject = subject_of(delivery.resources)
    patient = find_patient(person_of(subject), settings.ehr_patient_match, turn)
    wanted, notes = for_server(with_subject(delivery.resources, subject, patient), capability, known)
    if not wanted:
        raise WriteRefused("the EHR takes neither a CarePlan nor a document in its place", 405)
    visit = _Visit(delivery, turn, capability, wanted, known, now.isoformat(timespec="seconds"), _careful(delivery))
    return visit.written(), (*notes, *visit.notes)


@dataclass
class _Visit:
    """One try at one EHR: what has been seen there so far."""

    delivery: Delivery
    turn: EhrTurn
    capability: Capability
    wanted: Sequence[Resource]
    known: Mapping[str, Written]
    moment: str
    careful: Careful
    seen: dict[str, Seen] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def written(self) -> Mapping[str, Written]:
        """Write what must be written; twice or more if somebody else writes meanwhile."""
        refused: WriteRefused | None = None
        steps: Sequence[Step] = ()
        for _ in range(_MOST_CONFLICTS):
            plan = self._planned()
            if refused is not None and plan.steps == steps:
                break  # what is there explains nothing
            steps = plan.steps
            try:
                return {**plan.written, **self._write(steps)}
            except WriteRefused as error:
                if error.status not in _CONFLICTS:
                    raise
                refused = error
            self.careful = "all"
            self.seen = {step.key: self._look(step.key, step.resource) for step in steps}
        raise self._unexplained(refused)

    def _unexplained(self, refused: WriteRefused | None) -> Exception:
        """A conflict without a cause may be one of timing; if it stays, a person decides."""
        if refused is None or (refused.status in {409, 412} and self.delivery.attempts < _MOST_TRIES_AT_CONFLICT):
            return FhirUnavailable("the EHR reports a conflict that shows no cause")
        return refused

    def _planned(self) -> WritePlan:
        for _ in range(_MOST_LOOKS):
            plan = plan_writes(self.wanted, self.known, self.seen, self.capability, self.moment, self.careful)
            if not plan.wants:
                self.notes = plan.notes
                return plan
            for key, resource in plan.wants.items():
                self.seen[key] = self._look(key, resource)
        raise WriteRefused("our resources at the EHR were changed too often to follow", 409)

    def _write(self, steps: Sequence[Step]) -> dict[str, Written]:
        if not steps:
            return {}
        locations = self._locations()
        if self.capability.transaction:
            stored = self.turn.transaction(as_bundle(steps, locations))
            return {step.key: _written(step, each) for step, each in zip(steps, stored, strict=True)}
        written = {}
        for step in in_order(steps):
            written[step.key] = _written(step, self.turn.write(step, locations))
            locations[step.key] = written[step.key].location or step.key
        return written

    def _locations(self) -> dict[str, str]:
        """The EHR's key for each of ours that it holds under another."""
        ledger = {key: each.location for key, each in self.known.items()}
        ledger |= {key: each.location for key, each in self.seen.items() if each.location}
        return {key: location for key, location in ledger.items() if location and location != key}

    def _look(self, key: str, resource: Resource) -> Seen:
        """What the EHR holds under one of our keys."""
        known, resource_type = self.known.get(key), key.partition("/")[0]
        location = known.location if known else None
        if location or self.capability.of(resource_type).update_create:
            return self.turn.read(location or key)
        found = self._search(resource_type, resource)
        if not found and self.delivery.outcome_unknown and self.delivery.attempts == 2:
            raise FhirUnavailable("searching may lag behind writing; asking once more", _SEARCH_LAG_SECONDS, True)
        if len(found) > 1:
            raise WriteRefused(f"{len(found)} resources of the EHR carry our identifier", 412)
        return _seen(found[0]) if found else Seen()

    def _search(self, resource_type: str, resource: Resource) -> list[Resource]:
        for identifier in resource.get("identifier", ()):
            return list(self.turn.search_by_identifier(resource_type, identifier["system"], identifier["value"]))
        plan = next((key for key in self._locations() if key.startswith("CarePlan/")), None)
        if plan is None:
            return []
        # A Provenance has no identifier; it is known by what it is about and by what it says.
        found = self.turn.search(resource_type, "target", self._locations()[plan])
        return [each for each in found if carried_digest(each) == digest_of(resource)]


def _careful(delivery: Delivery) -> Careful:
    """
    What may be at the EHR without our knowing.

    A claim that ended without a word (a killed worker) may have written; ``attempts`` counts those for this outcome,
    and ``fence`` those for all earlier ones.
    """
    if delivery.outcome_unknown or delivery.attempts > 1:
        return "all"
    return "new" if delivery.fence > 1 else "nothing"


def _seen(resource: Resource) -> Seen:
    version = (resource.get("meta") or {}).get("versionId")
    return Seen(resource, version, f"{resource['resourceType']}/{resource['id']}")


def _written(step: Step, stored: Stored) -> Written:
    is_placed = step.method == "PUT" and "?" not in step.url
    location = step.url if is_placed else stored.location
    # Without a place the version would be of no use: it is looked up by identifier next time.
    return Written(stored.version_id if location else None, step.digest, None if location == step.key else location)


def _known(entry: Entry) -> Written:
    """The ledger's entry: its version is a whole location where the EHR assigns ids."""
    location, mark, version = (entry.version_id or "").partition("/_history/")
    return Written(version or None, entry.digest, location) if mark else Written(entry.version_id, entry.digest)


def _entry(key: str, written: Written) -> Entry:
    if written.location and written.location != key:
        return Entry(f"{written.location}/_history/{written.version_id or ''}", written.digest)
    return Entry(written.version_id, written.digest)
