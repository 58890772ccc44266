"""The tables of the letter: blocks, situations, steps, numbers, languages and their sentences, indexed and checked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self, get_args

from worker.core.rules.letter_checks import (
    check_blocks,
    check_forbidden,
    check_numbers,
    check_phrases,
    check_reading_level,
    check_situations,
    check_statements,
)
from worker.core.rules.letter_rows import (
    BlockRow,
    ElementRow,
    ForbiddenRow,
    Kind,
    LanguageRow,
    NumberRow,
    SituationRow,
    StatementRow,
    StepRow,
    TaglineRow,
)
from worker.core.rules.phrases import Phrases
from worker.core.rules.row import TableReader
from worker.errors import TableError

_KIND_ORDER = {kind: place for place, kind in enumerate(get_args(Kind))}


@dataclass(frozen=True, slots=True)
class Letters:
    """
    Everything the letter is made of.

    Args:
        blocks: By letter category, in the order of the letter.
        situations: By kind, scale and code.
        phrases: By language, completeness against English checked.
        forbidden: By language, compiled.
    """

    categories: tuple[str, ...]
    blocks: Mapping[str, tuple[BlockRow, ...]]
    situations: Mapping[tuple[str, str, str], SituationRow]
    steps: Mapping[str, StepRow]
    numbers: Mapping[str, tuple[NumberRow, ...]]
    languages: Mapping[str, LanguageRow]
    tags: Mapping[str, str]
    phrases: Mapping[str, Phrases]
    taglines: Mapping[str, str]
    forbidden: Mapping[str, tuple[tuple[ForbiddenRow, re.Pattern[str]], ...]]
    elements: tuple[ElementRow, ...]
    statements: Mapping[str, StatementRow]

    @classmethod
    def load(cls, reader: TableReader) -> Self:
        """
        Read, index and check the tables of the letter.

        Raises:
            TableError: The first row or message that does not fit, with file and line and how to mend it.
        """
        situations = reader.rows("letters/situations.csv", SituationRow)
        blocks = reader.rows("letters/blocks.csv", BlockRow)
        languages = reader.rows("letters/languages.csv", LanguageRow)
        categories = tuple(dict.fromkeys(row.category for row in situations))
        loaded = cls(
            categories,
            {category: _blocks_for(category, blocks) for category in categories},
            {(row.kind, row.scale, row.code): row for row in situations},
            {row.id: row for row in reader.rows("letters/steps.csv", StepRow)},
            _by_category(reader.rows("letters/numbers.csv", NumberRow)),
            {row.id: row for row in languages},
            {tag.lower(): row.id for row in languages for tag in row.tags},
            {row.id: _phrases(row, reader) for row in languages},
            {row.id.lower(): row.text for row in reader.rows("letters/taglines.csv", TaglineRow)},
            {row.id: _forbidden(row.id, reader) for row in languages},
            reader.rows("letters/elements.csv", ElementRow),
            {row.id: row for row in reader.rows("letters/statements.csv", StatementRow)},
        )
        loaded._check(blocks, situations)
        return loaded

    def _check(self, blocks: tuple[BlockRow, ...], situations: tuple[SituationRow, ...]) -> None:
        check_blocks(blocks, self.categories, self.steps)
        check_situations(situations, self.steps)
        check_numbers((row for rows in self.numbers.values() for row in rows), self.categories)
        check_statements(self.statements.values())
        said = {category: self._messages(category) for category in self.categories}
        check_phrases(self.phrases, {message for messages in said.values() for message in messages})
        check_forbidden(said, self.phrases, self.forbidden)
        check_reading_level(said, self.phrases["en"])

    def _messages(self, category: str) -> tuple[str, ...]:
        """Every message that a letter of this category may hold."""
        steps = (f"step-{action}" for action, row in self.steps.items() if row.role != "hidden")
        numbers = (row.message for row in self.numbers.get(category, ()) if row.use != "forbidden")
        return (*(row.id for row in self.blocks[category]), *dict.fromkeys(numbers), *steps, "step-other")


def _blocks_for(category: str, blocks: Iterable[BlockRow]) -> tuple[BlockRow, ...]:
    fitting = (
        row for row in blocks if category not in row.forbidden and (not row.categories or category in row.categories)
    )
    return tuple(sorted(fitting, key=lambda row: (_KIND_ORDER[row.kind], row.order)))


def _by_category(rows: Iterable[NumberRow]) -> dict[str, tuple[NumberRow, ...]]:
    found: dict[str, tuple[NumberRow, ...]] = {}
    for row in rows:
        found[row.category] = (*found.get(row.category, ()), row)
    return found


def _phrases(row: LanguageRow, reader: TableReader) -> Phrases:
    base = f"letters/{row.id}.ftl"
    names = (base, *(name for name in reader.names(f"letters/{row.id}.*.ftl") if name != base))
    return Phrases.read(row.id, row.locale, tuple((name, reader.text(name)) for name in names))


def _forbidden(language: str, reader: TableReader) -> tuple[tuple[ForbiddenRow, re.Pattern[str]], ...]:
    return tuple((row, _compiled(row)) for row in reader.rows(f"letters/forbidden.{language}.csv", ForbiddenRow))


def _compiled(row: ForbiddenRow) -> re.Pattern[str]:
    try:
        return re.compile(row.pattern, re.IGNORECASE)
    except re.error as error:
        raise TableError(row.table, row.line, f"the pattern is no regular expression: {error}; mend it") from error
