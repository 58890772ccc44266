"""Every form in which the words of a report arrive, and what becomes of those that cannot be read."""

import base64
import io
import time
import zlib

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from worker.core.attachments import MAX_BYTES, read_attachment, read_markup
from worker.core.characters import tidy
from worker.core.model import NarrativeText


def attached(content: bytes, content_type: str | None = None) -> NarrativeText:
    """The text of an attachment with these bytes."""
    attachment = {"data": base64.b64encode(content).decode(), **({"contentType": content_type} if content_type else {})}
    return read_attachment(attachment, "presentedForm[0]")


def pdf(*lines: str) -> bytes:
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=12)
    for line in lines:
        document.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    return bytes(document.output())


@pytest.mark.parametrize(
    ("content", "content_type", "text"),
    [
        (b"BI-RADS 4", "text/plain", "BI-RADS 4"),
        (b"one\r\ntwo\rthree", None, "one\ntwo\nthree"),
        ("Verkalkung für".encode(), "text/plain; charset=utf-8", "Verkalkung für"),
        ("Verkalkung für".encode("cp1252"), "text/plain", "Verkalkung für"),
        ("Verkalkung für".encode("latin-1"), "text/plain; charset=ISO-8859-1", "Verkalkung für"),
        ("微鈣化".encode("big5"), "text/plain; charset=big5", "微鈣化"),
        ("微鈣化".encode("utf-16"), "text/plain", "微鈣化"),
        ("Verkalkung f\u00c3\u00bcr".encode(), "text/plain", "Verkalkung für"),
        ("Verkalkung für".encode(), "text/plain; charset=latin-1", "Verkalkung für"),
        ("Verkalkung für".encode(), "text/plain; charset=nonsense", "Verkalkung für"),
        (rb"LEFT:\.br\calcifications\.br\BI-RADS 4 \T\ up", None, "LEFT:\ncalcifications\nBI-RADS 4 & up"),
        (rb"\H\IMPRESSION\N\ 2\F\3 \E\ \X0A\end", None, "IMPRESSION 2|3 \\ \nend"),
        ("a\u00adb\u200b c\u00a0d".encode(), None, "ab c d"),
        (rb"{\rtf1\ansi\ansicpg1252 Gr\'fc\'dfe \b BI-RADS\b0  4B\par next}", "text/plain", "Grüße BI-RADS 4B\nnext"),
        (b"<html><body><p>BI-RADS 4</p></body></html>", "text/html", "BI-RADS 4"),
        (b"<div>BI-RADS&nbsp;4</div>", None, "BI-RADS 4"),
        (b"<?xml version='1.0'?><report><p>BI-RADS 4</p></report>", "application/xml", "BI-RADS 4"),
        ("右乳外上象限见成簇细小多形性钙化。".encode("gbk"), "text/plain", "右乳外上象限见成簇细小多形性钙化。"),
        ("右側乳房有叢集微小鈣化點，建議切片。".encode("big5"), None, "右側乳房有叢集微小鈣化點，建議切片。"),
        ("BI-RADS 4B für".encode("utf-16-le"), "text/plain", "BI-RADS 4B für"),
        ("BI-RADS 4B für".encode("utf-16-be"), None, "BI-RADS 4B für"),
        ("钙化".encode().decode("cp1252", "ignore").encode(), None, "é’™åŒ–"),  # too little to be sure of
        ("左侧乳腺见钙化灶".encode().decode("latin-1").encode(), None, "左侧乳腺见钙化灶"),
        ("Grüße".encode().decode("cp1252").encode().decode("cp1252").encode(), None, "Grüße"),
        ("«DENSITÉ» cote".encode(), None, "«DENSITÉ» cote"),
        (b"<meta charset='gb2312'><p>" + "钙化".encode("gbk"), "text/html", "钙化"),
        (b"BI-RADS&nbsp;4 &lt;1 cm &amp; R&D", None, "BI-RADS 4 <1 cm & R&D"),
        (b"<b>BI-RADS</b> 4<br>left", "text/plain", "BI-RADS 4\nleft"),
        (b"mass <5 mm> ok", "text/plain", "mass <5 mm> ok"),
        (rb"FINDINGS:\nNone.\nBI-RADS 1", None, "FINDINGS:\nNone.\nBI-RADS 1"),
        (rb"C:\nodule is no line end", None, r"C:\nodule is no line end"),
        (b"RIGHT: none~LEFT: mass~~5 mm~BI-RADS 4", None, "RIGHT: none\nLEFT: mass\n~5 mm\nBI-RADS 4"),
        (rb"A\E\.br\E\B \Xe9\ \Zignored\C", None, "A\nB é C"),
        (b"\tRight\tLeft\nCalcifications\tnone\tgrouped", None, "| Right | Left\nCalcifications | none | grouped"),
    ],
)
def test_what_can_be_read_is_read(content: bytes, content_type: str | None, text: str) -> None:
    found = attached(content, content_type)
    assert (found.text, found.problem) == (text, None)


