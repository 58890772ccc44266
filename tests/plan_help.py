"""Short ways to say a report, a reading and what was made of them, for the tests of plan and safety."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from worker.core.model import (
    Activity,
    Assessment,
    CodeableConcept,
    Evidence,
    Finding,
    Issue,
    Outcome,
    Pathology,
    PatientFacts,
    Plan,
    Previous,
    Reading,
    Recommendation,
    Report,
    Risk,
    Version,
)
from worker.core.plan import make_plan
from worker.core.rules import Practice, Rules
from worker.core.safety import disposition_of, find_issues

TODAY = date(2026, 10, 3)
EXAM = date(2026, 10, 1)
SAID = (Evidence("conclusion", "words", "term:test", 0, 5),)


def a_report(**changes: Any) -> Report:
    """A final diagnostic report of a woman of 56, exam two days ago."""
    report = Report(
        key="urn:test|1",
        report_id="00000000-0000-5000-8000-000000000001",
        reference="DiagnosticReport/1",
        identifiers=(("urn:test", "1"),),
        version=Version("1"),
        status="final",
        fhir_version="R4",
        patient=PatientFacts("Patient/1", birth_date=date(1970, 1, 1), gender="female"),
        code=CodeableConcept(),
        purpose="diagnostic",
        exam_date=EXAM,
        issued=datetime(2026, 10, 2, 9, tzinfo=UTC),
    )
    return replace(report, **changes)


def calcs(side: str = "left", *morphology: str, distribution: str | None = None, **more: Any) -> Finding:
    """One present calcification finding."""
    return Finding(side, morphology, distribution, evidence=SAID, **more)  # type: ignore[arg-type]


def cat(
    category: str, side: str = "unknown", scope: str = "overall", scale: str = "BI-RADS", **more: Any
) -> Assessment:
    """One category; with a side its scope is the breast unless said otherwise."""
    scope = "breast" if side != "unknown" and scope == "overall" else scope
    return Assessment(scale, category, scope, side, evidence=SAID, **more)  # type: ignore[arg-type]


def ask(action: str, side: str = "unknown", months: int | None = None) -> Recommendation:
    """One recommendation of the report."""
    return Recommendation(action, side, months, SAID)  # type: ignore[arg-type]


def tissue(diagnosis: str, side: str = "left", **more: Any) -> Pathology:
    """One tissue result."""
    return Pathology(diagnosis, side, evidence=SAID, **more)  # type: ignore[arg-type]


def reading(*parts: Any, **more: Any) -> Reading:
    """A reading of whatever is given, each part in its place."""
    kinds = {
        "findings": Finding,
        "assessments": Assessment,
        "recommendations": Recommendation,
        "pathology": Pathology,
        "risks": Risk,
    }
    places = {name: tuple(part for part in parts if isinstance(part, kind)) for name, kind in kinds.items()}
    return Reading(**places, **more)


def plan_for(rules: Rules, *parts: Any, report: Report | None = None, today: date = TODAY, **more: Any) -> Plan:
    """The plan for these parts."""
    return make_plan(reading(*parts, **more), report or a_report(), rules, today)


def issues_for(
    rules: Rules,
    *parts: Any,
    report: Report | None = None,
    previous: Previous | None = None,
    today: date = TODAY,
    **more: Any,
) -> tuple[Issue, ...]:
    """The issues for these parts and their plan."""
    return outcome_for(rules, *parts, report=report, previous=previous, today=today, **more).issues


def outcome_for(
    rules: Rules,
    *parts: Any,
    report: Report | None = None,
    previous: Previous | None = None,
    today: date = TODAY,
    **more: Any,
) -> Outcome:
    """Plan and issues of a reading, as ``decide`` joins them."""
    report, read = report or a_report(), reading(*parts, **more)
    disposition, reason = disposition_of(report, previous)
    plan = make_plan(read, report, rules, today) if disposition == "plan" else Plan()
    issues = find_issues(read, plan, report, previous, rules, today)
    hold = any(issue.hold for issue in issues)
    return Outcome(report, disposition, reason, read, plan, issues, None, hold, today, rules.digest)


def with_facts(rules: Rules, **facts: str) -> Rules:
    """The same tables at a site with these facts; ``__`` in a name stands for a dot."""
    named = {name.replace("__", "."): value for name, value in facts.items()}
    return replace(rules, practice=Practice({**rules.practice.facts, **named}))


def actions(plan: Plan) -> list[str]:
    """Ids of the activities, in the plan's order."""
    return [activity.action for activity in plan.activities]


def find(plan: Plan, action: str, side: str | None = None) -> Activity:
    """The one activity of this action (and side)."""
    found = [a for a in plan.activities if a.action == action and side in (None, a.laterality)]
    assert len(found) == 1, (action, side, actions(plan))
    return found[0]


def ids(issues: tuple[Issue, ...]) -> set[str]:
    """The rules that were raised."""
    return {issue.rule for issue in issues}
