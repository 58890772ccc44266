"""Other reports of the same person: under which keys they find each other, and what they need to know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from worker.core.model import Elsewhere, JsonObject, Outcome, Report, Visit
from worker.core.probe import PROBE_SENDER
from worker.core.resources.ending import is_open, latest
from worker.core.resources.releasing import is_held
from worker.core.safety.elsewhere import codes_of
from worker.core.safety.ending import visits_of
from worker.inbox import MOST_OF_ONE_PERSON, NewRecord, Planned, resource_key

__all__ = ["Company", "brief_of", "people_of", "visits_json", "with_state"]


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
    """What other reports need to know of an outcome; ``open``, ``held`` and ``plan`` as its newest plan stands."""
    exam, plan = outcome.report.exam_date, outcome.plan
    return {
        "category": plan.category,
        "level": plan.level,
        "scale": plan.scale,
        "side": plan.laterality,
        "visits": visits_json(visits_of(plan)),
        "exam": exam.isoformat() if exam else None,
        "codes": list(codes_of(outcome.report)),
        "modalities": list(outcome.report.modalities),
        **_state(record),
    }


def visits_json(visits: Iterable[Visit]) -> list[list[Any]]:
    """Visits as JSON values."""
    return [[v.action, v.level, v.laterality, v.until.isoformat() if v.until else None] for v in visits]


def with_state(brief: Mapping[str, Any], record: JsonObject, ended_by: str = "") -> dict[str, Any]:
    """The same after a clinician's act; ``ended_by`` is the report with whose plan this one was ended."""
    if not brief:
        return {}
    now = {**brief, **_state(record)}
    by = "" if now["open"] else ended_by or brief.get("ended_by", "")
    return {**now, "ended_by": by}


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
        scale=brief.get("scale"),
        laterality=brief.get("side", "unknown"),
        is_held=bool(brief.get("held", True)),
        plan_id=str(brief.get("plan", "")),
        visits=tuple(
            Visit(action, int(level), side, date.fromisoformat(until) if until else None)
            for action, level, side, until in brief.get("visits", ())
        ),
        ended_by=str(brief.get("ended_by", "")),
    )


def _state(record: JsonObject | None) -> dict[str, Any]:
    plan = latest(record["resources"], "CarePlan") if record else None
    if plan is None:
        return {"open": False, "held": True, "plan": ""}
    return {"open": is_open(plan), "held": is_held([plan]), "plan": plan["id"]}
