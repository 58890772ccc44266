"""
A page -> sentences, each with the section it stands in and the place its heading names.

Headings: a section's name (before a colon, or alone on its line), or a place (``Right breast:``). A place holds until
the next heading.
"""

from bisect import bisect_right
from itertools import pairwise
from operator import attrgetter

from worker.core.narrative.examined import exam_side_of, only_side_of
from worker.core.narrative.grid import Cell, cells_of, features_of
from worker.core.narrative.headings import end_of_brackets, is_section
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.places import NOWHERE, Place, place_of
from worker.core.narrative.sentence import HEADING_KINDS, Sentence
from worker.core.narrative.settling import settle_sides

__all__ = ["Layout", "lay_out"]

_FIRST = attrgetter("first")
_LONGEST_SENTENCE = 200  # marks; a text without full stops is cut here, so that no sentence costs more than the others
_TAKEN = frozenset(("action", "excision", "tissue", "risk"))
# "Left breast, 3 o'clock, calcifications, core biopsy": what was taken, and so a heading of what was found in it
_SPECIMEN_KINDS = HEADING_KINDS | {
    "calcification",
    "lesion",
    "morphology",
    "distribution",
    "descriptor",
    "size",
    "risk",
}
_SIDES = frozenset(("side", "side-initial"))
_TISSUE_ACTIONS = ("biopsy", "aspiration")
_STRUCTURE = frozenset(("stop", "colon", "dash", "section"))
_TURNS = _STRUCTURE | _SIDES
_PLACING = frozenset(("side", "quadrant", "clock-position"))
_TAILS = frozenset(("colon", "date"))  # "ADDENDUM 04/05/2024:"
_SHORT_HEADING = 2  # marks before a dash that may still be a heading
_BREAST_LINE = frozenset(("side", "definite"))
_SIDE_HEADING = frozenset(("side", "breasts", "definite", "break"))
_ALSO_HEADING = frozenset(("scale", "density-context"))  # "Density ACR: c" is a heading and says of what
_LONGEST_TAIL = 5  # marks between a comma and a colon that may be a heading
_MOST_UNKNOWN_WORDS = 5  # a heading is short


class Layout:
    """All sentences of a page in order, and the side of the examination if title or technique name it."""

    __slots__ = ("exam_side", "only_side", "sentences")

    def __init__(self, sentences: list[Sentence]) -> None:
        self.sentences = sentences
        self.exam_side = exam_side_of(sentences)
        self.only_side = only_side_of(sentences, self.exam_side)

    def sentence_at(self, word: int) -> Sentence | None:
        """The sentence that holds a word; None for a word of a heading."""
        place = bisect_right(self.sentences, word, key=_FIRST) - 1
        return self.sentences[place] if place >= 0 and word < self.sentences[place].last else None


