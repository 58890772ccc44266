"""One delivery from claim to end."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime

from worker.core.writeplan import (
    Capability,
    Careful,
    Written,
    for_server,
    pause_seconds,
    person_of,
    spread,
    subject_of,
    with_subject,
)
from worker.deliver.ledger import entries_of, known_of
from worker.deliver.visit import Visit
from worker.ehr import Ehr, EhrTurn, find_patient
from worker.errors import FhirUnavailable, WriteRefused
from worker.inbox import Along, Delivery, Inbox
from worker.settings import Settings

__all__ = ["deliver"]

# Every request has ended by then; the rest is for telling the inbox, before the time limits of a task end it.
_SHARE_OF_LEASE = 0.5
# An outage is waited out; what fails while others succeed is at fault itself.
_MOST_TRIES_ALONE = 30
_RECENT_SECONDS = 120.0
_FHIR_VERSIONS = {"R4": "4.", "R4B": "4.", "R5": "5."}


def deliver(
    report_id: str,
    inbox: Inbox,
    ehr: Ehr,
    settings: Settings,
    now: datetime,
    delivery: Delivery | None = None,
    claim_next: Callable[[], Along[Delivery] | None] = lambda: None,
) -> None:
    """
    Bring a report's newest outcome to the EHR; a second call finds nothing to do.

    Args:
        now: With its offset; the time of a Task about a conflict.
        delivery: The right to do so, if it was claimed along with the end of another.
        claim_next: Asked at the end for the claim that goes along with it.
    """
    delivery = delivery or inbox.claim_delivery(report_id)
    if delivery is None:
        return  # nothing is due, or another worker holds it
    if rest := ehr.breaker.rest_seconds():
        reason = "the EHR has been failing; waiting before asking again"
        inbox.postpone_delivery(delivery, spread(report_id, delivery.fence, rest), reason, how="unasked")
        return
    turn = ehr.until(time.monotonic() + settings.lease_seconds * _SHARE_OF_LEASE)
    try:
        written, notes = _bring(delivery, turn, settings, now)
    except FhirUnavailable as error:
        _wait(delivery, inbox, ehr, error)
    except WriteRefused as error:
        inbox.park_delivery(delivery, str(error), error.operation_outcome)
    else:
        inbox.finish_delivery(delivery, entries_of(written), " ".join(notes), claim_next())


def _wait(delivery: Delivery, inbox: Inbox, ehr: Ehr, error: FhirUnavailable) -> None:
    """Try again later, for as long as it takes; but not for ever what fails alone."""
    is_alone = ehr.wrote_within(_RECENT_SECONDS)
    if is_alone and delivery.failed_alone + 1 >= _MOST_TRIES_ALONE:
        reason = f"failed {delivery.failed_alone + 1} times while the EHR took others; last: {error}"
        inbox.park_delivery(delivery, reason, None)
        return
    pause = pause_seconds(delivery.report_id, delivery.attempts, error.retry_after_seconds)
    inbox.postpone_delivery(delivery, pause, str(error), error.outcome_unknown, "alone" if is_alone else "")


def _bring(
    delivery: Delivery, turn: EhrTurn, settings: Settings, now: datetime
) -> tuple[Mapping[str, Written], tuple[str, ...]]:
    """The ledger as it stands afterwards, and notes for the record."""
    if not delivery.resources:
        return {}, ()
    capability = turn.capability()
    if not capability.fhir_version.startswith(_FHIR_VERSIONS[delivery.fhir_version]):
        raise WriteRefused(f"the EHR speaks FHIR {capability.fhir_version}, not {delivery.fhir_version}", 422)
    known = known_of(delivery.written)
    subject = subject_of(delivery.resources)
    patient = find_patient(person_of(subject), settings.ehr_patient_match, turn)
    wanted, notes = for_server(with_subject(delivery.resources, subject, patient), capability, known)
    if not wanted:
        raise WriteRefused("the EHR takes neither a CarePlan nor a document in its place", 405)
    visit = Visit(
        turn=turn,
        capability=capability,
        wanted=wanted,
        known=known,
        moment=now.isoformat(timespec="seconds"),
        careful=_careful(delivery, capability),
        attempts=delivery.attempts,
        may_lag=delivery.outcome_unknown and delivery.attempts == 2,
        adopted=delivery.adopted,
        yielding=delivery.yielding,
    )
    return visit.written(), (*notes, *visit.notes)


def _careful(delivery: Delivery, capability: Capability) -> Careful:
    """
    What may be at the EHR without our knowing, or must be known before anything is written.

    A claim that ended without a word (a killed worker) may have written, be it an outcome that is no longer wanted:
    then even what the ledger says is there may have been written over.
    """
    if delivery.outcome_unknown or delivery.doubts or delivery.attempts > 1:
        return "all"
    if delivery.written and not capability.transaction:
        return "all"  # the parts are written before their plan; that it is somebody else's now must be seen before
    return "new" if delivery.fence > 1 else "nothing"
