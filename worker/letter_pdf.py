"""
A letter as PDF, from its HTML: the same words, order, headings and drawings on A4 or US Letter.

Needs the ``pdf`` extra. The built-in typeface writes Western European languages; for others the site names a font file.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from lxml import html

from worker.core.letter.look import ACCENT, INK, SOFT
from worker.core.model import Letter
from worker.errors import SettingsError

_BUILT_IN = "helvetica"
_OWN = "letter"
_BOTTOM_MM = 18.0
_SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
_SIZES = {"h1": 18.0, "h2": 13.0, "h3": 11.5, "p": 11.0, "li": 11.0, "figcaption": 9.5}
_MM_PER_PIXEL = 25.4 / 96 * 0.85  # drawings a little smaller than on screen, so that two fit beside the margins


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the letter: an element's words, or a drawing."""

    tag: str
    text: str = ""
    drawing: str = ""
    width_mm: float = 0.0
    is_strong: bool = False
    is_notice: bool = False


def as_pdf(letter: Letter, made: datetime, font: Path | None = None, size: Literal["A4", "Letter"] = "A4") -> bytes:
    """
    The letter as a PDF file; the same arguments always give the same bytes.

    Args:
        made: When the file was made; it stands in the file's properties.
        font: A TTF or OTF file with the signs of the letter's language; None takes the built-in typeface.

    Raises:
        SettingsError: The letter holds signs that the built-in typeface lacks and no font file was given, or the
            file is not there.
    """
    if font is not None and not font.is_file():
        raise SettingsError([f"the letter's font file {font} is not there"])
    if font is None and not _is_western(letter.html):
        raise SettingsError([f"a letter in {letter.language!r} as PDF needs a font file (TTF or OTF) with its signs"])
    sheet = _Sheet(letter, font, size)
    sheet.set_creation_date(made)
    for line in _lines(letter.html):
        sheet.put(line)
    return bytes(sheet.output())


def _is_western(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _lines(document: str) -> Iterator[_Line]:
    drawings = iter(_SVG.findall(document))
    for node in html.document_fromstring(document).xpath("//main")[0].iter():
        if node.tag == "svg":
            yield _Line("svg", drawing=next(drawings), width_mm=float(node.get("width")) * _MM_PER_PIXEL)
        elif node.tag in _SIZES and (words := " ".join(node.text_content().split())):
            yield _Line(
                node.tag, words, is_notice=any(above.tag in ("thead", "tfoot") for above in node.iterancestors())
            )


class _Sheet(FPDF):
    """Pages with the notice at the top of each."""

    def __init__(self, letter: Letter, font: Path | None, size: Literal["A4", "Letter"]) -> None:
        super().__init__(format=size)
        self.notice = letter.notice
        self.core_fonts_encoding = "cp1252"  # what the built-in typeface really holds; the default is Latin-1
        self.typeface = _OWN if font else _BUILT_IN
        for style in ("", "B") if font else ():
            self.add_font(_OWN, style, font)
        self.set_title(letter.title)
        self.set_lang(letter.language)
        self.set_margin(18)
        self.set_auto_page_break(True, margin=_BOTTOM_MM)
        self.add_page()

    def header(self) -> None:
        """The notice, on every page, as long as nobody has released the letter."""
        if self.notice:
            self._words(self.notice, 11.0, "B", "#7a1212", border=1)
            self.ln(2)

    def footer(self) -> None:
        """Page numbers, and the notice again."""
        self.set_y(-14)
        number = f"{self.page_no()}"
        self._words(f"{number}  {self.notice}".strip(), 8.0, "", SOFT)

    def put(self, line: _Line) -> None:
        """Write one line at the cursor."""
        if line.is_notice:
            return
        if line.drawing:
            self._draw(line)
            return
        is_heading = line.tag.startswith("h")
        colour = {"h2": ACCENT, "figcaption": SOFT}.get(line.tag, INK)
        if is_heading:
            self.ln(1.5)
        text = f"\u2022 {line.text}" if line.tag == "li" else line.text
        self._words(text, _SIZES[line.tag], "B" if line.is_strong else "", colour)

    def _words(self, text: str, points: float, style: str, colour: str, border: Literal[0, 1] = 0) -> None:
        self.set_font(self.typeface, style, points)
        self.set_text_color(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))
        self.multi_cell(0, points * 0.48, text, border=border, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _draw(self, line: _Line) -> None:
        drawing = line.drawing.replace('font-family="inherit"', f'font-family="{self.typeface}"')
        found = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing)
        high = line.width_mm * int(found[2]) / int(found[1]) if found else line.width_mm
        if self.will_page_break(high):
            self.add_page()
        self.image(io.BytesIO(drawing.encode()), w=line.width_mm, h=high)
        self.ln(1)
