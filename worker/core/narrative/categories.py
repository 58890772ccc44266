"""
Numbers that are categories: behind a scale's name, in every spelling, one or several, with the side said beside them.

A digit that no scale, category word or official name vouches for is not looked at.
"""

from worker.core.narrative.breasts import ends_statement, side_behind, side_behind_name
from worker.core.narrative.digits import DIGITS, Digits
from worker.core.narrative.found import Found, later_of_change, says_overall
from worker.core.narrative.initials import by_initials
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.ranges import Ranges
from worker.core.narrative.sentence import Sentence
from worker.core.narrative.unnamed import numbers_without_names

__all__ = ["MOST_CATEGORIES", "Found", "find_categories"]

MOST_CATEGORIES = 500  # more than any report names
_NAMES = frozenset(("scale", "category", "graded"))
_SKIPPED = frozenset(
    (
        *("category", "filler", "colon", "dash", "open", "close", "pipe", "break", "exam", "overall", "label", "comma"),
        *("section", "hedge"),
    )
)
_BEFORE_SCALE = frozenset(("open", "filler", "break", "times", "comma", "category"))
_BETWEEN_BREASTS = _SKIPPED | {"semicolon", "and", "slash", "side-initial"}
_BEFORE_NUMBER = frozenset(("open", "comma", "dash", "colon", "slash"))
_NAMING = frozenset(
    (
        *("dash", "stop", "semicolon", "comma", "open", "close", "colon", "filler", "slash", "pipe", "and"),
        *("descriptor", "pathology", "negation", "lesion", "calcification", "section"),
    )
)
_PARTING = frozenset(("stop", "semicolon", "comma", "slash", "pipe", "and"))
_WIDEST_NAME = 5  # words of a category's name that no table knows
_WIDEST_GAP = 2  # unknown words between the scale's name and its category
_MOST_MARKS = 9


def find_categories(page: Page, marks: list[Mark], sentences: list[Sentence]) -> list[Found]:
    """Every category in reading order."""
    finder = _Finder(page, marks)
    done = -1
    names = [k for k, mark in enumerate(marks) if mark.kind in _NAMES]
    for place in names:
        if place > done and len(finder.found) < MOST_CATEGORIES:
            done = max(done, finder.read_at(place))
    is_named = any(marks[place].kind == "scale" and marks[place].concept == "BI-RADS" for place in names)
    finder.read_without_names(sentences, is_named)
    return finder.found


