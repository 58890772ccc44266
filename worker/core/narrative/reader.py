"""The narrative room's one door: every text of a report, read in its own language, put together."""

from dataclasses import replace

from worker.core.model import Assessment, Doubt, Reading, Report
from worker.core.narrative.assessments import read_assessments
from worker.core.narrative.groups import findings_of
from worker.core.narrative.language import language_of
from worker.core.narrative.layout import lay_out
from worker.core.narrative.marks import Page
from worker.core.narrative.measures import with_measures
from worker.core.narrative.mentions import Mention, mentions_of
from worker.core.rules import Rules

__all__ = ["read_narrative"]


def read_narrative(report: Report, rules: Rules) -> Reading:
    """
    What the report's words say.

    Returns:
        Findings (one per group, over all texts), assessments, recommendations, pathology, risks, density, symptoms in
        reading order; a doubt for each text that cannot be read.
    """
    mentions: list[Mention] = []
    assessments: list[Assessment] = []
    doubts: list[Doubt] = []
    combinations: tuple[tuple[frozenset[str], str], ...] = ()
    for text in report.texts:
        if text.problem or not text.text.strip():
            doubts.append(Doubt("C-01", "no-text"))
            continue
        language = language_of(text.text, text.language or report.language, rules.words.lexicons)
        if language is None:
            doubts.append(Doubt("C-01", "unsupported-language"))
            continue
        lexicon = rules.words.lexicons[language]
        page = Page(text.where, text.text, lexicon)
        marks = with_measures(page.marks, page.words)
        layout = lay_out(page, marks)
        if layout.exam_side == "unknown":
            layout.exam_side = report.laterality
        mentions += mentions_of(page, layout)
        said, unsure = read_assessments(page, marks, layout)
        assessments += said
        doubts += unsure
        combinations = lexicon.combinations
    return Reading(findings=findings_of(mentions, combinations), assessments=_once(assessments), doubts=tuple(doubts))


def _once(assessments: list[Assessment]) -> tuple[Assessment, ...]:
    """The same category said again only adds its evidence."""
    merged: dict[tuple[str, ...], Assessment] = {}
    for said in assessments:
        key = (said.scale, said.category, said.scope, said.laterality, said.status)
        before = merged.get(key)
        merged[key] = said if before is None else replace(before, evidence=before.evidence + said.evidence)
    return tuple(merged.values())
