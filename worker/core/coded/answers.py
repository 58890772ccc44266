"""The questions of one Observation (its code, its components) and their answers, sorted by what they are about."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from worker.core.coded.draft import Draft
from worker.core.coded.labels import label_of, on_no_scale
from worker.core.coded.meanings import Meaning, Said, meanings_of, words_of
from worker.core.coded.places import measure_in, millimetres
from worker.core.model import CodeableConcept, Doubt, Evidence, Measure, Observation, Value
from worker.core.rules import Vocabulary

__all__ = ["Answers", "answers_of"]

_PLACES = ("laterality", "quadrant", "clock", "depth", "region")
# The group that answers a question; a question that is not here takes an answer of any group.
_ANSWERED_BY = {
    "concordance": "concordance",
    **{name: name for name in ("presence", "morphology", "distribution", "category", "density", "change", "pathology")},
    **{name: name for name in _PLACES},
    "calcification": "presence",
    "specimen-calcification": "presence",
    "recommendation": "action",
    "assessment": "category",
}
_SIZES = ("particle", "extent")
_MEASURED = (*_SIZES, "count")
# Questions whose answer may be of another group without anything being wrong ("None" among the types).
_MIXED = {"morphology": ("presence", "lesion"), "distribution": ("morphology", "lesion"), "presence": ("morphology",)}
_CATEGORIES = ("category", "assessment")
_MUST_BE_READ = ("presence", "morphology", "distribution", *_CATEGORIES)
_ASKED = frozenset("?\uff1f")
_NAMING = ("finding", "abnormality", "associated")
_NOT_READ = ("other", "other-size", "consistent-with", "implant")


@dataclass(slots=True)
class Answers:
    """
    What one Observation says.

    ``topics`` are what its code itself names; ``said`` all answers; sizes are in millimetres. ``has_free_text`` means
    that its value is prose, which only the narrative reader can tell the sense of.
    """

    topics: list[Meaning] = field(default_factory=list)
    questions: set[str] = field(default_factory=set)
    said: list[Meaning] = field(default_factory=list)
    particle_mm: list[float] = field(default_factory=list)
    extent_mm: list[float] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    has_free_text: bool = False
    has_value: bool = False

    def of(self, *groups: str) -> list[Meaning]:
        """Answers of these groups."""
        return [meaning for meaning in self.said if meaning.group in groups]


def answers_of(observation: Observation, draft: Draft) -> Answers:
    """Read the value and every component of an Observation; doubts and unknown codes go to the draft."""
    answers = Answers()
    _ask(observation.code, observation.value, answers, draft, is_topic=True)
    for component in observation.components:
        _ask(component.code, component.value, answers, draft, is_topic=False)
    return answers


def _ask(code: CodeableConcept, value: Value | None, answers: Answers, draft: Draft, is_topic: bool) -> None:
    asked = meanings_of(code, draft.vocabulary)
    if not asked.meanings:
        asked = label_of(code, draft.vocabulary)
    question = asked.first("question")
    name = question.concept if question else ""
    draft.doubts += asked.doubts
    if is_topic:
        answers.topics += (m for m in asked.meanings if m.group != "question")
        answers.questions.add(name)
        answers.has_value = value is not None
    elif asked.of("morphology", "distribution", "lesion") and value is not None:
        _named_by_code(asked, value, code, answers, draft)
        return
    if value is None or name in _NOT_READ:
        return
    answers.questions.add(name)
    if name in _MEASURED and _measured(name, value, answers):
        return
    expected = _ANSWERED_BY.get(name, "presence" if is_topic and answers.topics else "")
    said = _said(value, expected, code.where, draft.vocabulary)
    if name == "assessment":
        said = on_no_scale(said, value, code.where, draft.vocabulary)
    _take(said, name, expected, value, answers, draft)


def _named_by_code(asked: Said, value: Value, code: CodeableConcept, answers: Answers, draft: Draft) -> None:
    """A component whose code names a finding: the answer says whether it is there."""
    said = _said(value, "presence", code.where, draft.vocabulary)
    absent = [m for m in said.of("presence") if m.concept == "absent"]
    if not absent:
        answers.said += asked.of("morphology", "distribution", "lesion")
        answers.said += said.meanings


def _measured(name: str, value: Value, answers: Answers) -> bool:
    """Take a size or a count; False for a value that is neither number nor figures ("multiple")."""
    if isinstance(value, str):
        value = measure_in(value) or value
    if name == "count" and isinstance(value, int) and not isinstance(value, bool):
        answers.counts.append(value)
        return True
    if not isinstance(value, Measure):
        return False
    length = millimetres(value)
    if name == "particle" and length is not None:
        answers.particle_mm.append(length)
    elif name == "extent" and length is not None:
        answers.extent_mm.append(length)
    elif name == "count" and value.high is not None:
        answers.counts.append(int(value.high))
    return True


def _said(value: Value, expected: str, where: str, vocabulary: Vocabulary) -> Said:
    if isinstance(value, CodeableConcept):
        return meanings_of(value, vocabulary, expected)
    return Said(tuple(_plain(value, expected, where, vocabulary)))


def _plain(value: Value, expected: str, where: str, vocabulary: Vocabulary) -> Iterator[Meaning]:
    """Booleans, numbers and strings: the answer as a whole, never a word out of prose."""
    if isinstance(value, bool):
        concept = "present" if value else "absent"
        yield Meaning("presence", concept, Evidence(where, str(value).lower(), f"concept:presence.{concept}"))
        return
    text = _number(value) if isinstance(value, Measure) else str(value)
    for group in (expected, "presence") if expected else ():
        name = vocabulary.exactly(group, text) if text else None
        if name:
            yield Meaning(group, name, Evidence(where, text, f"concept:{group}.{name}"))
            return
    for name in words_of(expected, text, vocabulary) if expected and expected != "presence" else ():
        yield Meaning(expected, name, Evidence(where, text, f"concept:{expected}.{name}"))


def _number(value: Measure) -> str:
    return str(int(value.low)) if value.low is not None and value.low == value.high == int(value.low) else ""


def _take(said: Said, name: str, expected: str, value: Value, answers: Answers, draft: Draft) -> None:
    draft.doubts += said.doubts
    draft.unknown += said.unknown
    answers.said += said.meanings
    if not said.meanings and name in _NAMING and isinstance(value, CodeableConcept) and value.text:
        answers.said += _named_finding(value, draft.vocabulary)
    groups = {meaning.group for meaning in said.meanings} - {"ignore"}
    if isinstance(value, str) and not groups:
        answers.has_free_text = True
    if name not in _MUST_BE_READ:
        return
    where, text = (value.where, value.text or "") if isinstance(value, CodeableConcept) else ("", str(value))
    if name in _CATEGORIES and not _ASKED.isdisjoint(text):
        draft.doubts.append(Doubt("C-01", "category-in-question", (Evidence(where, text, "code:question"),)))
    if groups and not groups.intersection((expected, *_MIXED.get(name, ()))):
        rule = "C-10" if name in _CATEGORIES else "C-09"
        draft.doubts.append(Doubt(rule, "wrong-place", tuple(meaning.evidence for meaning in said.meanings)))
    elif not groups and not said.doubts and not _is_known_blank(said):
        rule = "C-10" if name in _CATEGORIES else "C-09"
        draft.doubts.append(Doubt(rule, f"{name}-not-read", (Evidence(where, text, "code:unread"),)))


def _named_finding(value: CodeableConcept, vocabulary: Vocabulary) -> Iterator[Meaning]:
    """A finding in words, where they speak of calcifications; a shape alone may be that of a mass."""
    text = value.text or ""
    names = vocabulary.named_in("morphology", text)
    if not value.codings and "generic" in names:
        for name in names:
            yield Meaning("morphology", name, Evidence(value.where, text, f"concept:morphology.{name}"))


def _is_known_blank(said: Said) -> bool:
    return any(meaning.group == "ignore" for meaning in said.meanings)
