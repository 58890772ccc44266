"""One text -> marks: the phrases, numbers and signs in it that say something, in reading order, none overlapping."""

from worker.core.model import Evidence
from worker.core.narrative.lines import settle_commas, settle_lines
from worker.core.rules.tokens import fold, spans_of, tidy
from worker.core.rules.words import Lexicon, Meaning, Node

__all__ = ["Draft", "Mark", "Page"]

_SIGNS = {
    **dict.fromkeys(".!?。", "stop"),
    **dict.fromkeys("-–—", "dash"),
    **dict.fromkeys("•‣▪●·", "bullet"),
    "\n": "stop",
    ";": "semicolon",
    ":": "colon",
    **dict.fromkeys(",，", "comma"),
    "、": "and",
    "&": "and",
    "+": "plus",
    "×": "times",
    "*": "times",
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
_YEAR = Meaning("date", "year", "")


class Mark:
    """
    One phrase that says something; words ``[first, last)`` of the page.

    ``value`` is the number of a measure: a size or distance (millimetres), clock position (hours), time or period
    (months); other kinds have none.
    """

    __slots__ = ("concept", "first", "kind", "last", "meaning", "value")

    value: float

    def __init__(self, meaning: Meaning, first: int, last: int) -> None:
        self.kind, self.concept = meaning.kind, meaning.concept
        self.meaning, self.first, self.last = meaning, first, last

    def __repr__(self) -> str:
        return f"<{self.kind} {self.concept} {self.first}:{self.last}>"


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
        words, spans = _with_known_forms(words, spans, lexicon)
        self.words, self.spans = words, spans
        self.marks = _scan(words, lexicon)
        if lexicon.language == "zh":
            _mark_clauses(self.marks, words)

    def name_at(self, word: int) -> str:
        """The category whose official name starts at a word, or nothing."""
        node = self.lexicon.names.get(self.words[word]) if word < len(self.words) else None
        meanings = _longest(node, self.words, word)[0] if node is not None else ()
        return meanings[0].concept if meanings else ""

    def meanings_at(self, word: int) -> tuple[Meaning, ...]:
        """What the longest phrase that starts at a word says, even inside a longer phrase."""
        node = self.lexicon.trie.get(self.words[word])
        return _longest(node, self.words, word)[0] if node is not None else ()

    def evidence(self, mark: Mark) -> Evidence:
        """The words of the mark, where they stand and which row read them."""
        start, end = self.spans[mark.first][0], self.spans[mark.last - 1][1]
        return Evidence(self.where, self.text[start:end], mark.meaning.rule, start, end)


def _with_known_forms(
    words: list[str], spans: list[tuple[int, int]], lexicon: Lexicon
) -> tuple[list[str], list[tuple[int, int]]]:
    """Words that no table lists, replaced by the known words whose forms they are."""
    known, forms = lexicon.words, lexicon.forms
    if not forms.endings:
        return words, spans
    settled: list[str] = []
    settled_spans: list[tuple[int, int]] = []
    for word, (start, end) in zip(words, spans, strict=True):
        parts = () if word in known or word in forms.others else forms.known(word)
        if not parts or (len(parts) > 1 and end - start != len(word)):
            parts = ((word, 0),)
        for number, (part, first) in enumerate(parts):
            settled.append(part)
            stop = start + parts[number + 1][1] if number + 1 < len(parts) else end
            settled_spans.append((start + first if number else start, stop))
    return settled, settled_spans


def _scan(words: list[str], lexicon: Lexicon) -> list[Mark]:
    """Longest phrase at each place, else the sign or number that stands there; unknown words leave no mark."""
    trie, abbreviations = lexicon.trie, lexicon.abbreviations
    marks: list[Mark] = []
    place, count = 0, len(words)
    while place < count:
        word = words[place]
        node = trie.get(word)
        end = place + 1
        if node is not None:
            meanings = node.get(None, ())
            if len(node) > 1 or not meanings:
                meanings, end = _longest(node, words, place)
            for meaning in meanings:
                marks.append(Mark(meaning, place, end))
            if not meanings and not word.isalpha():
                _add_sign(marks, word, place)
        elif not word.isalpha() and (word != "." or not place or words[place - 1] not in abbreviations):
            _add_sign(marks, word, place)
        place = end
    return marks


def _add_sign(marks: list[Mark], word: str, place: int) -> None:
    """The mark of a sign or number, if it is one."""
    meaning = _SIGN_MEANINGS.get(word)
    if (
        meaning is not None
        and meaning.kind == "stop"
        and marks
        and marks[-1].kind == "stop"
        and marks[-1].last == place
    ):
        marks[-1].last = place + 1  # one end of a sentence, however many signs make it
        return
    if meaning is None and word[0].isdigit():
        meaning = _number_or_date(word)
    if meaning is not None:
        marks.append(Mark(meaning, place, place + 1))


def _number_or_date(word: str) -> Meaning:
    if len(word) == 4 and word[:2] in {"19", "20"} and word.isdigit():
        return _YEAR
    return _DATE if len(word) > 5 and any(word.count(sign) == 2 for sign in "./-") else _NUMBER


def _longest(node: Node, words: list[str], place: int) -> tuple[tuple[Meaning, ...], int]:
    """What the longest phrase that starts at a place says, and the place after it."""
    best: tuple[Meaning, ...] = node.get(None, ())
    end = ahead = place + 1
    count = len(words)
    while ahead < count:
        below = node.get(words[ahead])
        if below is None:
            break
        node = below
        ahead += 1
        found = node.get(None)
        if found is not None:
            best, end = found, ahead
    return best, end


def _mark_clauses(marks: list[Mark], words: list[str]) -> None:
    """A comma beside a Chinese character ends a clause; one between quoted English words joins a list as in English."""
    for mark in marks:
        if mark.kind == "comma":
            beside = words[max(0, mark.first - 1) : mark.last + 1]
            if any(not word.isascii() for word in beside):
                mark.concept = "clause"
