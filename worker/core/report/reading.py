"""The report itself: everything that belongs to one DiagnosticReport, document or bare Observation, as one value."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from worker.core.model import CodeableConcept, FhirVersion, Observation, Report
from worker.core.report.background import Tells, background_of
from worker.core.report.bundle import Located, references_in
from worker.core.report.elements import (
    codings_in,
    concept_in,
    concepts_in,
    effective_date,
    instant_in,
    objects,
    string_in,
)
from worker.core.report.gathered import Gathered
from worker.core.report.identity import identifiers_of, identity_of
from worker.core.report.observations import CitedObservation, observations_from
from worker.core.report.people import patient_of
from worker.core.report.roots import goes_with, loose_observations, reports_in
from worker.core.report.sections import Section, sections_of
from worker.core.report.sites import sites_of
from worker.core.report.texts import texts_of
from worker.errors import UnreadableReport

__all__ = ["read_report"]

_ROOTS = {"DiagnosticReport", "Observation", "Composition"}


def read_report(
    root: Located, pool: Mapping[str, Located], version: FhirVersion, sender: str, tells: Tells | None = None
) -> Report:
    """
    One version of one report with everything it cites.

    Args:
        root: A DiagnosticReport, a Composition of a document without one, or an Observation standing alone.
        pool: Resources of this message and those seen earlier, by normal form (``pool_of``).
        sender: Scopes keys that only the sender knows to be unique.
        tells: See ``background_of``; the same for all reports of a message.

    Returns:
        What was cited and is nowhere stands in ``missing``. ``purpose`` and ``laterality`` of the examination are left
        unknown: they follow from its codes, which ``relevance`` reads.

    Raises:
        UnreadableReport: ``root`` is no resource that can be a report.
    """
    if root.resource_type not in _ROOTS:
        raise UnreadableReport("not a DiagnosticReport, Observation or Composition", where=root.where)
    gathered = Gathered(root, pool)
    sections = sections_of(root, gathered)
    observations = observations_from(tuple(_cited(root, sections, gathered)), gathered)
    resource = root.resource
    identity = identity_of(root, sender)
    language = string_in(resource, "language")
    return Report(
        key=identity.key,
        report_id=identity.report_id,
        reference=root.reference,
        identifiers=identifiers_of(resource),
        version=identity.version,
        status=identity.status,
        fhir_version=version,
        patient=patient_of(root, gathered),
        code=_code(root),
        categories=concepts_in(resource, "category", ""),
        exam_date=_exam_date(root, observations),
        issued=instant_in(resource, "issued") or instant_in(resource, "date"),
        language=language,
        conclusion_codes=concepts_in(resource, "conclusionCode", ""),
        texts=texts_of(root, gathered, sections, language),
        observations=observations,
        background=background_of(root, gathered, tells),
        sites=sites_of(root, gathered) if "specimen" in resource else (),
        missing=tuple(gathered.missing),
        performer=_performer(resource),
        is_bare_observation=root.resource_type == "Observation",
        security=codings_in(_meta(resource), "security"),
    )


def _cited(root: Located, sections: Sequence[Section], gathered: Gathered) -> Iterator[CitedObservation]:
    """Observations of the report: its results, those of its document, and loose ones that its message brought along."""
    if root.resource_type == "Observation":
        yield CitedObservation(root)
        return
    section_of = {form: section for section in reversed(sections) for form in section.entries}
    own = next((section_of[form] for form in root.forms if form in section_of), None)
    for form in references_in(root.resource, "result"):
        found = gathered.require(form, root)
        if found is not None:
            section = section_of.get(form, own)
            yield CitedObservation(found, section.sites if section else ())
    for section in sections:
        yield from _entries(section, root, gathered)
    if len(root.message.once(reports_in)) == 1:
        for one in root.message.once(loose_observations):
            if goes_with(root.resource, one.resource):
                yield CitedObservation(one)


def _entries(section: Section, root: Located, gathered: Gathered) -> Iterator[CitedObservation]:
    for form in section.entries:
        found = gathered.find(form, section.composition)
        if found is None and form.startswith(("Observation", "DiagnosticReport", "urn:")) and form not in root.forms:
            gathered.missing[form] = None
        elif found is not None and found.resource_type == "Observation":
            yield CitedObservation(found, section.sites)


def _code(root: Located) -> CodeableConcept:
    """The kind of report; of a Composition its type, with the title as text where the type has none."""
    if root.resource_type != "Composition":
        return concept_in(root.resource, "code", "") or CodeableConcept(where="code")
    kind = concept_in(root.resource, "type", "") or CodeableConcept(where="type")
    title = string_in(root.resource, "title")
    return CodeableConcept(kind.codings, kind.text or title, kind.where)


def _exam_date(root: Located, observations: Sequence[Observation]) -> date | None:
    """The report's own date; else the one date on which all its Observations agree."""
    own = effective_date(root.resource)
    if own is not None or not observations:
        return own
    days = {one.effective for one in observations}
    return days.pop() if len(days) == 1 else None


def _performer(resource: Mapping[str, Any]) -> str | None:
    for name in ("resultsInterpreter", "performer", "author"):
        for _, reference in objects(resource, name):
            found = string_in(reference, "reference") or string_in(reference, "display")
            if found:
                return found
    return None


def _meta(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    meta = resource.get("meta")
    return meta if isinstance(meta, dict) else {}
