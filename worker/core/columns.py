"""
Columns that only tabs or wide blanks part -> cells with bars between them, as the reader of tables knows them.

A table that a PDF draws, or that a terminal prints, has no other sign of its cells. Prose in two columns is none: its
cells are long.
"""

import re
from itertools import groupby

__all__ = ["with_bars"]

_GAP = re.compile(r" {3,}|[ ]*\t[ \t]*")
_WORDS = re.compile(r"\S+(?: {1,2}\S+)*")
_LONGEST_CELL = 45  # characters
_LEAST_COLUMNS, _LEAST_ROWS = 3, 2
_WIDEST_DRIFT = 4  # characters by which the cells of one column may start apart

_Cells = list[tuple[int, str]]


def with_bars(text: str) -> str:
    """The text with every table's rows as ``a | b | c``; anything else as it is."""
    if "\t" not in text and "   " not in text:
        return text
    lines: list[str] = []
    for is_table, group in groupby(_blocks(text.split("\n")), key=_is_table):
        for block in group:
            lines += _rows(block) if is_table else block
    return "\n".join(lines)


def _blocks(lines: list[str]) -> list[list[str]]:
    """Runs of lines with gaps in them, single empty lines included, and runs of all others."""
    blocks: list[list[str]] = []
    was_gappy: bool | None = None
    for place, line in enumerate(lines):
        is_gappy = bool(_GAP.search(line)) and bool(line.strip())
        if not line.strip() and was_gappy:
            is_gappy = place + 1 < len(lines) and bool(_GAP.search(lines[place + 1])) and bool(lines[place + 1].strip())
        if is_gappy != was_gappy:
            blocks.append([])
        blocks[-1].append(line)
        was_gappy = is_gappy
    return blocks


def _is_table(block: list[str]) -> bool:
    cells = [_cells(line) for line in block if line.strip()]
    if len(cells) < _LEAST_ROWS or any(len(words) > _LONGEST_CELL for row in cells for _, words in row):
        return False
    widest = max(len(row) for row in cells)
    if len(_columns(cells)) > widest:
        return False  # nothing stands below anything: fields in a line
    return widest >= _LEAST_COLUMNS and sum(len(row) >= widest - 1 for row in cells) >= _LEAST_ROWS


def _cells(line: str) -> _Cells:
    """The cells of a line with where they start; a tab counts as the next column."""
    if "\t" in line:
        return [(100 * number, cell.strip()) for number, cell in enumerate(line.split("\t")) if cell.strip()]
    return [(found.start(), found[0]) for found in _WORDS.finditer(line)]


def _rows(block: list[str]) -> list[str]:
    starts = _columns([_cells(line) for line in block])
    has_empty_lines = any(not line.strip() for line in block)
    rows: list[list[str]] = []
    is_open = False
    for line in block:
        cells = _cells(line)
        if cells and not (is_open and has_empty_lines):
            rows.append([""] * len(starts))
        for start, words in cells:
            column = min(range(len(starts)), key=lambda k: abs(starts[k] - start))
            rows[-1][column] = f"{rows[-1][column]} {words}".strip()
        is_open = bool(cells)
    return [" | ".join(row).strip() if row[0] else "| " + " | ".join(row[1:]) for row in rows]


def _columns(rows: list[_Cells]) -> list[int]:
    """Where the columns start."""
    starts: list[int] = []
    for start in sorted({start for row in rows for start, _ in row}):
        if not starts or start - starts[-1] > _WIDEST_DRIFT:
            starts.append(start)
    return starts
