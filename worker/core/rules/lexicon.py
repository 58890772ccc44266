"""
The words of one language, compiled: the longest-match phrase matcher, and what signs and numbers say without any table.
"""

from dataclasses import dataclass, field
from typing import Any

from worker.core.rules.forms import Forms
from worker.core.rules.tokens import BREAK

__all__ = ["STOPS", "Lexicon", "Meaning", "Node", "merged", "number_or_date"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one phrase says: a term's group or a cue's kind, its concept or scope, and the evidence rule of its row."""

    kind: str
    concept: str
    rule: str
    direction: str = ""
    alone: bool = False


Node = dict[str | None, Any]
First = tuple[tuple[Meaning, ...], Node | None]

_KINDS_OF_SIGNS = {
    **dict.fromkeys("-–—", "dash"),
    **dict.fromkeys("•‣▪●·", "bullet"),
    ";": "semicolon",
    ":": "colon",
    **dict.fromkeys(",，", "comma"),
    "、": "and",
    "&": "and",
    "+": "plus",
    "×": "times",
    "*": "times",
    "/": "slash",
    "|": "pipe",
    "(": "open",
    "[": "open",
    ")": "close",
    "]": "close",
}
_SIGNS = {sign: Meaning(kind, sign, "") for sign, kind in _KINDS_OF_SIGNS.items()}
STOPS = {sign: Meaning("stop", sign, "") for sign in (*".!?。", BREAK)}
_NUMBER = Meaning("number", "", "")
_DATE = Meaning("date", "", "")
_YEAR = Meaning("date", "year", "")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """
    Everything one language's tables say, compiled.

    ``trie`` maps word -> node; a node's ``None`` holds the meanings of the phrase that ends there; ``names`` is the
    same for the names that regulation gives to categories. ``firsts`` are the words that a mark may start with: what
    each says alone, and the node of the phrases that go on from it, if any do. ``combinations`` are (parts, whole) of
    descriptors that make another one together; ``halves`` the words that name a step with a noun behind another step's
    (``surgical and oncology referral``), ``spoken`` the words said for a sign (``period``); ``function_words`` tell the
    language of a text, ``neighbours`` one near to it; ``known`` are its words and function words; ``sampling`` names
    what brings tissue or tells of it (biopsy, histology), ``verdicts`` the words by which it does (showed, was).
    """

    language: str
    trie: Node
    names: Node
    words: frozenset[str]
    abbreviations: frozenset[str]
    function_words: frozenset[str]
    neighbours: frozenset[str]
    sampling: frozenset[str]
    verdicts: frozenset[str]
    combinations: tuple[tuple[frozenset[str], str], ...]
    halves: dict[str, Meaning]
    spoken: dict[str, tuple[str, ...]]
    forms: Forms
    firsts: dict[str, First] = field(init=False, repr=False, compare=False)
    known: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        firsts = {word: _first(word, node) for word, node in self.trie.items() if word is not None}
        signs: dict[str, First] = {sign: ((meaning,), None) for sign, meaning in _SIGNS.items()}
        stops: dict[str, First] = dict.fromkeys(STOPS, ((), None))
        object.__setattr__(self, "firsts", signs | stops | firsts)
        object.__setattr__(self, "known", self.words | self.function_words)


def merged(node: Node, known: dict[tuple[str | int | None, ...], Node]) -> Node:
    """
    The same trie with equal nodes made one: most phrases end alike, and what is small stays near the processor.

    Args:
        known: The nodes so far, by what they hold; empty at first.
    """
    for word, below in node.items():
        if word is not None:
            node[word] = merged(below, known)
    return known.setdefault((*node, *map(id, node.values())), node)


def _first(word: str, node: Node) -> First:
    """What a word says alone, be it as a sign or number, and the phrases that go on from it."""
    meanings = node.get(None, ())
    if not meanings and word in _SIGNS:
        meanings = (_SIGNS[word],)
    elif not meanings and word[0].isdigit():
        meanings = (number_or_date(word),)
    return meanings, node if len(node) > (None in node) else None


def number_or_date(word: str) -> Meaning:
    """What a word of digits is: a year, a date, else a number."""
    if len(word) == 4 and word[:2] in {"19", "20"} and word.isdigit():
        return _YEAR
    return _DATE if len(word) > 5 and any(word.count(sign) == 2 for sign in "./-") else _NUMBER
