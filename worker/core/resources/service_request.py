"""One activity of the plan -> a ServiceRequest that nobody has committed to yet."""

from collections.abc import Sequence
from typing import Any

from worker.core.case import meets
from worker.core.model import Activity
from worker.core.resources.codes import (
    action_concept,
    action_title,
    assessment_text,
    body_site,
    category_concept,
    is_for_person,
    owner_concept,
    place_of,
)
from worker.core.resources.frame import Frame
from worker.core.resources.parts import annotation, clean, concept, drop_empty, period
from worker.core.resources.provenance import rule_uri
from worker.core.resources.sources import report_source, source_of
from worker.core.resources.xhtml import brief

__all__ = ["activity_artefacts", "service_request"]


def activity_artefacts(activities: Sequence[Activity]) -> tuple[str, ...]:
    """
    A name for each activity that stays the same when the report is amended.

    Action, side and interval make the name; a further activity with the same three is numbered.
    """
    names: list[str] = []
    for activity in activities:
        name = f"service-request:{activity.action}:{activity.laterality}:{activity.interval_months or 0}"
        names.append(name if name not in names else f"{name}:{_count(names, name)}")
    return tuple(names)


def _count(names: Sequence[str], name: str) -> int:
    return sum(1 for other in names if other == name or other.startswith(f"{name}:"))


def service_request(frame: Frame, activity: Activity, artefact: str) -> dict[str, Any]:
    """Draft and proposal, with codes, place, dates and reasons; requester stays empty until a clinician commits."""
    return drop_empty(
        {
            **frame.start("ServiceRequest", artefact),
            "text": _brief(frame, activity),
            "instantiatesUri": [rule_uri(rule) for rule in activity.rules],
            "status": "draft",
            "intent": "proposal",
            "category": [category_concept(frame, activity.action)],
            "priority": activity.priority,
            "code": action_concept(frame, activity.action, activity.laterality),
            "subject": frame.subject,
            **_occurrence(activity),
            "authoredOn": frame.instant,
            "performerType": owner_concept(frame, activity.owner),
            "reasonCode": _reasons(frame, activity),
            "reasonReference": [report_source(frame.outcome.report)],
            "supportingInfo": [source_of(e, frame) for e in activity.evidence],
            "bodySite": _sites(frame, activity),
            "patientInstruction": _instruction(frame, activity),
            "note": [annotation(text, frame.instant) for text in _notes(frame, activity)],
        }
    )


def _brief(frame: Frame, activity: Activity) -> dict[str, str]:
    when = activity.due.isoformat() if activity.due else activity.timing or ""
    return brief(action_title(frame, activity.action), place_of(activity, frame), when)


def _occurrence(activity: Activity) -> dict[str, Any]:
    if activity.earliest or activity.due:
        return {"occurrencePeriod": period(activity.earliest, activity.due)}
    return {"occurrenceTiming": {"code": {"text": activity.timing}}} if activity.timing else {}


def _reasons(frame: Frame, activity: Activity) -> list[dict[str, Any]]:
    """The category or tissue result that asks for it; where the report itself does, the category of its side."""
    reading, plan, said = frame.outcome.reading, frame.outcome.plan, set(activity.evidence)
    texts = [
        assessment_text(one.scale, one.category)
        for one in reading.assessments
        if one.status == "current" and not said.isdisjoint(one.evidence)
    ]
    for tissue in reading.pathology:
        row = frame.rules.planning.pathology(tissue.diagnosis, ())
        if row and not said.isdisjoint(tissue.evidence):
            texts.append(row.name)
    if not texts and meets(plan.laterality, activity.laterality):
        texts = [assessment_text(plan.scale, plan.category)]
    return [concept(text) for text in dict.fromkeys(texts) if text]


def _sites(frame: Frame, activity: Activity) -> list[dict[str, Any]]:
    """Nothing for what concerns the person; a breast whose side is not known is said to be that."""
    unsaid = activity.laterality == "unknown" and is_for_person(frame, activity.action)
    return [] if unsaid else [body_site(activity, frame)]


def _instruction(frame: Frame, activity: Activity) -> str:
    row = frame.rules.planning.action(activity.action)
    return clean(row.patient_instruction) if row else ""


def _notes(frame: Frame, activity: Activity) -> list[str]:
    notes = []
    if activity.timing:
        notes.append(f"Timing: {activity.timing}")
    dates = [("overdue", activity.overdue), ("breach", activity.breach)]
    said = ", ".join(f"{frame.output.say('label', name)} {day.isoformat()}" for name, day in dates if day)
    if said:
        notes.append(f"Dates: {said}")
    if activity.options:
        titles = "; ".join(action_title(frame, option) for option in activity.options if option != activity.action)
        notes.append(f"{frame.output.say('text', 'choose')}: {titles}")
    return notes
