"""What the report itself asks for: actions with their side and interval; what was done or is not needed is not."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from worker.core.model import Assessment, Doubt, Laterality, Recommendation
from worker.core.narrative.asking import ASKING, WHY, are_asked
from worker.core.narrative.attach import HEADS
from worker.core.narrative.due import LISTING, ROUTINE, SHORTEST_INTERVAL, bare_interval, interval_of
from worker.core.narrative.layout import Layout
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.places import merged_side
from worker.core.narrative.refusing import conditionals
from worker.core.narrative.sentence import Sentence
from worker.core.narrative.sides import sides_of
from worker.core.narrative.steps import TIMES, Step, period_within, steps_of

__all__ = ["read_recommendations"]

_ACTING = frozenset(("action", "exam"))
_SPOKEN_OF = HEADS | {"descriptor"}
_HEADING = frozenset(("side", "definite", "breasts"))  # of one breast, among its fields
_SUMMARY = frozenset(("impression", "assessment", "recommendation", "addendum"))
_BENIGN = frozenset(("1", "2"))  # BI-RADS categories
_SIDE_BEHIND = frozenset(("de", "es", "fr", "pt"))  # "Stanzbiopsie rechts"
_FOLLOWING = frozenset(("short-interval-mammogram", "routine-screening"))
_ONE_BREAST = {"left", "right"}
_YEAR = 12  # months; a follow-up within less is a short-interval one


def read_recommendations(
    page: Page, layout: Layout, assessments: Iterable[Assessment]
) -> tuple[list[Recommendation], list[Doubt]]:
    """
    Every action asked for, once per sentence and side, in reading order.

    A step that the report ties to a condition and asks for nowhere else is none; the words are a doubt.
    """
    context = _Context(layout)
    benign = _benign_sides(assessments)
    found: list[Recommendation] = []
    for sentence in layout.sentences:
        if sentence.section != "teaching" and not sentence.kinds.isdisjoint(_ACTING):
            found += _asked_in(page, sentence, context, benign)
        elif (time := bare_interval(sentence)) is not None:
            context.read_up_to(sentence)
            side = merged_side(mark.concept for mark in sentence.marks if mark.kind == "side")
            side = side if side != "unknown" else context.side_for(sentence, "short-interval-mammogram")
            _with_interval(found, time, side, page)
    asked = {one.action for one in found}
    hanging = tuple(page.evidence(mark) for mark in context.hanging if mark.concept not in asked)
    return _without_repetitions(found), [Doubt("C-09", "conditional-step", hanging)] if hanging else []


def _without_repetitions(found: list[Recommendation]) -> list[Recommendation]:
    """What is asked for again without a time is what was asked for with one."""
    timed = {(one.action, one.laterality) for one in found if one.interval_months}
    return [one for one in found if one.interval_months or (one.action, one.laterality) not in timed]


def _asked_in(page: Page, sentence: Sentence, context: "_Context", benign: set[str]) -> list[Recommendation]:
    with_exams = (
        not sentence.kinds.isdisjoint(TIMES) or sentence.section == "recommendation" or sentence.has("recommend")
    )
    steps = steps_of(sentence, with_exams)
    asked = are_asked(page, sentence, steps, context.has_summary, context.is_rated(sentence))
    if "hypothetical" in sentence.kinds and context.may_ask(sentence):
        hangs = conditionals(sentence.marks, steps)
        context.hanging += [s.mark for s, is_hanging in zip(steps, hangs, strict=True) if is_hanging]
    if not any(asked):
        return []
    context.read_up_to(sentence)
    found: dict[tuple[str, Laterality], Recommendation] = {}
    sides = sides_of(sentence.marks, steps, page.lexicon.language in _SIDE_BEHIND)
    for place, (step, is_asked) in enumerate(zip(steps, asked, strict=True)):
        if not is_asked:
            continue
        interval = interval_of(sentence.marks, steps, place)
        months = interval.value if interval is not None else period_within(page, step.mark)
        if step.mark.kind == "exam" and not months:
            continue
        action = _resolved(step, months, _guidance_of(sentence.marks, step))
        side = sides[place] if sides[place] != "unknown" else context.side_at(sentence.marks, step)
        side = side if side != "unknown" else context.side_for(sentence, action)
        if side in benign and sides[place] == "unknown" and action not in ROUTINE:
            side = "unknown"
        evidence = tuple(page.evidence(mark) for mark in (step.mark, interval) if mark is not None)
        found.setdefault((action, side), Recommendation(action, side, round(months) or None, evidence))
        half = _half_before(page, sentence.marks, step)
        if half is not None:
            found.setdefault((half.concept, side), Recommendation(half.concept, side, None, (page.evidence(half),)))
    return list(found.values())


def _with_interval(found: list[Recommendation], time: Mark, side: Laterality, page: Page) -> None:
    """Give the interval to the follow-up that was asked for just before; else it is one itself."""
    months, evidence = round(time.value), page.evidence(time)
    last = found[-1] if found else None
    if last is not None and last.interval_months is None and last.action in _FOLLOWING:
        found[-1] = replace(last, interval_months=months, evidence=(*last.evidence, evidence))
    elif last is None or last.action not in _FOLLOWING or last.interval_months != months:
        action = "routine-screening" if months >= _YEAR else "short-interval-mammogram"
        found.append(Recommendation(action, side, months, (evidence,)))


def _benign_sides(assessments: Iterable[Assessment]) -> set[str]:
    """
    The breast that is rated benign where the other is not: a request that names no side need not be meant for it.

    It often stands under the heading of the last breast spoken of.
    """
    rated: dict[str, set[str]] = {"left": set(), "right": set()}
    for assessment in assessments:
        if assessment.status == "current" and assessment.scale == "BI-RADS" and assessment.laterality in rated:
            rated[assessment.laterality].add(assessment.category)
    if all(categories <= _BENIGN for categories in rated.values()):
        return set()
    return {side for side, categories in rated.items() if categories and categories <= _BENIGN}


def _guidance_of(marks: list[Mark], step: Step) -> str:
    return next((mark.concept for mark in marks[step.start : step.end] if mark.kind == "guidance"), "")


def _half_before(page: Page, marks: list[Mark], step: Step) -> Mark | None:
    """``surgical and oncology consultation``: the word that shares the noun of the step it is joined to."""
    joint = marks[step.first - 1] if step.first else None
    if not page.lexicon.halves or joint is None or joint.kind not in LISTING or joint.last != step.mark.first:
        return None
    half = page.lexicon.halves.get(page.words[joint.first - 1]) if joint.first else None
    others = {meaning.concept for meaning in page.lexicon.halves.values()} - {half.concept} if half else set()
    return Mark(half, joint.first - 1, joint.first) if half is not None and step.mark.concept in others else None


def _resolved(step: Step, months: float, guidance: str) -> str:
    if guidance and step.mark.concept == "biopsy":
        return f"{guidance}-biopsy"
    is_early = step.mark.concept == "routine-screening" and 0 < months < _YEAR  # "control mamográfico en 6 meses"
    if step.mark.kind == "exam" or step.mark.concept == "follow-up" or is_early:
        return "routine-screening" if months >= _YEAR else "short-interval-mammogram"
    is_later = step.is_later or months >= SHORTEST_INTERVAL
    if is_later and step.mark.concept == "diagnostic-mammogram" and months < _YEAR:
        return "short-interval-mammogram"
    return step.mark.concept


def _is_worrying(sentence: Sentence) -> bool:
    """Whether it says more of its side than that nothing, or only something benign, is there."""
    if "negation" in sentence.kinds:
        return False
    said = {mark.concept for mark in sentence.marks if mark.kind == "descriptor"}
    return bool(said - {"benign-appearing"}) or (not said and not sentence.kinds.isdisjoint(HEADS))


def _starts(sections: list[str]) -> int:
    """How many passages of recommendations there are."""
    return sum(one == "recommendation" != before for before, one in pairwise(("", *sections)))


class _Context:
    """
    What the text was about before a sentence: the side of its item or section, for steps that name none.

    It is read only as far as a step is asked for; many reports ask for none.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        sections = [sentence.section for sentence in layout.sentences]
        self.has_summary = not ASKING.isdisjoint(sections)
        self.section, self.item = "", 0
        self.side: Laterality = "unknown"
        self.is_worrying = False  # whether what was said of that side is neither denied nor benign
        self.summary: set[str] = set()
        self.has_recommended = False
        self.rated = [sentence.index for sentence in layout.sentences if "scale" in sentence.kinds]
        self.noted = 0  # sentences so far
        self.clocks: dict[float, set[str]] = {}  # sides of what was named at a clock position
        self.hanging: list[Mark] = []  # steps that hang on a condition
        self.passage: set[str] = set()  # sides named since the recommendations before
        # "Finding 1 ... Recommendation ... Finding 2 ... Recommendation ..."
        self.is_by_passage = sections.count("recommendation") > 1 and _starts(sections) > 1

    def is_rated(self, sentence: Sentence) -> bool:
        """Whether a scale was named before or in the sentence."""
        return bool(self.rated) and self.rated[0] <= sentence.index

    def read_up_to(self, sentence: Sentence) -> None:
        """Take note of all sentences before this one."""
        for before in self.layout.sentences[self.noted : sentence.index]:
            self._note(before)
        self.noted = sentence.index

    def _note(self, sentence: Sentence) -> None:
        if sentence.section != self.section or sentence.is_item or self._is_other_part(sentence):
            self.section, self.side, self.is_worrying = sentence.section, "unknown", False
        self.item = sentence.item
        kinds = sentence.kinds
        if self.is_by_passage:
            self._note_passage(sentence)
        if "clock-position" in kinds:
            self._note_clocks(sentence)
        if kinds.isdisjoint(_SPOKEN_OF) or not ("side" in kinds or sentence.place.side != "unknown"):
            return
        said = {mark.concept for mark in sentence.marks if mark.kind == "side"} or {sentence.place.side}
        # "benign in both breasts together with a cluster in the left"
        side = merged_side(said - {"bilateral"} if len(said & _ONE_BREAST) == 1 else said)
        is_worrying = _is_worrying(sentence)
        if side == "unknown" or (self.is_worrying and not is_worrying):
            return  # "suspicious on the right. Left breast benign. Biopsy is recommended."
        self.side, self.is_worrying = side, is_worrying
        if sentence.section in _SUMMARY:
            self.summary.add(side)

    def may_ask(self, sentence: Sentence) -> bool:
        """Whether the section asks; in a text without such sections, any that tells no history."""
        return sentence.section in ASKING or (not self.has_summary and sentence.section not in WHY)

    def _is_other_part(self, sentence: Sentence) -> bool:
        """``B. Left breast: ... Comment (A): ...``: another heading of a pathologist's report."""
        return sentence.section == "pathology" and sentence.item != self.item

    def _note_passage(self, sentence: Sentence) -> None:
        is_heading = sentence.kinds <= _HEADING or ("scale" in sentence.kinds and not sentence.kinds & _ACTING)
        if sentence.section != "recommendation" or is_heading:
            if self.has_recommended:
                self.passage.clear()
            self.passage |= {mark.concept for mark in sentence.marks if mark.kind == "side"} | {sentence.place.side}
        self.has_recommended = sentence.section == "recommendation" and not is_heading

    def _note_clocks(self, sentence: Sentence) -> None:
        sides = [mark.concept for mark in sentence.marks if mark.kind == "side"] or [sentence.place.side]
        side = merged_side(sides) if sides != ["unknown"] else self.side
        for mark in sentence.marks:
            if mark.kind == "clock-position":
                self.clocks.setdefault(mark.value, set()).add(side)

    def side_at(self, marks: list[Mark], step: Step) -> Laterality:
        """``Biopsy of the 7:00 group``: the side on which something was named there, if on one alone."""
        if not self.clocks:
            return "unknown"
        clocks = [mark.value for mark in marks[step.start : step.end] if mark.kind == "clock-position"]
        sides = {merged_side(self.clocks.get(clock, ())) for clock in clocks}
        return sides.pop() if len(sides) == 1 and sides <= {"left", "right"} else "unknown"

    def side_for(self, sentence: Sentence, action: str) -> Laterality:
        """
        The side of the heading, the exam or the finding just spoken of.

        Routine screening is of both breasts unless it is said of one: a side that was only spoken of is not its own.
        """
        if sentence.place.side != "unknown":
            return sentence.place.side
        passage = merged_side(self.passage)
        if passage in {"left", "right"} and sentence.section == "recommendation":
            return passage
        if action in ROUTINE:
            return "bilateral" if self.layout.only_side == "bilateral" else "unknown"
        is_one_passage = sentence.section == self.section and not sentence.is_item
        is_one_passage = is_one_passage and not self._is_other_part(sentence)
        is_summary = sentence.section in _SUMMARY
        sources = (
            self.side if is_one_passage else "unknown",
            self.layout.only_side,
            self.layout.exam_side,
            merged_side(self.summary or self._named()) if is_summary else "unknown",
        )
        return next((side for side in sources if side in {"left", "right"}), "unknown")

    def _named(self) -> set[str]:
        """Of left and right, those that the text names at all."""
        sentences = [sentence for sentence in self.layout.sentences if "side" in sentence.kinds]
        named = {mark.concept for sentence in sentences for mark in sentence.marks if mark.kind == "side"}
        return named & {"left", "right"}
