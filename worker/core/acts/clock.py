"""
What a day that passes changes: Tasks grow louder as their deadline nears, and a hold on a clock that runs out is told.

In: what stands for a report and the date at the facility. Out: what changes; nothing is ever made quieter.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, get_args

from worker.core.acts.answering import is_held_still
from worker.core.acts.asking import clock_asked
from worker.core.acts.values import Standing
from worker.core.ids import artefact_id
from worker.core.model import JsonObject
from worker.core.resources.ending import is_open, is_unreleased, latest, revision_of, target_of
from worker.core.resources.frame import HOLD_TAG, REPORT_SYSTEM, RULE_SYSTEM, device, own_system, revised
from worker.core.resources.parts import coding, concept, without_tag
from worker.core.resources.versions import for_target
from worker.core.resources.xhtml import brief
from worker.core.rules import Rules
from worker.core.rules.plan_rows import Priority
from worker.core.safety import loudness

__all__ = ["days_ahead", "louder"]

_PRIORITIES: tuple[Priority, ...] = get_args(Priority)
_RULE = "C-20"
Resource = dict[str, Any]


def days_ahead(rules: Rules) -> int:
    """So many days before its deadline a Task may grow louder for the first time."""
    return max((row.days_left for row in rules.planning.loudness), default=0)


def louder(standing: Standing, today: date, instant: str, rules: Rules) -> tuple[Resource, ...]:
    """Open Tasks of a plan that nobody has decided yet, as loud as they must be today; C-20 once while it is held."""
    plan = latest(standing.resources, "CarePlan")
    if plan is None or not is_unreleased(plan):
        return ()
    tasks = [each for each in _open_tasks(standing.resources) if revision_of(each) == revision_of(plan)]
    changed = [done for task in tasks if (done := _turned_up(task, today, instant, rules)) is not None]
    return (*changed, *_running_out(standing, plan, tasks, today, instant, rules))


def _open_tasks(resources: Iterable[JsonObject]) -> Iterable[JsonObject]:
    return (each for each in resources if each["resourceType"] == "Task" and is_open(each))


def _turned_up(task: JsonObject, today: date, instant: str, rules: Rules) -> Resource | None:
    wanted = loudness(_due(task), today, rules.planning)
    if _PRIORITIES.index(wanted) <= _PRIORITIES.index(task.get("priority", "routine")):
        return None
    return {**task, "priority": wanted, "lastModified": instant}


def _due(task: JsonObject) -> date | None:
    """Its legal deadline, under R4's name or R5's."""
    period = (task.get("restriction") or {}).get("period") or task.get("requestedPeriod") or {}
    end = str(period.get("end", ""))[:10]
    return date.fromisoformat(end) if end else None


def _running_out(
    standing: Standing, plan: JsonObject, tasks: list[JsonObject], today: date, instant: str, rules: Rules
) -> tuple[Resource, ...]:
    """C-20: the clock has less than its warning time left, and the plan is still held."""
    warning = timedelta(days=rules.planning.limits["clock-warning"])
    soonest = min((due for task in tasks if (due := _due(task))), default=None)
    is_told = any(_RULE in str(e.get("code")) for e in standing.resources if e["resourceType"] == "DetectedIssue")
    if not is_held_still(plan) or soonest is None or soonest - today >= warning or is_told:
        return ()
    row = rules.planning.contradiction(_RULE)
    own_id = artefact_id(standing.report_id, revised(f"detected-issue:{_RULE}:clock", revision_of(plan)))
    issue = {
        "resourceType": "DetectedIssue",
        "id": own_id,
        "meta": without_tag(plan["meta"], HOLD_TAG),
        "language": "en",
        "text": brief(_RULE, row.severity, row.text),
        "identifier": [
            {"system": own_system("DetectedIssue"), "value": own_id},
            {"system": REPORT_SYSTEM, "value": standing.report_id},
        ],
        "status": "preliminary",
        "code": concept(row.text, coding(RULE_SYSTEM, _RULE)),
        "severity": row.severity,
        "patient": dict(plan["subject"]),
        "identifiedDateTime": instant,
        "author": device(),
        "implicated": [{"reference": f"CarePlan/{plan['id']}"}],
        "detail": row.text,
    }
    made = for_target(issue, target_of(tuple(standing.resources)))
    return (made, clock_asked(standing, plan, row.owner, row.text, instant, rules.output))
