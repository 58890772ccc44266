"""The letter as PDF: the same words on paper, the notice on every page."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from pypdf import PdfReader

from tests.letters.samples import cases, letter_rules, report
from worker.core.explain import explain
from worker.core.model import Letter
from worker.core.rules import Rules
from worker.errors import SettingsError

letter_pdf = pytest.importorskip("worker.letter_pdf", reason="the pdf extra is not installed")

MADE = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return letter_rules()


def letter_of(category: str, language: str, rules: Rules) -> Letter:
    reading, plan, issues = cases()[category]
    letter = explain(reading, plan, issues, report(language), rules)
    assert letter is not None
    return letter


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "pt"])
def test_every_heading_and_step_is_on_paper(language: str, rules: Rules) -> None:
    letter = letter_of("4", language, rules)
    reader = PdfReader(io.BytesIO(letter_pdf.as_pdf(letter, MADE)))
    said = " ".join(" ".join(page.extract_text().split()) for page in reader.pages).replace("\u00a0", " ")
    for block in letter.blocks:
        assert " ".join(block.heading.replace("\u00a0", " ").split()) in said
    assert len(reader.pages) <= 3


def test_the_notice_stands_on_every_page(rules: Rules) -> None:
    """INV-6."""
    for category in ("3", "held"):
        letter = letter_of(category, "en", rules)
        for page in PdfReader(io.BytesIO(letter_pdf.as_pdf(letter, MADE, size="Letter"))).pages:
            assert page.extract_text().count(letter.notice) == 2


def test_the_same_letter_gives_the_same_file(rules: Rules) -> None:
    letter = letter_of("0", "en", rules)
    assert letter_pdf.as_pdf(letter, MADE) == letter_pdf.as_pdf(letter, MADE)


def test_the_file_names_its_language_and_title(rules: Rules) -> None:
    letter = letter_of("2", "de", rules)
    reader = PdfReader(io.BytesIO(letter_pdf.as_pdf(letter, MADE)))
    assert reader.metadata is not None
    assert reader.metadata.title == letter.title
    assert reader.trailer["/Root"]["/Lang"] == "de"


def font_with(signs: str, path: Path, family: str = "Boxes") -> Path:
    """A typeface of boxes that holds these signs."""
    pen = TTGlyphPen(None)
    for number, point in enumerate([(100, 0), (100, 700), (700, 700), (700, 0)]):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    box = pen.glyph()
    names = [".notdef", *(f"u{ord(sign):04X}" for sign in sorted(set(signs)))]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({int(name[1:], 16): name for name in names[1:]})
    builder.setupGlyf(dict.fromkeys(names, box))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (800, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


def test_a_font_of_the_site_writes_other_scripts(rules: Rules, tmp_path: Path) -> None:
    letter = letter_of("2", "zh-Hant", rules)
    font = font_with(letter.html + "•0123456789", tmp_path / "boxes.ttf")
    reader = PdfReader(io.BytesIO(letter_pdf.as_pdf(letter, MADE, font)))
    assert letter.blocks[0].heading in "".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("font", [None, Path("no-such-font.ttf")])
def test_signs_that_the_built_in_typeface_lacks_need_a_font_file(font: Path | None, rules: Rules) -> None:
    with pytest.raises(SettingsError):
        letter_pdf.as_pdf(letter_of("0", "zh-Hant", rules), MADE, font)


def collection(fonts: list[Path], path: Path) -> Path:
    """One file with several faces, as systems ship Chinese typefaces."""
    made = TTCollection()
    made.fonts = [TTFont(io.BytesIO(font.read_bytes())) for font in fonts]
    made.save(path)
    return path


def test_a_font_without_the_signs_is_refused_and_never_prints_empty_boxes(rules: Rules, tmp_path: Path) -> None:
    letter = letter_of("0", "zh-Hant", rules)
    font = font_with(letter.html.replace("癌", "").replace("您", ""), tmp_path / "boxes.ttf")
    with pytest.raises(SettingsError, match="lacks 3 signs of a letter in 'zh-Hant', among them •您癌"):
        letter_pdf.as_pdf(letter, MADE, font)
    (tmp_path / "text.ttf").write_text("no font")
    with pytest.raises(SettingsError, match="cannot be read"):
        letter_pdf.as_pdf(letter, MADE, tmp_path / "text.ttf")


@pytest.mark.parametrize(
    ("families", "taken"),
    [(("Mono", "Noto Sans CJK TC", "Noto Sans CJK SC"), "NotoSansCJKTC"), (("Mono", "Other"), "Other")],
)
def test_of_several_faces_the_one_of_the_letters_language_is_taken(
    families: tuple[str, ...], taken: str, rules: Rules, tmp_path: Path
) -> None:
    letter = letter_of("2", "zh-Hant", rules)
    signs = letter.html + "•0123456789"
    fonts = [
        font_with("abc" if name == "Mono" else signs, tmp_path / f"{number}.ttf", name)
        for number, name in enumerate(families)
    ]
    made = letter_pdf.as_pdf(letter, MADE, collection(fonts, tmp_path / "all.ttc"))
    page = PdfReader(io.BytesIO(made)).pages[0]
    names = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert all(taken in name for name in names), names


def test_what_is_bold_tinted_and_small_on_the_page_is_so_on_paper(rules: Rules) -> None:
    lines = {line.text: line for line in letter_pdf._lines(letter_of("4", "en", rules).html) if line.text}
    message, when = lines["You need a biopsy to find out what we saw."], lines["When: By November 24, 2026"]
    assert message.is_strong
    assert message.points > when.points > lines["a lump in your breast or armpit"].points
    assert when.is_strong
    assert when.is_boxed
    assert not lines["A second opinion"].is_boxed
