"""What else a text tells of the person: risks, symptoms, breast density."""

from worker.core.model import Evidence, Risk
from worker.core.narrative.layout import Layout
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.sentence import Sentence

__all__ = ["read_density", "read_risks", "read_symptoms"]

_DENIALS = frozenset(("negation", "family", "hypothetical"))
_NOT_SAID = frozenset(("negation", "hypothetical"))
_WHOSE = frozenset(("family", "historical", "current"))
_PAUSES = frozenset(("semicolon", "termination", "current", "existence"))
_RISKY = frozenset(("risk", "pathology"))
_DENSE = frozenset(("density", "density-context", "scale", "category"))
_PROCEDURAL = frozenset(("pathology", "technique", "recommendation"))
_LETTERS = {"a": "a", "b": "b", "c": "c", "d": "d", "1": "a", "2": "b", "3": "c", "4": "d"}
_FARTHEST_LETTER = 4  # words between "density" and its letter
_PERSONAL = "personal-breast-cancer"
_FAMILY = "family-history-first-degree"


def read_risks(page: Page, layout: Layout) -> list[Risk]:
    """Risk facts that are affirmed, each once."""
    found: dict[str, Risk] = {}
    for sentence in layout.sentences:
        if sentence.kinds.isdisjoint(_RISKY):
            continue
        for place, mark in enumerate(sentence.marks):
            risk = _risk_at(sentence, place, mark) if mark.kind in _RISKY else None
            if risk is not None:
                found.setdefault(risk, Risk(risk, (page.evidence(mark),)))
    return list(found.values())


def _risk_at(sentence: Sentence, place: int, mark: Mark) -> str | None:
    marks = sentence.marks
    if mark.kind == "risk":
        if _is_denied(marks, place):
            return None
        return _mastectomy(sentence) if mark.concept == "mastectomy" else mark.concept
    if mark.kind == "pathology" and mark.concept in {"invasive", "dcis"}:
        if _is_denied(marks, place, _NOT_SAID):
            return None
        before = _nearest(marks, place, _WHOSE)
        if before is not None and before.kind == "family":
            is_close = any(m.kind == "family" and m.concept == "first-degree" for m in marks)
            return _FAMILY if is_close else None
        if before is not None and before.kind == "historical":
            return _PERSONAL
    return None


def _nearest(marks: list[Mark], place: int, kinds: frozenset[str]) -> Mark | None:
    for before in range(place - 1, -1, -1):
        if marks[before].kind in kinds:
            return marks[before]
        if marks[before].kind in _PAUSES:
            return None
    return None


def _is_denied(marks: list[Mark], place: int, denials: frozenset[str] = _DENIALS) -> bool:
    for before in range(place - 1, -1, -1):
        kind = marks[before].kind
        if kind in denials and marks[before].meaning.direction != "backward":
            return True
        if kind in _PAUSES:
            return False
    return False


def _mastectomy(sentence: Sentence) -> str | None:
    sides = {mark.concept for mark in sentence.marks if mark.kind == "side"}
    is_history = sentence.section not in _PROCEDURAL
    return f"mastectomy-{next(iter(sides))}" if is_history and len(sides) == 1 and sides <= {"left", "right"} else None


def read_symptoms(page: Page, layout: Layout) -> list[Evidence]:
    """Symptoms that are affirmed (a lump, a discharge); the row id tells which."""
    found: dict[str, Evidence] = {}
    for sentence in layout.sentences:
        if "symptom" not in sentence.kinds:
            continue
        for place, mark in enumerate(sentence.marks):
            if mark.kind == "symptom" and not _is_denied(sentence.marks, place):
                found.setdefault(mark.concept, page.evidence(mark))
    return list(found.values())


def read_density(page: Page, layout: Layout) -> str | None:
    """The density category a to d, by its words or its letter; never an assessment."""
    by_words: str | None = None
    for sentence in layout.sentences:
        if sentence.kinds.isdisjoint(_DENSE):
            continue
        for place, mark in enumerate(sentence.marks):
            if mark.kind == "density":
                by_words = by_words or mark.concept
            elif mark.kind in _DENSE and _may_be_density(sentence, mark):
                letter = _letter_after(page, sentence, place)
                if letter is not None:
                    return letter
    return by_words


def _has_density(sentence: Sentence) -> bool:
    return any(mark.kind == "density-context" for mark in sentence.marks)


def _is_measured(page: Page, index: int) -> bool:
    """Whether a unit follows the number: ``a density of 1 cm``."""
    following = page.lexicon.trie.get(page.words[index + 1], {}) if index + 1 < len(page.words) else {}
    return any(meaning.kind in {"unit", "times"} for meaning in following.get(None, ()))


def _may_be_density(sentence: Sentence, mark: Mark) -> bool:
    """Words for density, ``ACR``, or a category or scale where the sentence or its heading speaks of density."""
    if mark.kind == "density-context" or (mark.kind == "scale" and mark.concept in {"ambiguous", "density"}):
        return True
    if mark.kind not in {"scale", "category"}:
        return False
    return sentence.section == "composition" or any(m.kind in {"density", "density-context"} for m in sentence.marks)


def _letter_after(page: Page, sentence: Sentence, place: int) -> str | None:
    """A lone letter a to d close behind words for density (``density c``, ``ACR B``); digits only behind such words."""
    mark = sentence.marks[place]
    words, text = page.words, page.text
    for index in range(mark.last, min(mark.last + _FARTHEST_LETTER, len(words))):
        word = words[index]
        if (
            word in _LETTERS
            and not _is_measured(page, index)
            and (not word.isdigit() or mark.concept == "density" or _has_density(sentence))
        ):
            start, end = page.starts[index], page.ends[index]
            is_last = index + 1 >= len(words) or not words[index + 1][0].isalnum()
            if is_last or text[start:end].isupper() or word.isdigit():
                return _LETTERS[word]
        if word[0].isdigit() or word in {".", "\n", ";"}:
            return None
    return None
