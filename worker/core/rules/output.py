"""The table of the codes and sentences that stand in what we write (``fhir-out.csv``)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from worker.core.rules.row import Row, TableReader
from worker.errors import TableError

TABLE = "fhir-out.csv"

Kind = Literal["side", "quadrant", "clock", "code", "text", "priority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputRow(Row):
    """
    One code or sentence.

    ``kind`` and ``key`` say where it is used: a side, quadrant or clock position of the model, a named code, a named
    sentence, or the priority of a review whose deadline is at most ``key`` days away.
    """

    kind: Kind
    key: str
    system: str = ""
    code: str = ""
    display: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """Rows of ``fhir-out.csv`` by kind and key."""

    rows: Mapping[tuple[str, str], OutputRow] = field(default_factory=dict)
    priorities: tuple[tuple[int, str], ...] = ()  # (days left at most, priority), fewest days first

    @classmethod
    def load(cls, reader: TableReader) -> Self:
        """Read and index the table; raises ``TableError`` where a row repeats another or says nothing."""
        rows: dict[tuple[str, str], OutputRow] = {}
        for row in reader.rows(TABLE, OutputRow):
            _check(row, rows)
            rows[row.kind, row.key] = row
        priorities = sorted((int(row.key), row.code) for row in rows.values() if row.kind == "priority")
        return cls(rows, tuple(priorities))

    def get(self, kind: Kind, key: str) -> OutputRow | None:
        """The row, or None where the table is silent."""
        return self.rows.get((kind, key))


def _check(row: OutputRow, rows: Mapping[tuple[str, str], OutputRow]) -> None:
    other = rows.get((row.kind, row.key))
    if other:
        raise TableError(row.table, row.line, f"{row.kind} {row.key!r} stands already in row {other.id!r}; keep one")
    if not (row.code or row.text):
        raise TableError(row.table, row.line, "neither code nor text; give one of them")
    if row.code and row.kind not in {"priority"} and not row.system:
        raise TableError(row.table, row.line, "a code without its system; give the system's URI")
    if row.kind == "priority" and not row.key.lstrip("-").isdigit():
        raise TableError(row.table, row.line, f"the key {row.key!r} must be a number of days")
