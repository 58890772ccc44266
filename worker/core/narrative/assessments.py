"""
Assessments: categories with their scale, scope and standing.

Never a category out of words alone, never a scale out of a bare number; an addendum never lowers without a question.
"""

from collections.abc import Iterable
from dataclasses import replace

from worker.core.model import Assessment, Doubt, Laterality
from worker.core.narrative.breasts import of_each_breast, side_in
from worker.core.narrative.categories import MOST_CATEGORIES, Found, find_categories
from worker.core.narrative.digits import CONCERN, SUBCATEGORIES
from worker.core.narrative.layout import Layout
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.official import FOR_PRIORS, is_fixed_by_name, waits_for_priors
from worker.core.narrative.places import merged_side, side_of
from worker.core.narrative.sentence import Sentence

__all__ = ["read_assessments"]

_FARTHEST_CUE = 12  # words before the scale in which "previously" or "if" speaks of its category
_FINDINGS = frozenset(("lesion", "calcification"))
_BOUNDS = frozenset(("current", "existence", "termination"))
_EARLIER_SECTIONS = frozenset(("history", "comparison"))
_WEIGHING = _EARLIER_SECTIONS | {"addendum"}
_COMPARISON = "comparison"  # of words for an earlier exam: with which this one is compared
_PAST = "past"  # of words of rating: "was classified as"
_PURPOSE = "purpose"
_NO_DENSITY = frozenset(("0", "5", "6"))  # "ACR 5": no density has such a number
_BENIGN = frozenset(("1", "2", "3"))
_LEGEND = 5  # so many different categories in one breath are an explanation of the scale
_CHECKS = frozenset(("follow-up", "short-interval-mammogram", "routine-screening"))
_UNREAD = frozenset(("density", "other"))  # scales of something else


def read_assessments(page: Page, marks: list[Mark], layout: Layout) -> tuple[list[Assessment], list[Doubt]]:
    """Every category said, with its scope and standing; doubts where the scale or the category is not certain."""
    found = of_each_breast(marks, find_categories(page, marks, layout.sentences))
    if not found:
        return [], []
    judge = _Judge(page, marks, layout, found)
    if len(found) >= MOST_CATEGORIES:
        judge.doubts.append(Doubt("C-09", "text-too-long"))
    judged = [judge.settle(each) for each in found]
    kept = [(each, assessment) for each, assessment in zip(found, judged, strict=True) if assessment is not None]
    assessments = judge.weigh([assessment for _, assessment in kept], [each for each, _ in kept])
    return assessments, judge.doubts


