"""Sentences -> mentions: every time a text speaks of calcifications, with what it says of them and where they are."""

from worker.core.narrative.attach import ADJECTIVES, HEADS, LESIONS, owned_by_heads
from worker.core.narrative.bare import described, is_anaphor, is_of_other_topic, points_back
from worker.core.narrative.denials import denies_behind
from worker.core.narrative.elsewhere import is_elsewhere, is_of_relative
from worker.core.narrative.focus import Focus, Owned
from worker.core.narrative.layout import Layout
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.mention import Mention, describe, is_group_among, mention_of, shared_descriptor
from worker.core.narrative.nouns import was_absent
from worker.core.narrative.places import LOCATION, NOWHERE, Place, place_of, places_agree
from worker.core.narrative.sentence import Sentence
from worker.core.narrative.several import groups_of, names_a_group
from worker.core.narrative.status import Standing, standings_of

__all__ = ["mentions_of"]

POSTNOMINAL = frozenset(("es", "fr", "pt"))  # where most adjectives stand behind their noun
_MOST_MENTIONS = 2_000  # more than any report has; what follows in such a text is left unread, with a question
_PLACED = frozenset(("lesion", "pathology", "side", "organ", "quadrant", "clock-position"))
_EXCEPTING = frozenset(("only", "exception"))
_DESCRIBING = ADJECTIVES | LOCATION | {"size", "label"}
_PLACED_OR_MEASURED = frozenset(("distribution", "size", "quadrant", "clock-position"))
_DESCRIBING_SECTIONS = frozenset(("findings", "impression", ""))
_BEFORE_SENTENCE = frozenset((".", "\n", ":", ";"))
_FIELD_STARTS = frozenset(("label", "bullet", "dash"))
_TITLE = {"calcification"}
_PLACE_LINE = LOCATION | {"label", "filler", "colon", "comma", "break", "definite", "bullet", "dash", "lesion", "pipe"}
_FARTHEST_REFERENCE = 4  # sentences; a list of fields under "Calcifications:" is hardly longer


def mentions_of(page: Page, layout: Layout) -> tuple[list[Mention], bool]:
    """All mentions in reading order, those outside the breast left out; and whether the whole text was read."""
    reader = _Reader(page, layout)
    for sentence in layout.sentences:
        reader.read(sentence)
        if len(reader.mentions) > _MOST_MENTIONS:
            return reader.mentions, False
    return reader.mentions, True


