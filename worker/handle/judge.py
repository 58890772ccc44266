"""What becomes of one gathered report: wait, note and go on, or decide."""

from dataclasses import replace
from datetime import datetime, timedelta

from worker.core.decide import decide
from worker.core.model import Disposition, Outcome
from worker.core.relevance import relevance_of
from worker.core.report import is_newer
from worker.core.safety import is_taken_back
from worker.gather import Candidate
from worker.handle.bench import Bench, Verdict
from worker.handle.ending import open_again
from worker.handle.people import Company, people_of
from worker.handle.record import previous_of, record_of, version_text, version_value
from worker.inbox import Citing, Claim, Head, Inbox, NewRecord, ReportEntry

__all__ = ["judge"]

_ANSWERED: tuple[Disposition, ...] = ("plan", "withdraw", "no-output")


def judge(candidate: Candidate, claim: Claim, inbox: Inbox, bench: Bench, company: Company) -> Verdict:
    """
    Judge one report.

    Args:
        company: The reports of the message that were judged before.

    Raises:
        MessageError: It cannot be read or decided.
        InboxUnavailable: Try again later.
    """
    if (overtaken := _overtaken(candidate, claim)) is not None:
        return _entry(candidate.identity.report_id, 0, "plan", "superseded", overtaken)
    if (known := _known(candidate, bench)) is not None:
        return known
    if candidate.report.is_bare_observation:
        return _bare(candidate, claim, inbox, bench, company)
    if candidate.awaited and _is_early(claim, bench) and relevance_of(candidate.report, bench.rules).is_ours:
        count = len(candidate.awaited)
        return _wait(claim, bench, f"{count} cited resource{'s' * (count > 1)} not here yet", candidate.awaited)
    return _decided(candidate, claim, inbox, bench, company)


# -- before deciding


def _overtaken(candidate: Candidate, claim: Claim) -> str | None:
    """Why another version stands, or None."""
    head, version = candidate.head, candidate.identity.version
    if head is None or head.message_id == claim.message_id:
        return None
    known = version_value(head.version)
    newer = is_newer(version, known)
    if newer is True:
        return None
    if newer is False and version != known:
        return "a newer version of this report was decided before"
    if claim.arrival < head.arrival:
        return "a version that came later was decided before, and neither says which is newer"
    return None


def _known(candidate: Candidate, bench: Bench) -> Verdict | None:
    """The same content, read by the same tables, changes nothing."""
    head = candidate.head
    if head is None or head.inputs != _inputs(candidate, bench):
        return None
    return _follow(head.report_id, head.seq, head.verdict)


def _follow(report_id: str, seq: int, verdict: Disposition) -> Verdict:
    """End as the report's present outcome ends."""
    if verdict in ("plan", "withdraw") and seq > 0:
        return _entry(report_id, seq, verdict, "pending", "")
    return _entry(report_id, seq, verdict, "withdrawn" if verdict == "withdraw" else verdict, "")


def _bare(candidate: Candidate, claim: Claim, inbox: Inbox, bench: Bench, company: Company) -> Verdict:
    """An Observation that no report of its message takes up: it waits for a report, then goes alone."""
    report_id = candidate.identity.report_id
    relevance = relevance_of(candidate.report, bench.rules)
    if not relevance.is_ours:
        return _entry(report_id, 0, "not-for-us", "not-for-us", relevance.rule)
    reports = _reports_citing(candidate, claim, inbox)
    answered = [r for r in reports if r.verdict in _ANSWERED]
    if answered:
        return _follow(answered[0].report_id, answered[0].seq, answered[0].verdict or "plan")
    if any(r.is_open for r in reports):
        return _wait(claim, bench, "its report is being gathered")
    if candidate.head is None and _is_early(claim, bench):
        return _wait(claim, bench, "an Observation waits for its report")
    return _decided(candidate, claim, inbox, bench, company)


def _reports_citing(candidate: Candidate, claim: Claim, inbox: Inbox) -> list[Citing]:
    citing = inbox.citing(candidate.keys)
    found = {c.report_id: c for reports in citing.values() for c in reports if c.message_id != claim.message_id}
    return list(found.values())


