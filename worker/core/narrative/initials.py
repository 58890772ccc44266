"""Categories behind the first letters of both sides: ``BI-RADS: R2 L4B``, ``BI-RADS (R): 2 (L): 4C``."""

from typing import NamedTuple

from worker.core.narrative.digits import CONCERN
from worker.core.narrative.marks import Mark, Page
from worker.core.rules.words import Meaning

__all__ = ["Initial", "after_signs", "by_initials"]

_SIGNS = frozenset(":;-–—.,()/|[]=\n")
_JOINING = "and"
_LETTERS = frozenset(("a", "b", "c"))
_NUMBER = Meaning("number", "", "")
_INITIAL = "side-initial"


class Initial(NamedTuple):
    """One category with the side whose letter stands before it, and the words it was read from."""

    category: str
    side: str
    mark: Mark


def by_initials(page: Page, word: int) -> list[Initial]:
    """The categories that follow a scale's name from a word on, each behind a letter; none if the first is not."""
    found: list[Initial] = []
    words = page.words
    while True:
        word = after_signs(words, word)
        side = _side_at(page, word)
        number = after_signs(words, word + 1)
        if not side or number >= len(words) or not words[number].isdigit():
            return found
        end = number + 1
        category = words[number].lstrip("0") or "0"
        if category == "4" and end < len(words) and words[end] in _LETTERS:
            category, end = category + words[end].upper(), end + 1
        if category not in CONCERN:
            return found
        found.append(Initial(category, side, Mark(_NUMBER, number, end)))
        word = _after_name(page, end)


def _after_name(page: Page, word: int) -> int:
    """The word behind a category's official name, and behind what joins the next category to it, if they are there."""
    word = after_signs(page.words, word)
    name = page.name_mark(word)
    if name is not None:
        word = after_signs(page.words, name.last)
    is_joined = word < len(page.words) and any(meaning.kind == _JOINING for meaning in page.meanings_at(word))
    return word + is_joined


def after_signs(words: list[str], word: int, signs: frozenset[str] = _SIGNS) -> int:
    """The first word from one on that is no sign."""
    while word < len(words) and words[word] in signs:
        word += 1
    return word


def _side_at(page: Page, word: int) -> str:
    """The side for which a single letter stands; the tables tell, even where a longer phrase begins with it."""
    if word >= len(page.words) or len(page.words[word]) != 1:
        return ""
    meanings = page.lexicon.trie.get(page.words[word], {}).get(None, ())
    return next((meaning.concept for meaning in meanings if meaning.kind == _INITIAL), "")