def test_base64_is_read_as_senders_write_it() -> None:
    for data in (
        "QkktUkFE\r\nUyA0QQ==",
        "QkktUkFEUyA0QQ",
        "data:text/plain;base64,QkktUkFEUyA0QQ==",
        " QkktUkFEUyA0QQ== ",
    ):
        assert read_attachment({"data": data}, "w").text == "BI-RADS 4A", data
    assert read_attachment({"data": base64.urlsafe_b64encode("钙化??>".encode()).decode()}, "w").text == "钙化??>"


def test_a_table_drawn_in_a_pdf_keeps_its_columns() -> None:
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=10)
    with document.table() as table:
        for cells in (("", "Right", "Left"), ("Calcifications", "none", "grouped"), ("BI-RADS", "1", "4B")):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    text = attached(bytes(document.output())).text
    assert text == "| Right | Left\nCalcifications | none | grouped\nBI-RADS | 1 | 4B"


def test_a_table_in_rtf_keeps_its_columns() -> None:
    row = rb"\trowd\cellx1000\cellx2000\cellx3000 %s\cell %s\cell %s\cell\row "
    table = (
        row % (b"", b"Right", b"Left")
        + row % (b"Calcifications", b"none", b"grouped")
        + row % (b"BI-RADS", b"1", b"4B")
    )
    text = attached(rb"{\rtf1\ansi " + table + rb"\pard end\par}").text
    assert text == "|Right|Left\nCalcifications|none|grouped\nBI-RADS|1|4B\nend"


def test_columns_of_prose_in_a_pdf_come_one_after_the_other() -> None:
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=10)
    with document.text_columns(ncols=2, gutter=10) as columns:
        columns.write("FINDINGS: The left breast shows a cluster of fine pleomorphic calcifications, 12 mm in extent.")
        columns.new_column()
        columns.write("IMPRESSION: BI-RADS 4B left. Recommend stereotactic biopsy of the left breast calcifications.")
    text = " ".join(attached(bytes(document.output())).text.split())
    assert text.index("12 mm in extent") < text.index("IMPRESSION")


