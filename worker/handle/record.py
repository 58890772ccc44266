"""An outcome as it is kept: what ``deliver`` writes, what people see, what the next version is compared with."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from worker.core.conformance import check_output
from worker.core.model import Elsewhere, FhirVersion, JsonObject, Outcome, PatientFacts, Previous, Version
from worker.core.persons import is_other_person
from worker.core.release import release_duty
from worker.core.resources import build_resources, next_revision, release, supersede, withdraw
from worker.core.resources.ending import is_unreleased, latest
from worker.core.resources.frame import device
from worker.core.resources.provenance import at_the_site
from worker.core.resources.releasing import REFUSED
from worker.core.rules import Rules
from worker.core.summary import summary_json
from worker.core.work import work_json
from worker.core.writeplan import key_of
from worker.handle.letters import kept_letter, letters_of
from worker.handle.people import brief_of, visits_json
from worker.inbox import Claim, Head, NewRecord

__all__ = [
    "SCHEMA",
    "left_standing",
    "previous_of",
    "record_of",
    "renewed",
    "still_to_write",
    "unfinished",
    "version_text",
    "version_value",
    "written_last",
]

# The rule of a version that changes the plan.
_CHANGE = "C-14"
# Raised when a field changes its meaning; older records stay readable.
SCHEMA = 1


def record_of(
    outcome: Outcome, head: Head | None, rules: Rules, target: FhirVersion, now: datetime
) -> dict[str, Any] | None:
    """
    Everything that was decided, as JSON values; None if the outcome leaves standing what there is.

    ``resources`` is what ``deliver`` writes; ``older`` what earlier outcomes wrote and this one leaves as it is: a
    withdrawal must take back, too.

    Raises:
        InvalidOutputError: A resource of ours is not valid FHIR.
    """
    before, older = written_last(head)
    letters = letters_of(outcome, rules) if outcome.disposition == "plan" else {}
    resources = _resources(outcome, (before, older), letters, rules, target, now)
    if not resources:
        return None
    check_output(resources, target)
    carried = unfinished(head, resources)
    return {
        "schema": SCHEMA,
        "report_id": outcome.report.report_id,
        "disposition": outcome.disposition,
        "reason": outcome.reason,
        "hold": outcome.hold,
        "fhir_version": target,
        "resources": [*resources, *carried["resources"]],
        "older": left_standing((*before, *older), (*resources, *carried["resources"])),
        "adopted": carried["adopted"],
        "yielding": carried["yielding"],
        "letters": letters,
        "ends": [_end(each) for each in outcome.ends if each.is_open],
        "ended_others": [each.report_id for each in outcome.ends if not each.is_open],
        "drafted": drafted(head),
        "work": work_json(outcome, rules),
        "summary": summary_json(outcome, outcome.report.report_id),
        "previous": _as_previous(outcome),
        "baseline": _baseline(outcome, head),
        "brief": brief_of(outcome, {"resources": resources}),
        "today": outcome.today.isoformat(),
        "recorded": now.isoformat(),
        "tables": outcome.table_digest,
    }


def _resources(
    outcome: Outcome,
    standing: tuple[tuple[JsonObject, ...], tuple[JsonObject, ...]],
    letters: JsonObject,
    rules: Rules,
    target: FhirVersion,
    now: datetime,
) -> tuple[dict[str, Any], ...]:
    """What is to be written; nothing if the outcome leaves standing what there is."""
    if outcome.disposition == "plan":
        planned = _planned(outcome, *standing, rules, target, now)
        return at_the_site(_let_go(outcome, planned, letters, rules, now), rules.practice)
    if outcome.disposition == "withdraw":
        return at_the_site(withdraw((*standing[0], *standing[1]), outcome, now), rules.practice)
    return ()


def _end(other: Elsewhere) -> dict[str, Any]:
    """A plan of another report that ends with the release of this one, as this one was drafted for it."""
    exam = other.exam_date.isoformat() if other.exam_date else ""
    return {"report": other.report_id, "plan": other.plan_id, "visits": visits_json(other.visits), "exam": exam}


def written_last(head: Head | None) -> tuple[tuple[JsonObject, ...], tuple[JsonObject, ...]]:
    record = head.record if head else None
    return (tuple(record["resources"]), tuple(record["older"])) if record else ((), ())


def _planned(
    outcome: Outcome,
    before: tuple[JsonObject, ...],
    older: tuple[JsonObject, ...],
    rules: Rules,
    target: FhirVersion,
    now: datetime,
) -> tuple[dict[str, Any], ...]:
    subject = _subject_of(before)
    if subject and is_other_person(subject, outcome.report.patient):
        # Of that person it never was: nothing of it may stand there, or be referred to from here.
        error = replace(outcome, report=replace(outcome.report, status="entered-in-error"))
        gone = withdraw((*before, *older), error, now)
        return (*build_resources(outcome, rules, target, now, next_revision(before) + 1), *gone)
    new = build_resources(outcome, rules, target, now, next_revision(before))
    return supersede(before, new) if before else new


def _subject_of(resources: Sequence[JsonObject]) -> PatientFacts | None:
    """Whom the newest plan is about."""
    plan = latest(resources, "CarePlan")
    if plan is None:
        return None
    subject = plan.get("subject") or {}
    named = subject.get("identifier") or {}
    identifiers = ((str(named.get("system") or ""), str(named["value"])),) if named.get("value") else ()
    return PatientFacts(subject.get("reference"), identifiers)


def _let_go(
    outcome: Outcome, resources: tuple[dict[str, Any], ...], letters: JsonObject, rules: Rules, now: datetime
) -> tuple[dict[str, Any], ...]:
    """A routine plan that the site lets go by itself (``release.csv``; never by default), with its letter or not."""
    letter = kept_letter({"letters": letters}, "released")
    if letter is None or letter.review_status == REFUSED:
        return resources
    duty = release_duty(outcome, rules)
    if not duty.may_release_itself:
        return resources
    policy = {**device(), "display": f"the site's policy {duty.rule}"}
    changed = release(resources, policy, "released", "", now, letter=letter)
    return tuple({(each["resourceType"], each["id"]): each for each in (*resources, *changed)}.values())


def drafted(head: Head | None) -> int:
    """The ``seq`` that a draft recorded now will have: nobody can answer it before it is at the EHR."""
    return head.seq + 1 if head else 1


def unfinished(head: Head | None, resources: Sequence[JsonObject]) -> dict[str, Any]:
    """What the last outcome was to write and has not yet: a newer one brings it along, or it would be lost."""
    record = head.record if head and head.delivered < head.seq else None
    if record is None:
        return {"resources": [], "adopted": {}, "yielding": []}
    touched = {key_of(each) for each in resources}
    kept = [each for each in record["resources"] if key_of(each) not in touched]
    names = {key_of(each) for each in kept}
    adopted = {key: each for key, each in (record.get("adopted") or {}).items() if key not in touched}
    yielding = [key for key in record.get("yielding", ()) if key in names]
    return {"resources": kept, "adopted": adopted, "yielding": yielding}


def renewed(head: Head, record: JsonObject, claim: Claim, step: str, reason: str) -> NewRecord:
    """The report itself has not changed: its version, inputs and place in the order of arrival stay."""
    return NewRecord(
        report_id=head.report_id,
        expected=head.revision,
        version=head.version,
        arrival=head.arrival,
        inputs=head.inputs,
        what=head.verdict,
        reason=reason,
        messages=(claim.message_id,),
        record=record,
        deliver=True,
        step=step,
        brief=record.get("brief", {}),
    )


def still_to_write(head: Head) -> tuple[JsonObject, ...]:
    """The last outcome's resources; without each Provenance that is at the EHR, for it is never written anew."""
    resources = head.record["resources"] if head.record else ()
    is_there = head.delivered >= head.seq
    return tuple(each for each in resources if not (is_there and each["resourceType"] == "Provenance"))


