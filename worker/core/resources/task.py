"""The review that a clinician owes, with its legal deadline; one Task for each other body; one for an interpreter."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from worker.core.model import Issue, JsonObject
from worker.core.release import ReleaseDuty, release_duty
from worker.core.resources.codes import owner_concept
from worker.core.resources.dates import nearest_deadline
from worker.core.resources.frame import RULE_SYSTEM, URN, Frame
from worker.core.resources.parts import coding, concept, drop_empty
from worker.core.resources.provenance import rule_uri
from worker.core.resources.xhtml import brief

__all__ = ["INPUT_SYSTEM", "PLAN_AS_READ", "TASK_CODE", "tasks"]

TASK_CODE = "http://hl7.org/fhir/CodeSystem/task-code"
INPUT_SYSTEM = f"{URN}:input"
PLAN_AS_READ = "plan-as-read"
SEVERITIES = ("high", "moderate", "low")
_FINDS_INTERPRETER = "breast-imaging"
# Owner of questions that the review itself asks, whoever does it.
_WHOEVER_RELEASES = "releasing-clinician"


def tasks(frame: Frame, issues: Sequence[tuple[Issue, str]], plan: JsonObject) -> list[dict[str, Any]]:
    """
    The review of the plan first, then one Task per owner of open issues, then what the letter's language asks for.

    Args:
        issues: Each issue with the artefact name of its DetectedIssue.
        plan: The CarePlan. What it says is marked in each Task, so that an answer to an older draft is told from one to
            this.
    """
    made = _tasks(frame, issues)
    return [{**task, "input": [*task.get("input", ()), as_read(plan)]} for task in made]


def as_read(plan: JsonObject) -> dict[str, Any]:
    """The input that marks what a plan says, as the clinician reads it."""
    mark = sha256(str(plan.get("text", {}).get("div", "")).encode()).hexdigest()[:16]
    return {"type": concept("", coding(INPUT_SYSTEM, PLAN_AS_READ)), "valueString": mark}


def _tasks(frame: Frame, issues: Sequence[tuple[Issue, str]]) -> list[dict[str, Any]]:
    duty = release_duty(frame.outcome, frame.rules)
    reviewer = duty.released_by
    owners = dict.fromkeys(issue.owner for issue, _ in issues if issue.owner not in {reviewer, _WHOEVER_RELEASES})
    review = _review(frame, duty, issues)
    questions = [_question(frame, owner, [p for p in issues if p[0].owner == owner]) for owner in owners]
    letter = frame.outcome.letter
    return [review, *questions, *([_interpreter(frame, duty)] if letter and letter.needs_interpreter else [])]


def _review(frame: Frame, duty: ReleaseDuty, issues: Sequence[tuple[Issue, str]]) -> dict[str, Any]:
    due = min(duty.due, nearest_deadline(frame.outcome) or duty.due)
    told = " ".join(
        (frame.output.say("text", "task-review-hold" if frame.outcome.hold else "task-review"), *_ends(frame))
    )
    return {
        **_task(frame, "task:review", duty.released_by, due, issues),
        "text": brief(told, due.isoformat()),
        "instantiatesUri": rule_uri(duty.rule),
        "code": concept(frame.output.say("text", "task-review-code"), coding(TASK_CODE, "approve")),
        "description": told,
        "focus": frame.reference("CarePlan", "care-plan"),
    }


def _ends(frame: Frame) -> list[str]:
    """What the release does besides."""
    say = frame.output.say
    exams = (f"{one.exam_date} ({one.scale} {one.category})" for one in frame.outcome.ends if one.is_open)
    return [f"{say('text', 'ends')} {exam}." for exam in exams]


def _question(frame: Frame, owner: str, issues: Sequence[tuple[Issue, str]]) -> dict[str, Any]:
    due = min((i.due for i, _ in issues if i.due), default=None) or nearest_deadline(frame.outcome)
    told = frame.output.say("text", "task-question" if any(issue.hold for issue, _ in issues) else "task-question-free")
    return {
        **_task(frame, f"task:{owner}", owner, due, issues),
        "text": brief(told, *(issue.text for issue, _ in issues)),
        "partOf": [frame.reference("Task", "task:review")],
        "code": concept(frame.output.say("text", "task-question-code"), coding(TASK_CODE, "fulfill")),
        "description": told,
        "focus": frame.reference("DetectedIssue", _worst(issues)[1]),
    }


def _interpreter(frame: Frame, duty: ReleaseDuty) -> dict[str, Any]:
    """The letter is not in the person's language: somebody has to find them a person who speaks it."""
    said, language = frame.output.say("text", "task-interpreter"), frame.outcome.report.patient.language
    return {
        **_task(frame, "task:interpreter", _FINDS_INTERPRETER, duty.due, ()),
        "text": brief(said, language or ""),
        "partOf": [frame.reference("Task", "task:review")],
        "code": concept(frame.output.say("text", "task-interpreter-code"), coding(TASK_CODE, "fulfill")),
        "description": f"{said} ({language})" if language else said,
        "focus": frame.reference("Communication", "communication"),
    }


def _task(
    frame: Frame, artefact: str, owner: str, due: date | None, issues: Sequence[tuple[Issue, str]]
) -> dict[str, Any]:
    reason = frame.reference("DetectedIssue", _worst(issues)[1]) if issues else {}
    return drop_empty(
        {
            **frame.start("Task", artefact),
            "status": "requested",
            "intent": "order",
            "priority": _priority(frame, due),
            "for": frame.subject,
            "authoredOn": frame.instant,
            "lastModified": frame.instant,
            "performerType": [owner_concept(frame, owner)],
            "reasonReference": reason,
            "restriction": {"period": {"end": due.isoformat()}} if due else {},
            "input": [_input(frame, issue, name) for issue, name in issues],
        }
    )


def _input(frame: Frame, issue: Issue, artefact: str) -> dict[str, Any]:
    return {
        "type": concept(issue.rule, coding(RULE_SYSTEM, issue.rule)),
        "valueReference": frame.reference("DetectedIssue", artefact),
    }


def _worst(issues: Sequence[tuple[Issue, str]]) -> tuple[Issue, str]:
    return min(issues, key=lambda pair: (not pair[0].hold, SEVERITIES.index(pair[0].severity)))


def _priority(frame: Frame, due: date | None) -> str:
    """Louder as the deadline nears (INV-8), and never quieter than the most urgent activity."""
    urgency = ("routine", "urgent", "asap", "stat")
    found: list[str] = [a.priority for a in frame.outcome.plan.activities]
    if due:
        left = (due - frame.outcome.today).days
        found += [row.priority for row in frame.rules.planning.loudness if left <= row.days_left][:1]
    return max(found, key=urgency.index, default="routine")
