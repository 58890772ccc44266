"""
What the text is about at each point, so that a mention without a place can take it from what was said before.

A mention's side comes from its own words, else its sentence, else the heading, else (in running text) what the text
last spoke of, else the examination. The finer place is taken over only from a lesion that words tie to the
calcifications.
"""

from worker.core.model import FindingStatus, Laterality
from worker.core.narrative.attach import HEADS, LESIONS, NOBODY, opening_before
from worker.core.narrative.layout import Layout
from worker.core.narrative.marks import Mark
from worker.core.narrative.places import LOCATION, NOWHERE, Place, merged_side, place_of, side_of
from worker.core.narrative.sentence import Sentence
from worker.core.narrative.status import Standing

__all__ = ["Focus", "Owned"]

Owned = dict[int, list[int]]  # places of marks by the head they belong to

_STATEMENT = frozenset(
    ("lesion", "calcification", "symptom", "exam", "action", "pathology", "risk", "tissue", "descriptor")
)
# What calcifications may come with, by the concept of the other noun.
_ASSOCIATED = {
    **{concept: concept for concept in ("mass", "asymmetry", "architectural-distortion", "known-cancer")},
    "invasive": "known-cancer",
    "dcis": "known-cancer",
}
_LEADING_IN = frozenset(("break", "link", "size", "definite", "predicate", "filler", "morphology", "descriptor"))
_OTHER: dict[Laterality, Laterality] = {"left": "right", "right": "left"}
_NEW_STATEMENT = frozenset(("only", "exception", "termination", "semicolon"))
_LINKS = frozenset(("link", "slash", "plus", "and", "comma", "or"))


class Focus:
    """Side and lesions last spoken of."""

    def __init__(self, layout: Layout) -> None:
        self.exam_side: Laterality = layout.exam_side
        self.side: Laterality = "unknown"
        self.is_benign = False  # whether what was last said of it was benign alone
        self.lesions: list[tuple[str, Place]] = []
        self.section: str | None = None
        self.heading: Place = NOWHERE

    def note(self, sentence: Sentence, owned: Owned, standings: dict[int, Standing]) -> None:
        """Remember what this sentence was about; what it denies is not what it is about."""
        if sentence.section != self.section or sentence.place is not self.heading:
            self.section, self.heading, self.lesions = sentence.section, sentence.place, []
        marks, kinds = sentence.marks, sentence.kinds
        for head, (status, _) in standings.items():
            if marks[head].kind in LESIONS and status == "present":
                place = place_of([marks[k] for k in owned[head]])
                if place == NOWHERE:
                    place = _lead_place(marks, head)
                self.lesions.append((marks[head].concept, place))
        side: Laterality = "unknown"
        if "side" in kinds and not ("organ" in kinds and kinds.isdisjoint(LESIONS)):
            side = _side_of_present(marks, owned, standings)
            if side == "unknown" and not kinds.isdisjoint(_STATEMENT) and not _is_cleared(sentence):
                side = _affirmed_side(marks)
        if side == "unknown" and self.lesions:
            side = self.lesions[-1][1].side
        if side in {"left", "right", "bilateral"}:
            self.side = side
            self.is_benign = "descriptor" in kinds and all(
                mark.concept == "benign-appearing" for mark in marks if mark.kind == "descriptor"
            )

    def place_for(self, sentence: Sentence, head: int, own: list[Mark], owned: Owned, status: FindingStatus) -> Place:
        """Where the calcifications of a mention are."""
        place = place_of(own)
        marks = sentence.marks
        is_tied = "link" in sentence.kinds and _is_tied(marks, head)
        is_diffuse = "distribution" in sentence.kinds and any(
            mark.kind == "distribution" and mark.concept == "diffuse" for mark in own
        )
        if not place.is_precise and (status == "present" or is_tied):
            is_linked = not is_diffuse and (is_tied or _is_listed_with(marks, head))
            place = _with_side(self._borrowed(sentence, head, owned, is_linked), place)
        if place.side == "unknown":
            place = place.at_side(self._side(sentence, head, status, is_tied, is_diffuse))
        return place

    def _borrowed(self, sentence: Sentence, head: int, owned: Owned, is_linked: bool) -> Place:
        marks = sentence.marks
        lead = NOWHERE if sentence.kinds.isdisjoint(LOCATION) else _lead_place(marks, head)
        if lead.is_precise:
            return lead
        if not self.lesions and sentence.kinds.isdisjoint(LESIONS):
            return sentence.place if sentence.place.is_precise else NOWHERE
        others = [_neighbour(marks, head)] if is_linked else []
        for other in (*others, _container(marks, head)):
            if other != NOBODY:
                place = place_of([marks[k] for one in _same_words(marks, other) for k in owned.get(one, ())])
                if place.is_precise:
                    return place
        if is_linked:
            known = {place for _, place in self.lesions if place.is_precise}
            if len(known) == 1 and _is_tied(marks, head):
                place = next(iter(known))
                if _nearest_side(marks, head) in {"unknown", place.side}:
                    return place
        return sentence.place if sentence.place.is_precise else NOWHERE

    def _side(
        self, sentence: Sentence, head: int, status: FindingStatus, is_tied: bool, is_diffuse: bool
    ) -> Laterality:
        said = _nearest_side(sentence.marks, head) if "side" in sentence.kinds else "unknown"
        if said != "unknown":
            return said
        if sentence.place.side != "unknown":
            return sentence.place.side
        is_both = self.exam_side == "bilateral"
        if sentence.is_item and not is_tied:
            return self.exam_side if self.exam_side != "bilateral" or is_diffuse or status == "negated" else "unknown"
        if self.side in {"left", "right"} and (is_tied or not is_both or (status == "present" and not is_diffuse)):
            return self.side
        if is_both and status == "present" and not is_diffuse:
            return "unknown"
        return self.exam_side if self.exam_side != "unknown" else self.side

    def linked_lesions(self, sentence: Sentence, head: int, standings: dict[int, Standing]) -> list[str]:
        """Kinds of lesions in the same sentence that the words tie to the calcifications."""
        if sentence.kinds.isdisjoint(LESIONS):
            return []
        marks = sentence.marks
        others = []
        before = _neighbour(marks, head)
        if before != NOBODY and any(mark.kind in _LINKS for mark in marks[before:head]):
            others.append(before)
        after = next((k for k in range(head + 1, len(marks)) if marks[k].kind in HEADS), NOBODY)
        is_one_phrase = after != NOBODY and marks[after].first <= marks[head].last  # "calcified mass"
        if after != NOBODY and (is_one_phrase or any(mark.kind == "link" for mark in marks[head:after])):
            others.append(after)
        return [
            _ASSOCIATED[marks[other].concept]
            for other in others
            if marks[other].concept in _ASSOCIATED and standings[other][0] == "present"
        ]


