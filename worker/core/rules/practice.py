"""Who we are: the facility, its time zone, programme and contacts, as the site says in ``practice.csv``."""

from dataclasses import dataclass, field
from typing import Self

from worker.core.rules.row import Row, TableReader
from worker.errors import TableError

_EXAMPLE = "example"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeRow(Row):
    """``id`` is the fact's name, ``value`` what the site says; an empty value means "not given"."""

    value: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """
    Facts of the site by name; a fact that is not given is None, never a default.

    ``examples`` names the facts that came with the package and that the site has not replaced; ``tokens`` is all of
    them as rows of blocks.csv ask for them.
    """

    facts: dict[str, str]
    examples: frozenset[str] = frozenset()
    tokens: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Once, and not for each letter."""
        found = {f"fact:{name}" for name in self.facts}
        found |= {f"fact:{name}={value}" for name, value in self.facts.items()}
        found |= {f"country:{self.get('country')}"}
        found |= {"interpreter"} if self.get("interpreter.phone") else set()
        found |= {"mqsa"} if self.get("mqsa_lay_summary") == "yes" else set()
        object.__setattr__(self, "tokens", frozenset(found))

    @classmethod
    def load(cls, reader: TableReader) -> Self:
        """Read ``practice.csv``; raises ``TableError`` where a share of 100 is none."""
        rows = [row for row in reader.rows("practice.csv", PracticeRow) if row.value]
        for row in rows:
            if row.id.endswith("_per_100") and not (row.value.isdecimal() and int(row.value) <= 100):
                raise TableError(row.table, row.line, f"{row.id} is {row.value!r}; write a whole number from 0 to 100")
        return cls({row.id: row.value for row in rows}, frozenset(row.id for row in rows if row.source == _EXAMPLE))

    def get(self, name: str) -> str | None:
        """The fact, or None when the site has not given it."""
        return self.facts.get(name)

    def share(self, name: str) -> int | None:
        """A fact that is a share of 100, or None when the site has not given it."""
        value = self.facts.get(name)
        return int(value) if value else None
