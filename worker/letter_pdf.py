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

from fontTools.ttLib import TTCollection, TTFont, TTLibError
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from lxml import html

from worker.core.letter.look import INK, NOTICE_INK, SOFT, TINT
from worker.core.model import Letter
from worker.errors import SettingsError

_BUILT_IN = "helvetica"
_OWN = "letter"
_BOTTOM_MM = 16.0
_SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
_FAMILIES = re.compile(r"&#x27;([^&;<>]+)&#x27;")  # font families as the letter's style names them
_MARK = "\u2022"
_MOST_TOLD = 12
_WRITTEN = frozenset({"h1", "h2", "h3", "p", "li", "figcaption"})
_SIZE = re.compile(r"(?:^|;)font-size:([\d.]+)(px|em)")
_POINTS_PER_PIXEL = 0.66  # paper is read from nearer than a screen
_COLOUR = re.compile(r"(?:^|;)color:(#[0-9a-f]{6})")
_KEPT_MM = {"h1": 40.0, "h2": 36.0, "h3": 22.0}  # a heading stays with what follows it
_MM_PER_PIXEL = 25.4 / 96 * 0.78  # drawings a little smaller than on screen, so that two fit beside the margins


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the letter: an element's words, or a drawing."""

    tag: str
    text: str = ""
    drawing: str = ""
    width_mm: float = 0.0
    points: float = 11.0
    colour: str = INK
    is_strong: bool = False
    is_boxed: bool = False


def as_pdf(letter: Letter, made: datetime, font: Path | None = None, size: Literal["A4", "Letter"] = "A4") -> bytes:
    """
    The letter as a PDF file; the same arguments always give the same bytes.

    Args:
        made: When the file was made; it stands in the file's properties.
        font: A TTF or OTF file with the signs of the letter's language; None takes the built-in typeface.

    Raises:
        SettingsError: The letter holds signs that the typeface lacks, or the font file cannot be read. A sign that
            would be printed as an empty box is refused, never printed.
    """
    lines = list(_lines(letter.html))
    signs = frozenset("".join((letter.notice, _MARK, *(line.text + _drawn(line.drawing) for line in lines))))
    face = _face(font, letter, signs) if font else None
    if face is None and not _is_western("".join(signs)):
        raise SettingsError([f"a letter in {letter.language!r} as PDF needs a font file (TTF or OTF) with its signs"])
    sheet = _Sheet(letter, face, size)
    sheet.set_creation_date(made)
    for line in lines:
        sheet.put(line)
    return bytes(sheet.output())


@dataclass(frozen=True, slots=True)
class _Face:
    """A font file, and which of its faces where it is a collection."""

    path: Path
    number: int = 0


def _face(path: Path, letter: Letter, signs: frozenset[str]) -> _Face:
    """The face that has every sign; of several, the one that the letter's language names (regional forms differ)."""
    try:
        with path.open("rb") as file:
            fonts = TTCollection(file).fonts if path.suffix.lower() in (".ttc", ".otc") else [TTFont(file)]
            faces = [(font["name"].getBestFamilyName() or "", font.getBestCmap() or {}) for font in fonts]
    except (OSError, TTLibError) as error:
        raise SettingsError([f"the letter's font file {path} cannot be read ({type(error).__name__})"]) from error
    needed = {sign for sign in signs if not sign.isspace()}
    fitting = [number for number, (_, held) in enumerate(faces) if all(ord(sign) in held for sign in needed)]
    if not fitting:
        lacking = sorted(sign for sign in needed if not any(ord(sign) in held for _, held in faces))
        told = f"{len(lacking)} signs of a letter in {letter.language!r}, among them {''.join(lacking[:_MOST_TOLD])}"
        raise SettingsError([f"the letter's font file {path} lacks {told}"])
    named = _FAMILIES.findall(letter.html)
    wanted = [number for number in fitting if faces[number][0] in named]
    return _Face(path, (wanted or fitting)[0])


