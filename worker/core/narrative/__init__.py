"""Text -> findings, assessments, recommendations, pathology, with negation, history and side."""

from worker.core.narrative.reader import read_narrative

__all__ = ["read_narrative"]
