"""Several groups in one statement: where one finding ends and the next begins although the noun is said once."""

from worker.core.narrative.attach import ADJECTIVES
from worker.core.narrative.marks import Mark
from worker.core.narrative.places import may_be_one

__all__ = ["groups_of", "names_a_group"]

_BEFORE_GROUP = frozenset(("size", "change", "descriptor"))
_FEWEST_OF_GROUP = 4  # marks of "Group 2: round"
_SPREAD = frozenset(("diffuse", "regional"))
_EXTENDED = _SPREAD | {"segmental", "linear"}  # one group that may reach over several places
_PARTING = frozenset(("comma", "semicolon", "and"))
_SHAPES = frozenset(("morphology", "distribution"))
_OTHER_SIDE = {"left": "right", "right": "left"}
_SITES = frozenset(("side", "quadrant", "clock-position"))
_EXACT = frozenset(("quadrant", "clock-position"))
_JOINTS = frozenset(("and", "comma", "semicolon", "colon", "slash", "plus"))


def names_a_group(marks: list[Mark]) -> bool:
    """``Group 2: at 11:00, 14 mm, round``: one of several groups, by its number."""
    if len(marks) < _FEWEST_OF_GROUP or not marks[0].meaning.alone or marks[0].kind != "distribution":
        return False
    return marks[1].kind in {"number", "numeral"} and marks[1].first == marks[0].last and marks[2].kind == "colon"


def groups_of(marks: list[Mark], head: int, own: list[int]) -> list[list[Mark]]:
    """The marks of each group that a noun speaks of; mostly one."""
    joint = _joint_of_other_side(marks, head, own)
    if joint:
        return [[marks[k] for k in own if k < joint], [marks[k] for k in own if k > joint]]
    first, second = _split_off(marks, head, own)
    if second:
        return [first, second]
    behind = [index for index in own if index > head]
    if sum(marks[index].kind in _EXACT for index in behind) < 2:
        return [first]
    return _by_site(marks, head, own, behind)


def _joint_of_other_side(marks: list[Mark], head: int, own: list[int]) -> int:
    """``The left breast shows amorphous calcifications, the right round ones``: where the other side's begin, or 0."""
    for side in (k for k in own if k > head and marks[k].kind == "side"):
        if marks[side].concept not in _OTHER_SIDE:
            continue
        joint = next((k for k in range(side - 1, head, -1) if marks[k].kind in _PARTING), 0)
        if not joint:
            continue
        end = next((k for k in range(side + 1, len(marks)) if marks[k].kind in _PARTING), len(marks))
        is_described = any(joint < k < end and marks[k].kind in _SHAPES for k in own)
        said = {mark.concept for mark in marks[:joint] if mark.kind == "side"}
        if is_described and said == {_OTHER_SIDE[marks[side].concept]}:
            return joint
    return 0


def _by_site(marks: list[Mark], head: int, own: list[int], behind: list[int]) -> list[list[Mark]]:
    """``two groups of calcifications, one at 10 o'clock, one at 2``: a place that excludes the last is new."""
    is_wide = any(marks[index].concept in _EXTENDED for index in own if marks[index].kind == "distribution")
    if is_wide or any(mark.kind == "extent" and mark.concept for mark in marks[head : behind[0] + 1]):
        return [[marks[index] for index in own]]
    sites: list[list[int]] = [[]]
    for place, index in enumerate(behind):
        if _is_elsewhere(marks, sites[-1], behind[place:]):
            last = max(k for k in sites[-1] if marks[k].kind in _SITES)
            joint = next((k for k in range(index - 1, last, -1) if marks[k].kind in _JOINTS), -1)
            if joint >= 0:
                sites.append([k for k in sites[-1] if k > joint])
                sites[-2] = [k for k in sites[-2] if k < joint]
        sites[-1].append(index)
    first_site = next(index for index in behind if marks[index].kind in _SITES)
    shared = [k for k in own if k <= head or (k < first_site and marks[k].kind in ADJECTIVES)]
    return [_of_site(marks, shared, site, number) for number, site in enumerate(sites)]


def _is_elsewhere(marks: list[Mark], site: list[int], behind: list[int]) -> bool:
    """Whether the next mark names a place that the site's own words exclude."""
    mark = marks[behind[0]]
    said = [marks[index] for index in site if marks[index].kind == mark.kind]
    if mark.kind == "clock-position":
        return any(one.value != mark.value for one in said)
    if mark.kind == "quadrant":
        return any(not may_be_one(one.concept, mark.concept) for one in said)
    if mark.kind != "side" or all(one.concept == mark.concept for one in said):
        return False
    following = next((marks[index].kind for index in behind[1:] if marks[index].kind in _SITES), "")
    return following in _EXACT and any(marks[index].kind in _EXACT for index in site)


def _of_site(marks: list[Mark], shared: list[int], site: list[int], number: int) -> list[Mark]:
    """What all groups share, and the site's own words; what these say themselves is not taken over."""
    said = {marks[index].kind for index in site}
    taken = [k for k in shared if marks[k].kind not in said and not (number and marks[k].kind == "size")]
    return [marks[index] for index in sorted({*taken, *site})]


def _split_off(marks: list[Mark], head: int, own: list[int]) -> tuple[list[Mark], list[Mark]]:
    """
    ``scattered calcifications with a cluster in the upper outer quadrant``: the cluster is a finding of its own.

    So is the second of ``a stable group of calcifications in the upper breast and a new group in the lower breast``.
    """
    before = [marks[index].concept for index in own if index < head]
    is_spread = not _SPREAD.isdisjoint(before)
    for index in own if is_spread or "grouped" in before else ():
        mark = marks[index]
        if index <= head or mark.kind != "distribution" or mark.concept in _SPREAD or not mark.meaning.alone:
            continue
        at = own.index(index)
        while at and own[at - 1] > head and marks[own[at - 1]].kind in _BEFORE_GROUP:
            at -= 1
        if is_spread or _opens_group(marks, own[at]):
            return [marks[k] for k in own[:at]], [marks[k] for k in own[at:]]
    return [marks[k] for k in own], []


def _opens_group(marks: list[Mark], first: int) -> bool:
    """Whether ``and a`` stands right before what may be a second group."""
    place = first - 1
    while place > 0 and marks[place].kind in {"break", "filler", "existence"}:
        place -= 1
    return marks[place].kind == "and"
