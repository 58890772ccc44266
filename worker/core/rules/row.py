"""What every row of every table has, and what the reader of the tables offers to the rooms that index them."""

from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    One row, one rule: a stable id and a source.

    The other fields of a subclass are the table's columns. Types that the reader understands: ``str``, ``int``,
    ``float``, ``bool`` (``yes``/``no``), ``Literal[...]`` of strings, ``X | None`` (empty cell), and
    ``tuple[str, ...]`` (``|`` between the items). A field without default is a required column; ``table`` and ``line``
    are filled by the reader.
    """

    id: str
    source: str
    note: str = ""
    table: str = ""
    line: int = 0


R = TypeVar("R", bound=Row)


class TableReader(Protocol):
    """The tables of a folder (and a site's overlay folders), without saying where they are."""

    def rows(self, name: str, kind: type[R]) -> tuple[R, ...]:
        """All rows of table ``name``, in file order; an overlay's row replaces the row with its id or is added."""
        ...

    def names(self, pattern: str) -> tuple[str, ...]:
        """Names of the tables that match a glob such as ``terms.*.csv``, sorted."""
        ...

    def text(self, name: str) -> str:
        """The whole of a non-CSV table (``letters/en.ftl``)."""
        ...
