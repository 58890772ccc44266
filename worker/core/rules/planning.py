"""
The tables behind the plan, indexed: assessments, actions, series, clocks, pathology, risk, programmes, contradictions.

What other rooms read: ``action(id)`` (names, codes, instruction of an action), ``assessment(scale, category)``,
``contradiction(rule, subject)``, ``release(scale, category)``. Row classes: :mod:`worker.core.rules.plan_rows`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self, TypeVar

from worker.core.rules.life_rows import EndingRow, LoudnessRow, ReleaseRow
from worker.core.rules.plan_checks import (
    check_actions,
    check_assessments,
    check_clocks,
    check_contradictions,
    check_endings,
    check_limits,
    check_minimums,
    check_practice,
    check_series,
    check_tissue,
)
from worker.core.rules.plan_rows import (
    ActionRow,
    AssessmentRow,
    ClockRow,
    ContradictionRow,
    LimitRow,
    MinimumRow,
    PathologyRow,
    ProgrammeRow,
    RiskRow,
    SeriesRow,
)
from worker.core.rules.practice import PracticeRow
from worker.core.rules.row import Row, TableReader
from worker.core.rules.vocabulary import Vocabulary
from worker.errors import TableError

__all__ = ["Planning"]

R = TypeVar("R", bound=Row)

_ANY = "*"
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Planning:
    """
    Rows by what they are looked up with.

    Reading a category, action or rule that no row names never raises: it gives the row for the unknown, which holds.
    """

    actions: Mapping[str, ActionRow] = field(default_factory=dict)
    assessments: Mapping[tuple[str, str], AssessmentRow] = field(default_factory=dict)
    series: Mapping[str, tuple[SeriesRow, ...]] = field(default_factory=dict)
    clocks: Mapping[str, ClockRow] = field(default_factory=dict)
    pathologies: Mapping[tuple[str, str], PathologyRow] = field(default_factory=dict)
    risks: Mapping[str, RiskRow] = field(default_factory=dict)
    programmes: Mapping[str, tuple[ProgrammeRow, ...]] = field(default_factory=dict)
    contradictions: Mapping[str, ContradictionRow] = field(default_factory=dict)
    releases: Mapping[tuple[str, str], ReleaseRow] = field(default_factory=dict)
    endings: tuple[EndingRow, ...] = ()
    minimums: Mapping[str, MinimumRow] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    loudness: tuple[LoudnessRow, ...] = ()
    ductal: frozenset[str] = frozenset()  # distributions along ducts

    @classmethod
    def load(cls, reader: TableReader, _vocabulary: Vocabulary) -> Self:
        """Read, index and check the tables; raises ``TableError`` where a row names something that no table has."""
        planning = cls(
            actions={row.id: row for row in reader.rows("plans.csv", ActionRow)},
            assessments=_unique(
                (row.scale, row.category, row) for row in reader.rows("assessments.csv", AssessmentRow)
            ),
            series=_grouped((r.series, r) for r in sorted(reader.rows("series.csv", SeriesRow), key=lambda r: r.step)),
            clocks={row.id: row for row in reader.rows("clocks.csv", ClockRow)},
            pathologies=_unique((r.diagnosis, r.situation, r) for r in reader.rows("pathology.csv", PathologyRow)),
            risks={row.id: row for row in reader.rows("risk.csv", RiskRow)},
            programmes=_grouped((row.programme, row) for row in reader.rows("programmes.csv", ProgrammeRow)),
            contradictions={row.id: row for row in reader.rows("contradictions.csv", ContradictionRow)},
            releases=_unique((row.scale, row.category, row) for row in reader.rows("release.csv", ReleaseRow)),
            endings=reader.rows("endings.csv", EndingRow),
            minimums={row.id: row for row in reader.rows("minimum.csv", MinimumRow)},
            limits={row.id: row.value for row in reader.rows("limits.csv", LimitRow)},
            loudness=tuple(sorted(reader.rows("loudness.csv", LoudnessRow), key=lambda row: row.days_left)),
            ductal=_ductal(reader.rows("minimum.csv", MinimumRow)),
        )
        planning._check(reader.rows("practice.csv", PracticeRow))
        return planning

    def _check(self, practice: tuple[PracticeRow, ...]) -> None:
        check_actions(self.actions)
        check_series(self.series, self.actions)
        check_contradictions(self.contradictions)
        check_assessments(self.assessments, self.actions, self.series, self.clocks, self.contradictions)
        check_tissue(self.pathologies, self.risks, self.actions, self.contradictions)
        check_endings(self.endings, self.actions, self.assessments)
        check_clocks(self.clocks)
        check_minimums(self.minimums)
        check_limits(self.limits, (_ANY, _ANY) in self.releases)
        check_practice(practice, self.programmes)

    def action(self, action_id: str) -> ActionRow | None:
        """The row of an action or note; None if no row has this id."""
        return self.actions.get(action_id)

    def assessment(self, scale: str, category: str) -> AssessmentRow:
        """The row of a category; the row of its scale, else of the unknown scale, where no row names it."""
        rows = self.assessments
        return rows.get((scale, category)) or rows.get((scale, _ANY)) or rows[_UNKNOWN, _ANY]

    def pathology(self, diagnosis: str, situations: Iterable[str]) -> PathologyRow | None:
        """The row of a diagnosis in the first situation that has one, else in any; None for an unknown diagnosis."""
        found = (self.pathologies.get((diagnosis, situation)) for situation in (*situations, "any"))
        return next((row for row in found if row), None)

    def contradiction(self, rule: str, subject: str = "") -> ContradictionRow:
        """The row of a rule's kind, else of the rule, else of C-09: what no row knows is held."""
        rows = self.contradictions
        return rows.get(f"{rule}:{subject}") or rows.get(rule) or rows["C-09"]

    def release(self, scale: str | None, category: str | None) -> ReleaseRow:
        """Who releases a plan of this category."""
        return self.releases.get((scale or _UNKNOWN, category or _ANY)) or self.releases[_ANY, _ANY]


def _ductal(rows: tuple[MinimumRow, ...]) -> frozenset[str]:
    """Distributions in which even round and punctate calcifications call for 4 or more."""
    cells = [(("linear", row.linear), ("segmental", row.segmental)) for row in rows if row.suspicion == "context"]
    return frozenset(name for row in cells for name, cell in row if cell == "4")


def _unique(rows: Iterable[tuple[str, str, R]]) -> dict[tuple[str, str], R]:
    found: dict[tuple[str, str], R] = {}
    for first, second, row in rows:
        other = found.get((first, second))
        if other:
            raise TableError(row.table, row.line, f"{first} {second} stands already in row {other.id!r}; keep one")
        found[first, second] = row
    return found


def _grouped(rows: Iterable[tuple[str, R]]) -> dict[str, tuple[R, ...]]:
    found: dict[str, tuple[R, ...]] = {}
    for key, row in rows:
        found[key] = (*found.get(key, ()), row)
    return found
