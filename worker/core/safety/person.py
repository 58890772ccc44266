"""Questions about the person: C-17, C-21, and the screening interval that nobody knows (P-01)."""

from collections.abc import Iterable, Iterator

from worker.core.case import Case
from worker.core.dates import age_on
from worker.core.model import Observation, Plan, Previous
from worker.core.persons import is_other_person, local_id
from worker.core.safety.raised import Raised

__all__ = ["person_questions"]

# Highest level of the action ladder without a work-up now.
_WATCHED = 2


def person_questions(case: Case, plan: Plan, previous: Previous | None) -> Iterator[Raised]:
    """Identity, history, symptom and screening schedule."""
    yield from _absent_breast(case)
    yield from _identity(case)
    if previous and previous.patient and is_other_person(previous.patient, case.report.patient):
        yield Raised("C-17", "other-person-before")
    governing = case.governing()
    if case.reading.symptoms and governing and 0 < governing.row.level <= _WATCHED:
        yield Raised("C-21", evidence=case.reading.symptoms, category=governing.assessment.category)
    yield from _schedule(case, plan)


def _absent_breast(case: Case) -> Iterator[Raised]:
    """C-17: something is reported on a side without a breast; and risks that raise their own question."""
    stated = [(finding.laterality, finding.evidence) for finding in case.findings]
    stated += [(one.assessment.laterality, one.assessment.evidence) for one in case.assessed]
    for row, evidence in case.risks:
        here = [item for side, items in stated if side == row.side for item in items]
        if row.side and any(side == row.side for side, _ in stated):
            yield Raised("C-17", evidence=(*evidence, *here), side=row.side, ids=(row.id,))
        if row.issue and row.issue != "P-01":
            yield Raised(row.issue, evidence=evidence, ids=(row.id,))


def _identity(case: Case) -> Iterator[Raised]:
    """C-17: an age that no such exam has, or results of another person."""
    born, limits = case.report.patient.birth_date, case.planning.limits
    if born is not None and not limits["age-from"] <= age_on(case.starts.exam, born) <= limits["age-to"]:
        yield Raised("C-17", ids=("age",))
    owner = local_id(case.report.patient.reference)
    cited = [*_subjects(case.report.observations), *(one.patient for one in case.report.background)]
    if owner and {local_id(patient) for patient in cited} - {None, owner}:
        yield Raised("C-17", ids=("other-patient",))


def _subjects(observations: Iterable[Observation]) -> Iterator[str | None]:
    """Whom the Observations are about, and their members, however deep."""
    for one in observations:
        yield one.patient
        yield from _subjects(one.members)


def _schedule(case: Case, plan: Plan) -> Iterator[Raised]:
    """P-01: routine screening without a date, or at an age at which the interval is to be confirmed."""
    screening = [a for a in plan.activities if (row := case.planning.action(a.action)) and row.interval_from]
    if not screening:
        return
    if any(activity.due is None for activity in screening):
        yield Raised("P-01", ids=("programme",))
    else:
        yield from (Raised("P-01", evidence=found, ids=(row.id,)) for row, found in case.risks if row.issue == "P-01")
