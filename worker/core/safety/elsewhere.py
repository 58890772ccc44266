"""
Questions where other reports of a person are planned (C-18): one exam reported twice, a newer exam, an open plan.

Nothing is ended here: which of two plans stands, and whether a series is over, a clinician says.
"""

from collections.abc import Iterable, Iterator

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


def elsewhere_questions(case: Case, plan: Plan, others: Iterable[Elsewhere]) -> Iterator[Raised]:
    """What the open plans of other reports leave to settle, each exam once."""
    if not case.starts.is_exam_known:
        return  # asked already
    exam, codes = case.starts.exam, set(codes_of(case.report))
    for other in others:
        if not other.is_open or other.exam_date is None:
            continue
        is_same_kind = not codes or not other.codes or bool(codes & set(other.codes))
        kind = ""
        if other.exam_date == exam and is_same_kind:
            kind = "same-exam"
        elif other.exam_date > exam:
            kind = "newer-exam"
        elif other.exam_date < exam and other.level > _ROUTINE:
            kind = "open-and-higher" if other.level > plan.level else "open"
        if kind:
            yield Raised(
                "C-18", kind, (), plan.category or "none", other.category or "none", "", (str(other.exam_date),)
            )
