"""Who we are: the facility, its time zone, programme and contacts, as the site says in ``practice.csv``."""

from dataclasses import dataclass
from typing import Self

from worker.core.rules.row import Row, TableReader


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeRow(Row):
    """``id`` is the fact's name, ``value`` what the site says; an empty value means "not given"."""

    value: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """Facts of the site by name; a fact that is not given is None, never a default."""

    facts: dict[str, str]

    @classmethod
    def load(cls, reader: TableReader) -> Self:
        """Read ``practice.csv``."""
        return cls({row.id: row.value for row in reader.rows("practice.csv", PracticeRow) if row.value})

    def get(self, name: str) -> str | None:
        """The fact, or None when the site has not given it."""
        return self.facts.get(name)
