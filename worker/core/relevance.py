"""
Is it ours? Decided by ``relevance.csv`` before anything else is read.

A code of a breast exam makes a report ours, unless its own words plainly speak of another organ (one screening code is
used as a default for every radiology order). A code of no organ leaves it to the Observations and the words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from worker.core.model import CodeableConcept, Coding, JsonObject, Laterality, Observation, Purpose, Report
from worker.core.rules import Rules, Vocabulary
from worker.core.rules.coding_rows import RelevanceRow
from worker.core.rules.naming import folded

__all__ = ["Relevance", "quick_relevance", "relevance_of"]

_REPORTS = ("DiagnosticReport", "Composition", "Observation")
# Elements behind which something may stand that a light look does not see.
_MAY_SAY_MORE = ("presentedForm", "result", "contained", "section", "hasMember", "bodyStructure", "specimen")


@dataclass(frozen=True, slots=True)
class Relevance:
    """
    Whether a report is ours, and the id of the row that said so.

    ``purpose``, ``laterality`` and ``modalities`` of the examination follow from its codes; modalities from its words,
    too, where no code names one that defines calcifications.
    """

    is_ours: bool
    rule: str
    purpose: Purpose = "unknown"
    laterality: Laterality = "unknown"
    modalities: tuple[str, ...] = ()


def relevance_of(report: Report, rules: Rules) -> Relevance:
    """Decide by report code, then by Observation codes and, where those are silent, by words."""
    vocabulary = rules.vocabulary
    exams = [row for coding in report.code.codings if (row := vocabulary.exam_of(coding))]
    kinds = [row for c in report.categories for coding in c.codings if (row := _category(coding, vocabulary))]
    is_ours, rule = _decide(report, exams, vocabulary)
    known = (row.purpose for row in (*exams, *kinds) if row.purpose != "unknown")
    sides = {row.laterality for row in exams if row.laterality != "unknown"}
    side = sides.pop() if len(sides) == 1 else "unknown"
    modalities = tuple(_modalities(report, exams, vocabulary)) if is_ours else ()
    return Relevance(is_ours, rule, next(known, "unknown"), side, modalities)


def _modalities(report: Report, exams: list[RelevanceRow], vocabulary: Vocabulary) -> Iterable[str]:
    """Each exam that codes name; where none of them defines calcifications, those that words name besides."""
    coded = dict.fromkeys(row.modality for row in exams if row.modality)
    names = [name for row in coded if (name := vocabulary.exactly("modality", row))]
    if not any(vocabulary.also("modality", name, "morphology") for name in names):
        text = folded("\n".join((report.code.text or "", *(one.text for one in report.texts))))
        names += (name for name, phrases in vocabulary.modalities.items() if phrases.first_in(text))
    return dict.fromkeys(names)


def _category(coding: Coding, vocabulary: Vocabulary) -> RelevanceRow | None:
    return vocabulary.category_of(coding) or vocabulary.exam_of(coding)


def _decide(report: Report, exams: list[RelevanceRow], vocabulary: Vocabulary) -> tuple[bool, str]:
    by_code = _rule_in(_codings(report), vocabulary, report.is_bare_observation)
    if by_code:
        return True, f"relevance:{by_code}"
    title = _Words.of([report.code.text or ""], vocabulary)
    prose = _Words.of([text.text for text in report.texts], vocabulary)
    ours = next((row.id for row in exams if row.effect == "ours"), "")
    foreign = next((row.id for row in exams if row.effect == "not-ours"), "") or (
        title.foreign if not title.ours else ""
    )
    if ours:
        other = prose.foreign or (foreign if not prose.ours else "")
        is_other = bool(other) and not prose.ours
        return not is_other, f"relevance:{other if is_other else ours}"
    if foreign:
        return False, f"relevance:{foreign}"
    exam = title.exam or prose.exam or title.organ or prose.calcification
    if exam:
        return True, f"relevance:{exam}"
    if prose.organ and not prose.foreign:
        return True, f"relevance:{prose.organ}"
    return False, f"relevance:{prose.foreign or 'nothing-of-the-breast'}"


@dataclass(frozen=True, slots=True)
class _Words:
    """Rules of the first words found: of an exam of the breast, of the breast, of another organ or exam."""

    exam: str = ""
    organ: str = ""
    foreign: str = ""
    calcification: str = ""

    @property
    def ours(self) -> str:
        return self.exam or self.organ or self.calcification

    @classmethod
    def of(cls, texts: Iterable[str], vocabulary: Vocabulary) -> "_Words":
        text = folded("\n".join(texts))
        found = {effect: phrases.first_in(text) or "" for effect, phrases in vocabulary.words.items()} if text else {}
        organ, foreign = found.get("breast", ""), found.get("not-ours", "")
        # Calcifications of a thyroid are not ours; those of a report that names the breast, or no organ at all, are.
        calcification = found.get("calcification", "") if organ or not foreign else ""
        return cls(found.get("ours", ""), organ, foreign, calcification)


def _rule_in(codings: Iterable[Coding], vocabulary: Vocabulary, is_alone: bool) -> str:
    """The row of the first code that can only be about the breast; a risk told alone makes no report of an exam."""
    passed_over = ("exam", "risk") if is_alone else ("exam",)
    for coding in codings:
        row = vocabulary.row_of(coding)
        if row is not None and row.breast and row.group not in passed_over:
            return row.id
        exam = vocabulary.exam_of(coding)
        if exam is not None and exam.effect == "ours":
            return exam.id
    return ""


def _codings(report: Report) -> Iterator[Coding]:
    """Codes of what the report says: conclusions and Observations, not of the exam itself."""
    for concept in report.conclusion_codes:
        yield from concept.codings
    for concept in (concept for site in report.sites for concept in site.concepts):
        yield from concept.codings
    for observation in report.observations:
        yield from _observation_codings(observation)


def _observation_codings(observation: Observation) -> Iterator[Coding]:
    yield from observation.code.codings
    concepts: list[object] = [observation.value]
    for component in observation.components:
        concepts += (component.code, component.value)
    concepts += (concept for site in observation.sites for concept in site.concepts)
    for concept in concepts:
        if isinstance(concept, CodeableConcept):
            yield from concept.codings
    for member in observation.members:
        yield from _observation_codings(member)


# ---- the light look at a message as it came --------------------------------------------------------------------------


def quick_relevance(document: JsonObject, rules: Rules) -> bool | None:
    """
    A light look at a whole message, before it is checked and read.

    Returns:
        True if it surely holds something of ours, False if it surely does not, None if it must be read to tell.
    """
    verdicts = [_look(resource, rules.vocabulary) for resource in _resources(document)]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _resources(document: JsonObject) -> Iterator[JsonObject]:
    if document.get("resourceType") != "Bundle":
        yield document
        return
    for entry in _dicts(document.get("entry")):
        resource = entry.get("resource")
        if isinstance(resource, dict):
            yield from _resources(resource)


def _look(resource: JsonObject, vocabulary: Vocabulary) -> bool | None:
    if resource.get("resourceType") not in _REPORTS:
        return False
    if _rule_in(_raw_codings(resource), vocabulary, resource.get("resourceType") == "Observation"):
        return True
    codes = [*_raw(resource.get("code")), *_raw(resource.get("type"))]
    effects = {row.effect for coding in codes if (row := vocabulary.exam_of(coding))}
    title = _Words.of(_raw_title(resource), vocabulary)
    if "ours" not in effects and ("not-ours" in effects or (title.foreign and not title.ours)):
        return False
    prose = _Words.of(_raw_prose(resource), vocabulary)
    if "ours" in effects:
        return None if prose.foreign or title.foreign else True
    if title.ours or prose.ours or any(name in resource for name in _MAY_SAY_MORE):
        return None
    return False


def _raw_codings(resource: JsonObject) -> Iterator[Coding]:
    """Codes of what a resource says, wherever they stand in it; of an Observation its own code too."""
    own = ("code",) if resource.get("resourceType") == "Observation" else ()
    for name in (*own, "conclusionCode", "valueCodeableConcept", "bodySite"):
        for concept in _dicts(resource.get(name)):
            yield from _raw(concept)
    for component in _dicts(resource.get("component")):
        yield from _raw(component.get("code"))
        yield from _raw(component.get("valueCodeableConcept"))


def _raw(concept: object) -> Iterator[Coding]:
    for coding in _dicts(concept.get("coding")) if isinstance(concept, dict) else ():
        system, code = coding.get("system"), coding.get("code")
        if isinstance(code, str):
            yield Coding(system.rstrip("/") if isinstance(system, str) else "", code)


def _raw_title(resource: JsonObject) -> Iterator[str]:
    yield from _strings((resource.get("title"),))
    yield from _labels(resource.get("code"))


def _raw_prose(resource: JsonObject) -> Iterator[str]:
    narrative = resource.get("text")
    values = [resource.get("conclusion"), resource.get("valueString")]
    values += [narrative.get("div")] if isinstance(narrative, dict) else []
    values += [note.get("text") for note in _dicts(resource.get("note"))]
    yield from _strings(values)
    for concept in (*_dicts(resource.get("conclusionCode")), resource.get("valueCodeableConcept")):
        yield from _labels(concept)


def _labels(concept: object) -> Iterator[str]:
    if isinstance(concept, dict):
        yield from _strings((concept.get("text"), *(c.get("display") for c in _dicts(concept.get("coding")))))


def _strings(values: Iterable[object]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def _dicts(value: object) -> list[JsonObject]:
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
