"""The lexicons of all languages, and what their words tell of the language of a text, compiled to be asked at once."""

from collections.abc import Iterable
from functools import cached_property
from itertools import repeat
from string import ascii_lowercase
from typing import NamedTuple

from worker.core.rules.lexicon import Lexicon

__all__ = ["ENGLISH", "FUNCTION_WORD_WEIGHT", "Lexicons", "Telling"]

ENGLISH = "en"  # the language of templates, classifications and borrowed words
FUNCTION_WORD_WEIGHT = 3  # "de la" tells more than "calcification", which several languages share
_BITS = 16  # hold the points of one language: at most four for each of 600 words
_MASK = (1 << _BITS) - 1
_WITHOUT_LETTERS = "zh"  # told by its script


class Telling(NamedTuple):
    """
    Words that tell one language, and words and function words that tell any other; names and signs left out.

    ``foreign`` are words that it does not know, but a language that parts of its texts may be in does.
    """

    own: frozenset[str]
    others: frozenset[str]
    functions: frozenset[str]
    foreign: frozenset[str]


class Lexicons(dict[str, Lexicon]):
    """The lexicons by language."""

    @cached_property
    def lettered(self) -> dict[str, Lexicon]:
        """Those of the languages that are told by their words."""
        return {name: lexicon for name, lexicon in self.items() if name != _WITHOUT_LETTERS}

    @cached_property
    def dumb(self) -> frozenset[str]:
        """Words of every language (names of scales, units, roman numbers) and plain single letters. They tell none."""
        vocabularies = [lexicon.words for lexicon in self.lettered.values()]
        shared = frozenset.intersection(*vocabularies) if vocabularies else frozenset()
        return shared.union(ascii_lowercase)

    def telling(self, name: str) -> Telling:
        """What tells this language from the others; put together when a text first needs it."""
        if name not in self._telling:
            others = [lexicon for other, lexicon in self.lettered.items() if other != name]
            self._telling[name] = Telling(
                self._words_of([self[name].known]),
                self._words_of(lexicon.words for lexicon in others),
                self._words_of(lexicon.function_words for lexicon in others),
                frozenset(filter(_is_lettered, self._known_to(self.seconds(name)) - self[name].known)),
            )
        return self._telling[name]

    def seconds(self, name: str) -> list[str]:
        """The languages that parts of a text may be in: English in another's, or the reverse."""
        return [other for other in self.lettered if other != name and ENGLISH in {name, other}]

    def scores(self, words: Iterable[str]) -> dict[str, int]:
        """The points that each language has by its words."""
        total = sum(map(self._points.get, words, repeat(0)))
        return {name: total >> _BITS * place & _MASK for place, name in enumerate(self.lettered)}

    @cached_property
    def _telling(self) -> dict[str, Telling]:
        return {}

    @cached_property
    def _points(self) -> dict[str, int]:
        """What every word tells: the points of all languages side by side in one number, so that one sum counts all."""
        points: dict[str, int] = {}
        for place, lexicon in enumerate(self.lettered.values()):
            for known, weight in ((lexicon.words, 1), (lexicon.function_words, FUNCTION_WORD_WEIGHT)):
                for word in known:
                    points[word] = points.get(word, 0) + (weight << _BITS * place)
        return points

    def _known_to(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self[name].known for name in names))

    def _words_of(self, vocabularies: Iterable[frozenset[str]]) -> frozenset[str]:
        words = frozenset().union(*vocabularies)
        return frozenset(word for word in words if _is_lettered(word) and len(word) > 1) - self.dumb


def _is_lettered(word: str) -> bool:
    return word[0].isalpha()
