"""What a letter must hold by its profile (``elements.csv``): what is missing, and by when it must arrive."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from worker.core.model import LetterBlock, Plan, Reading, Report
from worker.core.rules import Letters, Practice
from worker.core.rules.letter_rows import ElementRow

MQSA = "mqsa"
PROFILES = ("standard", "nhs", "eu", MQSA)

# Plan.clocks: the letter's own clock is the one that the row of the assessment sets.
_LETTER_CLOCK = "assessments:"


def at_profile(practice: Practice, profile: str) -> Practice:
    """The same site as if it had this profile, to see its letters beforehand."""
    chosen = {"letter.profile": "standard" if profile == MQSA else profile}
    return replace(practice, facts={**practice.facts, **chosen, "mqsa_lay_summary": "yes" if profile == MQSA else "no"})


def profiles_of(practice: Practice) -> frozenset[str]:
    """The profiles that the site has switched on."""
    chosen = {practice.get("letter.profile") or "standard"}
    return frozenset(chosen | ({MQSA} if practice.get("mqsa_lay_summary") == "yes" else set()))


def missing_elements(
    category: str, reading: Reading, report: Report, letters: Letters, practice: Practice
) -> tuple[str, ...]:
    """Ids of the rows whose element is not there, in table order; a letter that lacks one is not written."""
    return tuple(
        row.id
        for row in _elements(category, letters, practice)
        if not _is_there(row, reading, report, letters, practice)
    )


def deadline_of(category: str, plan: Plan, report: Report, letters: Letters, practice: Practice) -> date | None:
    """The earliest day by which the plan's letter clock or the profile's own want it in the patient's hands."""
    clocks = [row for row in _elements(category, letters, practice) if row.kind == "clock" and row.days]
    days = [start + timedelta(days=row.days or 0) for row in clocks if (start := _start(row.name, report))]
    days += [clock.due for clock in plan.clocks if clock.due and clock.rule.startswith(_LETTER_CLOCK)]
    return min(days, default=None)


def density_statement(reading: Reading, letters: Letters, practice: Practice) -> LetterBlock | None:
    """The site's own statement, word for word, where the profile asks for one."""
    row = letters.statements.get(reading.density or "")
    if row is None or not row.text or MQSA not in profiles_of(practice):
        return None
    return LetterBlock(f"density-{row.id}", "", (row.text,), (), (), f"density {row.id}; {row.citation}")


def _elements(category: str, letters: Letters, practice: Practice) -> Iterator[ElementRow]:
    profiles = profiles_of(practice)
    for row in letters.elements:
        if row.profile in profiles and (not row.categories or category in row.categories):
            yield row


def _is_there(row: ElementRow, reading: Reading, report: Report, letters: Letters, practice: Practice) -> bool:
    if row.kind == "fact":
        return practice.get(row.name) is not None
    if row.kind == "patient":
        return bool(report.patient.name)
    if row.kind == "density":
        return density_statement(reading, letters, practice) is not None
    return _start(row.name, report) is not None


def _start(name: str, report: Report) -> date | None:
    if name == "issued":
        return report.issued.date() if report.issued else None
    return report.exam_date
