"""The columns of the tables under ``mappings/letters/``, one class per table."""

from dataclasses import dataclass
from typing import Literal

from worker.core.rules.row import Row

Kind = Literal[
    "message", "saw", "means", "number", "next", "talk", "visit", "facts", "density", "limits", "report", "support",
    "questions", "clinician", "language",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRow(Row):
    """
    One block of the letter; its words are the message ``id`` of each language's file.

    ``categories`` are letter categories (``situations.csv``); empty means every one. ``needs`` and ``unless`` name
    circumstances (mappings/README.md): all of the first and none of the second must hold.
    """

    kind: Kind
    order: int
    categories: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    reviewer: str = ""
    reviewed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationRow(Row):
    """
    Which letter category a reading leads to.

    A row fits when the plan's level lies in ``floor``..``ceiling`` and, where ``actions`` are named, one of them is
    planned. Of the rows that fit, the highest ``rank`` is the letter's category.
    """

    kind: Literal["category", "pathology", "level"]
    scale: str = ""
    code: str = ""
    category: str
    floor: int
    ceiling: int
    rank: int
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow(Row):
    """
    How one action of the plan stands in the letter; ``id`` is the action, its words are message ``step-<id>``.

    ``sided``: the step is done to a breast, and the letter says to which.
    """

    role: Literal["step", "talk", "hidden"]
    when: Literal["by", "around", "confirm"]
    who: Literal["schedule", "routine", "team", "doctor"]
    sided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRow(Row):
    """A natural frequency, always out of 100 and with both sides; ``fact`` is the practice fact that switches it on."""

    category: str
    message: str
    use: Literal["on", "opt-in", "local", "forbidden"]
    fact: str = ""
    country: str = ""
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRow(Row):
    """
    A language of the letter.

    ``tags`` are the BCP 47 prefixes it answers to; ``spaces`` part its sentences; ``first_day`` is how it writes the
    first of a month where that is not a plain 1.
    """

    locale: str
    name: str
    tags: tuple[str, ...]
    font: str = ""
    spaces: bool = True
    first_day: str = ""
    translator: str = ""
    reviewer: str = ""
    reviewed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaglineRow(Row):
    """The sentence "ask for an interpreter" in a language that has no letter; ``id`` is its BCP 47 tag."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenRow(Row):
    """A pattern that must never stand in a letter of these categories; empty categories mean every letter."""

    pattern: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRow(Row):
    """
    Something that a letter of a profile must hold, or it is refused.

    ``kind`` says where it comes from: a practice fact, the patient, the report, the density table, or a clock.
    """

    profile: str
    kind: Literal["fact", "patient", "report", "density", "clock"]
    name: str
    categories: tuple[str, ...] = ()
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow(Row):
    """
    A statement fixed by law, supplied by the site; ``id`` is the breast density a, b, c or d.

    ``sha256`` is the checksum of ``text`` in UTF-8, and ``citation`` says where the text was copied from.
    """

    text: str = ""
    sha256: str = ""
    citation: str = ""
