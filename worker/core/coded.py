"""Codes and components -> findings, assessments, recommendations, pathology, risks."""

from worker.core.model import Reading, Report
from worker.core.rules import Rules


def read_coded(report: Report, rules: Rules) -> Reading:
    """What the report's codes say."""
    return Reading()
