"""In which language a text is written: as declared, unless its own words say otherwise."""

import re
from collections.abc import Mapping

from worker.core.narrative.marks import Draft
from worker.core.rules.tongues import ENGLISH, FUNCTION_WORD_WEIGHT, Lexicons
from worker.core.rules.words import Lexicon

__all__ = ["language_of", "second_language_of"]

_HAN = re.compile("[㐀-鿿]")  # the Chinese tables read English as well, so that one character decides
_KANA = re.compile("[ぁ-ヿ]")
_OTHER_SCRIPT = re.compile("[\u0370-\u1cff\u1f00-\u1fff\u2d00-\u2dff\ua640-\ua69f\uac00-\ud7af]")
_MOST_OF_OTHER_SCRIPT = 0.2  # share of the text's characters; less is a name or a stray sign
_CLEAR = 0.2  # share of function words that leaves no doubt of the declared language
# A language without tables shares names and Latin stems with ours: in texts of ours the tables know at least half of
# the different words, in others at most a third, and next to no function words.
_LEAST_KNOWN = 0.45
_LEAST_FUNCTION_WORDS = 0.1
_FEWEST_NEIGHBOURS = 2  # different words of a neighbouring language without tables
_SHORT = 12  # different words; fewer are told by which language knows more than half of them
_NO_LANGUAGE = frozenset(("", "und", "mul", "zxx", "mis", "xx"))
_TAG = re.compile(r"[a-z]{2,3}")
_LEAST_SECOND, _SHARE_SECOND = 3, 0.12  # words, and share of all, that only the other language knows


def language_of(draft: Draft, declared: str | None, lexicons: Lexicons) -> str | None:
    """
    The language whose tables read the text.

    Args:
        declared: BCP 47 tag that came with the text or the report, if any.

    Returns:
        A key of ``lexicons``, or None if the text is in a language without tables.
    """
    found = _language_of(draft, declared, lexicons)
    if found is not None and len(draft.different & lexicons[found].neighbours) >= _FEWEST_NEIGHBOURS:
        return None  # Galician, so near to Spanish and Portuguese that their tables would read it
    return found


def _language_of(draft: Draft, declared: str | None, lexicons: Lexicons) -> str | None:
    base = declared.replace("_", "-").split("-")[0].strip().lower() if declared else ""
    if not draft.folded.isascii():
        if _HAN.search(draft.folded):
            return "zh" if "zh" in lexicons and not _KANA.search(draft.folded) else None
        if len(_OTHER_SCRIPT.findall(draft.folded)) > _MOST_OF_OTHER_SCRIPT * len(draft.folded):
            return None
    words = draft.different
    own = lexicons.get(base)
    if own is not None and len(words) >= _SHORT and len(words & own.function_words) > _CLEAR * len(words):
        return base
    return _clear(words, base, lexicons) or _likeliest(draft, base, lexicons)


def _clear(words: set[str], base: str, lexicons: Lexicons) -> str:
    """
    The language that all others together could not outdo, or nothing.

    What ``_likeliest`` would find, in the fewest steps: most texts are in the language that is expected.
    """
    name = ENGLISH if base in _NO_LANGUAGE else base
    if name not in lexicons.lettered:
        return ""
    telling = lexicons.telling(name)
    known = len(words & telling.own)
    if known < _SHORT or known < _LEAST_KNOWN * len(words):
        return ""
    others = len(words & telling.others) + FUNCTION_WORD_WEIGHT * len(words & telling.functions)
    return name if (known > others if base in _NO_LANGUAGE else 2 * known >= others) else ""


def second_language_of(draft: Draft, main: str, lexicons: Lexicons) -> str | None:
    """The other language that parts of the text are in: English in another's report, or the reverse."""
    if main == "zh":
        return None  # its tables hold the English ones
    foreign = draft.different & lexicons.telling(main).foreign
    if len(foreign) < _LEAST_SECOND:
        return None
    least = max(_LEAST_SECOND, _SHARE_SECOND * len(draft.letters()))
    counts = {name: len(foreign & lexicons[name].known) for name in lexicons.seconds(main)}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= least else None


def _likeliest(draft: Draft, base: str, lexicons: Lexicons) -> str | None:
    ours = lexicons.lettered
    words = draft.letters() - lexicons.dumb
    if not draft.folded.isascii():
        words = {word for word in words if len(word) > 1}
    if not words:
        return (
            base
            if base in ours
            else None
            if _is_unsupported(base, ours)
            else ENGLISH
            if ENGLISH in ours
            else next(iter(ours), None)
        )
    if len(words) < _SHORT:
        return _of_few(words, base, ours)
    scores = lexicons.scores(words)
    best = max(scores, key=lambda name: (scores[name], name == base))
    if base in scores and 2 * scores[base] >= scores[best]:
        best = base
    return None if _is_foreign(words, ours[best], _is_unsupported(base, ours)) else best


def _of_few(words: set[str], base: str, lexicons: Mapping[str, Lexicon]) -> str | None:
    """The language that knows most of a few words, if it knows more than half of them."""
    counts = {name: len(words & lexicon.known) for name, lexicon in lexicons.items()}
    best = max(counts, key=lambda name: (counts[name], name == base, name == ENGLISH))
    needed = 3 * len(words) / 4 if _is_unsupported(base, lexicons) else len(words) / 2
    return best if counts[best] > needed else None


def _is_foreign(words: set[str], lexicon: Lexicon, is_unsupported: bool) -> bool:
    functions = len(words & lexicon.function_words)
    if is_unsupported:
        return functions < _CLEAR * len(words) or _is_mostly_unknown(words, lexicon)
    return functions < _LEAST_FUNCTION_WORDS * len(words) and _is_mostly_unknown(words, lexicon)


def _is_mostly_unknown(words: set[str], lexicon: Lexicon) -> bool:
    return len(words & lexicon.known) < _LEAST_KNOWN * len(words)


def _is_unsupported(base: str, lexicons: Mapping[str, Lexicon]) -> bool:
    """Whether a language is declared that has no tables."""
    return base not in _NO_LANGUAGE and base not in lexicons and base != "zh" and bool(_TAG.fullmatch(base))
