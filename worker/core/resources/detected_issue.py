"""A contradiction or gap -> a DetectedIssue that a clinician settles."""

from collections.abc import Sequence
from typing import Any

from worker.core.model import Evidence, Issue
from worker.core.resources.frame import HOLD_TAG, RULE_SYSTEM, Frame, device
from worker.core.resources.parts import clean, coding, concept, drop_empty, without_tag
from worker.core.resources.sources import report_source, source_of
from worker.core.resources.xhtml import brief

__all__ = ["detected_issue", "issue_artefacts"]


def issue_artefacts(issues: Sequence[Issue]) -> tuple[str, ...]:
    """A name for each issue: its rule, numbered where the rule fired more than once."""
    seen: dict[str, int] = {}
    names = []
    for issue in issues:
        seen[issue.rule] = number = seen.get(issue.rule, 0) + 1
        names.append(f"detected-issue:{issue.rule}:{number}")
    return tuple(names)


def detected_issue(frame: Frame, issue: Issue, artefact: str) -> dict[str, Any]:
    """Preliminary: ours to ask, a clinician's to answer; the tag of a hold is on those that hold."""
    started = frame.start("DetectedIssue", artefact)
    if not issue.hold:
        started["meta"] = without_tag(started["meta"], HOLD_TAG)
    return drop_empty(
        {
            **started,
            "text": brief(issue.rule, issue.severity, issue.text),
            "status": "preliminary",
            "code": concept(issue.text, coding(RULE_SYSTEM, issue.rule)),
            "severity": issue.severity,
            "patient": frame.subject,
            "identifiedDateTime": frame.instant,
            "author": device(),
            "implicated": [report_source(frame.outcome.report)],
            "evidence": [_evidence(frame, evidence) for evidence in issue.evidence],
            "detail": clean(issue.text),
        }
    )


def _evidence(frame: Frame, evidence: Evidence) -> dict[str, Any]:
    rule = [coding(RULE_SYSTEM, evidence.rule)] if evidence.rule else []
    return drop_empty({"code": [concept(evidence.text, *rule)], "detail": [source_of(evidence, frame)]})
