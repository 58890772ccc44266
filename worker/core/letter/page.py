"""A letter with every word in its language, before it becomes text or HTML."""

from dataclasses import dataclass

from worker.core.model import LetterBlock


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands on the face of a letter that nobody has released; ``kind`` sets its colour."""

    kind: str  # "draft", "held", "refused"
    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One planned action in the patient's words; ``when`` and ``who`` are whole sentences."""

    action: str
    name: str
    why: tuple[str, ...]
    when: str
    who: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its title, its caption, and what it shows for those who cannot see it."""

    title: str
    caption: str
    svg: str


@dataclass(frozen=True, slots=True)
class Section:
    """A block with its place in the letter (``message``, ``saw``, ``means``, ...) and what is drawn beside it."""

    kind: str
    block: LetterBlock
    steps: tuple[Step, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """
    One letter.

    Args:
        facility: Lines of the letterhead; empty when the site has given none.
        facts: (label, value) pairs about the person and the exam.
        labels: Words of the page itself, by key of the language's file.
        next_step: The step that matters most, said again right under the main message.
        foreign: Sentences in other languages as (BCP 47 tag, sentence), such as the interpreter's line.
    """

    language: str
    fonts: str
    title: str
    notice: Notice | None
    facility: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    greeting: str
    message: Section | None
    next_step: Step | None
    sections: tuple[Section, ...]
    labels: dict[str, str]
    foreign: tuple[tuple[str, str], ...] = ()
