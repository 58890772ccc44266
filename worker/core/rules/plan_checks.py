"""
What the tables behind the plan must satisfy together; each check raises ``TableError`` with file and line.

A row may only name actions, series, clocks, contradictions and programmes that exist; spans and placeholders must be
readable; the rows that everything falls back to must be there.
"""

import string
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from worker.core.dates import span_of
from worker.core.rules.life_rows import EndingRow
from worker.core.rules.plan_rows import (
    ActionRow,
    AssessmentRow,
    ClockRow,
    ContradictionRow,
    MinimumRow,
    PathologyRow,
    ProgrammeRow,
    RiskRow,
    SeriesRow,
)
from worker.core.rules.practice import PracticeRow
from worker.core.rules.row import Row
from worker.errors import TableError

__all__ = [
    "check_actions",
    "check_assessments",
    "check_clocks",
    "check_contradictions",
    "check_endings",
    "check_limits",
    "check_minimums",
    "check_practice",
    "check_series",
    "check_tissue",
]

_PLACEHOLDERS = {"category", "other", "side", "ids"}
_CELLS = {"", "2", "3", "4", "review"}
_LIMITS = ("age-from", "age-to", "stale-after", "clock-warning")
# Highest level of the action ladder at which a breast is watched and not worked up now.
_WATCHED = 2
# Rules that the code itself raises when a row or an answer is missing; without them nothing could be held.
_FALLBACKS = ("C-01", "C-09", "C-10")


def check_actions(actions: Mapping[str, ActionRow]) -> None:
    """Actions name actions, their spans can be read and their code cells hold a code and its display."""
    for row in actions.values():
        _known(row, "action", (row.kind_of, row.calcification_form, row.deferred_as, row.deferred_like), actions)
        _spans(row, row.earliest, row.due, row.overdue, row.breach)
        for cell in (row.snomed, row.loinc, row.loinc_left, row.loinc_right, row.dicom):
            if cell and " " not in cell:
                raise TableError(row.table, row.line, f"{cell!r} lacks a display; write the code, a blank, its display")


def check_series(series: Mapping[str, tuple[SeriesRow, ...]], actions: Mapping[str, ActionRow]) -> None:
    """Visits name actions and come one after the other."""
    for steps in series.values():
        for row, earlier in zip(steps, (None, *steps), strict=False):
            _known(row, "action", (row.action, *row.options), actions)
            if earlier and row.months <= earlier.months:
                raise TableError(row.table, row.line, "a later step must come after more months than the step before")


def check_contradictions(rows: Mapping[str, ContradictionRow]) -> None:
    """Only known placeholders, and the rules that must exist."""
    for row in rows.values():
        names = {name for _, name, _, _ in string.Formatter().parse(row.text) if name is not None}
        if names - _PLACEHOLDERS:
            raise TableError(row.table, row.line, f"braces may hold {', '.join(sorted(_PLACEHOLDERS))} only")
    for rule in _FALLBACKS:
        if rule not in rows:
            raise TableError("contradictions.csv", 1, f"the row {rule} is missing; what no row knows falls back to it")


def check_assessments(
    rows: Mapping[tuple[str, str], AssessmentRow],
    actions: Mapping[str, ActionRow],
    series: Mapping[str, object],
    clocks: Mapping[str, ClockRow],
    contradictions: Mapping[str, ContradictionRow],
) -> None:
    """Categories name what exists; a category without a level holds; the row of the unknown scale is there."""
    if ("unknown", "*") not in rows:
        raise TableError("assessments.csv", 1, "the row of scale unknown, category * is missing; unknown must hold")
    for row in rows.values():
        _known(row, "action", (*row.actions, *row.actions_other, *row.actions_associated), actions)
        _known(row, "series", (row.series,), series)
        _known(row, "clock", row.clocks, clocks)
        _known(row, "rule", (row.hold_rule,), contradictions)
        _spans(row, row.due, row.overdue, row.breach)
        if not row.level and not row.hold_rule:
            raise TableError(row.table, row.line, "level 0 needs a hold_rule; what nobody can plan must hold")


