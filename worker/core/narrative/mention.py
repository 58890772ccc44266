"""One mention of calcifications, and what the marks that belong to it say of them."""

from dataclasses import dataclass, field

from worker.core.model import Change, FindingStatus
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.places import Place
from worker.core.narrative.status import Standing

__all__ = ["Mention", "describe", "is_group_among", "mention_of", "shared_descriptor"]

_WORST_FIRST = ("segmental", "linear", "grouped", "regional", "diffuse")


@dataclass(slots=True)
class Mention:
    """One mention of calcifications; ``is_anaphoric``: it points back (these, the)."""

    place: Place
    status: FindingStatus
    morphology: list[str] = field(default_factory=list)
    distribution: str | None = None
    extent_mm: float | None = None
    particle_mm: float | None = None
    count: int | None = None
    change: Change | None = None
    descriptor: str | None = None
    associated: list[str] = field(default_factory=list)
    is_anaphoric: bool = False
    marks: list[Mark] = field(default_factory=list)
    page: Page | None = None


def mention_of(own: list[Mark], place: Place, standing: Standing) -> Mention:
    if standing[0] == "historical" and any(mark.kind == "change" for mark in own):
        standing = ("present", None)  # "biopsied in 2018, stable": what is compared with then is there now
    mention = Mention(place, standing[0])
    describe(mention, own)
    mention.marks = [*own] if standing[1] is None else [*own, standing[1]]
    return mention


def shared_descriptor(marks: list[Mark], head: int, cue: Mark | None) -> str | None:
    """In ``no suspicious mass or calcifications`` the one adjective is meant for both."""
    for mark in reversed(marks[:head]):
        if mark is cue:
            return None
        if mark.kind == "descriptor" and mark.concept == "suspicious":
            return mark.concept
    return None


def is_group_among(last: Mention, own: list[Mark]) -> bool:
    """``Scattered, unchanged. New cluster at 1 o'clock.``: a group of its own among scattered ones."""
    said = {mark.kind: mark.concept for mark in own}
    if last.distribution == "diffuse" and ("morphology" in said or said.get("distribution", "diffuse") != "diffuse"):
        return True
    return {last.change, said.get("change")} == {"stable", "new"}


def describe(mention: Mention, own: list[Mark]) -> None:
    distributions = [mention.distribution] if mention.distribution else []
    for mark in own:
        kind, concept = mark.kind, mark.concept
        if kind in {"morphology", "part"} or (kind == "calcification" and concept != "generic"):
            if concept not in mention.morphology:
                mention.morphology.append(concept)
        elif kind == "distribution":
            distributions.append(concept)
        elif kind == "descriptor":
            mention.descriptor = mention.descriptor if mention.descriptor == "suspicious" else concept
        elif kind == "change":
            mention.change = mention.change or concept  # type: ignore[assignment]  # concepts.csv holds the four values
    if len(distributions) == 1:
        mention.distribution = distributions[0]
    elif distributions:
        mention.distribution = min(distributions, key=lambda d: _WORST_FIRST.index(d) if d in _WORST_FIRST else 9)
    _measure(mention, own)


def _measure(mention: Mention, own: list[Mark]) -> None:
    for place, mark in enumerate(own):
        if mark.kind == "size" and mark.value > 0:
            if mark.value < 1 or _is_of_particles(own, place):
                mention.particle_mm = mention.particle_mm or round(mark.value, 3)
            else:
                mention.extent_mm = max(mention.extent_mm or 0.0, round(mark.value, 1))


def _is_of_particles(own: list[Mark], size: int) -> bool:
    """``particles of 2 mm``, ``2 mm particles``; in ``9 mm cluster of particles`` the size is the cluster's."""
    if any(mark.kind == "particle" for mark in own[:size]):
        return True
    return size + 1 < len(own) and own[size + 1].kind == "particle" and own[size + 1].first - own[size].last <= 1
