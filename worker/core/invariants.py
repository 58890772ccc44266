"""
INV-1 .. INV-10 of an outcome, checked against the reading itself and not by the way the plan was made.

In: an outcome and the tables that made it. Out: the ids of the invariants that it breaks; empty for a sound outcome.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from worker.core.asked import action_of, level_of, side_of_recommendation
from worker.core.case import Assessed, Case, case_of
from worker.core.categories import is_running
from worker.core.dates import add_months
from worker.core.less import is_set_aside
from worker.core.letter.situation import letter_category
from worker.core.model import Activity, Laterality, Outcome, Reading
from worker.core.plan import make_plan
from worker.core.rules import Rules
from worker.core.rules.planning import Planning
from worker.core.safety import disposition_of

__all__ = ["broken_invariants", "is_done_by"]


def broken_invariants(outcome: Outcome, rules: Rules) -> tuple[str, ...]:
    """
    The invariants that the outcome breaks.

    Returns:
        Ids in order. INV-2, INV-6, INV-7 and INV-9 are checked on every outcome, the others on those with a plan.
    """
    case = case_of(outcome.reading, outcome.report, rules, outcome.today)
    checks: dict[str, Callable[[Outcome, Case, Rules], bool]] = {
        "INV-1": _is_not_less,
        "INV-2": _is_category_read,
        "INV-3": _is_unknown_held,
        "INV-4": _is_all_kept,
        "INV-5": _is_lowered_by_nothing,
        "INV-6": _is_draft,
        "INV-7": _is_status_followed,
        "INV-8": _is_hold_dated,
        "INV-9": _is_traced,
        "INV-10": _is_letter_clean,
    }
    always = {"INV-2", "INV-6", "INV-7", "INV-9"}
    names = checks if outcome.disposition == "plan" else always
    return tuple(name for name in checks if name in names and not checks[name](outcome, case, rules))


def is_done_by(activity: Activity, action: str, side: Laterality, due: date | None, planning: Planning) -> bool:
    """Whether the activity is this action, or a form that fulfils it, at this side and not later."""
    row, wanted = planning.actions[activity.action], planning.actions[action]
    is_form = action in (row.id, row.kind_of) or wanted.calcification_form == row.id
    is_there = row.site == "person" or side == "unknown" or activity.laterality in (side, "bilateral")
    return is_form and is_there and (due is None or (activity.due is not None and activity.due <= due))


def _is_not_less(outcome: Outcome, case: Case, _rules: Rules) -> bool:
    """
    Level at least that of every category and recommendation; every recommended action planned, and in time.

    Routine screening that a category of its breast contradicts is named in the question instead (SEED-25).
    """
    floors = [one.row.level for one in case.assessed]
    for one in outcome.reading.recommendations:
        action = action_of(one, case.planning)
        if action is None or action.kind != "action":
            continue
        floors.append(level_of(action, one.interval_months or 0))
        if is_set_aside(one, case) and any(issue.rule == "C-04" and issue.hold for issue in outcome.issues):
            continue
        side = side_of_recommendation(one, action, case)
        due = add_months(case.starts.exam, one.interval_months) if one.interval_months else None
        if not any(is_done_by(a, action.id, side, due, case.planning) for a in outcome.plan.activities):
            return False
    return outcome.plan.level >= max(floors, default=0)


def _is_category_read(outcome: Outcome, case: Case, _rules: Rules) -> bool:
    read = {(one.assessment.scale, one.assessment.category) for one in case.assessed}
    return outcome.plan.category is None or (outcome.plan.scale, outcome.plan.category) in read


def _is_unknown_held(outcome: Outcome, case: Case, _rules: Rules) -> bool:
    """Nothing missing, unreadable or of an unknown scale goes out without a hold."""
    is_tissue = case.report.purpose == "pathology" or (case.reading.pathology and not case.findings)
    is_uncategorised = not case.assessed and not is_tissue
    is_unknown = any(not one.row.level for one in case.assessed)
    is_unread = bool(case.report.missing) or any(text.problem for text in case.report.texts)
    return outcome.hold or not (is_uncategorised or is_unknown or is_unread or not case.starts.is_exam_known)


def _is_all_kept(outcome: Outcome, case: Case, _rules: Rules) -> bool:
    """Every category keeps its actions at its side, except routine screening beside something higher."""
    highest = max((one.row.level for one in case.assessed), default=0)
    asking = [one for one in case.assessed if not one.row.level == 1 < highest]
    return all(any(_are_planned(names, one.laterality, outcome, case) for names in _ways(one, case)) for one in asking)


def _ways(one: Assessed, case: Case) -> Iterator[tuple[str, ...]]:
    """What may stand for a category: its actions, those without calcifications, or a running series' next visit."""
    yield from (one.row.actions, one.row.actions_other)
    if is_running(case, one):
        yield from ((step.action,) for step in case.planning.series.get(one.row.series, ()))


