"""
The tables of terms and cues, by language, and the longest-match phrase matcher made of them.

A phrase is found by walking a trie of words: nothing is tried twice at one place, so the time grows with the text alone.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, Self

from worker.core.rules.row import Row, TableReader
from worker.core.rules.tokens import fold, spans_of, tidy, word_at
from worker.core.rules.vocabulary import Vocabulary
from worker.errors import TableError

__all__ = ["Cue", "Lexicon", "Meaning", "Term", "Words"]

# fmt: off
TermGroup = Literal[
    "calcification", "morphology", "distribution", "part", "combination", "side", "quadrant", "depth", "region",
    "descriptor", "change", "lesion", "organ", "scale", "graded", "category-name", "numeral", "roman", "density", "unit",
    "clock", "interval", "period", "action", "pathology", "symptom", "risk", "exam", "ignore",
]
CueKind = Literal[
    "negation", "exception", "only", "termination", "existence", "predicate", "historical", "resolved",
    "hypothetical", "current", "break", "filler", "and", "or", "times", "link", "definite", "anaphor",
    "section", "label", "breasts", "reason", "recommend", "performed", "dismissed", "distance", "particle", "extent",
    "prior", "overall", "category", "classified", "family", "tissue", "hedge", "concordance", "excision",
    "specimen", "density-context", "abbreviation", "language",
]
# fmt: on
Direction = Literal["forward", "backward", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Row):
    """
    Words of a report for one concept.

    ``phrase`` holds alternatives (``|``); inside one, ``(a/b)`` is one of, ``[a/b]`` is one of or none. ``alone`` marks
    words that speak of calcifications even where the noun is missing.
    """

    phrase: tuple[str, ...]
    group: TermGroup
    concept: str
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue(Row):
    """Words that change how others are read; ``scope`` says how exactly, per kind (mappings/README.md, "Cues")."""

    phrase: tuple[str, ...]
    kind: CueKind
    direction: Direction = "forward"
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one phrase says: a term's group or a cue's kind, its concept or scope, and the evidence rule of its row."""

    kind: str
    concept: str
    rule: str
    direction: str = ""
    alone: bool = False


Node = dict[str | None, Any]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """
    Everything one language's tables say, compiled.

    ``trie`` maps word -> node; a node's ``None`` holds the meanings of the phrase that ends there. ``combinations`` are
    (parts, whole) of descriptors that make another one together; ``function_words`` tell the language of a text.
    """

    language: str
    trie: Node
    words: frozenset[str]
    abbreviations: frozenset[str]
    function_words: frozenset[str]
    combinations: tuple[tuple[frozenset[str], str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicons by language (``en``, ``es``, ...)."""

    lexicons: dict[str, Lexicon]

    @classmethod
    def load(cls, reader: TableReader, vocabulary: Vocabulary) -> Self:  # noqa: ARG003  # the contract of all tables
        """
        Read ``terms.<lang>.csv`` and ``cues.<lang>.csv``; English ones also serve texts in Chinese, which quote them.

        Raises:
            TableError: A phrase is empty or unbalanced, or two rows of one table say the same of the same phrase.
        """
        tables = {}
        for name in reader.names("terms.*.csv"):
            language = name.split(".")[1]
            tables[language] = (reader.rows(name, Term), reader.rows(f"cues.{language}.csv", Cue))
        return cls({language: _lexicon(language, tables) for language in tables})


def _lexicon(language: str, tables: dict[str, tuple[tuple[Term, ...], tuple[Cue, ...]]]) -> Lexicon:
    terms, cues = tables[language]
    more_terms, more_cues = tables.get("en", ((), ())) if language == "zh" else ((), ())
    trie: Node = {}
    own = _plant(trie, (*terms, *cues), language, frozenset())
    _plant(trie, (*more_terms, *more_cues), language, own)
    return Lexicon(
        language,
        trie,
        frozenset(_vocabulary_of(trie)),
        frozenset(fold(phrase) for row in (*cues, *more_cues) if row.kind == "abbreviation" for phrase in row.phrase),
        frozenset(fold(phrase) for row in cues if row.kind == "language" for phrase in row.phrase),
        tuple(_combinations_of((*terms, *more_terms))),
    )


def _combinations_of(terms: Iterable[Term]) -> Iterator[tuple[frozenset[str], str]]:
    for row in terms:
        if row.group == "combination":
            for phrase in row.phrase:
                yield frozenset(part.strip() for part in phrase.split("+")), row.concept


def _plant(
    trie: Node, rows: Iterable[Term | Cue], language: str, taken: frozenset[tuple[str, ...]]
) -> frozenset[tuple[str, ...]]:
    """Put every phrase that is not ``taken`` into the trie; return all phrases put in."""
    seen: dict[tuple[tuple[str, ...], str], str] = {}
    for row in rows:
        meaning = _meaning_of(row)
        if meaning is None:
            continue
        for words in _phrases_of(row, language):
            other = seen.setdefault((words, meaning.kind), row.id)
            if other != row.id:
                raise TableError(row.table, row.line, f"row {other!r} already says this of {' '.join(words)!r}")
            if words not in taken:
                _add(trie, words, meaning)
    return frozenset(words for words, _ in seen)


def _add(trie: Node, words: tuple[str, ...], meaning: Meaning) -> None:
    node = trie
    for word in words:
        node = node.setdefault(word, {})
    if meaning not in node.get(None, ()):
        node[None] = (*node.get(None, ()), meaning)


def _meaning_of(row: Term | Cue) -> Meaning | None:
    if isinstance(row, Cue):
        if row.kind in {"abbreviation", "language"}:
            return None
        return Meaning(row.kind, row.scope, f"cue:{row.id}", row.direction)
    if row.group == "combination":
        return None
    return Meaning(row.group, row.concept, f"term:{row.id}", alone=row.alone)


def _phrases_of(row: Term | Cue, language: str) -> Iterator[tuple[str, ...]]:
    """Every spelling of a row as folded words; umlauts also as their two letters."""
    for phrase in row.phrase:
        for plain in _expand(phrase, row):
            for spelling in {plain, _transliterated(plain)} if language == "de" else {plain}:
                yield _words_of(spelling, row)


def _words_of(phrase: str, row: Row) -> tuple[str, ...]:
    folded = fold(phrase)
    words = tuple(tidy(word_at(folded, a, b)) for a, b in spans_of(folded))
    if not words:
        raise TableError(row.table, row.line, "a phrase is empty; give it words or take the bar away")
    return words


_CHOICE = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)")


def _expand(phrase: str, row: Row) -> Iterator[str]:
    """``[no] (mass/lesion)`` -> no mass, no lesion, mass, lesion."""
    pieces: list[list[str]] = []
    end = 0
    for found in _CHOICE.finditer(phrase):
        choices = (found[1] if found[1] is not None else found[2]).split("/")
        pieces += [[phrase[end : found.start()]], choices + ([""] if found[1] is not None else [])]
        end = found.end()
    pieces.append([phrase[end:]])
    if any(sign in piece for piece in (p for ps in pieces[::2] for p in ps) for sign in "[]()"):
        raise TableError(row.table, row.line, f"brackets of {phrase!r} do not match; close each one, do not nest them")
    return ("".join(parts) for parts in itertools.product(*pieces))


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def _transliterated(phrase: str) -> str:
    return phrase.translate(_UMLAUTS)


def _vocabulary_of(node: Node) -> Iterator[str]:
    for word, below in node.items():
        if word is not None:
            yield word
            yield from _vocabulary_of(below)
