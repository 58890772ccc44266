"""What must hold between the tables of the letter before one letter is written."""

import hashlib
import re
from collections.abc import Iterable, Mapping

from worker.core.rules.letter_rows import BlockRow, ForbiddenRow, NumberRow, SituationRow, StatementRow
from worker.core.rules.phrases import Phrases, Saying
from worker.core.rules.readability import measure, total
from worker.core.rules.row import Row
from worker.errors import TableError

# What a sentence may speak of; the letter hands in every one of them, so that none can be missing at run time.
_OF_THE_LETTER = ["name", "gender", "side", "reach", "phone", "clinician", "contact", "nurse", "crisis", "interpreter"]
_OF_ONE_MESSAGE = ["due", "dates", "clock", "low", "high", "restLow", "restHigh", "first", "second", "date"]
VARIABLES = frozenset([*_OF_THE_LETTER, *_OF_ONE_MESSAGE])
_NEEDS = re.compile(
    r"(calcifications|symptoms|mqsa|interpreter"
    r"|(morphology|distribution|side|density|pathology|concordance|risk|country):[\w-]+"
    r"|fact:[\w.]+(=[\w-]+)?)$"
)
_NO_NUMBER = frozenset({"4C", "5"})

# Flesch-Kincaid; the letters themselves stay below 6 (docs/letters.md), this is where loading stops.
HARDEST_GRADE = 8.0

Forbidden = tuple[tuple[ForbiddenRow, re.Pattern[str]], ...]


def check_blocks(blocks: Iterable[BlockRow], categories: Iterable[str], actions: Iterable[str]) -> None:
    """Every name in a row is one that exists; a row that can never be chosen is refused."""
    known, planned = frozenset(categories), frozenset(actions)
    for row in blocks:
        for name in (*row.categories, *row.forbidden):
            if name not in known:
                raise _refused(row, f"unknown category {name!r}; known are {', '.join(sorted(known))}")
        for name in row.actions:
            if name not in planned:
                raise _refused(row, f"unknown action {name!r}; add it to letters/steps.csv or mend it")
        for token in (*row.needs, *row.unless):
            if not _NEEDS.match(token):
                raise _refused(row, f"unknown circumstance {token!r}; they are listed in mappings/README.md")
        if frozenset(row.categories or known) <= frozenset(row.forbidden):
            raise _refused(row, "every category that is allowed is also forbidden; the block can never be chosen")


def check_numbers(rows: Iterable[NumberRow], categories: Iterable[str]) -> None:
    """Numbers out of 100 with both sides; none where most results are cancer."""
    known = frozenset(categories)
    for row in rows:
        if row.category not in known:
            raise _refused(row, f"unknown category {row.category!r}")
        if row.category in _NO_NUMBER and row.use != "forbidden":
            raise _refused(row, "category 4C and 5 carry no number in a letter; write forbidden")
        for number in (row.low, row.high):
            if number is not None and not 0 <= number <= 100:
                raise _refused(row, f"{number} is not a share of 100")


def check_situations(rows: Iterable[SituationRow], actions: Iterable[str]) -> None:
    """Floors below ceilings, actions that exist."""
    planned = frozenset(actions)
    for row in rows:
        if row.floor > row.ceiling:
            raise _refused(row, "the floor is above the ceiling; the row can never be chosen")
        for name in row.actions:
            if name not in planned:
                raise _refused(row, f"unknown action {name!r}; add it to letters/steps.csv or mend it")


def check_statements(rows: Iterable[StatementRow]) -> None:
    """A text fixed by law is the one that its checksum says, and names where it was copied from."""
    for row in rows:
        if not row.text:
            continue
        if not row.citation:
            raise _refused(row, "the citation is empty; say where the text was copied from")
        found = hashlib.sha256(row.text.encode()).hexdigest()
        if row.sha256.lower() != found:
            raise _refused(row, f"the text's SHA-256 is {found}; copy the text again, or mend sha256 if it is right")


def check_phrases(phrases: Mapping[str, Phrases], needed: Iterable[str]) -> None:
    """Every language says everything, in as many parts as English, and speaks only of what the letter knows."""
    english = phrases["en"]
    for key in needed:
        if not english.has(key):
            raise TableError(english.table, 0, f"message {key!r} is missing; a row of a table names it")
    for language in phrases.values():
        for saying in english.sayings.values():
            own = language.sayings.get(saying.id)
            if own is None or own.keys != saying.keys:
                line = own.line if own else 0
                raise TableError(
                    language.table, line, f"message {saying.id!r} must have {_listed(saying)}, as English has"
                )
        for own in language.sayings.values():
            _check_saying(language, own)


def _check_saying(language: Phrases, saying: Saying) -> None:
    unknown = saying.variables - VARIABLES
    if unknown:
        raise TableError(saying.table, saying.line, f"message {saying.id!r}: nobody fills in {sorted(unknown)[0]!r}")
    lost = saying.references - language.sayings.keys()
    if lost:
        raise TableError(saying.table, saying.line, f"message {saying.id!r}: no message {sorted(lost)[0]!r}")


def _listed(saying: Saying) -> str:
    return ", ".join(key.partition(".")[2] or "a text" for key in saying.keys)


def check_forbidden(
    said: Mapping[str, Iterable[str]], phrases: Mapping[str, Phrases], forbidden: Mapping[str, Forbidden]
) -> None:
    """
    No message holds words that are never used with a category that it may stand in.

    Args:
        said: Ids of messages by category.
    """
    everywhere = tuple(said)
    for language, rows in forbidden.items():
        for row, pattern in rows:
            messages = {message for category in row.categories or everywhere for message in said.get(category, ())}
            for message in sorted(messages):
                saying = phrases[language].sayings[message]
                if pattern.search(saying.literal):
                    reason = f"message {message!r} holds words that {row.id} forbids; say it otherwise"
                    raise TableError(saying.table, saying.line, reason)


def check_reading_level(said: Mapping[str, Iterable[str]], english: Phrases) -> None:
    """English letters stay below the grade that no letter may reach, whatever blocks a site adds."""
    measured = {saying.id: measure(saying.literal.split("\n")) for saying in english.sayings.values()}
    for category, messages in said.items():
        grade = total(measured[message] for message in messages).grade
        if grade > HARDEST_GRADE:
            reason = (
                f"category {category} reads at grade {grade:.1f}, {HARDEST_GRADE:.0f} is the most; shorten sentences"
            )
            raise TableError(english.table, 0, reason)


def _refused(row: Row, reason: str) -> TableError:
    return TableError(row.table, row.line, reason)
