"""
What a denial takes for granted.

``I do not agree that the calcifications are benign``, ``none of the calcifications layers``, ``not all of them were
removed``, ``no improvement in the calcifications``: what is denied is something else; the calcifications are there.
"""

from worker.core.narrative.attach import HEADS
from worker.core.narrative.marks import Mark
from worker.core.narrative.nouns import STATEMENT_ENDS

__all__ = [
    "denies_another_noun",
    "denies_behind",
    "is_double",
    "is_named_in_condition",
    "is_of_other_side",
    "is_of_prior",
    "is_partial",
    "is_presupposed",
    "is_undone",
    "opens_statement",
]

_VERBAL, _PARTITIVE = "verbal", "partitive"  # of denials: of a verb (not), of members (none of the)
_POINTING = frozenset(("article", "anaphor"))
_DEFINITE = "definite"  # of a condition that holds the article itself
_SEEING = frozenset(("existence", "predicate"))
_PARTIAL = "partial"
_MOST_UNKNOWN = 2  # words of a noun that no table knows
_FARTHEST_DENIAL = 2  # words between the two


def is_presupposed(marks: list[Mark], negation: Mark, head: int) -> bool:
    """Whether a noun that a denial reaches is there: it has its article, and nothing says that it is not seen."""
    if negation.concept == _PARTITIVE:
        return not (_is_seen_behind(marks, head) or _is_called_suspicious(marks, head))
    if negation.concept != _VERBAL:
        return False
    article = _article_before(marks, head)
    if article < 0 or marks[article].first < negation.last:
        return False
    between = [mark for mark in marks[:article] if mark.first >= negation.last]
    return not (any(mark.kind in _SEEING for mark in between) or _is_seen_behind(marks, head))


def is_named_in_condition(marks: list[Mark], condition: Mark, head: int) -> bool:
    """``Should the calcifications increase``: they are there; what an exam is to exclude may not be."""
    if condition.concept == _DEFINITE:
        return not any(mark.kind in HEADS and mark.first >= condition.last for mark in marks[:head])
    return not condition.concept and _article_before(marks, head) >= 0


def denies_behind(marks: list[Mark], head: int) -> bool:
    """``I cannot call these calcifications benign``: a denied verb before a noun takes back what is said behind it."""
    for place in range(head - 1, -1, -1):
        if marks[place].kind in HEADS or marks[place].kind in STATEMENT_ENDS:
            return False
        if marks[place].kind == "negation":
            return marks[place].concept == _VERBAL
    return False


def denies_another_noun(marks: list[Mark], negation: int) -> bool:
    """``no improvement in the calcifications``: a noun that no table knows, and a word that leads on from it."""
    following = marks[negation + 1] if negation + 1 < len(marks) else None
    return (
        following is not None
        and following.kind in {"break", "times"}
        and 0 < following.first - marks[negation].last <= _MOST_UNKNOWN
    )


def is_of_other_side(marks: list[Mark], negation: int) -> bool:
    """``left breast calcifications, absent on the right``: what is denied behind is another breast's."""
    behind = next((mark for mark in marks[negation + 1 : negation + 4] if mark.kind not in {"break", "definite"}), None)
    if behind is None or behind.kind != "side":
        return False
    before = {mark.concept for mark in marks[:negation] if mark.kind == "side"}
    return bool(before) and behind.concept not in before


def is_undone(marks: list[Mark], resolved: int) -> bool:
    """``have not been completely removed``."""
    before = marks[max(0, resolved - _FARTHEST_DENIAL) : resolved]
    return any(mark.kind == "negation" and marks[resolved].first - mark.last <= _FARTHEST_DENIAL for mark in before)


def is_partial(marks: list[Mark], head: int) -> bool:
    """``some of the calcifications were removed``."""
    for place in range(head - 1, -1, -1):
        if marks[place].kind in HEADS:
            return False
        if marks[place].concept == _PARTIAL:
            return True
    return False


def _article_before(marks: list[Mark], head: int) -> int:
    """The place of the article or pointer that a noun has, or -1."""
    for place in range(head - 1, -1, -1):
        mark = marks[place]
        if mark.kind == "definite" and mark.concept in _POINTING:
            return place
        if mark.kind in HEADS or mark.kind == "negation":
            return -1
    return -1


def _is_seen_behind(marks: list[Mark], head: int) -> bool:
    """``neither the mass nor the calcifications are seen today``."""
    for place in range(head + 1, len(marks)):
        mark, before = marks[place], marks[place - 1]
        if mark.kind in STATEMENT_ENDS:
            return False
        if mark.kind == "predicate" and before.kind == "break" and before.last == mark.first:
            return True
    return False


def _is_called_suspicious(marks: list[Mark], head: int) -> bool:
    return any(mark.kind == "descriptor" and mark.concept == "suspicious" for mark in marks[head + 1 :])


def is_of_prior(marks: list[Mark], place: int) -> bool:
    """Whether what is not there was not there on an earlier exam, or is not there by ultrasound."""
    if any(mark.kind == "exam" and mark.concept == "other" for mark in marks[max(0, place - 2) : place]):
        return True
    for mark in marks[place + 1 : place + 5]:
        if mark.kind == "prior" or (mark.kind, mark.concept) in {("date", "year"), ("exam", "other")}:
            return True
        if mark.kind in HEADS or mark.kind in STATEMENT_ENDS or mark.kind in {"comma", "side"}:
            return False
    return False


def is_double(marks: list[Mark], place: int) -> bool:
    """``cannot be excluded``: a denial of a denial."""
    before = marks[place - 1] if place else None
    if before is not None and before.kind == "break" and place > 1:
        before = marks[place - 2]
    return (
        before is not None
        and before.kind == "negation"
        and before.meaning.direction != "backward"
        and marks[place].first - before.last <= _FARTHEST_DENIAL
    )


def opens_statement(marks: list[Mark], comma: int, negation: Mark) -> bool:
    """``Without prior films, the calcifications ...``: behind what no table knows, a noun with its article."""
    following = marks[comma + 1] if comma + 1 < len(marks) else None
    if following is None or following.kind != "definite" or following.concept not in _POINTING:
        return False
    return following.first == marks[comma].last and not any(
        mark.kind in HEADS and mark.first >= negation.last for mark in marks[:comma]
    )
