"""Every piece of running text of a report, in the order in which a person would read it."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from worker.core.attachments import read_attachment, read_markup, read_words
from worker.core.model import WITHDRAWN_STATUSES, JsonObject, NarrativeText
from worker.core.report.bundle import Located, normal_form
from worker.core.report.elements import objects, string_in
from worker.core.report.gathered import Gathered
from worker.core.report.sections import Section

__all__ = ["texts_of"]

# Shorter strings are answers ("4B", "left"), for the coded reader to take with their question.
_SHORTEST_TEXT = 6
_LONGEST_LABEL = 3
_WORDS = re.compile(r"\w+")  # texts that differ only in layout are one text, sent in several forms


def texts_of(
    root: Located, gathered: Gathered, sections: Sequence[Section], language: str | None
) -> tuple[NarrativeText, ...]:
    """Texts of the report, of its document's sections, and of its Observations; each distinct text once."""
    found = [*_report_texts(root, gathered, language), *_section_texts(sections, language)]
    # Of what is withdrawn its sender says that it says nothing.
    for run in _runs([one for one in gathered.read if one.resource.get("status") not in WITHDRAWN_STATUSES]):
        found += _joined(run, language) if len(run) > 1 else _observation_texts(run[0], language)
    kept: dict[tuple[str, str | None], NarrativeText] = {}
    for text in found:
        if text.text or text.problem:
            words = " ".join(_WORDS.findall(text.text)).casefold()
            kept.setdefault((words, text.problem if not text.text else None), text)
    return tuple(kept.values())


def _report_texts(root: Located, gathered: Gathered, language: str | None) -> Iterator[NarrativeText]:
    resource = root.resource
    if root.resource_type == "Observation":
        return
    conclusion = string_in(resource, "conclusion")
    if conclusion:
        yield NarrativeText("conclusion", read_words(conclusion), language)
    for number, attachment in objects(resource, "presentedForm"):
        yield read_attachment(_with_data(attachment, root, gathered), f"presentedForm[{number}]", language)
    for number, code in objects(resource, "conclusionCode"):
        words = None if code.get("coding") else string_in(code, "text")
        if words:  # the report's own, however few
            yield NarrativeText(f"conclusionCode[{number}].text", read_words(words), language)
    yield from _notes(resource, "", language)
    for text in _div(resource, "text.div", language):
        if not (conclusion and _is_a_label(resource, text.text)):
            yield text


def _is_a_label(resource: JsonObject, text: str) -> bool:
    """A generated narrative of a word or two ("DiagnosticReport Resource") beside a conclusion, without any figure."""
    narrative = resource.get("text")
    is_generated = isinstance(narrative, dict) and narrative.get("status") in ("generated", "empty")
    return is_generated and len(text.split()) <= _LONGEST_LABEL and not any(sign.isdigit() for sign in text)


def _with_data(attachment: JsonObject, root: Located, gathered: Gathered) -> JsonObject:
    """The attachment itself, or the Binary that its URL names where that came along."""
    url = string_in(attachment, "url")
    if url is None or "data" in attachment:
        return attachment
    binary = gathered.find(normal_form(url), root)
    if binary is None or binary.resource_type != "Binary":
        return attachment
    kind = string_in(attachment, "contentType") or string_in(binary.resource, "contentType")
    return {**attachment, "data": binary.resource.get("data"), "contentType": kind}


def _section_texts(sections: Sequence[Section], language: str | None) -> Iterator[NarrativeText]:
    for section in sections:
        for text in _div(section.resource, f"{section.where}.text.div", language):
            # The title is the heading under which a person reads the text; it often names the side.
            title = string_in(section.resource, "title")
            yield NarrativeText(text.where, f"{title}:\n{text.text}" if title else text.text, text.language)


def _runs(observations: Sequence[Located]) -> Iterator[list[Located]]:
    """Observations one by one; a report that came line by line (HL7 v2 OBX) as one run of the same code."""
    run: list[Located] = []
    for observation in observations:
        if run and not (_is_line(observation) and _is_line(run[-1]) and _code(observation) == _code(run[-1])):
            yield run
            run = []
        run.append(observation)
    if run:
        yield run


def _is_line(observation: Located) -> bool:
    return "valueString" in observation.resource and not observation.resource.get("component")


def _code(observation: Located) -> object:
    return observation.resource.get("code")


def _joined(run: list[Located], language: str | None) -> Iterator[NarrativeText]:
    """The lines of a run as one text, at the place of its first line."""
    lines = [str(one.resource["valueString"]) for one in run]
    text = read_words("\n".join(lines))
    if text:
        yield NarrativeText(f"{run[0].place}.valueString", text, string_in(run[0].resource, "language") or language)
    for one in run:
        yield from _notes(one.resource, f"{one.place}.", language)


def _observation_texts(located: Located, language: str | None) -> Iterator[NarrativeText]:
    resource = located.resource
    base = located.place
    spoken = string_in(resource, "language") or language
    yield from _string(resource, "valueString", f"{base}.valueString", spoken)
    value = resource.get("valueCodeableConcept")
    if isinstance(value, dict) and not value.get("coding"):
        yield from _string(value, "text", f"{base}.valueCodeableConcept.text", spoken)
    for number, component in objects(resource, "component"):
        yield from _string(component, "valueString", f"{base}.component[{number}].valueString", spoken)
    yield from _notes(resource, f"{base}.", spoken)
    if _has_only_narrative(resource):
        yield from _div(resource, f"{base}.text.div", spoken)


def _has_only_narrative(resource: Any) -> bool:
    """A generated narrative repeats the elements; it is read where it says more, or where there is nothing else."""
    narrative = resource.get("text")
    if isinstance(narrative, dict) and narrative.get("status") == "additional":
        return True
    return not any(name.startswith(("value", "component", "hasMember", "dataAbsentReason")) for name in resource)


def _notes(resource: Any, prefix: str, language: str | None) -> Iterator[NarrativeText]:
    for number, note in objects(resource, "note"):
        yield from _string(note, "text", f"{prefix}note[{number}].text", language)


def _string(parent: Any, name: str, where: str, language: str | None) -> Iterator[NarrativeText]:
    text = string_in(parent, name)
    if text and len(text.strip()) >= _SHORTEST_TEXT:
        yield NarrativeText(where, read_words(text), language)


def _div(resource: Any, where: str, language: str | None) -> Iterator[NarrativeText]:
    narrative = resource.get("text")
    div = string_in(narrative, "div") if isinstance(narrative, dict) else None
    if div:
        yield read_markup(div, where, language)
