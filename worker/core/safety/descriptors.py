"""
Questions that descriptors raise about a category: C-02, C-03, C-07, C-15, C-16, C-19.

They never change a plan: what is usual for a descriptor stands in ``minimum.csv`` and serves to ask, not to assess.
"""

from collections.abc import Iterable, Iterator, Mapping

from worker.core.case import Assessed, Case, joined, meets
from worker.core.descriptors import expected_of, is_benign
from worker.core.model import Finding, Laterality
from worker.core.rules.plan_rows import MinimumRow
from worker.core.safety.raised import Raised

__all__ = ["descriptor_questions"]

# (shape, distribution) -> the sides on which it is described
Sides = Mapping[tuple[str, str | None], set[Laterality]]

_CLASSES = ("unspecific", "benign", "context", "suspicious", "highly-suspicious")
# Highest level of the action ladder at which nobody works the finding up now: routine, or a short interval.
_WATCHED = 2
_TISSUE = (4, 5)


def descriptor_questions(case: Case) -> Iterator[Raised]:
    """What each present finding, and each category with its findings, leaves open."""
    sides = _sides(case.findings)
    for finding in case.findings:
        rows = [row for name in finding.morphology if (row := case.planning.minimums.get(name))]
        worst = max((row.suspicion for row in rows), key=_CLASSES.index, default="unspecific")
        yield from _size(finding, rows)
        if worst == "context":
            yield from _unusual(finding, case)
        for one in _categories_of(finding, case):
            if worst in ("suspicious", "highly-suspicious"):
                yield from _suspicious(finding, worst, one, sides, case)
            elif worst == "context":
                yield from _context(finding, rows, one, sides, case)
    for one in case.assessed:
        yield from _benign(one, case)


def _categories_of(finding: Finding, case: Case) -> tuple[Assessed, ...]:
    """Its own category; else the highest that its breast, or the exam, was given."""
    own = tuple(one for one in case.assessed if one.finding is finding and one.row.level)
    if own:
        return own
    wider = [
        one
        for one in case.assessed
        if one.finding is None and one.row.level and meets(one.laterality, finding.laterality)
    ]
    return tuple(sorted(wider, key=lambda one: one.row.level)[-1:])


def _suspicious(finding: Finding, worst: str, one: Assessed, sides: Sides, case: Case) -> Iterator[Raised]:
    """C-02: watched only; C-03: a low category for what is among the most suspicious."""
    if one.row.level <= _WATCHED:
        usual = expected_of(finding, case.planning, _is_in_both(finding, sides))
        kind = "dismissible" if usual == "2" and one.row.accepts_dismissed else ""
        yield _raised("C-02", kind, finding, one)
    is_ductal = finding.distribution in case.planning.ductal
    if one.row.asks_for_more and (worst == "highly-suspicious" or is_ductal):
        yield _raised("C-03", "", finding, one)


def _context(finding: Finding, rows: list[MinimumRow], one: Assessed, sides: Sides, case: Case) -> Iterator[Raised]:
    """C-07: round or punctate ones that call for more than being watched."""
    if one.row.level > _WATCHED:
        return
    is_raised = any(
        finding.change in row.raising_changes or set(finding.associated) & set(row.raising_associated) for row in rows
    )
    usual = expected_of(finding, case.planning, _is_in_both(finding, sides))
    if is_raised or usual == "4":
        yield _raised("C-07", "", finding, one)
    elif usual == "3" and one.row.level < _WATCHED and finding.change != "stable":
        yield _raised("C-07", "below-minimum", finding, one)


def _unusual(finding: Finding, case: Case) -> Iterator[Raised]:
    """C-15: a ductal distribution of round or punctate ones."""
    if finding.distribution in case.planning.ductal:
        yield Raised("C-15", evidence=finding.evidence, side=finding.laterality, ids=_words(finding))


def _benign(one: Assessed, case: Case) -> Iterator[Raised]:
    """C-16: a category for tissue where every calcification described is typically benign."""
    found = (one.finding,) if one.finding else case.findings_on(one.laterality)
    if one.row.level in _TISSUE and found and all(is_benign(finding, case.planning) for finding in found):
        words = tuple(dict.fromkeys(word for finding in found for word in _words(finding)))
        yield Raised("C-16", evidence=one.assessment.evidence, category=one.assessment.category, ids=words)


def _size(finding: Finding, rows: list[MinimumRow]) -> Iterator[Raised]:
    """C-19: particles that are too small or too large for their name."""
    size = finding.particle_mm
    if size is None:
        return
    odd = tuple(
        row.id
        for row in rows
        if (row.particle_min_mm is not None and size < row.particle_min_mm)
        or (row.particle_max_mm is not None and size > row.particle_max_mm)
    )
    if odd:
        yield Raised("C-19", evidence=finding.evidence, ids=odd)


def _sides(findings: Iterable[Finding]) -> Sides:
    found: dict[tuple[str, str | None], set[Laterality]] = {}
    for finding in findings:
        for shape in finding.morphology:
            found.setdefault((shape, finding.distribution), set()).add(finding.laterality)
    return found


def _is_in_both(finding: Finding, sides: Sides) -> bool:
    """Whether the same shape in the same distribution is described in both breasts."""
    return any(joined(sides[shape, finding.distribution]) == "bilateral" for shape in finding.morphology)


def _raised(rule: str, kind: str, finding: Finding, one: Assessed) -> Raised:
    evidence = (*finding.evidence, *one.assessment.evidence)
    return Raised(rule, kind, evidence, one.assessment.category, side=finding.laterality, ids=_words(finding))


def _words(finding: Finding) -> tuple[str, ...]:
    words = (*finding.morphology, finding.distribution, finding.change, finding.descriptor)
    return tuple(word for word in words if word)
