"""One language's sentences: a Fluent file, read once, every message compiled, the constant ones kept as text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Self

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from worker.core.model import LetterBlock
from worker.errors import TableError

Arguments = Mapping[str, str | int]

# Arguments that are the site's, or one of few: only what is made of nothing else is kept. Names of persons are not.
_SHARED = frozenset(
    {"phone", "reach", "clinician", "contact", "nurse", "crisis", "interpreter", "gender", "side", "clock"}
    | {"low", "high", "restLow", "restHigh", "date", "due", "dates"}
    | {"first", "second"}  # parts of a sentence that are themselves sentences, names of steps, or dates
)
_MOST_SAID = 4096
_PARAGRAPH = re.compile(r"p\d+$")
_ENTRY = re.compile(r"^[A-Za-z][\w-]* *=[^\n]*(?:\n[ \t]+[^\n]*)*", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z][\w-]* *=[^\n]*(?:\n +\.[A-Za-z][\w-]* *= *\S[^\n]*)*")
_PART = re.compile(r"^ +\.([A-Za-z][\w-]*) *= *(\S[^\n]*)$", re.MULTILINE)
_REFERENCE = re.compile(r"\{ *-?[A-Za-z]")
_STARTS = re.compile(r"^([A-Za-z][\w-]*) *=", re.MULTILINE)
_ITEM = re.compile(r"i\d+$")


@cache  # as many as the tables have messages
def _parts(keys: tuple[str, ...], kind: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if kind.search(key.partition(".")[2]))


@dataclass(frozen=True, slots=True)
class Saying:
    """One message as written: its own text and its named parts, in the order of the file."""

    id: str
    keys: tuple[str, ...]  # "msg-0", "msg-0.p1", ...
    variables: frozenset[str]
    references: frozenset[str]
    literal: str  # every word of every variant, for the checks
    table: str
    line: int

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Keys of the parts ``.p1``, ``.p2``, ..."""
        return _parts(self.keys, _PARAGRAPH)

    @property
    def items(self) -> tuple[str, ...]:
        """Keys of the parts ``.i1``, ``.i2``, ..."""
        return _parts(self.keys, _ITEM)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Messages of one language by key; a key is a message id, or id and part (``visit-biopsy.p2``)."""

    language: str
    table: str
    sayings: Mapping[str, Saying]
    constant: Mapping[str, str]
    bundle: FluentBundle
    # Sentences that were said before, by key and what was filled in: most of it is the site's and the same for all.
    _said: dict[tuple[str | int | None, ...], str] = field(default_factory=dict, repr=False, compare=False)
    _asks: dict[str, tuple[str, ...] | None] = field(default_factory=dict, repr=False, compare=False)
    _blocks: dict[tuple[str | int | None, ...], LetterBlock] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, language: str, locale: str, files: tuple[tuple[str, str], ...]) -> Self:
        """
        Parse and compile.

        Args:
            files: (name, text) pairs; a later file's message replaces an earlier one's, so that a site may change one.

        Raises:
            TableError: A message that is not Fluent, with file and line.
        """
        bundle = FluentBundle([locale], use_isolating=False)
        sayings: dict[str, Saying] = {}
        constant: dict[str, str] = {}
        for name, text in files:
            lines = {match[1]: text.count("\n", 0, match.start()) + 1 for match in _STARTS.finditer(text)}
            plain, rest = ({}, text) if _REFERENCE.search(text) else _split(text)
            for saying, words in _spoken(name, rest, lines, bundle):
                sayings[saying.id] = saying
                constant = {key: said for key, said in constant.items() if key.partition(".")[0] != saying.id} | words
            for message, parts in plain.items():
                sayings[message] = _plain_saying(message, parts, name, lines[message])
                constant |= parts
        return cls(language, files[0][0], sayings, constant, bundle)

    def say(self, key: str, arguments: Arguments) -> str:
        """The sentence in this language; every key and every variable was checked when the tables were loaded."""
        known = self.constant.get(key)
        return self._filled(key, arguments) if known is None else known

    def _filled(self, key: str, arguments: Arguments) -> str:
        given = self._given(key, arguments)
        if given is None:
            return _format(self.bundle, key, arguments)
        said = self._said.get(given)
        if said is None:
            if len(self._said) >= _MOST_SAID:
                self._said.clear()
            said = self._said[given] = _format(self.bundle, key, arguments)
        return said

    def _given(self, key: str, arguments: Arguments) -> tuple[str | int | None, ...] | None:
        """The key with all that is filled in; None where that may be somebody's name."""
        if key not in self._asks:
            needed = _variables(key.partition(".")[0], self.sayings)
            self._asks[key] = tuple(sorted(needed)) if needed <= _SHARED else None
        asks = self._asks[key]
        return None if asks is None else (key, *(arguments.get(name) for name in asks))

    def block(self, message: str, seeds: tuple[str, ...], why: str, arguments: Arguments) -> LetterBlock:
        """A message as a block of a letter, ``why`` it stands there included."""
        given = self._given(message, arguments)
        if given is None:
            return self._block(message, seeds, why, arguments)
        key = (why, *given)
        block = self._blocks.get(key)
        if block is None:
            if len(self._blocks) >= _MOST_SAID:
                self._blocks.clear()
            block = self._blocks[key] = self._block(message, seeds, why, arguments)
        return block

    def _block(self, message: str, seeds: tuple[str, ...], why: str, arguments: Arguments) -> LetterBlock:
        heading, paragraphs = self.heading(message, arguments), self.paragraphs(message, arguments)
        return LetterBlock(message, heading, paragraphs, self.items(message, arguments), seeds, why)

    def heading(self, message: str, arguments: Arguments) -> str:
        """The message's own text; empty where it has parts only, such as a block that runs on from the one before."""
        return self.say(message, arguments) if message in self.sayings[message].keys else ""

    def has(self, key: str) -> bool:
        """Whether the language has this message."""
        return key in self.sayings

    def paragraphs(self, message: str, arguments: Arguments) -> tuple[str, ...]:
        """The paragraphs of one message."""
        return tuple(self.say(key, arguments) for key in self.sayings[message].paragraphs)

    def items(self, message: str, arguments: Arguments) -> tuple[str, ...]:
        """The list items of one message."""
        return tuple(self.say(key, arguments) for key in self.sayings[message].items)


