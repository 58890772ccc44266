"""INV-8: what is held or waits for release grows louder as its deadline nears, and C-20 is told while it is held."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from fhir.resources import get_fhir_model_class
from fhir.resources.R4B import get_fhir_model_class as get_r4b_model_class

from tests.resource_outcomes import QUESTION, RECORDED, TODAY, outcome
from worker.core.acts.clock import days_ahead, louder
from worker.core.acts.values import Standing
from worker.core.resources import build_resources
from worker.core.rules import Rules

Resource = dict[str, Any]
INSTANT = "2026-11-24T08:00:00+00:00"
ORDER = ("routine", "urgent", "asap", "stat")


def drafted(rules: Rules, target: Any = "R4", **changes: Any) -> Standing:
    made = outcome(**changes)
    plan = replace(made.plan, activities=tuple(replace(a, priority="routine") for a in made.plan.activities))
    resources = build_resources(replace(made, plan=plan), rules, target, RECORDED)
    calm = tuple({**e, "priority": "routine"} if e["resourceType"] == "Task" else e for e in resources)
    return Standing(made.report.report_id, calm)


def due(standing: Standing) -> date:
    tasks = [each for each in standing.resources if each["resourceType"] == "Task"]
    ends = [(e.get("restriction") or {}).get("period") or e["requestedPeriod"] for e in tasks]
    return min(date.fromisoformat(end["end"]) for end in ends)


def heard(standing: Standing, day: date, rules: Rules) -> str:
    changed = [e for e in louder(standing, day, INSTANT, rules) if e["resourceType"] == "Task"]
    return max((each["priority"] for each in changed), key=ORDER.index, default="routine")


@pytest.mark.parametrize("target", ["R4", "R5"])
def test_a_review_grows_louder_and_never_quieter(rules: Rules, target: str) -> None:
    free = drafted(rules, target, hold=False, issues=())
    end = due(free)
    said = [heard(free, end - timedelta(days=days), rules) for days in (30, 8, 7, 3, 2, 1, 0, -9)]
    assert said == ["routine", "routine", "urgent", "urgent", "asap", "asap", "stat", "stat"]
    loud = replace(free, resources=(*louder(free, end, INSTANT, rules), free.resources[0]))
    assert louder(loud, end - timedelta(days=5), INSTANT, rules) == ()
    assert days_ahead(rules) == 7


@pytest.mark.parametrize("target", ["R4", "R5"])
def test_a_hold_on_a_clock_that_runs_out_is_told_once(rules: Rules, target: str) -> None:
    """C-20: to the responsible clinician, as loud as can be."""
    held = drafted(rules, target)
    last = due(held) - timedelta(days=1)
    changed = louder(held, last, INSTANT, rules)
    (issue,) = (each for each in changed if each["resourceType"] == "DetectedIssue")
    assert (issue["code"]["coding"][0]["code"], issue["severity"]) == ("C-20", "high")
    task = changed[-1]
    assert (task["priority"], task["description"]) == ("stat", rules.planning.contradictions["C-20"].text)
    asked = str(task.get("performerType") or task.get("requestedPerformer"))
    assert "responsible clinician" in asked
    model = get_fhir_model_class if target == "R5" else get_r4b_model_class
    for each in changed:
        model(each["resourceType"]).model_validate(each)
    after = {(e["resourceType"], e["id"]): e for e in (*held.resources, *changed)}
    again = louder(replace(held, resources=tuple(after.values())), last, INSTANT, rules)
    assert again == ()


def test_what_is_not_held_or_has_time_left_is_not_told(rules: Rules) -> None:
    """Near misses."""
    held, free = drafted(rules), drafted(rules, hold=False, issues=())
    for standing, days in ((held, 2), (free, 0)):
        changed = louder(standing, due(standing) - timedelta(days=days), INSTANT, rules)
        assert not [each for each in changed if each["resourceType"] == "DetectedIssue"]


def test_a_plan_that_was_decided_is_left_in_peace(rules: Rules) -> None:
    held = drafted(rules)
    for status in ("active", "revoked"):
        plan, *rest = held.resources
        decided = replace(held, resources=({**plan, "status": status}, *rest))
        assert louder(decided, due(held), INSTANT, rules) == ()
    assert louder(replace(held, resources=()), TODAY, INSTANT, rules) == ()


def test_a_task_without_a_deadline_or_that_is_done_stays_as_it_is(rules: Rules) -> None:
    held = drafted(rules, issues=(QUESTION,))
    tasks = [each for each in held.resources if each["resourceType"] == "Task"]
    done = tuple({**each, "status": "completed"} for each in tasks)
    bare = tuple({k: v for k, v in each.items() if k != "restriction"} for each in tasks)
    for changed in (done, bare):
        resources = (held.resources[0], *changed)
        assert louder(replace(held, resources=resources), due(held), INSTANT, rules) == ()
