"""The tables of code systems, concepts, codes and relevance, indexed and checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Self

from worker.core.model import Coding
from worker.core.rules.coding_rows import CodeRow, Concept, RelevanceRow, System
from worker.core.rules.naming import Names, Phrases, folded, squeezed
from worker.core.rules.row import TableReader
from worker.core.rules.vocabulary_checks import (
    aliases,
    by_key,
    check_code,
    check_concepts,
    check_relevance,
    code_form,
    code_key,
    modalities,
    names,
    phrases,
)

__all__ = ["CodeRow", "Concept", "RelevanceRow", "System", "Vocabulary"]

_NO_NAMES = Names.of(())
_ABSENT = "absent"
_WORDS = re.compile(r"[^\W\d_]+")
_RANGE = re.compile(r"\s*[/\u2013\u2014-]\s*")
# System of the rows of codes.csv that read an answer in words.
_ANSWERS = "answer"
_PUNCTUATION = re.compile(r"[,;:(（，；：]|\s[-\u2013\u2014]\s")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What codes mean and what makes a message ours; every look-up is a dictionary or one compiled pattern."""

    systems: Mapping[str, System]
    concepts: Mapping[tuple[str, str], Concept]
    codes: Mapping[tuple[str, str], CodeRow]
    names: Mapping[str, Names]
    exams: Mapping[tuple[str, str], RelevanceRow]
    categories: Mapping[tuple[str, str], RelevanceRow]
    words: Mapping[str, Phrases]
    modalities: Mapping[str, Phrases]
    system_of: Mapping[str, System]
    patterns: tuple[tuple[str, System], ...]

    @classmethod
    def load(cls, reader: TableReader) -> Self:
        """
        Read the tables.

        Raises:
            TableError: A row names an unknown system or concept, maps a code twice, or can never match.
        """
        systems = {row.id: row for row in reader.rows("systems.csv", System)}
        concepts = by_key(reader.rows("concepts.csv", Concept), lambda row: (row.group, row.concept))
        check_concepts(concepts)
        codes = by_key(reader.rows("codes.csv", CodeRow), lambda row: code_key(systems, row))
        for row in codes.values():
            check_code(row, systems, concepts)
        named = names(concepts.values())
        relevance = reader.rows("relevance.csv", RelevanceRow)
        for rule in relevance:
            check_relevance(rule, named)
        plain, patterns = aliases(systems.values())
        exams, categories = (
            by_key((rule for rule in relevance if rule.kind == kind), lambda rule: code_key(systems, rule))
            for kind in ("code", "category")
        )
        words = phrases(rule for rule in relevance if rule.kind == "word")
        exam_words = modalities(relevance, named)
        return cls(systems, concepts, codes, named, exams, categories, words, exam_words, plain, patterns)

    def row_of(self, coding: Coding) -> CodeRow | None:
        """The meaning of a code; None for a code that no table knows."""
        system = self.system_named(coding.system)
        if system is None:
            return None
        code = code_form(coding.code, system)
        found = self.codes.get((system.id, code))
        if found is None and system.hierarchical:
            return next((row for row in self._wider(system.id, code) if row), None)
        return found

    def exam_of(self, coding: Coding) -> RelevanceRow | None:
        """What a report or Observation code says about relevance and the exam."""
        return self._relevance(self.exams, coding)

    def category_of(self, coding: Coding) -> RelevanceRow | None:
        """The same for a code of a category element."""
        return self._relevance(self.categories, coding)

    def system_named(self, uri: str) -> System | None:
        """The system of a URI, OID or designator as sent, in any case."""
        found = self.system_of.get(uri)
        if found is not None:
            return found
        plain = uri.partition("|")[0].rstrip("/").lower()
        found = self.system_of.get(plain)
        if found is not None or not plain:
            return found
        return next((system for pattern, system in self.patterns if fnmatchcase(plain, pattern)), None)

    def named_in(self, group: str, text: str, with_word: str = "") -> tuple[str, ...]:
        """Concepts of a group that a short text names (by names that contain ``with_word``)."""
        return self.names.get(group, _NO_NAMES).named_in(text, with_word)

    def exactly(self, group: str, text: str) -> str | None:
        """The concept of a group that a text names as a whole."""
        return self.names.get(group, _NO_NAMES).exactly(text)

    def denies(self, text: str) -> bool:
        """Whether a short text has a word in it that denies: what it names then may be just what is not there."""
        return any(
            self.exactly("presence", word) == _ABSENT for word in _WORDS.findall(text)
        ) or _ABSENT in self.named_in("presence", text)

    def leading(self, group: str, text: str) -> str | None:
        """The concept that stands before the first punctuation ("B5b - invasive"), unless more figures follow it."""
        first = _PUNCTUATION.split(text, maxsplit=1)
        if len(first) == 1 or any(character.isdigit() for character in first[1]):
            return None
        return self.exactly(group, first[0])

    def graded(self, text: str) -> CodeRow | None:
        """The category that stands alone, or before the first punctuation, and whose letter names its scale ("M4")."""
        first, *rest = _PUNCTUATION.split(text, maxsplit=1)
        if rest and any(character.isdigit() for character in rest[0]):
            return None
        return self.codes.get((_ANSWERS, squeezed(folded(first))))

    def range_in(self, group: str, text: str) -> tuple[str, ...]:
        """What a text names that is nothing but a range or a choice ("3/4", "4A - 4B"); empty for any other text."""
        parts = [self.exactly(group, part) for part in _RANGE.split(text)]
        return tuple(part for part in parts if part) if len(parts) > 1 and all(parts) else ()

    def also(self, group: str, concept: str, wanted: str) -> tuple[str, ...]:
        """What a concept stands for besides, in the group that is wanted (the risk that a diagnosis leaves behind)."""
        row = self.concepts.get((group, concept))
        pairs = (meaning.partition(":") for meaning in row.also) if row else ()
        return tuple(name for kind, _, name in pairs if kind == wanted)

    def knows(self, group: str, concept: str) -> bool:
        """Whether the vocabulary has the concept."""
        return (group, concept) in self.concepts

    def _wider(self, system: str, code: str) -> Iterator[CodeRow | None]:
        for length in range(len(code), 1, -1):
            yield self.codes.get((system, f"{code[:length]}*"))

    def _relevance(self, rows: Mapping[tuple[str, str], RelevanceRow], coding: Coding) -> RelevanceRow | None:
        system = self.system_named(coding.system)
        if system is None:
            return None
        return rows.get((system.id, code_form(coding.code, system)))