class _Finder:
    def __init__(self, page: Page, marks: list[Mark]) -> None:
        self.page, self.marks = page, marks
        self.digits = Digits(page, marks)
        self.ranges = Ranges(self.digits)
        self.found: list[Found] = []

    def read_at(self, place: int) -> int:
        """Read the categories of the name at a place; return the last place read."""
        mark = self.marks[place]
        if mark.kind == "graded":
            scale, _, category = mark.concept.partition(" ")
            self.found.append(Found(scale, category, "unknown", [mark], place))
            return place
        if mark.kind == "category" or (mark.kind == "scale" and mark.concept == "BI-RADS"):
            last = self._read_initials(place)
            if last > place:
                return last
        number, side = self._number_after(place)
        if number < 0:
            return place
        found = self._category_at(mark.concept if mark.kind == "scale" else "", number, side, [mark])
        if found is None:
            return place
        found.scale = found.scale or self._scale_behind(found)
        around = (*self.marks[max(0, place - 2) : place][::-1], None, *self.marks[found.last + 1 : found.last + 3])
        found.is_overall = mark.concept == "overall" or says_overall(around)
        self.found.append(found)
        later = later_of_change(self.digits, found, place)
        if later is not None:
            self.found.append(later)
            return found.last
        return self._read_more(found)

    def _read_initials(self, place: int) -> int:
        """
        The last place of ``R2 L4B`` behind a scale's name, or behind a word like ``assessment`` if both breasts are
        there; the place itself if there is no such thing.
        """
        name = self.marks[place]
        initials = by_initials(self.page, name.last)
        if not initials or (name.kind != "scale" and len({initial.side for initial in initials}) < 2):
            return place
        scale = name.concept if name.kind == "scale" else ""
        for initial in initials:
            self.found.append(Found(scale, initial.category, initial.side, [name, initial.mark], place))
        end = initials[-1].mark.last
        while place + 1 < len(self.marks) and self.marks[place + 1].first < end:
            place += 1
        return place

    def _scale_behind(self, found: Found) -> str:
        """``category 2 (ACR BI-RADS)``, ``categoria 4C do BI-RADS``."""
        for behind in range(found.last + 1, min(found.last + 4, len(self.marks))):
            mark = self.marks[behind]
            if mark.first - self.marks[behind - 1].last > 1:
                break
            if mark.kind == "scale":
                return mark.concept
            if mark.kind not in _BEFORE_SCALE:
                break
        return ""

    def read_without_names(self, sentences: list[Sentence], is_named: bool) -> None:
        """Categories beside which no scale's name and no word like ``category`` stands."""
        taken = {mark.first for found in self.found for mark in found.marks}
        for number in numbers_without_names(self.page, self.digits, sentences, is_named):
            if self.marks[number.place].first in taken:
                continue
            found = self._category_at(number.scale, number.place, number.side, [])
            if found is not None:
                self.found.append(found)

    def _number_after(self, place: int) -> tuple[int, str]:
        """The place of the category after the scale's name, and the side said between; -1 if there is none."""
        side, end = "unknown", self.marks[place].last
        for ahead in range(place + 1, min(place + 1 + _MOST_MARKS, len(self.marks))):
            mark = self.marks[ahead]
            if mark.last <= end and mark.kind != "colon":
                continue
            if mark.first - end > _WIDEST_GAP:
                break
            before, end = end, mark.last
            if mark.kind == "open" and (after := self.ranges.end_of_legend(ahead)):
                end = after
                continue
            if mark.kind in DIGITS:
                return ahead, side
            if mark.kind == "side":
                side = mark.concept
            elif not self._leads_on(place, ahead):
                end = self._end_of_name(ahead, before)
                if not end:
                    break
        return -1, side

    def _end_of_name(self, place: int, word: int) -> int:
        """``BI-RADS: suspicious (4)``: the word after an official name behind which a sign and its number stand."""
        name = self.page.name_mark(word) or self.page.name_mark(self.marks[place].first)
        if name is None:
            return 0
        sign = self.digits.place_of_word(name.last, place)
        if sign < 0 or self.marks[sign].kind not in _BEFORE_NUMBER or sign + 1 >= len(self.marks):
            return 0
        number = self.marks[sign + 1]
        is_number = number.kind in DIGITS and number.first == self.marks[sign].last and self.digits.is_closed(sign + 1)
        return name.last if is_number else 0

    def _leads_on(self, place: int, ahead: int) -> bool:
        """Whether the category of the scale at ``place`` may still come behind the mark ``ahead``."""
        mark = self.marks[ahead]
        if mark.kind == "stop":
            return self.page.words[mark.first] == "\n" and self._goes_on_below(ahead + 1)
        is_same = mark.kind == "scale" and mark.concept == self.marks[place].concept
        return is_same or mark.kind in _SKIPPED or mark.kind == "slash"

    def _goes_on_below(self, place: int) -> bool:
        kind = self.marks[place].kind if place < len(self.marks) else ""
        return kind in {*DIGITS, "side", "category"} and not (kind == "number" and self._is_item(place))

    def _is_item(self, place: int) -> bool:
        """``ASSESSMENT:`` and, in a line below, ``1. BI-RADS 4A``: the number of a list's item."""
        words, last = self.page.words, self.marks[place].last
        return (
            words[last : last + 1] in (["."], [")"])
            and words[last + 1 : last + 2] not in ([], ["\n"])
            and (self.page.name_at(last + 1) == "")
        )

    def _category_at(self, scale: str, place: int, side: str, marks: list[Mark]) -> Found | None:
        category, end = self.digits.category(place)
        if category is None:
            return None
        found = Found(scale, category, side, [*marks, self.marks[place]], place)
        self.ranges.extend(found, end)
        return found

    def _read_more(self, first: Found) -> int:
        """``right 2, left 4A``: categories that go on after the first without the scale's name."""
        found, is_prefixed = first, first.side != "unknown"
        while True:
            place, side = found.last + 1, "unknown"
            if not is_prefixed and found is first and (side := self._side_of_pair(found)) != "unknown":
                found.side, is_prefixed = side, True
            elif not is_prefixed:
                side, place = self._side_behind(found.last)
                if side != "unknown":
                    found.side = side
            number = self._next_number(place, is_prefixed)
            if number < 0 and is_prefixed:
                number = self._number_of_other_breast(found)
            if number < 0:
                return found.last
            own_side = next((m.concept for m in self.marks[place:number] if m.kind == "side"), "unknown")
            following = self._category_at(found.scale, number, own_side, [])
            is_sided = is_prefixed or (own_side != "unknown" and self.digits.is_closed(number))
            if following is None or not (is_sided or self._has_side_behind(following.last, place, number)):
                return found.last
            self.found.append(following)
            found = following

    def _has_side_behind(self, last: int, place: int, number: int) -> bool:
        """Behind the end of a sentence, a side that nothing follows: ``4 right.``, not ``2 right cysts``."""
        side, after = self._side_behind(last)
        is_next = all(mark.kind != "stop" for mark in self.marks[place:number])
        return side != "unknown" and (is_next or ends_statement(self.marks, after))

    def _side_behind(self, place: int) -> tuple[str, int]:
        """The side said behind the category at a place, or behind that one's official name; and the place after it."""
        side, after = side_behind(self.marks, place + 1)
        return (side, after) if side != "unknown" else side_behind_name(self.digits, place)

    def _side_of_pair(self, found: Found) -> str:
        """``right BI-RADS 1 left 4``: the side before the name, where the other and a number of its own follow."""
        scale = next((k for k in range(found.last - 1, -1, -1) if self.marks[k] is found.marks[0]), -1)
        kinds = [mark.kind for mark in self.marks[found.last + 1 : found.last + 4]]
        if scale < 1 or self.marks[scale - 1].kind != "side" or self.marks[scale - 1].last != self.marks[scale].first:
            return "unknown"
        kinds = kinds[1:] if kinds[:1] in (["comma"], ["and"], ["slash"]) else kinds
        is_pair = kinds[:1] == ["side"] and len(kinds) > 1 and kinds[1] in {*DIGITS, "scale"}
        return self.marks[scale - 1].concept if is_pair else "unknown"

    def _number_of_other_breast(self, found: Found) -> int:
        """``Left 4B - moderate suspicion. Right 2 - benign.``: behind the name of the first category, or -1."""
        marks = self.marks
        for place in range(found.last + 1, min(found.last + _MOST_MARKS, len(marks) - 1)):
            mark = marks[place]
            if mark.kind == "side":
                number = self._number_after(place)[0] if marks[place - 1].kind in _PARTING else -1
                return number if number > 0 and self.digits.is_closed(number) else -1
            if mark.kind not in _NAMING or mark.first - marks[place - 1].last > _WIDEST_NAME:
                return -1
        return -1

    def _next_number(self, place: int, is_prefixed: bool) -> int:
        has_side = False
        for ahead in range(place, min(place + 7, len(self.marks))):
            mark = self.marks[ahead]
            if mark.first - self.marks[ahead - 1].last > 1:
                return -1
            if mark.kind in DIGITS:
                return ahead if has_side or not is_prefixed else -1
            if mark.kind == "side":
                has_side = True
            elif mark.kind == "stop":
                if is_prefixed and self.page.words[mark.first] != "\n":
                    return -1
            elif mark.kind not in _BETWEEN_BREASTS:
                return -1
        return -1
