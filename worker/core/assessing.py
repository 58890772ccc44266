"""Categories of two readers -> one list; the most worrying stands where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from worker.core.concern import base_of, most_concerning, rank_of
from worker.core.model import Assessment, Doubt, Evidence

__all__ = ["reconcile_assessments"]

_OPPOSED = {frozenset({"left"}), frozenset({"right"})}


def reconcile_assessments(
    coded: Sequence[Assessment], narrative: Sequence[Assessment]
) -> tuple[tuple[Assessment, ...], frozenset[Evidence], list[Doubt]]:
    """
    Bring the categories of both readers together.

    Returns:
        The assessments, codes first; evidence of bare numbers that a code has given a scale (their doubt is settled);
        and what the readers say differently: C-09 for categories, C-10 for scales.
    """
    told, settled = _with_scale(narrative, coded)
    coded, _ = _with_scale(coded, told)
    doubts = _scale_doubts(coded, told) + _category_doubts(coded, told) + _side_doubts(coded, told)
    merged: list[_Said] = []
    by_subject: dict[tuple[str, ...], list[_Said]] = {}
    for assessments, is_coded in ((coded, True), (told, False)):
        for assessment in assessments:
            said = by_subject.setdefault(_subject(assessment), [])
            if _add(assessment, said, is_coded, doubts):
                merged.append(said[-1])
    return tuple(_refined([one.whole for one in merged])), frozenset(settled), doubts


def _current(assessments: Sequence[Assessment]) -> list[Assessment]:
    return [a for a in assessments if a.status == "current"]


def _with_scale(
    unscaled: Sequence[Assessment], scaled: Sequence[Assessment]
) -> tuple[list[Assessment], list[Evidence]]:
    """A number without a scale that the other reader repeats is on that one's scale."""
    by_base = {base_of(a.category): a.scale for a in _current(scaled) if a.scale != "unknown"}
    told: list[Assessment] = []
    settled: list[Evidence] = []
    for assessment in unscaled:
        scale = by_base.get(base_of(assessment.category)) if assessment.scale == "unknown" else None
        if scale:
            settled += assessment.evidence
        told.append(replace(assessment, scale=scale) if scale else assessment)
    return told, settled


def _scale_doubts(coded: Sequence[Assessment], told: Sequence[Assessment]) -> list[Doubt]:
    mine = {a.scale for a in _current(coded)} - {"unknown"}
    theirs = {a.scale for a in _current(told)} - {"unknown"}
    if not mine or not theirs or mine & theirs:
        return []
    evidence = tuple(item for a in (*_current(coded), *_current(told)) for item in a.evidence)
    return [Doubt("C-10", "scale-text-code", evidence)]


def _category_doubts(coded: Sequence[Assessment], told: Sequence[Assessment]) -> list[Doubt]:
    """
    The most worrying category by codes and by words must be the same one.

    Codes may cover less than the words (one Observation of several lesions); words that say less than a code, or more
    than a code for the whole exam, contradict it.
    """
    doubts = []
    for scale in {a.scale for a in _current(coded)}:
        mine = [a for a in _current(coded) if a.scale == scale]
        theirs = [a for a in _current(told) if a.scale == scale]
        worst, other = most_concerning(mine), most_concerning(theirs)
        if worst is None or other is None or base_of(worst.category) == base_of(other.category):
            continue
        if rank_of(worst) > rank_of(other) or any(a.scope == "overall" for a in mine):
            doubts.append(Doubt("C-09", "category-text-code", (*worst.evidence, *other.evidence)))
    return doubts


def _side_doubts(coded: Sequence[Assessment], told: Sequence[Assessment]) -> list[Doubt]:
    """A category that codes give to one breast and words to the other: one of them names the wrong side."""
    doubts = []
    for key in dict.fromkeys((a.scale, base_of(a.category)) for a in _current(coded)):
        mine, theirs = ([a for a in _current(said) if (a.scale, base_of(a.category)) == key] for said in (coded, told))
        sides, others = ({a.laterality for a in said} for said in (mine, theirs))
        if {frozenset(sides), frozenset(others)} == _OPPOSED:
            evidence = tuple(item for a in (*mine, *theirs) for item in a.evidence)
            doubts.append(Doubt("C-08", "side-text-code", evidence))
    return doubts


@dataclass(slots=True)
class _Said:
    """One category of one subject, with every place where it was said once it was said in more than one."""

    assessment: Assessment
    is_coded: bool
    places: dict[Evidence, None] | None = None

    @property
    def whole(self) -> Assessment:
        """The category with all its evidence."""
        if self.places is None:
            return self.assessment
        return replace(self.assessment, evidence=tuple(self.places))

    def also(self, other: Assessment) -> dict[Evidence, None]:
        """The places with those of another."""
        places = self.places if self.places is not None else dict.fromkeys(self.assessment.evidence)
        places.update(dict.fromkeys(other.evidence))
        return places


def _add(assessment: Assessment, said: list[_Said], is_coded: bool, doubts: list[Doubt]) -> bool:
    """
    Add to what was ``said`` of the same thing before: once where both agree, the more worrying where code and words do
    not; a reader's own categories of one breast may differ by finding.

    Returns:
        Whether it was new, and is the last of ``said`` now.
    """
    for other in said:
        if _agree(assessment.category, other.assessment.category):
            other.places = other.also(assessment)
            other.assessment = max(assessment, other.assessment, key=lambda a: len(a.category))
            return False
        if other.is_coded and not is_coded and assessment.scope != "finding":
            worst = max(other.whole, assessment, key=rank_of)
            doubts.append(Doubt("C-09", "category-text-code", tuple(other.also(assessment))))
            other.assessment, other.places = worst, None
            return False
    said.append(_Said(assessment, is_coded))
    return True


def _agree(one: str, other: str) -> bool:
    """Equal, or one the other without its subdivision."""
    return one == other or base_of(one) == other or base_of(other) == one


def _subject(one: Assessment) -> tuple[str, ...]:
    """What a category is about."""
    return one.scale, one.scope, one.laterality, one.status


def _refined(assessments: Sequence[Assessment]) -> list[Assessment]:
    """An overall 4 beside a 4B of one breast is that 4B."""
    finer: dict[tuple[str, str], Assessment] = {}
    for one in _current(assessments):
        base = (one.scale, base_of(one.category))
        if len(one.category) > 1 and rank_of(one) >= rank_of(finer.get(base, one)):
            finer[base] = one
    return [
        replace(a, category=finer[a.scale, a.category].category)
        if a.status == "current" and a.scope == "overall" and (a.scale, a.category) in finer
        else a
        for a in assessments
    ]
