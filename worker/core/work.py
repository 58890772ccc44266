"""
What somebody owes about a report: release the plan, settle its questions, by when, and in which language the letter is.

In: an outcome and the tables. Out: a few values for the practice's work list, without a word of the report or a name.
"""

from datetime import date
from typing import Any

from worker.core.concern import rank_of_birads
from worker.core.model import Letter, Outcome
from worker.core.release import release_duty
from worker.core.rules import Rules

__all__ = ["work_json"]

_REFUSED = "refused"
# Unknown is never benign: what has no level stands with the plans that call for tissue.
_LEVEL_OF_UNKNOWN = 4
_RANKS_OF_A_LEVEL = 20


def work_json(outcome: Outcome, rules: Rules) -> dict[str, Any] | None:
    """
    One line of the work list as JSON values; None where there is no plan to release.

    ``seriousness``: higher comes first; by action level, then by the order of concern of categories. ``due``: the
    soonest day on which somebody owes something. ``tags``: the lists that it is looked up in (``letter:es``,
    ``interpreter``). ``about``: what a page shows; ids of tables, dates and counts.
    """
    if outcome.disposition != "plan":
        return None
    duty = release_duty(outcome, rules)
    due = min([duty.due, *(issue.due for issue in outcome.issues if issue.due)])
    return {
        "seriousness": _seriousness(outcome),
        "due": due.isoformat(),
        "tags": _tags(outcome.letter),
        "about": _about(outcome, duty.released_by, rules),
    }


def _seriousness(outcome: Outcome) -> int:
    plan = outcome.plan
    rank = rank_of_birads(plan.category) + 1 if plan.category and plan.scale == "BI-RADS" else 0
    return (plan.level or _LEVEL_OF_UNKNOWN) * _RANKS_OF_A_LEVEL + rank


def _tags(letter: Letter | None) -> list[str]:
    if letter is None:
        return ["no-letter"]
    tags = [f"letter:{letter.language}"]
    tags += ["interpreter"] if letter.needs_interpreter else []
    return [*tags, "letter-refused"] if letter.review_status == _REFUSED else tags


def _about(outcome: Outcome, released_by: str, rules: Rules) -> dict[str, Any]:
    plan = outcome.plan
    steps = sorted(plan.activities, key=lambda activity: activity.due or date.min)
    return {
        "scale": plan.scale,
        "category": plan.category,
        "level": plan.level,
        "side": plan.laterality,
        "released_by": released_by,
        "steps": [
            {
                "action": step.action,
                "name": _name(step.action, rules),
                "due": step.due.isoformat() if step.due else None,
            }
            for step in steps
        ],
        "questions": [
            {
                "rule": issue.rule,
                "severity": issue.severity,
                "hold": issue.hold,
                "owner": issue.owner,
                "due": issue.due.isoformat() if issue.due else None,
            }
            for issue in outcome.issues
        ],
        "letter": _letter(outcome.letter),
        "decided": outcome.today.isoformat(),
    }


def _name(action: str, rules: Rules) -> str:
    row = rules.planning.action(action)
    return row.name if row else action


def _letter(letter: Letter | None) -> dict[str, Any] | None:
    if letter is None:
        return None
    return {"language": letter.language, "wording": letter.review_status, "interpreter": letter.needs_interpreter}
