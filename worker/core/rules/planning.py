"""The tables of assessments, plans, programmes, pathology, risk, contradictions, release."""

from dataclasses import dataclass
from typing import Self

from worker.core.rules.row import TableReader
from worker.core.rules.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Planning:
    """Indexed rows of assessments, plans, programmes, pathology, risk, contradictions, release."""

    @classmethod
    def load(cls, reader: TableReader, vocabulary: Vocabulary) -> Self:
        """Read the tables."""
        return cls()
