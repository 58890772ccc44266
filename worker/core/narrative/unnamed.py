"""
Categories beside which nothing names a scale: where the text names it elsewhere, or the category itself tells.

Only BI-RADS has 4A, 4B and 4C; a bare ``4`` is looked at nowhere else than under a heading or in a table's column.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from worker.core.narrative.digits import DIGITS, SUBCATEGORIES, Digits
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.sentence import Sentence

__all__ = ["Number", "numbers_without_names"]

_SUBCATEGORY = re.compile(r"4(?<![A-Za-z0-9.]4) ?[A-Ca-c](?![A-Za-z0-9])")  # a text without any 4 is passed at once
_FIRST = attrgetter("first")
_ANSWERS = frozenset(("descriptor", "negation", "lesion"))
_RATED = frozenset(("descriptor", "calcification", "lesion"))
_ALONE = DIGITS | {"break"}  # "4A" holds the article "a"
_RATING = frozenset(("assessment", "impression", "recommendation"))
_NOT_RATED = frozenset(("pathology", "technique", "teaching", "history", "comparison"))
_TISSUE = frozenset(("tissue", "specimen", "pathology"))
_BEFORE = frozenset(("open", "comma", "dash", "colon", "semicolon"))
_BEHIND = frozenset(("close", "comma", "dash", "semicolon"))


class Number(NamedTuple):
    """A number that is a category: its place among the page's marks, its scale as far as known, its side."""

    place: int
    scale: str
    side: str


def numbers_without_names(page: Page, digits: Digits, sentences: list[Sentence], is_named: bool) -> Iterator[Number]:
    """
    Numbers that are categories although no name stands beside them.

    Args:
        is_named: Whether the text names BI-RADS anywhere.
    """
    has_subcategory = _SUBCATEGORY.search(page.text) is not None
    for sentence in sentences:
        if sentence.kinds.isdisjoint(DIGITS):
            continue
        for mark, scale in _numbers_of(page, digits, sentence, is_named, has_subcategory):
            place = bisect_left(digits.marks, mark.first, key=_FIRST)
            yield Number(place, scale, sentence.place.side if scale else "unknown")


def _numbers_of(
    page: Page, digits: Digits, sentence: Sentence, is_named: bool, has_subcategory: bool
) -> Iterator[tuple[Mark, str]]:
    first = sentence.marks[0]
    scale = sentence.scale or ("BI-RADS" if is_named and sentence.place.side in {"left", "right"} else "")
    if scale and first.kind in DIGITS and (sentence.scale or _stands_alone(page, first, sentence)):
        yield first, scale
    elif has_subcategory and _is_rated(sentence):
        for place, mark in enumerate(sentence.marks):
            if mark.kind in DIGITS and digits.letter_after(mark) and _is_set_off(digits, sentence, place):
                yield mark, ""


def _stands_alone(page: Page, mark: Mark, sentence: Sentence) -> bool:
    """``Left breast: 4B - moderate suspicion``: an answer, not the number of a list's item or of things counted."""
    if len(sentence.marks) > 1:
        following = sentence.marks[1]
        return following.kind in {"dash", "open", "comma", "colon"} and bool(sentence.kinds & _ANSWERS)
    words = page.words
    after = next((k for k in range(mark.last, len(words)) if words[k] not in {"a", "b", "c"}), len(words))
    return _ends_line(words, after)


def _ends_line(words: list[str], after: int) -> bool:
    return words[after : after + 1] in ([], ["\n"]) or words[after : after + 2] in (["."], [".", "\n"])


def _is_rated(sentence: Sentence) -> bool:
    """Whether a sentence may give a category: it names what is rated, or stands where ratings do; not of tissue."""
    if sentence.section not in _NOT_RATED and sentence.kinds <= _ALONE:
        return True  # "4C." on a line
    if sentence.section in _NOT_RATED or sentence.is_tissue or not sentence.kinds.isdisjoint(_TISSUE):
        return False
    return sentence.section in _RATING or not sentence.kinds.isdisjoint(_RATED)


def _is_set_off(digits: Digits, sentence: Sentence, place: int) -> bool:
    """``suspicious calcifications (4B)``, ``..., 4C.``: between signs; ``image 4B`` is not, ``4A. Cyst`` is an item."""
    marks = sentence.marks
    mark = marks[place]
    category, end = digits.of(mark)
    if category not in SUBCATEGORIES:
        return False
    following = next((one for one in marks[place + 1 :] if one.first >= end), None)
    is_last = following is None and digits.page.words[end : end + 1] in ([], ["."], ["\n"])
    if not is_last and (following is None or following.first != end or following.kind not in _BEHIND):
        return False
    if place == 0:
        is_answer = _ends_line(digits.page.words, end) if is_last else not sentence.kinds.isdisjoint(_RATED)
        return is_answer and (sentence.section in _RATING or sentence.kinds <= _ALONE)
    before = marks[place - 1]
    return before.kind in _BEFORE and before.last == mark.first
