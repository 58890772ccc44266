"""The tables of terms and cues, by language."""

from dataclasses import dataclass
from typing import Self

from worker.core.rules.row import TableReader
from worker.core.rules.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Words:
    """Indexed rows of terms and cues, by language."""

    @classmethod
    def load(cls, reader: TableReader, vocabulary: Vocabulary) -> Self:
        """Read the tables."""
        return cls()
