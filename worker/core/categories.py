"""
Categories -> what they want: their actions at their side, and the later visits of a follow-up series.

A running series is not restarted: the next visit is the report's own, and no later ones are made up.
"""

from collections.abc import Iterator
from itertools import pairwise

from worker.core.case import Assessed, Case, meets
from worker.core.descriptors import concerns
from worker.core.ladder import Wanted, wanted
from worker.core.model import Laterality, Recommendation
from worker.core.rules.plan_rows import ActionRow, AssessmentRow

__all__ = ["is_running", "running_interval", "wanted_by_categories"]


def wanted_by_categories(case: Case) -> Iterator[Wanted]:
    """What each current category wants; routine screening waits where the same breast has a category above routine."""
    for one in case.assessed:
        if one.row.level == 1 and _is_outranked(one, case):
            continue
        yield from _wanted_by_category(one, case)


def _is_outranked(one: Assessed, case: Case) -> bool:
    """Whether a category above routine is about the same breast: what it finds decides when the next screening is."""
    return any(other.row.level > 1 and meets(other.laterality, one.laterality) for other in case.assessed)


def _wanted_by_category(one: Assessed, case: Case) -> Iterator[Wanted]:
    row, planning = one.row, case.planning
    names = (*_usual_actions(one, case), *_for_associated(one, case))
    actions = [action for name in names if (action := planning.action(name))]
    top = max((action.level for action in actions), default=0)
    interval = running_interval(case, row)
    for action in actions:
        is_top = action.level == top
        yield wanted(
            action,
            case,
            f"assessments:{row.id}",
            one.assessment.evidence,
            level=row.level if is_top else action.level,
            laterality=_side_for(action, one, case),
            finding=one.finding if action.site == "breast" else None,
            priority=row.priority if is_top else "routine",
            interval_months=interval,
            tighter=row if is_top else None,
        )
    if row.series and not is_running(case, row):
        yield from _later_visits(one, case)


def _usual_actions(one: Assessed, case: Case) -> tuple[str, ...]:
    if one.finding:
        is_ours = concerns(one.finding, case.planning)
    else:
        is_ours = any(meets(finding.laterality, one.laterality) for finding in case.concerning)
    return one.row.actions if is_ours else one.row.actions_other


def _for_associated(one: Assessed, case: Case) -> tuple[str, ...]:
    """What the category adds where a mass or the like is described with the calcifications."""
    seen = {feature for finding in case.findings_on(one.laterality) for feature in finding.associated}
    return one.row.actions_associated if seen & set(one.row.associated) else ()


def _side_for(action: ActionRow, one: Assessed, case: Case) -> Laterality:
    """An action for both breasts keeps to one only where the other breast is about to be worked up."""
    if action.site != "both" or one.laterality not in ("left", "right"):
        return one.laterality if action.site != "both" else "bilateral"
    other_is_open = any(other.row.level > 1 for other in case.assessed)
    return one.laterality if other_is_open else "bilateral"


def _later_visits(one: Assessed, case: Case) -> Iterator[Wanted]:
    for step in case.planning.series.get(one.row.series, ())[1:]:
        action = case.planning.action(step.action)
        if action is None:
            continue
        yield wanted(
            action,
            case,
            f"series:{step.id}",
            one.assessment.evidence,
            level=one.row.level,
            laterality="bilateral" if step.side == "bilateral" else one.laterality,
            interval_months=step.months,
            options=step.options,
            visit=step.months,
        )


def running_interval(case: Case, row: AssessmentRow) -> int | None:
    """
    The months to the next visit where a follow-up series is running and the report names them; else None.

    A series runs when the report compares with an earlier category of the same series. What the radiologist then names
    is the next step of that series, if it is a step that the series has; it is not restarted.
    """
    steps = case.planning.series.get(row.series, ())
    if not steps or not is_running(case, row):
        return None
    gaps = {later.months - earlier.months for earlier, later in pairwise(steps)}
    allowed = gaps | {steps[0].months}
    named = [one.interval_months for one in case.reading.recommendations if _is_next_visit(one, case)]
    fitting = [months for months in named if months in allowed]
    return min((months for months in fitting if months), default=None) if len(fitting) == len(named) else None


def is_running(case: Case, row: AssessmentRow) -> bool:
    """Whether an earlier category of the same series is on record."""
    earlier = (one for one in case.reading.assessments if one.status == "prior")
    return bool(row.series) and any(case.planning.assessment(a.scale, a.category).series == row.series for a in earlier)


def _is_next_visit(recommendation: Recommendation, case: Case) -> bool:
    action = case.planning.action(recommendation.action)
    return bool(action and action.direction and action.site == "breast" and recommendation.interval_months)
