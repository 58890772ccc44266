"""Claim, gather, judge, conclude; again if a report moved on meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from worker.core.acts import Act
from worker.core.beside import in_turn
from worker.core.conformance import InvalidOutputError
from worker.core.report import is_newer
from worker.core.rules import Rules
from worker.errors import MessageError, UnreadableReport
from worker.gather import Candidate, gather
from worker.handle.act import judge_acts
from worker.handle.bench import Bench, Verdict
from worker.handle.clock import judge_day
from worker.handle.judge import judge
from worker.handle.people import Company
from worker.inbox import Along, Cited, Claim, Conclusion, Inbox
from worker.settings import Settings

__all__ = ["HandleResult", "handle"]

_TRIES = 5
_AGAIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class HandleResult:
    """Whom to ring: reports for ``deliver``, messages for ``decide``. Both are due anyway; a bell only saves time."""

    deliver: tuple[str, ...] = ()
    decide: tuple[str, ...] = ()


def handle(
    message_id: str,
    inbox: Inbox,
    rules: Rules,
    settings: Settings,
    today: date,
    now: datetime,
    claim: Claim | None = None,
    claim_next: Callable[[], Along[Claim] | None] = lambda: None,
) -> HandleResult:
    """
    Handle one message; a second ring for the same message finds nothing to do.

    Args:
        today: Calendar date in the facility's time zone.
        now: What the resources say they were recorded at; deadlines run by the inbox's clock.
        claim: The message's, if it was claimed along with another's conclusion.
        claim_next: Asked before each conclusion for the claim that goes along with it.

    Raises:
        InboxUnavailable: Nothing was concluded; the claim ends by itself.
    """
    claim = claim or inbox.claim(message_id)
    if claim is None:
        return HandleResult()  # claimed, concluded or parked before
    bench = Bench(rules, settings, today, now)
    try:
        return _conclude(claim, inbox, bench, claim_next)
    except (MessageError, InvalidOutputError) as error:
        inbox.park(claim, str(error))
        return HandleResult()


def _conclude(claim: Claim, inbox: Inbox, bench: Bench, claim_next: Callable[[], Along[Claim] | None]) -> HandleResult:
    for _ in range(_TRIES):
        conclusion = _consider(claim, inbox, bench)
        concluded = inbox.conclude(claim, conclusion, claim_next())
        if concluded.applied:
            due = tuple(record.report_id for record in conclusion.records if record.deliver)
            return HandleResult(deliver=due, decide=concluded.ring)
        if concluded.is_stale:
            return HandleResult()
    inbox.release(claim, _AGAIN_SECONDS)  # other versions of its report keep coming; let them settle
    return HandleResult()


def _consider(claim: Claim, inbox: Inbox, bench: Bench) -> Conclusion:
    gathered = gather(claim, inbox, bench.rules)
    newest = _newest(gathered.candidates)
    verdicts = _judged(newest, claim, inbox, bench)
    changing = {candidate.identity.report_id for candidate in newest}
    verdicts += judge_acts(_apart(gathered.acts, newest), claim, inbox, bench, changing)
    verdicts += judge_day(claim, inbox, bench)
    waits = [verdict for verdict in verdicts if verdict.wait_until is not None]
    aside = {record.report_id: record for verdict in verdicts for record in verdict.aside}
    own = {record.report_id: record for verdict in verdicts for record in verdict.records}
    return Conclusion(
        records=tuple((aside | own).values()),
        verdicts=tuple(entry for verdict in verdicts for entry in verdict.entries),
        resources=gathered.resources,
        cites=tuple(Cited(key, c.identity.report_id) for c in gathered.candidates for key in c.cites),
        awaited=tuple(key for verdict in waits for key in verdict.awaited),
        wait_until=min((verdict.wait_until for verdict in waits if verdict.wait_until), default=None),
        reason="; ".join(dict.fromkeys(verdict.reason for verdict in waits)),
        people={key: count for verdict in verdicts for key, count in verdict.people.items()},
    )


def _judged(candidates: Sequence[Candidate], claim: Claim, inbox: Inbox, bench: Bench) -> list[Verdict]:
    """A verdict on each, one after the other: reports of one message find each other as those of several do."""
    company, verdicts = Company(), {}
    for place in in_turn([candidate.report for candidate in candidates]):
        verdicts[place] = judge(candidates[place], claim, inbox, bench, company)
        company.join(verdicts[place].records)
    return [verdicts[place] for place in range(len(candidates))]


def _apart(acts: Sequence[Act], candidates: Sequence[Candidate]) -> Sequence[Act]:
    """
    The acts, about reports that do not come in the same message.

    Raises:
        UnreadableReport: Nobody can tell whether such an act is about the draft before or after.
    """
    changing = {candidate.identity.report_id for candidate in candidates}
    if any(act.report_id in changing for act in acts):
        reason = "a report and a clinician's act about its plan came in one message; send one after the other"
        raise UnreadableReport(reason, where="Bundle.entry", code="business-rule")
    return acts


def _newest(candidates: Sequence[Candidate]) -> list[Candidate]:
    """One version of each report: a message may bring several; of two that cannot be told apart the later stands."""
    newest: dict[str, Candidate] = {}
    for candidate in candidates:
        known = newest.get(candidate.identity.report_id)
        if known is None or is_newer(candidate.identity.version, known.identity.version) is not False:
            newest[candidate.identity.report_id] = candidate
    return list(newest.values())
