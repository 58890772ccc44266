"""The plan as a clinician reads it in the EHR: XHTML of the subset that FHIR allows."""

from html import escape

from worker.core.resources.codes import action_title, assessment_text, place_of
from worker.core.resources.frame import Frame

__all__ = ["narrative"]


def narrative(frame: Frame) -> str:
    """The ``div`` of ``CarePlan.text``."""
    outcome = frame.outcome
    parts = [f"<p><b>{escape(assessment_text(outcome.plan.scale, outcome.plan.category))}</b></p>"]
    parts += [f"<p><b>Hold</b> {escape(i.rule)}: {escape(i.text)}</p>" for i in outcome.issues if i.hold]
    rows = (
        f"<li>{escape(action_title(frame, a.action))}, {escape(place_of(a, frame))}, by {a.due}</li>"
        for a in outcome.plan.activities
    )
    parts.append(f"<ul>{''.join(rows) or '<li>-</li>'}</ul>")
    return f'<div xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">{"".join(parts)}</div>'
