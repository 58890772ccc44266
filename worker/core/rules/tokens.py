"""Text -> folded words with their offsets; tables and reports are folded by the same hand, so that they meet."""

import re
import unicodedata
from itertools import accumulate
from typing import NamedTuple, Self

__all__ = ["BREAK", "Cut", "cut", "fold", "has_hidden", "tidy"]

BREAK = "\n"  # the word that stands for a line end that ends something

# What may hide inside a word without being part of it: soft hyphen, zero-width signs, combining accents.
_HIDDEN = "\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f"
_HAN = "\u3400-\u9fff\uf900-\ufaff"


def _pattern(letter: str, joint: str, signs: str, dash: str) -> re.Pattern[str]:
    """
    The blank before, if any, and a word, date, number, line end or sign.

    Alternatives start with different characters and none nests a repetition of the same class: matching is linear, and
    what letters took they never need give back. A hyphen between letters, or between digit and letter, is no word
    (upper-outer, 6-month); between digits it is (3-4).
    """
    return re.compile(
        rf"( ?+)({letter}++(?:(?:{joint}-\n[^\S\n]{{0,20}}+){letter}++)*+"
        rf"|[{signs}]"
        r"|\d(?:\d{0,3}(?:\.\d{1,2}\.|/\d{1,2}/|-\d{1,2}-)\d{2,4}(?!\d)|\d*(?:[.,]\d+)?)"
        r"|\n\s*|\*(?=\s?\d)"
        rf"|(?<!{letter})(?<!\d)[{dash}]|(?<={letter})[{dash}](?!\w)|(?<=\d)[{dash}](?!{letter})|[–—])"
    )


_SIGNS = r".,;:!?()\[\]/|<>+=&"
_WORD = _pattern(rf"[^\W\d_{_HAN}]", f"[{_HIDDEN}]+|", f"{_SIGNS}、。，•‣▪●·×☐☑☒□◻✓✔{_HAN}", "-–—")
_ASCII_WORD = _pattern("[a-z]", "", _SIGNS, "-")  # twice as fast where it suffices
_HIDDEN_SIGN = re.compile(f"[{_HIDDEN}]")
_WRAPPED_HYPHEN = re.compile(r"-\n\s*")


# Signs that do not decompose: strokes, ideographic punctuation, dashes, the micro and multiplication signs.
_BY_HAND = dict(
    zip("İıøØłŁđ　；：（）【】．‐‑−‒\r\t\xa0µμ✕∕\u2028\u2029", "iioolld ;:()[].----   uu×/\n\n", strict=True)
)


# These part numbers that a point or comma would join: "BI-RADS 3，6个月" is a category and a time.
_IDEOGRAPHIC = dict(zip("｡，", "。，", strict=True))


def _folding() -> dict[int, str]:
    """One sign for one sign: accents off, full width and typographic signs to plain ones; offsets stay."""
    table = {ord(sign): plain for sign, plain in (_BY_HAND | _IDEOGRAPHIC).items()}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0xFF01, 0xFF5F)):
        plain = "".join(s for s in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(s))
        if len(plain) == 1:
            table.setdefault(code, plain)
    return table


_FOLDING = _folding()
_PLAIN = {chr(code): plain for code, plain in _FOLDING.items()}
_TO_FOLD = re.compile(f"[{''.join(map(re.escape, _PLAIN))}]")  # to search for these is faster than to translate all


def fold(text: str) -> str:
    """
    Lower case without accents, full-width and typographic signs as plain ones.

    Returns:
        As many characters as ``text`` has: offsets into one are offsets into the other.
    """
    if text.isascii():
        return text.lower().replace("\t", " ").replace("\r", " ")
    plain = _TO_FOLD.sub(_plain, text)
    folded = plain.lower()
    return folded if len(folded) == len(text) else "".join(sign.lower()[:1] for sign in plain)


def _plain(found: re.Match[str]) -> str:
    return _PLAIN[found[0]]


class Cut(NamedTuple):
    """Words of a text, and where each starts and ends."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def empty(cls) -> Self:
        """One to be filled."""
        return cls([], [], [])

    def add(self, word: str, start: int, end: int) -> None:
        """One word more."""
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)

    def take(self, other: Self, first: int, last: int | None = None) -> None:
        """The words ``[first, last)`` of another, or all from the first."""
        self.words.extend(other.words[first:last])
        self.starts.extend(other.starts[first:last])
        self.ends.extend(other.ends[first:last])


def cut(folded: str) -> Cut:
    """
    Words, numbers, signs and line ends, and where each stands, ``[start, end)``; blanks and ornaments are left out.
    """
    # One split and the sums of the lengths of its pieces: several times as fast as asking every match for its place.
    pieces = (_ASCII_WORD if folded.isascii() else _WORD).split(folded)
    ends = list(accumulate(map(len, pieces)))
    return Cut(pieces[2::3], ends[1::3], ends[2::3])


def has_hidden(folded: str) -> bool:
    """Whether signs hide in some of its words, so that these want to be tidied."""
    return _HIDDEN_SIGN.search(folded) is not None


def tidy(word: str) -> str:
    """The word without the signs that hide in it and without the hyphen of a line end."""
    return _WRAPPED_HYPHEN.sub("", _HIDDEN_SIGN.sub("", word))
