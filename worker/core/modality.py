"""
By which exam calcifications were found: mammography defines them.

What was only felt, or seen by an exam that cannot show calcifications, is a question to the clinician; it changes no
plan. Which exams define them stands in ``concepts.csv`` (group ``modality``, ``also`` ``morphology:generic``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from worker.core.model import Doubt, Evidence, Finding, Report
from worker.core.rules import Vocabulary

__all__ = ["asked_by_modality", "with_modality"]

_FELT = "palpation"
# "Palpable calcifications", "calcifications palpables": nothing but a space between.
_NEXT_TO = 1


def with_modality(findings: Iterable[Finding], report: Report, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """The findings, each with the exam that it was found by: its own, else that of the report."""
    of_report = sorted(report.modalities, key=lambda name: not _defines(name, vocabulary))
    return tuple(
        finding if finding.modality or not of_report else replace(finding, modality=of_report[0])
        for finding in findings
    )


def asked_by_modality(
    findings: Sequence[Finding], symptoms: Sequence[Evidence], report: Report, vocabulary: Vocabulary
) -> Iterator[Doubt]:
    """What is to be asked about how present findings were found; nothing of tissue."""
    if report.purpose == "pathology":
        return
    for finding in findings:
        if finding.status != "present":
            continue
        if finding.modality == _FELT or any(_touch(one, symptom) for one in finding.evidence for symptom in symptoms):
            yield Doubt("C-09", "felt", finding.evidence)
        elif finding.modality is None:
            yield Doubt("C-09", "no-modality", finding.evidence)
        elif not _defines(finding.modality, vocabulary):
            yield Doubt("C-09", "not-by-mammography", finding.evidence)


def _defines(modality: str, vocabulary: Vocabulary) -> bool:
    return bool(vocabulary.also("modality", modality, "morphology"))


def _touch(one: Evidence, other: Evidence) -> bool:
    if one.where != other.where or None in (one.start, one.end, other.start, other.end):
        return False
    gaps = ((other.start or 0) - (one.end or 0), (one.start or 0) - (other.end or 0))
    return any(0 <= gap <= _NEXT_TO for gap in gaps)
