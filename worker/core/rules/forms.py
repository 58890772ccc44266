"""
Words that no table lists, taken for the known words whose forms they are.

Three ways, the surest first: another ending of a known stem (``rundlichem``), a compound of known words
(``Mikroverkalkungscluster``), one slip of the pen in a long word (``microcalcificasiones``). Which endings a language
has is said by its cues; a language without any is read to the letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

__all__ = ["Forms"]

_SHORTEST_STEM = 5
_SHORTEST_MISSPELT = 9  # shorter words become others by one letter (malign, benign)
_SHORTEST_FIRST, _SHORTEST_LAST = 4, 5  # letters of a compound's parts
_SHORTEST_THING = 9  # letters of a last part that says what the whole is, whatever stands before it
_SURE, _HALF = 2, 4  # letters: the first, in which no slip is looked for, and about half of the shortest misspelt word
_LONGEST_COMPOUND = 60  # no word of any language is longer

Parts = tuple[tuple[str, int], ...]  # known words, each with the place of its first letter


@dataclass(frozen=True, slots=True)
class Forms:
    """Endings by stem and slips by what is left of a word without one letter; empty for a language without endings."""

    endings: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    words: frozenset[str] = field(default=frozenset(), repr=False)
    others: frozenset[str] = frozenset()  # known too, by lists that are no phrases
    stems: dict[str, str] = field(default_factory=dict, repr=False)
    slips: dict[str, str] = field(default_factory=dict, repr=False)
    starts: frozenset[str] = field(default=frozenset(), repr=False)  # of the stems
    outlines: frozenset[str] = field(default=frozenset(), repr=False)  # of the words in ``slips``
    lengths: tuple[int, ...] = (0,)  # of the endings, none first, then the longest
    settled: frozenset[str] = field(default=frozenset(), repr=False)  # words that stay as they are

    @classmethod
    def made(
        cls, words: frozenset[str], endings: Iterable[str], joints: Iterable[str], others: frozenset[str] = frozenset()
    ) -> Self:
        """Index the words of a language; ``others`` stay as they are."""
        all_endings = tuple(sorted(endings, key=len, reverse=True))
        stems: dict[str, str] = {}
        slips: dict[str, str] = {}
        outlines: set[str] = set()
        for word in sorted(word for word in words if word.isalpha()) if all_endings else ():
            for ending in ("", *all_endings):
                stem = word.removesuffix(ending)
                if len(stem) >= _SHORTEST_STEM and word.endswith(ending):
                    stems.setdefault(stem, word)
            if len(word) >= _SHORTEST_MISSPELT:
                outlines |= _outlines(word)
                for left in (word, *_without_one(word)):
                    slips.setdefault(left, word)
        starts = frozenset(stem[:_SHORTEST_STEM] for stem in stems)
        lengths = (0, *sorted(set(map(len, all_endings)), reverse=True))
        return cls(
            all_endings,
            tuple(joints),
            words,
            others,
            stems,
            slips,
            starts,
            frozenset(outlines),
            lengths,
            settled=words | others,
        )

    def known(self, word: str) -> Parts:
        """The known words behind an unknown one; empty if there are none."""
        if not self.endings or len(word) < _SHORTEST_STEM or not word.isalpha():
            return ()
        form = self._inflected(word)
        if form:
            return ((form, 0),)
        return self._compound(word) or self._misspelt(word)

    def _inflected(self, word: str) -> str:
        if word[:_SHORTEST_STEM] not in self.starts:
            return ""
        for length in self.lengths:
            stem = len(word) - length
            known = self.stems.get(word[:stem]) if stem >= _SHORTEST_STEM else None
            if known is not None and (not length or word[stem:] in self.endings):
                return known
        return ""

    def _compound(self, word: str) -> Parts:
        if not self.joints or len(word) > _LONGEST_COMPOUND:
            return ()
        for start in range(_SHORTEST_FIRST, len(word) - _SHORTEST_LAST + 1):
            last = self._part(word[start:]) if word[start : start + _SHORTEST_STEM] in self.starts else ""
            if not last:
                continue
            first = next((p for p in (word[:start].removesuffix(j) for j in ("", *self.joints)) if self._part(p)), "")
            if first:
                return ((self._part(first), 0), (last, start))
            if len(last) >= _SHORTEST_THING:
                return ((last, start),)
        return ()

    def _part(self, word: str) -> str:
        if len(word) < _SHORTEST_FIRST:
            return ""
        return word if word in self.words else self._inflected(word) if len(word) >= _SHORTEST_STEM else ""

    def _misspelt(self, word: str) -> Parts:
        if len(word) < _SHORTEST_MISSPELT - 1 or len(word) > _LONGEST_COMPOUND:
            return ()
        if self.outlines.isdisjoint(_outlines(word)):
            return ()
        for left in (word, *_without_one(word)):
            known = self.slips.get(left)
            if known is not None and known[:_SURE] == word[:_SURE]:
                return ((known, 0),)
        return ()


def _without_one(word: str) -> list[str]:
    """The word without each of its letters but the first two: what the slip of one letter leaves untouched."""
    return [word[:place] + word[place + 1 :] for place in range(_SURE, len(word))]


def _outlines(word: str) -> set[str]:
    """Its start, and its first letters with its end: one slip leaves at least one of both as it is."""
    return {word[:_HALF], word[:_SURE] + word[-_HALF:]}
