"""One text -> marks: the phrases, numbers and signs in it that say something, in reading order, none overlapping."""

from worker.core.model import Evidence
from worker.core.narrative.lines import settle_commas, settle_lines, settle_plurals, settle_spoken
from worker.core.rules.lexicon import STOPS, Lexicon, Meaning, Node, number_or_date
from worker.core.rules.tokens import Cut, cut, fold, has_hidden, tidy

__all__ = ["Draft", "Mark", "Page"]

_LONGEST_LOOK = 600  # words that suffice to tell a language


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
    """A text cut into words, before its language is known; ``different`` are the words that tell it."""

    __slots__ = ("different", "folded", "text", "whole")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = folded = fold(text)
        self.whole = cut(folded)
        self.different = set(self.whole.words[:_LONGEST_LOOK])

    def letters(self) -> set[str]:
        """The different words that are no signs or numbers."""
        return {word for word in self.different if word[0].isalpha()}


class Page:
    """One text cut into words, with what is needed to point back into it."""

    __slots__ = ("ends", "is_cased", "lexicon", "marks", "starts", "text", "where", "words")

    def __init__(self, where: str, draft: "Draft", lexicon: Lexicon) -> None:
        text, folded, whole = draft.text, draft.folded, draft.whole
        self.where, self.text, self.lexicon = where, text, lexicon
        self.is_cased = not text.isupper() and not text.islower()
        if "\n" in folded:
            whole = settle_lines(text, folded, whole, lexicon)
        if ".," in folded or ":," in folded:
            whole = settle_commas(text, whole)
        if "(s)" in folded:
            whole = settle_plurals(whole)
        if "." not in draft.different and lexicon.spoken:
            whole = settle_spoken(whole, lexicon)
        if not folded.isascii() and has_hidden(folded):
            whole = whole._replace(words=[word if word.isascii() else tidy(word) for word in whole.words])
        if lexicon.forms.endings:
            whole = _with_known_forms(whole, lexicon)
        self.words, self.starts, self.ends = whole
        self.marks = _scan(self.words, lexicon)
        if lexicon.language == "zh":
            _mark_clauses(self.marks, self.words)

    def name_at(self, word: int) -> str:
        """The category whose official name starts at a word, or nothing."""
        mark = self.name_mark(word)
        return mark.concept if mark is not None else ""

    def name_mark(self, word: int) -> Mark | None:
        """The official name that starts at a word."""
        node = self.lexicon.names.get(self.words[word]) if word < len(self.words) else None
        meanings, end = _longest(node, self.words, word) if node is not None else ((), word)
        return Mark(meanings[0], word, end) if meanings else None

    def meanings_at(self, word: int) -> tuple[Meaning, ...]:
        """What the longest phrase that starts at a word says, even inside a longer phrase."""
        node = self.lexicon.trie.get(self.words[word])
        return _longest(node, self.words, word)[0] if node is not None else ()

    def evidence(self, mark: Mark) -> Evidence:
        """The words of the mark, where they stand and which row read them."""
        start, end = self.starts[mark.first], self.ends[mark.last - 1]
        words = (self.where, self.text[start:end], mark.meaning.rule, start, end)
        return tuple.__new__(Evidence, words)  # twice as fast as by its own name, a dozen times for each report


def _with_known_forms(whole: Cut, lexicon: Lexicon) -> Cut:
    """Words that no table lists, replaced by the known words whose forms they are."""
    forms, words = lexicon.forms, whole.words
    known = {word: parts for word in set(words) - forms.settled if (parts := forms.known(word))}
    if not known:
        return whole
    settled = Cut.empty()
    done = 0
    for place in [k for k, word in enumerate(words) if word in known]:
        parts, start, end = known[words[place]], whole.starts[place], whole.ends[place]
        if len(parts) > 1 and end - start != len(words[place]):
            continue
        settled.take(whole, done, place)
        done = place + 1
        starts = [start, *(start + first for _, first in parts[1:])]
        for (part, _), at, until in zip(parts, starts, [*starts[1:], end], strict=True):
            settled.add(part, at, until)
    settled.take(whole, done)
    return settled


def _scan(words: list[str], lexicon: Lexicon) -> list[Mark]:
    """Longest phrase at each place, else the sign or number that stands there; unknown words leave no mark."""
    marks: list[Mark] = []
    new, end, followed = object.__new__, 0, [*words, ""]  # by no word of any phrase
    for place, first in enumerate(map(lexicon.firsts.get, words)):
        if place < end:
            continue
        if first is None:
            if words[place][0].isdigit():
                marks.append(Mark(number_or_date(words[place]), place, place + 1))
            continue
        meanings, node = first
        end = ahead = place + 1
        while node is not None and (node := node.get(followed[ahead])) is not None:
            ahead += 1  # as ``_longest``, without a call at every word
            if None in node:
                meanings, end = node[None], ahead
        for meaning in meanings:
            mark = new(Mark)  # faster than by its ``__init__``, and most marks are made here
            mark.kind, mark.concept = meaning.kind, meaning.concept
            mark.meaning, mark.first, mark.last = meaning, place, end
            marks.append(mark)
        if not meanings and words[place] in STOPS:
            _add_stop(marks, words, place, lexicon)
    return marks


def _add_stop(marks: list[Mark], words: list[str], place: int, lexicon: Lexicon) -> None:
    """One end of a sentence, however many signs make it; the point of an abbreviation is none."""
    last = marks[-1] if marks else None
    if last is not None and last.last == place and last.kind == "stop":
        last.last = place + 1
    elif not (place and words[place] == "." and words[place - 1] in lexicon.abbreviations):
        marks.append(Mark(STOPS[words[place]], place, place + 1))


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
