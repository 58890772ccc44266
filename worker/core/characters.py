"""
Bytes -> characters, and characters that were garbled on their way -> as they were written.

A declared encoding is tried first, then the marks and shapes of the bytes themselves. Chinese in an encoding that none
named is told only where one reading makes sense; whatever else is not certain is refused, not guessed.
"""

import codecs
import html
import re
from collections.abc import Callable

from charset_normalizer import from_bytes

__all__ = ["UnreadableError", "characters_of", "cleaned", "tidy"]

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_IN_MARKUP = re.compile(rb"<\?xml[^<>]{0,100}?encoding|<meta[^<>]{0,200}?charset", re.IGNORECASE)
_ENCODING = re.compile(rb"\s*=\s*[\"']?([A-Za-z0-9_.:-]+)")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHINESE = ["gb18030", "big5"]
_HAN = re.compile("[\u4e00-\u9fff]")
# Every second byte is zero: Western text in two bytes a character.
_MOST_ZEROS = 0.3
_MOST_CONTROLS = (
    0.02  # of other control characters; more, and it is an image, a document of an office suite, an archive
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")

# "Ã¼", "â€“", "å·¦": UTF-8 that somebody read as Latin-1 or Windows-1252 and wrote as UTF-8 again.
_TRAILS = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_GARBLED = re.compile(f"[Â-Å][{_TRAILS}]|[à-ï][{_TRAILS}]{{2}}|â€")
_SURE = re.compile(f"[ÂÃ][{_TRAILS}]|â€")
_GARBLED_RUN = re.compile(f"(?:[Â-Å][{_TRAILS}]|[à-ï][{_TRAILS}]{{2}})+")
_LEAST_GARBLED = 3  # of signs that a text may hold by chance ("É»" ends a quotation)
_MOST_TIMES = 2

# HL7 v2 formatting and escapes (chapter 2.7), left over where an interface engine copied OBX-5.
_HL7_ESCAPE = re.compile(r"\\(\.[a-z]{2}[+-]?\d*|[EFHNRST]|X[0-9A-Fa-f]{2,}|Z[^\\\n]{0,20})\\")
_HL7_CHARACTERS = {"F": "|", "S": "^", "T": "&", "R": "~", "E": "\\", "H": "", "N": ""}
_HL7_BREAKS = (".br", ".sp", ".ce", ".fi")
_MOST_ESCAPED = 3  # an engine may escape what another had escaped
_WRITTEN_BREAK = re.compile(r"\\r\\n|\\n|\\r")
_REPEATED = re.compile(r"~(?![ \t]?\d)")  # HL7 v2 repetition; "~5 mm" is about
_LEAST_WRITTEN_BREAKS, _LEAST_REPEATED = 2, 3
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_ODD_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")


class UnreadableError(Exception):
    """Why bytes give no text, in words without their content."""


def characters_of(content: bytes, content_type: str) -> str:
    """
    The characters of a text or of markup.

    Raises:
        UnreadableError: No encoding fits, or it is not certain which.
    """
    text = _decoded(content, content_type)
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise UnreadableError("a format that is not read")
    return text


def _decoded(content: bytes, content_type: str) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    for name in (*_declared(content, content_type), *_wide(content), "utf-8"):
        try:
            return content.decode(name)
        except (UnicodeError, LookupError):
            continue
    return _unnamed(content)


def _declared(content: bytes, content_type: str) -> list[str]:
    """Encodings that the content type or the markup's own head name."""
    found = [match[1] for match in (_CHARSET.search(content_type),) if match]
    head = _IN_MARKUP.search(content, 0, 1024)
    named = _ENCODING.match(content, head.end()) if head else None
    return [*found, named[1].decode("ascii")] if named else found


def _wide(content: bytes) -> list[str]:
    """UTF-16 without its mark, told by the zeros of its Western letters."""
    zeros = content.count(0)
    if zeros < _MOST_ZEROS * len(content):
        return []
    return ["utf-16-le" if content[1::2].count(0) > zeros / 2 else "utf-16-be"]


def _unnamed(content: bytes) -> str:
    # Western 8-bit text has few letters beyond ASCII; many of them mean an encoding that nobody named.
    if len(content.translate(None, bytes(range(128)))) * 5 <= len(content):
        return _strictly(content, "cp1252")
    found = from_bytes(content, cp_isolation=_CHINESE)
    best = found.best()
    text = str(best) if best is not None and len(found) == 1 else ""
    if 2 * len(_HAN.findall(text)) < len(text) or not text:
        raise UnreadableError("in a character encoding that is not named")
    return text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeError:
        raise UnreadableError("not in the character encoding that it claims") from None


def tidy(text: str) -> str:
    """Plain text as it was written, without the blanks around it."""
    return cleaned(text).strip()


def cleaned(text: str) -> str:
    """
    Plain text as it was written.

    Line ends as ``\\n``, HL7 v2 escapes and entities resolved, invisible characters gone, garbled UTF-8 mended.
    """
    text = _mended(text.replace("\r\n", "\n").replace("\r", "\n"))
    if "\\" in text:
        text = _unescaped(text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if "\n" not in text and len(_REPEATED.findall(text)) >= _LEAST_REPEATED:
        text = _REPEATED.sub("\n", text)
    return _ODD_SPACES.sub(" ", _INVISIBLE.sub("", text)).replace("\x00", "")


def _mended(text: str) -> str:
    for _ in range(_MOST_TIMES):
        if len(_GARBLED.findall(text)) < _LEAST_GARBLED and not _SURE.search(text):
            break
        text = _GARBLED_RUN.sub(_ungarbled, text)
    return text


def _ungarbled(found: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte_of, found[0])).decode("utf-8")
    except UnicodeError:
        return found[0]


def _byte_of(sign: str) -> bytes:
    """The byte behind a character; Windows-1252 leaves five bytes without one, which pass as they are."""
    try:
        return sign.encode("cp1252")
    except UnicodeError:
        return sign.encode("latin-1")


def _unescaped(text: str) -> str:
    for _ in range(_MOST_ESCAPED):
        before, text = text, _HL7_ESCAPE.sub(_hl7_character, text)
        if text == before:
            break
    if "\n" not in text and len(_WRITTEN_BREAK.findall(text)) >= _LEAST_WRITTEN_BREAKS:
        text = _WRITTEN_BREAK.sub("\n", text)
    return text


def _hl7_character(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("."):
        return "\n" if name.startswith(_HL7_BREAKS) else " "
    read: Callable[[str], str] = _HL7_READERS.get(name[0], lambda name: _HL7_CHARACTERS[name])
    return read(name)


def _hexadecimal(name: str) -> str:
    return (
        bytes.fromhex(name[1 : 1 + len(name[1:]) // 2 * 2]).decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    )


_HL7_READERS: dict[str, Callable[[str], str]] = {"X": _hexadecimal, "Z": lambda _: ""}
