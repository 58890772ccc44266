"""When the next routine screening is: by the site's programme, age, density and risk; never an invented interval."""

from worker.core.case import Case
from worker.core.dates import add_months, age_on
from worker.core.rules.plan_rows import ProgrammeRow

__all__ = ["screening_interval"]


def screening_interval(case: Case) -> int | None:
    """
    Months to the next routine screening.

    Returns:
        The shortest interval of the rows that fit the age on the day of the exam; None when programme or age is not
        known, no row fits, or the person will be past the programme's ages by then: the care team confirms the date.
    """
    born = case.report.patient.birth_date
    rows = _programme_rows(case)
    if born is None or not rows:
        return None
    age = age_on(case.starts.exam, born)
    fitting = [row.interval_months for row in rows if _fits(row, age, case)]
    if not fitting:
        return None
    months = min(fitting)
    age_then = age_on(add_months(case.starts.exam, months), born)
    return months if any(row.age_to is None or age_then <= row.age_to for row in rows) else None


def _programme_rows(case: Case) -> tuple[ProgrammeRow, ...]:
    """The site's programme; with a country only, that country's one programme."""
    programmes = case.planning.programmes
    name, country = case.facts.get("programme"), case.facts.get("country")
    if name:
        return programmes.get(name, ())
    of_country = [rows for rows in programmes.values() if country and any(row.country == country for row in rows)]
    return of_country[0] if len(of_country) == 1 else ()


def _fits(row: ProgrammeRow, age: int, case: Case) -> bool:
    if age < row.age_from or (row.age_to is not None and age > row.age_to):
        return False
    if not (row.densities or row.risks):
        return True
    risks = {item.risk for item in case.reading.risks}
    return case.reading.density in row.densities or bool(risks & set(row.risks))
