"""How the tests of the narrative room build reports and write down what was read."""

from dataclasses import replace

from worker.core.model import (
    Assessment,
    CodeableConcept,
    Finding,
    NarrativeText,
    PatientFacts,
    Reading,
    Recommendation,
    Report,
    Version,
)
from worker.core.narrative import read_narrative
from worker.core.rules import Rules

__all__ = [
    "birads_of",
    "facts_of",
    "note_of_assessment",
    "note_of_finding",
    "note_of_recommendation",
    "read",
    "report_of",
]

CONCERN = ("1", "2", "3", "6", "0", "4", "4A", "4B", "4C", "5")


def report_of(*texts: str, language: str | None = None, problem: str | None = None) -> Report:
    """A report that holds only these texts."""
    return Report(
        key="k",
        report_id="r",
        reference=None,
        identifiers=(),
        version=Version(),
        status="final",
        fhir_version="R4",
        patient=PatientFacts(None),
        code=CodeableConcept(),
        texts=tuple(NarrativeText(f"text[{n}]", text, language, problem) for n, text in enumerate(texts)),
    )


def read(rules: Rules, *texts: str, language: str | None = None) -> Reading:
    """What texts say."""
    return read_narrative(report_of(*texts, language=language), rules)


def note_of_finding(finding: Finding) -> str:
    """``present left fine-pleomorphic grouped upper-outer 2h 12mm new (suspicious)``."""
    words: list[str] = [finding.status, finding.laterality, *(m for m in finding.morphology if m != "generic")]
    words += [word for word in (finding.distribution, finding.quadrant) if word]
    words += [f"{finding.clock}h"] if finding.clock else []
    words += [f"{finding.extent_mm:g}mm"] if finding.extent_mm else []
    words += [finding.change] if finding.change else []
    words += [f"({finding.descriptor})"] if finding.descriptor else []
    return " ".join(words)


def note_of_assessment(assessment: Assessment) -> str:
    """``BI-RADS 4B breast left prior``; an unknown side and the status current are left out."""
    words = [assessment.scale, assessment.category, assessment.scope]
    words += [assessment.laterality] if assessment.laterality != "unknown" else []
    words += [assessment.status] if assessment.status != "current" else []
    return " ".join(words)


def note_of_recommendation(recommendation: Recommendation) -> str:
    """``short-interval-mammogram left 6mo``."""
    words = [recommendation.action]
    words += [recommendation.laterality] if recommendation.laterality != "unknown" else []
    words += [f"{recommendation.interval_months}mo"] if recommendation.interval_months else []
    return " ".join(words)


def birads_of(reading: Reading) -> str | None:
    """The current BI-RADS category of most concern."""
    said = [a.category for a in reading.assessments if a.scale == "BI-RADS" and a.status == "current"]
    return max((c for c in said if c in CONCERN), key=CONCERN.index, default=None)


def facts_of(reading: Reading) -> tuple[object, ...]:
    """Everything read but its evidence, in no order: what must not change when only the layout does."""
    return (
        sorted(repr(replace(finding, evidence=())) for finding in reading.findings),
        sorted(repr(replace(assessment, evidence=())) for assessment in reading.assessments),
        sorted(map(note_of_recommendation, reading.recommendations)),
        reading.density,
    )
