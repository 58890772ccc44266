"""Plan -> letter blocks in the patient's language."""

from worker.core.model import Issue, Letter, Plan, Reading, Report
from worker.core.rules import Rules


def explain(
    reading: Reading, plan: Plan, issues: tuple[Issue, ...], report: Report, rules: Rules, language: str | None = None
) -> Letter | None:
    """The patient's letter for this plan; None when there is nobody to write to."""
    return None
