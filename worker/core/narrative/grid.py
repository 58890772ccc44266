"""
Tables in a text: lines of cells with bars between them, under a line of headings.

``Breast | Finding | BI-RADS`` and ``Left | calcifications | 4A``: a cell is read by itself, under its column's heading,
at the place that the row's first cells name. In a table lying on its side (``BI-RADS | 2 | 4A`` below ``| Right |
Left``) the row's first cell is the heading, and the column names the place.
"""

from typing import NamedTuple

from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.places import LOCATION, NOWHERE, Place, place_of

__all__ = ["Cell", "cells_of", "features_of"]

_LEAST_BARS = 2  # a line with one bar is a field and its value
_PLACING = LOCATION | {"comma", "breasts", "filler", "definite", "dash", "number", "exam"}
_RULING = frozenset(("dash", "colon"))


class Cell(NamedTuple):
    """
    Marks ``[start, end)`` of one cell, with what the headings of its column and row say.

    ``section`` is what the cell is about, ``scale`` the scale of its number; empty if no heading tells. ``subject`` is
    the noun of a heading that names calcifications, ``is_feature`` whether the heading names one of their features.
    """

    start: int
    end: int
    section: str
    scale: str
    place: Place
    subject: tuple[Mark, ...] = ()
    is_feature: bool = False


class _Heading(NamedTuple):
    section: str
    scale: str
    place: Place
    subject: tuple[Mark, ...] = ()
    is_feature: bool = False

    def __bool__(self) -> bool:
        return bool(self.section or self.subject) or self.place != NOWHERE


def cells_of(page: Page, marks: list[Mark]) -> dict[int, list[Cell]]:
    """The cells of every row under a heading, by the place of the row's first mark."""
    rows: dict[int, list[Cell]] = {}
    headings: list[_Heading] = []
    for start, end in _lines(page, marks):
        cells = _cut(marks, start, end)
        if len(cells) <= _LEAST_BARS:
            headings = []
        elif all(mark.kind in _RULING or mark.kind == "pipe" for mark in marks[start:end]):
            continue
        elif len(headings) != len(cells):
            headings = [_heading_of(marks[first:last]) for first, last in cells]
            headings = headings if any(headings) else []
        else:
            rows[start] = _row(marks, cells, headings)
    return rows


def _lines(page: Page, marks: list[Mark]) -> list[tuple[int, int]]:
    """The lines that hold bars, as places of marks."""
    lines, start, has_bar = [], 0, False
    for place, mark in enumerate(marks):
        if mark.kind == "pipe":
            has_bar = True
        elif mark.kind == "stop" and "\n" in page.words[mark.first : mark.last]:
            if has_bar:
                lines.append((start, place))
            start, has_bar = place + 1, False
    if has_bar:
        lines.append((start, len(marks)))
    return lines


def _cut(marks: list[Mark], start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a line; bars at both ends are its frame."""
    if end - start > 1 and marks[start].kind == marks[end - 1].kind == "pipe":
        start, end = start + 1, end - 1
    cells = []
    for place in range(start, end):
        if marks[place].kind == "pipe":
            cells.append((start, place))
            start = place + 1
    return [*cells, (start, end)]


def _row(marks: list[Mark], cells: list[tuple[int, int]], headings: list[_Heading]) -> list[Cell]:
    place = _place_of_row(marks, cells)
    name = _heading_of(marks[slice(*cells[0])])
    row = []
    for (first, last), heading in zip(cells, headings, strict=True):
        section, scale = (heading if heading.section else name)[:2]
        where = place.or_else(heading.place)
        row.append(Cell(first, last, section, scale, where, heading.subject, heading.is_feature))
    return row


def _heading_of(marks: list[Mark]) -> _Heading:
    placing = [mark for mark in marks if mark.kind in LOCATION]
    place = place_of(placing) if placing else NOWHERE
    for mark in marks:
        if mark.kind == "section":
            return _Heading(mark.concept, "", place)
        if mark.kind in {"recommend", "action"}:
            return _Heading("recommendation", "", place)
        if mark.kind in {"scale", "category"}:
            return _Heading("assessment", mark.concept, place)
    subject = tuple(mark for mark in marks if mark.kind == "calcification")[:1]
    return _Heading("", "", place, subject, any(mark.kind == "label" for mark in marks))


def _place_of_row(marks: list[Mark], cells: list[tuple[int, int]]) -> Place:
    """The place that a row's own cells name: those that hold nothing but a place."""
    placing: list[Mark] = []
    for first, last in cells:
        cell = marks[first:last]
        if cell and all(mark.kind in _PLACING for mark in cell) and any(mark.kind in LOCATION for mark in cell):
            placing += cell
    return place_of(placing) if placing else NOWHERE


def features_of(marks: list[Mark], cells: list[Cell]) -> list[Mark]:
    """What a row says under ``Distribution``, ``Location`` and the like; a dash there says nothing."""
    own = [marks[cell.start - 1 : cell.end] for cell in cells if cell.is_feature and not cell.subject]
    return [mark for cell in own for mark in cell if mark.kind != "dash"]
