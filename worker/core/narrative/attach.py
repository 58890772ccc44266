"""
Which noun a descriptor belongs to.

Every descriptor and place goes to the nearest noun that can bear it: the run of words right before a noun is its own;
what follows a noun is its own until the run before the next one. In languages that put adjectives behind the noun, an
unbroken run between two nouns belongs to the first.
"""

from worker.core.narrative.marks import Mark
from worker.core.narrative.places import LOCATION
from worker.core.narrative.sentence import Sentence
from worker.core.rules.words import Meaning

__all__ = ["ADJECTIVES", "HEADS", "LESIONS", "NOBODY", "is_of_another", "opening_before", "owned_by_heads"]

HEADS = frozenset(("calcification", "lesion", "organ", "pathology"))
LESIONS = frozenset(("lesion", "pathology"))
ADJECTIVES = frozenset(("morphology", "distribution", "part", "descriptor", "change"))
_OWN = ADJECTIVES | LOCATION | {"size", "number", "numeral", "particle", "extent"}
_JOINS = frozenset(("comma", "and", "or", "slash", "dash"))
_PASSED = frozenset(("filler", "ignore", "label", "exam", "hedge"))
_LEADING_IN = frozenset(("definite", "break"))
_BRACKETS = frozenset(("open", "close"))
_NOT_INSERTED = ADJECTIVES | {"negation"}  # brackets that hold other things with these are no mere remark
_TAKEN = ("biopsy", "aspiration")  # actions that take tissue
_DENIAL_ENDS = frozenset(("comma", "semicolon", "termination", "existence", "only", "exception"))
_COUNTS, _RANGES = frozenset(("number", "numeral")), frozenset(("times", "break"))
_WIDEST_GAP = 4  # unknown words between two members of one noun phrase

NOBODY = -1


def owned_by_heads(sentence: Sentence, is_postnominal: bool) -> dict[int, list[int]]:
    """For every head, by its place among the marks, the places of the marks that belong to it, its own among them."""
    marks, kinds = sentence.marks, sentence.kinds
    owners = _owners(marks, is_postnominal)
    if "size" in kinds:
        _return_sizes(marks, owners)
        _take_measured(marks, owners)
    if "distribution" in kinds and "lesion" in kinds:
        _return_distributions(marks, owners)
    owned: dict[int, list[int]] = {}
    for place, owner in enumerate(owners):
        if owner != NOBODY:
            owned.setdefault(owner, []).append(place)
    return owned


def _owners(marks: list[Mark], is_postnominal: bool) -> list[int]:
    """For every mark, the index of the head it belongs to; ``-1`` if it stands before every head's own words."""
    owners = [NOBODY] * len(marks)
    last_head = NOBODY
    for place, mark in enumerate(marks):
        if mark.kind not in HEADS:
            continue
        owners[place] = place
        start, touches = _run_before(marks, place, last_head)
        if touches and is_postnominal and last_head != NOBODY:
            start = place
        for before in range(start, place):
            owners[before] = place if marks[before].kind in _OWN else NOBODY
        if last_head != NOBODY:
            _follow(marks, owners, last_head, start, is_postnominal)
        last_head = place
    if last_head != NOBODY:
        _follow(marks, owners, last_head, len(marks), is_postnominal)
    return owners


def _follow(marks: list[Mark], owners: list[int], head: int, end: int, is_postnominal: bool) -> None:
    """Give a head what follows it; what is denied of it (``no branching forms``) is not its own."""
    is_denied = False
    for place in range(head + 1, end):
        mark = marks[place]
        if mark.kind == "side" and (_starts_a_topic(marks, place) or _opens_clause(marks, owners, head, place)):
            return
        if mark.kind == "negation":
            is_denied = mark.meaning.direction != "backward"
        elif mark.kind == "tissue" or (mark.kind == "action" and mark.concept.endswith(_TAKEN)):
            is_denied = True  # "calcifications, biopsy benign": what the tissue was, not how they look
        elif mark.kind in _DENIAL_ENDS:
            is_denied = False
        elif mark.kind in _OWN and not (
            mark.kind in ADJECTIVES and (is_denied or is_of_another(marks, place, is_postnominal))
        ):
            owners[place] = head


def _opens_clause(marks: list[Mark], owners: list[int], head: int, side: int) -> bool:
    """``a cluster on the right while the left breast is unchanged``: the other side, behind a word that turns."""
    if marks[opening_before(marks, side)].kind != "termination":
        return False
    own = {marks[k].concept for k in range(head + 1, side) if owners[k] == head and marks[k].kind == "side"}
    return bool(own) and marks[side].concept not in own


