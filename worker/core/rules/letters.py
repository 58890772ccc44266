"""The tables of the blocks of the letter, by language."""

from dataclasses import dataclass
from typing import Self

from worker.core.rules.row import TableReader


@dataclass(frozen=True, slots=True)
class Letters:
    """Indexed rows of the blocks of the letter, by language."""

    @classmethod
    def load(cls, reader: TableReader) -> Self:
        """Read the tables."""
        return cls()
