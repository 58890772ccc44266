"""In which language a text is written: as declared, unless its own words say otherwise."""

import re
from collections.abc import Mapping

from worker.core.rules.tokens import fold
from worker.core.rules.words import Lexicon

__all__ = ["language_of"]

_HAN = re.compile("[㐀-鿿]")
_HAN_WORDS = re.compile("[㐀-鿿].*?[㐀-鿿].*?[㐀-鿿]", re.DOTALL)
_ALPHABETIC = re.compile(r"[^\W\d_]+")
_LONGEST_LOOK = 4000  # characters that suffice to tell a language
_FUNCTION_WORD_WEIGHT = 3  # "de la" tells more than "calcification", which several languages share
_LEAST_KNOWN = 0.12  # share of different words that some table must know
_SHORT = 8  # different words; fewer cannot show that a language is unknown


def language_of(text: str, declared: str | None, lexicons: Mapping[str, Lexicon]) -> str | None:
    """
    The language whose tables read the text.

    Args:
        declared: BCP 47 tag that came with the text or the report, if any.

    Returns:
        A key of ``lexicons``, or None if the text is in a language without tables.
    """
    base = declared.replace("_", "-").split("-")[0].lower() if declared else ""
    folded = fold(text[:_LONGEST_LOOK])
    if "zh" in lexicons and _HAN.search(folded) and _HAN_WORDS.search(folded):
        return "zh"
    words = set(_ALPHABETIC.findall(folded))
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
