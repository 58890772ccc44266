"""Mentions -> findings: one finding for each group of calcifications, over all sentences that speak of it."""

from collections.abc import Iterable

from worker.core.model import Finding
from worker.core.narrative.mention import Mention
from worker.core.narrative.places import Place, places_agree

__all__ = ["findings_of"]

# Typically benign by themselves (BI-RADS atlas), whatever else is said of the breast.
_HARMLESS = frozenset(("skin", "vascular", "rim", "lucent-centered", "milk-of-calcium", "suture", "large-rod-like"))
_MOST_COMPARED = 40  # groups looked back at; more than that in one text are not told apart by a person either


def findings_of(
    mentions: Iterable[Mention], combinations: tuple[tuple[frozenset[str], str], ...]
) -> tuple[Finding, ...]:
    """One finding per group, in reading order; what a later mention adds is added, what it denies stands apart."""
    groups: list[Mention] = []
    for mention in mentions:
        _combine(mention, combinations)
        candidates = [group for group in groups[-_MOST_COMPARED:] if _is_same(group, mention)]
        if candidates:
            _merge(max(reversed(candidates), key=lambda group: _likeness(group, mention)), mention)
        else:
            groups.append(mention)
    return tuple(_finding(group) for group in groups)


def _combine(mention: Mention, combinations: tuple[tuple[frozenset[str], str], ...]) -> None:
    """``coarse`` and ``heterogeneous`` of one group are one descriptor; so the table says."""
    if len(mention.morphology) + (mention.distribution is not None) < 2:
        return
    said = {*mention.morphology, mention.distribution or ""}
    for parts, whole in combinations:
        if parts <= said:
            mention.morphology = [whole, *(m for m in mention.morphology if m not in parts and m != whole)]
            if mention.distribution in parts:
                mention.distribution = None
            said = {*mention.morphology, mention.distribution or ""}


def _is_same(group: Mention, mention: Mention) -> bool:
    a, b = group.place, mention.place
    if group.status != mention.status or not places_agree(a, b):
        return False
    if mention.status == "negated":
        return a.side == b.side and group.descriptor == mention.descriptor
    return mention.is_anaphoric or _shapes_agree(group, mention)


def _likeness(group: Mention, mention: Mention) -> int:
    """How many particulars both name; of equals the last group is meant."""
    a, b = group.place, mention.place
    return (
        (a.side == b.side)
        + 2 * (a.quadrant is not None and a.quadrant == b.quadrant)
        + 2 * (a.clock is not None and a.clock == b.clock)
        + 2 * bool(_named(group) & _named(mention))
        + (group.distribution is not None and group.distribution == mention.distribution)
    )


def _shapes_agree(group: Mention, mention: Mention) -> bool:
    """Whether both may describe one group: neither says what the other's words exclude."""
    if group.distribution and mention.distribution and group.distribution != mention.distribution:
        return False
    mine, theirs = _named(group), _named(mention)
    if mine and theirs and not mine & theirs:
        return False
    if _is_worrying(group) != _is_worrying(mention) and (_is_harmless(group) or _is_harmless(mention)):
        return False
    opposed = {group.descriptor, mention.descriptor}
    return opposed != {"benign-appearing", "suspicious"}


def _is_worrying(mention: Mention) -> bool:
    return mention.descriptor in {"suspicious", "indeterminate"}


def _is_harmless(mention: Mention) -> bool:
    """Only shapes that nobody calls suspicious: ``vascular calcifications. Suspicious calcifications.`` are two."""
    named = _named(mention)
    return bool(named) and named <= _HARMLESS


def _named(mention: Mention) -> set[str]:
    return {m for m in mention.morphology if m != "generic"}


def _merge(group: Mention, mention: Mention) -> None:
    group.morphology += [m for m in mention.morphology if m not in group.morphology]
    group.distribution = group.distribution or mention.distribution
    group.extent_mm = group.extent_mm or mention.extent_mm
    group.particle_mm = group.particle_mm or mention.particle_mm
    group.count = group.count or mention.count
    group.change = group.change or mention.change
    group.descriptor = (
        "suspicious"
        if "suspicious" in (group.descriptor, mention.descriptor)
        else (group.descriptor or mention.descriptor)
    )
    group.associated += [a for a in mention.associated if a not in group.associated]
    group.place = _merged(group.place, mention.place)
    if group.page is mention.page:
        group.marks += mention.marks


def _merged(a: Place, b: Place) -> Place:
    if b.quadrant and a.quadrant and "-" in b.quadrant and "-" not in a.quadrant:
        a = a._replace(quadrant=b.quadrant)
    return a.or_else(b)


def _finding(group: Mention) -> Finding:
    place = group.place
    page = group.page
    seen = {(mark.first, mark.last): mark for mark in group.marks if mark.meaning.rule}
    evidence = tuple([page.evidence(seen[key]) for key in sorted(seen)]) if page is not None else ()
    morphology = [m for m in group.morphology if m in _SHAPES]
    return Finding(
        laterality=place.side,
        morphology=tuple(morphology) or ("generic",),
        distribution=group.distribution,
        quadrant=place.quadrant,
        clock=place.clock,
        depth=place.depth,
        region=place.region,
        extent_mm=group.extent_mm,
        particle_mm=group.particle_mm,
        count=group.count,
        nipple_distance_mm=place.nipple_distance_mm,
        status=group.status,
        change=group.change,
        descriptor=group.descriptor,
        associated=tuple(group.associated),
        evidence=evidence,
    )


# The shapes of the design's fixed names; a part of one (fine, heterogeneous) that found no other half is none.
_SHAPES = frozenset(
    (
        *("skin", "vascular", "coarse", "large-rod-like", "round", "punctate", "rim", "lucent-centered", "dystrophic"),
        *(
            "milk-of-calcium",
            "suture",
            "amorphous",
            "coarse-heterogeneous",
            "fine-pleomorphic",
            "fine-linear-branching",
        ),
    )
)
