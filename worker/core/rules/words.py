"""
The tables of terms and cues, by language, and the longest-match phrase matcher made of them.

A phrase is found by walking a trie of words: nothing is tried twice at one place, so time grows with the text alone.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from worker.core.rules.forms import Forms
from worker.core.rules.lexicon import Lexicon, Meaning, Node, merged
from worker.core.rules.row import Row, TableReader
from worker.core.rules.tokens import cut, fold, tidy
from worker.core.rules.tongues import Lexicons
from worker.core.rules.vocabulary import Vocabulary
from worker.errors import TableError

__all__ = ["Cue", "Lexicon", "Meaning", "Node", "Term", "Words"]

# fmt: off
TermGroup = Literal[
    "calcification", "morphology", "distribution", "part", "combination", "side", "quadrant", "depth", "region",
    "side-initial", "descriptor", "change", "lesion", "organ", "scale", "graded", "category-name", "numeral", "roman",
    "density", "unit", "clock", "interval", "period", "action", "pathology", "symptom", "risk", "exam", "ignore",
    "guidance", "half",
]
CueKind = Literal[
    "negation", "exception", "only", "termination", "existence", "predicate", "historical", "resolved",
    "hypothetical", "current", "break", "filler", "and", "or", "times", "link", "definite",
    "section", "label", "breasts", "reason", "recommend", "performed", "dismissed", "elapsed",
    "distance", "particle", "extent",
    "prior", "overall", "category", "classified", "family", "tissue", "hedge", "concordance", "excision",
    "specimen", "sampling", "verdict", "density-context", "abbreviation", "language", "ending", "spoken",
]
# fmt: on
Direction = Literal["forward", "backward", "both", "running"]


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
class Words:
    """The lexicons by language (``en``, ``es``, ...)."""

    lexicons: Lexicons
    _phrases: dict[str, "Phrases"] = field(default_factory=dict, repr=False)
    _pairs: dict[tuple[str, str], Lexicon] = field(default_factory=dict, repr=False, compare=False)

    def with_second(self, main: str, second: str) -> Lexicon:
        """
        The lexicon of a text in two languages: where both know a phrase, the main one says what it means.

        Compiled when a text first needs it, and kept.
        """
        pair = (main, second)
        if pair not in self._pairs:
            own, other = self.lexicons[main], self.lexicons[second]
            trie, words = _compiled(self._phrases[second], self._phrases[main])
            forms = Forms.made(words, own.forms.endings, own.forms.joints, own.forms.others | other.forms.others)
            abbreviations = own.abbreviations | other.abbreviations
            functions = own.function_words | other.function_words
            names = {**other.names, **own.names}
            self._pairs[pair] = replace(
                own,
                trie=trie,
                names=names,
                words=words,
                abbreviations=abbreviations,
                function_words=functions,
                sampling=own.sampling | other.sampling,
                verdicts=own.verdicts | other.verdicts,
                combinations=own.combinations + other.combinations,
                forms=forms,
            )
        return self._pairs[pair]

    @classmethod
    def load(cls, reader: TableReader, vocabulary: Vocabulary) -> Self:  # noqa: ARG003  # the contract of all tables
        """
        Read ``terms.<lang>.csv`` and ``cues.<lang>.csv``; English ones also serve texts in Chinese, which quote them.

        Raises:
            TableError: A phrase is empty or unbalanced, or two rows of one table say the same of the same phrase.
        """
        tables: Tables = {}
        for name in reader.names("terms.*.csv"):
            language = name.split(".")[1]
            tables[language] = (*reader.rows(name, Term), *reader.rows(f"cues.{language}.csv", Cue))
        phrases = {
            language: _phrases((row for row in rows if _kind_of(row) != _NAME), language)
            for language, rows in tables.items()
        }
        return cls(Lexicons({language: _lexicon(language, tables, phrases) for language in tables}), phrases)


Phrases = dict[tuple[str, ...], tuple[Meaning, ...]]
Tables = dict[str, tuple[Term | Cue, ...]]
_QUOTES_ENGLISH = "zh"
_NAME = "category-name"
_HALF = "half"  # a term that is looked up beside a step, never marked
_WORD_LISTS = frozenset(
    ("abbreviation", "language", "ending", "sampling", "verdict", "spoken")
)  # looked up, never marked


def _phrases(rows: Iterable[Term | Cue], language: str) -> Phrases:
    """What each phrase says; two rows that say the same kind of thing of one phrase are refused."""
    phrases: Phrases = {}
    seen: dict[tuple[tuple[str, ...], str], str] = {}
    for row in rows:
        meaning = _meaning_of(row)
        if meaning is None:
            continue
        alone = (meaning,)  # one for all phrases of a row, by which their ends are seen to be equal
        for words in _phrases_of(row, language):
            other = seen.setdefault((words, meaning.kind), row.id)
            if other != row.id:
                raise TableError(row.table, row.line, f"row {other!r} already says this of {' '.join(words)!r}")
            said = phrases.get(words, ())
            if meaning not in said:
                phrases[words] = (*said, meaning) if said else alone
    return phrases


def _lexicon(language: str, tables: Tables, phrases: dict[str, Phrases]) -> Lexicon:
    rows = own = tables[language]
    quoted: Phrases = {}
    if language == _QUOTES_ENGLISH and "en" in tables:
        rows, quoted = (*own, *tables["en"]), phrases["en"]
    trie, words = _compiled(quoted, phrases[language])
    names, _ = _compiled(_phrases((row for row in rows if _kind_of(row) == _NAME), language))
    functions = frozenset(_said_by("language", own))
    sampling, verdicts = frozenset(_said_by("sampling", rows)), frozenset(_said_by("verdict", rows))
    listed = functions | sampling | verdicts
    return Lexicon(
        language,
        trie,
        names,
        words,
        frozenset(_said_by("abbreviation", rows)),
        functions,
        frozenset(_said_by("language", own, "neighbour")),
        sampling,
        verdicts,
        tuple(_combinations_of(rows)),
        dict(_halves_of(rows)),
        {row.scope: tuple(map(fold, row.phrase)) for row in own if isinstance(row, Cue) and row.kind == "spoken"},
        Forms.made(words, _said_by("ending", own), _said_by("ending", own, "joint"), listed),
    )


def _said_by(kind: str, rows: Iterable[Term | Cue], scope: str = "") -> Iterator[str]:
    """The phrases of all cues of a kind (and scope), folded."""
    for row in rows:
        if isinstance(row, Cue) and row.kind == kind and row.scope == scope:
            yield from map(fold, row.phrase)


def _kind_of(row: Term | Cue) -> str:
    """A term's group or a cue's kind."""
    return row.kind if isinstance(row, Cue) else row.group


def _combinations_of(rows: Iterable[Term | Cue]) -> Iterator[tuple[frozenset[str], str]]:
    for row in rows:
        if isinstance(row, Term) and row.group == "combination":
            for phrase in row.phrase:
                yield frozenset(part.strip() for part in phrase.split("+")), row.concept


def _halves_of(rows: Iterable[Term | Cue]) -> Iterator[tuple[str, Meaning]]:
    for row in rows:
        if isinstance(row, Term) and row.group == _HALF:
            for phrase in row.phrase:
                yield fold(phrase), Meaning("action", row.concept, f"term:{row.id}")


def _compiled(*all_phrases: Phrases) -> tuple[Node, frozenset[str]]:
    """The trie of all phrases, and their words; a phrase says what the last that have it say of it."""
    trie: Node = {}
    for phrases in all_phrases:
        for words, meanings in phrases.items():
            node = trie
            for word in words:
                node = node.setdefault(word, {})
            node[None] = meanings
    vocabulary = itertools.chain.from_iterable(itertools.chain.from_iterable(all_phrases))
    return merged(trie, {}), frozenset(vocabulary)


def _meaning_of(row: Term | Cue) -> Meaning | None:
    if isinstance(row, Cue):
        if row.kind in _WORD_LISTS:
            return None
        return Meaning(row.kind, row.scope, f"cue:{row.id}", row.direction)
    if row.group in {"combination", _HALF}:
        return None
    return Meaning(row.group, row.concept, f"term:{row.id}", alone=row.alone)


def _phrases_of(row: Term | Cue, language: str) -> Iterator[tuple[str, ...]]:
    """Every spelling of a row as folded words; umlauts also as their two letters."""
    for phrase in row.phrase:
        spellings = (phrase, phrase.translate(_UMLAUTS), phrase.replace("ß", "ss")) if language == "de" else (phrase,)
        for spelling in dict.fromkeys(spellings):
            for pieces in itertools.product(*_pieces_of(spelling, row)):
                words = tuple(itertools.chain.from_iterable(pieces))
                if not words:
                    raise TableError(row.table, row.line, "a phrase is empty; give it words or take the bar away")
                yield words


_CHOICE = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def _pieces_of(phrase: str, row: Row) -> list[list[tuple[str, ...]]]:
    """``[no] (mass/lesion)`` -> [[(no), ()], [(mass), (lesion)]]: what may stand at each place, cut into words."""
    pieces: list[list[tuple[str, ...]]] = []
    end = 0
    for found in _CHOICE.finditer(phrase):
        choices = (found[1] if found[1] is not None else found[2]).split("/")
        fixed = phrase[end : found.start()]
        _refuse_brackets(fixed, phrase, row)
        pieces.append([_words_of(fixed)])
        pieces.append([_words_of(choice) for choice in choices] + ([()] if found[1] is not None else []))
        end = found.end()
    _refuse_brackets(phrase[end:], phrase, row)
    pieces.append([_words_of(phrase[end:])])
    return pieces


def _refuse_brackets(piece: str, phrase: str, row: Row) -> None:
    if any(sign in piece for sign in "[]()"):
        raise TableError(row.table, row.line, f"brackets of {phrase!r} do not match; close each one, do not nest them")


def _words_of(phrase: str) -> tuple[str, ...]:
    return tuple(map(tidy, cut(fold(phrase)).words))
