"""The few lines that join the core: a report in, everything decided about it out."""

from dataclasses import replace
from datetime import date

from worker.core.case import case_of
from worker.core.coded import read_coded
from worker.core.explain import explain
from worker.core.findings import reconcile
from worker.core.model import Elsewhere, Outcome, Plan, Previous, Reading, Report
from worker.core.narrative import read_narrative
from worker.core.plan import plan_of
from worker.core.relevance import relevance_of
from worker.core.rules import Rules
from worker.core.safety import disposition_of, endings_of, issues_of


def read(report: Report, rules: Rules) -> Reading:
    """What the report says: codes and words, reconciled into one reading."""
    return reconcile(read_coded(report, rules), read_narrative(report, rules), report, rules)


def decide(
    report: Report,
    rules: Rules,
    today: date,
    previous: Previous | None = None,
    language: str | None = None,
    elsewhere: tuple[Elsewhere, ...] = (),
) -> Outcome:
    """
    Decide everything about one version of one report.

    Args:
        today: Calendar date in the facility's time zone.
        previous: What was last decided for this report, if anything.
        elsewhere: Plans of the same person from other reports.
        language: BCP 47 language of the letter; None takes the patient's own.

    Returns:
        The outcome; the same arguments always give the same outcome.
    """
    relevance = relevance_of(report, rules)
    if not relevance.is_ours:
        return Outcome(report, "not-for-us", relevance.rule, hold=False, today=today, table_digest=rules.digest)
    report = replace(
        report, purpose=relevance.purpose, laterality=relevance.laterality, modalities=relevance.modalities
    )
    disposition, reason = disposition_of(report, previous)
    reading = read(report, rules)
    case = case_of(reading, report, rules, today)
    plan = plan_of(case) if disposition == "plan" else Plan()
    ends = endings_of(case, plan, previous, elsewhere)
    issues = issues_of(case, plan, previous, elsewhere, ends)
    hold = any(issue.hold for issue in issues)
    letter = explain(reading, plan, issues, report, rules, language, today) if disposition == "plan" else None
    return Outcome(report, disposition, reason, reading, plan, issues, letter, hold, today, rules.digest, ends)
