"""
Reports that come in one message: in whose turn they are decided, and what each then knows of the others.

They find each other as they would in several messages, the earlier exam first, however the message orders them.
"""

from collections.abc import Sequence
from datetime import date

from worker.core.ids import artefact_id
from worker.core.model import Elsewhere, Outcome, Report
from worker.core.safety.elsewhere import codes_of
from worker.core.safety.ending import visits_of

__all__ = ["in_turn", "seen_from_elsewhere"]


def in_turn(reports: Sequence[Report]) -> list[int]:
    """Places of the reports in the order in which they are decided: exam, then writing, then as they came."""
    return sorted(range(len(reports)), key=lambda place: _moment(reports[place]))


def _moment(report: Report) -> tuple[date, float]:
    written = report.issued or report.version.last_updated
    return report.exam_date or date.max, written.timestamp() if written else float("inf")


def seen_from_elsewhere(outcome: Outcome) -> Elsewhere:
    """What other reports of the person need to know of an outcome, as a draft of which nobody has done anything yet."""
    return Elsewhere(
        report_id=outcome.report.report_id,
        category=outcome.plan.category,
        level=outcome.plan.level,
        exam_date=outcome.report.exam_date,
        codes=codes_of(outcome.report),
        modalities=outcome.report.modalities,
        is_open=outcome.disposition == "plan",
        scale=outcome.plan.scale,
        laterality=outcome.plan.laterality,
        is_held=outcome.hold,
        plan_id=artefact_id(outcome.report.report_id, "care-plan"),
        visits=visits_of(outcome.plan),
    )
