"""
The action ladder: what several sources want becomes one list of activities, highest level and earliest date per site.

In: wanted activities, each from one category, recommendation, tissue result or risk. Out: the plan's activities, merged
so that no action, side, place, date or reason is lost.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, TypeVar, get_args

from worker.core.case import Case, joined, meets
from worker.core.model import Activity, Evidence, Finding, Laterality
from worker.core.rules.plan_rows import ActionRow, AssessmentRow, PathologyRow, Priority
from worker.core.rules.planning import Planning
from worker.core.screening import screening_interval
from worker.core.windows import months_of, window_of

__all__ = ["Cause", "Wanted", "merge", "wanted"]

T = TypeVar("T")

_PRIORITIES: tuple[Priority, ...] = get_args(Priority)


class Wanted(NamedTuple):
    """One activity that one source wants; ``visit`` is 0 for the next visit, months for a later one of a series."""

    activity: Activity
    visit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """
    Why an activity is wanted, and what its source says of it.

    ``level`` None takes the action's own step of the ladder; ``interval_months`` None its own span, or the programme's
    interval. ``tighter`` is the row whose dates replace the action's own.
    """

    rule: str
    evidence: tuple[Evidence, ...] = ()
    level: int | None = None
    laterality: Laterality = "unknown"
    finding: Finding | None = None
    priority: Priority = "routine"
    interval_months: int | None = None
    tighter: AssessmentRow | PathologyRow | None = None
    options: tuple[str, ...] = ()
    visit: int = 0


def wanted(row: ActionRow, case: Case, cause: Cause) -> Wanted:
    """The activity of an action with its dates and place."""
    months = _interval(row, case, cause)
    spans = case.planning.action(row.deferred_like) if months and row.deferred_like else None
    window = window_of(spans or row, case.starts, months, cause.tighter)
    place = cause.finding if row.site == "breast" and cause.finding else _only_place(case, cause, row)
    activity = Activity(
        action=row.id,
        level=row.level if cause.level is None else cause.level,
        laterality="bilateral" if row.site == "both" and cause.laterality == "unknown" else cause.laterality,
        quadrant=place.quadrant if place else None,
        clock=place.clock if place else None,
        earliest=window.earliest,
        due=window.due,
        overdue=window.overdue,
        breach=window.breach,
        timing=None if window.due else row.undated or None,
        interval_months=months_of(row, months),
        priority=cause.priority,
        owner=row.owner,
        rules=(cause.rule, f"plans:{row.id}"),
        evidence=cause.evidence,
        options=cause.options,
    )
    return Wanted(activity, cause.visit)


def _interval(row: ActionRow, case: Case, cause: Cause) -> int | None:
    if cause.interval_months is None and row.interval_from == "programme":
        return screening_interval(case)
    return cause.interval_months


def _only_place(case: Case, cause: Cause, row: ActionRow) -> Finding | None:
    """The finding that the action is about, if there is only one that it can be about."""
    if row.site != "breast" or cause.laterality not in ("left", "right"):
        return None
    level = row.level if cause.level is None else cause.level
    found = [finding for finding in case.explaining_at(level) if meets(finding.laterality, cause.laterality)]
    return found[0] if len({(finding.quadrant, finding.clock) for finding in found}) == 1 else None


def merge(items: Iterable[Wanted], case: Case) -> tuple[Activity, ...]:
    """One list: same action, site and visit become one; general ones join the special ones that fulfil them; sorted."""
    planning = case.planning
    settled = _same(_across_sides(items, planning))
    settled = _absorb(settled, _is_said_more_exactly)
    settled = _absorb(settled, lambda general, special: _is_fulfilled(general, special, planning))
    settled = _same([_for_calcifications(item, case) for item in settled])
    settled.sort(key=lambda item: (item.visit, _order(item, planning)))
    return tuple(item.activity for item in settled)


def _order(item: Wanted, planning: Planning) -> int:
    row = planning.action(item.activity.action)
    return row.order if row else 0


def _across_sides(items: Iterable[Wanted], planning: Planning) -> list[Wanted]:
    """What is for the person, or for both breasts, is one visit however many sides want it."""
    found: dict[tuple[object, ...], Wanted] = {}
    for number, item in enumerate(items):
        row = planning.action(item.activity.action)
        is_local = row is None or row.site == "breast"
        key = (item.activity.action, item.visit, number if is_local else None)
        if key in found:
            sides = joined((found[key].activity.laterality, item.activity.laterality))
            found[key] = _join(found[key], item, sides)
        else:
            found[key] = item
    return list(found.values())


def _same(items: Sequence[Wanted]) -> list[Wanted]:
    found: dict[tuple[object, ...], Wanted] = {}
    for item in items:
        one = item.activity
        key = (one.action, one.laterality, one.quadrant, one.clock, item.visit)
        found[key] = _join(found[key], item) if key in found else item
    return list(found.values())


def _absorb(items: Sequence[Wanted], is_covered: Callable[[Wanted, Wanted], bool]) -> list[Wanted]:
    """Each item that others cover is joined into all of them, so that its dates and reasons stay."""
    covered = [any(is_covered(item, other) for other in items if other is not item) for item in items]
    kept = [item for item, is_gone in zip(items, covered, strict=True) if not is_gone]
    result = list(kept)
    for item in (item for item, is_gone in zip(items, covered, strict=True) if is_gone):
        for place, cover in enumerate(kept):
            if is_covered(item, cover):
                result[place] = _join(result[place], item)
    return result


def _is_said_more_exactly(item: Wanted, other: Wanted) -> bool:
    """Whether the other is the same action with a side or place that this one leaves open."""
    one, more = item.activity, other.activity
    if (one.action, item.visit) != (more.action, other.visit) or _site(one) == _site(more):
        return False
    is_there = one.laterality in ("unknown", more.laterality) or more.laterality == "bilateral"
    return is_there and _place(one) in ((None, None), _place(more))


def _is_fulfilled(item: Wanted, other: Wanted, planning: Planning) -> bool:
    """Whether the other is a special form of this general action, at the same site."""
    row = planning.action(other.activity.action)
    if row is None or row.kind_of != item.activity.action or item.visit != other.visit:
        return False
    one, special = item.activity, other.activity
    is_there = one.laterality in ("unknown", special.laterality) or special.laterality == "bilateral"
    return is_there and _place(one) in ((None, None), _place(special))


def _place(activity: Activity) -> tuple[str | None, int | None]:
    return activity.quadrant, activity.clock


def _site(activity: Activity) -> tuple[Laterality, str | None, int | None]:
    return activity.laterality, activity.quadrant, activity.clock


def _join(one: Wanted, other: Wanted, laterality: Laterality | None = None) -> Wanted:
    """Both in one, on the first's side unless another is given: the higher level, earlier dates, all reasons."""
    first, second = one.activity, other.activity
    sooner = second if _day(second) < _day(first) else first
    activity = replace(
        first,
        level=max(first.level, second.level),
        laterality=laterality or first.laterality,
        earliest=sooner.earliest,
        due=sooner.due,
        overdue=_soonest(first.overdue, second.overdue),
        breach=_soonest(first.breach, second.breach),
        timing=sooner.timing,
        interval_months=sooner.interval_months,
        priority=max(first.priority, second.priority, key=_PRIORITIES.index),
        rules=_all(first.rules, second.rules),
        evidence=_all(first.evidence, second.evidence),
        options=_all(first.options, second.options),
    )
    return Wanted(activity, one.visit)


def _day(activity: Activity) -> date:
    return activity.due or date.max


def _soonest(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


def _all(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _for_calcifications(item: Wanted, case: Case) -> Wanted:
    """A general action becomes its form for calcifications where calcifications can be what it is about."""
    activity = item.activity
    row = case.planning.action(activity.action)
    if row is None or not row.calcification_form:
        return item
    concerning = case.concerning_at(activity.level)
    found = [finding for finding in concerning if meets(finding.laterality, activity.laterality)]
    if not any(not set(finding.associated) & set(row.form_open_with) for finding in found):
        return item
    form = row.calcification_form
    return item._replace(activity=replace(activity, action=form, rules=(*activity.rules, f"plans:{form}")))
