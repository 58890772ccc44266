"""
The names that regulation gives to the categories: beside a number they tell its scale where nothing else does.

``Category 4: suspicious``, ``benign calcifications (category 2)``: on every scale read here the number under that name
calls for the same. ``3, probably benign`` is also the British M3, which calls for tissue; there the words must ask for
the short follow-up that BI-RADS 3 means.
"""

from collections.abc import Iterator

from worker.core.narrative.found import Found
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.sentence import Sentence
from worker.core.narrative.steps import TIMES

__all__ = ["FOR_PRIORS", "is_fixed_by_name", "waits_for_priors"]

FOR_PRIORS = "0-PR"
_FARTHEST_NAME = 6  # words between the number and its official name
_PROBABLY_BENIGN = "3"
_CHECKS = frozenset(("short-interval-mammogram", "follow-up"))
_SHORT = (3, 12)  # months


def is_fixed_by_name(page: Page, marks: list[Mark], found: Found, sentence: Sentence | None) -> bool:
    """Whether the name of this very category stands behind the number, or before it in its sentence, not denied."""
    names = [*_names_behind(page, found), *(_names_before(page, found, sentence) if sentence is not None else ())]
    if not any(name.concept[:1] == found.category[:1] for name in names):
        return False
    return found.category != _PROBABLY_BENIGN or _asks_for_short_follow_up(marks)


def waits_for_priors(page: Page, found: Found) -> Mark | None:
    """``0: need prior mammograms for comparison``."""
    return next((name for name in _names_behind(page, found) if name.concept == FOR_PRIORS), None)


def _names_behind(page: Page, found: Found) -> Iterator[Mark]:
    behind = found.marks[-1].last if found.marks else 0
    names = (page.name_mark(word) for word in range(behind, behind + _FARTHEST_NAME))
    return (name for name in names if name is not None)


def _names_before(page: Page, found: Found, sentence: Sentence) -> Iterator[Mark]:
    """``No suspicious calcifications, category 2``: a denial before it takes the name away."""
    start, first = found.marks[0].first - _FARTHEST_NAME, found.marks[-1].first
    for word in range(max(sentence.first, start), first):
        name = page.name_mark(word)
        if name is not None and not any(mark.kind == "negation" and mark.last <= word for mark in sentence.marks):
            yield name


def _asks_for_short_follow_up(marks: list[Mark]) -> bool:
    kinds = {mark.concept for mark in marks if mark.kind == "action"}
    if kinds.isdisjoint(_CHECKS):
        return False
    is_timed = any(mark.kind in TIMES and _SHORT[0] <= mark.value < _SHORT[1] for mark in marks)
    return is_timed or "short-interval-mammogram" in kinds
