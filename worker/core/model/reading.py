"""What was read: findings, assessments, recommendations, tissue results, and what is in doubt."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from worker.core.model.words import Change, FindingStatus, Laterality, Scope


class Evidence(NamedTuple):
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
    modality: str | None = None  # the exam that found it: "mammography", "ultrasound", "palpation", ...
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
