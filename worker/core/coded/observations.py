"""One Observation and its members -> findings, assessments, pathology, density, recommendations."""

from dataclasses import dataclass, replace

from worker.core.coded.answers import Answers, answers_of
from worker.core.coded.draft import Draft
from worker.core.coded.meanings import Meaning, agree, meanings_of, settled, worry_of
from worker.core.coded.places import Place, place_of, sides
from worker.core.coded.tissue import is_tissue, read_tissue
from worker.core.concern import rank_of_birads
from worker.core.model import (
    FINAL_STATUSES,
    WITHDRAWN_STATUSES,
    Assessment,
    Change,
    Doubt,
    Evidence,
    Finding,
    FindingStatus,
    Laterality,
    Observation,
    Recommendation,
    Risk,
    Scope,
)

__all__ = ["Around", "read_observation", "recommendation_of"]

_CATEGORY_ASKED = {"category", "assessment"}
# FHIR data-absent-reason: there is no such breast to rate, or it was not examined.
_NOT_THERE = {"not-applicable", "not-performed"}
_CHANGES: tuple[Change, ...] = ("new", "increased", "decreased", "stable")
_PLACES = ("laterality", "quadrant", "clock", "depth", "region")


@dataclass(frozen=True, slots=True)
class Around:
    """What an Observation takes from what it is a member of."""

    laterality: Laterality = "unknown"
    is_tissue: bool = False
    lesions: tuple[str, ...] = ()
    is_calcification: bool = False
    modality: str | None = None


def read_observation(observation: Observation, draft: Draft, around: Around | None = None) -> None:
    """Add what one Observation and its members say to the draft; one withdrawn by its sender says nothing."""
    if observation.status in WITHDRAWN_STATUSES:
        return
    around = around or Around(draft.specimen_side())
    answers = answers_of(observation, draft)
    container = sides(answers.topics)
    inherited = container if container != "unknown" else around.laterality
    place = place_of(observation.sites, answers.of(*_PLACES), inherited, draft.vocabulary)
    answers.said += (m for m in place.others if m.group == "morphology")
    draft.doubts += place.doubts
    tissue = around.is_tissue or observation.is_of_specimen or is_tissue(observation.categories, answers, draft)
    lesions = _lesions(answers)
    modality = _method(observation, draft) or around.modality or _modality(answers)
    calcification = False
    if tissue:
        read_tissue(answers, place, draft)
    else:
        calcification = _speaks_of_calcifications(answers)
        if calcification and not around.is_calcification:
            _add_finding(observation, answers, place, replace(around, modality=modality), draft)
    _add_assessments(answers, place, bool(calcification or lesions), draft)
    if _withholds_category(observation, answers, place):
        draft.doubts.append(Doubt("C-01", "category-absent", _evidence(observation, (), place)))
    _add_the_rest(answers, place, draft)
    if observation.status not in FINAL_STATUSES and _is_ours(answers):
        draft.doubts.append(
            Doubt("C-13", "result-not-final", (Evidence(observation.reference, observation.status, ""),))
        )
    inner = Around(place.laterality, tissue, lesions, calcification or around.is_calcification, modality)
    for member in observation.members:
        read_observation(member, draft, inner)


def _method(observation: Observation, draft: Draft) -> str | None:
    """The exam that its method names."""
    vocabulary = draft.vocabulary
    named = meanings_of(observation.method, vocabulary).first("modality")
    codings = observation.method.codings if observation.method else ()
    rows = (vocabulary.exam_of(coding) for coding in codings)
    found = (vocabulary.exactly("modality", row.modality) for row in rows if row and row.modality)
    return named.concept if named else next(found, None)


def _modality(answers: Answers) -> str | None:
    """The exam that its own codes imply ("radiographic calcification"), of a container or of a finding."""
    named = (meaning.concept for meaning in (*answers.topics, *answers.said) if meaning.group == "modality")
    return next(named, None)


def _is_ours(answers: Answers) -> bool:
    """Whether it says, or its code asks for, something that is read here."""
    return bool(answers.topics or answers.said or answers.questions - {"", "other"})


def _speaks_of_calcifications(answers: Answers) -> bool:
    if {"calcification", "morphology", "distribution"} & answers.questions:
        return True
    named = [*answers.topics, *answers.said]
    return any(meaning.group in ("morphology", "distribution") for meaning in named)


def _lesions(answers: Answers) -> tuple[str, ...]:
    found = (m.concept for m in (*answers.topics, *answers.said) if m.group == "lesion" and m.concept != "other")
    return tuple(dict.fromkeys(found))


def _add_finding(observation: Observation, answers: Answers, place: Place, around: Around, draft: Draft) -> None:
    if not answers.said and (observation.absent_reason is not None or answers.has_free_text):
        if answers.has_free_text:
            evidence = Evidence(f"{observation.reference}.valueString", str(observation.value), "code:free-text")
            draft.doubts.append(Doubt("C-09", "free-text", (evidence,)))
        return
    named = [*answers.topics, *answers.said]
    shapes = [m for m in named if m.group == "morphology"]
    spreads = [m for m in named if m.group == "distribution"]
    status, doubts = _status(answers, draft)
    draft.doubts += doubts
    spread = _spread(spreads, draft)
    lesions = (*_lesions(answers), *around.lesions, *_member_lesions(observation, draft))
    finding = Finding(
        laterality=place.laterality,
        morphology=_shapes(shapes),
        distribution=spread.concept if spread else None,
        quadrant=place.quadrant,
        clock=place.clock,
        depth=place.depth,
        region=place.region,
        extent_mm=None if _is_of_lesion(answers) else max(answers.extent_mm, default=None),
        particle_mm=None if _is_of_lesion(answers) else max(answers.particle_mm, default=None),
        count=max(answers.counts, default=None),
        nipple_distance_mm=place.nipple_distance_mm,
        status=status,
        change=_change(answers),
        associated=tuple(dict.fromkeys(lesions)),
        modality=around.modality,
        evidence=_evidence(observation, (*shapes, *spreads, *answers.of("presence", "change")), place),
    )
    draft.findings.append(finding)


