"""
Coded and narrative readings reconciled into one.

What both say of one group of calcifications becomes one finding with both kinds of evidence; what they disagree on
becomes a doubt, and the more worrying of the two stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from worker.core.assessing import reconcile_assessments
from worker.core.grouping import reconcile_findings
from worker.core.modality import asked_by_modality, with_modality
from worker.core.model import Doubt, Evidence, Laterality, Pathology, Reading, Recommendation, Report, Risk
from worker.core.observed import located_reading
from worker.core.rules import Rules

__all__ = ["reconcile"]

T = TypeVar("T", Pathology, Recommendation)


def reconcile(coded: Reading, narrative: Reading, report: Report, rules: Rules) -> Reading:
    """One reading out of two; what they disagree on becomes a doubt, and the more worrying one stands."""
    narrative = located_reading(narrative, report, rules)
    findings, finding_doubts = reconcile_findings(coded.findings, narrative.findings, rules.vocabulary)
    assessments, settled, category_doubts = reconcile_assessments(coded.assessments, narrative.assessments)
    findings = with_modality(findings, report, rules.vocabulary)
    symptoms = tuple(dict.fromkeys((*coded.symptoms, *narrative.symptoms)))
    finding_doubts += asked_by_modality(findings, symptoms, report, rules.vocabulary)
    densities = [density for density in (coded.density, narrative.density) if density]
    doubts = [doubt for doubt in coded.doubts if not _is_read(doubt, narrative)]
    doubts += (doubt for doubt in narrative.doubts if not doubt.evidence or not settled.issuperset(doubt.evidence))
    return Reading(
        findings=findings,
        assessments=assessments,
        recommendations=_recommendations((*coded.recommendations, *narrative.recommendations)),
        pathology=_pathology((*coded.pathology, *narrative.pathology)),
        risks=_risks((*coded.risks, *narrative.risks)),
        density=max(densities, default=None),
        symptoms=symptoms,
        doubts=tuple(dict.fromkeys((*doubts, *finding_doubts, *category_doubts, *_density_doubts(densities)))),
    )


def _is_read(doubt: Doubt, narrative: Reading) -> bool:
    """Prose in place of an answer is no doubt once the narrative reader has made something of it."""
    if doubt.subject != "free-text":
        return False
    places = {item.where for item in doubt.evidence}
    return any(item.where in places for finding in narrative.findings for item in finding.evidence)


def _density_doubts(densities: list[str]) -> list[Doubt]:
    return [Doubt("C-09", "density-text-code")] if len(set(densities)) > 1 else []


def _recommendations(recommendations: Iterable[Recommendation]) -> tuple[Recommendation, ...]:
    """The same action for the same side once, with its interval if either reader has one."""
    merged: list[Recommendation] = []
    said: list[list[Recommendation]] = []
    for one in recommendations:
        for place, other in enumerate(merged):
            intervals = {one.interval_months, other.interval_months} - {None}
            if one.action == other.action and _meets(one.laterality, other.laterality) and len(intervals) < 2:
                side = other.laterality if other.laterality != "unknown" else one.laterality
                merged[place] = Recommendation(one.action, side, other.interval_months or one.interval_months)
                said[place].append(one)
                break
        else:
            merged.append(one)
            said.append([one])
    return _with_evidence(merged, said)


def _pathology(diagnoses: Iterable[Pathology]) -> tuple[Pathology, ...]:
    """The same diagnosis of the same side once; hedged if either is, discordant if either is."""
    merged: list[Pathology] = []
    said: list[list[Pathology]] = []
    for one in diagnoses:
        for place, other in enumerate(merged):
            if one.diagnosis == other.diagnosis and _meets(one.laterality, other.laterality):
                merged[place] = _joined(other, one)
                said[place].append(one)
                break
        else:
            merged.append(one)
            said.append([one])
    return _with_evidence(merged, said)


def _joined(one: Pathology, other: Pathology) -> Pathology:
    verdicts = (one.concordance, other.concordance)
    return Pathology(
        diagnosis=one.diagnosis,
        laterality=one.laterality if one.laterality != "unknown" else other.laterality,
        concordance="discordant" if "discordant" in verdicts else one.concordance or other.concordance,
        is_hedged=one.is_hedged or other.is_hedged,
        is_excision=one.is_excision or other.is_excision,
    )


def _with_evidence(merged: Sequence[T], said: Sequence[Sequence[T]]) -> tuple[T, ...]:
    """
    What was said several times, with every place where it was said.

    Put together once and not at each repetition, which would take the square of their number.
    """
    return tuple(
        replace(one, evidence=tuple(dict.fromkeys(item for each in repeated for item in each.evidence)))
        if len(repeated) > 1
        else one
        for one, repeated in zip(merged, said, strict=True)
    )


def _meets(one: Laterality, other: Laterality) -> bool:
    return one == other or "unknown" in (one, other)


def _risks(risks: Iterable[Risk]) -> tuple[Risk, ...]:
    merged: dict[str, dict[Evidence, None]] = {}
    for one in risks:
        merged.setdefault(one.risk, {}).update(dict.fromkeys(one.evidence))
    return tuple(Risk(name, tuple(evidence)) for name, evidence in merged.items())
