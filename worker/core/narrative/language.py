"""In which language a text is written: as declared, unless its own words say otherwise."""

import re
from collections.abc import Mapping

from worker.core.narrative.marks import Draft
from worker.core.rules.words import Lexicon

__all__ = ["language_of"]

_HAN = re.compile("[㐀-鿿]")  # the Chinese tables read English as well, so that one character decides
_KANA = re.compile("[ぁ-ヿ]")
_LONGEST_LOOK = 600  # words that suffice to tell a language
_FUNCTION_WORD_WEIGHT = 3  # "de la" tells more than "calcification", which several languages share
_CLEAR = 0.2  # share of function words that leaves no doubt of the declared language
# A language without tables shares names and Latin stems with ours: in texts of ours the tables know at least half of
# the different words, in others at most a third, and next to no function words.
_LEAST_KNOWN = 0.45
_LEAST_FUNCTION_WORDS = 0.06
_SHORT = 6  # different words; fewer cannot show that a language is unknown


def language_of(draft: Draft, declared: str | None, lexicons: Mapping[str, Lexicon]) -> str | None:
    """
    The language whose tables read the text.

    Args:
        declared: BCP 47 tag that came with the text or the report, if any.

    Returns:
        A key of ``lexicons``, or None if the text is in a language without tables.
    """
    base = declared.replace("_", "-").split("-")[0].lower() if declared else ""
    if not draft.folded.isascii() and _HAN.search(draft.folded):
        return "zh" if "zh" in lexicons and not _KANA.search(draft.folded) else None
    words = set(draft.words[:_LONGEST_LOOK])
    own = lexicons.get(base)
    if own is not None and len(words & own.function_words) > _CLEAR * len(words):
        return base
    return _likeliest(words, base, lexicons)


def _likeliest(words: set[str], base: str, lexicons: Mapping[str, Lexicon]) -> str | None:
    words = {word for word in words if word[0].isalpha()}
    scores = {
        language: _FUNCTION_WORD_WEIGHT * len(words & lexicon.function_words) + len(words & lexicon.words)
        for language, lexicon in lexicons.items()
        if language != "zh"
    }
    best = max(scores, key=lambda language: (scores[language], language == base))
    if base in scores and 2 * scores[base] >= scores[best]:
        best = base
    return None if _is_foreign(words, lexicons[best]) else best


def _is_foreign(words: set[str], lexicon: Lexicon) -> bool:
    if len(words) < _SHORT:
        return not words & (lexicon.words | lexicon.function_words)
    functions = len(words & lexicon.function_words)
    known = len(words & (lexicon.words | lexicon.function_words))
    return known < _LEAST_KNOWN * len(words) and functions < _LEAST_FUNCTION_WORDS * len(words)