def _are_planned(actions: Iterable[str], side: Laterality, outcome: Outcome, case: Case) -> bool:
    return all(
        any(is_done_by(a, name, _side(side, name, case), None, case.planning) for a in outcome.plan.activities)
        for name in actions
    )


def _side(side: Laterality, action: str, case: Case) -> Laterality:
    row = case.planning.action(action)
    return "unknown" if row is None or row.site != "breast" else side


def _is_lowered_by_nothing(outcome: Outcome, _case: Case, rules: Rules) -> bool:
    """Without sizes, density, risks, symptoms and change words the plan would not be higher or sooner."""
    plain = make_plan(_plain(outcome.reading), outcome.report, rules, outcome.today)
    soonest = min((a.due for a in plain.activities if a.due and a.level == plain.level), default=date.max)
    here = min((a.due for a in outcome.plan.activities if a.due and a.level >= plain.level), default=date.max)
    return outcome.plan.level >= plain.level and here <= soonest


def _plain(reading: Reading) -> Reading:
    findings = tuple(replace(f, extent_mm=None, particle_mm=None, count=None, change=None) for f in reading.findings)
    return replace(reading, findings=findings, risks=(), density=None, symptoms=())


def _is_draft(outcome: Outcome, _case: Case, _rules: Rules) -> bool:
    """A letter says on its face that it is not released, and without a plan there is none."""
    if outcome.letter is None:
        return True
    return outcome.disposition == "plan" and bool(outcome.letter.notice)


def _is_status_followed(outcome: Outcome, _case: Case, _rules: Rules) -> bool:
    if outcome.disposition == "plan":
        return disposition_of(outcome.report, None)[0] == "plan"
    return not outcome.plan.activities and outcome.letter is None


def _is_hold_dated(outcome: Outcome, _case: Case, _rules: Rules) -> bool:
    """Every hold has an owner and a deadline, and the plan keeps its letter clock."""
    holds = [issue for issue in outcome.issues if issue.hold]
    return all(issue.due and issue.owner for issue in holds) and any(clock.due for clock in outcome.plan.clocks)


def _is_traced(outcome: Outcome, _case: Case, rules: Rules) -> bool:
    """Every activity, clock and issue names its row, and the outcome its tables."""
    rules_known = {row.rule for row in rules.planning.contradictions.values()}
    activities = all(activity.rules for activity in outcome.plan.activities)
    clocks = all(clock.rule for clock in outcome.plan.clocks)
    return activities and clocks and all(i.rule in rules_known for i in outcome.issues) and bool(outcome.table_digest)


def _is_letter_clean(outcome: Outcome, _case: Case, rules: Rules) -> bool:
    """No phrase in the letter that a letter of its category must not hold."""
    letter = outcome.letter
    if letter is None:
        return True
    category = letter_category(outcome.reading, outcome.plan, outcome.issues, rules.letters)
    patterns = rules.letters.forbidden.get(letter.language, ())
    return not any(p.search(letter.text) for row, p in patterns if not row.categories or category in row.categories)
