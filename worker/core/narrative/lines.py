"""
Which line ends mean something.

A report may be wrapped at a width, list one statement per line, or have lost its line ends to commas. What follows a
wrapped line is the same sentence; every other line end closes one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from worker.core.rules.tokens import BREAK, Cut, fold, tidy
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


def settle_lines(text: str, folded: str, whole: Cut, lexicon: Lexicon) -> Cut:
    """Drop the line ends of a wrapped text, and join words that a hyphen parts at a line end; keep the others."""
    wrapping = _Wrapping(text, lexicon)
    kept = Cut.empty()
    done = 0
    for place in _line_ends(folded, whole):
        word, start, end = whole.words[place], whole.starts[place], whole.ends[place]
        last = whole.words[place - 1] if done < place else kept.words[-1] if kept.words else ""
        is_kept = word[0] == BREAK and not (last and wrapping.holds(start, end, last))
        if is_kept and word == BREAK:
            continue  # as most are
        kept.take(whole, done, place)
        done = place + 1
        if is_kept:
            kept.add(BREAK, start, end)
        elif word[0] == BREAK:
            continue
        elif tidy(word) in lexicon.words:
            kept.add(tidy(word), start, end)
        else:
            for piece in re.finditer(r"[^\s-]+", word):
                kept.add(piece[0], start + piece.start(), start + piece.end())
    kept.take(whole, done)
    return kept


def _line_ends(folded: str, whole: Cut) -> Iterator[int]:
    """The places of the words that hold a line end."""
    at = folded.find(BREAK)
    while at >= 0:
        place = bisect_right(whole.starts, at) - 1
        yield place
        at = folded.find(BREAK, whole.ends[place])


class _Wrapping:
    """The width at which a text may be wrapped; ``is_cased``: it has small letters and capitals."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.is_cased = not text.isupper() and not text.islower()

    @cached_property
    def width(self) -> int:
        """Characters of the widest line."""
        return max(map(len, map(str.rstrip, self.text.split("\n"))))

    def holds(self, start: int, end: int, last: str) -> bool:
        """Whether the line end ``[start, end)``, behind the word ``last``, is one that wrapping made."""
        text = self.text
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


def settle_commas(text: str, whole: Cut) -> Cut:
    """Turn the commas that replaced line ends back: after a full stop or colon, or glued to a capital."""
    is_cased = not text.isupper() and not text.islower()
    words, ends = whole.words, whole.ends
    settled = list(words)
    for place, word in enumerate(words):
        if word == "," and place:
            end = ends[place]
            if words[place - 1] in _CLOSED or (is_cased and text[end : end + 1].isupper()):
                settled[place] = BREAK
    return whole._replace(words=settled)


def settle_plurals(whole: Cut) -> Cut:
    """``Recommendation(s):`` without the plural in brackets."""
    words = whole.words
    kept, done = Cut.empty(), 0
    for place in [k for k, word in enumerate(words) if word == "s" and k > 1]:
        if words[place - 1 : place + 2] == ["(", "s", ")"] and whole.starts[place - 1] == whole.ends[place - 2]:
            kept.take(whole, done, place - 1)
            done = place + 2
    kept.take(whole, done)
    return kept


def settle_spoken(whole: Cut, lexicon: Lexicon) -> Cut:
    """A dictation whose signs were written out (``period``): its words with the signs, where they end sentences."""
    stops = lexicon.spoken.get(".", ())
    if sum(map(whole.words.count, stops)) < _FEWEST_SPOKEN:
        return whole
    signs = {word: sign for sign, spoken in lexicon.spoken.items() for word in spoken}
    return whole._replace(words=[signs.get(word, word) for word in whole.words])
