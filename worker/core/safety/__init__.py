"""
C-01 .. C-22, checked on every plan: what becomes of a report by its status, and every question for a clinician.

In: reading, plan, report, tables, what was decided before, the facility's date. Out: a disposition and its reason;
issues, each with severity, hold, wording, evidence, owner, deadline and how loud it is today.
"""

from worker.core.safety.life import disposition_of, is_taken_back
from worker.core.safety.questions import endings_of, find_issues, issues_of, loudness

__all__ = ["disposition_of", "endings_of", "find_issues", "is_taken_back", "issues_of", "loudness"]
