"""The tables of concepts, codes and relevance."""

from dataclasses import dataclass
from typing import Self

from worker.core.rules.row import TableReader


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Indexed rows of concepts, codes and relevance."""

    @classmethod
    def load(cls, reader: TableReader) -> Self:
        """Read the tables."""
        return cls()
