"""
Recommendations of the report itself -> what they want, at the side and with the interval that the report names.
"""

from collections.abc import Iterator

from worker.core.case import Case, joined
from worker.core.ladder import Cause, Wanted, wanted
from worker.core.model import Laterality, Recommendation
from worker.core.rules.plan_rows import ActionRow
from worker.core.rules.planning import Planning

__all__ = ["action_of", "level_of", "planned_action", "side_of_recommendation", "wanted_by_recommendations"]


def wanted_by_recommendations(case: Case) -> Iterator[Wanted]:
    """Every recommendation that can be planned; of one action at several intervals, the first is the next visit."""
    seen: dict[tuple[str, Laterality], int] = {}
    ordered = sorted(case.reading.recommendations, key=lambda one: one.interval_months or 0)
    for recommendation in ordered:
        months = recommendation.interval_months or 0
        action = action_of(recommendation, case.planning)
        if action is None or action.kind != "action":
            continue
        side = side_of_recommendation(recommendation, action, case)
        first = seen.setdefault((action.id, side), months)
        is_later = (action.deferred_level is not None and months > 0) or months > first
        yield wanted(
            action,
            case,
            Cause(
                rule=f"recommendation:{action.id}",
                evidence=recommendation.evidence,
                level=level_of(action, months),
                laterality=side,
                interval_months=months or None,
                visit=months if is_later else 0,
            ),
        )


def action_of(recommendation: Recommendation, planning: Planning) -> ActionRow | None:
    """The row that is planned for a recommendation; None where no row names it."""
    row = planning.action(recommendation.action)
    return planned_action(row, recommendation, planning) if row else None


def planned_action(row: ActionRow, recommendation: Recommendation, planning: Planning) -> ActionRow:
    """A diagnostic exam at a named short interval is a short-interval exam."""
    is_soon = 0 < (recommendation.interval_months or 0) < 12
    return planning.actions[row.deferred_as] if row.deferred_as and is_soon else row


def level_of(action: ActionRow, months: int) -> int:
    """The step of the ladder of a recommendation that names so many months (0: none named)."""
    if action.deferred_level is None or months <= 0:
        return action.level
    return action.yearly_level if months >= 12 and action.yearly_level is not None else action.deferred_level


def side_of_recommendation(recommendation: Recommendation, action: ActionRow, case: Case) -> Laterality:
    """The side as stated; else that of the categories above routine, of the exam, of the findings."""
    if recommendation.laterality != "unknown" or action.site == "both":
        return recommendation.laterality
    sources = (
        [one.laterality for one in case.assessed if one.row.level > 1],
        [case.report.laterality] if case.report.laterality in ("left", "right") else [],
        [finding.laterality for finding in case.explaining_at(action.level)],
        [finding.laterality for finding in case.findings],
    )
    return next((side for sides in sources if (side := joined(sides)) != "unknown"), "unknown")
