"""Text -> findings, assessments, recommendations, pathology, with negation, history and side."""

from worker.core.model import Reading, Report
from worker.core.rules import Rules


def read_narrative(report: Report, rules: Rules) -> Reading:
    """What the report's words say."""
    return Reading()
