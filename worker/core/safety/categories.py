"""Questions about categories and scales: C-01, C-06, C-09, C-10, C-22, and a series that is running (P-03)."""

from collections.abc import Iterator
from itertools import combinations

from worker.core.case import Assessed, Case, meets
from worker.core.categories import is_running
from worker.core.safety.raised import Raised

__all__ = ["category_questions", "described"]

_WIDTH = {"finding": 0, "breast": 1, "overall": 2}
# Level of a proven cancer on the action ladder: it ranks no other lesion, so it disagrees with none.
_PROVEN = 6


def category_questions(case: Case) -> Iterator[Raised]:
    """No category, an unknown scale, several that do not agree, or one that presumes a work-up."""
    yield from _missing(case)
    for one in case.assessed:
        yield from _by_its_row(one, case)
    yield from _scales(case)
    yield from _disagreeing(case)
    yield from _beside_a_known_cancer(case)


def described(case: Case) -> tuple[str, ...]:
    """The descriptors of the present findings, each once."""
    words = (word for finding in case.findings for word in (*finding.morphology, finding.distribution) if word)
    return tuple(dict.fromkeys(words))


def _missing(case: Case) -> Iterator[Raised]:
    """C-01, except in a pathology report, which has no category; without a diagnosis that one is C-12."""
    if case.assessed or any(doubt.rule == "C-01" for doubt in case.reading.doubts):
        return
    is_tissue = case.report.purpose == "pathology"
    if is_tissue and not case.reading.pathology:
        yield Raised("C-12", "pending", ids=("pathology",))
    elif not is_tissue and not _is_tissue_only(case):
        yield Raised("C-01", evidence=tuple(item for f in case.findings for item in f.evidence), ids=described(case))


def _is_tissue_only(case: Case) -> bool:
    return bool(case.reading.pathology) and not case.findings and case.report.purpose == "unknown"


def _by_its_row(one: Assessed, case: Case) -> Iterator[Raised]:
    category, evidence = one.assessment.category, one.assessment.evidence
    if one.row.hold_rule:
        rule, _, kind = one.row.hold_rule.partition(":")
        yield Raised(rule, kind, evidence, category=category)
    if one.row.work_up_first and case.report.purpose == "screening":
        yield Raised("C-06", evidence=evidence, category=category)
    if is_running(case, one):
        prior = next(a for a in case.reading.assessments if a.status == "prior")
        yield Raised("P-03", evidence=evidence, category=category, other=prior.category)


def _scales(case: Case) -> Iterator[Raised]:
    """C-10: two scales that call for different actions."""
    known = [one for one in case.assessed if one.row.level]
    for one, other in combinations(known, 2):
        if one.assessment.scale != other.assessment.scale and one.row.level != other.row.level:
            yield _pair("C-10", "scales", one, other)


def _disagreeing(case: Case) -> Iterator[Raised]:
    """C-09: two categories for one site, or an overall one that its parts do not make."""
    known = [one for one in case.assessed if one.row.level and one.row.level != _PROVEN]
    for one, other in combinations(known, 2):
        if one.row.level != other.row.level and _is_same_question(one, other) and _clashes(one, other):
            yield _pair("C-09", "categories", one, other)
    yield from _overall_above_both(known)


def _is_same_question(one: Assessed, other: Assessed) -> bool:
    """Same scale and method: M2 with U4 are two methods that may differ."""
    first, second = one.assessment, other.assessment
    return first.scale == second.scale and _method(first.category) == _method(second.category)


def _method(category: str) -> str:
    return category.rstrip("0123456789") if category[:1].isalpha() else ""


def _clashes(one: Assessed, other: Assessed) -> bool:
    scopes = {one.assessment.scope, other.assessment.scope}
    if scopes == {"overall"}:
        return True
    if scopes == {"breast"}:
        return one.assessment.laterality == other.assessment.laterality
    if scopes == {"finding"}:
        return False
    whole, part = (one, other) if _WIDTH[one.assessment.scope] > _WIDTH[other.assessment.scope] else (other, one)
    return whole.row.rank < part.row.rank and meets(whole.assessment.laterality, part.laterality)


def _overall_above_both(known: list[Assessed]) -> Iterator[Raised]:
    parts = [one for one in known if one.assessment.scope == "breast"]
    if not {"left", "right"} <= {one.assessment.laterality for one in parts}:
        return
    for overall in (one for one in known if one.assessment.scope == "overall"):
        same_scale = [one for one in parts if one.assessment.scale == overall.assessment.scale]
        highest = max(same_scale, key=lambda one: one.row.level, default=None)
        if highest and highest.row.level < overall.row.level:
            yield _pair("C-09", "categories", overall, highest)


def _beside_a_known_cancer(case: Case) -> Iterator[Raised]:
    """C-22: a proven cancer and another lesion, assessed or described, that it must not hide."""
    for proven in (one for one in case.assessed if one.row.level == _PROVEN):
        others = [one for one in case.assessed if 1 < one.row.level != _PROVEN]
        elsewhere = [f for f in case.concerning_at(_PROVEN) if not meets(f.laterality, proven.laterality)]
        if others or elsewhere:
            ids = (*(one.assessment.category for one in others), *(finding.laterality for finding in elsewhere))
            yield Raised("C-22", evidence=proven.assessment.evidence, category=proven.assessment.category, ids=ids)


def _pair(rule: str, kind: str, one: Assessed, other: Assessed) -> Raised:
    pair = (one.assessment, other.assessment)
    names = tuple(sorted(f"{a.scale} {a.category} ({a.scope}, {a.laterality})" for a in pair))
    evidence = tuple(item for a in pair for item in a.evidence)
    return Raised(rule, kind, evidence, category=one.assessment.category, other=other.assessment.category, ids=names)
