"""An outcome as ``calcifhir read`` prints it; the names are fixed (design, "Fixed names")."""

from typing import Any

from worker.core.concern import most_concerning
from worker.core.model import Assessment, Evidence, Finding, Laterality, Outcome, Report

__all__ = ["summary_json"]


def summary_json(outcome: Outcome, source: str) -> dict[str, Any]:
    """
    What was read and decided, as JSON values.

    Args:
        source: File name or index of the input.
    """
    reading, report = outcome.reading, outcome.report
    return {
        "source": source,
        "relevant": outcome.disposition != "not-for-us",
        "report": _name_of(report),
        "patient": report.patient.reference,
        "status": report.status,
        "findings": [_finding(finding) for finding in reading.findings],
        "assessments": [_assessment(assessment) for assessment in reading.assessments],
        "birads": birads(reading.assessments),
        "recommendations": [
            {"action": r.action, "laterality": r.laterality, "interval_months": r.interval_months}
            for r in reading.recommendations
        ],
        "pathology": [{"diagnosis": p.diagnosis, "laterality": p.laterality} for p in reading.pathology],
        "density": reading.density,
        "issues": [
            {"rule": issue.rule, "severity": issue.severity, "hold": issue.hold, "text": issue.text}
            for issue in outcome.issues
        ],
        "action_level": outcome.action_level,
        "hold": outcome.hold,
    }


def birads(assessments: tuple[Assessment, ...]) -> dict[str, str | None]:
    """The current BI-RADS category of the exam and of each breast; None where the report states none."""
    current = [a for a in assessments if a.scale == "BI-RADS" and a.status == "current"]
    return {
        "overall": _category(current),
        "left": _category(_of_breast(current, "left")),
        "right": _category(_of_breast(current, "right")),
    }


def _of_breast(assessments: list[Assessment], side: Laterality) -> list[Assessment]:
    # "Bilateral, overall 4" says that one of the two breasts is a 4, not which.
    return [a for a in assessments if a.laterality == side or (a.laterality == "bilateral" and a.scope != "overall")]


def _category(assessments: list[Assessment]) -> str | None:
    worst = most_concerning(assessments)
    # "0-PR" is a 0 with the reason why it is one: the figure is the category.
    return worst.category.partition("-")[0] if worst else None


def _name_of(report: Report) -> str | None:
    for system, value in report.identifiers:
        return f"{system}|{value}" if system else value
    return report.reference


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "laterality": finding.laterality,
        "morphology": list(finding.morphology),
        "distribution": finding.distribution,
        "quadrant": finding.quadrant,
        "clock": finding.clock,
        "depth": finding.depth,
        "extent_mm": finding.extent_mm,
        "particle_mm": finding.particle_mm,
        "status": finding.status,
        "change": finding.change,
        "modality": finding.modality,
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "where": evidence.where,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "rule": evidence.rule,
    }


def _assessment(assessment: Assessment) -> dict[str, Any]:
    return {
        "scale": assessment.scale,
        "category": assessment.category,
        "scope": assessment.scope,
        "laterality": assessment.laterality,
        "status": assessment.status,
    }
