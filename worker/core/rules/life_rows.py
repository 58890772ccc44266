"""The rows of the tables behind the life of a plan: who releases it, how loud it grows, with what it ends."""

from dataclasses import dataclass

from worker.core.dates import StartOf
from worker.core.rules.plan_rows import Priority
from worker.core.rules.row import Row

__all__ = ["EndingRow", "LoudnessRow", "ReleaseRow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingRow(Row):
    """
    ``endings.csv``: which follow-up plans a later exam answers, so that they end when its own plan is released.

    The earlier plan has one of ``categories`` and asks for nothing but ``actions``, up to ``most_level`` of the ladder.
    The later exam is by one of ``modalities`` alone, and says one of ``ended_by`` of the breast.
    """

    scale: str
    categories: tuple[str, ...]
    actions: tuple[str, ...]
    most_level: int
    modalities: tuple[str, ...]
    ended_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow(Row):
    """``release.csv``: who releases a plan of a category, and until when; ``*`` stands for all others."""

    scale: str
    category: str
    released_by: str
    may_release_itself: bool = False
    deadline_days: int
    deadline_starts: StartOf


@dataclass(frozen=True, slots=True, kw_only=True)
class LoudnessRow(Row):
    """``loudness.csv``: the priority of a review whose deadline is at most ``days_left`` days away."""

    days_left: int
    priority: Priority
