"""What becomes of clinicians' acts about our drafts: release, rejection, an answer, a letter that was sent."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from worker.core.acts import Act, Settled, Standing, settle
from worker.core.conformance import check_output
from worker.core.model import JsonObject
from worker.core.resources.provenance import at_the_site
from worker.core.writeplan import Written as Known
from worker.core.writeplan import aliases_of, digest_of, key_of, standing_key
from worker.errors import UnreadableReport
from worker.handle.bench import Bench, Verdict
from worker.handle.ending import Earlier
from worker.handle.letters import kept_letter
from worker.handle.people import with_state
from worker.handle.record import left_standing, renewed, still_to_write
from worker.inbox import Claim, Head, Inbox, NewRecord, ReportEntry

__all__ = ["COMMAND_LINE", "judge_acts"]

# Who works on this machine has the site's own rights; the acts of others come from senders with a token.
COMMAND_LINE = "command-line"


def judge_acts(
    acts: Sequence[Act], claim: Claim, inbox: Inbox, bench: Bench, changing: Collection[str] = ()
) -> list[Verdict]:
    """
    One verdict per report that the acts are about.

    Args:
        changing: Reports of which the same message brings a version.

    Raises:
        MessageError: A person must look at it.
        InboxUnavailable: Try again later.
    """
    by_report: dict[str, list[Act]] = {}
    for act in acts:
        by_report.setdefault(act.report_id, []).append(act)
    heads, _ = inbox.heads(list(by_report))
    verdicts: list[Verdict] = []
    for report_id, found in by_report.items():
        gone = {each.report_id for verdict in verdicts for each in verdict.aside}
        earlier = Earlier(claim, inbox, bench, frozenset({*changing, *by_report}), frozenset(gone))
        verdicts.append(_judge(found, heads.get(report_id), claim, bench, earlier))
    return verdicts


def _judge(acts: Sequence[Act], head: Head | None, claim: Claim, bench: Bench, earlier: Earlier) -> Verdict:
    report_id = acts[0].report_id
    if head is None or head.record is None:
        return _nothing(report_id, "no plan of ours is on record for it")
    senders = bench.settings.release_from
    if senders and claim.sender not in {*senders, COMMAND_LINE}:
        return _nothing(report_id, "this sender brings no acts of clinicians (CALCIFHIR_RELEASE_FROM)")
    if head.delivered < int(head.record.get("drafted", head.seq)):
        return _nothing(report_id, "a newer draft is on its way to the EHR, which nobody can have read yet")
    known = {key: Known(each.version_id, each.digest, each.location) for key, each in head.written.items()}
    record: JsonObject = {**head.record, "resources": list(still_to_write(head))}
    reasons: list[str] = []
    steps: list[str] = []
    aside: tuple[NewRecord, ...] = ()
    for act in acts:
        settled = _settled(act, record, known, bench)
        if settled.step == "unsettled":
            raise UnreadableReport(settled.reason, where="Task.output", code="business-rule")
        reasons.append(settled.reason)
        if settled.step:
            before, record = record, _next(record, settled, act, known, bench)
            steps.append(settled.step)
            if settled.step == "released":
                record, others = earlier.ended_with(before, record, act)
                aside += others
            elif settled.step == "ended":
                record, others = earlier.open_again(record)
                aside += others
    reason = "; ".join(dict.fromkeys(reasons))
    if not steps:
        return _nothing(report_id, reason)
    return Verdict(records=(renewed(head, record, claim, steps[-1], reason),), aside=aside)


def _settled(act: Act, record: JsonObject, known: Mapping[str, Known], bench: Bench) -> Settled:
    standing = Standing(
        report_id=act.report_id,
        resources=(*record["resources"], *record["older"]),
        released_letter=kept_letter(record, "released", bench.today),
        answered_letter=kept_letter(record, "answered"),
        level=int(record["previous"]["level"]),
    )
    releasers = bench.settings.releasers
    return settle(
        act,
        standing,
        lambda key: _places(key, known),
        lambda who: not releasers or who.get("reference") in releasers,
        bench.rules.output,
        bench.now,
    )


def _places(key: str, known: Mapping[str, Known]) -> frozenset[str]:
    there = standing_key(key, known)
    location = known[there].location if there in known else None
    return frozenset({there, location} if location else {there})


def _next(record: JsonObject, settled: Settled, act: Act, known: Mapping[str, Known], bench: Bench) -> dict[str, Any]:
    """The record after an act: what it changed, and all of the same plan, so that nothing waits for another."""
    made = at_the_site(settled.changed, bench.rules.practice)
    check_output(made, record["fhir_version"])
    changed = {key_of(each): each for each in made}
    resources = [changed.pop(key_of(each), each) for each in record["resources"]]
    resources += changed.values()
    adopted = dict(record.get("adopted") or {})
    if settled.adopted:
        version = (act.resource.get("meta") or {}).get("versionId")
        adopted[act.key] = [digest_of(act.resource, aliases_of(known, {})), version]
    return {
        **record,
        "hold": record["hold"] and settled.step != "released" and _is_held(resources),
        "reason": settled.reason,
        "resources": resources,
        "older": left_standing(record["older"], resources),
        "adopted": adopted,
        "yielding": [key_of(each) for each in resources if each["resourceType"] != "Provenance"],
        "acts": [*record.get("acts", ()), _told(act, settled, bench)],
        "brief": with_state(record.get("brief", {}), {"resources": resources}),
        "recorded": bench.now.isoformat(),
    }


def _is_held(resources: Sequence[JsonObject]) -> bool:
    plans = [each for each in resources if each["resourceType"] == "CarePlan"]
    return any(tag.get("system") == "urn:calcifhir:hold" for each in plans for tag in each["meta"].get("tag", ()))


def _told(act: Act, settled: Settled, bench: Bench) -> dict[str, Any]:
    """Who did what, when and by what, for the record's history."""
    when = act.when or bench.now
    return {"step": settled.step, "who": dict(act.who), "when": when.isoformat(), "by": act.key}


def _nothing(report_id: str, reason: str) -> Verdict:
    return Verdict(entries=(ReportEntry(report_id, 0, "no-output", "no-output", reason),))
