"""What arrived: a report with everything it cites, as values instead of FHIR."""

from dataclasses import dataclass
from datetime import date, datetime

from worker.core.model.words import FhirVersion, Laterality, Purpose


@dataclass(frozen=True, slots=True)
class Coding:
    """One code as it was sent. ``system`` is the URI as sent, without a trailing slash."""

    system: str
    code: str
    display: str | None = None


@dataclass(frozen=True, slots=True)
class CodeableConcept:
    """
    Codes and text of one FHIR element; ``where`` is its path inside the report's resources.

    ``conclusionCode[0]`` is the report's own; other resources begin with their reference (``Observation/x.code``).
    """

    codings: tuple[Coding, ...] = ()
    text: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A FHIR Quantity (low == high) or Range, unit as sent; numbers are the source's own digits read as float."""

    low: float | None
    high: float | None
    unit: str | None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """
    A body site as sent: its codes, and the codes of its qualifiers (laterality, quadrant, clock, depth, region).

    ``is_inherited`` marks what only the section told in which the Observation stands.
    """

    concepts: tuple[CodeableConcept, ...] = ()
    distance_from_nipple: Measure | None = None
    where: str = ""
    is_inherited: bool = False


Value = CodeableConcept | Measure | bool | str | int


@dataclass(frozen=True, slots=True)
class Component:
    """One question (code) and its answer inside an Observation."""

    code: CodeableConcept
    value: Value | None = None
    absent_reason: CodeableConcept | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """
    One Observation of the report, its members resolved.

    ``is_of_specimen``: it says something of tissue that was taken out, not of the breast. ``patient`` is whom it is
    about: the subject, or the person in ``focus``.
    """

    reference: str
    where: str
    status: str
    code: CodeableConcept
    categories: tuple[CodeableConcept, ...] = ()
    value: Value | None = None
    absent_reason: CodeableConcept | None = None
    sites: tuple[Site, ...] = ()
    components: tuple[Component, ...] = ()
    members: tuple["Observation", ...] = ()
    method: CodeableConcept | None = None
    effective: date | None = None
    patient: str | None = None
    is_of_specimen: bool = False


@dataclass(frozen=True, slots=True)
class BackgroundItem:
    """
    A Condition, Procedure, FamilyMemberHistory, ServiceRequest or risk Observation that came along.

    ``is_unsure``: its sender marks it as not confirmed. ``details`` are the coded answers of its components; ``intent``
    is that of an order.
    """

    resource_type: str
    reference: str
    where: str
    status: str | None
    code: CodeableConcept
    value: Value | None = None
    sites: tuple[Site, ...] = ()
    when: date | None = None
    relationship: CodeableConcept | None = None
    patient: str | None = None
    is_unsure: bool = False
    details: tuple[CodeableConcept, ...] = ()
    intent: str | None = None


@dataclass(frozen=True, slots=True)
class NarrativeText:
    """
    One piece of text as the reader sees it: markup resolved, line ends as ``\\n``; evidence offsets refer to ``text``.

    ``where`` is the element (``conclusion``, ``text.div``, ``presentedForm[0]``, ``Observation/x.valueString``).
    ``text`` is empty and ``problem`` says why when the text could not be read (scanned PDF, external URL, bad base64).
    """

    where: str
    text: str
    language: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What tells two versions of one report apart, as the sender wrote it."""

    version_id: str | None = None
    last_updated: datetime | None = None
    issued: datetime | None = None


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What the plan and the letter need of the person; every part may be missing, and missing is never a default."""

    reference: str | None
    identifiers: tuple[tuple[str, str], ...] = ()  # (system, value)
    name: str | None = None
    birth_date: date | None = None
    gender: str | None = None
    language: str | None = None  # BCP 47, the preferred one


@dataclass(frozen=True, slots=True)
class Report:
    """
    One version of one report with everything it cites, ready to be read.

    ``key`` is the business key ("system|value" of its identifier, else sender-scoped reference); ``report_id`` is the
    opaque UUIDv5 of it that may stand in logs and task arguments. ``missing`` lists cited references that never came.
    """

    key: str
    report_id: str
    reference: str | None
    identifiers: tuple[tuple[str, str], ...]
    version: Version
    status: str
    fhir_version: FhirVersion
    patient: PatientFacts
    code: CodeableConcept
    categories: tuple[CodeableConcept, ...] = ()
    purpose: Purpose = "unknown"
    laterality: Laterality = "unknown"
    modalities: tuple[str, ...] = ()
    exam_date: date | None = None
    issued: datetime | None = None
    language: str | None = None
    conclusion_codes: tuple[CodeableConcept, ...] = ()
    texts: tuple[NarrativeText, ...] = ()
    observations: tuple[Observation, ...] = ()
    background: tuple[BackgroundItem, ...] = ()
    sites: tuple[Site, ...] = ()
    missing: tuple[str, ...] = ()
    performer: str | None = None
    is_bare_observation: bool = False
    security: tuple[Coding, ...] = ()
