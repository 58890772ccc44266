"""
A number of the text -> the category that it may stand for: 4 and 4A, 04 and IV; never the digits of T4 or HER2.
"""

from worker.core.narrative.marks import Mark, Page

__all__ = ["CONCERN", "DIGITS", "SUBCATEGORIES", "Digits"]

# Orders BI-RADS categories by concern (a range is read as its higher end).
CONCERN = ("1", "2", "3", "6", "0", "4", "4A", "4B", "4C", "5")
SUBCATEGORIES = frozenset(("4A", "4B", "4C"))  # only BI-RADS has them
_SIGNS = frozenset(("close", "stop", "dash", "open", "comma", "colon", "semicolon"))
DIGITS = frozenset(("number", "numeral", "roman"))


class Digits:
    """The numbers among the marks of a page."""

    def __init__(self, page: Page, marks: list[Mark]) -> None:
        self.page, self.marks = page, marks

    def category(self, place: int) -> tuple[str | None, int]:
        """The category that a number stands for, and the word after it."""
        mark = self.marks[place]
        if mark.kind in {"numeral", "roman"}:
            digits = mark.concept
        elif mark.kind == "number":
            word = self.page.words[mark.first]
            digits = word.lstrip("0") or "0" if len(word) <= 2 else ""
        else:
            return None, mark.last
        if self._is_part_of_code(place):
            return None, mark.last
        letter = self.letter_after(mark) if digits == "4" else ""
        return (digits + letter if digits + letter in CONCERN else None), mark.last + bool(letter)

    def of(self, mark: Mark) -> tuple[str, int]:
        """The category of a plain 4 with its letter, and the word after it; no mark before it is asked."""
        digits = mark.concept if mark.kind in {"numeral", "roman"} else self.page.words[mark.first]
        letter = self.letter_after(mark)
        return digits + letter, mark.last + bool(letter)

    def _is_part_of_code(self, place: int) -> bool:
        """``T4``, ``HER2``: a digit glued to letters is a category only behind a scale's name (``BI-RADS G4``)."""
        mark = self.marks[place]
        words, page = self.page.words, self.page
        first = mark.first
        letters = words[first - 1] if first else ""
        if not letters.isalpha() or not letters.isascii() or page.ends[first - 1] != page.starts[first]:
            return False
        before = self.marks[place - 1] if place else None
        return before is None or before.kind not in {"scale", "category"} or first - before.last > 1

    def letter_after(self, mark: Mark) -> str:
        """The letter of 4A, 4B, 4C: glued to the digit, or a lone letter before a sign or the end."""
        words, page = self.page.words, self.page
        if mark.last >= len(words) or words[mark.last] not in {"a", "b", "c"}:
            return ""
        gap = page.starts[mark.last] - page.ends[mark.last - 1]
        is_glued = gap <= 1 and (gap == 0 or page.text[page.starts[mark.last]].isupper())
        is_word = words[mark.last] == "a"  # "b" and "c" are words of no language read here
        is_glued = is_glued or (not is_word and gap <= 1)
        is_last = mark.last + 1 >= len(words) or not words[mark.last + 1][0].isalnum()
        return words[mark.last].upper() if is_glued or is_last else ""

    def place_of_word(self, word: int, place: int) -> int:
        """The first mark after ``place`` that starts at the word, or -1."""
        for ahead in range(place + 1, min(place + 4, len(self.marks))):
            if self.marks[ahead].first >= word:
                return ahead if self.marks[ahead].first == word else -1
        return -1

    def is_closed(self, place: int) -> bool:
        """Whether nothing is counted by the number: a sign, the end or its own name follows."""
        end = self.marks[place].last + bool(self.letter_after(self.marks[place]))
        following = self.place_of_word(end, place)
        is_sign = following >= 0 and self.marks[following].kind in _SIGNS
        return end >= len(self.page.words) or is_sign or bool(self.page.name_at(end))