def _deadline(claim: Claim, bench: Bench) -> datetime:
    return claim.stored + timedelta(seconds=bench.settings.gather_deadline_seconds)


def _is_early(claim: Claim, bench: Bench) -> bool:
    return claim.claimed < _deadline(claim, bench)


def _wait(claim: Claim, bench: Bench, reason: str, awaited: tuple[str, ...] = ()) -> Verdict:
    until = _deadline(claim, bench)
    if until <= claim.claimed:
        until = claim.claimed + timedelta(seconds=max(1.0, bench.settings.gather_deadline_seconds))
    return Verdict(wait_until=until, awaited=awaited, reason=reason)


# -- deciding


def _decided(candidate: Candidate, claim: Claim, inbox: Inbox, bench: Bench, company: Company) -> Verdict:
    head = candidate.head
    people = people_of(candidate.report, claim.sender)
    planned = inbox.planned(people)
    own = {candidate.identity.report_id, *candidate.observations}
    others = tuple(other for report_id, other in company.beside(planned).items() if report_id not in own)
    outcome = decide(candidate.report, bench.rules, bench.today, previous_of(head), elsewhere=others)
    if outcome.disposition == "not-for-us" and head is not None and head.record is not None:
        # What was planned for an earlier version must not stand when the newest is no longer about the breast.
        outcome = replace(outcome, disposition="withdraw", reason="the newest version is not a breast report")
    new = _new_record(candidate, claim, outcome, head, bench)
    brief = {**new.brief, "people": list(people)} if new.brief else new.brief
    records, aside = [replace(new, people=people, brief=brief)], open_again(head, outcome, claim, inbox, bench)
    if not (outcome.disposition == "plan" or is_taken_back(outcome.report)):
        return Verdict(records=tuple(records), aside=aside)
    records += _alone_before(candidate, claim, outcome, inbox, bench)
    return Verdict(records=tuple(records), aside=aside, people=planned.counts)


def _new_record(candidate: Candidate, claim: Claim, outcome: Outcome, head: Head | None, bench: Bench) -> NewRecord:
    record = record_of(outcome, head, bench.rules, bench.settings.ehr_fhir_version, bench.now)
    return NewRecord(
        report_id=candidate.identity.report_id,
        expected=head.revision if head else 0,
        version=version_text(candidate.identity.version),
        arrival=claim.arrival,
        inputs=_inputs(candidate, bench),
        what=outcome.disposition,
        reason=outcome.reason,
        messages=candidate.messages,
        record=record,
        deliver=record is not None,
        brief=record["brief"] if record else {},
    )


def _alone_before(candidate: Candidate, claim: Claim, outcome: Outcome, inbox: Inbox, bench: Bench) -> list[NewRecord]:
    """
    Observations that were planned alone before their report came: those plans are withdrawn.

    Also when the report comes cancelled or entered in error: had it come first, they would not have been planned. One
    that is not final yet leaves them standing, for they were said to be final.
    """
    if not candidate.observations:
        return []
    heads, _ = inbox.heads(candidate.observations)
    withdrawn = []
    for head in heads.values():
        if head.verdict == "plan" and head.record is not None:
            bare = replace(outcome.report, report_id=head.report_id, is_bare_observation=True)
            gone = replace(outcome, report=bare, disposition="withdraw", reason=f"its report came, {bare.status}")
            record = record_of(gone, head, bench.rules, bench.settings.ehr_fhir_version, bench.now)
            withdrawn.append(
                NewRecord(
                    report_id=head.report_id,
                    expected=head.revision,
                    version=head.version,
                    arrival=claim.arrival,
                    inputs="",
                    what="withdraw",
                    reason=gone.reason,
                    messages=(claim.message_id,),
                    record=record,
                    deliver=record is not None,
                )
            )
    return withdrawn


def _inputs(candidate: Candidate, bench: Bench) -> str:
    return f"{candidate.inputs} {bench.rules.digest} {bench.settings.ehr_fhir_version}"


def _entry(report_id: str, seq: int, what: Disposition, state: str, reason: str) -> Verdict:
    return Verdict(entries=(ReportEntry(report_id, seq, what, state, reason),))
