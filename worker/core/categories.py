"""
Categories -> what they want: their actions at their side, and the later visits of a follow-up series.

A running series is not restarted: the next visit is the report's own, and no later ones are made up.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from worker.core.asked import planned_action
from worker.core.case import Assessed, Case, meets
from worker.core.descriptors import concerns
from worker.core.ladder import Cause, Wanted, wanted
from worker.core.model import Laterality, Recommendation
from worker.core.rules.plan_rows import ActionRow

_OTHER: dict[Laterality, Laterality] = {"left": "right", "right": "left"}

__all__ = ["is_running", "running_step", "wanted_by_categories"]


def wanted_by_categories(case: Case) -> Iterator[Wanted]:
    """What each current category wants; routine screening waits where the same breast has a category above routine."""
    for one in case.assessed:
        side = _left_to_screen(one, case) if one.row.level == 1 else one.laterality
        if side is not None:
            yield from _wanted_by_category(one if side == one.laterality else replace(one, laterality=side), case)


def _left_to_screen(one: Assessed, case: Case) -> Laterality | None:
    """Its breasts without a category above routine: what that one finds decides when the next screening is."""
    above = {o.laterality for o in case.assessed if o.row.level > 1 and meets(o.laterality, one.laterality)}
    if not above:
        return one.laterality
    return _OTHER.get(above.pop()) if one.laterality == "bilateral" and len(above) == 1 else None


def _wanted_by_category(one: Assessed, case: Case) -> Iterator[Wanted]:
    row, planning = one.row, case.planning
    step = running_step(case, one)
    if step:
        yield from _next_step(one, step, case)
        return
    names = (*_usual_actions(one, case), *_for_associated(one, case))
    actions = [planning.actions[name] for name in names]
    top = max((action.level for action in actions), default=0)
    for action in actions:
        is_top = action.level == top
        yield wanted(
            action,
            case,
            Cause(
                rule=f"assessments:{row.id}",
                evidence=one.assessment.evidence,
                level=row.level if is_top else action.level,
                laterality=_side_for(action, one, case),
                finding=one.finding if action.site == "breast" else None,
                priority=row.priority if is_top else "routine",
                tighter=row if is_top else None,
            ),
        )
    if row.series and not is_running(case, one):
        yield from _later_visits(one, case)


def _next_step(one: Assessed, step: Recommendation, case: Case) -> Iterator[Wanted]:
    """The report's own next visit, at the category's level and at least at its side."""
    action = planned_action(case.planning.actions[step.action], step, case.planning)
    months = step.interval_months or 0
    side = "bilateral" if step.laterality == "bilateral" else one.laterality
    cause = Cause(
        rule=f"assessments:{one.row.id}",
        evidence=one.assessment.evidence,
        level=one.row.level,
        laterality=side,
        finding=one.finding if side != "bilateral" else None,
        priority=one.row.priority,
        interval_months=months,
        visit=months if action.deferred_level is not None else 0,
    )
    yield wanted(action, case, cause)


def _usual_actions(one: Assessed, case: Case) -> tuple[str, ...]:
    if one.finding:
        is_ours = concerns(one.finding, case.planning, one.row.level)
    else:
        is_ours = any(meets(finding.laterality, one.laterality) for finding in case.concerning_at(one.row.level))
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
        yield wanted(
            case.planning.actions[step.action],
            case,
            Cause(
                rule=f"series:{step.id}",
                evidence=one.assessment.evidence,
                level=one.row.level,
                laterality="bilateral" if step.side == "bilateral" else one.laterality,
                interval_months=step.months,
                options=step.options,
                visit=step.months,
            ),
        )


def running_step(case: Case, one: Assessed) -> Recommendation | None:
    """
    The next visit as the report names it, where a follow-up series is running; else None.

    A series runs when the report compares with an earlier category of the same series. What the radiologist then names
    is the next step of that series, if it is a step that the series has; it is not restarted.
    """
    steps = case.planning.series.get(one.row.series, ())
    if not steps or not is_running(case, one):
        return None
    allowed = {steps[0].months, *(later.months - earlier.months for earlier, later in pairwise(steps))}
    visits = {step.action for step in steps}
    named = [
        asked
        for asked in case.reading.recommendations
        if asked.interval_months and asked.action in visits and meets(asked.laterality, one.laterality)
    ]
    if not named or any(asked.interval_months not in allowed for asked in named):
        return None
    return min(named, key=lambda asked: asked.interval_months or 0)


def is_running(case: Case, one: Assessed) -> bool:
    """Whether an earlier category of the same series is on record for all of this one's side."""
    if not one.row.series:
        return False
    sides = {
        prior.laterality
        for prior in case.reading.assessments
        if prior.status == "prior" and case.planning.assessment(prior.scale, prior.category).series == one.row.series
    }
    if one.laterality == "unknown" or sides & {"unknown", "bilateral", one.laterality}:
        return bool(sides)
    return sides >= {"left", "right"}  # of both breasts, one alone has still to begin
