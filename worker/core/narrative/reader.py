"""The narrative room's one door: every text of a report, read in its own language, put together."""

import re
from dataclasses import replace

from worker.core.model import (
    Assessment,
    Doubt,
    Evidence,
    Laterality,
    Pathology,
    Reading,
    Recommendation,
    Report,
    Risk,
)
from worker.core.narrative.actions import read_recommendations
from worker.core.narrative.assessments import read_assessments
from worker.core.narrative.background import read_density, read_risks, read_symptoms
from worker.core.narrative.boxes import without_unticked
from worker.core.narrative.groups import findings_of
from worker.core.narrative.language import language_of, second_language_of
from worker.core.narrative.layout import lay_out
from worker.core.narrative.marks import Draft, Page
from worker.core.narrative.measures import with_measures
from worker.core.narrative.mention import Mention
from worker.core.narrative.mentions import mentions_of
from worker.core.narrative.tissue import read_pathology
from worker.core.rules import Rules

__all__ = ["read_narrative"]

# Characters, about a hundred times the longest report; the rest of a longer text is left unread, with a question.
_LOST_SIGN = "\ufffd"  # stands where somebody could not read a character
_LOST = re.compile("[^\\W\\d_]\ufffd+[^\\W\\d_]{2}")  # a letter lost inside a word; "don\ufffdt" lost its apostrophe
_MOST_LOST = 2
_LONGEST_TEXT = 300_000


def read_narrative(report: Report, rules: Rules) -> Reading:
    """
    What the report's words say.

    Returns:
        Findings (one per group, over all texts), assessments, recommendations, pathology, risks, density, symptoms in
        reading order; a doubt for each text that cannot be read.
    """
    reading = _Collected()
    for text in report.texts:
        if text.problem or not text.text.strip():
            continue
        draft = Draft(text.text[:_LONGEST_TEXT])
        if len(text.text) > _LONGEST_TEXT:
            reading.doubts.append(Doubt("C-09", "text-too-long"))
        language = language_of(draft, text.language or report.language, rules.words.lexicons)
        if language is None:
            reading.doubts.append(Doubt("C-01", "unsupported-language"))
            continue
        if _LOST_SIGN in text.text and (text.text.count(_LOST_SIGN) > _MOST_LOST or _LOST.search(text.text)):
            reading.doubts.append(Doubt("C-09", "lost-characters"))
        second = second_language_of(draft, language, rules.words.lexicons)
        lexicon = rules.words.with_second(language, second) if second else rules.words.lexicons[language]
        reading.add(Page(text.where, draft, lexicon), report.laterality, report.purpose == "pathology")
    if report.texts and not any(text.text.strip() and not text.problem for text in report.texts):
        reading.doubts.append(Doubt("C-01", "no-text"))
    return reading.finished()


class _Collected:
    """What the texts of one report say, text by text."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self.assessments: list[Assessment] = []
        self.recommendations: list[Recommendation] = []
        self.pathology: list[Pathology] = []
        self.risks: list[Risk] = []
        self.symptoms: list[Evidence] = []
        self.doubts: list[Doubt] = []
        self.density: str | None = None
        self.combinations: tuple[tuple[frozenset[str], str], ...] = ()

    def add(self, page: Page, exam_side: Laterality, is_of_tissue: bool) -> None:
        """Read one text; ``exam_side`` and ``is_of_tissue`` are what the report's codes say of the examination."""
        marks = without_unticked(page, with_measures(page.marks, page.words))
        layout = lay_out(page, marks)
        if layout.exam_side == "unknown":
            layout.exam_side = exam_side
        mentions, is_whole = mentions_of(page, layout)
        self.mentions += mentions
        if not is_whole:
            self.doubts.append(Doubt("C-09", "text-too-long"))
        assessments, doubts = read_assessments(page, marks, layout)
        self.assessments += assessments
        self.doubts += doubts
        recommendations, doubts = read_recommendations(page, layout, assessments)
        self.recommendations += recommendations
        self.doubts += doubts
        self.pathology += read_pathology(page, layout, is_of_tissue)
        self.risks += read_risks(page, layout)
        self.symptoms += read_symptoms(page, layout)
        self.density = self.density or read_density(page, layout)
        self.combinations = page.lexicon.combinations

    def finished(self) -> Reading:
        """One reading out of all texts: what is said again counts once."""
        return Reading(
            findings=findings_of(self.mentions, self.combinations),
            assessments=_once(self.assessments),
            recommendations=tuple(
                {(r.action, r.laterality, r.interval_months): r for r in self.recommendations}.values()
            ),
            pathology=tuple({(p.diagnosis, p.laterality): p for p in self.pathology}.values()),
            risks=tuple({r.risk: r for r in self.risks}.values()),
            density=self.density,
            symptoms=tuple({s.rule: s for s in self.symptoms}.values()),
            doubts=tuple(self.doubts),
        )


def _once(assessments: list[Assessment]) -> tuple[Assessment, ...]:
    """The same category said again only adds its evidence."""
    merged: dict[tuple[str, ...], Assessment] = {}
    for said in assessments:
        key = (said.scale, said.category, said.scope, said.laterality, said.status)
        before = merged.get(key)
        merged[key] = said if before is None else replace(before, evidence=before.evidence + said.evidence)
    return tuple(merged.values())
