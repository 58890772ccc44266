"""Categories on named scales, in every spelling; never a category out of words alone, never a scale out of a bare number."""

from worker.core.model import Assessment, Doubt, Laterality
from worker.core.narrative.layout import Layout, Sentence
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.places import merged_side, side_of

__all__ = ["CONCERN", "read_assessments"]

# Orders BI-RADS categories by concern (a range is read as its higher end).
CONCERN = ("1", "2", "3", "6", "0", "4", "4A", "4B", "4C", "5")
_SKIPPED = frozenset(
    (
        "category",
        "filler",
        "colon",
        "dash",
        "open",
        "close",
        "pipe",
        "break",
        "exam",
        "overall",
        "label",
        "comma",
        "section",
    )
)
_DIGITS = frozenset(("number", "numeral", "roman"))
_RANGE_SIGNS = frozenset(("slash", "dash", "or", "times"))
_WIDEST_GAP = 2  # unknown words between the scale's name and its category
_MOST_MARKS = 9
_FARTHEST_CUE = 12  # words before the scale in which "previously" or "if" speaks of its category


class _Found:
    __slots__ = ("category", "doubts", "is_overall", "last", "marks", "scale", "side")

    def __init__(self, scale: str, category: str, side: str, marks: list[Mark], last: int) -> None:
        self.scale, self.category, self.side, self.marks, self.last = scale, category, side, marks, last
        self.is_overall = False
        self.doubts: list[str] = []


def read_assessments(page: Page, marks: list[Mark], layout: Layout) -> tuple[list[Assessment], list[Doubt]]:
    """Every category said, with its scope and standing; doubts where the scale or the category is not certain."""
    places = [k for k, mark in enumerate(marks) if mark.kind in {"scale", "category", "graded"}]
    if not places:
        return [], []
    return _Reader(page, marks, layout).read(places)


