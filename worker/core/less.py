"""
Where the report asks for less than its category calls for (C-04), and what becomes of it.

The category's plan stands. What was asked for instead stays in the plan where it is something of its own; routine
screening of a breast that is to be worked up is not: it would read as the answer, so only the question names it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from worker.core.asked import action_of, level_of, side_of_recommendation
from worker.core.case import Assessed, Case, meets
from worker.core.categories import running_step
from worker.core.model import Laterality, Recommendation
from worker.core.rules.plan_rows import ActionRow

__all__ = ["Asked", "asked_for_less", "directions", "is_set_aside", "without_set_aside"]

_ROUTINE = 1
_OTHER: dict[Laterality, Laterality] = {"left": "right", "right": "left"}


class Asked(NamedTuple):
    """A recommendation that says what comes next for a finding, on the ladder."""

    recommendation: Recommendation
    action: ActionRow
    level: int
    laterality: Laterality


def directions(case: Case) -> Iterator[Asked]:
    """The recommendations that say what comes next."""
    for recommendation in case.reading.recommendations:
        action = action_of(recommendation, case.planning)
        if action and action.direction:
            level = level_of(action, recommendation.interval_months or 0)
            yield Asked(recommendation, action, level, side_of_recommendation(recommendation, action, case))


def asked_for_less(case: Case) -> Iterator[tuple[Asked, Assessed]]:
    """Each recommendation below a category of its side, unless the report also asks for what the category calls for."""
    asked = tuple(directions(case))
    for one in case.assessed:
        if one.row.level:
            yield from ((item, one) for item in _below(one, asked, case))


def _below(one: Assessed, asked: tuple[Asked, ...], case: Case) -> list[Asked]:
    here = [item for item in asked if meets(item.laterality, one.laterality)]
    step = running_step(case, one)
    if step and all(item.recommendation is step or item.level >= one.row.contradicted_below for item in here):
        return []
    if any(item.level >= one.row.contradicted_below and not _is_too_late(item, one, case) for item in here):
        return []
    return here


def _is_too_late(item: Asked, one: Assessed, case: Case) -> bool:
    """Whether the next visit comes after the series' own first one."""
    steps = case.planning.series.get(one.row.series, ())
    months = item.recommendation.interval_months or 0
    return bool(steps) and item.level <= one.row.level and months > steps[0].months


def is_set_aside(recommendation: Recommendation, case: Case) -> bool:
    """Whether it is routine screening of a breast whose category calls for more."""
    return _kept(recommendation, tuple(asked_for_less(case))) != recommendation


def without_set_aside(case: Case) -> Case:
    """The case as it is planned: routine screening that a category contradicts keeps to the other breast, or goes."""
    recommendations = case.reading.recommendations
    less = tuple(asked_for_less(case)) if recommendations else ()
    if not less:
        return case
    kept = tuple(one for each in recommendations if (one := _kept(each, less)) is not None)
    return replace(case, reading=replace(case.reading, recommendations=kept))


def _kept(recommendation: Recommendation, less: tuple[tuple[Asked, Assessed], ...]) -> Recommendation | None:
    """The recommendation as it is planned; None if nothing is left of it."""
    found = [(item, one) for item, one in less if item.recommendation is recommendation]
    worked_up = {one.laterality for item, one in found if item.level == _ROUTINE < one.row.level}
    if not worked_up:
        return recommendation
    other = _OTHER.get(next(iter(worked_up))) if len(worked_up) == 1 else None
    is_for_both = found[0][0].action.site == "both" and recommendation.laterality in ("unknown", "bilateral")
    return replace(recommendation, laterality=other) if other and is_for_both else None