def _is_of_lesion(answers: Answers) -> bool:
    """The size of a mass or a cyst with calcifications is the size of the mass or the cyst."""
    return bool(_lesions(answers)) or any(meaning.group == "lesion" for meaning in answers.topics)


def _member_lesions(observation: Observation, draft: Draft) -> tuple[str, ...]:
    found: list[str] = []
    for member in observation.members:
        scratch = Draft(draft.report, draft.vocabulary)
        found += _lesions(answers_of(member, scratch)) if member.status not in WITHDRAWN_STATUSES else ()
    return tuple(found)


def _spread(spreads: list[Meaning], draft: Draft) -> Meaning | None:
    """The most worrying distribution; two that cannot both be true of one group become a doubt."""
    if any(not agree(one, other, draft.vocabulary) for one in spreads for other in spreads):
        draft.doubts.append(Doubt("C-09", "codes-distribution", tuple(meaning.evidence for meaning in spreads)))
    return max(spreads, key=lambda meaning: worry_of(meaning, draft.vocabulary), default=None)


def _shapes(meanings: list[Meaning]) -> tuple[str, ...]:
    """Named shapes; "generic" only where none is named."""
    named = tuple(dict.fromkeys(m.concept for m in meanings if m.concept != "generic"))
    return named or ("generic",)


def _status(answers: Answers, draft: Draft) -> tuple[FindingStatus, list[Doubt]]:
    said = answers.of("presence")
    presence, is_conflict = settled(said, draft.vocabulary)
    evidence = tuple(meaning.evidence for meaning in said)
    doubts = [Doubt("C-09", "presence-conflict", evidence)] if is_conflict else []
    is_gone = any(m.concept == "resolved" for m in answers.of("change"))
    if presence is None or presence.concept == "present":
        if is_gone and presence is not None:
            return "present", [*doubts, Doubt("C-09", "present-and-resolved", evidence)]
        return ("resolved" if is_gone else "present"), doubts
    if presence.concept == "absent":
        return ("resolved" if is_gone else "negated"), doubts
    return "hypothetical", [*doubts, Doubt("C-09", f"presence-{presence.concept}", evidence)]


def _change(answers: Answers) -> Change | None:
    """The most worrying of the changes named; calcifications not seen on an earlier mammogram are new."""
    named = {meaning.concept for meaning in answers.of("change")}
    if "not-seen-before" in answers.questions and answers.of("exam"):
        named.add("new")
    return next((change for change in _CHANGES if change in named), None)


def _evidence(observation: Observation, meanings: tuple[Meaning, ...], place: Place) -> tuple[Evidence, ...]:
    found = (*(meaning.evidence for meaning in meanings), *place.evidence)
    if found:
        return tuple(dict.fromkeys(found))
    codings = observation.code.codings
    text = f"{codings[0].system}|{codings[0].code}" if codings else observation.code.text or ""
    return (Evidence(observation.code.where or observation.reference, text, "code:observation"),)


def _add_assessments(answers: Answers, place: Place, is_finding: bool, draft: Draft) -> None:
    named = [m for m in (*answers.topics, *answers.said) if m.group == "category"]
    if not named:
        return
    worst, is_conflict = settled(named, draft.vocabulary)
    if is_conflict:
        draft.doubts.append(Doubt("C-09", "codes-category", tuple(meaning.evidence for meaning in named)))
    if worst is None:
        return
    scope: Scope = "finding" if is_finding else "overall" if place.laterality == "unknown" else "breast"
    draft.assessments.append(
        Assessment(worst.scale, worst.concept, scope, place.laterality, evidence=(worst.evidence,))
    )
    is_denied = any(m.concept == "absent" for m in answers.of("presence"))
    if is_finding and is_denied and rank_of_birads(worst.concept) > rank_of_birads("2"):
        draft.doubts.append(Doubt("C-09", "absent-and-category", (worst.evidence,)))


def _withholds_category(observation: Observation, answers: Answers, place: Place) -> bool:
    """Whether the category of one breast was asked for and is said not to be known; the other's is no answer."""
    reason = observation.absent_reason
    if reason is None or place.laterality not in ("left", "right") or not _CATEGORY_ASKED & answers.questions:
        return False
    is_said = any(meaning.group == "category" for meaning in (*answers.topics, *answers.said))
    return not is_said and not any(coding.code in _NOT_THERE for coding in reason.codings)


def _add_the_rest(answers: Answers, place: Place, draft: Draft) -> None:
    is_open = any(m.concept != "present" for m in answers.of("presence"))
    for meaning in (*answers.topics, *answers.said):
        match meaning.group:
            case "density":
                draft.densities.append((meaning.concept, meaning.evidence))
            case "action" if meaning in answers.said:
                draft.recommendations.append(recommendation_of(meaning, place.laterality))
            case "risk" if not is_open:
                draft.risks.append(Risk(meaning.concept, (meaning.evidence,)))


def recommendation_of(meaning: Meaning, laterality: Laterality) -> Recommendation:
    """What an action code asks for."""
    return Recommendation(meaning.concept, laterality, meaning.months, (meaning.evidence,))
