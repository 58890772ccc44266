"""Findings, assessments, pathology and risk -> Plan, by the tables."""

from datetime import date

from worker.core.model import Plan, Reading, Report
from worker.core.rules import Rules


def make_plan(reading: Reading, report: Report, rules: Rules, today: date) -> Plan:
    """The plan that is never less than what the radiologist assessed or recommended."""
    return Plan()