class _Reader:
    def __init__(self, page: Page, layout: Layout) -> None:
        self.page, self.layout = page, layout
        self.is_postnominal = page.lexicon.language in POSTNOMINAL
        self.focus = Focus(layout)
        self.mentions: list[Mention] = []
        self.label: Sentence | None = None
        self.names_calcifications = any("calcification" in sentence.kinds for sentence in layout.sentences)
        self.title = -1  # the sentence that names calcifications alone, as a heading of fields does
        self.last_index = 0  # of the sentence that last spoke of calcifications

    def read(self, sentence: Sentence) -> None:
        kinds = sentence.kinds
        sentence.about, sentence.is_about_benign = self.focus.side, self.focus.is_benign
        if self.label is not None or "label" in kinds:
            self._take_label(sentence, kinds)
        if "calcification" not in kinds and not kinds.isdisjoint(HEADS):
            self.last_index = -_FARTHEST_REFERENCE - 1  # the text now speaks of something else
        if kinds == _TITLE:
            self.title = sentence.index
        elif not kinds.isdisjoint(HEADS):
            self.title = -1
        if "calcification" in kinds and "specimen" not in kinds:
            owned = owned_by_heads(sentence, self.is_postnominal)
            standings = standings_of(sentence.marks)
            self._read_heads(sentence, owned, standings)
            self.focus.note(sentence, owned, standings)
        elif not kinds.isdisjoint(_PLACED):
            is_placed = not kinds.isdisjoint(LESIONS) and not kinds.isdisjoint(LOCATION)
            owned = owned_by_heads(sentence, self.is_postnominal) if is_placed else {}
            standings = standings_of(sentence.marks) if is_placed else {}
            self._continue(sentence, kinds)
            self.focus.note(sentence, owned, standings)
        elif not kinds.isdisjoint(_DESCRIBING):
            self._continue(sentence, kinds)
        if "only" in kinds and kinds.isdisjoint(HEADS):
            self._read_implied(sentence, {})

    def _take_label(self, sentence: Sentence, kinds: set[str]) -> None:
        """``Location: left breast`` before its finding is named holds like a heading."""
        known = NOWHERE
        if self.label is not None and self.label.section == sentence.section and sentence.place == NOWHERE:
            sentence.place = known = self.label.place
        elif self.label is not None:
            self.label = None
        if "label" in kinds and kinds <= _PLACE_LINE and not self._is_near(sentence):
            place = place_of(sentence.marks).or_else(known)  # "Side: left", then "Quadrant: upper outer"
            if place.side in {"left", "right"}:
                self.label = Sentence(sentence.marks, kinds, sentence.section, place, sentence.index)

    def _is_near(self, sentence: Sentence) -> bool:
        return bool(self.mentions) and sentence.index - self.last_index <= _FARTHEST_REFERENCE

    def _read_heads(self, sentence: Sentence, owned: Owned, standings: dict[int, Standing]) -> None:
        marks, kinds = sentence.marks, sentence.kinds
        has_definite = "definite" in kinds
        starts_back = marks[0].kind == "definite" and marks[0].concept == "anaphor" and marks[0].first == sentence.first
        for head, standing in standings.items():
            if marks[head].kind != "calcification" or ("organ" in kinds and is_elsewhere(marks, head)):
                continue
            if "family" in kinds and is_of_relative(marks, head):
                continue
            own, *others = groups_of(marks, head, owned[head])
            place = self.focus.place_for(sentence, head, own, owned, standing[0])
            if has_definite and "clock-position" in kinds and "side" not in kinds:
                place = self._where_named(place)
            is_taught = sentence.section == "teaching"
            mention = mention_of(own, place, ("hypothetical", standing[1]) if is_taught else standing)
            if standing[0] == "negated" and mention.descriptor is None:
                mention.descriptor = shared_descriptor(marks, head, standing[1])
            if standing[0] == "present" and "negation" in kinds and mention.change is None and was_absent(marks, head):
                mention.change = "new"
            if mention.descriptor == "benign-appearing" and "negation" in kinds and denies_behind(marks, head):
                mention.descriptor = None
            mention.is_anaphoric = starts_back or (has_definite and points_back(marks, head))
            mention.page = self.page
            mention.associated = self.focus.linked_lesions(sentence, head, standings)
            self.mentions.append(mention)
            for other in others:
                where = self.focus.place_for(sentence, head, other, owned, standing[0])
                self.mentions.append(mention_of(other, where, standing))
                self.mentions[-1].page = self.page
            self.last_index = sentence.index
        if not kinds.isdisjoint(_EXCEPTING):
            self._read_implied(sentence, owned)

    def _read_implied(self, sentence: Sentence, owned: Owned) -> None:
        """Calcifications without the noun: ``no suspicious calcifications, only punctate ones on the left``."""
        marks = sentence.marks
        for place, mark in enumerate(marks):
            if mark.kind not in _EXCEPTING:
                continue
            end = next((k for k in range(place + 1, len(marks)) if marks[k].kind in HEADS), len(marks))
            own = [m for m in marks[place:end] if m.kind in ADJECTIVES or m.kind in LOCATION]
            if end == len(marks) and any(m.meaning.alone for m in own):
                self._add(own, self.focus.place_for(sentence, place, own, owned, "present"))

    def _continue(self, sentence: Sentence, kinds: set[str]) -> None:
        """A sentence without the noun that goes on about the last group (``Distribution: segmental``)."""
        if "calcification" in kinds or is_of_other_topic(sentence.marks, kinds):
            self._note_absence(sentence, kinds)
            return  # the former where a specimen holds them
        if not self._may_continue(sentence, kinds):
            self._read_bare(sentence, kinds)
            return
        last, marks = self.mentions[-1], sentence.marks
        own = described(marks, self.is_postnominal)
        if place_of(own).is_precise and self._is_lettered(sentence):
            self._add([marks[0], *own], place_of(own).or_else(Place(side=last.place.side)), sentence)
            return
        pointers = {mark.concept for mark in marks if mark.kind == "definite"}
        is_alone = any(mark.meaning.alone for mark in own) or self._is_of_last(sentence, own)
        own_place = place_of(own)
        where = own_place.or_else(sentence.place) if own_place.side == "unknown" else own_place
        is_next = "next" in pointers and own_place.is_precise and last.place.is_precise
        is_told = is_next or "label" in kinds or places_agree(last.place, where)
        meant = last if is_told else self._meant_at(where)
        if meant is None:
            if is_alone:
                self._add(own, where.or_else(Place(side=last.place.side)), sentence)
            return
        last = meant
        if is_next or names_a_group(marks):
            last = Mention(Place(side=last.place.side), "present", page=self.page)
            self.mentions.append(last)
        elif not ("anaphor" in pointers or "label" in kinds or is_alone):
            return
        if own_place.is_precise and is_group_among(last, own):
            self._add(own, own_place.or_else(Place(side=last.place.side)), sentence)
        else:
            self._go_on(last, own, own_place, sentence)

    def _may_continue(self, sentence: Sentence, kinds: set[str]) -> bool:
        if not self.mentions:
            return False
        is_described = "size" in kinds or not kinds.isdisjoint(ADJECTIVES)
        if not is_described and not (kinds & LOCATION and ("label" in kinds or is_anaphor(sentence.marks))):
            return False
        return self.mentions[-1].status == "present" and self._is_near(sentence)

    def _is_lettered(self, sentence: Sentence) -> bool:
        """``Group B at 12:00 consists of round forms``: one of several, by its letter."""
        first, words = sentence.marks[0], self.page.words
        is_group = first.kind == "distribution" and first.meaning.alone and first.last - first.first == 1
        return is_group and first.last < len(words) and len(words[first.last]) == 1 and words[first.last].isalpha()

    def _note_absence(self, sentence: Sentence, kinds: set[str]) -> None:
        """``It was not present on the 2020 study.``"""
        if "negation" in kinds and self.mentions and self._is_near(sentence) and is_anaphor(sentence.marks):
            last = self.mentions[-1]
            if last.status == "present" and last.change is None and was_absent(sentence.marks, -1):
                last.change = "new"

    def _is_of_last(self, sentence: Sentence, own: list[Mark]) -> bool:
        """
        Words about the group before although they do not say so.

        ``Punctate, regional. Stable since 2019.``; ``The particles are coarse``; fields under ``CALCIFICATIONS``.
        """
        first = sentence.marks[0]
        if "particle" in sentence.kinds or (self.title >= 0 and sentence.index - self.title <= _FARTHEST_REFERENCE):
            return any(mark.kind == "morphology" for mark in own)
        is_answer = first.kind == "descriptor" and len(sentence.marks) == 1  # "Rim calcification. Benign."
        if not (first.kind == "change" or is_answer) or sentence.index > self.last_index + 1:
            return False
        return self.page.words[first.first - 1] in _BEFORE_SENTENCE  # not "the rest is unchanged"

    def _read_bare(self, sentence: Sentence, kinds: set[str]) -> None:
        """``8 mm cluster, fine pleomorphic.``: shapes that only calcifications have, in a text that names them."""
        if "morphology" not in kinds or kinds.isdisjoint(_PLACED_OR_MEASURED):
            return
        if not self.names_calcifications or sentence.is_tissue or sentence.section not in _DESCRIBING_SECTIONS:
            return
        own = described(sentence.marks, self.is_postnominal)
        if any(mark.kind == "morphology" and mark.meaning.alone for mark in own):
            self._add(own, self.focus.place_for(sentence, 0, own, {}, "present"), sentence)

    def _where_named(self, place: Place) -> Place:
        """``the 7:00 calcifications``: of the side where a group at that clock position was named, if of one only."""
        sides = {one.place.side for one in self.mentions if one.status == "present" and one.place.clock == place.clock}
        return place.at_side(sides.pop()) if len(sides) == 1 and place.clock is not None else place

    def _go_on(self, last: Mention, own: list[Mark], place: Place, sentence: Sentence) -> None:
        describe(last, own)
        is_field = sentence.marks[0].kind in _FIELD_STARTS and "label" in sentence.kinds and place.side != "unknown"
        if is_field and not any(mark.kind == "side" for mark in last.marks):
            last.place = last.place.at_side(place.side)  # a field says it, nothing that was said before
        if not last.place.is_precise and place.is_precise:
            last.place = place.or_else(last.place)
        last.marks += own
        self.last_index = sentence.index

    def _add(self, own: list[Mark], place: Place, sentence: Sentence | None = None) -> None:
        """One more group, there now; the sentence from which on the text goes on about it."""
        self.mentions.append(mention_of(own, place, ("present", None)))
        self.mentions[-1].page = self.page
        self.last_index = sentence.index if sentence is not None else self.last_index

    def _meant_at(self, place: Place) -> Mention | None:
        """``Right: amorphous. Left: punctate. The group on the right is suspicious.``: the last that may be there."""
        others = (one for one in reversed(self.mentions) if one.status == "present" and places_agree(one.place, place))
        return next((one for one in others if place.side in {one.place.side, "unknown"}), None)
