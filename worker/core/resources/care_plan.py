"""The follow-up plan itself: a draft that proposes, with a narrative that a clinician reads in seconds."""

from collections.abc import Sequence
from typing import Any

from worker.core.model import Elsewhere, Issue
from worker.core.resources.codes import action_title, headlines
from worker.core.resources.dates import plan_period
from worker.core.resources.finishing import plan_reference
from worker.core.resources.frame import URN, Frame, device
from worker.core.resources.narrative_html import narrative
from worker.core.resources.parts import annotation, coding, concept, drop_empty, period
from worker.core.resources.sources import conditions_of, sources_of

__all__ = ["care_plan", "plan_title"]

US_CORE_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category"


def care_plan(frame: Frame, requests: Sequence[str]) -> dict[str, Any]:
    """
    The CarePlan.

    Args:
        requests: Artefact names of its ServiceRequests, in the order of the plan's activities.
    """
    outcome = frame.outcome
    return drop_empty(
        {
            **frame.start("CarePlan", "care-plan"),
            "text": {"status": "generated", "div": narrative(frame)},
            "instantiatesUri": [f"{URN}:tables:{outcome.table_digest}"],
            "status": "draft",
            "intent": "proposal",
            "category": [concept("", coding(US_CORE_CATEGORY, "assess-plan", "Assessment and Plan of Treatment"))],
            "title": plan_title(frame),
            "description": frame.output.say("text", "plan-description"),
            "replaces": [plan_reference(each.plan_id, _exam(each)) for each in outcome.ends if each.is_open],
            "subject": frame.subject,
            "period": period(*plan_period(outcome)),
            "created": frame.instant,
            "author": device(),
            "addresses": conditions_of(outcome),
            "supportingInfo": sources_of(outcome.report),
            "goal": [frame.reference("Goal", "goal")],
            "activity": [{"reference": frame.reference("ServiceRequest", name)} for name in requests],
            "note": [annotation(text, frame.instant) for text in _notes(frame)],
        }
    )


def plan_title(frame: Frame) -> str:
    """``Breast imaging follow-up: BI-RADS 4B, left breast``; beside a tissue result, what calls for more first."""
    told = "; ".join(f"{name}, {place}" for name, _, place in headlines(frame))
    return f"{frame.output.say('text', 'plan-title')}: {told}"


def _exam(other: Elsewhere) -> str:
    return f"plan of the exam of {other.exam_date}, {other.scale} {other.category}"


def _notes(frame: Frame) -> list[str]:
    outcome = frame.outcome
    return [*map(_issue_text, outcome.issues), *(action_title(frame, note) for note in outcome.plan.notes)]


def _issue_text(issue: Issue) -> str:
    hold = "hold, " if issue.hold else ""
    due = f" (by {issue.due.isoformat()})" if issue.due else ""
    return f"[{issue.rule}, {hold}{issue.severity}] {issue.text}{due}"
