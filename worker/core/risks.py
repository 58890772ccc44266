"""
Risk and context -> what they add to a plan; nothing here replaces, delays or lowers anything.
"""

from collections.abc import Iterator

from worker.core.case import Case
from worker.core.ladder import Cause, Wanted, wanted
from worker.core.rules.plan_rows import ActionRow

__all__ = ["notes_of", "wanted_by_risks"]


def wanted_by_risks(case: Case) -> Iterator[Wanted]:
    """The actions of the rows that apply."""
    for row, evidence in case.risks:
        for name in row.actions:
            action = case.planning.actions[name]
            if _is_opted_in(action, case):
                yield wanted(action, case, Cause(rule=f"risk:{row.id}", evidence=evidence))


def notes_of(case: Case) -> tuple[str, ...]:
    """Ids of the notes for the clinician."""
    names = (name for row, _ in case.risks for name in row.notes)
    rows = (case.planning.actions[name] for name in dict.fromkeys(names))
    return tuple(row.id for row in rows if _is_opted_in(row, case))


def _is_opted_in(row: ActionRow, case: Case) -> bool:
    return not row.opt_in or case.facts.get(row.opt_in) == "yes"
