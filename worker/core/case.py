"""
One reading with what planning needs of it: present findings, current categories with their rows and sides, dates.

In: a reading and its report. Out: a :class:`Case`, which ``plan`` and ``safety`` both start from.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from worker.core.dates import Starts, age_on, starts_of
from worker.core.descriptors import concerns, explains
from worker.core.model import Assessment, Evidence, Finding, Laterality, Reading, Report
from worker.core.observed import every, resource_of
from worker.core.rules import Rules
from worker.core.rules.plan_rows import AssessmentRow, RiskRow
from worker.core.rules.planning import Planning

__all__ = [
    "Assessed",
    "Case",
    "SideFrom",
    "case_of",
    "joined",
    "meets",
]

# Highest level of the action ladder at which a finding is watched and not worked up now.
_WATCHED = 2

SideFrom = Literal["stated", "exam", "category", "finding", "other-finding", "nowhere"]


@dataclass(frozen=True, slots=True)
class Assessed:
    """
    A current category with its row and the side that it is about.

    ``side_from`` says where the side was found; ``finding`` is the one finding that it belongs to, where
    that can be told.
    """

    assessment: Assessment
    row: AssessmentRow
    laterality: Laterality
    side_from: SideFrom
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """
    A report and its reading, ready to be planned.

    ``findings`` are the present ones; ``concerning`` and ``explaining`` those of them that a category may be about, and
    that by themselves say so: first for a category that watches, then for one that works up now. ``risks`` are the rows
    of ``risk.csv`` that apply, with what says so.
    """

    reading: Reading
    report: Report
    planning: Planning
    facts: Mapping[str, str]
    starts: Starts
    today: date
    findings: tuple[Finding, ...] = ()
    concerning: tuple[tuple[Finding, ...], tuple[Finding, ...]] = ((), ())
    explaining: tuple[tuple[Finding, ...], tuple[Finding, ...]] = ((), ())
    assessed: tuple[Assessed, ...] = ()
    risks: tuple[tuple[RiskRow, tuple[Evidence, ...]], ...] = ()

    def findings_on(self, side: Laterality) -> tuple[Finding, ...]:
        """Present findings that may be on this side; all of them for an unknown side."""
        return tuple(finding for finding in self.findings if meets(finding.laterality, side))

    def concerning_at(self, level: int) -> tuple[Finding, ...]:
        """Findings that a category of this level may be about."""
        return self.concerning[level > _WATCHED]

    def explaining_at(self, level: int) -> tuple[Finding, ...]:
        """Findings that by themselves say that a category of this level is about them."""
        return self.explaining[level > _WATCHED]

    def governing(self) -> Assessed | None:
        """The current category of highest concern that can be planned, else of highest concern; None without any."""
        plannable = [one for one in self.assessed if one.row.level] or self.assessed
        return max(plannable, key=lambda one: one.row.rank, default=None)


def case_of(reading: Reading, report: Report, rules: Rules, today: date) -> Case:
    """Look up rows, sides and starting dates once."""
    planning, facts = rules.planning, rules.practice.facts
    findings = tuple(finding for finding in reading.findings if finding.status == "present")
    bare = Case(
        reading,
        report,
        planning,
        facts,
        starts_of(report, facts, today),
        today,
        findings,
        _chosen(findings, planning, concerns),
        _chosen(findings, planning, explains),
    )
    current = [(one, planning.assessment(one.scale, one.category)) for one in reading.assessments]
    current = [(one, row) for one, row in current if one.status == "current"]
    owners = _Owners(findings, report)
    assessed = tuple(_assess(one, row, current, owners, bare) for one, row in current)
    return replace(bare, assessed=assessed, risks=tuple(_risks(bare)))


def _chosen(
    findings: tuple[Finding, ...], planning: Planning, choice: Callable[[Finding, Planning, int], bool]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    watched = tuple(finding for finding in findings if choice(finding, planning, _WATCHED))
    return watched, tuple(finding for finding in findings if choice(finding, planning, _WATCHED + 1))


def meets(one: Laterality, other: Laterality) -> bool:
    """Whether two statements may be about one breast; an unknown side may be about any."""
    return one == other or "unknown" in (one, other) or "bilateral" in (one, other)


def joined(sides: Iterable[Laterality]) -> Laterality:
    """The one side that the sides that are known make together; unknown if none is known."""
    known = {side for side in sides if side != "unknown"}
    if len(known) == 1:
        return known.pop()
    return "bilateral" if known else "unknown"


class _Owners:
    """Findings by the resource that said them."""

    def __init__(self, findings: tuple[Finding, ...], report: Report) -> None:
        self._references = frozenset(one.reference for one in every(report.observations))
        self._findings: dict[str, list[Finding]] = {}
        for finding in findings:
            for resource in {self._resource(item) for item in finding.evidence}:
                self._findings.setdefault(resource, []).append(finding)

    def of(self, evidence: Evidence) -> Sequence[Finding]:
        """Those of the resource that says this, too."""
        return self._findings.get(self._resource(evidence), ())

    def _resource(self, evidence: Evidence) -> str:
        return resource_of(evidence, self._references) or evidence.where.split(".", 1)[0]


def _assess(
    assessment: Assessment,
    row: AssessmentRow,
    current: Sequence[tuple[Assessment, AssessmentRow]],
    owners: _Owners,
    case: Case,
) -> Assessed:
    finding = _its_finding(assessment, owners)
    if assessment.laterality != "unknown":
        return Assessed(assessment, row, assessment.laterality, "stated", finding)
    if finding and finding.laterality != "unknown":
        return Assessed(assessment, row, finding.laterality, "stated", finding)
    side, side_from = _side_of(assessment, row, current, case)
    return Assessed(assessment, row, side, side_from, finding)


def _its_finding(assessment: Assessment, owners: _Owners) -> Finding | None:
    """The only finding of the same resource, such as the Observation whose component the category is."""
    if assessment.scope != "finding":
        return None
    found = {id(one): one for item in assessment.evidence for one in owners.of(item)}
    own = list(found.values())
    return own[0] if len(own) == 1 and meets(own[0].laterality, assessment.laterality) else None


def _side_of(
    assessment: Assessment, row: AssessmentRow, current: Sequence[tuple[Assessment, AssessmentRow]], case: Case
) -> tuple[Laterality, SideFrom]:
    """Where none is stated: the exam's, the same category's elsewhere, that of what explains it, of all findings."""
    same = [other.laterality for other, its in current if its.level == row.level and other.scale == assessment.scale]
    asked = [one.laterality for one in case.reading.recommendations if _is_as_much(one.action, row, case.planning)]
    exam: list[Laterality] = [case.report.laterality] if case.report.laterality in ("left", "right") else []
    sources: tuple[tuple[SideFrom, list[Laterality]], ...] = (
        ("exam", exam),
        ("category", same),
        ("finding", [*asked, *(finding.laterality for finding in case.explaining_at(row.level))]),
        ("other-finding", [finding.laterality for finding in case.findings]),
    )
    for name, sides in sources:
        side = joined(sides)
        if side != "unknown":
            return side, name
    return "unknown", "nowhere"


def _is_as_much(action_id: str, row: AssessmentRow, planning: Planning) -> bool:
    """Whether a recommendation is what this category calls for, so that its side is the category's."""
    action = planning.action(action_id)
    return (
        action is not None
        and action.site == "breast"
        and action.direction
        and action.level >= row.contradicted_below > 1
    )


def _risks(case: Case) -> Iterator[tuple[RiskRow, tuple[Evidence, ...]]]:
    found = {item.risk: item.evidence for item in case.reading.risks}
    if case.reading.symptoms:
        found["symptom"] = case.reading.symptoms
    for row in case.planning.risks.values():
        if row.id in found or (row.is_told and _applies(row, case)):
            yield row, found.get(row.id, ())


def _applies(row: RiskRow, case: Case) -> bool:
    patient = case.report.patient
    if row.gender and row.gender == patient.gender:
        return True
    if case.reading.density is not None and case.reading.density in row.densities:
        return True
    if row.morphologies and any(set(row.morphologies) & set(finding.morphology) for finding in case.findings):
        return True
    if patient.birth_date is None:
        return False
    age = age_on(case.starts.exam, patient.birth_date)
    is_younger = row.age_below is not None and age < row.age_below
    return is_younger or (row.age_above is not None and age > row.age_above)
