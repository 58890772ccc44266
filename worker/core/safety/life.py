"""The life of a plan: which report versions make one, withdraw one, or change one (C-13, C-14, C-18)."""

from collections.abc import Iterator

from worker.core.case import Case
from worker.core.dates import add_months
from worker.core.model import FINAL_STATUSES, WITHDRAWN_STATUSES, Disposition, Laterality, Plan, Previous, Report
from worker.core.safety.raised import Raised

__all__ = ["changed", "disposition_of", "is_taken_back", "not_for_planning", "stale"]

# Level of the action ladder at which no breast is worked up.
_ROUTINE = 1


def disposition_of(report: Report, previous: Previous | None) -> tuple[Disposition, str]:
    """
    What becomes of the report by its status.

    Returns:
        ``plan`` for a final status; ``withdraw`` for any other where a plan from an earlier version stands; else
        ``no-output``. The reason names the rule and the status.
    """
    if report.status in FINAL_STATUSES:
        return "plan", f"status {report.status}"
    status = report.status if report.status in WITHDRAWN_STATUSES else f"{report.status or 'missing'}, not final"
    has_output = previous is not None and previous.disposition == "plan"
    return ("withdraw" if has_output else "no-output"), f"C-13: status {status}"


def is_taken_back(report: Report) -> bool:
    """Whether the status says that the report, and with it all that it cites, is not to be acted on."""
    return report.status in WITHDRAWN_STATUSES


def not_for_planning(report: Report) -> Iterator[Raised]:
    """C-13: the status says that nothing may be planned from this version."""
    if report.status not in FINAL_STATUSES:
        yield Raised("C-13", ids=(report.status or "missing",))


def changed(case: Case, plan: Plan, previous: Previous | None) -> Iterator[Raised]:
    """
    C-14: this version changes the category (or, without one, the level) of the plan before, or its breast.

    Also after a version that took the plan back: what the clinicians were told is what they must hear the change of.
    """
    if previous is None or not previous.level:
        return
    category, before = plan.category or "none", previous.category or "none"
    if (plan.category, plan.level) != (previous.category, previous.level):
        is_up = (plan.level, _rank(case, plan.category)) > (previous.level, _rank(case, previous.category))
        yield Raised("C-14", "up" if is_up else "down", category=category, other=before)
    elif plan.level > _ROUTINE and _is_elsewhere(plan.laterality, previous.laterality):
        yield Raised("C-14", "side", category=category, side=plan.laterality, ids=(previous.laterality,))


def _is_elsewhere(now: Laterality, before: Laterality) -> bool:
    """Whether a breast that was to be worked up no longer is."""
    return "unknown" not in (now, before) and now not in (before, "bilateral")


def _rank(case: Case, category: str | None) -> int:
    """Concern of a category on the scale that governs now."""
    governing = case.governing()
    scale = governing.assessment.scale if governing else "unknown"
    return case.planning.assessment(scale, category).rank if category else 0


def stale(case: Case, previous: Previous | None) -> Iterator[Raised]:
    """C-18: an old exam, a newer one on record, or no date to tell."""
    if not case.starts.is_exam_known:
        yield Raised("C-18", "no-exam-date")
        return
    exam = case.starts.exam
    is_old = add_months(exam, int(case.planning.limits["stale-after"])) < case.today
    is_superseded = previous is not None and previous.exam_date is not None and previous.exam_date > exam
    if is_old or is_superseded:
        yield Raised("C-18")
