"""
Which line ends mean something.

A report may be wrapped at a width, list one statement per line, or have lost its line ends to commas. What follows a
wrapped line is the same sentence; every other line end closes one.
"""

import re
from functools import cached_property

from worker.core.rules.tokens import BREAK, fold, tidy
from worker.core.rules.words import Lexicon

__all__ = ["settle_commas", "settle_lines", "settle_plurals", "settle_spoken"]

_ITEM = re.compile(r"[-–—•*#‣▪●·>]|\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{2,4})[.):]\s|\|")
_FIELD = re.compile(
    r"[^\W\d_][^\n:.;,]{0,40}[:\uff1a]"
)  # "Beurteilung:", where a wrapped line may start in capitals too
_NEXT_WORD = re.compile(r"\S+")
_NARROWEST_WRAP, _WIDEST_WRAP = 45, 160  # characters; narrower texts are lists, wider ones are not wrapped
_CLOSED = frozenset(".:;!?|")
_NOUNS = frozenset(("calcification", "lesion", "organ", "pathology", "side"))

_FEWEST_SPOKEN = 2  # a single "period" is a time

Spans = list[tuple[int, int]]


def settle_lines(text: str, words: list[str], spans: Spans, lexicon: Lexicon) -> tuple[list[str], Spans]:
    """Drop the line ends of a wrapped text, and join words that a hyphen parts at a line end; keep the others."""
    wrapping = _Wrapping(text, lexicon)
    kept_words: list[str] = []
    kept_spans: Spans = []
    done = 0
    for place in [k for k, word in enumerate(words) if BREAK in word]:
        word = words[place]
        kept_words += words[done:place]
        kept_spans += spans[done:place]
        done = place + 1
        if word[0] == BREAK:
            last = kept_words[-1] if kept_words else ""
            if not (kept_words and wrapping.holds(spans[place], last)):
                kept_words.append(BREAK)
                kept_spans.append(spans[place])
        elif tidy(word) in lexicon.words:
            kept_words.append(tidy(word))
            kept_spans.append(spans[place])
        else:
            _split(word, spans[place], kept_words, kept_spans)
    return kept_words + words[done:], kept_spans + spans[done:]


def _split(word: str, span: tuple[int, int], words: list[str], spans: Spans) -> None:
    start = span[0]
    for piece in re.finditer(r"[^\s-]+", word):
        words.append(piece[0])
        spans.append((start + piece.start(), start + piece.end()))


class _Wrapping:
    """The width at which a text may be wrapped; ``is_cased``: it has small letters and capitals."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.is_cased = not text.isupper() and not text.islower()

    @cached_property
    def width(self) -> int:
        """Characters of the widest line."""
        return max(map(len, map(str.rstrip, self.text.split("\n"))))

    def holds(self, span: tuple[int, int], last: str) -> bool:
        """Whether the line end at ``span``, behind the word ``last``, is one that wrapping made."""
        text, (start, end) = self.text, span
        if last in _CLOSED or end >= len(text) or "\n" in text[start + 1 : end] or _ITEM.match(text, end):
            return False
        line_start = text.rfind("\n", 0, start) + 1
        length = start - line_start
        if text.find("|", line_start, start) >= 0:
            return False  # a row of a table
        if self.is_cased and text[end].islower() and 2 * length >= self.width:
            return True
        if _FIELD.match(text, end):
            return False
        following = _NEXT_WORD.match(text, end)
        is_cut = following is not None and _is_cut_phrase(last, following[0], self.lexicon)
        fits = following is None or length + 1 + len(following[0]) <= self.width
        if is_cut or following is None or fits or not _NARROWEST_WRAP <= self.width <= _WIDEST_WRAP:
            return is_cut
        return last == "," or last in self.lexicon.function_words or not self._starts_anew(following[0])

    def _starts_anew(self, word: str) -> bool:
        return self.is_cased and self.lexicon.language != "de" and word[:1].isupper() and not word.isupper()


def _is_cut_phrase(last: str, following: str, lexicon: Lexicon) -> bool:
    """``regionale grob heterogene / Mikroverkalkungen``: in German the noun has its capital wherever it stands."""
    if lexicon.language != "de" or last not in lexicon.words or _kinds(last, lexicon) & _NOUNS:
        return False
    return "calcification" in _kinds(tidy(fold(following).strip(".,;()")), lexicon)


def _kinds(word: str, lexicon: Lexicon) -> set[str]:
    return {meaning.kind for meaning in lexicon.trie.get(word, {}).get(None, ())}


def settle_commas(text: str, words: list[str], spans: Spans) -> list[str]:
    """Turn the commas that replaced line ends back: after a full stop or colon, or glued to a capital."""
    is_cased = not text.isupper() and not text.islower()
    settled = list(words)
    for place, word in enumerate(words):
        if word == "," and place:
            end = spans[place][1]
            if words[place - 1] in _CLOSED or (is_cased and text[end : end + 1].isupper()):
                settled[place] = BREAK
    return settled


def settle_plurals(words: list[str], spans: Spans) -> tuple[list[str], Spans]:
    """``Recommendation(s):`` without the plural in brackets."""
    dropped: set[int] = set()
    for place in [k for k, word in enumerate(words) if word == "s"]:
        if words[place - 1 : place + 2] == ["(", "s", ")"] and place > 1 and spans[place - 1][0] == spans[place - 2][1]:
            dropped.update((place - 1, place, place + 1))
    kept = [place for place in range(len(words)) if place not in dropped]
    return [words[place] for place in kept], [spans[place] for place in kept]


def settle_spoken(words: list[str], lexicon: Lexicon) -> list[str]:
    """A dictation whose signs were written out (``period``): its words with the signs, where they end sentences."""
    stops = lexicon.spoken.get(".", ())
    if sum(map(words.count, stops)) < _FEWEST_SPOKEN:
        return words
    signs = {word: sign for sign, spoken in lexicon.spoken.items() for word in spoken}
    return [signs.get(word, word) for word in words]
