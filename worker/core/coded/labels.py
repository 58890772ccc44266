"""What a question without a known code asks: its text, which a person wrote beside a local code or without any."""

import re
from collections.abc import Iterator
from dataclasses import replace

from worker.core.coded.meanings import Meaning, Said
from worker.core.model import CodeableConcept, Evidence, Value
from worker.core.rules import Vocabulary

__all__ = ["label_of", "on_no_scale"]

_NOTHING = Said()
_WORDS = re.compile(r"[^\W_]+")
# Questions for a category: on BI-RADS, and on a scale that the question does not name.
_ON_BIRADS, ON_NO_SCALE = "category", "assessment"
_BIRADS = re.compile(r"bi[\W_]*rads", re.IGNORECASE)


def label_of(concept: CodeableConcept, vocabulary: Vocabulary) -> Said:
    """
    What the text as a whole asks ("BI-RADS category", "Calcifications").

    A question for a category may stand between words that say no more than that ("Overall BI-RADS assessment, left
    breast"). A display, or a word inside a longer text, does not count: it may be of an earlier exam, or the density.
    """
    text = concept.text or ""
    for group in ("question", "morphology", "risk") if text else ():
        name = vocabulary.exactly(group, text)
        if name:
            return Said((Meaning(group, name, Evidence(concept.where, text, f"concept:{group}.{name}")),))
    return Said(tuple(_assessment(text, concept.where, vocabulary))) if text else _NOTHING


def _assessment(text: str, where: str, vocabulary: Vocabulary) -> Iterator[Meaning]:
    words = _WORDS.findall(text)
    filling = [word for word in words if vocabulary.exactly("assessment-word", word)]
    sides = {word: side for word in words if (side := vocabulary.exactly("laterality", word))}
    rest = " ".join(word for word in words if word not in filling and word not in sides)
    asked = vocabulary.exactly("question", rest) if rest else ON_NO_SCALE if len(filling) > 1 else None
    if asked not in (_ON_BIRADS, ON_NO_SCALE):
        return
    yield Meaning("question", asked, Evidence(where, text, f"concept:question.{asked}"))
    if len(set(sides.values())) == 1:
        side = next(iter(sides.values()))
        yield Meaning("laterality", side, Evidence(where, text, f"concept:laterality.{side}"))


def on_no_scale(said: Said, value: Value, where: str, vocabulary: Vocabulary) -> Said:
    """
    The answer to a question that names no scale: its letter may ("M4"); that of a figure is not known (C-10).
    """
    text = value.text if isinstance(value, CodeableConcept) and not value.codings else value
    row = vocabulary.graded(text) if isinstance(text, str) else None
    if row is not None:
        return Said((Meaning("category", row.concept, Evidence(where, str(text), f"code:{row.id}"), row.scale),))
    return replace(said, meanings=tuple(_unscaled(meaning, vocabulary) for meaning in said.meanings))


def _unscaled(meaning: Meaning, vocabulary: Vocabulary) -> Meaning:
    text = meaning.evidence.text
    if meaning.group != "category" or meaning.evidence.rule.startswith("code:") or _BIRADS.search(text):
        return meaning
    is_figure = any(word[0].isdigit() or vocabulary.exactly("category", word) for word in _WORDS.findall(text))
    return replace(meaning, scale="unknown") if is_figure else meaning
