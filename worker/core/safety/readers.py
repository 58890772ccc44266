"""What the readers could not settle, and what never arrived or could not be read: each is a question that holds."""

from collections.abc import Iterator

from worker.core.case import Case
from worker.core.safety.raised import Raised

__all__ = ["reader_questions"]


def reader_questions(case: Case) -> Iterator[Raised]:
    """Doubts under their own rule (an unknown rule under C-09), missing results, unreadable texts."""
    governing = case.governing()
    category = governing.assessment.category if governing else ""
    side = governing.laterality if governing else ""
    known = case.planning.contradictions
    for doubt in case.reading.doubts:
        kind = next((kind for kind in (doubt.subject, "doubt") if f"{doubt.rule}:{kind}" in known), "")
        yield Raised(doubt.rule, kind, doubt.evidence, category, side=side, ids=(doubt.subject,))
    if case.report.missing:
        yield Raised("C-09", "missing", ids=(str(len(case.report.missing)),))
    for text in case.report.texts:
        if text.problem:
            yield Raised("C-09", "unreadable", ids=(text.where,))
