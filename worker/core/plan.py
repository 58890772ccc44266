"""
Findings, assessments, pathology and risk -> Plan, by the tables.

In: what was read, the report, the tables, the facility's date. Out: the plan that is never less than what the
radiologist assessed or recommended: each source says what it wants, ``ladder`` takes the highest level and the earliest
date of each site.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from worker.core.asked import wanted_by_recommendations
from worker.core.case import Assessed, Case, case_of, joined
from worker.core.categories import wanted_by_categories
from worker.core.dates import StartOf
from worker.core.ladder import Wanted, merge
from worker.core.less import without_set_aside
from worker.core.model import Clock, Laterality, Plan, Reading, Report
from worker.core.risks import notes_of, wanted_by_risks
from worker.core.rules import Rules
from worker.core.rules.plan_rows import AssessmentRow
from worker.core.tissue import wanted_by_tissue

__all__ = ["make_plan", "plan_of"]

_BY_CATEGORY = ("assessments:", "series:")


def make_plan(reading: Reading, report: Report, rules: Rules, today: date) -> Plan:
    """
    The plan that is never less than the radiologist said.

    Returns:
        Activities in the order in which they are done, later visits of a series last. A reading that says nothing gives
        a plan of level 0 without activities and the shortest letter clock: nobody knows yet what it will be.
    """
    return plan_of(case_of(reading, report, rules, today))


def plan_of(case: Case) -> Plan:
    """The plan of a case."""
    items = [
        *wanted_by_categories(case),
        *wanted_by_recommendations(without_set_aside(case)),
        *wanted_by_tissue(case),
        *wanted_by_risks(case),
    ]
    activities = merge(items, case)
    governing = case.governing()
    known = governing.assessment if governing and (governing.row.level or governing.row.category != "*") else None
    return Plan(
        level=max((activity.level for activity in activities), default=0),
        category=known.category if known else None,
        scale=known.scale if known else None,
        laterality=_side(case, governing, items),
        activities=activities,
        clocks=_clocks(case),
        notes=notes_of(case),
        rules=tuple(dict.fromkeys(rule for activity in activities for rule in activity.rules)),
    )


def _clocks(case: Case) -> tuple[Clock, ...]:
    """Each clock once, the soonest of its kind; the letter's first."""
    rows = [one.row for one in case.assessed] or [case.planning.assessment("unknown", "*")]
    clocks: dict[str, Clock] = {}
    for row in rows:
        for clock in (_letter_clock(row, case), *_other_clocks(row, case)):
            other = clocks.get(clock.text)
            if other is None or (clock.due or date.max) < (other.due or date.max):
                clocks[clock.text] = clock
    return tuple(clocks.values())


def _letter_clock(row: AssessmentRow, case: Case) -> Clock:
    text = case.planning.clocks["letter"].text
    return _clock(f"assessments:{row.id}", row.letter_starts, row.letter_days, text, case)


def _other_clocks(row: AssessmentRow, case: Case) -> Iterator[Clock]:
    for name in row.clocks:
        clock = case.planning.clocks[name]
        yield _clock(f"clocks:{name}", clock.starts, clock.days, clock.text, case)


def _clock(rule: str, start_of: StartOf, days: int, text: str, case: Case) -> Clock:
    starts = case.starts.of(start_of)
    return Clock(rule, starts, starts + timedelta(days=days), text)


def _side(case: Case, governing: Assessed | None, items: Sequence[Wanted]) -> Laterality:
    """
    The side of the category that governs; where tissue or the report asks for more, or without one, that of those.

    Among categories their order of concern decides and not the ladder: a known cancer is no reason to name its side
    beside the category of a new lesion in the other breast.
    """
    known = governing is not None and governing.row.level > 0
    asked = [item.activity for item in items if not (known and item.activity.rules[0].startswith(_BY_CATEGORY))]
    level = max((activity.level for activity in asked), default=0)
    if governing and known and governing.row.level >= level:
        return joined(one.laterality for one in case.assessed if one.row.level == governing.row.level)
    return joined(activity.laterality for activity in asked if activity.level == level)
