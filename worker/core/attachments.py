"""
The bytes of ``presentedForm`` and the markup of ``text.div`` -> plain text that a reader can point into.

In: FHIR Attachment or XHTML. Out: :class:`NarrativeText`; evidence offsets refer to its ``text``, which is kept as made
here. What cannot be read (a scanned PDF, a URL elsewhere, an unknown format) comes back empty with its ``problem``: a
report that nobody could read is a hold, not a negative one. Nothing is fetched from anywhere.
"""

import base64
import binascii
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from striprtf.striprtf import rtf_to_text

from worker.core.characters import UnreadableError, characters_of, cleaned, tidy
from worker.core.columns import with_bars
from worker.core.model import NarrativeText

__all__ = ["MAX_BYTES", "read_attachment", "read_markup", "read_words"]

# A long report is 50 kB of text; beyond this an attachment is an image archive, not a narrative.
MAX_BYTES = 8_000_000
MAX_CHARACTERS = 400_000
_MAX_PDF_PAGES = 40
_MAX_PDF_CONTENT = 1_500_000  # bytes of drawing; a page of text needs some ten thousand
_MAX_PDF_STEPS = 60_000  # drawing operators, forms within forms included
_MAX_MARKUP_DEPTH = 200

_TAG = re.compile(
    r"</?(?:br|p|div|span|b|i|u|ul|ol|li|table|tr|td|th|h[1-6]|html|body|strong|em|font|pre)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ ]{2,}")
_DATA_URI = re.compile(r"data:[^,]{0,200};base64,", re.IGNORECASE)
_URL_SAFE = str.maketrans("-_", "+/")
_LAST_BAR = re.compile(r"\|[ \t]*$", re.MULTILINE)  # every cell of an RTF table ends with one, the last of a row too
_HEX_PICTURE = re.compile(rb"[0-9a-fA-F\s]{2000,}")

# Elements that stand on lines of their own.
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|caption|d[dlt]|div|fig(?:ure|caption)|footer|form|h[1-6r]|header|li|main|nav"
    "|[ou]l|p|paragraph|pre|section|table|tbody|tfoot|thead|title|tr"
)
_CELLS = frozenset(("td", "th"))
_SKIPPED = frozenset(("script", "style", "head", "template", "object", "iframe"))
_BAD_PDF = (PyPdfError, LookupError, ArithmeticError, ValueError, TypeError, AttributeError, RuntimeError, OSError)


def read_attachment(attachment: Mapping[str, Any], where: str, language: str | None = None) -> NarrativeText:
    """
    The text of an Attachment.

    Args:
        language: What the report says; the attachment's own language stands before it.
    """
    own = attachment.get("language")
    spoken = own if isinstance(own, str) else language
    try:
        text = _capped(_attachment_text(attachment))
    except UnreadableError as error:
        return NarrativeText(where, "", spoken, str(error))
    return NarrativeText(where, text, spoken, None if text else "empty")


def read_markup(div: str, where: str, language: str | None = None) -> NarrativeText:
    """The text of a Narrative's XHTML, tables row by row, cells parted by bars."""
    try:
        return NarrativeText(where, _capped(_markup_text(div.encode())), language)
    except UnreadableError as error:
        return NarrativeText(where, "", language, str(error))


def read_words(text: str) -> str:
    """A string of words, such as ``conclusion``: plain, or with the markup that a sender left in it."""
    if _TAG.search(text):
        try:
            return _markup_text(text.encode())
        except UnreadableError:
            pass
    return with_bars(cleaned(text)).strip()


