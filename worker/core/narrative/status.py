"""
What a sentence says of each thing it names: there, not there, gone, past, or only possible.

After NegEx and ConText (Chapman et al. 2001; Harkema et al. 2009): a cue reaches forward or backward to the end of its
scope. A negation covers a list (``no mass, calcification or distortion``) and ends where a new statement begins.
"""

from collections.abc import Callable

from worker.core.model import FindingStatus
from worker.core.narrative.answers import answers, answers_field, ends_answer
from worker.core.narrative.attach import HEADS
from worker.core.narrative.denials import (
    denies_another_noun,
    is_double,
    is_named_in_condition,
    is_of_other_side,
    is_of_prior,
    is_partial,
    is_presupposed,
    is_undone,
    opens_statement,
)
from worker.core.narrative.marks import Mark
from worker.core.narrative.nouns import STATEMENT_ENDS, is_benign, is_compound, joint_before, list_goes_on
from worker.core.narrative.past import dates_comparison, is_past_reason

__all__ = ["Standing", "standings_of"]

_ELSEWHERE = frozenset(("density", "scale", "graded", "family"))  # what a negation before them denied, ended there
_WITH, _WITHOUT = "with", "without"  # scopes of cues
_LEADING_ON = frozenset(("break", "filler", "definite", "times", "clock"))
_CLAUSE_OPENERS = frozenset(("link", "exam"))
_SHAPES = frozenset(("morphology", "distribution", "part"))
_TAKEN_BEFORE = "prior-benign-biopsy"  # a risk whose words name what was done
_DETERMINER = "determiner"  # denies the very noun that follows
_ASKED = frozenset(("finding", "known-cancer", "dcis", "invasive"))  # what an exam is to exclude
_TAKING = frozenset(("resolved", "historical"))
_NORMAL = "normal"  # denies only where it answers a field
_JOINTS_OF_LISTS = frozenset(("comma", "and", "or", "slash", "plus"))
_LIST_GOES_ON = frozenset(("or",))
_ENDING = STATEMENT_ENDS | {"comma", "current"}
_LASTING: dict[str, FindingStatus] = {kind: kind for kind in ("historical", "hypothetical", "resolved")}

Standing = tuple[FindingStatus, Mark | None]
_THERE: Standing = ("present", None)


