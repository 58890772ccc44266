"""
How hard a text is to read: Flesch-Kincaid grade for English, ease of reading for Spanish, sentence length for all.

The formulas are published ones; what counts as a syllable is estimated from the spelling, with the few words of the
letters that the estimate gets wrong listed here.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_VOWELS_EN = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(
    r"(?<![aeiouyl])e$|(?<=[aeiouy])le$|(?<=[^aeiouytd])ed$|(?<=[^aeiouysxzcg])es$|(?<=[kmngvr])eful$"
)
_SPLIT_EN = re.compile(r"i[ao](?!n)|[^aeiou]ia|ua|eo(?!n)|ying|uou")
_VOWELS_ES = re.compile(r"[aeiouáéíóúü]+")
_STRONG_ES = re.compile(r"(?<=[aeoáéó])(?=[aeoáéóíú])|(?<=[íú])(?=[aeoáéó])")
# Abbreviations are said letter by letter; the rest are words whose vowels mislead.
_KNOWN = {
    "mri": 3, "dcis": 4, "x-ray": 2, "x-rays": 2, "area": 3, "being": 2, "calcium": 3, "clinician": 3, "dimpled": 2,
    "earlier": 3, "everything": 3, "examples": 3, "fluid": 2, "going": 2, "idea": 3, "language": 2, "likely": 2,
    "o'clock": 2, "people": 2, "samples": 2, "something": 2, "specialist": 3, "stitches": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts of a text; ``words`` counts East Asian characters where a script has no spaces."""

    sentences: int
    words: int
    syllables: int
    longest: int

    @property
    def sentence_length(self) -> float:
        """Mean words per sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade level (Kincaid et al. 1975); meaningful for English."""
        if not self.words:
            return 0.0
        return 0.39 * self.sentence_length + 11.8 * self.syllables / self.words - 15.59

    @property
    def ease(self) -> float:
        """Fernandez-Huerta ease of reading (1959), 0 to 100; meaningful for Spanish."""
        if not self.words:
            return 100.0
        return 206.84 - 60.0 * self.syllables / self.words - 1.02 * self.sentence_length

    @property
    def perspicuity(self) -> float:
        """Szigriszt-Pazos (1993) for Spanish, read on the INFLESZ scale: 55 is normal, 65 fairly easy, 80 very easy."""
        if not self.words:
            return 100.0
        return 206.835 - 62.3 * self.syllables / self.words - self.sentence_length


def measure(texts: Iterable[str], language: str = "en") -> Measure:
    """Count sentences, words and syllables; each text ends a sentence, so that headings and list items stand alone."""
    lengths, syllables = [], 0
    for text in texts:
        for sentence in _SENTENCE_END.split(text):
            words = words_of(sentence)
            if words:
                lengths.append(len(words))
                syllables += sum(syllables_of(word, language) for word in words)
    return Measure(len(lengths), sum(lengths), syllables, max(lengths, default=0))


def total(measures: Iterable[Measure]) -> Measure:
    """The counts of several texts together."""
    parts = tuple(measures)
    return Measure(
        sum(part.sentences for part in parts),
        sum(part.words for part in parts),
        sum(part.syllables for part in parts),
        max((part.longest for part in parts), default=0),
    )


def words_of(text: str) -> list[str]:
    """Words; in scripts without spaces, characters."""
    found: list[str] = []
    for word in _WORD.findall(text):
        if unicodedata.east_asian_width(word[0]) in "WF":
            found += list(word)
        else:
            found.append(word)
    return found


def syllables_of(word: str, language: str = "en") -> int:
    """Syllables of one word; a number counts as one, as in most counters."""
    lowered = word.lower()
    if language == "es":
        return max(1, sum(1 + len(_STRONG_ES.findall(group)) for group in _VOWELS_ES.findall(lowered)))
    if lowered in _KNOWN:
        return _KNOWN[lowered]
    return sum(_syllables_en(part) for part in re.split(r"[-.]|['’]\w*", lowered) if part)


def _syllables_en(word: str) -> int:
    groups = len(_VOWELS_EN.findall(word)) + len(_SPLIT_EN.findall(word)) - len(_SILENT_E.findall(word))
    return max(1, groups)