class _Reader:
    def __init__(self, page: Page, marks: list[Mark], layout: Layout) -> None:
        self.page, self.marks, self.layout = page, marks, layout
        self.has_birads = False
        self.found: list[_Found] = []

    def read(self, places: list[int]) -> tuple[list[Assessment], list[Doubt]]:
        done = -1
        for place in places:
            if place > done:
                done = max(done, self._read_at(place))
        if self.has_birads:
            self._read_under_headings(done_marks={id(mark) for found in self.found for mark in found.marks})
        assessments: list[Assessment] = []
        doubts: list[Doubt] = []
        self._weigh_headings()
        for found in self.found:
            self._settle(found, assessments, doubts)
        return assessments, doubts

    def _weigh_headings(self) -> None:
        """A category under ``Left breast:`` is that breast's only if the other breast has one too; else it may be overall."""
        under = [f for f in self.found if f.side == "unknown" and self._heading_side(f) in {"left", "right"}]
        sides = {self._heading_side(f) for f in under} | {f.side for f in self.found if f.side != "unknown"}
        if len(sides) > 1 or self.layout.only_side != "unknown":
            for found in under:
                found.side = self._heading_side(found)

    def _heading_side(self, found: _Found) -> str:
        sentence = self._sentence_of(found.marks[0])
        if sentence is None or any(mark.kind == "side" for mark in sentence.marks):
            return "unknown"
        return sentence.place.side

    def _read_at(self, place: int) -> int:
        mark = self.marks[place]
        if mark.kind == "graded":
            scale, _, category = mark.concept.partition(" ")
            self.found.append(_Found(scale, category, "unknown", [mark], place))
            return place
        scale = mark.concept if mark.kind == "scale" else ""
        number, side = self._number_after(place)
        if number < 0:
            return place
        found = self._category_at(scale, number, side, [mark])
        if found is None:
            return place
        found.is_overall = mark.concept == "overall" or (place > 0 and self.marks[place - 1].kind == "overall")
        self.found.append(found)
        self.has_birads = self.has_birads or scale == "BI-RADS"
        return self._read_more(found)

    def _read_under_headings(self, done_marks: set[int]) -> None:
        """``Left breast: 4B - moderate suspicion``: a category without the scale's name, in a text that names it."""
        for place, mark in enumerate(self.marks):
            if mark.kind not in _DIGITS or id(mark) in done_marks:
                continue
            sentence = self._sentence_of(mark)
            if sentence is None or sentence.marks[0] is not mark or sentence.place.side not in {"left", "right"}:
                continue
            if self._stands_alone(mark, sentence):
                found = self._category_at("BI-RADS", place, sentence.place.side, [])
                if found is not None:
                    self.found.append(found)

    def _stands_alone(self, mark: Mark, sentence: Sentence) -> bool:
        """Whether the number is an answer, not the number of a list's item or of things counted."""
        words = self.page.words
        after = next((k for k in range(mark.last, len(words)) if words[k] not in {"a", "b", "c"}), len(words))
        if len(sentence.marks) > 1:
            following = sentence.marks[1]
            names = {"descriptor", "negation", "lesion"}
            return following.kind in {"dash", "open", "comma", "colon"} and any(m.kind in names for m in sentence.marks)
        return (
            after >= len(words)
            or words[after] == "\n"
            or (words[after] == "." and words[after + 1 : after + 2] in ([], ["\n"]))
        )

    def _number_after(self, place: int) -> tuple[int, str]:
        """The place of the category after the scale's name, and the side said between; -1 if there is none."""
        side = "unknown"
        for ahead in range(place + 1, min(place + 1 + _MOST_MARKS, len(self.marks))):
            mark = self.marks[ahead]
            if mark.first - self.marks[ahead - 1].last > _WIDEST_GAP:
                break
            if mark.kind in _DIGITS:
                return ahead, side
            if mark.kind == "side":
                side = mark.concept
            elif mark.kind == "scale" and mark.concept == self.marks[place].concept:
                continue
            elif mark.kind == "stop":
                if self.page.words[mark.first] != "\n" or not self._goes_on_below(ahead + 1):
                    break
            elif mark.kind not in _SKIPPED and mark.kind != "slash":
                break
        return -1, side

    def _goes_on_below(self, place: int) -> bool:
        kind = self.marks[place].kind if place < len(self.marks) else ""
        return kind in {*_DIGITS, "side", "category"}

    def _category_at(self, scale: str, place: int, side: str, marks: list[Mark]) -> _Found | None:
        category, end = self._category(place)
        if category is None:
            return None
        found = _Found(scale, category, side, [*marks, self.marks[place]], place)
        while True:
            sign = self._place_of_word(end, found.last)
            if sign < 0 or self.marks[sign].kind not in _RANGE_SIGNS or sign + 1 >= len(self.marks):
                return found
            number = self.marks[sign + 1]
            other, after = self._category(sign + 1)
            if other is None or number.first != self.marks[sign].last:
                return found
            found.marks.append(number)
            found.doubts.append("category-range")
            found.category = max(found.category, other, key=CONCERN.index)
            found.last, end = sign + 1, after

    def _place_of_word(self, word: int, place: int) -> int:
        """The first mark after ``place`` that starts at the word, or -1."""
        for ahead in range(place + 1, min(place + 4, len(self.marks))):
            if self.marks[ahead].first >= word:
                return ahead if self.marks[ahead].first == word else -1
        return -1

    def _category(self, place: int) -> tuple[str | None, int]:
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
        letter = self._letter_after(mark) if digits == "4" else ""
        return (digits + letter if digits + letter in CONCERN else None), mark.last + bool(letter)

    def _is_part_of_code(self, place: int) -> bool:
        """``T4``, ``HER2``: a digit glued to letters is a category only behind a scale's name (``BIRADS4``, ``BI-RADS G4``)."""
        mark = self.marks[place]
        words, spans = self.page.words, self.page.spans
        first = mark.first
        if not first or spans[first - 1][1] != spans[first][0] or not words[first - 1].isalpha():
            return False
        before = self.marks[place - 1] if place else None
        return before is None or before.kind not in {"scale", "category"} or first - before.last > 1

    def _letter_after(self, mark: Mark) -> str:
        """The letter of 4A, 4B, 4C: glued to the digit, or a lone letter before a sign or the end."""
        words, spans = self.page.words, self.page.spans
        if mark.last >= len(words) or words[mark.last] not in {"a", "b", "c"}:
            return ""
        is_glued = spans[mark.last][0] - spans[mark.last - 1][1] <= 1 and (
            spans[mark.last][0] == spans[mark.last - 1][1] or self.page.text[spans[mark.last][0]].isupper()
        )
        is_last = mark.last + 1 >= len(words) or not words[mark.last + 1][0].isalnum()
        return words[mark.last].upper() if is_glued or is_last else ""

    def _read_more(self, first: _Found) -> int:
        """``right 2, left 4A``: categories that go on after the first without the scale's name."""
        found, is_prefixed = first, first.side != "unknown"
        while True:
            place, side = found.last + 1, "unknown"
            if not is_prefixed:
                side, place = self._side_behind(place)
                if side != "unknown":
                    found.side = side
            number = self._next_number(place, is_prefixed)
            if number < 0:
                return found.last
            own_side = next((m.concept for m in self.marks[place:number] if m.kind == "side"), "unknown")
            following = self._category_at(found.scale, number, own_side, [])
            if following is None or (not is_prefixed and self._side_behind(following.last + 1)[0] == "unknown"):
                return found.last
            self.found.append(following)
            found = following

    def _side_behind(self, place: int) -> tuple[str, int]:
        for ahead in range(place, min(place + 4, len(self.marks))):
            mark = self.marks[ahead]
            if mark.first - self.marks[ahead - 1].last > 3 or mark.kind not in {
                "side",
                "open",
                "break",
                "exam",
                "dash",
            }:
                break
            if mark.kind == "side":
                return mark.concept, ahead + 1
        return "unknown", place

    def _next_number(self, place: int, is_prefixed: bool) -> int:
        has_side = False
        for ahead in range(place, min(place + 7, len(self.marks))):
            mark = self.marks[ahead]
            if mark.first - self.marks[ahead - 1].last > 1:
                return -1
            if mark.kind in _DIGITS:
                return ahead if has_side or not is_prefixed else -1
            if mark.kind == "side":
                has_side = True
            elif mark.kind not in _SKIPPED and mark.kind not in {"semicolon", "and", "slash"}:
                if mark.kind != "stop" or self.page.words[mark.first] != "\n":
                    return -1
        return -1

    # ---- scope and standing -----------------------------------------------------------------------------------------

    def _settle(self, found: _Found, assessments: list[Assessment], doubts: list[Doubt]) -> None:
        evidence = tuple(self.page.evidence(mark) for mark in found.marks)
        scale = found.scale
        if scale == "ambiguous" and self._is_density(found):
            return
        if scale in {"", "ambiguous"}:
            is_named = scale == "" and (self.has_birads or self._has_official_name(found))
            scale = "BI-RADS" if is_named else "unknown"
        if scale == "unknown":
            doubts.append(Doubt("C-10", "unknown-scale", evidence))
        sentence = self._sentence_of(found.marks[0])
        side, scope = self._scope(found, sentence)
        status = self._status(found, sentence)
        if status == "current":
            doubts += [Doubt("C-09", subject, evidence) for subject in dict.fromkeys(found.doubts)]
        assessments.append(
            Assessment(scale, found.category, scope, side, status, evidence)  # type: ignore[arg-type]
        )

    def _has_official_name(self, found: _Found) -> bool:
        """Whether the name that regulation gives this very category stands behind the number."""
        place = found.last + 1
        return any(
            mark.kind == "category-name" and mark.concept == found.category[:1]
            for mark in self.marks[place : place + 5]
        )

    def _is_density(self, found: _Found) -> bool:
        sentence = self._sentence_of(found.marks[0])
        return sentence is not None and (sentence.section == "composition" or sentence.has("density-context"))

    def _sentence_of(self, mark: Mark) -> Sentence | None:
        for sentence in self.layout.sentences:
            if sentence.first <= mark.first < sentence.last:
                return sentence
        return None

    def _scope(self, found: _Found, sentence: Sentence | None) -> tuple[Laterality, str]:
        if found.is_overall and found.side == "unknown":
            return "unknown", "overall"
        side = side_of(found.side)
        if side == "unknown" and sentence is not None:
            side = _side_in(sentence, found.marks[0])
            if side == "unknown" and sentence.has("classified"):
                side = side_of(sentence.about)
            if side == "unknown":
                side = self.layout.only_side
        if side in {"left", "right"}:
            has_finding = sentence is not None and (sentence.has("lesion") or sentence.has("calcification"))
            return side, "finding" if has_finding and found.side == "unknown" else "breast"
        return "unknown", "overall"

    def _status(self, found: _Found, sentence: Sentence | None) -> str:
        if sentence is None:
            return "current"
        if sentence.section == "teaching":
            return "hypothetical"
        scale = found.marks[0]
        for mark in reversed(sentence.marks):
            if mark.first >= scale.first:
                continue
            if scale.first - mark.last > _FARTHEST_CUE or mark.kind in {"current", "existence", "termination"}:
                break
            if mark.kind == "hypothetical":
                return "hypothetical"
            if mark.kind in {"prior", "historical"}:
                return "prior"
        return "current"


def _side_in(sentence: Sentence, scale: Mark) -> Laterality:
    """The side a sentence gives its category: the only one, else the one named last before the scale."""
    sides = [mark for mark in sentence.marks if mark.kind == "side"]
    side = merged_side(mark.concept for mark in sides)
    if side != "bilateral" or any(mark.concept == "bilateral" for mark in sides):
        return side
    before = [mark for mark in sides if mark.first < scale.first]
    return side_of(before[-1].concept) if before else "unknown"
