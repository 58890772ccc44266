"""Other reports of the same person: under which keys they find each other, and what they need to know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from worker.core.model import Elsewhere, JsonObject, Outcome, Report
from worker.core.probe import PROBE_SENDER
from worker.core.resources.ending import is_open, latest
from worker.core.safety.elsewhere import codes_of
from worker.inbox import MOST_OF_ONE_PERSON, NewRecord, Planned, resource_key

__all__ = ["Company", "brief_of", "people_of", "with_state"]


@dataclass(frozen=True, slots=True)
class Company:
    """What was decided before about other reports of the same message, by the keys of their person."""

    _seen: dict[str, dict[str, Elsewhere]] = field(default_factory=dict)

    def join(self, records: Iterable[NewRecord]) -> None:
        """From now on the next reports of the message know of these."""
        for record in records:
            if record.brief:
                seen = _elsewhere_of(record.report_id, record.brief)
                for key in record.people:
                    self._seen.setdefault(key, {})[record.report_id] = seen

    def beside(self, planned: Planned) -> dict[str, Elsewhere]:
        """Everything known of a person's reports: of this message, else as they stand on record."""
        found = {
            report_id: _elsewhere_of(report_id, brief)
            for report_id, brief in planned.briefs.items()
            # A report whose newest version is about somebody else is still found under the name of the first.
            if "people" not in brief or not planned.counts.keys().isdisjoint(brief["people"])
        }
        for key in planned.counts:
            seen = self._seen.get(key, {})
            if len(seen) <= MOST_OF_ONE_PERSON:
                found |= seen
        return found


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
        "modalities": list(outcome.report.modalities),
        "open": _is_open(record),
    }


def with_state(brief: Mapping[str, Any], record: JsonObject) -> dict[str, Any]:
    """The same after a clinician's act."""
    return {**brief, "open": _is_open(record)} if brief else {}


def _elsewhere_of(report_id: str, brief: Mapping[str, Any]) -> Elsewhere:
    """What ``brief_of`` said."""
    return Elsewhere(
        report_id=report_id,
        category=brief["category"],
        level=int(brief["level"]),
        exam_date=date.fromisoformat(brief["exam"]) if brief["exam"] else None,
        codes=tuple(brief["codes"]),
        modalities=tuple(brief.get("modalities", ())),
        is_open=bool(brief["open"]),
    )


def _is_open(record: JsonObject | None) -> bool:
    plan = latest(record["resources"], "CarePlan") if record else None
    return plan is not None and is_open(plan)
