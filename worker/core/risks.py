"""
Risk and context -> what they add to a plan; nothing here replaces, delays or lowers anything.
"""

from collections.abc import Iterator

from worker.core.case import Case
from worker.core.dates import age_on
from worker.core.ladder import Cause, Wanted, wanted
from worker.core.model import Evidence
from worker.core.rules.plan_rows import ActionRow, RiskRow

__all__ = ["notes_of", "risk_rows", "wanted_by_risks"]


def risk_rows(case: Case) -> tuple[tuple[RiskRow, tuple[Evidence, ...]], ...]:
    """The rows of ``risk.csv`` that apply, with what says so."""
    found = {item.risk: item.evidence for item in case.reading.risks}
    if case.reading.symptoms:
        found["symptom"] = case.reading.symptoms
    rows = case.planning.risks.values()
    return tuple(
        (row, found.get(row.id, ())) for row in rows if row.id in found or (row.is_told and _applies(row, case))
    )


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


def wanted_by_risks(case: Case) -> Iterator[Wanted]:
    """The actions of the rows that apply."""
    for row, evidence in risk_rows(case):
        for name in row.actions:
            action = case.planning.actions[name]
            if _is_opted_in(action, case):
                yield wanted(action, case, Cause(rule=f"risk:{row.id}", evidence=evidence))


def notes_of(case: Case) -> tuple[str, ...]:
    """Ids of the notes for the clinician."""
    names = (name for row, _ in risk_rows(case) for name in row.notes)
    rows = (case.planning.actions[name] for name in dict.fromkeys(names))
    return tuple(row.id for row in rows if _is_opted_in(row, case))


def _is_opted_in(row: ActionRow, case: Case) -> bool:
    return not row.opt_in or case.facts.get(row.opt_in) == "yes"
