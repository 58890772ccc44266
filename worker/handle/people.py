"""Other reports of the same person: under which keys they find each other, and what they need to know."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from worker.core.model import Elsewhere, JsonObject, Outcome, Report
from worker.core.probe import PROBE_SENDER
from worker.core.resources.ending import is_open, latest
from worker.core.safety.elsewhere import codes_of
from worker.inbox import resource_key

__all__ = ["brief_of", "elsewhere_of", "people_of", "with_state"]


def people_of(report: Report, sender: str) -> tuple[str, ...]:
    """Keys of the report's person: an identifier with its system is the same from any sender, a reference is not."""
    if sender == PROBE_SENDER:
        return ()  # nobody's report
    patient = report.patient
    keys = [resource_key("", f"Patient?identifier={system}|{value}") for system, value in patient.identifiers if system]
    if patient.reference and not patient.reference.startswith(("#", "urn:")):
        keys.append(resource_key(sender, patient.reference))
    return tuple(dict.fromkeys(keys))


def brief_of(outcome: Outcome, record: JsonObject | None) -> dict[str, Any]:
    """What other reports need to know of an outcome; ``open`` as its newest plan stands."""
    exam = outcome.report.exam_date
    return {
        "category": outcome.plan.category,
        "level": outcome.plan.level,
        "exam": exam.isoformat() if exam else None,
        "codes": list(codes_of(outcome.report)),
        "open": _is_open(record),
    }


def with_state(brief: Mapping[str, Any], record: JsonObject) -> dict[str, Any]:
    """The same after a clinician's act."""
    return {**brief, "open": _is_open(record)} if brief else {}


def elsewhere_of(report_id: str, brief: Mapping[str, Any]) -> Elsewhere:
    """What ``brief_of`` said."""
    return Elsewhere(
        report_id=report_id,
        category=brief["category"],
        level=int(brief["level"]),
        exam_date=date.fromisoformat(brief["exam"]) if brief["exam"] else None,
        codes=tuple(brief["codes"]),
        is_open=bool(brief["open"]),
    )


def _is_open(record: JsonObject | None) -> bool:
    plan = latest(record["resources"], "CarePlan") if record else None
    return plan is not None and is_open(plan)
