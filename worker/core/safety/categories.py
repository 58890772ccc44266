"""Questions about categories and scales: C-01, C-06, C-09, C-10."""

from collections.abc import Iterator

from worker.core.case import Case
from worker.core.safety.raised import Raised

__all__ = ["category_questions"]


def category_questions(case: Case) -> Iterator[Raised]:
    """No category, an unknown scale, several that do not agree, or one that presumes a work-up."""
    if not case.assessed:
        yield Raised("C-01")
    for one in case.assessed:
        if one.row.hold_rule:
            rule, _, kind = one.row.hold_rule.partition(":")
            yield Raised(rule, kind, one.assessment.evidence, category=one.assessment.category)
