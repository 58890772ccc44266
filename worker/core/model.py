"""
The words of the project as frozen values; every other room speaks in them.

In: nothing. Out: the types that walk from ``report`` (FHIR in) to ``resources`` (FHIR out). FHIR dicts do not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

JsonObject = Mapping[str, Any]

FhirVersion = Literal["R4", "R4B", "R5"]
Laterality = Literal["left", "right", "bilateral", "unknown"]
FindingStatus = Literal["present", "negated", "historical", "resolved", "hypothetical"]
Change = Literal["new", "increased", "stable", "decreased"]
Scope = Literal["finding", "breast", "overall"]
Severity = Literal["high", "moderate", "low"]
Purpose = Literal["screening", "diagnostic", "procedure", "pathology", "unknown"]
Disposition = Literal["plan", "withdraw", "no-output", "not-for-us"]


# ---- what arrived ----------------------------------------------------------------------------------------------------


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
    """One Observation of the report, its members resolved; ``section_side`` is a side only a section title told."""

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
    section_side: Laterality | None = None
    patient: str | None = None


@dataclass(frozen=True, slots=True)
class BackgroundItem:
    """A Condition, Procedure, FamilyMemberHistory, ServiceRequest or risk Observation that came along."""

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
    exam_date: date | None = None
    issued: datetime | None = None
    language: str | None = None
    conclusion_codes: tuple[CodeableConcept, ...] = ()
    texts: tuple[NarrativeText, ...] = ()
    observations: tuple[Observation, ...] = ()
    background: tuple[BackgroundItem, ...] = ()
    missing: tuple[str, ...] = ()
    performer: str | None = None
    is_bare_observation: bool = False
    security: tuple[Coding, ...] = ()


# ---- what was read ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    Where something was said: element, and either a code or ``[start, end)`` characters of that element's text.

    ``rule`` is the id of the table row that read it (``term:en-fine-pleomorphic-1``, ``code:...``). ``text`` holds the
    source's own words and therefore never goes to a log.
    """

    where: str
    text: str
    rule: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One calcification (group) as reported. Concept ids as in ``mappings/concepts.csv``; lengths in millimetres."""

    laterality: Laterality = "unknown"
    morphology: tuple[str, ...] = ()
    distribution: str | None = None
    quadrant: str | None = None
    clock: int | None = None
    depth: str | None = None
    region: str | None = None
    extent_mm: float | None = None
    particle_mm: float | None = None
    count: int | None = None
    nipple_distance_mm: float | None = None
    status: FindingStatus = "present"
    change: Change | None = None
    descriptor: str | None = None  # "suspicious", "benign-appearing", ...
    associated: tuple[str, ...] = ()  # "mass", "asymmetry", "architectural-distortion", "known-cancer"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A category on a named scale. ``scale`` is ``BI-RADS``, ``UK``, ``RANZCR``, ...; ``unknown`` for a bare number."""

    scale: str
    category: str
    scope: Scope = "overall"
    laterality: Laterality = "unknown"
    status: Literal["current", "prior", "hypothetical"] = "current"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An action that the report itself asks for; ``action`` is an id of ``plans.csv``."""

    action: str
    laterality: Laterality = "unknown"
    interval_months: int | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Pathology:
    """A tissue diagnosis; ``diagnosis`` is an id of ``pathology.csv``."""

    diagnosis: str
    laterality: Laterality = "unknown"
    concordance: Literal["concordant", "discordant"] | None = None
    is_hedged: bool = False  # "suspicious for", "cannot exclude", "at least"
    is_excision: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk modifier or context fact; ``risk`` is an id of ``risk.csv``."""

    risk: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a reader could not settle; ``safety`` makes an issue of it by row ``rule`` of ``contradictions.csv``."""

    rule: str
    subject: str  # which kind of doubt, an id for tests and wording: "side-text-code", "unknown-code", "no-text", ...
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a report says, in reading order; what one reader found, or both reconciled."""

    findings: tuple[Finding, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    pathology: tuple[Pathology, ...] = ()
    risks: tuple[Risk, ...] = ()
    density: str | None = None
    symptoms: tuple[Evidence, ...] = ()
    doubts: tuple[Doubt, ...] = ()


# ---- what was decided ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issue:
    """A contradiction or gap a clinician must look at (rules C-01 .. C-22); ``text`` is worded for them."""

    rule: str
    severity: Severity
    hold: bool
    text: str
    evidence: tuple[Evidence, ...] = ()
    due: date | None = None
    owner: str = "radiologist"
    priority: Literal["routine", "urgent", "asap", "stat"] = "routine"  # how loud it is today, by its deadline


@dataclass(frozen=True, slots=True)
class Activity:
    """
    One thing to do. ``action`` is the id of the row of ``plans.csv`` that says its codes, wording and body responsible.

    Dates are calendar dates in the facility's time zone; ``due`` is None only when nobody may compute one, and
    ``timing`` then says in words who confirms it. ``options`` holds actions among which the clinician picks; ``action``
    stands until then.
    """

    action: str
    level: int
    laterality: Laterality = "unknown"
    quadrant: str | None = None
    clock: int | None = None
    earliest: date | None = None
    due: date | None = None
    overdue: date | None = None
    breach: date | None = None
    timing: str | None = None
    interval_months: int | None = None
    priority: Literal["routine", "urgent", "asap", "stat"] = "routine"
    owner: str = "referring-clinician"
    rules: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A legal or quality clock that runs on during a hold; ``rule`` is its row."""

    rule: str
    starts: date | None
    due: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """
    Actions with dates, reasons and the ids of the rules that made them.

    ``level`` is the highest known action level (1..6; 0 if none is known); a hold leaves it visible.
    """

    level: int = 0
    category: str | None = None  # governing category, on ``scale``
    scale: str | None = None
    laterality: Laterality = "unknown"
    activities: tuple[Activity, ...] = ()
    clocks: tuple[Clock, ...] = ()
    notes: tuple[str, ...] = ()  # ids of clinician-facing notes (plans.csv rows of kind note)
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterBlock:
    """One block of the letter: plain sentences, and the rows and SEED ids it answers."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """
    The patient's explanation. ``notice`` stands on its face while it is held or unreleased.

    ``reason`` says what is missing when ``review_status`` is "refused": then there is no letter, only its notice.
    """

    language: str
    title: str
    blocks: tuple[LetterBlock, ...]
    notice: str
    review_status: str
    text: str = ""
    html: str = ""
    needs_interpreter: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Previous:
    """What the last outcome for the same report said; the life of a plan (C-14, C-18) needs nothing more."""

    category: str | None
    level: int
    disposition: Disposition
    released: bool = False
    exam_date: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything decided about one report; pure function of report, tables, previous outcome and today's date."""

    report: Report
    disposition: Disposition
    reason: str
    reading: Reading = field(default_factory=Reading)
    plan: Plan = field(default_factory=Plan)
    issues: tuple[Issue, ...] = ()
    letter: Letter | None = None
    hold: bool = True
    today: date = date.min
    table_digest: str = ""

    @property
    def action_level(self) -> int:
        """Highest known action level; 0 when none is known."""
        return self.plan.level


def with_evidence(finding: Finding, *evidence: Evidence) -> Finding:
    """Return the finding with more evidence behind what it already has."""
    return replace(finding, evidence=finding.evidence + evidence)
