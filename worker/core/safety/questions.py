"""All rules over one case, each question worded, owned and dated by its row."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from worker.core.case import Case, case_of
from worker.core.model import Clock, Elsewhere, Evidence, Issue, Plan, Previous, Reading, Report
from worker.core.rules import Rules
from worker.core.rules.plan_rows import ContradictionRow, Priority
from worker.core.rules.planning import Planning
from worker.core.safety.asked import recommendation_questions
from worker.core.safety.categories import category_questions
from worker.core.safety.descriptors import descriptor_questions
from worker.core.safety.elsewhere import elsewhere_questions
from worker.core.safety.ending import answers
from worker.core.safety.life import changed, not_for_planning, stale
from worker.core.safety.person import person_questions
from worker.core.safety.raised import Raised
from worker.core.safety.readers import reader_questions
from worker.core.safety.sides import side_questions
from worker.core.safety.tissue import tissue_questions

__all__ = ["endings_of", "find_issues", "issues_of", "loudness"]

_SEVERITIES = ("high", "moderate", "low")


def find_issues(
    reading: Reading,
    plan: Plan,
    report: Report,
    previous: Previous | None,
    rules: Rules,
    today: date,
    elsewhere: tuple[Elsewhere, ...] = (),
) -> tuple[Issue, ...]:
    """Every contradiction or gap that a clinician must look at; see ``issues_of``."""
    case = case_of(reading, report, rules, today)
    return issues_of(case, plan, previous, elsewhere, endings_of(case, plan, previous, elsewhere))


def endings_of(
    case: Case, plan: Plan, previous: Previous | None, elsewhere: tuple[Elsewhere, ...]
) -> tuple[Elsewhere, ...]:
    """Plans of other reports that this one answers (``endings.csv``); none while anything about this one is held."""
    found = tuple(other for other in elsewhere if answers(case, plan, other))
    if not found or any(not_for_planning(case.report)):
        return ()
    left = tuple(other for other in elsewhere if other not in found)
    raised = (*_own_questions(case, plan, previous), *elsewhere_questions(case, plan, left))
    is_held = any(case.planning.contradiction(one.rule, one.kind).hold for one in raised)
    return () if is_held else found


def issues_of(
    case: Case,
    plan: Plan,
    previous: Previous | None,
    elsewhere: tuple[Elsewhere, ...] = (),
    ends: tuple[Elsewhere, ...] = (),
) -> tuple[Issue, ...]:
    """
    Every contradiction or gap of a case that a clinician must look at.

    Args:
        ends: As ``endings_of`` says.

    Returns:
        Most severe first, one per row and sentence, evidence joined. Of a report that may not be planned (C-13), that
        question alone.
    """
    blocking = tuple(not_for_planning(case.report))
    beside = elsewhere_questions(case, plan, elsewhere, ends)
    raised = blocking or (*_own_questions(case, plan, previous), *beside)
    issues = _worded(raised, case, plan)
    issues += _running_out(issues, case, plan)
    return tuple(sorted(issues, key=lambda issue: (_SEVERITIES.index(issue.severity), issue.rule)))


def loudness(due: date | None, today: date, planning: Planning) -> Priority:
    """How loud a question is today: the row of ``loudness.csv`` with the fewest days left that its deadline fits."""
    if due is None:
        return "routine"
    days_left = (due - today).days
    return next((row.priority for row in planning.loudness if days_left <= row.days_left), "routine")


def _own_questions(case: Case, plan: Plan, previous: Previous | None) -> Iterator[Raised]:
    """What the report raises without regard to others."""
    yield from category_questions(case)
    yield from descriptor_questions(case)
    yield from recommendation_questions(case)
    yield from tissue_questions(case)
    yield from side_questions(case, plan)
    yield from person_questions(case, plan, previous)
    yield from reader_questions(case)
    yield from changed(case, plan, previous)
    yield from stale(case, previous)


def _worded(raised: Iterable[Raised], case: Case, plan: Plan) -> list[Issue]:
    said: dict[tuple[str, str], tuple[ContradictionRow, dict[Evidence, None]]] = {}
    for one in raised:
        row = case.planning.contradiction(one.rule, one.kind)
        _, evidence = said.setdefault((row.id, _text(one, row)), (row, {}))
        evidence.update(dict.fromkeys(one.evidence))
    return [_issue(row, text, tuple(evidence), case, plan) for (_, text), (row, evidence) in said.items()]


def _text(one: Raised, row: ContradictionRow) -> str:
    return row.text.format(
        category=one.category or "none",
        other=one.other or "none",
        side=one.side or "unknown",
        ids=", ".join(one.ids) or "nothing named",
    )


def _issue(row: ContradictionRow, text: str, evidence: tuple[Evidence, ...], case: Case, plan: Plan) -> Issue:
    due = _deadline(row, case, plan.clocks)
    return Issue(
        rule=row.rule,
        severity=row.severity,
        hold=row.hold,
        text=text,
        evidence=evidence,
        due=due,
        owner=row.owner,
        priority=loudness(due, case.today, case.planning),
    )


def _deadline(row: ContradictionRow, case: Case, clocks: tuple[Clock, ...]) -> date:
    """The row's own deadline or, for a hold, the soonest legal clock: it runs on while the plan is held."""
    own = case.starts.final_interpretation + timedelta(days=row.deadline_days)
    return min([own, *(clock.due for clock in clocks if row.hold and clock.due and is_legal(clock, case.planning))])


def is_legal(clock: Clock, planning: Planning) -> bool:
    """Whether a law or a rule sets this clock; the others are quality measures."""
    table, _, name = clock.rule.partition(":")
    row = planning.clocks.get("letter" if table == "assessments" else name)
    return row is not None and row.legal


def _running_out(issues: list[Issue], case: Case, plan: Plan) -> list[Issue]:
    """C-20: a hold is open and a clock has less than its warning time left."""
    warning = timedelta(days=case.planning.limits["clock-warning"])
    ending = [
        clock
        for clock in plan.clocks
        if clock.due and clock.due - case.today < warning and is_legal(clock, case.planning)
    ]
    if not ending or not any(issue.hold for issue in issues):
        return []
    row = case.planning.contradiction("C-20")
    return [_issue(row, _text(Raised("C-20", ids=tuple(clock.rule for clock in ending)), row), (), case, plan)]
