"""Facts of a reading against a gold reading written by hand: right, added, missed, and read too mild."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.core.narrative_help import CONCERN, birads_of
from worker.core.model import Finding, Reading

__all__ = ["FINDING_KINDS", "REPORTS", "Score", "gold_cases", "score"]

Fact = tuple[str, ...]
REPORTS = Path(__file__).parent.parent / "cases" / "narratives" / "reports"
_STATUSES = ("present", "negated", "historical", "resolved", "hypothetical")
_DISTRIBUTIONS = ("diffuse", "regional", "grouped", "linear", "segmental")
_QUADRANTS = (
    *("upper-outer", "upper-inner", "lower-outer", "lower-inner"),
    *("upper", "lower", "inner", "outer", "subareolar"),
)
_CHANGES = ("new", "increased", "stable", "decreased")
_SIDES = ("left", "right", "bilateral", "unknown")


@dataclass
class Score:
    """Facts right, added and missed, each with the kind it is of first; ``under`` names what was read too mild."""

    right: list[Fact] = field(default_factory=list)
    added: list[Fact] = field(default_factory=list)
    missed: list[Fact] = field(default_factory=list)
    under: list[str] = field(default_factory=list)

    def extend(self, other: "Score") -> None:
        self.right += other.right
        self.added += other.added
        self.missed += other.missed
        self.under += other.under

    def f1(self, *kinds: str) -> float:
        """Of these kinds of facts; 1 where there are none."""
        right, added, missed = (
            sum(fact[0] in kinds for fact in facts) for facts in (self.right, self.added, self.missed)
        )
        return 2 * right / (2 * right + added + missed) if right + added + missed else 1.0


FINDING_KINDS = ("finding", "morphology", "distribution", "quadrant", "clock", "extent")


def gold_cases(*names: str) -> list[dict[str, Any]]:
    """The cases of these files, of all files if none is named."""
    paths = [REPORTS / f"{name}.yaml" for name in names] or sorted(REPORTS.glob("*.yaml"))
    return [case for path in paths for case in yaml.safe_load(path.read_text(encoding="utf-8"))]


def score(case: dict[str, Any], reading: Reading) -> Score:
    """
    Compare a reading with a case's gold.

    A word of the gold may hold equals (``bilateral|unknown``); a finding that starts with ``?`` may be read or not.
    """
    result = Score()
    wanted = [_wanted(note) for note in case.get("findings", [])]
    said = {fact for finding in reading.findings for fact in _facts(finding)}
    _compare(result, [fact for facts, is_optional in wanted for fact in facts if not is_optional], said, wanted)
    _compare_categories(result, case.get("birads", {}), reading)
    actions = {("action", r.action, r.laterality, str(r.interval_months or "")) for r in reading.recommendations}
    _compare_loosely(result, [_loose("action", note) for note in case.get("actions", [])], actions)
    tissue = {("pathology", p.diagnosis, p.laterality, p.concordance or "") for p in reading.pathology}
    _compare_loosely(result, [_loose("pathology", note) for note in case.get("pathology", [])], tissue)
    is_there = any(note.startswith("present") for note in case.get("findings", []))
    if is_there and not _holds(reading) and all(finding.status != "present" for finding in reading.findings):
        result.under.append("no present finding")
    return result


def _holds(reading: Reading) -> bool:
    """Whether a doubt holds the report; a step that hangs on a condition is only told."""
    return any(doubt.subject != "conditional-step" for doubt in reading.doubts)


# ---- findings: every word is a set of equals -------------------------------------------------------------------------

Equals = tuple[frozenset[Fact], ...]


def _facts(finding: Finding) -> Iterator[Fact]:
    status, side = finding.status, finding.laterality
    yield ("finding", status, side)
    for shape in finding.morphology:
        if shape != "generic":
            yield ("morphology", status, shape)
    if finding.distribution:
        yield ("distribution", status, finding.distribution)
    if finding.change and status == "present":
        yield ("change", side, finding.change)
    if finding.descriptor and status in {"present", "negated"}:
        yield ("descriptor", status, finding.descriptor)
    if status == "present":
        if finding.quadrant:
            yield ("quadrant", side, finding.quadrant)
        if finding.clock:
            yield ("clock", side, str(finding.clock))
        if finding.extent_mm:
            yield ("extent", side, str(round(finding.extent_mm)))


def _wanted(note: str) -> tuple[list[frozenset[Fact]], bool]:
    is_optional = note.startswith("?")
    words = note.lstrip("? ").split()
    status, sides = words[0], words[1].split("|")
    assert status in _STATUSES, note
    assert all(side in _SIDES for side in sides), note
    facts = [frozenset(("finding", status, side) for side in sides)]
    facts += [frozenset(_fact(word, status, sides, note)) for word in words[2:]]
    return [equals for equals in facts if equals], is_optional


def _fact(word: str, status: str, sides: list[str], note: str) -> Iterator[Fact]:
    for one in word.split("|"):
        if one.startswith("("):
            yield ("descriptor", status, one.strip("()"))
        elif one in _DISTRIBUTIONS:
            yield ("distribution", status, one)
        elif one in _CHANGES:
            yield from (("change", side, one) for side in sides)
        elif one in _QUADRANTS:
            yield from (("quadrant", side, one) if status == "present" else ("nothing",) for side in sides)
        elif one.endswith("mm"):
            yield from (("extent", side, str(round(float(one[:-2])))) for side in sides)
        elif one.endswith("h"):
            yield from (("clock", side, one[:-1]) for side in sides)
        elif one == "-":
            yield ("nothing",)
        else:
            yield ("morphology", status, one)


def _compare(
    result: Score,
    must: Iterable[frozenset[Fact]],
    said: set[Fact],
    wanted: list[tuple[list[frozenset[Fact]], bool]],
) -> None:
    may = {fact for facts, _ in wanted for equals in facts for fact in equals}
    for fact in sorted(said):
        (result.right if fact in may else result.added).append(fact)
    for equals in dict.fromkeys(must):
        if not equals & said and ("nothing",) not in equals:
            result.missed.append(min(equals))


# ---- categories, actions, tissue -------------------------------------------------------------------------------------


def _compare_categories(result: Score, wanted: dict[str, str], reading: Reading) -> None:
    for scope in ("overall", "left", "right"):
        own = tuple(a for a in reading.assessments if scope in {"overall", a.laterality})
        got = birads_of(Reading(assessments=own))
        want = wanted.get(scope)
        if scope in wanted and want is None and got is not None:
            result.added.append(("category", scope, got))
        if want is None:
            continue
        equals = want.split("|")
        (result.right if got in equals else result.missed).append(("category", scope, f"{want} not {got}"))
        is_milder = got is None or CONCERN.index(got) < min(map(CONCERN.index, equals))
        if scope == "overall" and got not in equals and is_milder and not _holds(reading):
            result.under.append(f"category {got} for {want}")


Loose = tuple[list[Fact], bool]  # equals, and whether they may be left out


def _loose(kind: str, note: str) -> Loose:
    """``short-interval-mammogram right 6mo | diagnostic-mammogram right``: equals; a side not said may be any."""
    return [_split(kind, one) for one in note.split(" | ")], note.startswith("?")


def _split(kind: str, note: str) -> Fact:
    name, *rest = note.lstrip("? ").split()
    side = next((word for word in rest if word.split("|")[0] in _SIDES), "")
    detail = next((word.removesuffix("mo") for word in rest if word.split("|")[0] not in _SIDES), "")
    return (kind, name, side, detail)


def _fits(said: Fact, wanted: Fact) -> bool:
    return (
        said[:2] == wanted[:2] and (not wanted[2] or said[2] in wanted[2].split("|")) and (wanted[3] in {"", said[3]})
    )


def _compare_loosely(result: Score, wanted: list[Loose], said: set[Fact]) -> None:
    used: set[Fact] = set()
    for equals, is_optional in wanted:
        hits = {one for one in said if any(_fits(one, want) for want in equals)}
        if hits or not is_optional:
            (result.right if hits else result.missed).append(equals[0])
        used |= hits
    result.added += sorted(said - used)
