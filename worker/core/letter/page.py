"""A letter with every word in its language, before it becomes text or HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    """A drawing, its width in pixels, title and caption; ``words`` is what plain text says in its place, if any."""

    svg: str
    width: int
    title: str = ""
    caption: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """
    A block with its place in the letter (``message``, ``saw``, ``means``, ...) and what is drawn beside it.

    ``language`` is given where the words are not in the letter's own, as in a statement fixed by law.
    """

    kind: str
    block: LetterBlock
    steps: tuple[Step, ...] = ()
    figures: tuple[Figure, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """
    One letter.

    Args:
        facility: Lines of the letterhead; empty when the site has given none.
        facts: (label, value) pairs about the person and the exam.
        place: Where the spot is.
        times: What happens when.
        labels: Words of the page itself, by key of the language's file.
        space: What stands between two sentences.
        unbroken: Words that must not be broken over two lines, such as telephone numbers.
        foreign: Sentences in other languages as (BCP 47 tag, sentence), such as the interpreter's line.
    """

    language: str
    fonts: str
    title: str
    notice: Notice | None
    facility: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    greeting: str = ""
    message: Section | None = None
    sections: tuple[Section, ...] = ()
    place: Figure | None = None
    times: Figure | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    foreign: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    unbroken: tuple[str, ...] = ()
    space: str = " "

    @property
    def blocks(self) -> tuple[LetterBlock, ...]:
        """Every block in the order of the letter."""
        first = (self.message.block,) if self.message else ()
        return (*first, *(section.block for section in self.sections))


def common_who(steps: tuple[Step, ...]) -> str:
    """Who calls whom, when one sentence holds for several steps; else nothing, and each step says its own."""
    said = {step.who for step in steps}
    return said.pop() if len(said) == 1 < len(steps) else ""
