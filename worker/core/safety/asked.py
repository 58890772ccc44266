"""Questions where the report's own recommendation and its category differ: C-04 (less), C-05 (more)."""

from collections.abc import Iterator

from worker.core.case import Assessed, Case, meets
from worker.core.less import Asked, asked_for_less, directions
from worker.core.safety.raised import Raised

__all__ = ["recommendation_questions"]


def recommendation_questions(case: Case) -> Iterator[Raised]:
    """Recommendations below and above the category of their side, and those that no row names."""
    for item, one in asked_for_less(case):
        yield _raised("C-04", item, one)
    yield from _more(tuple(directions(case)), case)
    for recommendation in case.reading.recommendations:
        if case.planning.action(recommendation.action) is None:
            yield Raised("C-09", "recommendation", recommendation.evidence)


def _more(asked: tuple[Asked, ...], case: Case) -> Iterator[Raised]:
    """C-05: more than any category of its side calls for."""
    known = [one for one in case.assessed if one.row.level]
    for item in asked:
        here = [one for one in known if meets(one.laterality, item.laterality)]
        highest = max(here, key=lambda one: one.row.level, default=None)
        if highest and item.level > highest.row.level:
            yield _raised("C-05", item, highest)


def _raised(rule: str, item: Asked, one: Assessed) -> Raised:
    months = item.recommendation.interval_months
    name = f"{item.action.name} in {months} months" if months else item.action.name
    evidence = (*item.recommendation.evidence, *one.assessment.evidence)
    return Raised(rule, "", evidence, one.assessment.category, side=one.laterality, ids=(name,))