def opening_before(marks: list[Mark], side: int) -> int:
    """The place of the mark before a side, without the words that lead in to it (``; in the left breast``)."""
    at = side - 1
    while at > max(0, side - 3) and marks[at].kind in _LEADING_IN:
        at -= 1
    return at


def _starts_a_topic(marks: list[Mark], side: int) -> bool:
    """``calcifications on the right, left a mass``: the other side behind a comma goes with what follows."""
    if any(mark.kind == "negation" and mark.concept == "normal" for mark in marks[side + 1 : side + 3]):
        return True  # "left breast normal"
    at = opening_before(marks, side)
    before = marks[at]
    if before.kind == "and" and marks[at - 1].kind == "comma" and _has_own_noun(marks, side):
        return True  # "calcifications on the left, and in the right breast there is a mass"
    if before.kind not in {"comma", "semicolon"}:
        return False
    if before.concept == "clause":
        return True
    said = {mark.concept for mark in marks[:side] if mark.kind == "side"}
    # "in both breasts and, in the left, ...", "in both breasts; in the left ..."
    is_lead = before.kind == "semicolon" or (at < side - 1 and marks[at - 1].kind == "and")
    said &= {"left", "right", "bilateral"} if is_lead else {"left", "right"}
    if not said or marks[side].concept in said:
        return False
    return before.kind == "semicolon" or any(mark.kind in HEADS for mark in marks[side:])


def _has_own_noun(marks: list[Mark], side: int) -> bool:
    """Whether a verb of seeing and a noun follow a side before its statement ends, and the other side was named."""
    said = {mark.concept for mark in marks[:side] if mark.kind == "side"}
    if not said or marks[side].concept in said:
        return False
    seen = next((k for k in range(side + 1, len(marks)) if marks[k].kind in {"existence", "predicate", "comma"}), -1)
    return seen > 0 and marks[seen].kind != "comma" and any(mark.kind in HEADS for mark in marks[seen:])


def _return_sizes(marks: list[Mark], owners: list[int]) -> None:
    """
    Give sizes behind a noun back to the thing that is measured.

    In ``mass with calcifications (12 mm)`` the size is the mass's; in ``calcifications extending from the mass over
    3 cm`` it is the calcifications'. What words of measuring follow, they measure.
    """
    lesion = calcification = host = NOBODY
    has_link, cue = False, ""
    for place, mark in enumerate(marks):
        kind = mark.kind
        if kind in LESIONS:
            lesion, has_link, cue = place, False, ""
        elif kind == "calcification":
            host = lesion if has_link else NOBODY
            calcification, lesion, cue = place, NOBODY, ""
        elif kind == "link":
            has_link = True
        elif kind == "extent":
            cue = mark.concept or "measured"
        elif kind == "size" and NOBODY < owners[place] < place:
            if cue == "span" and calcification != NOBODY:
                owners[place] = calcification
            elif owners[place] == calcification and host != NOBODY and not (cue and _has_size(marks, owners, host)):
                owners[place] = host


def _take_measured(marks: list[Mark], owners: list[int]) -> None:
    """``The first measures 5 mm and consists of amorphous calcifications``: the size of what they are."""
    heads = [place for place, mark in enumerate(marks) if mark.kind in HEADS]
    if not heads or marks[heads[0]].kind != "calcification":
        return
    first = heads[0]
    is_definite = marks[0].kind == "definite" and len(heads) == 1
    if not is_definite and not any(mark.kind == "existence" for mark in marks[:first]):
        return  # "at 3 o'clock, spanning 2.8 cm, there are fine calcifications"
    for place in range(1, first):
        if marks[place].kind == "size" and owners[place] == NOBODY and marks[place - 1].kind == "extent":
            owners[place] = first


def _return_distributions(marks: list[Mark], owners: list[int]) -> None:
    """A mass cannot be segmental: a distribution behind it goes to the calcifications that were named before."""
    calcification = NOBODY
    for place, mark in enumerate(marks):
        if mark.kind == "calcification":
            calcification = place
        elif mark.kind == "semicolon":
            calcification = NOBODY
        elif mark.kind == "distribution" and calcification != NOBODY and NOBODY < owners[place] < place:
            owner = marks[owners[place]]
            if owner.kind == "lesion" and owner.concept == "mass":
                owners[place] = calcification