class _Judge:
    def __init__(self, page: Page, marks: list[Mark], layout: Layout, found: list[Found]) -> None:
        self.page, self.marks, self.layout = page, marks, layout
        self.doubts: list[Doubt] = []
        self.sentences = {each: layout.sentence_at(each.marks[-1].first) for each in found}
        self._take_headings(found)
        self._take_passages(found)

    def _take_headings(self, found: list[Found]) -> None:
        """
        A category under ``Left breast:`` is that breast's if it is on its line, if a finding stands with it, or if both
        breasts have one; where both have theirs by name (``Left 0. Right 1. BI-RADS 0.``), one without is of the exam.
        """
        if {f.side for f in found} >= {"left", "right"}:
            return
        unsaid = [f for f in found if f.side == "unknown" and not f.is_overall]
        under = [f for f in unsaid if self._heading_side(f) in {"left", "right"}]
        if not under:
            return
        sides = {self._heading_side(f) for f in under} | {f.side for f in found if f.side != "unknown"}
        is_shared = len(sides) > 1 or self.layout.only_side != "unknown"
        for each in under:
            sentence = self.sentences[each]
            if is_shared or (sentence and (sentence.kinds & _FINDINGS or self._is_on_heading_line(sentence))):
                each.side = self._heading_side(each)

    def _is_on_heading_line(self, sentence: Sentence) -> bool:
        """``Right breast: BI-RADS 1.``"""
        heading = self.layout.sentences[sentence.index - 1] if sentence.index else sentence
        return heading.has("side") and self.page.words[heading.last : sentence.first] == [":"]

    def _take_passages(self, found: list[Found]) -> None:
        """
        Categories at the end of passages or items that each speak of one breast are each that breast's.

        The 4 of ``Assessment: 4 - suspicious`` is not the number of an item.
        """
        if len(found) < 2:
            return
        sides: list[str] = []
        done = -1
        for each in found:
            sentence = self.sentences[each]
            side = each.side
            if sentence is not None and side == "unknown" and not each.is_overall:
                passage = self.layout.sentences[done + 1 : sentence.index + 1]
                items = {one.item for one in passage[-2 if sentence.marks[0] is each.marks[-1] else -1 :]}
                side = merged_side(
                    mark.concept for one in passage if one.item in items for mark in one.marks if mark.kind == "side"
                )
            sides.append(side)
            done = sentence.index if sentence is not None else done
        if {"left", "right"} <= set(sides):
            for each, side in zip(found, sides, strict=True):
                sentence = self.sentences[each]
                if side in {"left", "right"} and not (sentence is not None and sentence.has("side")):
                    each.side = side

    def _heading_side(self, found: Found) -> str:
        sentence = self.sentences[found]
        return "unknown" if sentence is None or sentence.has("side") else sentence.place.side

    def settle(self, found: Found) -> Assessment | None:
        """The assessment of one category; None if it belongs to another scale (density, thyroid)."""
        sentence = self.sentences[found]
        scale = self._scale(found, sentence)
        if scale in _UNREAD:
            return None
        evidence = tuple(self.page.evidence(mark) for mark in found.marks)
        status = "prior" if self._names_earlier_exam(sentence) else _status(found, sentence)
        if scale == "unknown":
            self.doubts.append(Doubt("C-10", "unknown-scale", evidence))
        if found.is_range and status == "current":
            self.doubts.append(Doubt("C-09", "category-range", evidence))
        side, scope = self._scope(found, sentence)
        category = found.category
        if category == "0" and (name := waits_for_priors(self.page, found)):
            category, evidence = FOR_PRIORS, (*evidence, self.page.evidence(name))
        return Assessment(scale, category, scope, side, status, evidence)  # type: ignore[arg-type]

    def _names_earlier_exam(self, sentence: Sentence | None) -> bool:
        """What a heading such as ``Comparison:`` is followed by at once; further sentences may speak of this exam."""
        if sentence is None or sentence.section != "comparison":
            return False
        return sentence.index == 0 or self.layout.sentences[sentence.index - 1].section != "comparison"

    def _scale(self, found: Found, sentence: Sentence | None) -> str:
        if found.scale == "ambiguous":
            is_density = sentence is not None and (sentence.section == "composition" or sentence.has("density-context"))
            if is_density:
                return "density"
            is_rated = sentence is not None and sentence.has("classified")
            is_certain = is_rated or found.category in _NO_DENSITY
            is_certain = is_certain or is_fixed_by_name(self.page, self.marks, found, sentence)
            return "BI-RADS" if is_certain else "unknown"
        if found.scale:
            return found.scale
        if found.category in SUBCATEGORIES or self._names_birads():
            return "BI-RADS"
        return "BI-RADS" if is_fixed_by_name(self.page, self.marks, found, sentence) else "unknown"

    def _names_birads(self) -> bool:
        return any(mark.kind == "scale" and mark.concept == "BI-RADS" for mark in self.marks)

    def _scope(self, found: Found, sentence: Sentence | None) -> tuple[Laterality, str]:
        if found.is_overall and found.side == "unknown":
            return "unknown", "overall"
        side = side_of(found.side)
        if side == "unknown" and sentence is not None:
            side = side_in(sentence, found.marks[-1])
            is_fitting = not sentence.is_about_benign or found.category in _BENIGN
            if side == "unknown" and sentence.has("classified") and is_fitting:
                side = side_of(sentence.about)
            if side == "unknown":
                side = self.layout.only_side if self.layout.only_side != "unknown" else self._exam_side()
        if side not in {"left", "right"}:
            return "unknown", "overall"
        has_finding = sentence is not None and bool(sentence.kinds & _FINDINGS)
        return side, "finding" if has_finding and found.side == "unknown" else "breast"

    def _exam_side(self) -> Laterality:
        """The side of an examination of one breast, unless the text speaks of the other before it recommends."""
        side = self.layout.exam_side
        if side not in {"left", "right"}:
            return "unknown"
        spoken_of = {
            mark.concept
            for sentence in self.layout.sentences
            if sentence.section != "recommendation" and "side" in sentence.kinds
            for mark in sentence.marks
            if mark.kind == "side"
        }
        return side if spoken_of <= {side} else "unknown"

    def weigh(self, assessments: list[Assessment], found: list[Found]) -> list[Assessment]:
        """Let the sections speak: an indication's category is an earlier one, a legend's none, an addendum's last."""
        sections = [_section_of(sentence) for sentence in (self.sentences[each] for each in found)]
        weighed = _without_legend(assessments)
        if all(a.status != "current" for a in weighed):
            weighed = [
                replace(a, status="current") if _is_purpose(self.sentences[each], each) else a
                for a, each in zip(weighed, found, strict=True)
            ]
        if _WEIGHING.isdisjoint(sections):
            return weighed
        is_current = [a.status == "current" for a in weighed]
        if any(c and s not in _EARLIER_SECTIONS for c, s in zip(is_current, sections, strict=True)):
            weighed = [
                replace(a, status="prior") if c and s in _EARLIER_SECTIONS else a
                for a, c, s in zip(weighed, is_current, sections, strict=True)
            ]
        return self._addended(weighed, [section == "addendum" for section in sections])

    def _addended(self, assessments: list[Assessment], is_added: list[bool]) -> list[Assessment]:
        """An addendum's category replaces a lower or equal one; a higher one stands beside it, with a question."""
        added = [a for a, late in zip(assessments, is_added, strict=True) if late and _is_rated(a)]
        if not added:
            return assessments
        result = []
        for assessment, late in zip(assessments, is_added, strict=True):
            rivals = [a for a in added if a.laterality in {assessment.laterality, "unknown"}]
            if late or not rivals or not _is_rated(assessment):
                result.append(assessment)
            elif _rank(assessment) > max(map(_rank, rivals)):
                self.doubts.append(Doubt("C-14", "down", assessment.evidence + rivals[-1].evidence))
                result.append(assessment)
            else:
                result.append(replace(assessment, status="prior"))
        return result


