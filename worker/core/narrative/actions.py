"""What the report itself asks for: actions with their side and interval; what was done or is not needed is not."""

from worker.core.model import Laterality, Recommendation
from worker.core.narrative.layout import Layout, Sentence
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.places import merged_side

__all__ = ["read_recommendations"]

_ASKING_SECTIONS = frozenset(("recommendation",))
_FIRST_WORDS_ASK = frozenset(("impression", "assessment", "addendum"))
_ACTING = frozenset(("action", "exam"))
_NOT_ASKED = frozenset(("performed", "dismissed", "negation", "historical", "exception", "hypothetical"))
_BOUNDS = frozenset(("semicolon", "termination", "recommend"))
_LISTED = frozenset(("bullet", "number", "dash", "time", "period", "side", "filler", "comma"))
_YEAR = 12  # months; a follow-up within less is a short-interval one


def read_recommendations(page: Page, layout: Layout) -> list[Recommendation]:
    """Every action asked for, once per sentence, in reading order."""
    found: list[Recommendation] = []
    for sentence in layout.sentences:
        if sentence.section == "teaching" or not sentence.kinds & _ACTING:
            continue
        actions = [(k, mark) for k, mark in enumerate(sentence.marks) if mark.kind == "action"]
        yearly = [(k, mark) for k, mark in enumerate(sentence.marks) if mark.kind == "exam"]
        if actions or yearly:
            found += _asked_in(page, sentence, actions, yearly, layout.only_side)
    return found


def _asked_in(
    page: Page,
    sentence: Sentence,
    actions: list[tuple[int, Mark]],
    exams: list[tuple[int, Mark]],
    only_side: Laterality,
) -> list[Recommendation]:
    marks = sentence.marks
    asks = sentence.section in _ASKING_SECTIONS or "recommend" in sentence.kinds
    interval = next((mark for mark in marks if mark.kind in {"time", "period"} and mark.value > 0), None)
    taken = {(mark.first, mark.last) for _, mark in actions}
    if interval is not None and asks:
        actions = sorted(
            actions + [(k, m) for k, m in exams if m.concept != "other" and not _covered(m, taken)], key=lambda a: a[0]
        )
    found: dict[str, Recommendation] = {}
    for place, mark in actions:
        months = interval.value if interval is not None else _period_within(page, mark)
        if mark.concept != "no-follow-up" and not _is_asked(sentence, place, asks, months > 0):
            continue
        action = _resolved(mark, months)
        evidence = tuple(page.evidence(m) for m in (mark, interval) if m is not None)
        side = merged_side(m.concept for m in marks if m.kind == "side")
        if side == "unknown":
            side = sentence.place.side if sentence.place.side != "unknown" else only_side
        found.setdefault(action, Recommendation(action, side, round(months) or None, evidence))
    return list(found.values())


def _period_within(page: Page, mark: Mark) -> float:
    """Months named inside the words of the action itself (``annual screening``); 0 if none."""
    for place in range(mark.first, mark.last):
        for meaning in page.meanings_at(place):
            if meaning.kind == "period":
                return float(meaning.concept)
    return 0.0


def _covered(mark: Mark, taken: set[tuple[int, int]]) -> bool:
    return any(first <= mark.first and mark.last <= last for first, last in taken)


def _resolved(mark: Mark, months: float) -> str:
    if mark.kind == "exam" or mark.concept == "follow-up":
        return "routine-screening" if months >= _YEAR else "short-interval-mammogram"
    return mark.concept


def _is_asked(sentence: Sentence, place: int, asks: bool, has_interval: bool) -> bool:
    """Asked by a word of asking, by its section, or as a bare note (``Control in 12 months.``)."""
    marks = sentence.marks
    is_note = sentence.section in _FIRST_WORDS_ASK or has_interval
    if not asks and not (is_note and all(mark.kind in _LISTED for mark in marks[:place])):
        return False
    if not asks and any(mark.kind in {"performed", "negation", "predicate"} for mark in marks[place:]):
        return False
    for before in range(place - 1, -1, -1):
        kind = marks[before].kind
        if kind in _NOT_ASKED:
            return False
        if kind in _BOUNDS:
            return True
    return not any(mark.kind == "dismissed" for mark in marks[place + 1 :])
