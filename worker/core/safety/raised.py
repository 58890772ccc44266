"""What a rule raises before its row gives it words, weight, owner and deadline."""

from dataclasses import dataclass

from worker.core.model import Evidence

__all__ = ["Raised"]


@dataclass(frozen=True, slots=True)
class Raised:
    """
    A rule that applies, its kind (row ``C-08:no-side`` of ``contradictions.csv``), and what fills its sentence.

    ``ids`` are concept, action or category ids, statuses and element paths; never words of the report.
    """

    rule: str
    kind: str = ""
    evidence: tuple[Evidence, ...] = ()
    category: str = ""
    other: str = ""
    side: str = ""
    ids: tuple[str, ...] = ()
