"""Where things were said, as logical references to the report and its Observations."""

from collections.abc import Iterable
from typing import Any

from worker.core.model import CodeableConcept, Evidence, Observation, Outcome, Report
from worker.core.observed import every
from worker.core.resources.frame import URI_SYSTEM, URN, Frame
from worker.core.resources.parts import logical

__all__ = [
    "conditions_of",
    "evidence_of",
    "is_code",
    "passages_of",
    "place_in_text",
    "report_source",
    "rule_ids",
    "source_of",
    "sources_of",
]

# Words of one passage stand this close; what is farther apart was said elsewhere.
_NEAR_CHARACTERS = 60
REFERENCE_SYSTEM = f"{URN}:source-reference"


def report_source(report: Report) -> dict[str, Any]:
    """The report version, by its own identifier, else by the reference it came under, else by our id."""
    kind = "Observation" if report.is_bare_observation else "DiagnosticReport"
    name = report.code.text or next((c.display for c in report.code.codings if c.display), None) or "Report"
    display = " · ".join(part for part in (name, _dated(report), _version(report)) if part)
    if report.identifiers:
        return logical(kind, *report.identifiers[0], display)
    if report.reference:
        return logical(kind, *_identifier(report.reference, report), display)
    return logical(kind, f"{URN}:report", report.report_id, display)


def sources_of(report: Report) -> list[dict[str, Any]]:
    """The report and each Observation it came with, once each."""
    found = {o.reference: o for o in every(report.observations) if o.reference and o.reference != report.reference}
    return [report_source(report), *(_observation_source(o, report) for o in found.values())]


def conditions_of(outcome: Outcome) -> list[dict[str, Any]]:
    """The Conditions that came with the report and that had a part in the plan; once each."""
    read = {evidence.where for evidence in evidence_of(outcome)}
    report = outcome.report
    found = (one for one in report.background if one.resource_type == "Condition")
    used = {one.reference: one for one in found if any(where.startswith(f"{one.where}.") for where in read)}
    return [
        logical("Condition", *_identifier(one.reference, report), one.code.text or _display(one.code))
        for one in used.values()
    ]


def _display(concept: CodeableConcept) -> str:
    return next((each.display for each in concept.codings if each.display), "")


def source_of(evidence: Evidence, frame: Frame) -> dict[str, Any]:
    """The resource that says it; the display tells the element and the characters."""
    report, name = frame.outcome.report, evidence.where
    while name and name not in frame.cited:
        name = name.rpartition(".")[0]  # out of the element, as far as the resource; an id may hold dots itself
    source = _observation_source(frame.cited[name], report) if name else report_source(report)
    return {**source, "display": place_in_text(evidence)}


def place_in_text(evidence: Evidence) -> str:
    """``conclusion, characters 10-42``."""
    if evidence.start is None:
        return evidence.where
    return f"{evidence.where}, characters {evidence.start}-{evidence.end}"


def is_code(evidence: Evidence) -> bool:
    """Whether a code said it, so that its text is ``system|code`` and nobody's words."""
    return evidence.start is None and "|" in evidence.text


def passages_of(evidence: Iterable[Evidence], outcome: Outcome) -> tuple[tuple[Evidence, tuple[str, ...]], ...]:
    """Evidence in reading order, neighbouring words joined into one passage, each with the rows that read it."""
    texts = {text.where: text.text for text in outcome.report.texts}
    joined: list[tuple[Evidence, tuple[str, ...]]] = []
    for found in sorted(evidence, key=lambda e: (e.where, -1 if e.start is None else e.start)):
        last, rules = joined[-1] if joined else (None, ())
        whole = texts.get(found.where, "")
        if last is not None and last.where == found.where and _are_near(last, found, whole):
            end = _word_end(max(last.end or 0, found.end or 0), whole)
            joined[-1] = (last._replace(end=end, text=whole[last.start : end]), (*rules, found.rule))
        else:
            joined.append((_whole_words(found, whole), (found.rule,)))
    return tuple((passage, tuple(rule for rule in rules if rule)) for passage, rules in joined)


def _whole_words(evidence: Evidence, whole: str) -> Evidence:
    """What was read to the end of its last word: of ``4B`` not the 4 alone."""
    if evidence.end is None or evidence.start is None or not whole:
        return evidence
    end = _word_end(evidence.end, whole)
    return evidence._replace(end=end, text=whole[evidence.start : end])


def _word_end(end: int, whole: str) -> int:
    while end < len(whole) and whole[end].isalnum() and whole[end].isascii():
        end += 1
    return end


def _are_near(one: Evidence, other: Evidence, whole: str) -> bool:
    if one.end is None or other.start is None:
        return False
    between = whole[one.end : other.start]
    return len(between) <= _NEAR_CHARACTERS and "\n\n" not in between


def evidence_of(outcome: Outcome) -> tuple[Evidence, ...]:
    """All evidence behind the plan and its issues, in reading order, once each."""
    reading, plan = outcome.reading, outcome.plan
    said: Iterable[Any] = (
        *reading.assessments,
        *reading.findings,
        *reading.recommendations,
        *reading.pathology,
        *reading.risks,
        *plan.activities,
        *outcome.issues,
    )
    return tuple(dict.fromkeys([e for thing in said for e in thing.evidence] + list(reading.symptoms)))


def rule_ids(outcome: Outcome) -> tuple[str, ...]:
    """Every rule that had a part in the outcome, sorted (INV-9)."""
    plan, letter = outcome.plan, outcome.letter
    found = {e.rule for e in evidence_of(outcome)} | set(plan.rules) | set(plan.notes)
    found |= {rule for a in plan.activities for rule in a.rules} | {c.rule for c in plan.clocks}
    found |= {issue.rule for issue in outcome.issues}
    if letter:
        found |= {block.id for block in letter.blocks}
    return tuple(sorted(found - {""}))


def _observation_source(observation: Observation, report: Report) -> dict[str, Any]:
    name = observation.code.text or next((c.display for c in observation.code.codings if c.display), None)
    return logical("Observation", *_identifier(observation.reference, report), name or "")


def _identifier(reference: str, report: Report) -> tuple[str, str]:
    if reference.startswith("#"):
        return REFERENCE_SYSTEM, f"{report.reference or report.report_id}{reference}"
    if ":" in reference:
        return URI_SYSTEM, reference
    return REFERENCE_SYSTEM, reference


def _dated(report: Report) -> str:
    return report.exam_date.isoformat() if report.exam_date else ""


def _version(report: Report) -> str:
    version = report.version
    said = version.version_id or (version.issued and version.issued.isoformat())
    return f"version {said}, {report.status}" if said else report.status