def check_tissue(
    rows: Mapping[tuple[str, str], PathologyRow],
    risks: Mapping[str, RiskRow],
    actions: Mapping[str, ActionRow],
    contradictions: Mapping[str, ContradictionRow],
) -> None:
    """Pathology and risk rows name actions and rules that exist; risks add, so their actions rank nothing."""
    for row in rows.values():
        _known(row, "action", (*row.actions, *row.options), actions)
        _known(row, "rule", (row.issue,), contradictions)
        _spans(row, row.due)
    for risk in risks.values():
        _known(risk, "action", (*risk.actions, *risk.notes), actions)
        _known(risk, "rule", (risk.issue,), contradictions)
        if any(actions[name].level for name in risk.actions):
            raise TableError(risk.table, risk.line, "a risk may only add actions of level 0; it never ranks a plan")


def check_endings(
    rows: Iterable[EndingRow],
    actions: Mapping[str, ActionRow],
    assessments: Mapping[tuple[str, str], AssessmentRow],
) -> None:
    """Only imaging at an interval ever ends with a later exam, and only where both categories call for no more."""
    for row in rows:
        _known(row, "action", row.actions, actions)
        if row.most_level > _WATCHED or any(actions[name].category != "imaging" for name in row.actions):
            raise TableError(row.table, row.line, f"only imaging up to level {_WATCHED} may end with a later exam")
        for category in (*row.categories, *row.ended_by):
            found = assessments.get((row.scale, category))
            if found is None or not 0 < found.level <= _WATCHED:
                reason = f"category {category!r} of {row.scale} is not one of level 1 or {_WATCHED}"
                raise TableError(row.table, row.line, f"{reason}; a breast that is worked up ends nothing")


def check_clocks(clocks: Mapping[str, ClockRow]) -> None:
    """The letter's clock has its sentence."""
    if "letter" not in clocks:
        raise TableError("clocks.csv", 1, "the row letter is missing; every category has a letter clock")


def check_minimums(rows: Mapping[str, MinimumRow]) -> None:
    """Cells are 2, 3, 4, review or empty."""
    for row in rows.values():
        cells = (row.diffuse_bilateral, row.diffuse, row.regional, row.grouped, row.grouped_bilateral)
        if not {*cells, row.linear, row.segmental, row.unspecified} <= _CELLS:
            raise TableError(row.table, row.line, "a cell must be 2, 3, 4 (4 or more), review or empty")


def check_limits(limits: Mapping[str, float], has_default_release: bool) -> None:
    """Every limit that the rules need, and the release row for all categories."""
    for name in _LIMITS:
        if name not in limits:
            raise TableError("limits.csv", 1, f"the row {name} is missing; a rule needs its number")
    if not has_default_release:
        raise TableError("release.csv", 1, "the row of scale *, category * is missing; it says who releases all others")


def check_practice(rows: Iterable[PracticeRow], programmes: Mapping[str, tuple[ProgrammeRow, ...]]) -> None:
    """The site's time zone and screening programme exist."""
    for row in rows:
        if row.id == "programme" and row.value and row.value not in programmes:
            raise TableError(row.table, row.line, f"{row.value!r} is no programme of programmes.csv")
        if row.id == "facility.timezone" and row.value:
            _zone(row)


def _zone(row: PracticeRow) -> None:
    try:
        ZoneInfo(row.value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise TableError(row.table, row.line, f"{row.value!r} is no IANA time zone such as Europe/Berlin") from error


def _known(row: Row, what: str, names: Iterable[str], table: Mapping[str, object]) -> None:
    for name in names:
        if name and name not in table:
            raise TableError(row.table, row.line, f"there is no {what} {name!r}; use an id that its table has")


def _spans(row: Row, *texts: str) -> None:
    for text in texts:
        try:
            span_of(text)
        except ValueError as error:
            raise TableError(row.table, row.line, f"{text!r} is no span; write 6m, 14d or 5m15d") from error
