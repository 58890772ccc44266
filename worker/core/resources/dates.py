"""The dates of a whole plan, out of those of its activities, issues and clocks."""

from datetime import date

from worker.core.model import Outcome

__all__ = ["goal_date", "nearest_deadline", "plan_period"]


def goal_date(outcome: Outcome) -> date | None:
    """When the activity of the highest level is due; of several, the earliest."""
    dated = [a for a in outcome.plan.activities if a.due]
    top = max((a.level for a in dated), default=0)
    return min((a.due for a in dated if a.due and a.level == top), default=None)


def nearest_deadline(outcome: Outcome) -> date | None:
    """The first of all clocks, issue deadlines and due dates; clocks run on during a hold (INV-8)."""
    plan = outcome.plan
    days = [*(c.due for c in plan.clocks), *(i.due for i in outcome.issues), *(a.due for a in plan.activities)]
    return min((day for day in days if day), default=None)


def plan_period(outcome: Outcome) -> tuple[date, date | None]:
    """From today to the last date of an activity; from the first date if that has passed."""
    activities = outcome.plan.activities
    days = [day for a in activities for day in (a.earliest, a.due) if day]
    return min([outcome.today, *days]), max(days, default=None)
