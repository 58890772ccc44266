"""
Codes and components -> findings, assessments, recommendations, pathology, risks.

In: a Report, its codes as sent. Out: a Reading of what its codes say by the tables, each part with the element and the
row that said it; contradictions inside the codes, and codes that nobody knows, as doubts.
"""

from worker.core.coded.background import read_background
from worker.core.coded.conclusions import read_conclusion
from worker.core.coded.draft import Draft
from worker.core.coded.observations import read_observation
from worker.core.model import Reading, Report
from worker.core.rules import Rules

__all__ = ["read_coded", "unknown_codes"]


def read_coded(report: Report, rules: Rules) -> Reading:
    """What the report's codes say, in the order in which they stand."""
    return _draft(report, rules).reading()


def unknown_codes(report: Report, rules: Rules) -> tuple[tuple[str, str], ...]:
    """Codes of the report, in places that are read, that no table knows: (system, code), each once. No patient data."""
    found = ((coding.system, coding.code) for coding in _draft(report, rules).unknown)
    return tuple(dict.fromkeys(found))


def _draft(report: Report, rules: Rules) -> Draft:
    draft = Draft(report, rules.vocabulary)
    for concept in report.conclusion_codes:
        read_conclusion(concept, draft)
    for observation in report.observations:
        read_observation(observation, draft)
    for item in report.background:
        read_background(item, draft)
    return draft
