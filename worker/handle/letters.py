"""Letters kept ready with an outcome: as sent once it is released, and the draft once its questions are answered."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from worker.core.explain import explain, explain_released
from worker.core.model import JsonObject, Letter, Outcome
from worker.core.rules import Rules

__all__ = ["kept_letter", "letters_of"]

_FIELDS = ("language", "title", "notice", "review_status", "text", "html", "needs_interpreter", "reason")
# A step this near may be past by the time a clinician has looked; a check-up in half a year is not.
_WEEKS = timedelta(days=60)


def letters_of(outcome: Outcome, rules: Rules) -> dict[str, Any]:
    """
    Made when the report is decided: a release may come when its body is purged, and must not depend on later tables.

    The questions of a hold are left out of all, for none is used before they are answered. ``late`` stands in for
    ``released`` after the day ``until``: it names no day of the next weeks any more, but "as soon as possible".
    """
    if outcome.letter is None:
        return {}
    free = tuple(issue for issue in outcome.issues if not issue.hold)
    given = (outcome.reading, outcome.plan, free, outcome.report, rules, outcome.letter.language)
    made = {"released": explain_released(*given, outcome.today)}
    if outcome.hold:
        made["answered"] = explain(*given, outcome.today)
    near = _near(outcome)
    if near:
        made["late"] = explain_released(*given, near[-1] + timedelta(days=1))
    kept: dict[str, Any] = {name: _as_json(letter) for name, letter in made.items() if letter}
    return {**kept, "until": near[0].isoformat()} if near else kept


def _near(outcome: Outcome) -> list[date]:
    """Days of the next weeks that the letter names, in order."""
    last = outcome.today + _WEEKS
    return sorted(each.due for each in outcome.plan.activities if each.due and outcome.today <= each.due <= last)


def kept_letter(record: JsonObject, name: str, today: date = date.min) -> Letter | None:
    """A letter out of a record, as it is right on this day; records of earlier versions have none."""
    letters = record.get("letters") or {}
    is_late = name == "released" and "until" in letters and today > date.fromisoformat(letters["until"])
    kept = letters.get("late" if is_late else name)
    return replace(_EMPTY, **kept) if kept else None


_EMPTY = Letter("", "", (), "", "")


def _as_json(letter: Letter) -> dict[str, Any]:
    return {name: getattr(letter, name) for name in _FIELDS}
