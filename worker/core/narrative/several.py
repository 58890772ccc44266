"""Several groups in one statement: where one finding ends and the next begins although the noun is said once."""

from worker.core.narrative.marks import Mark

__all__ = ["names_a_group", "split_off"]

_BEFORE_GROUP = frozenset(("size", "change", "descriptor"))
_FEWEST_OF_GROUP = 4  # marks of "Group 2: round"
_SPREAD = frozenset(("diffuse", "regional"))


def names_a_group(marks: list[Mark]) -> bool:
    """``Group 2: at 11:00, 14 mm, round``: one of several groups, by its number."""
    if len(marks) < _FEWEST_OF_GROUP or not marks[0].meaning.alone or marks[0].kind != "distribution":
        return False
    return marks[1].kind in {"number", "numeral"} and marks[1].first == marks[0].last and marks[2].kind == "colon"


def split_off(marks: list[Mark], head: int, own: list[int]) -> tuple[list[Mark], list[Mark]]:
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
