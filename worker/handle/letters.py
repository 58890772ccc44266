"""Letters kept ready with an outcome: as sent once it is released, and the draft once its questions are answered."""

from dataclasses import replace
from typing import Any

from worker.core.explain import explain, explain_released
from worker.core.model import JsonObject, Letter, Outcome
from worker.core.rules import Rules

__all__ = ["kept_letter", "letters_of"]

_FIELDS = ("language", "title", "notice", "review_status", "text", "html", "needs_interpreter", "reason")


def letters_of(outcome: Outcome, rules: Rules) -> dict[str, Any]:
    """
    Made when the report is decided: a release may come when its body is purged, and must not depend on later tables.

    The questions of a hold are left out of both, for neither is used before they are answered.
    """
    if outcome.letter is None:
        return {}
    free = tuple(issue for issue in outcome.issues if not issue.hold)
    given = (outcome.reading, outcome.plan, free, outcome.report, rules, outcome.letter.language, outcome.today)
    made = {"released": explain_released(*given)}
    if outcome.hold:
        made["answered"] = explain(*given)
    return {name: _as_json(letter) for name, letter in made.items() if letter}


def kept_letter(record: JsonObject, name: str) -> Letter | None:
    """A letter out of a record; records of earlier versions have none."""
    kept = (record.get("letters") or {}).get(name)
    return replace(_EMPTY, **kept) if kept else None


_EMPTY = Letter("", "", (), "", "")


def _as_json(letter: Letter) -> dict[str, Any]:
    return {name: getattr(letter, name) for name in _FIELDS}
