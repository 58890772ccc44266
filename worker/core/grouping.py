"""Findings of two readers -> one list: the same group once, with what each reader knows of it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from worker.core.coded.meanings import Meaning, worry_of
from worker.core.coded.places import fits
from worker.core.model import Change, Doubt, Evidence, Finding, Laterality
from worker.core.rules import Vocabulary

__all__ = ["reconcile_findings"]

_CHANGES: tuple[Change, ...] = ("new", "increased", "decreased", "stable")
_NOTHING = Evidence("", "", "")


def reconcile_findings(
    coded: Sequence[Finding], narrative: Sequence[Finding], vocabulary: Vocabulary
) -> tuple[tuple[Finding, ...], list[Doubt]]:
    """
    Bring the findings of both readers together.

    Returns:
        Coded findings first, in order, each with the narrative one that speaks of the same group; then what only the
        narrative says. Doubts name what the two say differently of one group.
    """
    doubts: list[Doubt] = []
    coded = _without_summaries(coded, vocabulary)
    left_over = list(narrative)
    merged: list[Finding] = []
    for finding in coded:
        twin = _twin(finding, left_over, vocabulary)
        if twin is None:
            twin = _rival(finding, coded, narrative, left_over)
        if twin is not None:
            left_over.remove(twin)
        merged.append(_merged(finding, twin, vocabulary, doubts) if twin is not None else finding)
    findings = _presence_checked(merged, left_over, narrative, doubts)
    return tuple(findings), doubts


def _without_summaries(coded: Sequence[Finding], vocabulary: Vocabulary) -> list[Finding]:
    """A code on the report that an Observation repeats in detail is that Observation's finding."""
    detailed = [finding for finding in coded if not _only_on_report(finding)]
    summaries = []
    for finding in coded:
        if not _only_on_report(finding):
            continue
        twin = _twin(finding, detailed, vocabulary)
        if twin is None:
            summaries.append(finding)
        else:
            evidence = tuple(dict.fromkeys((*twin.evidence, *finding.evidence)))
            detailed[detailed.index(twin)] = replace(twin, evidence=evidence)
    return [*summaries, *detailed]


# ---- which two are one -----------------------------------------------------------------------------------------------


def _twin(finding: Finding, others: Sequence[Finding], vocabulary: Vocabulary) -> Finding | None:
    candidates = [other for other in others if _is_same(finding, other, vocabulary)]
    return max(candidates, key=lambda other: _likeness(finding, other), default=None)


def _is_same(one: Finding, other: Finding, vocabulary: Vocabulary) -> bool:
    return (
        one.status == other.status
        and _meets(one.laterality, other.laterality)
        and _places_fit(one, other, vocabulary)
        and _shapes_fit(one, other)
        and None in (one.distribution, other.distribution, None if one.distribution == other.distribution else "")
    )


def _meets(one: Laterality, other: Laterality) -> bool:
    return one == other or "unknown" in (one, other)


def _places_fit(one: Finding, other: Finding, vocabulary: Vocabulary) -> bool:
    if None not in (one.clock, other.clock) and one.clock != other.clock:
        return False
    if one.quadrant and other.quadrant and one.quadrant != other.quadrant:
        row = vocabulary.concepts.get(("quadrant", one.quadrant))
        back = vocabulary.concepts.get(("quadrant", other.quadrant))
        if not (row and other.quadrant in row.compatible) and not (back and one.quadrant in back.compatible):
            return False
    side = one.laterality if one.laterality != "unknown" else other.laterality
    pairs = ((one.clock, other.quadrant), (other.clock, one.quadrant))
    return all(
        clock is None or quadrant is None or fits(clock, quadrant, side, vocabulary) for clock, quadrant in pairs
    )


def _shapes_fit(one: Finding, other: Finding) -> bool:
    mine, theirs = _named(one), _named(other)
    return not mine or not theirs or bool(mine & theirs)


def _named(finding: Finding) -> set[str]:
    return set(finding.morphology) - {"generic"}


def _likeness(one: Finding, other: Finding) -> int:
    pairs = (
        (one.laterality, other.laterality),
        (one.quadrant, other.quadrant),
        (one.clock, other.clock),
        (one.distribution, other.distribution),
    )
    return sum(a is not None and a == b for a, b in pairs) + 2 * len(_named(one) & _named(other))


def _rival(
    finding: Finding,
    coded: Sequence[Finding],
    narrative: Sequence[Finding],
    left_over: Sequence[Finding],
) -> Finding | None:
    """
    The only narrative finding where this is the only coded one: two accounts of one group that do not agree.

    Where either reader has several groups, each stays as it is.
    """
    mine, theirs = (
        list(islice((f for f in all_of if f.status == finding.status and _meets(f.laterality, finding.laterality)), 2))
        for all_of in (coded, narrative)
    )
    if len(mine) != 1 or len(theirs) != 1 or finding.status == "negated":
        return None
    return theirs[0] if theirs[0] in left_over else None


# ---- one out of two --------------------------------------------------------------------------------------------------


