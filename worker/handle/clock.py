"""
A new day: each open report is told by a message of our own, and its Tasks grow louder as their deadlines near (INV-8).

The sweep sends one message for each report that is due within the days that ``loudness.csv`` speaks of, once a day. It
is a message like any other: kept, claimed and concluded in the same way; where nothing changes it leaves no trace.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from worker.core.acts.clock import days_ahead, louder
from worker.core.acts.values import Standing
from worker.core.conformance import check_output
from worker.core.model import JsonObject
from worker.core.report import canonical_digest
from worker.core.resources.frame import instant_of
from worker.core.rules import Rules
from worker.core.writeplan import key_of
from worker.handle.bench import Bench, Verdict
from worker.handle.record import left_standing, renewed, still_to_write
from worker.inbox import Claim, Inbox, ReportEntry

__all__ = ["judge_day", "tell_the_day"]

# No sender of a site can have a name with a space in it.
CLOCK = "the clock"


def tell_the_day(inbox: Inbox, rules: Rules, today: date) -> Iterator[str]:
    """
    Store what tells every open report which day it is; ids of the messages that are new. Stopped halfway, the next
    call goes on: what was stored before is known.
    """
    if inbox.work.is_told(today):
        return
    for report_id in inbox.work.due_until(today + timedelta(days=days_ahead(rules))):
        document = _document(report_id, today)
        stored = inbox.store(
            json.dumps(document).encode(),
            document_digest=canonical_digest(document),
            content_type="application/fhir+json",
            sender=CLOCK,
            method="POST",
            path="/fhir",
            fhir_version="R4",
            warnings=[],
            received=datetime.now(UTC),
        )
        if stored.is_new:
            yield stored.message_id
    inbox.work.tell(today)


def _document(report_id: str, today: date) -> JsonObject:
    parameters = [{"name": "report", "valueString": report_id}, {"name": "day", "valueDate": today.isoformat()}]
    return {"resourceType": "Parameters", "parameter": parameters}


def judge_day(claim: Claim, inbox: Inbox, bench: Bench) -> list[Verdict]:
    """Nothing but for a message of the clock; today is the worker's own, for the message may have waited."""
    if claim.sender != CLOCK:
        return []
    report_id = str(json.loads(claim.content)["parameter"][0]["valueString"])
    heads, _ = inbox.heads([report_id])
    head = heads.get(report_id)
    if head is None or head.record is None:
        return []
    record = {**head.record, "resources": list(still_to_write(head))}
    standing = Standing(report_id, (*record["resources"], *record["older"]), level=int(record["previous"]["level"]))
    changed = louder(standing, bench.today, instant_of(bench.now), bench.rules)
    if not changed:
        return [Verdict(entries=(ReportEntry(report_id, 0, "not-for-us", "not-for-us", "no louder today"),))]
    check_output(changed, record["fhir_version"])
    by_key = {key_of(each): each for each in changed}
    resources = [by_key.pop(key_of(each), each) for each in record["resources"]]
    resources += by_key.values()
    yielding = {*record.get("yielding", ()), *(key_of(each) for each in changed)}
    louder_record = {
        **record,
        "resources": resources,
        "older": left_standing(record["older"], resources),
        "yielding": sorted(yielding),
        "recorded": bench.now.isoformat(),
    }
    new = renewed(head, louder_record, claim, "louder", "louder as the deadline nears")
    return [Verdict(records=(new,))]
