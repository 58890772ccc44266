"""Sites and qualifiers -> side, quadrant, clock, depth, region; what cannot all be true is not chosen from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from worker.core.coded.meanings import Meaning, Said, meanings_of, settled
from worker.core.model import Doubt, Evidence, Laterality, Measure, Site
from worker.core.rules import Vocabulary

__all__ = ["Place", "fits", "measure_in", "millimetres", "place_of", "sides"]

_GROUPS = ("laterality", "quadrant", "clock", "depth", "region")
# Factor to millimetres, by UCUM code and by the words that senders write instead.
_MILLIMETRES = {
    **dict.fromkeys(("mm", "millimeter", "millimeters", "millimetre", "millimetres", "mm."), 1.0),
    **dict.fromkeys(("cm", "centimeter", "centimeters", "centimetre", "centimetres", "cm."), 10.0),
    **dict.fromkeys(("um", "µm", "μm", "micrometer", "micrometers", "micrometre", "micron", "microns"), 0.001),
    **dict.fromkeys(("m", "meter", "metre"), 1000.0),
    **dict.fromkeys(("[in_i]", "in", "inch", "inches"), 25.4),
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_LENGTHS = re.compile(
    r"((?:\d+(?:[.,]\d+)?\s*(?:mm|cm)?\s*(?:x|\u00d7|by|to|bis|-|\u2013)\s*)*\d+(?:[.,]\d+)?)\s*(mm|cm)\.?",
    re.IGNORECASE,
)
_SIDES: dict[str, Laterality] = {"left": "left", "right": "right", "bilateral": "bilateral"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the breast something is; None is not said, or said in two ways that cannot both be true."""

    laterality: Laterality = "unknown"
    quadrant: str | None = None
    clock: int | None = None
    depth: str | None = None
    region: str | None = None
    nipple_distance_mm: float | None = None
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    others: tuple[Meaning, ...] = ()  # what a site says that is no place (the morphology of a body structure)


def place_of(
    sites: Sequence[Site], components: Iterable[Meaning], inherited: Laterality, vocabulary: Vocabulary
) -> Place:
    """
    The place of an Observation.

    Args:
        components: What components of the Observation itself say of side, quadrant, clock, depth and region.
        inherited: The side of what the Observation is a member of.
    """
    own = [_site_said(site, vocabulary) for site in sites if not site.is_inherited]
    meanings = [meaning for said in own for meaning in said.meanings] + list(components)
    doubts = [doubt for said in own for doubt in said.doubts]
    chosen: dict[str, str] = {}
    for group in _GROUPS:
        same = [m for m in meanings if m.group == group]
        stands, is_conflict = settled(same, vocabulary)
        if is_conflict:
            doubts.append(Doubt("C-08", f"site-{group}", tuple(m.evidence for m in same)))
        if stands is not None:
            chosen[group] = stands.concept
    side, side_doubts = _side(chosen.get("laterality"), sites, inherited, meanings, vocabulary)
    place = Place(
        laterality=side,
        quadrant=chosen.get("quadrant"),
        clock=int(chosen["clock"]) if "clock" in chosen else None,
        depth=chosen.get("depth"),
        region=chosen.get("region"),
        nipple_distance_mm=_nipple_distance(sites, meanings),
        evidence=tuple(dict.fromkeys(m.evidence for m in meanings if m.group in _GROUPS)),
        doubts=(*doubts, *side_doubts),
        others=tuple(m for m in meanings if m.group not in _GROUPS),
    )
    return _checked(place, vocabulary)


def sides(meanings: Iterable[Meaning]) -> Laterality:
    """The side that meanings name; unknown for none, and for several that differ."""
    named = {_SIDES[m.concept] for m in meanings if m.group == "laterality" and m.concept in _SIDES}
    return named.pop() if len(named) == 1 else "unknown"


def fits(clock: int, quadrant: str, side: Laterality, vocabulary: Vocabulary) -> bool:
    """Whether a clock position can lie in a quadrant of that breast (of either one, for an unknown side)."""
    row = vocabulary.concepts.get(("clock", str(clock)))
    if row is None or quadrant == "subareolar":
        return True
    breasts = (side,) if side in ("left", "right") else ("left", "right")
    return any(f"{breast}:{quadrant}" in row.compatible for breast in breasts)


def millimetres(measure: Measure | None) -> float | None:
    """The upper bound in millimetres; None for a unit that is not a length."""
    if measure is None:
        return None
    number = measure.high if measure.high is not None else measure.low
    factor = _MILLIMETRES.get((measure.unit or "").strip().lower())
    return None if number is None or factor is None else round(number * factor, 6)


def measure_in(text: str) -> Measure | None:
    """Figures with a unit of length ("12 mm", "1,5 x 0.8 cm"), smallest to largest; None for any other text."""
    found = _LENGTHS.fullmatch(text.strip())
    if found is None:
        return None
    numbers = [float(number.replace(",", ".")) for number in _NUMBER.findall(found[1])]
    return Measure(min(numbers), max(numbers), found[2])


def _site_said(site: Site, vocabulary: Vocabulary) -> Said:
    """A site's codes and, for what they leave open, its text."""
    meanings: list[Meaning] = []
    doubts: list[Doubt] = []
    for concept in site.concepts:
        said = meanings_of(concept, vocabulary)
        meanings += (m for m in said.meanings if m.group != "category")
        doubts += (d for d in said.doubts if d.rule == "C-08")
        told = {m.group for m in said.meanings} | {d.subject.rpartition("-")[2] for d in said.doubts}
        for group in _GROUPS:
            if concept.text and group not in told:
                meanings += meanings_of(replace(concept, codings=()), vocabulary, group).meanings
    return Said(tuple(meanings), (), tuple(doubts))


def _side(
    own: str | None, sites: Sequence[Site], inherited: Laterality, meanings: Sequence[Meaning], vocabulary: Vocabulary
) -> tuple[Laterality, tuple[Doubt, ...]]:
    """The own side; else that of the section or of what it is a member of. Two that differ leave none."""
    around = inherited if inherited != "unknown" else _section_side(sites, vocabulary)
    side = _SIDES.get(own or "", "unknown")
    if side == "unknown":
        is_conflict = own is None and len({m.concept for m in meanings if m.group == "laterality"} & set(_SIDES)) > 1
        return ("unknown" if is_conflict else around), ()
    if around in ("left", "right") and side != around:
        evidence = tuple(m.evidence for m in meanings if m.group == "laterality")
        return "unknown", (Doubt("C-08", "section-laterality", evidence),)
    return side, ()


def _section_side(sites: Sequence[Site], vocabulary: Vocabulary) -> Laterality:
    for site in sites:
        if site.is_inherited:
            side = sides(_site_said(site, vocabulary).meanings)
            if side != "unknown":
                return side
    return "unknown"


def _nipple_distance(sites: Sequence[Site], meanings: Sequence[Meaning]) -> float | None:
    landmarks = {m.concept for m in meanings if m.group == "landmark"}
    if landmarks and landmarks != {"nipple"}:
        return None
    return next((mm for site in sites if (mm := millimetres(site.distance_from_nipple)) is not None), None)


def _checked(place: Place, vocabulary: Vocabulary) -> Place:
    if place.clock is None or place.quadrant is None:
        return place
    if fits(place.clock, place.quadrant, place.laterality, vocabulary):
        return place
    doubt = Doubt("C-08", "clock-quadrant", place.evidence)
    return replace(place, clock=None, quadrant=None, doubts=(*place.doubts, doubt))
