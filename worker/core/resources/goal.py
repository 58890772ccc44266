"""The goal: the finding is settled by a final report."""

from typing import Any

from worker.core.resources.dates import goal_date
from worker.core.resources.frame import Frame
from worker.core.resources.parts import concept, drop_empty
from worker.core.resources.xhtml import brief

__all__ = ["goal"]


def goal(frame: Frame) -> dict[str, Any]:
    """Proposed; due when the most important activity is due."""
    due = goal_date(frame.outcome)
    return drop_empty(
        {
            **frame.start("Goal", "goal"),
            "text": brief(frame.output.say("text", "goal"), due.isoformat() if due else ""),
            "lifecycleStatus": "proposed",
            "description": concept(frame.output.say("text", "goal")),
            "subject": frame.subject,
            "startDate": frame.outcome.today.isoformat(),
            "target": [{"dueDate": due.isoformat()}] if due else [],
        }
    )
