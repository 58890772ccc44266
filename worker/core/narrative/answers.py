"""Whether a cue answers a field (``Calcifications: no``) rather than denies what follows it."""

from worker.core.narrative.attach import HEADS
from worker.core.narrative.marks import Mark

__all__ = ["answers", "answers_field", "ends_answer"]


def answers(marks: list[Mark], place: int) -> bool:
    """``Calcifications: no`` -- the cue ends the statement and follows a field's name."""
    return marks[place - 1].kind in {"colon", "pipe"} and (
        place + 1 == len(marks) or marks[place + 1].kind in {"semicolon", "comma", "pipe", "close"}
    )


def ends_answer(marks: list[Mark], place: int) -> bool:
    """``Calcificaciones | no``: a denial right behind a noun, with nothing behind it to deny."""
    is_word = marks[place].last - marks[place].first == 1  # longer ones deny what they name themselves
    return is_word and place + 1 == len(marks) and place > 0 and marks[place - 1].kind in HEADS


def answers_field(marks: list[Mark], place: int) -> bool:
    """``Suspicious: none`` -- the cue answers a field that is no noun."""
    before = marks[place - 1] if place else None
    if before is None or before.kind != "colon" or place < 2:
        return False
    field = marks[place - 2]
    return field.kind in {"descriptor", "label", "morphology", "distribution"} and field.last == before.first