def left_standing(standing: Sequence[JsonObject], resources: Sequence[JsonObject]) -> list[JsonObject]:
    """A Provenance says what was, and is never taken back."""
    touched = {(each["resourceType"], each["id"]) for each in resources}
    return [
        each
        for each in standing
        if each["resourceType"] != "Provenance" and (each["resourceType"], each["id"]) not in touched
    ]


def _as_previous(outcome: Outcome) -> dict[str, Any]:
    due = [activity.due for activity in outcome.plan.activities if activity.due]
    exam_date = outcome.report.exam_date
    return {
        "category": outcome.plan.category,
        "level": outcome.plan.level,
        "laterality": outcome.plan.laterality,
        "disposition": outcome.disposition,
        "exam_date": exam_date.isoformat() if exam_date else None,
        "due": min(due).isoformat() if due else None,
    }


def _baseline(outcome: Outcome, head: Head | None) -> dict[str, Any] | None:
    """What a change is told against as long as nobody has confirmed this one: the plan before it."""
    if outcome.disposition == "plan" and not any(issue.rule == _CHANGE for issue in outcome.issues):
        return None
    before = previous_of(head)
    if before is None:
        return None
    return {"category": before.category, "level": before.level, "laterality": before.laterality}


def previous_of(head: Head | None) -> Previous | None:
    """What is on record, as far as the next decision needs it."""
    if head is None or head.record is None:
        return None
    record = head.record
    last, told = record["previous"], record["previous"]
    if record.get("baseline") and (record["disposition"] != "plan" or _is_change_open(record["resources"])):
        told = record["baseline"]
    return Previous(
        category=told["category"],
        level=told["level"],
        disposition=last["disposition"],
        laterality=told.get("laterality", "unknown"),
        patient=_subject_of(record["resources"]),
        exam_date=date.fromisoformat(last["exam_date"]) if last["exam_date"] else None,
        due=date.fromisoformat(last["due"]) if last["due"] else None,
    )


def _is_change_open(resources: Sequence[JsonObject]) -> bool:
    """Whether the question that a change raised still waits for its answer."""
    return any(
        each["resourceType"] == "DetectedIssue" and is_unreleased(each) and f'"{_CHANGE}"' in json.dumps(each["code"])
        for each in resources
    )


def version_text(version: Version) -> str:
    """A version as a string that ``version_value`` reads back."""
    moments = (version.last_updated, version.issued)
    return json.dumps([version.version_id, *(moment.isoformat() if moment else None for moment in moments)])


def version_value(text: str) -> Version:
    """The version that ``version_text`` wrote."""
    version_id, last_updated, issued = json.loads(text)
    return Version(
        version_id=version_id,
        last_updated=datetime.fromisoformat(last_updated) if last_updated else None,
        issued=datetime.fromisoformat(issued) if issued else None,
    )