class _Press:
    """Collects marks into sentences."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sentences: list[Sentence] = []
        self.current: list[Mark] = []
        self.section = ""
        self.place = NOWHERE
        self.is_excision = self.is_tissue = self.follows_number = False
        self.items = 0
        self.breast, self.breast_line, self.blocks = NOWHERE, -1, 0  # a breast under which sections stand
        self.block: set[str] = set()  # the sections of the first
        self.is_upper = False  # whether the heading above is in capitals

    def take(self, marks: list[Mark]) -> None:
        """Marks that neither end nor head anything."""
        if len(self.current) + len(marks) < _LONGEST_SENTENCE:
            self.current += marks
            return
        for mark in marks:
            self.current.append(mark)
            if len(self.current) >= _LONGEST_SENTENCE:
                self.close()

    def add_sign(self, mark: Mark) -> None:
        """A colon or dash: the end of a heading, or part of the sentence."""
        if mark.kind == "colon" or len(self.current) <= _SHORT_HEADING:
            if mark.kind == "colon":
                self._part_from_heading()
            kinds = {mark.kind for mark in self.current}
            if self.is_heading(kinds):
                self.take_heading(kinds)
                self.close()
                return
        self.current.append(mark)

    def _part_from_heading(self) -> None:
        """``right breast: no mass; left breast:`` -- a side between a comma and a colon starts a part of its own."""
        for place in range(len(self.current) - 1, max(-1, len(self.current) - _LONGEST_TAIL), -1):
            if self.current[place].kind in {"comma", "semicolon"}:
                tail = self.current[place + 1 :]
                is_tight = all(after.first <= mark.last for mark, after in pairwise(tail))
                if tail and {mark.kind for mark in tail} <= _SIDE_HEADING and is_tight:
                    self.current = self.current[:place]
                    self.close()
                    self.current = tail
                return

    def close(self) -> None:
        if self.current:
            self._close({mark.kind for mark in self.current})

    def _close(self, kinds: set[str]) -> None:
        if self.section == "teaching" and any(m.kind == "current" and m.concept == "case" for m in self.current):
            self.section = ""  # "in this patient ...": no longer what is taught
        sentence = Sentence(self.current, kinds, self.section, self.place, len(self.sentences))
        sentence.is_excision, sentence.is_tissue = self.is_excision, self.is_tissue
        sentence.is_item, self.follows_number = self.follows_number, kinds == {"number"}
        self.items += sentence.is_item
        sentence.item = self.items
        self.sentences.append(sentence)
        self.current = []

    def add_cells(self, marks: list[Mark], cells: list[Cell]) -> None:
        """A row of a table: each cell is a sentence under its headings; a row ``Calcifications`` is about them."""
        self.close()
        section, place = self.section, self.place
        self.items += 1
        name = marks[cells[0].start : cells[0].end]
        subject = name if any(mark.kind == "calcification" for mark in name) and cells[0].place == NOWHERE else []
        headed = next((cell for cell in cells if cell.subject), None)
        for cell in cells[1:] if subject else cells:
            own = marks[cell.start : cell.end]
            if headed is not None and cell.is_feature and cell != headed:
                continue  # read with its calcifications
            if own:
                self.current = [
                    *(cell.subject or subject),
                    *own,
                    *(features_of(marks, cells) if cell == headed else ()),
                ]
                self.section, self.place = cell.section or section, cell.place.or_else(place)
                self.close()
                self.sentences[-1].scale, self.sentences[-1].first = cell.scale, own[0].first
                self.follows_number = False
        self.section, self.place = section, place

    def close_line(self, mark: Mark) -> None:
        """End of a sentence; a line that only names a place is a heading."""
        if self.current:
            kinds = {mark.kind for mark in self.current}
            is_line = self.page.words[mark.first] == "\n" or (len(self.current) == 1 and self._is_lone_side(mark))
            if is_line and self.is_heading(kinds):
                self.take_heading(kinds)
            self._close(kinds)

    def _is_lone_side(self, stop: Mark) -> bool:
        """``Left. Calcifications at 3:00. Right. None.``: a side between two full stops."""
        side = self.current[0]
        is_alone = side.kind == "side" and side.last == stop.first
        return is_alone and (not side.first or self.page.words[side.first - 1] in {".", "\n"})

    def is_heading(self, kinds: set[str]) -> bool:
        """Whether what was collected only names a place."""
        is_title = self.section == "pathology" or (not self.section and "comma" in kinds)
        is_specimen = is_title and "side" in kinds and bool(kinds & _TAKEN)
        if not kinds <= (_SPECIMEN_KINDS if is_specimen else HEADING_KINDS) or not kinds & _PLACING:
            return False
        known = sum(mark.last - mark.first for mark in self.current)
        return self.current[-1].last - self.current[0].first - known <= _MOST_UNKNOWN_WORDS

    def take_heading(self, kinds: set[str]) -> None:
        place = place_of(self.current)
        # "Bilateral mammogram" is a title, not a part of the report.
        self.place = NOWHERE if place.side == "bilateral" and "exam" in kinds else place
        self.is_excision, self.is_tissue = bool(kinds & {"excision", "risk"}), any(map(_takes_tissue, self.current))
        if kinds <= _BREAST_LINE and place.side in {"left", "right"}:
            self.breast_line = len(self.sentences)

    def starts_with(self, mark: Mark) -> bool:
        """Whether no other words of the sentence stand before the mark."""
        return not self.current or self.current[0].first == mark.first

    def open_section(self, mark: Mark) -> None:
        kept: list[Mark] = []
        if self.starts_with(mark):  # other meanings of the section's name
            kept, self.current = [m for m in self.current if m.kind in _ALSO_HEADING], []
        self.close()
        words = self.page.text[self.page.starts[mark.first] : self.page.ends[mark.last - 1]]
        is_upper = self.page.is_cased and words.isupper()
        if self.section == "recommendation" and mark.concept == "technique" and self.is_upper and not is_upper:
            return  # "RECOMMENDATION", and below it "Procedure: stereotactic biopsy"
        self.is_upper = is_upper
        self.items += 1
        self.section = self._resolved(mark.concept)
        self.place, self.current = self._breast_of(self.section), kept

    def _breast_of(self, section: str) -> Place:
        """``LEFT BREAST``, and below it ``Finding:``, ``Assessment:``: the breast until a section no block has."""
        if self.breast_line >= 0 and self.breast_line == len(self.sentences) - 1:
            self.breast, self.blocks = self.place, self.blocks + 1
        elif self.blocks > 1 and section not in self.block:
            self.breast = NOWHERE
        if self.blocks == 1:
            self.block.add(section)
        return self.breast

    def _resolved(self, section: str) -> str:
        """A comment is the impression of an imaging report, and part of the diagnosis of a pathology report."""
        if section != "comment":
            return section
        is_pathology = any(sentence.section == "pathology" for sentence in self.sentences)
        return "pathology" if is_pathology else "impression"


def _open_section(press: _Press, marks: list[Mark], place: int) -> int:
    """Start the section that a mark names; the place behind its heading."""
    press.open_section(marks[place])
    done = place + 1
    end = end_of_brackets(marks, done)
    if end > done:  # "Management (left):"
        press.place, done = place_of(marks[done:end]), end
    while done < len(marks) and (marks[done].kind in _TAILS or marks[done].first == marks[place].first):
        if marks[done].kind in _ALSO_HEADING:
            press.current.append(marks[done])
        done += 1
    return done


def _takes_tissue(mark: Mark) -> bool:
    """Not an action that only looks (``RIGHT BREAST MAGNIFICATION VIEWS``)."""
    return mark.kind in _TAKEN and (mark.kind != "action" or mark.concept.endswith(_TISSUE_ACTIONS))


def lay_out(page: Page, marks: list[Mark]) -> Layout:
    """Cut the marks into sentences under their headings."""
    turns = [k for k, mark in enumerate(marks) if mark.kind in _TURNS]
    settle_sides(page, marks, turns)
    turns = [k for k in turns if marks[k].kind in _STRUCTURE]
    press = _Press(page)
    rows = cells_of(page, marks) if "|" in page.text else {}
    done = 0
    for place in sorted({*turns, *rows}) if rows else turns:
        if place < done:
            continue
        if done < place:
            press.take(marks[done:place])
        mark, done = marks[place], place + 1
        if place in rows:
            press.add_cells(marks, rows[place])
            done = rows[place][-1].end
        elif mark.kind == "stop":
            press.close_line(mark)
        elif mark.kind != "section":
            press.add_sign(mark)
        elif is_section(page, marks, place, press.starts_with(mark)):
            done = _open_section(press, marks, place)
    press.take(marks[done:])
    press.close()
    return Layout(press.sentences)
