"""
Follow-ups of other reports that end with a release, and that are open again where what ended them does not stand.

Both are recorded in one step with what led to them, or not at all; each report is then delivered by itself.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from worker.core.acts import Act, Standing
from worker.core.acts.answering import name_of
from worker.core.acts.asking import earlier_asked
from worker.core.conformance import check_output
from worker.core.model import JsonObject, Outcome
from worker.core.resources.ending import is_open, is_unreleased, latest, revision_of
from worker.core.resources.finishing import finish, is_replaced_by, is_told_in, with_ends_told
from worker.core.resources.frame import instant_of
from worker.core.resources.provenance import at_the_site
from worker.core.resources.resuming import resume
from worker.core.writeplan import Written as Known
from worker.core.writeplan import key_of, standing_key
from worker.handle.bench import Bench
from worker.handle.people import with_state
from worker.handle.record import left_standing, renewed, still_to_write
from worker.inbox import Claim, Head, Inbox, NewRecord

__all__ = ["Earlier", "open_again"]

_RULE = "C-18"
_REVOKED = frozenset({"revoked", "entered-in-error"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """
    Plans of earlier exams, before a message about later ones.

    Args:
        busy: Reports of which the same message says something, too: nobody can tell what came first.
        gone: Reports whose plans this message has ended already.
    """

    claim: Claim
    inbox: Inbox
    bench: Bench
    busy: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()

    def ended_with(
        self, before: JsonObject, record: JsonObject, act: Act
    ) -> tuple[dict[str, Any], tuple[NewRecord, ...]]:
        """
        The plans that end with a release.

        Args:
            before, record: Of the report whose plan was released, without and with the act.

        Returns:
            The record with what has become of them, and the records of their reports. What has changed since the
            draft was written stands, and a Task says so.
        """
        plan, ends = latest(record["resources"], "CarePlan"), before.get("ends", ())
        if plan is None or not ends:
            return dict(record), ()
        is_answered = _is_answered(before, plan, act)
        heads, _ = self.inbox.heads([each["report"] for each in ends])
        ended, stays, missed = [], [], []
        for each in ends:
            head = heads.get(each["report"])
            stands = head is not None and head.record and (head.record.get("brief") or {}).get("open")
            if head is None or head.record is None or not stands or head.report_id in self.gone:
                continue  # somebody has ended it already
            if is_answered or not is_replaced_by(plan, each["plan"]):
                stays.append(each)
            elif head.report_id in self.busy or not _is_as_drafted(head, each):
                stays.append(each)
                missed.append(str(each["exam"]))
            else:
                ended.append((each, _ended(head, head.record, record, plan, act, self.claim, self.bench)))
        told = _told(record, plan, [each for each, _ in ended], stays, self.bench)
        records = tuple(each for _, each in ended)
        return (_missed(told, plan, missed, self.bench) if missed else told), records

    def open_again(self, record: JsonObject) -> tuple[dict[str, Any], tuple[NewRecord, ...]]:
        """A released plan that a clinician has revoked: what ended with it is open again; not where it is completed."""
        plan = latest(record["resources"], "CarePlan")
        if plan is None or plan["status"] not in _REVOKED or not record.get("ended_others"):
            return dict(record), ()
        opened = _opened_again(record["ended_others"], self.claim, self.inbox, self.bench)
        return {**record, "ended_others": []}, opened


def _told(
    record: JsonObject, plan: JsonObject, ended: Sequence[JsonObject], stays: Sequence[JsonObject], bench: Bench
) -> dict[str, Any]:
    """The record in which the released plan says what ended with it and what did not."""
    say = bench.rules.output.say
    texts = [f"{say('label', 'ended')} {each['exam']}" for each in ended]
    texts += [f"{say('label', 'not-ended')} {each['exam']}" for each in stays]
    shown = with_ends_told(plan, texts, [each["plan"] for each in stays], instant_of(bench.now))
    check_output([shown], record["fhir_version"])
    resources = [shown if key_of(each) == key_of(shown) else each for each in record["resources"]]
    others = [*record.get("ended_others", ()), *(each["report"] for each in ended)]
    return {**record, "resources": resources, "ended_others": others}


def _missed(record: JsonObject, plan: JsonObject, exams: Sequence[str], bench: Bench) -> dict[str, Any]:
    standing = Standing(record["report_id"], tuple(record["resources"]))
    asked = earlier_asked(standing, plan, exams, instant_of(bench.now), bench.rules.output)
    check_output([asked], record["fhir_version"])
    yielding = sorted({*record.get("yielding", ()), key_of(asked)})
    return {**record, "resources": [*record["resources"], asked], "yielding": yielding}


def _is_answered(record: JsonObject, plan: JsonObject, act: Act) -> bool:
    """Whether somebody has answered the question, before or in the same stroke: then the earlier plans stand."""
    asked = (
        each
        for each in record["resources"]
        if each["resourceType"] == "DetectedIssue" and revision_of(each) == revision_of(plan)
    )
    return bool(act.answers.get(_RULE)) or any(
        not is_unreleased(each) and any(coding.get("code") == _RULE for coding in each["code"].get("coding", ()))
        for each in asked
    )


def _is_as_drafted(head: Head, end: JsonObject) -> bool:
    """Whether the earlier plan is what the draft was about: one plan, at the EHR, that asks for what it asked then."""
    record = head.record or {}
    brief = record.get("brief") or {}
    standing = (*record["resources"], *record["older"])
    plans = [each for each in standing if each["resourceType"] == "CarePlan" and is_open(each)]
    is_same = (brief.get("plan"), brief.get("visits"), brief.get("held")) == (end["plan"], end["visits"], False)
    is_there = head.delivered >= int(record.get("drafted", head.seq))
    return is_same and is_there and len(plans) == 1 and is_told_in(plans[0], _requests(head, standing))


def _requests(head: Head, standing: Sequence[JsonObject]) -> set[str]:
    """Every key of our requests: our own, that of a successor, and the EHR's."""
    known = {key: Known(each.version_id, each.digest, each.location) for key, each in head.written.items()}
    keys = {f"ServiceRequest/{each['id']}" for each in standing if each["resourceType"] == "ServiceRequest"}
    there = {standing_key(key, known) for key in keys}
    return {*keys, *there, *(known[key].location or key for key in there if key in known)}


