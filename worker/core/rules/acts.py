"""What a clinician's outcome code means for a plan (``acts.csv``); sites add the codes of their own EHR."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from worker.core.rules.row import Row, TableReader
from worker.errors import TableError

__all__ = ["ActRow", "Acts", "Verdict"]

TABLE = "acts.csv"
Verdict = Literal["released", "rejected"]
_ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow(Row):
    """One outcome: ``system`` ``*`` is any system and plain text; ``code`` is compared without regard to case."""

    system: str
    code: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Acts:
    """Verdicts by system and code."""

    verdicts: Mapping[tuple[str, str], Verdict] = field(default_factory=dict)

    @classmethod
    def load(cls, reader: TableReader) -> Self:
        """Read and index the table; raises ``TableError`` where two rows say different things of one code."""
        found: dict[tuple[str, str], Verdict] = {}
        for row in reader.rows(TABLE, ActRow):
            key = (row.system, row.code.casefold())
            if found.setdefault(key, row.verdict) != row.verdict:
                raise TableError(TABLE, row.line, f"{row.code!r} has another verdict in an earlier row; keep one")
        return cls(found)

    def verdict(self, system: str, code: str) -> Verdict | None:
        """What the code means; None for one that no row names, which decides nothing."""
        said = code.strip().casefold()
        return self.verdicts.get((system, said)) or self.verdicts.get((_ANY, said))
