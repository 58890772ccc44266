"""
The bytes of ``presentedForm`` and the markup of ``text.div`` -> plain text that a reader can point into.

In: FHIR Attachment or XHTML. Out: :class:`NarrativeText`; evidence offsets refer to its ``text``, which is kept as made
here. What cannot be read (a scanned PDF, a URL elsewhere, an unknown format) comes back empty with its ``problem``: a
report that nobody could read is a hold, not a negative one. Nothing is fetched from anywhere.
"""

import base64
import binascii
import codecs
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from striprtf.striprtf import rtf_to_text

from worker.core.model import NarrativeText

__all__ = ["MAX_BYTES", "read_attachment", "read_markup", "tidy"]

# A long report is 50 kB of text; beyond this an attachment is an image archive, not a narrative.
MAX_BYTES = 8_000_000
MAX_CHARACTERS = 400_000
_MAX_PDF_PAGES = 40
_MAX_MARKUP_DEPTH = 200

_CHARSET = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# "Ã¼" and its like: UTF-8 that somebody read as Latin-1 and wrote as UTF-8 again.
_MOJIBAKE = re.compile("[ÃÂ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")
# HL7 v2 formatting and escapes (chapter 2.7), left over where an interface engine copied OBX-5.
_HL7_ESCAPE = re.compile(r"\\(\.[a-z]{2}[+-]?\d*|[EFHNRST]|X[0-9A-F]{2,})\\")
_HL7_CHARACTERS = {"F": "|", "S": "^", "T": "&", "R": "~", "E": "\\", "H": "", "N": ""}
_HL7_BREAKS = (".br", ".sp", ".ce", ".fi")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_ODD_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")

# Elements that stand on lines of their own.
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|caption|d[dlt]|div|fig(?:ure|caption)|footer|form|h[1-6r]|header|li|main|nav"
    "|[ou]l|p|paragraph|pre|section|table|tbody|tfoot|thead|title|tr"
)
_CELLS = frozenset(("td", "th"))
_SKIPPED = frozenset(("script", "style", "head", "template", "object", "iframe"))
_BAD_PDF = (PyPdfError, LookupError, ArithmeticError, ValueError, TypeError, AttributeError, RuntimeError, OSError)


class _UnreadableError(Exception):
    """Why an attachment gives no text, in words without its content."""


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
    except _UnreadableError as error:
        return NarrativeText(where, "", spoken, str(error))
    return NarrativeText(where, text, spoken, None if text else "empty")


def read_markup(div: str, where: str, language: str | None = None) -> NarrativeText:
    """The text of a Narrative's XHTML, tables row by row, cells parted by tabs."""
    try:
        return NarrativeText(where, _capped(_markup_text(div.encode())), language)
    except _UnreadableError as error:
        return NarrativeText(where, "", language, str(error))


def tidy(text: str) -> str:
    """Plain text: line ends as ``\\n``, HL7 v2 escapes resolved, invisible characters gone, garbled UTF-8 mended."""
    text = _mended(text.replace("\r\n", "\n").replace("\r", "\n"))
    if "\\" in text:
        text = _HL7_ESCAPE.sub(_hl7_character, text)
    return _ODD_SPACES.sub(" ", _INVISIBLE.sub("", text)).replace("\x00", "").strip()


def _capped(text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise _UnreadableError("longer than any report that can be read")
    return text


def _attachment_text(attachment: Mapping[str, Any]) -> str:
    encoded = attachment.get("data")
    if not isinstance(encoded, str) or not encoded.strip():
        raise _UnreadableError("not in the message, only a link to it" if attachment.get("url") else "empty")
    content = _decoded_base64(encoded)
    content_type = str(attachment.get("contentType") or "").lower()
    kind = _kind(content, content_type.partition(";")[0].strip())
    if kind == "pdf":
        return _pdf_text(content)
    if kind == "markup":
        return _markup_text(_characters(content, content_type).encode())
    if kind == "rtf":
        return _rtf_text(content)
    return tidy(_characters(content, content_type))


def _decoded_base64(encoded: str) -> bytes:
    if len(encoded) > MAX_BYTES * 4 // 3:
        raise _UnreadableError("larger than any report that can be read")
    try:
        return base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        raise _UnreadableError("not base64") from None


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
        raise _UnreadableError("a format that is not read")
    return "text"


def _characters(content: bytes, content_type: str) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    declared = _CHARSET.search(content_type)
    for encoding in (declared[1] if declared else "utf-8", "utf-8"):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    # Western 8-bit text has few letters beyond ASCII; many of them mean an encoding that nobody named.
    if sum(byte > 0x7F for byte in content) * 5 > len(content):
        raise _UnreadableError("in a character encoding that is not named")
    return _strictly(content, "cp1252")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeError:
        raise _UnreadableError("not in the character encoding that it claims") from None


def _mended(text: str) -> str:
    if not _MOJIBAKE.search(text):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _hl7_character(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("."):
        return "\n" if name.startswith(_HL7_BREAKS) else " "
    if name.startswith("X"):
        return bytes.fromhex(name[1 : 1 + len(name[1:]) // 2 * 2]).decode("latin-1").replace("\r", "\n")
    return _HL7_CHARACTERS[name]


def _rtf_text(content: bytes) -> str:
    try:
        return tidy(str(rtf_to_text(content.decode("latin-1"), errors="ignore")))  # type: ignore[no-untyped-call]
    except _BAD_PDF:
        raise _UnreadableError("damaged RTF") from None


def _pdf_text(content: bytes) -> str:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _UnreadableError("an encrypted PDF")
        if len(reader.pages) > _MAX_PDF_PAGES:
            raise _UnreadableError("longer than any report that can be read")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (*_BAD_PDF, zlib.error):
        raise _UnreadableError("a damaged PDF") from None
    if not text.strip():
        raise _UnreadableError("a PDF without text, as from a scanner")
    return tidy(text)


def _markup_text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _UnreadableError("larger than any report that can be read")
    # HTML rules, not XML: no document type, no entities of its own, no network, and tag soup is still read.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError):
        raise _UnreadableError("damaged markup") from None
    if root is None:
        return ""
    pieces = "".join(_pieces(root, False, 0))
    lines = (re.sub(r" *\t[ \t]*", "\t", re.sub(r"[ ]{2,}", " ", line)).strip() for line in pieces.split("\n"))
    return tidy(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)))


def _pieces(element: Any, is_preformatted: bool, depth: int) -> Iterator[str]:
    name = element.tag if isinstance(element.tag, str) else ""
    if depth > _MAX_MARKUP_DEPTH:
        raise _UnreadableError("markup nested too deep")
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
    if name in _CELLS:
        yield "\t"
    elif is_block and name != "br":
        yield "\n"


def _words(text: str | None, is_preformatted: bool) -> str:
    if not text:
        return ""
    return text if is_preformatted else re.sub(r"\s+", " ", text)