class _Scopes:
    """The cues in force while the marks of a sentence go by."""

    def __init__(self, marks: list[Mark]) -> None:
        self.marks = marks
        self.standings: dict[int, Standing] = {}
        self.negation: Mark | None = None
        self.lasting: tuple[FindingStatus, Mark] | None = None
        self.open: list[int] = []  # heads since the last closed statement
        self.has_object = False  # the negation has met its first noun
        self.is_closed = False  # ... and its verb
        self.has_exam = False  # the negation was followed by what was done (``without magnification views``)
        self.outside: Mark | None = None  # the negation in force before the brackets that are open
        self.is_inside = False

    def end_all(self) -> None:
        self.negation = self.lasting = None
        self.open = []
        self.is_closed = False

    def enter_brackets(self) -> None:
        self.outside, self.is_inside = self.negation, True

    def leave_brackets(self) -> None:
        """``punctate (not linear) calcifications``: what is denied in brackets is denied there alone."""
        if self.is_inside and self.negation is not self.outside:
            self.negation = self.outside
        self.is_inside = False

    def head(self, place: int) -> None:
        negation = self.negation
        if self.lasting is not None and self._follows_question(place):
            self.lasting = None
        if self.lasting is not None and self.lasting[0] == "hypothetical":
            self.lasting = None if is_named_in_condition(self.marks, self.lasting[1], place) else self.lasting
        if negation is not None and self._leaves_negation(place):
            negation = self.negation = None
        if negation is not None and is_presupposed(self.marks, negation, place):
            self.standings[place] = self.lasting or _THERE
        elif self.lasting is not None:
            self.standings[place] = self.lasting
        elif negation is not None:
            self.standings[place] = ("negated", negation)
            self.has_object = True
        else:
            self.standings[place] = _THERE
        self.open.append(place)

    def _follows_question(self, place: int) -> bool:
        """``rule out cancer clustered calcifications left breast``: what was asked was named; this is what is seen."""
        before = self.open[-1] if self.open else -1
        is_asked = before >= 0 and self.standings[before] == self.lasting and self.lasting[0] == "hypothetical"
        return is_asked and self.marks[before].concept in _ASKED and joint_before(self.marks, place) == ""

    def action(self, place: int) -> None:
        """What was done: a denial may be of it alone, and an earlier one's reason is past."""
        self.has_exam = True
        if is_past_reason(self.marks, place):
            self.lasting = ("historical", self.marks[place])

    def predicate(self) -> None:
        self.is_closed = self.has_object

    def colon(self) -> None:
        """``Rule out malignancy: pleomorphic calcifications``: what was asked stands before it, what is seen behind."""
        asked = self.lasting is not None and self.lasting[0] == "hypothetical"
        if asked and self.open and self.standings[self.open[-1]] == self.lasting:
            self.lasting = None

    def _leaves_negation(self, place: int) -> bool:
        """Whether this noun starts a statement of its own although no cue says so."""
        joined = joint_before(self.marks, place)
        if self.has_exam and not self.has_object and joined == "definite":
            return True
        if not self.has_object or is_compound(self.marks, place):
            return False
        if self.is_closed:
            return joined not in _LIST_GOES_ON
        if joined == "definite":
            return True
        if (
            joined in {"", "comma", "link", "break"}
            and is_benign(self.marks, place)
            and not list_goes_on(self.marks, place)
        ):
            return True
        return joined == "" and not list_goes_on(self.marks, place)


def standings_of(marks: list[Mark]) -> dict[int, Standing]:
    """The standing of every head, by its place in ``marks``."""
    scopes = _Scopes(marks)
    for place, mark in enumerate(marks):
        kind = mark.kind
        if kind in HEADS:
            scopes.head(place)
        elif kind in _ENDING and _ends_all(marks, place):
            scopes.end_all()
        elif scopes.negation is not None and _ends_negation(marks, place, scopes.negation):
            scopes.negation = None
        elif kind in _TURNS:
            _TURNS[kind](scopes, place, mark)
    return scopes.standings


def _ends_negation(marks: list[Mark], place: int, negation: Mark) -> bool:
    mark = marks[place]
    if mark.kind == "link":  # "without masses, with calcifications": adds what is there
        return negation.concept == _WITHOUT and mark.concept == _WITH and mark.first > negation.last
    if mark.kind == "comma" and opens_statement(marks, place, negation):
        return True
    return mark.kind in _ELSEWHERE or _starts_clause(marks, place) or _is_denied_change(marks, place)


def _is_denied_change(marks: list[Mark], place: int) -> bool:
    """``no decrease of the calcifications`` denies the change: a noun that other words lead on from."""
    before = marks[place - 1] if place else None
    following = marks[place + 1] if place + 1 < len(marks) else None
    return (
        marks[place].kind == "change"
        and before is not None
        and before.kind == "negation"
        and before.last == marks[place].first
        and following is not None
        and following.kind in _LEADING_ON
        and following.first == marks[place].last
    )


def _starts_clause(marks: list[Mark], place: int) -> bool:
    """``without complaints, with ...``, ``no masses, mammography shows ...``: a comma before words that go on anew."""
    following = marks[place + 1] if place + 1 < len(marks) else None
    return (
        marks[place].kind == "comma"
        and following is not None
        and following.kind in _CLAUSE_OPENERS
        and following.first == marks[place].last
    )


def _ends_all(marks: list[Mark], place: int) -> bool:
    """Whether one of the kinds that may end every scope does."""
    mark = marks[place]
    if mark.kind == "comma":
        return mark.concept == "clause"
    return mark.kind == "current" or not _completes_negation(marks, place)


