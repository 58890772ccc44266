"""
Who releases a plan, and until when: a clinician's act; by default nothing releases itself.

In: a plan with its issues, report and tables. Out: the duty that ``release.csv`` puts on somebody.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from worker.core.dates import starts_of
from worker.core.model import Outcome
from worker.core.rules import Rules

__all__ = ["ReleaseDuty", "release_duty"]


@dataclass(frozen=True, slots=True)
class ReleaseDuty:
    """``may_release_itself``: only where the table says so, and the plan is routine, not held and ends no other."""

    rule: str
    released_by: str
    may_release_itself: bool
    due: date


def release_duty(outcome: Outcome, rules: Rules) -> ReleaseDuty:
    """
    The duty to release this outcome.

    Returns:
        The row of the governing category, due on its own day or at the soonest clock of the plan, which runs on during
        a hold (INV-8).
    """
    plan = outcome.plan
    row = rules.planning.release(plan.scale, plan.category)
    starts = starts_of(outcome.report, rules.practice.facts, outcome.today)
    own = starts.of(row.deadline_starts) + timedelta(days=row.deadline_days)
    is_routine = outcome.disposition == "plan" and not outcome.hold and not outcome.ends and plan.level == 1
    return ReleaseDuty(
        rule=f"release:{row.id}",
        released_by=row.released_by,
        may_release_itself=row.may_release_itself and is_routine,
        due=min([own, *(clock.due for clock in plan.clocks if clock.due)]),
    )