def drawing(operators: bytes) -> bytes:
    """A PDF of one page that holds these operators, compressed."""
    stream = zlib.compress(operators, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj\n" % (number + 1) + part + b"\nendobj\n" for number, part in enumerate(parts))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


@pytest.mark.parametrize(
    "operators",
    [b"BT /F1 9 Tf 9 9 Td " + b"(a)Tj " * 70_000, b"BT " + b" " * 5_000_000, b"BT " + b" " * 200_000_000],
    ids=["steps", "megabytes", "a bomb"],
)
def test_a_pdf_that_swells_is_left_unread_in_bounded_time(operators: bytes) -> None:
    content = drawing(operators)
    start = time.process_time()
    found = attached(content)
    assert found.text == ""
    assert found.problem in {"longer than any report that can be read", "a damaged PDF"}
    ordinary = drawing(b"BT /F1 9 Tf 9 9 Td " + b"(a)Tj " * 30_000)
    half = time.process_time()
    attached(ordinary)
    assert half - start < 20 * max(time.process_time() - half, 0.05)  # within the cost of a long report


@pytest.mark.parametrize(
    "content",
    [
        b"{\\rtf1 " + b"{" * 100_000 + b"x" + b"}" * 100_000 + b"}",
        b"{\\rtf1 " + b"\\'" * 200_000 + b"}",
        b"{\\rtf1 {\\pict " + b"00" * 1_000_000 + b"} x}",
        b"<div>" * 150 + b"x" * 1000 + b"</div>" * 150,
        b"&amp;" * 60_000,
        b"\\.br\\" * 60_000,
        b"~" * 300_000,
        b"   " * 100_000,
        b"a   b   c\n" * 30_000,
        b"<b" * 100_000,
    ],
    ids=["nesting", "half escapes", "picture", "divs", "entities", "breaks", "tildes", "blanks", "columns", "tags"],
)
def test_hostile_wrappings_cost_no_more_than_their_length(content: bytes) -> None:
    def seconds(content: bytes) -> float:
        start = time.process_time()
        attached(content)
        return time.process_time() - start

    assert seconds(content) < 12 * max(seconds(content[: len(content) // 4]), 0.02)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        b"\xd0\xcf\x11\xe0" + bytes(900),
        b"PK\x03\x04" + bytes(range(64)) * 9,
    ],
)
def test_an_image_or_office_document_without_a_type_is_not_taken_for_text(content: bytes) -> None:
    found = attached(content)
    assert (found.text, found.problem is None) == ("", False)


def test_a_pdf_with_text_is_read() -> None:
    assert attached(pdf("LEFT BREAST", "BI-RADS 4B"), "application/pdf").text == "LEFT BREAST\nBI-RADS 4B"
    assert attached(pdf("LEFT BREAST")).text == "LEFT BREAST"


@pytest.mark.parametrize(
    ("attachment", "problem"),
    [
        ({"url": "https://ris.example/1"}, "only a link"),
        ({}, "empty"),
        ({"data": "  "}, "empty"),
        ({"data": base64.b64encode(b"<p></p>").decode()}, "empty"),
        ({"data": "%%%"}, "not base64"),
        ({"data": base64.b64encode(pdf()).decode()}, "without text"),
        ({"data": base64.b64encode(b"%PDF-1.7 broken").decode()}, "damaged PDF"),
        ({"data": base64.b64encode("微鈣化微鈣化".encode("big5")).decode()}, "encoding that is not named"),
        ({"data": base64.b64encode(b"PK\x03\x04").decode(), "contentType": "application/zip"}, "not read"),
        ({"data": base64.b64encode(b"\xff\xfe\x00").decode()}, "encoding that it claims"),
        ({"data": base64.b64encode(b"<div>" * 500 + b"x").decode()}, "nested too deep|damaged"),
        ({"data": base64.b64encode(b"x" * 500_000).decode()}, "longer than"),
    ],
)
def test_what_cannot_be_read_says_why_and_quotes_nothing(attachment: dict[str, str], problem: str) -> None:
    found = read_attachment(attachment, "presentedForm[0]")
    assert found.text == ""
    assert found.problem is not None
    assert any(words in found.problem for words in problem.split("|"))


def test_markup_that_cannot_be_read_says_why() -> None:
    found = read_markup("<div>" * 400 + "x", "text.div")
    assert (found.text, found.problem is None) == ("", False)
    assert read_markup("x" * 500_000, "text.div").problem == "longer than any report that can be read"


def test_a_pdf_behind_a_password_says_so() -> None:
    document = FPDF()
    document.add_page()
    document.set_encryption(owner_password="owner", user_password="secret")
    assert attached(bytes(document.output())).problem == "an encrypted PDF"


def test_a_larger_attachment_than_any_report_says_so() -> None:
    assert read_attachment({"data": "A" * (MAX_BYTES * 2)}, "w").problem == "larger than any report that can be read"


def test_tables_come_row_by_row_with_their_cells_parted() -> None:
    div = (
        '<div xmlns="http://www.w3.org/1999/xhtml"><h2>Findings</h2><table><tr><td>Left\n breast</td><td>BI-RADS 4</td>'
        "</tr><tr><td>Right breast</td><td>BI-RADS 1</td></tr></table>"
        "<p>One<br/>two</p><ul><li>a</li><li>b</li></ul></div>"
    )
    text = read_markup(div, "text.div").text
    lines = [line for line in text.split("\n") if line]
    assert lines == ["Findings", "Left breast | BI-RADS 4", "Right breast | BI-RADS 1", "One", "two", "a", "b"]


def test_scripts_styles_and_comments_are_no_words_of_the_report() -> None:
    div = "<div><style>p{}</style><script>alert(4)</script><!-- BI-RADS 5 -->BI-RADS 2</div>"
    assert read_markup(div, "text.div").text == "BI-RADS 2"


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "BI-RADS 5"><!ENTITY b SYSTEM "file:///etc/passwd">]><div>x &a; &b; y</div>'
    text = read_markup(bomb, "text.div").text
    assert "5" not in text
    assert "root" not in text


def test_preformatted_text_keeps_its_lines() -> None:
    assert read_markup("<div><pre>LEFT\nBI-RADS 4</pre></div>", "text.div").text == "LEFT\nBI-RADS 4"


def test_the_language_of_the_attachment_stands_before_that_of_the_report() -> None:
    attachment = {"data": base64.b64encode(b"x").decode(), "language": "de"}
    assert read_attachment(attachment, "w", "en").language == "de"
    assert read_attachment({"data": attachment["data"]}, "w", "en").language == "en"


@given(
    st.binary(max_size=300), st.sampled_from([None, "text/html", "application/pdf", "application/rtf", "text/plain"])
)
def test_any_bytes_give_a_text_or_a_reason(content: bytes, content_type: str | None) -> None:
    found = attached(content, content_type)
    assert bool(found.text) != bool(found.problem)
    assert "\r" not in found.text


@given(st.text(max_size=200))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    plain = text.replace("\\", "").replace("Ã", "").replace("Â", "").replace("â", "")
    assert tidy(tidy(plain)) == tidy(plain)


def test_pages_of_a_pdf_are_read_in_order() -> None:
    document = FPDF()
    document.set_font("helvetica", size=12)
    for line in ("first", "second"):
        document.add_page()
        document.cell(text=line)
    assert attached(bytes(document.output())).text == "first\nsecond"
    assert io.BytesIO(pdf("x")).read(4) == b"%PDF"
