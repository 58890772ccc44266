"""Where in the breasts: side, quadrant, clock, depth and region, put together from marks that speak of one thing."""

from collections.abc import Iterable
from typing import NamedTuple

from worker.core.model import Laterality
from worker.core.narrative.marks import Mark

__all__ = [
    "LOCATION",
    "NOWHERE",
    "Place",
    "may_be_one",
    "merged_side",
    "place_of",
    "places_agree",
    "side_of",
]

LOCATION = frozenset(("side", "quadrant", "clock-position", "depth", "region", "nipple-distance"))
_VERTICAL = frozenset(("upper", "lower"))
_HORIZONTAL = frozenset(("outer", "inner"))


class Place(NamedTuple):
    """A place as said; what was not said is None, a side not said ``unknown``."""

    side: Laterality = "unknown"
    quadrant: str | None = None
    clock: int | None = None
    depth: str | None = None
    region: str | None = None
    nipple_distance_mm: float | None = None

    def or_else(self, other: "Place") -> "Place":
        """This place, with what it leaves open taken from the other."""
        return Place(
            self.side if self.side != "unknown" else other.side,
            self.quadrant or other.quadrant,
            self.clock or other.clock,
            self.depth or other.depth,
            self.region or other.region,
            self.nipple_distance_mm or other.nipple_distance_mm,
        )

    def at_side(self, side: Laterality) -> "Place":
        """This place on that side."""
        return Place(side, *self[1:])

    @property
    def is_precise(self) -> bool:
        """Whether more than the side is known."""
        return self.quadrant is not None or self.clock is not None or self.region is not None


NOWHERE = Place()


def side_of(concept: str) -> Laterality:
    """The side a term stands for."""
    if concept == "left":
        return "left"
    if concept == "right":
        return "right"
    return "bilateral" if concept == "bilateral" else "unknown"


def merged_side(sides: Iterable[str]) -> Laterality:
    """One side for all that are named: left and right together are both."""
    said = set(sides)
    said.discard("unknown")
    return "unknown" if not said else side_of(said.pop()) if len(said) == 1 else "bilateral"


def _quadrants_agree(a: str, b: str) -> bool:
    """Whether one may be the other, less exactly said."""
    return a == b or a in b.split("-") or b in a.split("-")


def places_agree(a: Place, b: Place) -> bool:
    """Whether both may be one place: neither says what the other's words exclude."""
    if a.side != b.side and "unknown" not in (a.side, b.side):
        return False
    if a.quadrant and b.quadrant and not _quadrants_agree(a.quadrant, b.quadrant):
        return False
    return not (a.clock and b.clock and a.clock != b.clock)


def may_be_one(a: str, b: str) -> bool:
    """Whether two quadrant words may name one place together (``upper``, ``outer``)."""
    crosses = (a in _VERTICAL and b in _HORIZONTAL) or (a in _HORIZONTAL and b in _VERTICAL)
    return crosses or _quadrants_agree(a, b)


def place_of(marks: Iterable[Mark]) -> Place:
    """One place out of all location marks; the first clock, depth and region count, quadrant words join."""
    sides: list[str] = []
    quadrants: list[str] = []
    clock: int | None = None
    depth = region = None
    distance: float | None = None
    for mark in marks:
        kind = mark.kind
        if kind not in LOCATION:
            continue
        if kind == "side":
            sides.append(mark.concept)
        elif kind == "quadrant":
            quadrants.append(mark.concept)
        elif kind == "clock-position":
            clock = clock or int(mark.value)
        elif kind == "depth":
            depth = depth or mark.concept
        elif kind == "region":
            region = region or mark.concept
        elif kind == "nipple-distance":
            distance = distance or mark.value
    if not sides and not quadrants and clock is None and depth is None and region is None and distance is None:
        return NOWHERE
    return Place(merged_side(sides) if sides else "unknown", _quadrant(quadrants), clock, depth, region, distance)


def _quadrant(said: list[str]) -> str | None:
    if len(said) < 2:
        return said[0] if said else None
    for quadrant in said:
        if "-" in quadrant or quadrant == "subareolar":
            return quadrant
    vertical = next((q for q in said if q in _VERTICAL), None)
    horizontal = next((q for q in said if q in _HORIZONTAL), None)
    return f"{vertical}-{horizontal}" if vertical and horizontal else said[0]