def _section_of(sentence: Sentence | None) -> str:
    """The section; a first sentence that starts with a follow-up (``Contrôle d'un foyer classé ACR 3.``) tells why."""
    if sentence is None:
        return ""
    first = sentence.marks[0]
    is_reason = not sentence.section and sentence.index == 0 and first.kind == "action" and first.concept in _CHECKS
    return "history" if is_reason else sentence.section


def _is_rated(assessment: Assessment) -> bool:
    return assessment.status == "current" and assessment.scale == "BI-RADS" and assessment.category in CONCERN


def _rank(assessment: Assessment) -> int:
    return CONCERN.index(assessment.category)


def _without_legend(assessments: list[Assessment]) -> list[Assessment]:
    """Mark a run of categories in ascending order (``0: incomplete, 1: negative, ...``) as said of nobody."""
    if len(assessments) < _LEGEND:
        return assessments
    run: list[int] = []
    legend: set[int] = set()
    for place, assessment in enumerate(assessments):
        goes_on = run and assessment.category > assessments[run[-1]].category and assessment.laterality == "unknown"
        run = [*run, place] if goes_on else [place]
        if len(run) >= _LEGEND:
            legend.update(run)
    return [replace(a, status="hypothetical") if place in legend else a for place, a in enumerate(assessments)]


def _status(found: Found, sentence: Sentence | None) -> str:
    """Prior or hypothetical if a cue shortly before the scale says so."""
    if sentence is None:
        return "current"
    if sentence.section == "teaching":
        return "hypothetical"
    first = found.marks[-1].first
    before = _before(sentence.marks, first)
    for place in range(len(before) - 1, -1, -1):
        mark = before[place]
        if first - mark.last > _FARTHEST_CUE or mark.kind in _BOUNDS:
            break
        if mark.kind == "change" and any(m.concept == _COMPARISON for m in before[:place]):
            break  # "compared with the prior exam the calcifications are new: BI-RADS 4"
        if mark.kind == "classified" and mark.concept == _PAST and any(m.kind == "prior" for m in before[:place]):
            return "prior"
        if mark.kind == "times" and _is_changed_to(before, place, found):
            break
        if mark.kind == "hypothetical":
            return "hypothetical"
        if mark.kind in {"prior", "historical"}:
            return "prior"
    return "current"


def _is_changed_to(before: list[Mark], place: int, found: Found) -> bool:
    """``downgraded from BI-RADS 3 to BI-RADS 2``: the word before the second category, not the x between sizes."""
    return before[place].last == found.marks[0].first and any(m.kind in {"prior", "historical"} for m in before[:place])


def _is_purpose(sentence: Sentence | None, found: Found) -> bool:
    """Whether what makes the category hypothetical is only what the exam is for (``to exclude malignancy``)."""
    if sentence is None or sentence.section == "teaching":
        return False
    cues = [m for m in _before(sentence.marks, found.marks[-1].first) if m.kind == "hypothetical"]
    return bool(cues) and all(mark.concept == _PURPOSE for mark in cues)


def _before(marks: Iterable[Mark], first: int) -> list[Mark]:
    return [mark for mark in marks if mark.first < first]