def _capped(text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError("longer than any report that can be read")
    return text


def _attachment_text(attachment: Mapping[str, Any]) -> str:
    encoded = attachment.get("data")
    if not isinstance(encoded, str) or not encoded.strip():
        raise UnreadableError("not in the message, only a link to it" if attachment.get("url") else "empty")
    content = _decoded_base64(encoded)
    content_type = str(attachment.get("contentType") or "").lower()
    kind = _kind(content, content_type.partition(";")[0].strip())
    if kind == "pdf":
        return _pdf_text(content)
    if kind == "markup":
        return _markup_text(characters_of(content, content_type).encode())
    if kind == "rtf":
        return _rtf_text(content)
    return read_words(characters_of(content, content_type))


def _decoded_base64(encoded: str) -> bytes:
    if len(encoded) > MAX_BYTES * 4 // 3:
        raise UnreadableError("larger than any report that can be read")
    text = "".join(_DATA_URI.sub("", encoded, count=1).split()).translate(_URL_SAFE).rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableError("not base64") from None


def _kind(content: bytes, content_type: str) -> str:
    """What the bytes are; their own first characters stand before the declared type."""
    start = content[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith((b"<?xml", b"<!doctype", b"<html", b"<div", b"<body", b"<p>", b"<pre", b"<table")):
        return "markup"
    if content_type in ("text/html", "application/xhtml+xml", "application/xml", "text/xml"):
        return "markup"
    if content_type and not content_type.startswith("text/") and content_type != "application/octet-stream":
        raise UnreadableError("a format that is not read")
    return "text"


def _rtf_text(content: bytes) -> str:
    try:
        text = str(rtf_to_text(_HEX_PICTURE.sub(b"", content).decode("latin-1"), errors="ignore"))  # type: ignore[no-untyped-call]
        return tidy(_LAST_BAR.sub("", text))
    except _BAD_PDF:
        raise UnreadableError("damaged RTF") from None


def _pdf_text(content: bytes) -> str:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("an encrypted PDF")
        if len(reader.pages) > _MAX_PDF_PAGES:
            raise UnreadableError("longer than any report that can be read")
        text = "\n".join(_page_texts(reader))
    except (*_BAD_PDF, zlib.error):
        raise UnreadableError("a damaged PDF") from None
    if not text.strip():
        raise UnreadableError("a PDF without text, as from a scanner")
    return tidy(text)


def _page_texts(reader: PdfReader) -> Iterator[str]:
    """The text of page after page, as long as it is a report's and not a bomb's."""
    steps = size = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps > _MAX_PDF_STEPS:
            raise UnreadableError("longer than any report that can be read")

    for page in reader.pages:
        drawing = page.get_contents()
        size += len(drawing.get_data()) if drawing is not None else 0
        if size > _MAX_PDF_CONTENT:
            raise UnreadableError("longer than any report that can be read")
        text = page.extract_text(visitor_operand_before=count)
        drawn = page.extract_text(extraction_mode="layout") if text.strip() else ""
        barred = with_bars(drawn)
        yield text if barred == drawn else _BLANKS.sub(" ", barred)  # tables as drawn; columns of prose one by one


def _markup_text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise UnreadableError("larger than any report that can be read")
    # HTML rules, not XML: no document type, no entities of its own, no network, and tag soup is still read.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError):
        raise UnreadableError("damaged markup") from None
    if root is None:
        return ""
    pieces = "".join(_pieces(root, False, 0))
    lines = (_BLANKS.sub(" ", line.replace("\t", " ")).strip() for line in pieces.split("\n"))
    return tidy(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)))


def _pieces(element: Any, is_preformatted: bool, depth: int) -> Iterator[str]:
    name = element.tag if isinstance(element.tag, str) else ""
    if depth > _MAX_MARKUP_DEPTH:
        raise UnreadableError("markup nested too deep")
    if name in _SKIPPED:
        return
    is_preformatted = is_preformatted or name == "pre"
    is_block = _BLOCK.fullmatch(name) is not None
    if is_block:
        yield "\n"
    yield _words(element.text, is_preformatted)
    for child in element:
        yield from _pieces(child, is_preformatted, depth + 1)
        yield _words(child.tail, is_preformatted)
    if name in _CELLS and element.getnext() is not None:
        yield " | "
    elif is_block and name != "br":
        yield "\n"


def _words(text: str | None, is_preformatted: bool) -> str:
    if not text:
        return ""
    return text if is_preformatted else re.sub(r"\s+", " ", text)