def _adjective_before(marks: list[Mark], joint: int, last_head: int) -> int:
    """The adjective that a comma or "and" joins to what follows (``segmental arranged, fine``), or NOBODY."""
    for place in range(joint - 1, last_head, -1):
        if marks[place].kind in ADJECTIVES:
            return place
        if marks[place].kind in _BRACKETS:
            continue
        is_list = marks[place].kind == "comma" and marks[place + 1].first - marks[place].last <= 1
        is_list = is_list or marks[place].concept == "bilateral"  # "diffuse, bilateral, punctate"
        if marks[place].kind not in _PASSED and not is_list:  # "round, smooth, scattered": one word nobody knows
            break
    return NOBODY


def _is_listed(marks: list[Mark], side: int, last_head: int) -> bool:
    """``diffuse, bilateral, punctate calcifications``: one adjective among others."""
    return marks[side].concept == "bilateral" and _adjective_before(marks, side, last_head) != NOBODY


def _has_size(marks: list[Mark], owners: list[int], head: int) -> bool:
    return any(owner == head and marks[k].kind == "size" for k, owner in enumerate(owners))


def _run_before(marks: list[Mark], head: int, last_head: int) -> tuple[int, bool]:
    """Where the words right before a head begin, and whether they reach back to the head before it."""
    start, place, right, opened = head, head - 1, head, NOBODY
    while place > last_head:
        mark = marks[place]
        if marks[right].first - mark.last > _WIDEST_GAP:
            return start, False
        kind = mark.kind
        if kind == "close":
            opened, place = _brackets_before(marks, place, last_head)
            if opened == NOBODY:
                return start, False
        elif kind in _OWN:
            if kind in LOCATION and marks[place + 1].kind in _JOINS and not _is_listed(marks, place, last_head):
                return start, False
            start = place
        elif kind in _JOINS:
            if _adjective_before(marks, place, last_head) == NOBODY:
                return start, False
        elif kind not in _PASSED and place != opened and not _is_within(marks, place):
            return start, False
        right = place
        place -= 1
    return start, last_head != NOBODY and marks[right].first - marks[last_head].last <= 1


def _brackets_before(marks: list[Mark], close: int, last_head: int) -> tuple[int, int]:
    """
    Where brackets before a noun open, and where to read on.

    ``rim (eggshell) calcifications``: what they hold is read like the rest; ``amorphous (BI-RADS 4B) calcifications``:
    a remark, passed over; ``(not linear)``: NOBODY, nothing before it is taken.
    """
    opened = next((place for place in range(close - 1, last_head, -1) if marks[place].kind == "open"), NOBODY)
    inside = {mark.kind for mark in marks[opened + 1 : close]}
    if opened == NOBODY or inside <= _OWN | _PASSED | _JOINS:
        return opened, close
    return (NOBODY, close) if inside & _NOT_INSERTED else (opened, opened)


def _is_within(marks: list[Mark], place: int) -> bool:
    """
    Words inside a noun phrase that would end one elsewhere.

    The ``of`` of ``a group of some ten calcifications`` (``the group of`` is one phrase that says two things), and an
    adjective that ties to what was named before (``a mass with coarse internal calcification``).
    """
    mark, before = marks[place], marks[place - 1]
    if mark.kind == "link" and not mark.concept and mark.last - mark.first == 1:
        return before.kind in ADJECTIVES and before.last == mark.first
    if mark.kind in _LEADING_IN and before.kind == "change":  # "interval development of a ...", "no change in the ..."
        return before.last == mark.first and before.last - before.first > 1
    if mark.kind in _RANGES:  # "a cluster of eight to ten"
        beside = [one.kind for one in marks[place - 1 : place + 3] if one.first != mark.first]
        return len(beside) > 1 and set(beside[:2]) <= _COUNTS
    return before.concept == "grouped" and (marks[place].kind == "break" or before.first == marks[place].first)


def is_of_another(marks: list[Mark], place: int, is_postnominal: bool) -> bool:
    """Whether an adjective names a field (``Suspicious: none``) or stands before a noun that no table knows."""
    mark = marks[place]
    following = marks[place + 1] if place + 1 < len(marks) else None
    if following is None:
        return False
    if following.first == mark.last:
        return following.kind == "colon"
    return following.first > mark.last and not is_postnominal


IMPLIED = Meaning("calcification", "generic", "")
