"""Resources of one report's outcome, made without the tables, for the tests of delivery."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from tests.resource_outcomes import outcome
from worker.core.model import Outcome
from worker.core.resources import supersede, withdraw

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
REPORT_ID = "11111111-2222-5333-8444-555555555555"
Resource = dict[str, Any]


def _id(name: str, report: int = 1, revision: int = 0) -> str:
    said = f"{name}.r{revision}" if revision else name
    return str(uuid5(UUID(REPORT_ID), said if report == 1 else f"{report}:{said}"))


def _resource(resource_type: str, name: str, report: int = 1, revision: int = 0, **elements: Any) -> Resource:
    own_id = _id(name, report, revision)
    system = f"urn:calcifhir:{resource_type.lower()}"
    tags = [
        {"system": "urn:calcifhir:product", "code": "calcifhir"},
        {"system": "urn:calcifhir:revision", "code": str(revision)},
    ]
    return {
        "resourceType": resource_type,
        "id": own_id,
        "meta": {"source": "urn:calcifhir:worker#1", "tag": tags},
        "identifier": [{"system": system, "value": own_id}],
        **elements,
    }


def ref(resource_type: str, name: str, report: int = 1, revision: int = 0) -> Resource:
    """A literal reference to one of ``plan_of``'s resources."""
    return {"reference": f"{resource_type}/{_id(name, report, revision)}"}


def _narrative(text: str) -> Resource:
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{text}</p></div>'}


def plan_of(
    *actions: str,
    level: str = "4",
    letter: str = "You need one more test.",
    version: str = "1",
    subject: Mapping[str, Any] | None = None,
    moment: str = "2026-11-22T09:30:00+00:00",
    report: int = 1,
    revision: int = 0,
) -> tuple[Resource, ...]:
    """
    The shape of what is written for one report, without the tables: a plan, what it plans, a letter, a question.

    Args:
        actions: One ServiceRequest each.
        version: Of the report; its Provenance has an id of its own.
        report: Other numbers have other ids; so have other revisions.
    """
    who = dict(subject or {"reference": "Patient/p-7"})
    actions = actions or ("biopsy", "call")
    told = {"status": "draft", "intent": "proposal", "subject": who, "authoredOn": moment}
    made = [
        _resource(
            "CarePlan",
            "care-plan",
            report,
            revision,
            text=_narrative(f"Level {level}"),
            status="draft",
            intent="proposal",
            title=f"Level {level}",
            subject=who,
            created=moment,
            activity=[{"reference": ref("ServiceRequest", each, report, revision)} for each in actions],
        ),
        *(
            _resource("ServiceRequest", each, report, revision, code={"text": f"{each} {level}"}, **told)
            for each in actions
        ),
        _resource(
            "Goal", "goal", report, revision, lifecycleStatus="proposed", description={"text": "resolved"}, subject=who
        ),
        _resource(
            "Communication",
            "communication",
            report,
            revision,
            status="preparation",
            basedOn=[ref("CarePlan", "care-plan", report, revision)],
            subject=who,
            payload=[{"contentString": letter}],
            note=[{"time": moment, "text": "draft"}],
        ),
        _resource(
            "DetectedIssue",
            "issue",
            report,
            revision,
            status="preliminary",
            patient=who,
            code={"text": f"C-08 {level}"},
        ),
        _resource(
            "Task",
            "task:review",
            report,
            revision,
            status="requested",
            intent="order",
            focus=ref("CarePlan", "care-plan", report, revision),
            **{"for": who},
            authoredOn=moment,
            lastModified=moment,
            description=f"Review level {level}",
            performerType=[{"text": "breast imaging"}],
        ),
    ]
    provenance = _resource(
        "Provenance",
        f"provenance:{version}",
        report,
        revision,
        target=[{"reference": f"{each['resourceType']}/{each['id']}"} for each in made],
        recorded=moment,
        agent=[{"who": {"display": "CalciFHIR"}}],
    )
    del provenance["identifier"]
    return (*made, provenance)


def amended(**changes: Any) -> tuple[Resource, ...]:
    """What is written after an amended report: the call is no longer planned, an MRI is."""
    same = {name: value for name, value in changes.items() if name in {"report", "subject"}}
    new = plan_of("biopsy", "mri", **{"level": "5", "letter": "You need two more tests.", "version": "2", **changes})
    return supersede(plan_of(**same), new)


def withdrawn(**same: Any) -> tuple[Resource, ...]:
    """What is written after a cancelled report."""
    return withdraw(plan_of(**same), cancelled_outcome(), NOW)


def cancelled_outcome() -> Outcome:
    """The decision about a report that was cancelled."""
    made = outcome()
    return replace(made, disposition="withdraw", report=replace(made.report, status="cancelled"))