def _merged(coded: Finding, told: Finding, vocabulary: Vocabulary, doubts: list[Doubt]) -> Finding:
    side = coded.laterality if coded.laterality != "unknown" else told.laterality
    quadrant, clock = _place(coded, told, side, vocabulary, doubts)
    return replace(
        coded,
        laterality=side,
        morphology=_morphology(coded, told, vocabulary, doubts),
        distribution=_distribution(coded, told, vocabulary, doubts),
        quadrant=quadrant,
        clock=clock,
        depth=coded.depth or told.depth,
        region=coded.region or told.region,
        extent_mm=coded.extent_mm if coded.extent_mm is not None else told.extent_mm,
        particle_mm=coded.particle_mm if coded.particle_mm is not None else told.particle_mm,
        count=coded.count if coded.count is not None else told.count,
        nipple_distance_mm=coded.nipple_distance_mm or told.nipple_distance_mm,
        change=next((change for change in _CHANGES if change in (coded.change, told.change)), None),
        descriptor=coded.descriptor or told.descriptor,
        modality=coded.modality or told.modality,
        associated=tuple(dict.fromkeys((*coded.associated, *told.associated))),
        evidence=tuple(dict.fromkeys((*coded.evidence, *told.evidence))),
    )


def _place(
    coded: Finding, told: Finding, side: Laterality, vocabulary: Vocabulary, doubts: list[Doubt]
) -> tuple[str | None, int | None]:
    if not _places_fit(coded, told, vocabulary):
        doubts.append(Doubt("C-08", "place-text-code", (*coded.evidence, *told.evidence)))
        return None, None
    quadrants = [quadrant for quadrant in (coded.quadrant, told.quadrant) if quadrant]
    quadrant = max(quadrants, key=len, default=None)
    clock = coded.clock if coded.clock is not None else told.clock
    if clock is not None and quadrant is not None and not fits(clock, quadrant, side, vocabulary):
        doubts.append(Doubt("C-08", "clock-quadrant", (*coded.evidence, *told.evidence)))
        return None, None
    return quadrant, clock


def _morphology(coded: Finding, told: Finding, vocabulary: Vocabulary, doubts: list[Doubt]) -> tuple[str, ...]:
    mine, theirs = _named(coded), _named(told)
    both = tuple(shape for shape in dict.fromkeys((*coded.morphology, *told.morphology)) if shape != "generic")
    if mine and theirs and not mine & theirs:
        doubts.append(Doubt("C-09", "morphology-text-code", (*coded.evidence, *told.evidence)))
        worst = max(_worry("morphology", shape, vocabulary) for shape in both)
        return tuple(shape for shape in both if _worry("morphology", shape, vocabulary) == worst)
    return both or ("generic",)


def _distribution(coded: Finding, told: Finding, vocabulary: Vocabulary, doubts: list[Doubt]) -> str | None:
    named = [spread for spread in (coded.distribution, told.distribution) if spread]
    if len(set(named)) > 1:
        doubts.append(Doubt("C-09", "distribution-text-code", (*coded.evidence, *told.evidence)))
    return max(named, key=lambda spread: _worry("distribution", spread, vocabulary), default=None)


def _worry(group: str, concept: str, vocabulary: Vocabulary) -> int:
    return worry_of(Meaning(group, concept, _NOTHING), vocabulary)


# ---- there or not there ----------------------------------------------------------------------------------------------


def _presence_checked(
    merged: list[Finding], left_over: list[Finding], narrative: Sequence[Finding], doubts: list[Doubt]
) -> list[Finding]:
    """What one reader affirms and the other denies is a doubt; a code on the report alone is then no finding."""
    checked: list[Finding] = []
    for finding in merged:
        denials = [other for other in narrative if _denies(other, finding)]
        affirmed = any(f.status == "present" and _covers(f.laterality, finding.laterality) for f in narrative)
        is_denied = finding.status == "present" and bool(denials) and not affirmed
        if is_denied:
            doubts.append(Doubt("C-09", "presence-text-code", (*finding.evidence, *denials[0].evidence)))
        is_no_finding = is_denied and _only_on_report(finding)
        checked.append(replace(finding, status="hypothetical") if is_no_finding else finding)
    for other in left_over:
        if other.status == "present":
            opposed = [f for f in merged if _denies(f, other)]
            if opposed and not any(f.status == "present" for f in merged):
                doubts.append(Doubt("C-09", "presence-text-code", (*other.evidence, *opposed[0].evidence)))
    return checked + left_over


def _denies(denial: Finding, finding: Finding) -> bool:
    """Whether a denial covers the finding: "none", or none of its shape; "no suspicious ones" leaves round ones."""
    if denial.status != "negated" or not _covers(denial.laterality, finding.laterality):
        return False
    if _named(denial) or denial.distribution:
        return bool(_named(denial) & _named(finding))
    return denial.descriptor is None or _only_on_report(finding) or finding.descriptor == denial.descriptor


def _covers(denied: Laterality, side: Laterality) -> bool:
    return denied == side or denied in ("unknown", "bilateral") or side == "unknown"


def _only_on_report(finding: Finding) -> bool:
    """Whether only a code of the report as a whole says it, and no Observation."""
    return bool(finding.evidence) and all(item.where.startswith("conclusionCode") for item in finding.evidence)
