"""Is it ours? Decided by ``relevance.csv`` before anything else is read."""

from dataclasses import dataclass

from worker.core.model import JsonObject, Laterality, Purpose, Report
from worker.core.rules import Rules

__all__ = ["Relevance", "quick_relevance", "relevance_of"]


@dataclass(frozen=True, slots=True)
class Relevance:
    """
    Whether a report is ours, and the id of the row that said so.

    ``purpose`` and ``laterality`` of the examination follow from its codes.
    """

    is_ours: bool
    rule: str
    purpose: Purpose = "unknown"
    laterality: Laterality = "unknown"


def relevance_of(report: Report, rules: Rules) -> Relevance:
    """Decide by report code, category, observation codes and, where those are silent, words."""
    return Relevance(True, "relevance:stub")


def quick_relevance(document: JsonObject, rules: Rules) -> bool | None:
    """A light look at a whole message: True if surely ours, False if surely not, None if it must be read."""
    return None