def _completes_negation(marks: list[Mark], place: int) -> bool:
    """``tampoco | se observan``: a verb of seeing right behind a negation belongs to it."""
    mark, before = marks[place], marks[place - 1] if place else None
    return (
        mark.kind == "existence"
        and before is not None
        and before.kind == "negation"
        and before.meaning.direction != "backward"
        and before.last == mark.first
    )


def _negate(scopes: _Scopes, place: int, mark: Mark) -> None:
    direction = mark.meaning.direction
    if answers_field(scopes.marks, place):
        return
    if mark.concept == _DETERMINER and denies_another_noun(scopes.marks, place):
        return
    if mark.concept == _NORMAL and not (scopes.open and answers(scopes.marks, place)):
        scopes.end_all()  # "calcifications on the left, right breast normal": said of the breast
        return
    if direction == "forward" and scopes.open and ends_answer(scopes.marks, place):
        direction = "backward"
    if direction == "both" and scopes.open and not _has_object(scopes.marks, place):
        following = scopes.marks[place + 1].kind if place + 1 < len(scopes.marks) else ""
        direction = "forward" if following in _SHAPES else "backward"  # "no grouping" denies the grouping alone
    if direction == "backward" and (
        is_of_prior(scopes.marks, place) or is_double(scopes.marks, place) or is_of_other_side(scopes.marks, place)
    ):
        return  # "not visible on the prior exam" is new; "cannot be excluded" denies nothing
    if direction == "backward" or (scopes.open and answers(scopes.marks, place)):
        for head in _list_before(scopes):
            if scopes.standings[head] == _THERE:
                scopes.standings[head] = ("negated", mark)
        scopes.open = []
        return
    scopes.negation, scopes.has_object, scopes.is_closed, scopes.has_exam = mark, False, False, False


def _list_before(scopes: _Scopes) -> list[int]:
    """The last nouns of an open statement that one list joins (``masses and calcifications are not seen``)."""
    joined: list[int] = []
    for head in reversed(scopes.open):
        joined.append(head)
        if joint_before(scopes.marks, head) not in _JOINTS_OF_LISTS:
            break
    return joined


def _has_object(marks: list[Mark], place: int) -> bool:
    """Whether a noun follows the cue before its statement ends."""
    for mark in marks[place + 1 :]:
        if mark.kind in HEADS:
            return True
        if mark.kind in STATEMENT_ENDS:
            return False
    return False


def _last(scopes: _Scopes, place: int, mark: Mark) -> None:
    kind = mark.kind
    if kind == "hypothetical" and place and answers(scopes.marks, place):
        return  # "Calcificaciones: sí"
    if kind == "resolved" and is_undone(scopes.marks, place):
        scopes.negation = None
        return
    status = _LASTING[kind]
    direction = mark.meaning.direction
    if direction == "backward" or (direction == "both" and scopes.open and not _has_object(scopes.marks, place)):
        if kind == "historical" and scopes.open and dates_comparison(scopes.marks, scopes.open[-1], place):
            return
        for head in scopes.open:
            if not (kind in _TAKING and is_partial(scopes.marks, head)):
                scopes.standings[head] = (status, mark)
        scopes.open = []
    else:
        scopes.lasting = (status, mark)


# What a mark does to the scopes, by its kind.
_TURNS: dict[str, Callable[[_Scopes, int, Mark], None]] = {
    "predicate": lambda scopes, _, __: scopes.predicate(),
    "negation": _negate,
    "colon": lambda scopes, _, __: scopes.colon(),
    "action": lambda scopes, place, _: scopes.action(place),
    "risk": lambda scopes, place, mark: scopes.action(place) if mark.concept == _TAKEN_BEFORE else None,
    "open": lambda scopes, _, __: scopes.enter_brackets(),
    "close": lambda scopes, _, __: scopes.leave_brackets(),
    **dict.fromkeys(_LASTING, _last),
}
