"""Questions about which breast is meant: C-08, and C-01 where suspicious calcifications of one have no category."""

from collections.abc import Iterator

from worker.core.case import Case, meets
from worker.core.descriptors import expected_of
from worker.core.less import Asked, directions
from worker.core.model import Finding, Laterality, Plan
from worker.core.safety.raised import Raised

__all__ = ["side_questions"]

# Highest level of the action ladder without a work-up now; from here on a side matters.
_WATCHED = 2
_OTHER: dict[Laterality, Laterality] = {"left": "right", "right": "left"}
_SUSPICIOUS = {"suspicious", "highly-suspicious"}


def side_questions(case: Case, plan: Plan) -> Iterator[Raised]:
    """A side that is missing, taken from elsewhere, or not the one that another part of the report speaks of."""
    yield from _missing(case, plan)
    yield from _inferred(case)
    asked = tuple(item for item in directions(case) if item.level > 1)
    yield from _of_the_exam(case, asked)
    yield from _of_the_request(case, asked)
    yield from _without_a_category(case)


def _missing(case: Case, plan: Plan) -> Iterator[Raised]:
    """An activity that needs a side has none."""
    open_ones = [
        a for a in plan.activities if a.laterality == "unknown" and a.level >= _WATCHED and _is_local(a.action, case)
    ]
    if open_ones:
        evidence = tuple(item for activity in open_ones for item in activity.evidence)
        names = [row.name for activity in open_ones if (row := case.planning.action(activity.action))]
        yield Raised("C-08", "no-side", evidence, ids=tuple(dict.fromkeys(names)))


def _is_local(action: str, case: Case) -> bool:
    row = case.planning.action(action)
    return row is not None and row.site == "breast"


def _inferred(case: Case) -> Iterator[Raised]:
    """A category has its side only from findings that may be others."""
    for one in case.assessed:
        is_guessed = one.side_from == "other-finding" or (one.side_from == "finding" and one.laterality == "bilateral")
        if is_guessed and one.row.level >= _WATCHED:
            yield Raised("C-08", "inferred", one.assessment.evidence, one.assessment.category, side=one.laterality)


def _of_the_exam(case: Case, asked: tuple[Asked, ...]) -> Iterator[Raised]:
    """The exam is of one breast by its code, and something is to be done at the other."""
    exam = case.report.laterality
    other = _OTHER.get(exam)
    if other is None:
        return
    for one in case.assessed:
        if one.laterality == other and one.row.level >= _WATCHED:
            evidence, category = one.assessment.evidence, one.assessment.category
            yield Raised("C-08", "exam-side", evidence, category, side=other, ids=(exam,))
    for item in asked:
        if item.laterality == other and _is_local(item.action.id, case):
            yield Raised("C-08", "exam-side", item.recommendation.evidence, side=other, ids=(exam,))


def _of_the_request(case: Case, asked: tuple[Asked, ...]) -> Iterator[Raised]:
    """What a category calls for is asked for, but at the other breast, about which nothing calls for it."""
    for one in case.assessed:
        other, least = _OTHER.get(one.laterality), one.row.contradicted_below
        if other is None or one.row.level <= _WATCHED or _calls(other, case):
            continue
        as_much = [item for item in asked if item.level >= least and _is_local(item.action.id, case)]
        if as_much and all(item.laterality == other for item in as_much):
            evidence = (*one.assessment.evidence, *as_much[0].recommendation.evidence)
            ids = (as_much[0].action.name, other)
            yield Raised("C-08", "request-side", evidence, one.assessment.category, side=one.laterality, ids=ids)


def _calls(side: Laterality, case: Case) -> bool:
    """Whether a category above routine or suspicious calcifications are on this side."""
    return any(meets(one.laterality, side) and one.row.level >= _WATCHED for one in case.assessed) or any(
        meets(finding.laterality, side) and _is_suspicious(finding, case) for finding in case.findings
    )


def _without_a_category(case: Case) -> Iterator[Raised]:
    """C-01: suspicious calcifications of one breast, and categories of the other alone."""
    known = [one.laterality for one in case.assessed if one.row.level]
    for finding in case.findings if known else ():
        is_covered = any(meets(finding.laterality, side) for side in known)
        if not is_covered and _is_suspicious(finding, case):
            words = tuple(word for word in (*finding.morphology, finding.distribution) if word)
            yield Raised("C-01", "side", finding.evidence, side=finding.laterality, ids=words)


def _is_suspicious(finding: Finding, case: Case) -> bool:
    if finding.descriptor == "suspicious":
        return True
    rows = (case.planning.minimums.get(name) for name in finding.morphology)
    is_named = any(row and row.suspicion in _SUSPICIOUS for row in rows)
    return is_named and expected_of(finding, case.planning) != "2"
