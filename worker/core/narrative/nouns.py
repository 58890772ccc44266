"""How a noun stands to the nouns around it: what joins them, whether a list goes on, whether it is called benign."""

from worker.core.narrative.attach import HEADS
from worker.core.narrative.marks import Mark

__all__ = ["STATEMENT_ENDS", "is_benign", "is_compound", "joint_before", "list_goes_on", "was_absent"]

_ABNORMAL = "finding"  # the concept of a lesion of no named kind

STATEMENT_ENDS = frozenset(("termination", "existence", "semicolon", "exception", "only"))


def joint_before(marks: list[Mark], head: int) -> str:
    """What joins a noun to the noun before it: ``comma``, ``and``, ``or``, ``break`` ..., or nothing."""
    joint = ""
    for place in range(head - 1, -1, -1):
        kind = marks[place].kind
        if kind in HEADS:
            return joint
        if kind in {"or", "negation"} or (kind == "definite" and not joint):
            return kind
        if kind in {"and", "comma", "break", "link", "slash", "plus", "open", "dash", "colon"} and not joint:
            joint = kind
    return joint


def is_compound(marks: list[Mark], head: int) -> bool:
    """``abnormal calcifications`` in words that touch, the first of which is a noun elsewhere."""
    before = marks[head - 1] if head else None
    return before is not None and before.concept == _ABNORMAL and before.last == marks[head].first


def list_goes_on(marks: list[Mark], head: int) -> bool:
    """Whether an ``or`` still comes between this noun and the next."""
    for mark in marks[head + 1 :]:
        if mark.kind == "or":
            return True
        if mark.kind in HEADS or mark.kind in STATEMENT_ENDS or mark.kind == "predicate":
            return False
    return False


def is_benign(marks: list[Mark], head: int) -> bool:
    for place in range(head - 1, -1, -1):
        mark = marks[place]
        if mark.kind == "descriptor":
            return mark.concept == "benign-appearing"
        if mark.kind not in {"morphology", "distribution", "part", "change", "side"}:
            return False
    return False


def was_absent(marks: list[Mark], head: int) -> bool:
    """``calcifications which were not present on the films of 1994``: new since then."""
    for place in range(head + 1, len(marks)):
        mark = marks[place]
        if mark.kind in HEADS:
            return False
        if mark.kind == "negation" and mark.meaning.direction == "backward":
            return any(
                m.kind == "prior" or (m.kind, m.concept) == ("date", "year") for m in marks[place + 1 : place + 5]
            )
    return False
