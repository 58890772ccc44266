"""
One CodeableConcept -> what it means, by its codes; its display and text are listened to only to notice a contradiction.

A code that no table knows means nothing, whatever its display says. Words that contradict a known code become a doubt,
and the more worrying of the two stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from worker.core.concern import base_of, rank_of_birads
from worker.core.model import CodeableConcept, Coding, Doubt, Evidence
from worker.core.rules import Vocabulary
from worker.core.rules.coding_rows import CodeRow

__all__ = ["Meaning", "Said", "agree", "meanings_of", "settled", "words_of", "worry_of"]

# Which clinical issue a contradiction inside one element is, by the group of what it says.
_RULE_OF = {"laterality": "C-08", "quadrant": "C-08", "clock": "C-08", "region": "C-08", "depth": "C-08"}
# Groups in which an unknown code may hide a finding or a category.
_MATTERS = ("category", "morphology", "distribution", "presence", "pathology", "action")
# Groups whose names are looked for in displays; the others say nothing that could contradict a plan.
_COMPARED = (*(group for group in _MATTERS if group != "action"), "laterality", "quadrant", "clock", "density")
_WORRY = {
    "": 0,
    "benign": 1,
    "unspecific": 2,
    "context": 3,
    "suspicious": 4,
    "highly-suspicious": 5,
    "in-situ": 6,
    "malignant": 7,
    "low": 1,
    "intermediate": 2,
    "high": 3,
}
_PRESENCE_WORRY = {"absent": 0, "unknown": 1, "indeterminate": 2, "present": 3}
_BIRADS = "BI-RADS"
# Groups whose name may stand at the head of an explanation ("2, benign").
_HEADED = ("category", "pathology")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that an element says; ``evidence`` is where, and by which row."""

    group: str
    concept: str
    evidence: Evidence
    scale: str = "BI-RADS"
    months: int | None = None
    is_breast: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """
    What one element says.

    ``unknown`` are its codes that no table knows, or that are known to be used wrongly; ``doubts`` what contradicts
    what.
    """

    meanings: tuple[Meaning, ...] = ()
    unknown: tuple[Coding, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def of(self, *groups: str) -> tuple[Meaning, ...]:
        """Meanings of these groups."""
        return tuple(meaning for meaning in self.meanings if meaning.group in groups)

    def first(self, group: str) -> Meaning | None:
        """The first meaning of a group."""
        return next((meaning for meaning in self.meanings if meaning.group == group), None)


_NOTHING = Said()


def meanings_of(concept: CodeableConcept | None, vocabulary: Vocabulary, expected: str = "") -> Said:
    """
    What a CodeableConcept means.

    Args:
        expected: The group that its place asks for ("category" for the answer to a category question); words without
            any code are read only in such a place, and an unknown code there is a doubt.
    """
    if concept is None:
        return _NOTHING
    if len(concept.codings) == 1 and not concept.text and not concept.codings[0].display:
        row = vocabulary.row_of(concept.codings[0])
        if row is not None and row.group != "wrong":
            return Said(tuple(_by_code(row, concept.codings[0], concept.where)))
    meanings: list[Meaning] = []
    unknown: list[Coding] = []
    doubts: list[Doubt] = []
    for coding in concept.codings:
        row = vocabulary.row_of(coding)
        if row is None or row.group == "wrong":
            unknown.append(coding)
            continue
        for meaning in _by_code(row, coding, concept.where):
            told, doubt = _against_words(meaning, coding.display, concept, vocabulary)
            meanings.append(told)
            doubts += doubt
    if concept.text and not any(meaning.group == expected or not expected for meaning in meanings):
        meanings += _by_words(concept.text, expected, concept.where, vocabulary)
    agreed, more = _agreed(meanings, vocabulary)
    doubts += more
    doubts += _hidden(concept, unknown, meanings, expected, vocabulary)
    return Said(agreed, tuple(unknown), tuple(doubts))


def _by_code(row: CodeRow, coding: Coding, where: str) -> Iterator[Meaning]:
    evidence = Evidence(where, f"{coding.system}|{coding.code}", f"code:{row.id}")
    yield Meaning(row.group, row.concept, evidence, row.scale, row.months, row.breast)
    for further in row.also:
        group, _, name = further.partition(":")
        yield Meaning(group, name, evidence, row.scale, row.months, row.breast)


def _by_words(text: str, expected: str, where: str, vocabulary: Vocabulary) -> Iterator[Meaning]:
    """Words in place of a code: the answer to a question, or a category that names its scale."""
    group = expected or "category"
    named = words_of(group, text, vocabulary) if expected else vocabulary.named_in(group, text, _BIRADS)
    for name in named:
        yield Meaning(group, name, Evidence(where, text, f"concept:{group}.{name}"))


def words_of(group: str, text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """
    What words in place of a code name.

    A diagnosis is taken only where it is all that is said, or stands at the head ("B5b - invasive"): of a sentence
    about tissue only the narrative reader can tell the sense. The same goes for any words with a denial among them.
    """
    whole = vocabulary.exactly(group, text) or (vocabulary.leading(group, text) if group in _HEADED else None)
    if whole:
        return (whole,)
    if group == "pathology" or (group != "presence" and vocabulary.denies(text)):
        return ()
    return vocabulary.named_in(group, text) or (vocabulary.range_in(group, text) if group == "category" else ())


def _against_words(
    meaning: Meaning, display: str | None, concept: CodeableConcept, vocabulary: Vocabulary
) -> tuple[Meaning, tuple[Doubt, ...]]:
    """The meaning that stands after display and text were heard, and the doubt if they contradict the code."""
    doubts: tuple[Doubt, ...] = ()
    if meaning.group not in _COMPARED:
        return meaning, doubts
    for label in (display, concept.text):
        others = _of_label(meaning, label, concept.where, vocabulary) if label else []
        if not others or any(agree(meaning, other, vocabulary) for other in others):
            # Text is what somebody said and may be finer than the code; a display only repeats it, except that a
            # category has subdivisions for which some systems have no code.
            finer = [other for other in others if _is_finer(other, meaning, vocabulary)]
            if finer and (label is concept.text or meaning.group == "category"):
                meaning = finer[0]
            continue
        doubts = (Doubt(_rule_of(meaning.group), f"code-text-{meaning.group}", (meaning.evidence, others[0].evidence)),)
        worst, _ = settled((meaning, *others), vocabulary)
        meaning = worst or replace(meaning, concept="")
    return meaning, doubts


def _of_label(meaning: Meaning, label: str, where: str, vocabulary: Vocabulary) -> list[Meaning]:
    """What a label names in the meaning's group; "calcification" beside a named shape is only the noun."""
    # Of another scale a bare figure is its own name, and only words that name BI-RADS can contradict it.
    is_other_scale = meaning.group == "category" and meaning.scale != _BIRADS
    named = vocabulary.named_in(meaning.group, label, _BIRADS if is_other_scale else "")
    if meaning.group == "presence":
        whole = vocabulary.exactly("presence", label)  # "no calcifications present" is not "present"
        named = (whole,) if whole else ()
    others = [
        replace(meaning, concept=name, evidence=Evidence(where, label, f"concept:{meaning.group}.{name}"))
        for name in named
    ]
    return [one for one in others if not any(_is_finer(other, one, vocabulary) for other in others)]


def agree(one: Meaning, other: Meaning, vocabulary: Vocabulary) -> bool:
    """Whether both can be true of one thing: equal, one finer than the other, or compatible."""
    if one.concept == other.concept or _is_finer(one, other, vocabulary) or _is_finer(other, one, vocabulary):
        return True
    row = vocabulary.concepts.get((one.group, one.concept))
    back = vocabulary.concepts.get((other.group, other.concept))
    return bool((row and other.concept in row.compatible) or (back and one.concept in back.compatible))


def _is_finer(one: Meaning, other: Meaning, vocabulary: Vocabulary) -> bool:
    """Whether ``one`` says the same as ``other`` more exactly; of a diagnosis its row says what does."""
    if one.group != other.group or one.concept == other.concept:
        return False
    match one.group:
        case "category":
            return base_of(one.concept) == other.concept
        case "morphology":
            return other.concept == "generic"
        case "laterality":
            return other.concept == "unknown"
        case "pathology":
            row = vocabulary.concepts.get(("pathology", other.concept))
            return row is not None and one.concept in row.compatible
    return False


def _agreed(meanings: list[Meaning], vocabulary: Vocabulary) -> tuple[tuple[Meaning, ...], list[Doubt]]:
    """Several codes of one element say one thing; where they do not, the more worrying stands, or none for a place."""
    groups = dict.fromkeys(meaning.group for meaning in meanings)
    kept, doubts = [], []
    for group in groups:
        same = [meaning for meaning in meanings if meaning.group == group]
        if group in ("action", "risk", "ignore", "question", "lesion"):
            kept += same
            continue
        stands, is_conflict = settled(same, vocabulary)
        if is_conflict:
            doubts.append(Doubt(_rule_of(group), f"codes-{group}", tuple(meaning.evidence for meaning in same)))
        if stands is not None and stands.concept:
            kept.append(stands)
    return tuple(kept), doubts


def settled(meanings: Iterable[Meaning], vocabulary: Vocabulary) -> tuple[Meaning | None, bool]:
    """
    The one of several meanings of a group that stands, and whether they contradict each other.

    The finer of two that agree; of two that do not, the more worrying; none where the group is a place.
    """
    stands: Meaning | None = None
    is_conflict = False
    for meaning in meanings:
        if stands is None or _is_finer(meaning, stands, vocabulary):
            stands = meaning
        elif not agree(stands, meaning, vocabulary):
            is_conflict = True
            stands = max(stands, meaning, key=lambda one: worry_of(one, vocabulary))
        elif stands.group == "quadrant" and len(meaning.concept) > len(stands.concept):
            stands = meaning  # "upper outer" beside "upper"
    if is_conflict and stands is not None and stands.group in _RULE_OF:
        return None, True
    return stands, is_conflict


def worry_of(meaning: Meaning, vocabulary: Vocabulary) -> int:
    """How worrying a meaning is, within its group."""
    if meaning.group == "category":
        return rank_of_birads(meaning.concept)
    if meaning.group == "density":
        return ord(meaning.concept[:1] or " ")
    if meaning.group == "presence":
        return _PRESENCE_WORRY.get(meaning.concept, 0)
    row = vocabulary.concepts.get((meaning.group, meaning.concept))
    return _WORRY.get(row.suspicion if row else "", 0)


def _hidden(
    concept: CodeableConcept, unknown: list[Coding], meanings: list[Meaning], expected: str, vocabulary: Vocabulary
) -> list[Doubt]:
    """An unknown code is a doubt where it answers a question that matters, or where its display names what matters."""
    if not unknown or any(meaning.group in _MATTERS and meaning.evidence.rule[:5] == "code:" for meaning in meanings):
        return []
    group = expected if expected in _MATTERS else _named_group(unknown, concept.text, vocabulary)
    if not group:
        return []
    evidence = tuple(Evidence(concept.where, f"{c.system}|{c.code}", "code:unknown") for c in unknown)
    return [Doubt("C-10" if group == "category" else "C-09", "unknown-code", evidence)]


def _named_group(unknown: list[Coding], text: str | None, vocabulary: Vocabulary) -> str:
    labels = [coding.display for coding in unknown if coding.display] + ([text] if text else [])
    named = {group: {n for label in labels for n in vocabulary.named_in(group, label)} for group in _MATTERS[:2]}
    if named["category"]:
        return "category"
    # "Round" alone may be a mass; only a display that speaks of calcifications counts.
    return "morphology" if "generic" in named["morphology"] else ""


def _rule_of(group: str) -> str:
    return _RULE_OF.get(group, "C-09")
