"""
Which follow-up plans of other reports this exam answers, by the rows of ``endings.csv`` (INV-5).

Nothing ends here. What is found stands in the draft, and ends when a clinician releases it; where anything is not
plain (a side that nobody named, another kind of exam, a step that is no follow-up) nothing is found and C-18 asks.
"""

from collections.abc import Iterable
from datetime import date

from worker.core.case import Assessed, Case
from worker.core.model import Activity, Elsewhere, Laterality, Plan, Visit
from worker.core.rules.life_rows import EndingRow

__all__ = ["answers", "visits_of"]

_BREASTS: dict[Laterality, frozenset[Laterality]] = {
    "left": frozenset({"left"}),
    "right": frozenset({"right"}),
    "bilateral": frozenset({"left", "right"}),
    "unknown": frozenset(),
}
_SAID = ("stated", "exam")


def visits_of(plan: Plan) -> tuple[Visit, ...]:
    """All that a plan asks for, as another report needs to know it."""
    return tuple(Visit(one.action, one.level, one.laterality, one.overdue or one.due) for one in plan.activities)


def answers(case: Case, plan: Plan, other: Elsewhere) -> bool:
    """Whether a row says that a later exam like this one, with categories like these, answers the other plan."""
    return _is_comparable(case, other) and any(_fits(row, case, plan, other) for row in case.planning.endings)


def _is_comparable(case: Case, other: Elsewhere) -> bool:
    """A final report, later than one whose plan is fully known, not in question, and open or ended by this report."""
    is_ours_to_say = other.is_open or other.ended_by == case.report.report_id
    is_later = case.starts.is_exam_known and other.exam_date is not None and other.exam_date < case.starts.exam
    is_plain = bool(other.plan_id and other.visits) and not other.is_held
    return is_ours_to_say and is_later and is_plain and not case.report.is_bare_observation


def _fits(row: EndingRow, case: Case, plan: Plan, other: Elsewhere) -> bool:
    made_by = set(case.report.modalities)
    if (
        other.scale != row.scale
        or other.category not in row.categories
        or not (made_by and made_by <= {*row.modalities})
    ):
        return False
    if any(each.action not in row.actions or each.level > row.most_level for each in other.visits):
        return False
    if any(not _BREASTS[each.laterality] for each in other.visits):
        return False
    seen = {
        breast for breast in _BREASTS["bilateral"] if _is_answered(breast, row, case.assessed, case.report.laterality)
    }
    unseen = [(visit, breast) for visit in other.visits for breast in _BREASTS[visit.laterality] - seen]
    asked = _BREASTS[other.laterality] or {breast for visit in other.visits for breast in _BREASTS[visit.laterality]}
    return asked <= seen and all(_is_carried_on(*each, plan.activities) for each in unseen)


def _is_answered(breast: Laterality, row: EndingRow, assessed: Iterable[Assessed], exam: Laterality) -> bool:
    """Whether the exam names this breast with a category of the row, and no other category may be about it."""
    named = False
    for one in assessed:
        sides = _named_sides(one, exam)
        if sides and breast not in sides:
            continue
        if one.assessment.scale != row.scale or one.assessment.category not in row.ended_by:
            return False
        named = named or breast in sides
    return named


def _named_sides(one: Assessed, exam: Laterality) -> frozenset[Laterality]:
    """The breasts that a category is said to be about; none where only a finding suggests it."""
    if one.side_from in _SAID:
        return _BREASTS[one.laterality]
    return _BREASTS[exam] if one.assessment.scope == "overall" else frozenset()


def _is_carried_on(visit: Visit, breast: Laterality, activities: Iterable[Activity]) -> bool:
    """Whether this plan sees a breast that its exam did not see, by as much and no later."""
    return any(
        each.level >= visit.level and breast in _BREASTS[each.laterality] and (each.due or date.max) <= visit.until
        for each in activities
        if visit.until is not None
    )