def _drawn(drawing: str) -> str:
    return "".join(html.fragment_fromstring(drawing).itertext()) if drawing else ""


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
        elif node.tag in _WRITTEN and (words := " ".join(node.text_content().split())):
            above = list(node.iterancestors())
            if not any(each.tag in ("thead", "tfoot") for each in above):  # the sheet has its own head and foot
                boxed = any(f"background:{TINT}" in each.get("style", "") for each in above)
                size, strong = _pixels(node) * _POINTS_PER_PIXEL, _is_strong(node)
                yield _Line(node.tag, words, "", 0.0, size, _colour(node), strong, boxed)


def _colour(node: html.HtmlElement) -> str:
    found = _COLOUR.search(node.get("style", ""))
    return found[1] if found else SOFT if node.tag == "figcaption" else INK


def _pixels(node: html.HtmlElement | None) -> float:
    found = _SIZE.search(node.get("style", "")) if node is not None else None
    if node is None or (found and found[2] == "px"):
        return float(found[1]) if found else 16.0
    return _pixels(node.getparent()) * (float(found[1]) if found else 1.0)


def _is_strong(node: html.HtmlElement) -> bool:
    """Headings, and lines whose own or last words are set in bold."""
    last = node[-1].get("style", "") if len(node) and node[-1].tag == "span" else ""
    return node.tag in ("h1", "h2", "h3") or "font-weight" in node.get("style", "") + last


class _Sheet(FPDF):
    """Pages with the notice at the top of each."""

    def __init__(self, letter: Letter, face: _Face | None, size: Literal["A4", "Letter"]) -> None:
        super().__init__(format=size)
        self.notice = letter.notice
        self.core_fonts_encoding = "cp1252"  # what the built-in typeface really holds; the default is Latin-1
        self.typeface = _OWN if face else _BUILT_IN
        if face:
            for style in ("", "B"):
                self.add_font(_OWN, style, face.path, collection_font_number=face.number)
        self.set_title(letter.title)
        self.set_lang(letter.language)
        self.set_margin(18)
        self.set_auto_page_break(True, margin=_BOTTOM_MM)
        self.add_page()

    def header(self) -> None:
        """The notice, on every page, as long as nobody has released the letter."""
        if self.notice:
            self.set_draw_color(*_rgb(NOTICE_INK))
            self.set_line_width(0.7)
            self._words(self.notice, 11.0, "B", NOTICE_INK, border=1)
            self.set_line_width(0.2)
            self.ln(2)

    def footer(self) -> None:
        """Page numbers, and the notice again."""
        self.set_y(-14)
        number = f"{self.page_no()}"
        self._words(f"{number}  {self.notice}".strip(), 8.0, "", SOFT)

    def put(self, line: _Line) -> None:
        """Write one line at the cursor."""
        if line.drawing:
            self._draw(line)
            return
        if line.tag.startswith("h"):
            if self.will_page_break(_KEPT_MM[line.tag]):
                self.add_page()
            if not line.is_boxed or line.tag == "h2":
                self.ln(1.5)
        text = f"{_MARK} {line.text}" if line.tag == "li" else line.text
        self._words(text, line.points, "B" if line.is_strong else "", line.colour, is_filled=line.is_boxed)

    def _words(
        self, text: str, points: float, style: str, colour: str, border: Literal[0, 1] = 0, is_filled: bool = False
    ) -> None:
        self.set_font(self.typeface, style, points)
        self.set_text_color(*_rgb(colour))
        self.set_fill_color(*_rgb(TINT))
        self.multi_cell(
            0, points * 0.48, text, border=border, align="L", fill=is_filled, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def _draw(self, line: _Line) -> None:
        drawing = line.drawing.replace('font-family="inherit"', f'font-family="{self.typeface}"')
        found = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing)
        high = line.width_mm * int(found[2]) / int(found[1]) if found else line.width_mm
        if self.will_page_break(high):
            self.add_page()
        self.image(io.BytesIO(drawing.encode()), w=line.width_mm, h=high)
        self.ln(1)


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue
