"""Prose inside an Observation: what it leaves open of the place is filled from the Observation's own codes."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from worker.core.coded.places import Place, fits, place_of
from worker.core.model import Assessment, Doubt, Evidence, Finding, Observation, Reading, Report
from worker.core.rules import Rules, Vocabulary

__all__ = ["every", "located_reading", "resource_of"]


def resource_of(evidence: Evidence, references: Container[str]) -> str | None:
    """The Observation in whose text something was said, if it was in one; an id may hold dots itself."""
    name = evidence.where
    while name and name not in references:
        name = name.rpartition(".")[0]
    return name or None


def located_reading(narrative: Reading, report: Report, rules: Rules) -> Reading:
    """The narrative reading with the sides and places that the codes of the same Observation tell."""
    observations = {one.reference: one for one in every(report.observations)}
    if not observations or not any(_root(f.evidence, observations) for f in narrative.findings + narrative.assessments):
        return narrative
    doubts: list[Doubt] = []
    findings = tuple(_located(f, observations, rules.vocabulary, doubts) for f in narrative.findings)
    assessments = tuple(_sided(a, observations, rules.vocabulary) for a in narrative.assessments)
    return replace(narrative, findings=findings, assessments=assessments, doubts=(*narrative.doubts, *doubts))


def every(observations: Iterable[Observation]) -> Iterator[Observation]:
    """Observations with their members, and theirs."""
    for observation in observations:
        yield observation
        yield from every(observation.members)


def _root(evidence: tuple[Evidence, ...], observations: dict[str, Observation]) -> Observation | None:
    """The one Observation from whose text all the evidence comes."""
    roots = {resource_of(item, observations) for item in evidence}
    root = roots.pop() if len(roots) == 1 else None
    return observations[root] if root else None


def _place(observation: Observation, vocabulary: Vocabulary) -> Place:
    return place_of(observation.sites, (), "unknown", vocabulary)


def _located(
    finding: Finding, observations: dict[str, Observation], vocabulary: Vocabulary, doubts: list[Doubt]
) -> Finding:
    observation = _root(finding.evidence, observations)
    if observation is None:
        return finding
    place = _place(observation, vocabulary)
    side = finding.laterality
    if side == "unknown":
        side = place.laterality
    elif place.laterality in ("left", "right") and side in ("left", "right") and side != place.laterality:
        doubts.append(Doubt("C-08", "side-text-code", (*finding.evidence, *place.evidence)))
        side = "unknown"
    quadrant, clock = finding.quadrant or place.quadrant, finding.clock or place.clock
    if clock is not None and quadrant is not None and not fits(clock, quadrant, side, vocabulary):
        doubts.append(Doubt("C-08", "clock-quadrant", (*finding.evidence, *place.evidence)))
        quadrant = clock = None
    return replace(
        finding,
        laterality=side,
        quadrant=quadrant,
        clock=clock,
        depth=finding.depth or place.depth,
        region=finding.region or place.region,
        evidence=(*finding.evidence, *place.evidence),
    )


def _sided(assessment: Assessment, observations: dict[str, Observation], vocabulary: Vocabulary) -> Assessment:
    observation = _root(assessment.evidence, observations)
    if observation is None or assessment.laterality != "unknown":
        return assessment
    side = _place(observation, vocabulary).laterality
    return replace(assessment, laterality=side, scope="breast") if side != "unknown" else assessment
