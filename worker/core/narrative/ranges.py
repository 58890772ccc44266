"""
What stands right behind a category and changes it: a subcategory in brackets, a range, what it was changed to.

A range is its higher end, and a doubt; so is a change whose direction only a verb tells.
"""

from worker.core.narrative.digits import CONCERN, SUBCATEGORIES, Digits
from worker.core.narrative.found import Found

__all__ = ["Ranges"]

_RANGE_SIGNS = frozenset(("slash", "dash", "or", "times", "and"))
_CLOSED_ONLY = frozenset(("and",))  # "BI-RADS 3 and 4", not "BI-RADS 2 and 3 cysts"
_BEFORE_BRACKET = frozenset(("category", "filler", "comma", "dash", "descriptor", "colon"))
_BETWEEN_CHANGES = frozenset(("comma", "break", "current", "times", "dash", "prior"))
_CHANGING = frozenset(("current", "times", "dash"))  # right before the number that a category was changed to
_MOST_BETWEEN = 5  # marks
_WIDEST_GAP = 2  # words


class Ranges:
    """Reads on behind a category."""

    def __init__(self, digits: Digits) -> None:
        self.digits, self.marks, self.page = digits, digits.marks, digits.page

    def extend(self, found: Found, end: int) -> None:
        """Make the category what the words behind it say; ``end`` is the word after its number."""
        end = self._letters(found, self._refined(found, end))
        while True:
            number = self._next_of_range(found, end)
            number = number if number >= 0 else self._changed_to(found)
            other, after = self.digits.category(number) if number >= 0 else (None, end)
            if other is None:
                return
            found.marks.append(self.marks[number])
            found.is_range = found.is_range or other != found.category
            found.category = max(found.category, other, key=CONCERN.index)
            found.last, end = number, after

    def end_of_legend(self, place: int) -> int:
        """``BI-RADS (0-6): 4``: the word after brackets that name the whole scale, or 0."""
        marks = self.marks[place + 1 : place + 4]
        kinds = [mark.kind for mark in marks]
        if kinds != ["number", "dash", "number"] or self.page.words[marks[0].first] not in {"0", "1"}:
            return 0
        close = place + 4
        if close >= len(self.marks) or self.marks[close].kind != "close":
            return 0
        following = [mark.kind for mark in self.marks[close + 1 : close + 3] if mark.kind != "colon"]
        return self.marks[close].last if following[:1] == ["number"] else 0

    def _next_of_range(self, found: Found, end: int) -> int:
        """Another category that a sign joins (``4A/4B``), or that ends the line (``1 4B``, two columns)."""
        sign = self.digits.place_of_word(end, found.last)
        if sign < 0:
            return -1
        kind = self.marks[sign].kind
        if kind == "number":
            words, behind = self.page.words, self.digits.category(sign)[1]
            return sign if words[behind : behind + 1] in ([], ["\n"]) else -1
        if kind not in _RANGE_SIGNS or sign + 1 >= len(self.marks):
            return -1
        number = self.digits.place_of_word(self.marks[sign].last, sign)  # "to" has two meanings, and so two marks
        is_open = kind in _CLOSED_ONLY and number >= 0 and not self.digits.is_closed(number)
        return -1 if is_open else number

    def _changed_to(self, found: Found) -> int:
        """``BI-RADS 3, is now 4``, ``3 is upgraded to 4``, ``2 -> 4``: the number behind, or -1."""
        for ahead in range(found.last + 1, min(found.last + 1 + _MOST_BETWEEN, len(self.marks))):
            mark, before = self.marks[ahead], self.marks[ahead - 1]
            if mark.first - before.last > _WIDEST_GAP:
                return -1
            if mark.kind in {"number", "numeral"}:
                is_changed = ahead > found.last + 1 and self._leads_to(ahead)
                return ahead if is_changed and self.digits.is_closed(ahead) else -1
            if mark.kind not in _BETWEEN_CHANGES:
                return -1
        return -1

    def _leads_to(self, number: int) -> bool:
        """Whether a word or sign of change stands right before; a dash only as the tail of an arrow."""
        first = self.marks[number].first
        before = [mark for mark in self.marks[max(0, number - 3) : number] if mark.kind in _CHANGING]
        if not before:
            return False
        arrow = self.page.words[before[-1].last : first]
        return arrow == [">"] if before[-1].kind == "dash" else before[-1].last == first

    def _letters(self, found: Found, end: int) -> int:
        """``4A/B``, ``4B to C``: a further letter of the same digit; the word after it."""
        words = self.page.words
        if found.category not in SUBCATEGORIES:
            return end
        sign = self.digits.place_of_word(end, found.last)
        letter = self.marks[sign].last if sign >= 0 and self.marks[sign].kind in _RANGE_SIGNS else end
        is_word = any(word[0].isalnum() for word in words[letter + 1 : letter + 2])
        if is_word or words[letter : letter + 1] not in (["b"], ["c"]):
            return end
        found.is_range = True
        found.category = max(found.category, "4" + words[letter].upper())
        return letter + 1

    def _refined(self, found: Found, end: int) -> int:
        """``4 (4c)``, ``4 (b)``: the subcategory in brackets behind its category; the word after it."""
        ahead = found.last + 1
        while ahead < len(self.marks) and self.marks[ahead].kind in _BEFORE_BRACKET and ahead < found.last + 4:
            ahead += 1
        if found.category != "4" or ahead >= len(self.marks) or self.marks[ahead].kind != "open":
            return end
        word = self.marks[ahead].last
        if self.page.words[word : word + 1] in (["a"], ["b"], ["c"]) and self.page.words[word + 1 : word + 2] == [")"]:
            found.category, found.last = "4" + self.page.words[word].upper(), ahead
            return word + 2
        category, after = self.digits.category(ahead + 1) if ahead + 1 < len(self.marks) else (None, end)
        if category not in SUBCATEGORIES:
            return end
        found.category, found.last = str(category), ahead + 1
        found.marks.append(self.marks[ahead + 1])
        return after
