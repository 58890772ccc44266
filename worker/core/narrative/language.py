"""In which language a text is written: as declared, unless its own words say otherwise."""

import re
from collections.abc import Mapping

from worker.core.narrative.marks import Draft
from worker.core.rules.words import Lexicon

__all__ = ["language_of"]

_HAN = re.compile("[㐀-鿿]")
_LEAST_HAN = 3  # characters; fewer may be a name in a text in another language
_LONGEST_LOOK = 600  # words that suffice to tell a language
_FUNCTION_WORD_WEIGHT = 3  # "de la" tells more than "calcification", which several languages share
_CLEAR = 0.2  # share of function words that leaves no doubt of the declared language
_LEAST_KNOWN = 0.12  # share of different words that some table must know
_SHORT = 8  # different words; fewer cannot show that a language is unknown


def language_of(draft: Draft, declared: str | None, lexicons: Mapping[str, Lexicon]) -> str | None:
    """
    The language whose tables read the text.

    Args:
        declared: BCP 47 tag that came with the text or the report, if any.

    Returns:
        A key of ``lexicons``, or None if the text is in a language without tables.
    """
    base = declared.replace("_", "-").split("-")[0].lower() if declared else ""
    if not draft.folded.isascii() and "zh" in lexicons and _is_chinese(draft):
        return "zh"
    words = set(draft.words[:_LONGEST_LOOK])
    own = lexicons.get(base)
    if own is not None and len(words & own.function_words) > _CLEAR * len(words):
        return base
    return _likeliest(words, base, lexicons)


def _is_chinese(draft: Draft) -> bool:
    return sum(1 for word in draft.words[:_LONGEST_LOOK] if _HAN.match(word)) >= _LEAST_HAN


def _likeliest(words: set[str], base: str, lexicons: Mapping[str, Lexicon]) -> str | None:
    words = {word for word in words if word[0].isalpha()}
    scores = {
        language: _FUNCTION_WORD_WEIGHT * len(words & lexicon.function_words) + len(words & lexicon.words)
        for language, lexicon in lexicons.items()
        if language != "zh"
    }
    best = max(scores, key=lambda language: (scores[language], language == base))
    if base in scores and 2 * scores[base] >= scores[best]:
        return base
    if scores[best] < _LEAST_KNOWN * len(words) and len(words) >= _SHORT:
        return None
    return best if scores[best] or base in {"", *lexicons} else None
