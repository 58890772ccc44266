"""Tissue diagnoses: what a pathologist found; not what an image suggests, what was long ago, or what is denied."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from worker.core.model import Laterality, Pathology
from worker.core.narrative.layout import Layout
from worker.core.narrative.marks import Mark, Page
from worker.core.narrative.places import merged_side, side_of
from worker.core.narrative.sentence import Sentence

__all__ = ["read_pathology"]

_UNTOLD = frozenset(("negation", "historical", "hypothetical", "family"))
_PAUSES = frozenset(("semicolon", "termination", "current", "exception", "existence"))
_SEVERAL = 2
_TISSUE = frozenset(("pathology", "concordance"))
_NAMED = frozenset(("pathology", "calcification", "lesion"))  # what "benign" may be said of besides the tissue
# Where a pathologist's report tells its results; not its history or the question that was asked.
_OWN_SECTIONS = frozenset(("", "findings", "impression", "assessment", "addendum"))
_OF_IMPRESSION = frozenset(("impression",))
_NOWHERE_ELSE = frozenset[str]()
_ALWAYS = frozenset(("pending",))
_ENDS = frozenset(("semicolon", "termination"))
_EARLIER = frozenset(("prior", "historical"))
_MOST_UNMARKED = 12  # words
_FARTHEST_EARLIER = 2  # words between "previous" and the biopsy


def read_pathology(page: Page, layout: Layout, is_of_tissue: bool = False) -> list[Pathology]:
    """
    Diagnoses in reading order, each once per side; in imaging reports only those that words tie to tissue.

    Args:
        is_of_tissue: The report is a pathologist's by its code, so that its words need not say so.
    """
    found: dict[tuple[str, str], Pathology] = {}
    concordance = None
    is_report = is_of_tissue or (bool(layout.sentences) and layout.sentences[0].section == "pathology")
    own = _OWN_SECTIONS if is_of_tissue else _OF_IMPRESSION if is_report else _NOWHERE_ELSE
    for sentence in layout.sentences:
        if sentence.section == "pathology" or (is_of_tissue and sentence.section in own):
            for one in (*_suspected(page, sentence, layout), *_called_benign(page, sentence, layout)):
                found.setdefault((one.diagnosis, one.laterality), one)
        if sentence.section == "teaching" or sentence.kinds.isdisjoint(_TISSUE):
            continue
        for place, mark in enumerate(sentence.marks):
            if mark.kind == "concordance":
                concordance = mark.concept
            elif (
                mark.kind == "pathology"
                and _is_told(page, sentence, place, own)
                and not (_points_back(sentence, place) and any(known == mark.concept for known, _ in found))
            ):
                diagnosis = _diagnosis(page, sentence, place, layout)
                known = found.setdefault((diagnosis.diagnosis, diagnosis.laterality), diagnosis)
                if diagnosis.is_hedged and not known.is_hedged:  # "atypia, at least ADH"
                    found[known.diagnosis, known.laterality] = replace(known, is_hedged=True)
    if concordance is None:
        return list(found.values())
    return [
        Pathology(p.diagnosis, p.laterality, concordance, p.is_hedged, p.is_excision, p.evidence)  # type: ignore[arg-type]
        for p in found.values()
    ]


def _points_back(sentence: Sentence, place: int) -> bool:
    """``Comment: The atypia involves two ducts.``: what was named before, where no side says which."""
    before = sentence.marks[place - 1] if place else None
    is_definite = before is not None and before.kind == "definite" and before.last == sentence.marks[place].first
    return is_definite and "side" not in sentence.kinds


def _suspected(page: Page, sentence: Sentence, layout: Layout) -> Iterator[Pathology]:
    """``suspicious for DCIS``: of an image one phrase that describes it, of tissue a diagnosis that is not certain."""
    for place, mark in enumerate(sentence.marks):
        if mark.kind != "descriptor" or any(m.kind in _UNTOLD for m in sentence.marks[max(0, place - 2) : place]):
            continue
        inside = (meaning for word in range(mark.first + 1, mark.last) for meaning in page.meanings_at(word))
        named = next((meaning for meaning in inside if meaning.kind == "pathology"), None)
        if named is not None:
            suspected = _diagnosis(page, sentence, place, layout)
            yield replace(suspected, diagnosis=named.concept, is_hedged=True)


def _called_benign(page: Page, sentence: Sentence, layout: Layout) -> Iterator[Pathology]:
    """``Pathology: benign.`` -- where no lesion is named, it is the tissue itself that is."""
    if sentence.section != "pathology" or sentence.kinds & (_NAMED | _UNTOLD):
        return
    for place, mark in enumerate(sentence.marks):
        if (mark.kind, mark.concept) == ("descriptor", "benign-appearing"):
            yield replace(_diagnosis(page, sentence, place, layout), diagnosis="benign")


def _is_told(page: Page, sentence: Sentence, place: int, own: frozenset[str]) -> bool:
    marks = sentence.marks
    mark = marks[place]
    is_tissue = (
        sentence.section == "pathology" or sentence.section in own or sentence.is_tissue or mark.concept in _ALWAYS
    )
    for before in range(place - 1, -1, -1):
        kind = marks[before].kind
        if kind in _UNTOLD and marks[before].meaning.direction != "backward":
            return False
        if kind in _PAUSES and not (kind == "existence" and before and marks[before - 1].kind == "tissue"):
            break
        is_tissue = is_tissue or kind == "tissue"
    if _is_what_it_does_not_look_like(marks, place):
        return False
    is_tissue = is_tissue or any(m.kind == "tissue" for m in marks[place + 1 :])
    is_tissue = is_tissue or _names_sampling(page, mark) or _is_result(page, sentence, mark)
    return is_tissue and not _is_denied(marks, place)


def _is_what_it_does_not_look_like(marks: list[Mark], place: int) -> bool:
    """``not suspicious for carcinoma``."""
    before = next((k for k in range(place - 1, -1, -1) if marks[k].first < marks[place].first), None)
    if before is None or marks[before].kind != "reason" or not before:
        return False
    return marks[before - 1].kind == "descriptor" and marks[before - 1].concept == "benign-appearing"


def _names_sampling(page: Page, mark: Mark) -> bool:
    """``Biopsy was benign`` -- the words of the diagnosis themselves speak of tissue."""
    return any(word in page.lexicon.sampling for word in page.words[mark.first : mark.last])


def _is_result(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """
    Whether the sentence says that tissue showed it: ``core needle biopsy of the left breast yielded ...``, ``... on
    excision``. What a biopsy is asked for, might show, or showed at an earlier time is no result.
    """
    if "recommend" in sentence.kinds:
        return False
    return _was_shown(page, sentence, mark) or _is_seen_on(page, sentence, mark)


def _was_shown(page: Page, sentence: Sentence, mark: Mark) -> bool:
    before = [m for m in sentence.marks if m.last <= mark.first]
    start = max((m.last for m in before if m.kind in _ENDS), default=_start_of(page, sentence))
    words, lexicon = page.words, page.lexicon
    sample = next((k for k in range(start, mark.first) if words[k] in lexicon.sampling), None)
    if sample is None:
        return False
    verdict = next((k for k in range(mark.first - 1, sample, -1) if words[k] in lexicon.verdicts), None)
    if verdict is None:
        return False
    reach = [m for m in before if m.first >= start]
    is_doubted = any(m.kind in {"hypothetical", "family"} for m in reach)
    is_denied = any(m.kind == "negation" and 0 <= verdict - m.last <= 1 for m in reach)
    is_past = any(m.kind in _EARLIER and 0 <= sample - m.last <= _FARTHEST_EARLIER for m in reach)
    return not (is_doubted or is_denied or is_past or _is_past_benign(page, sentence, mark))


def _start_of(page: Page, sentence: Sentence) -> int:
    """The first word of the sentence, be it one that leaves no mark."""
    start = sentence.first
    while start and page.words[start - 1][0].isalpha() and sentence.first - start < _MOST_UNMARKED:
        start -= 1
    return start


def _is_past_benign(page: Page, sentence: Sentence, mark: Mark) -> bool:
    """``biopsy was benign in 2015``: a bare year makes a benign result an earlier one; a malignant one still counts."""
    years = (word for word in page.words[sentence.first : sentence.last] if len(word) == 4 and word.isdigit())
    return mark.concept == "benign" and any(word[:2] in {"19", "20"} for word in years)


def _is_seen_on(page: Page, sentence: Sentence, mark: Mark) -> bool:
    for before, after in pairwise(sentence.marks):
        if after.first < mark.last:
            continue
        if after.kind in _ENDS or after.kind in _UNTOLD:
            return False
        if before.kind == "break" and before.last == after.first and _names_sampling(page, after):
            return True
    return False


def _is_denied(marks: list[Mark], place: int) -> bool:
    for mark in marks[place + 1 : place + 5]:
        if mark.kind == "negation":
            return mark.meaning.direction == "backward"
        if mark.kind in {"comma", "semicolon", "pathology"}:
            return False
    return False


def _is_hedged(marks: list[Mark], place: int) -> bool:
    """``suspicious for DCIS``, ``DCIS cannot be excluded``."""
    if any(m.kind == "hedge" and m.meaning.direction != "backward" for m in marks[max(0, place - 4) : place]):
        return True
    for mark in marks[place + 1 :]:
        if mark.kind in {"comma", "semicolon", "pathology"}:
            return False
        if mark.kind == "hedge":
            return mark.meaning.direction == "backward"
    return False


def _side_behind(marks: list[Mark], place: int) -> Laterality:
    """Of several diagnoses, the side right behind this one: ``DCIS on the left and ADH on the right``."""
    if sum(mark.kind == "pathology" for mark in marks) < _SEVERAL:
        return "unknown"
    for mark in marks[place + 1 :]:
        if mark.kind == "side":
            return side_of(mark.concept)
        if mark.kind in {"pathology", "semicolon", "comma", "and"}:
            break
    return "unknown"


def _clause(marks: list[Mark], place: int) -> list[Mark]:
    """The part of the sentence around a place, between semicolons."""
    start = next((k + 1 for k in range(place - 1, -1, -1) if marks[k].kind == "semicolon"), 0)
    end = next((k for k in range(place + 1, len(marks)) if marks[k].kind == "semicolon"), len(marks))
    return marks[start:end]


def _diagnosis(page: Page, sentence: Sentence, place: int, layout: Layout) -> Pathology:
    marks = sentence.marks
    mark = marks[place]
    side = _side_behind(marks, place)
    if side == "unknown":
        side = merged_side(m.concept for m in _clause(marks, place) if m.kind == "side")
    if side == "unknown":
        side = merged_side(m.concept for m in marks if m.kind == "side")
    if side == "unknown":
        side = sentence.place.side if sentence.place.side != "unknown" else side_of(sentence.about)
    if side == "unknown":
        side = layout.only_side
    return Pathology(
        diagnosis=mark.concept,
        laterality=side,
        is_hedged=_is_hedged(marks, place),
        is_excision=sentence.is_excision or any(m.kind == "excision" for m in marks),
        evidence=(page.evidence(mark),),
    )
