"""
Questions where other reports of a person are planned (C-18): one exam reported twice, a newer exam, an open plan.

Nothing is ended here: which of two plans stands, and whether a series is over, a clinician says.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from worker.core.case import Case
from worker.core.model import Elsewhere, Plan, Report
from worker.core.safety.raised import Raised

__all__ = ["codes_of", "elsewhere_questions"]

# Level of the action ladder that the next exam settles by itself.
_ROUTINE = 1


def codes_of(report: Report) -> tuple[str, ...]:
    """What names the exam: ``system|code`` of its report, else its words."""
    codings = tuple(f"{each.system}|{each.code}" for each in report.code.codings)
    return codings or ((report.code.text.casefold(),) if report.code.text else ())


def elsewhere_questions(
    case: Case, plan: Plan, others: Iterable[Elsewhere], ends: Collection[Elsewhere] = ()
) -> Iterator[Raised]:
    """
    What the open plans of other reports leave to settle, each exam once.

    Args:
        ends: Those that end when this plan is released, or ended with an earlier version of it. One that did and that
            this version does not answer is open again.
    """
    if not case.starts.is_exam_known:
        return  # asked already
    codes = set(codes_of(case.report))
    for other in others:
        is_open = other.is_open or (other.ended_by == case.report.report_id and other not in ends)
        kind = _kind(other, case, plan, codes) if is_open and other.exam_date is not None else ""
        kind = "ends" if kind and other in ends else kind
        if kind:
            yield Raised(
                "C-18", kind, (), plan.category or "none", other.category or "none", "", (str(other.exam_date),)
            )


def _kind(other: Elsewhere, case: Case, plan: Plan, codes: set[str]) -> str:
    exam, day = case.starts.exam, other.exam_date or date.max
    if day > exam:
        return "newer-exam"
    is_same_kind = not codes or not other.codes or not codes.isdisjoint(other.codes)
    if day == exam and is_same_kind:
        return "same-exam"
    # Of one day, a further exam by the same means may be the work-up that the first one asked for; others are apart.
    is_earlier = day < exam or not set(case.report.modalities).isdisjoint(other.modalities)
    if is_earlier and other.level > _ROUTINE:
        return "open-and-higher" if other.level > plan.level else "open"
    return ""