def _with_side(place: Place, own: Place) -> Place:
    """The borrowed place with what was said itself laid over it."""
    if own == NOWHERE:
        return place
    if own.side != "unknown" and place.side not in {"unknown", own.side}:
        return own
    return own.or_else(place)


def _lead_place(marks: list[Mark], head: int) -> Place:
    """The place a sentence, or a part of it, starts with before any noun (``In the left breast at 3 o'clock ...``)."""
    lead: list[Mark] = []
    for place in range(_topic_start(marks, head), head):
        mark = marks[place]
        if mark.kind in HEADS:
            break
        if mark.kind in LOCATION:
            lead.append(mark)
    if not lead:
        return NOWHERE
    sides = {mark.concept for mark in lead if mark.kind == "side"}
    if len(sides) > 1:  # "bilateral mammograms show in the left breast": the last side is where they show it
        last = next(mark for mark in reversed(lead) if mark.kind == "side")
        lead = [mark for mark in lead if mark.kind != "side" or mark is last]
    return place_of(lead)


def _topic_start(marks: list[Mark], head: int) -> int:
    """Where the part of the sentence begins that a side behind a comma opens after the noun before; else its start."""
    for place in range(head - 1, 0, -1):
        if marks[place].kind in HEADS:
            break
        if marks[place].kind == "side" and marks[opening_before(marks, place)].kind in {"comma", "semicolon"}:
            return place if any(mark.kind in HEADS for mark in marks[:place]) else 0
    return 0


def _nearest_side(marks: list[Mark], head: int) -> Laterality:
    for place in range(head, -1, -1):
        if marks[place].kind == "side":
            return side_of(marks[place].concept)
    for place in range(head + 1, len(marks)):
        if marks[place].kind == "side":
            side = side_of(marks[place].concept)
            return _OTHER.get(side, side) if marks[place].meaning.concept == "contralateral" else side
        if marks[place].kind in _NEW_STATEMENT:
            break
    return "unknown"


def _is_listed_with(marks: list[Mark], head: int) -> bool:
    """Whether a list joins the noun to another lesion."""
    other = _neighbour(marks, head)
    return other != NOBODY and any(mark.kind in _LINKS for mark in marks[other:head])


def _is_tied(marks: list[Mark], head: int) -> bool:
    """Whether words tie the noun to another lesion (associated, adjacent to, within, with)."""
    return any(mark.kind == "link" for mark in marks[max(0, head - 6) : head + 7])


def _neighbour(marks: list[Mark], head: int) -> int:
    for place in range(head - 1, -1, -1):
        if marks[place].kind in LESIONS:
            return place
    return NOBODY


def _is_cleared(sentence: Sentence) -> bool:
    """``Left breast benign.``: a breast that is only named to be set aside."""
    if not sentence.kinds.isdisjoint(HEADS) or "symptom" in sentence.kinds:
        return False
    said = {mark.concept for mark in sentence.marks if mark.kind == "descriptor"}
    return said == {"benign-appearing"}


def _container(marks: list[Mark], head: int) -> int:
    """The lesion in which the calcifications lie (``within a mass at 3 o'clock``): the next noun, with no word between
    that starts another statement."""
    for place in range(head + 1, len(marks)):
        kind = marks[place].kind
        if kind in LESIONS:
            return place
        if kind not in _LEADING_IN:
            return NOBODY
    return NOBODY


def _same_words(marks: list[Mark], head: int) -> tuple[int, ...]:
    """A noun that is two things (a cyst is a lesion and a diagnosis) at both its places."""
    is_twice = head + 1 < len(marks) and marks[head + 1].first == marks[head].first and marks[head + 1].kind in HEADS
    return (head, head + 1) if is_twice else (head,)


def _side_of_present(marks: list[Mark], owned: Owned, standings: dict[int, Standing]) -> Laterality:
    """The side that the last thing which is there has of its own, whatever else the sentence denies before."""
    side: Laterality = "unknown"
    for head, (status, _) in standings.items():
        if status == "present" and marks[head].kind != "organ":
            own = merged_side([marks[k].concept for k in owned[head] if marks[k].kind == "side"])
            side = own if own != "unknown" else side
    return side


def _affirmed_side(marks: list[Mark]) -> Laterality:
    """The last side of the sentence whose part of it denies nothing."""
    side: Laterality = "unknown"
    current: Laterality = "unknown"
    denied = False
    for mark in marks:
        if mark.kind in {"comma", "semicolon", "termination"}:
            side = current if current != "unknown" and not denied else side
            current, denied = "unknown", False
        elif mark.kind == "side":
            current = side_of(mark.concept)
        elif mark.kind == "negation":
            denied = True
    return current if current != "unknown" and not denied else side
