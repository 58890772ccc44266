"""Questions where the report's own recommendation and its category differ: C-04 (less), C-05 (more)."""

from collections.abc import Iterator
from typing import NamedTuple

from worker.core.asked import action_of, level_of, side_of_recommendation
from worker.core.case import Assessed, Case, meets
from worker.core.categories import running_step
from worker.core.model import Laterality, Recommendation
from worker.core.rules.plan_rows import ActionRow
from worker.core.safety.raised import Raised

__all__ = ["recommendation_questions"]


class _Asked(NamedTuple):
    recommendation: Recommendation
    action: ActionRow
    level: int
    laterality: Laterality


def recommendation_questions(case: Case) -> Iterator[Raised]:
    """Recommendations below and above the category of their side, and those that no row names."""
    asked = tuple(_directions(case))
    for one in case.assessed:
        if one.row.level:
            yield from _less(one, asked, case)
    yield from _more(asked, case)
    for recommendation in case.reading.recommendations:
        if case.planning.action(recommendation.action) is None:
            yield Raised("C-09", "recommendation", recommendation.evidence)


def _directions(case: Case) -> Iterator[_Asked]:
    """The recommendations that say what comes next for a finding, on the ladder."""
    for recommendation in case.reading.recommendations:
        action = action_of(recommendation, case.planning)
        if action and action.direction:
            level = level_of(action, recommendation.interval_months or 0)
            yield _Asked(recommendation, action, level, side_of_recommendation(recommendation, action, case))


def _less(one: Assessed, asked: tuple[_Asked, ...], case: Case) -> Iterator[Raised]:
    """C-04, unless the report also asks for what the category calls for at this side."""
    here = [item for item in asked if meets(item.laterality, one.laterality)]
    step = running_step(case, one)
    if step and all(item.recommendation is step or item.level >= one.row.contradicted_below for item in here):
        return
    if any(item.level >= one.row.contradicted_below and not _is_too_late(item, one, case) for item in here):
        return
    for item in here:
        yield _raised("C-04", item, one)


def _is_too_late(item: _Asked, one: Assessed, case: Case) -> bool:
    """Whether the next visit comes after the series' own first one."""
    steps = case.planning.series.get(one.row.series, ())
    months = item.recommendation.interval_months or 0
    return bool(steps) and item.level <= one.row.level and months > steps[0].months


def _more(asked: tuple[_Asked, ...], case: Case) -> Iterator[Raised]:
    """C-05: more than any category of its side calls for."""
    known = [one for one in case.assessed if one.row.level]
    for item in asked:
        here = [one for one in known if meets(one.laterality, item.laterality)]
        highest = max(here, key=lambda one: one.row.level, default=None)
        if highest and item.level > highest.row.level:
            yield _raised("C-05", item, highest)


def _raised(rule: str, item: _Asked, one: Assessed) -> Raised:
    months = item.recommendation.interval_months
    name = f"{item.action.name} in {months} months" if months else item.action.name
    evidence = (*item.recommendation.evidence, *one.assessment.evidence)
    return Raised(rule, "", evidence, one.assessment.category, side=one.laterality, ids=(name,))
