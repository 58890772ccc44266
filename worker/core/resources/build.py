"""One outcome -> all its resources."""

from datetime import datetime
from typing import Any

from worker.core.model import FhirVersion, Outcome
from worker.core.resources.care_plan import care_plan
from worker.core.resources.communication import communication
from worker.core.resources.detected_issue import detected_issue, issue_artefacts
from worker.core.resources.frame import frame_of
from worker.core.resources.goal import goal
from worker.core.resources.provenance import provenance
from worker.core.resources.service_request import activity_artefacts, service_request
from worker.core.resources.task import tasks
from worker.core.resources.versions import for_target
from worker.core.rules import Rules

__all__ = ["build_resources"]


def build_resources(
    outcome: Outcome, rules: Rules, target: FhirVersion, recorded: datetime, revision: int = 0
) -> tuple[dict[str, Any], ...]:
    """
    Everything to write for an outcome; the same arguments always give the same resources and ids.

    Args:
        recorded: Now, with its offset.
        revision: ``next_revision(previous)``; 0 when nothing was released for this report before.

    Returns:
        The CarePlan first, the Provenance last; nothing unless the disposition is ``plan``.
    """
    if outcome.disposition != "plan":
        return ()
    frame = frame_of(outcome, rules, target, recorded, revision)
    plan, requests = outcome.plan, activity_artefacts(outcome.plan.activities)
    issues = tuple(zip(outcome.issues, issue_artefacts(outcome.issues), strict=True))
    care = care_plan(frame, requests)
    built = [
        care,
        *(service_request(frame, a, name) for a, name in zip(plan.activities, requests, strict=True)),
        goal(frame),
        *([communication(frame, outcome.letter)] if outcome.letter else []),
        *(detected_issue(frame, issue, name) for issue, name in issues),
        *tasks(frame, issues, care),
    ]
    built.append(provenance(frame, built))
    return tuple(for_target(resource, target) for resource in built)
