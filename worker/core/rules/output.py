"""The table of the codes and sentences that stand in what we write (``fhir-out.csv``)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from worker.core.rules.row import Row, TableReader
from worker.errors import TableError

__all__ = ["Kind", "Output", "OutputRow"]

TABLE = "fhir-out.csv"

Kind = Literal["side", "quadrant", "category", "text", "label", "owner"]
_CODED = {"side", "quadrant", "category"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputRow(Row):
    """
    One code or sentence; ``kind`` and ``key`` say where it stands.

    ``side`` and ``quadrant``: a place as the model names it. ``category``: the ServiceRequest category of a category
    of ``plans.csv``. ``owner``: a body responsible. ``text``: a sentence. ``label``: a word of the plan's narrative.
    """

    kind: Kind
    key: str
    text: str
    system: str = ""
    code: str = ""
    display: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """Rows of ``fhir-out.csv`` by kind and key."""

    rows: Mapping[tuple[str, str], OutputRow] = field(default_factory=dict)

    @classmethod
    def load(cls, reader: TableReader) -> Self:
        """Read and index the table; raises ``TableError`` where a row repeats another or says half of a code."""
        rows: dict[tuple[str, str], OutputRow] = {}
        for row in reader.rows(TABLE, OutputRow):
            _check(row, rows)
            rows[row.kind, row.key] = row
        return cls(rows)

    def get(self, kind: Kind, key: str) -> OutputRow | None:
        """The row, or None where the table is silent."""
        return self.rows.get((kind, key))

    def say(self, kind: Kind, key: str) -> str:
        """The row's text; where the table is silent the key itself, readable."""
        row = self.rows.get((kind, key))
        return row.text if row else key.replace("-", " ")


def _check(row: OutputRow, rows: Mapping[tuple[str, str], OutputRow]) -> None:
    other = rows.get((row.kind, row.key))
    if other:
        raise TableError(row.table, row.line, f"{row.kind} {row.key!r} stands already in row {other.id!r}; keep one")
    if not row.text:
        raise TableError(row.table, row.line, "the text is empty; say how people call it")
    if bool(row.system) != bool(row.code):
        raise TableError(row.table, row.line, "system and code belong together; give both or neither")
    if row.code and row.kind not in _CODED:
        raise TableError(row.table, row.line, f"a row of kind {row.kind} has no code; leave system and code empty")