def _variables(message: str, sayings: Mapping[str, Saying]) -> frozenset[str]:
    """What must be filled in, in the messages that it repeats, too."""
    saying = sayings.get(message)
    if saying is None:
        return frozenset()
    return saying.variables.union(*(_variables(name, sayings) for name in saying.references))


def _format(bundle: FluentBundle, key: str, arguments: Arguments) -> str:
    message_id, _, part = key.partition(".")
    message = bundle.get_message(message_id)
    pattern = message.attributes[part] if part else message.value
    text, errors = bundle.format_pattern(pattern, dict(arguments)) if pattern is not None else ("", [])
    if errors:
        raise TableError(f"letters/{bundle.locales[0]}", 0, f"message {key!r} cannot be said: {errors[0]!r}")
    return str(text).replace("\n", " ")


def _split(text: str) -> tuple[dict[str, dict[str, str]], str]:
    """
    Messages without anything to fill in, by id, and the text of all others.

    Nine in ten messages are plain sentences. The Fluent parser reads sign by sign, a tenth of a second for each
    language in every process; what needs no parser is taken out first, and everything else goes through it.
    """
    plain: dict[str, dict[str, str]] = {}

    def take(match: re.Match[str]) -> str:
        entry = match[0]
        if "{" in entry or "}" in entry or not _PLAIN.fullmatch(entry):
            return entry
        message, _, value = entry.partition("\n")[0].partition("=")
        found = {message.strip(): value.strip()} if value.strip() else {}
        found |= {f"{message.strip()}.{part[1]}": part[2].strip() for part in _PART.finditer(entry)}
        plain[message.strip()] = found
        return ""

    return plain, _ENTRY.sub(take, text)


def _plain_saying(message: str, parts: Mapping[str, str], table: str, line: int) -> Saying:
    return Saying(message, tuple(parts), frozenset(), frozenset(), "\n".join(parts.values()), table, line)


def _spoken(
    name: str, text: str, lines: Mapping[str, int], bundle: FluentBundle
) -> Iterator[tuple[Saying, dict[str, str]]]:
    """Each message that the parser read, with those of its texts that need nothing filled in."""
    resource = FluentParser(with_spans=False).parse(text)
    bundle.add_resource(resource, allow_overrides=True)
    found: dict[str, Saying] = {}
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            reason = "this is not a Fluent message; write `id = text`, its parts indented as `.p1 = text`"
            raise TableError(name, _line_of(entry.content or "", lines), reason)
        if isinstance(entry, ast.Message):
            found[entry.id.name] = _saying_of(entry, name, lines.get(entry.id.name, 0))
    for saying in found.values():
        fixed = () if _needs_arguments(saying, found) else saying.keys
        yield saying, {key: _format(bundle, key, {}) for key in fixed}


def _line_of(content: str, lines: Mapping[str, int]) -> int:
    start = _STARTS.search(content)
    return lines.get(start[1], 0) if start else 0


def _saying_of(entry: ast.Message, table: str, line: int) -> Saying:
    words = _Words()
    words.visit(entry)
    own = (entry.id.name,) if entry.value is not None else ()
    parts = tuple(f"{entry.id.name}.{attribute.id.name}" for attribute in entry.attributes)
    return Saying(
        entry.id.name,
        own + parts,
        frozenset(words.variables),
        frozenset(words.references),
        "\n".join(words.texts),
        table,
        line,
    )


def _needs_arguments(saying: Saying, sayings: Mapping[str, Saying]) -> bool:
    if saying.variables:
        return True
    return any(name not in sayings or _needs_arguments(sayings[name], sayings) for name in saying.references)


class _Words(Visitor):
    """Collects what a message holds: words, variables, references."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.variables: list[str] = []
        self.references: list[str] = []

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802  named by the library
        self.texts.append(node.value)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.variables.append(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.references.append(node.id.name)
