"""
The typed rows of the tables, indexed for the rooms that read them.

In: rows as ``worker.tables`` reads them from ``mappings/``. Out: :class:`Rules`, one value that holds all that
clinicians own. Nothing here knows files; ``TableReader`` is what the reader of the tables offers.
"""

from dataclasses import dataclass
from typing import Self

from worker.core.rules.acts import Acts
from worker.core.rules.letters import Letters
from worker.core.rules.output import Output
from worker.core.rules.planning import Planning
from worker.core.rules.practice import Practice
from worker.core.rules.row import Row, TableReader
from worker.core.rules.vocabulary import Vocabulary
from worker.core.rules.words import Words

__all__ = ["Acts", "Letters", "Output", "Planning", "Practice", "Row", "Rules", "TableReader", "Vocabulary", "Words"]


@dataclass(frozen=True, slots=True)
class Rules:
    """
    All tables, checked and indexed.

    Args:
        digest: First 16 hex digits of the SHA-256 over every table's name and bytes; every outcome carries it.
    """

    digest: str
    vocabulary: Vocabulary
    words: Words
    planning: Planning
    letters: Letters
    practice: Practice
    output: Output
    acts: Acts

    @classmethod
    def load(cls, reader: TableReader, digest: str) -> Self:
        """Read and index every table; raises ``TableError`` with file and line at the first row that does not fit."""
        vocabulary = Vocabulary.load(reader)
        return cls(
            digest=digest,
            vocabulary=vocabulary,
            words=Words.load(reader, vocabulary),
            planning=Planning.load(reader, vocabulary),
            letters=Letters.load(reader),
            practice=Practice.load(reader),
            output=Output.load(reader),
            acts=Acts.load(reader),
        )
