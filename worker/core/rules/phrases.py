"""One language's sentences: a Fluent file, read once, every message compiled, the constant ones kept as text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from worker.errors import TableError

Arguments = Mapping[str, str | int]

_PARAGRAPH = re.compile(r"p\d+$")
_ITEM = re.compile(r"i\d+$")


@dataclass(frozen=True, slots=True)
class Saying:
    """One message as written: its own text and its named parts, in the order of the file."""

    id: str
    keys: tuple[str, ...]  # "msg-0", "msg-0.p1", ...
    variables: frozenset[str]
    references: frozenset[str]
    literal: str  # every word of every variant, for the checks
    line: int

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Keys of the parts ``.p1``, ``.p2``, ..."""
        return tuple(key for key in self.keys if _PARAGRAPH.search(key.partition(".")[2]))

    @property
    def items(self) -> tuple[str, ...]:
        """Keys of the parts ``.i1``, ``.i2``, ..."""
        return tuple(key for key in self.keys if _ITEM.search(key.partition(".")[2]))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Messages of one language by key; a key is a message id, or id and part (``visit-biopsy.p2``)."""

    language: str
    table: str
    sayings: Mapping[str, Saying]
    constant: Mapping[str, str]
    bundle: FluentBundle

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
        for name, text in files:
            for message in _messages_of(name, text, bundle):
                sayings[message.id] = message
        constant = {
            key: _format(bundle, key, {})
            for saying in sayings.values()
            if not _needs_arguments(saying, sayings)
            for key in saying.keys
        }
        return cls(language, files[0][0], sayings, constant, bundle)

    def say(self, key: str, arguments: Arguments) -> str:
        """The sentence in this language; every key and every variable was checked when the tables were loaded."""
        known = self.constant.get(key)
        return _format(self.bundle, key, arguments) if known is None else known

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


def _format(bundle: FluentBundle, key: str, arguments: Arguments) -> str:
    message_id, _, part = key.partition(".")
    message = bundle.get_message(message_id)
    pattern = message.attributes[part] if part else message.value
    text, errors = bundle.format_pattern(pattern, dict(arguments)) if pattern is not None else ("", [])
    if errors:
        raise TableError(f"letters/{bundle.locales[0]}", 0, f"message {key!r} cannot be said: {errors[0]!r}")
    return str(text).replace("\n", " ")


def _messages_of(name: str, text: str, bundle: FluentBundle) -> Iterator[Saying]:
    resource = FluentParser().parse(text)
    for entry in resource.body:
        line = text.count("\n", 0, entry.span.start if entry.span else 0) + 1
        if isinstance(entry, ast.Junk):
            raise TableError(
                name, line, "this is not a Fluent message; write `id = text`, parts indented as `.p1 = text`"
            )
        if isinstance(entry, ast.Message):
            yield _saying_of(entry, line)
    bundle.add_resource(resource, allow_overrides=True)


def _saying_of(entry: ast.Message, line: int) -> Saying:
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
        line,
    )


def _needs_arguments(saying: Saying, sayings: Mapping[str, Saying]) -> bool:
    if saying.variables:
        return True
    return any(_needs_arguments(sayings[name], sayings) for name in saying.references if name in sayings)


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
