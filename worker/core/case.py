"""
One reading with what planning needs of it: present findings, current categories with their rows and sides, dates.

In: a reading and its report. Out: a :class:`Case`, which ``plan`` and ``safety`` both start from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from worker.core.dates import Starts, starts_of
from worker.core.model import Assessment, Finding, Laterality, Reading, Report
from worker.core.rules import Rules
from worker.core.rules.plan_rows import AssessmentRow
from worker.core.rules.planning import Planning

__all__ = [
    "Assessed",
    "Case",
    "SideFrom",
    "case_of",
    "concerns",
    "expected_of",
    "explains",
    "is_benign",
    "joined",
    "meets",
]

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
    """A report and its reading, ready to be planned; ``findings`` are the present ones only."""

    reading: Reading
    report: Report
    planning: Planning
    facts: Mapping[str, str]
    starts: Starts
    today: date
    findings: tuple[Finding, ...] = ()
    assessed: tuple[Assessed, ...] = ()

    def findings_on(self, side: Laterality) -> tuple[Finding, ...]:
        """Present findings that may be on this side; all of them for an unknown side."""
        return tuple(finding for finding in self.findings if meets(finding.laterality, side))

    def governing(self) -> Assessed | None:
        """The current category of highest concern that can be planned, else of highest concern; None without any."""
        plannable = [one for one in self.assessed if one.row.level] or self.assessed
        return max(plannable, key=lambda one: one.row.rank, default=None)


def case_of(reading: Reading, report: Report, rules: Rules, today: date) -> Case:
    """Look up rows, sides and starting dates once."""
    starts = starts_of(report, rules.practice.facts, today)
    findings = tuple(finding for finding in reading.findings if finding.status == "present")
    planning = rules.planning
    current = tuple(
        (one, planning.assessment(one.scale, one.category)) for one in reading.assessments if one.status == "current"
    )
    bare = Case(reading, report, planning, rules.practice.facts, starts, today, findings)
    assessed = tuple(_assess(one, row, current, bare) for one, row in current)
    return Case(reading, report, planning, rules.practice.facts, starts, today, findings, assessed)


def meets(one: Laterality, other: Laterality) -> bool:
    """Whether two statements may be about one breast; an unknown side may be about any."""
    return one == other or "unknown" in (one, other) or "bilateral" in (one, other)


def joined(sides: Iterable[Laterality]) -> Laterality:
    """The one side that the sides that are known make together; unknown if none is known."""
    known = {side for side in sides if side != "unknown"}
    if len(known) == 1:
        return known.pop()
    return "bilateral" if known else "unknown"


def is_benign(finding: Finding, planning: Planning) -> bool:
    """Whether every word for it is typically benign; nothing said is not benign."""
    if finding.descriptor == "suspicious":
        return False
    classes = {row.suspicion for name in finding.morphology if (row := planning.minimums.get(name))}
    return classes == {"benign"} or (
        finding.descriptor == "benign-appearing" and not classes & {"suspicious", "highly-suspicious"}
    )


def expected_of(finding: Finding, planning: Planning, in_both_breasts: bool = False) -> str:
    """The least category that is usual for it: ``2``, ``3``, ``4``, ``review`` or empty; the highest of its shapes."""
    order = ("", "2", "review", "3", "4")
    names = finding.morphology or ("generic",)
    cells = (_cell(name, finding, planning, in_both_breasts) for name in names)
    return max(cells, key=order.index, default="")


def _cell(morphology: str, finding: Finding, planning: Planning, in_both_breasts: bool) -> str:
    row = planning.minimums.get(morphology)
    if row is None:
        return ""
    is_bilateral = in_both_breasts or finding.laterality == "bilateral"
    by_distribution = {
        "diffuse": row.diffuse_bilateral if is_bilateral else row.diffuse,
        "regional": row.regional,
        "grouped": row.grouped_bilateral if is_bilateral else row.grouped,
        "linear": row.linear,
        "segmental": row.segmental,
    }
    return by_distribution.get(finding.distribution or "", row.unspecified)


def concerns(finding: Finding, planning: Planning) -> bool:
    """Whether a category above routine may be about this finding: it is neither typically benign nor usual at 2."""
    if finding.descriptor == "suspicious":
        return True
    return not is_benign(finding, planning) and expected_of(finding, planning) != "2"


def explains(finding: Finding, planning: Planning) -> bool:
    """Whether this finding by itself says that a category above routine is about it."""
    if not concerns(finding, planning):
        return False
    is_named = any(name for name in finding.morphology if name != "generic")
    return bool(is_named or finding.distribution or finding.descriptor or finding.change or finding.associated)


def _assess(
    assessment: Assessment, row: AssessmentRow, current: tuple[tuple[Assessment, AssessmentRow], ...], case: Case
) -> Assessed:
    finding = _its_finding(assessment, case)
    if assessment.laterality != "unknown":
        return Assessed(assessment, row, assessment.laterality, "stated", finding)
    if finding and finding.laterality != "unknown":
        return Assessed(assessment, row, finding.laterality, "stated", finding)
    side, side_from = _side_of(assessment, row, current, case)
    return Assessed(assessment, row, side, side_from, finding)


def _its_finding(assessment: Assessment, case: Case) -> Finding | None:
    if assessment.scope != "finding":
        return None
    roots = {_resource(item.where) for item in assessment.evidence}
    own = [f for f in case.findings if any(_resource(item.where) in roots for item in f.evidence)]
    return own[0] if len(own) == 1 and meets(own[0].laterality, assessment.laterality) else None


def _resource(where: str) -> str:
    return where.split(".", 1)[0]


def _side_of(
    assessment: Assessment, row: AssessmentRow, current: tuple[tuple[Assessment, AssessmentRow], ...], case: Case
) -> tuple[Laterality, SideFrom]:
    """Where none is stated: the exam's, the same category's elsewhere, that of what explains it, of all findings."""
    same = [other.laterality for other, its in current if its.level == row.level and other.scale == assessment.scale]
    asked = [one.laterality for one in case.reading.recommendations if _is_as_much(one.action, row, case.planning)]
    explaining = [finding.laterality for finding in case.findings if explains(finding, case.planning)]
    exam: list[Laterality] = [case.report.laterality] if case.report.laterality in ("left", "right") else []
    sources: tuple[tuple[SideFrom, list[Laterality]], ...] = (
        ("exam", exam),
        ("category", same),
        ("finding", [*asked, *explaining]),
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
    return action is not None and action.site == "breast" and action.direction and action.level >= row.level > 1