def _ended(
    head: Head, kept: JsonObject, later: JsonObject, plan: JsonObject, act: Act, claim: Claim, bench: Bench
) -> NewRecord:
    say, exam = bench.rules.output.say, (later.get("brief") or {}).get("exam")
    said = f"{(later.get('brief') or {}).get('scale')} {later['previous']['category']}"
    reason = f"{say('text', 'ended-with')} ({exam}, {said}), released by {name_of(act.who)}"
    resources = still_to_write(head)
    changed = finish((*resources, *kept["older"]), plan, act.who, reason, min(act.when or bench.now, bench.now))
    told = {"step": "ended", "who": dict(act.who), "when": bench.now.isoformat(), "by": f"CarePlan/{plan['id']}"}
    ended = {"keys": [key_of(each) for each in changed], "plan": plan["id"], "work": kept.get("work")}
    made = {**_laid_over(kept, resources, changed, bench), "acts": [*kept.get("acts", ()), told], "ended": ended}
    brief = with_state(kept.get("brief", {}), made, later["report_id"])
    noted = "it ended with the release of a later exam's plan"
    made |= {"hold": False, "work": None, "brief": brief, "reason": noted, "recorded": bench.now.isoformat()}
    return renewed(head, made, claim, "ended", noted)


def open_again(head: Head | None, outcome: Outcome, claim: Claim, inbox: Inbox, bench: Bench) -> tuple[NewRecord, ...]:
    """
    Plans that ended with an earlier version of a report and that the newest one does not answer, as drafts again.

    Args:
        head: Of the report before this outcome.
    """
    ended = set((head.record or {}).get("ended_others", ()) if head else ()) - {each.report_id for each in outcome.ends}
    return _opened_again(ended, claim, inbox, bench)


def _opened_again(report_ids: Collection[str], claim: Claim, inbox: Inbox, bench: Bench) -> tuple[NewRecord, ...]:
    heads, _ = inbox.heads(sorted(report_ids))
    found = (_opened(each, each.record, claim, bench) for each in heads.values() if each.record)
    return tuple(each for each in found if each is not None)


def _opened(head: Head, kept: JsonObject, claim: Claim, bench: Bench) -> NewRecord | None:
    """None where it stands differently by now: decided anew, taken back itself, or opened by somebody."""
    ended = kept.get("ended")
    if not ended or head.verdict != "plan" or (kept.get("brief") or {}).get("open"):
        return None
    previous, today = kept["previous"], bench.today
    row = bench.rules.planning.release((kept.get("brief") or {}).get("scale"), previous["category"])
    due = today + timedelta(days=row.deadline_days)
    resources = still_to_write(head)
    drafts = resume((*resources, *kept["older"]), ended["keys"], ended["plan"], due, bench.now, bench.rules.output)
    if not drafts:
        return None
    made = {
        **_laid_over(kept, resources, drafts, bench),
        "letters": {},
        "drafted": head.seq + 1,
        "work": _work(ended, due),
    }
    made |= {"ended": None, "brief": with_state(kept.get("brief", {}), made), "recorded": bench.now.isoformat()}
    made |= {"hold": False, "reason": "what ended it does not stand any more", "today": today.isoformat()}
    return renewed(head, made, claim, "open-again", str(made["reason"]))


def _work(ended: JsonObject, due: date) -> dict[str, Any] | None:
    work = ended.get("work")
    return {**work, "due": due.isoformat(), "about": {**work["about"], "questions": []}} if work else None


def _laid_over(
    kept: JsonObject, resources: Sequence[JsonObject], changed: Sequence[JsonObject], bench: Bench
) -> dict[str, Any]:
    """The record with what changes and all that is still to be written; nothing is written beside somebody else's."""
    changed = at_the_site(changed, bench.rules.practice)
    check_output(changed, kept["fhir_version"])
    by_key = {key_of(each): each for each in changed}
    laid = [by_key.pop(key_of(each), each) for each in resources]
    laid += by_key.values()
    laid.sort(key=lambda each: -revision_of(each) if each["resourceType"] == "CarePlan" else 0)
    yielding = {*kept.get("yielding", ()), *(key_of(each) for each in changed if each["resourceType"] != "Provenance")}
    older = left_standing(kept["older"], laid)
    return {**kept, "resources": laid, "older": older, "yielding": sorted(yielding)}
