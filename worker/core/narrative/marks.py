"""One text -> marks: the phrases, numbers and signs in it that say something, in reading order, none overlapping."""

from worker.core.model import Evidence
from worker.core.narrative.lines import settle_commas, settle_lines
from worker.core.rules.tokens import fold, spans_of, tidy
from worker.core.rules.words import Lexicon, Meaning

__all__ = ["Draft", "Mark", "Page"]

_SIGNS = {
    **dict.fromkeys(".!?", "stop"),
    **dict.fromkeys("-–—", "dash"),
    **dict.fromkeys("•‣▪●·", "bullet"),
    "\n": "stop",
    ";": "semicolon",
    ":": "colon",
    ",": "comma",
    "、": "and",
    "&": "and",
    "+": "plus",
    "/": "slash",
    "|": "pipe",
    "(": "open",
    "[": "open",
    ")": "close",
    "]": "close",
}
_SIGN_MEANINGS = {sign: Meaning(kind, sign, "") for sign, kind in _SIGNS.items()}
_NUMBER = Meaning("number", "", "")
_DATE = Meaning("date", "", "")


class Mark:
    """
    One phrase that says something; words ``[first, last)`` of the page.

    ``value`` is the number of a size (millimetres), a clock position (hours) or an interval (months).
    """

    __slots__ = ("concept", "first", "kind", "last", "meaning", "value")

    def __init__(self, meaning: Meaning, first: int, last: int, value: float = 0.0) -> None:
        self.kind, self.concept = meaning.kind, meaning.concept
        self.meaning, self.first, self.last, self.value = meaning, first, last, value

    def __repr__(self) -> str:
        return f"<{self.kind} {self.concept} {self.first}:{self.last} {self.value or ''}>"


class Draft:
    """A text cut into words, before its language is known."""

    __slots__ = ("folded", "spans", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = folded = fold(text)
        self.spans = spans_of(folded)
        self.words = [folded[start:end] for start, end in self.spans]


class Page:
    """One text cut into words, with what is needed to point back into it."""

    __slots__ = ("is_cased", "lexicon", "marks", "spans", "text", "where", "words")

    def __init__(self, where: str, draft: "Draft", lexicon: Lexicon) -> None:
        text, folded, words, spans = draft.text, draft.folded, draft.words, draft.spans
        self.where, self.text, self.lexicon = where, text, lexicon
        self.is_cased = not text.isupper() and not text.islower()
        if "\n" in folded:
            words, spans = settle_lines(text, words, spans, lexicon)
        if ".," in folded or ":," in folded:
            words = settle_commas(text, words, spans)
        if not folded.isascii():
            words = [word if word.isascii() else tidy(word) for word in words]
        self.words, self.spans = words, spans
        self.marks = _scan(words, lexicon)

    def evidence(self, mark: Mark) -> Evidence:
        """The words of the mark, where they stand and which row read them."""
        start, end = self.spans[mark.first][0], self.spans[mark.last - 1][1]
        return Evidence(self.where, self.text[start:end], mark.meaning.rule, start, end)


def _scan(words: list[str], lexicon: Lexicon) -> list[Mark]:
    """Longest phrase at each place, else the sign or number that stands there; unknown words leave no mark."""
    trie, abbreviations = lexicon.trie, lexicon.abbreviations
    marks: list[Mark] = []
    place, count = 0, len(words)
    while place < count:
        word = words[place]
        node = trie.get(word)
        if node is None:
            if not word.isalpha():
                meaning = _plain_meaning(word)
                if meaning is not None and not (word == "." and place and words[place - 1] in abbreviations):
                    marks.append(Mark(meaning, place, place + 1))
            place += 1
            continue
        best, end = node.get(None), place + 1
        ahead = end
        while ahead < count:
            node = node.get(words[ahead])
            if node is None:
                break
            ahead += 1
            found = node.get(None)
            if found is not None:
                best, end = found, ahead
        if best is not None:
            for meaning in best:
                marks.append(Mark(meaning, place, end))
        else:
            meaning = _plain_meaning(word)
            if meaning is not None:
                marks.append(Mark(meaning, place, end))
        place = end
    return marks


def _plain_meaning(word: str) -> Meaning | None:
    sign = _SIGN_MEANINGS.get(word)
    if sign is not None:
        return sign
    if word[0].isdigit():
        return _DATE if len(word) > 5 and any(word.count(sign) == 2 for sign in "./-") else _NUMBER
    return None
