"""Indexing the rows of the vocabulary; every row that names what does not exist, or can never match, is refused."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from worker.core.rules.coding_rows import CodeRow, Concept, RelevanceRow, System
from worker.core.rules.naming import Names, Phrases, folded, squeezed
from worker.core.rules.row import Row
from worker.errors import TableError

__all__ = [
    "aliases",
    "by_key",
    "check_code",
    "check_concepts",
    "check_relevance",
    "code_form",
    "code_key",
    "names",
    "phrases",
]

R = TypeVar("R", bound=Row)
Key = tuple[str, str]


def by_key(rows: Iterable[R], key: Callable[[R], Key]) -> dict[Key, R]:
    """Rows by what they are about; two rows about the same thing are refused."""
    found: dict[Key, R] = {}
    for row in rows:
        other = found.setdefault(key(row), row)
        if other is not row:
            what = " ".join(key(row))
            mend = f"keep one, or replace it by giving both the id {other.id!r}"
            raise TableError(row.table, row.line, f"{what} stands already in row {other.id!r}; {mend}")
    return found


def code_key(systems: Mapping[str, System], row: CodeRow | RelevanceRow) -> Key:
    """System and code, as codes of that system are compared."""
    if row.system not in systems:
        raise TableError(row.table, row.line, f"system {row.system!r} stands not in systems.csv; add it there")
    if not row.code:
        raise TableError(row.table, row.line, "the code is empty; such a row can never match")
    return row.system, code_form(row.code, systems[row.system])


def code_form(code: str, system: System) -> str:
    """A code as it is compared: in a hierarchical system the point is only punctuation (``R920`` is ``R92.0``)."""
    plain = code.replace(".", "") if system.hierarchical else code
    return plain.lower() if system.ignores_case else plain


def check_concepts(concepts: Mapping[Key, Concept]) -> None:
    """Names must be unique within a group, and what ``also`` and ``compatible`` name must exist."""
    seen: dict[Key, Concept] = {}
    for row in concepts.values():
        for name in row.names:
            other = seen.setdefault((row.group, squeezed(folded(name))), row)
            if other is not row:
                raise TableError(
                    row.table, row.line, f"the name {name!r} belongs to {other.id!r}; it can never match here"
                )
        _check_known(row, row.also, concepts)
        _check_known(row, _compatible(row), concepts)


def _compatible(row: Concept) -> Iterator[str]:
    """What may stand beside it: of a clock position quadrants of a side, of anything else concepts of its group."""
    for text in row.compatible:
        side, _, quadrant = text.rpartition(":")
        yield f"quadrant:{quadrant}" if side else f"{row.group}:{text}"


def check_code(row: CodeRow, systems: Mapping[str, System], concepts: Mapping[Key, Concept]) -> None:
    """A code must mean something that ``concepts.csv`` knows."""
    _check_known(row, [f"{row.group}:{row.concept}", *row.also], concepts)
    if "*" in row.code[:-1]:
        raise TableError(row.table, row.line, f"{row.code!r} can never match: * stands only at the end")
    if row.code.endswith("*") and not systems[row.system].hierarchical:
        raise TableError(row.table, row.line, f"{row.code!r} can never match: {row.system!r} is not hierarchical")


def check_relevance(row: RelevanceRow, named: Mapping[str, Names]) -> None:
    """A row of words has phrases, any other a code; its modality is one that ``concepts.csv`` names."""
    if (row.kind == "word") != bool(row.phrases) or (row.kind == "word" and (row.code or row.system)):
        raise TableError(row.table, row.line, "it can never match: a word row needs phrases, any other row a code")
    if row.kind != "word" and row.effect in ("breast", "calcification"):
        raise TableError(
            row.table, row.line, f"effect {row.effect!r} is one of words; a code is ours, generic or not-ours"
        )
    if row.kind == "word" and row.effect == "generic" and not row.modality:
        raise TableError(row.table, row.line, "it can never apply: generic words need a modality")
    for phrase in row.phrases:
        if "*" in phrase[:-1] or not squeezed(phrase):
            raise TableError(row.table, row.line, f"{phrase!r} can never match: letters first, * only at the end")
    if row.modality and not (named.get("modality") and named["modality"].exactly(row.modality)):
        raise TableError(row.table, row.line, f"modality {row.modality!r} is no name in concepts.csv; add it there")


def _check_known(row: Row, meanings: Iterable[str], concepts: Mapping[Key, Concept]) -> None:
    for meaning in meanings:
        group, _, concept = meaning.partition(":")
        if (group, concept) not in concepts:
            raise TableError(
                row.table, row.line, f"{meaning!r} stands not in concepts.csv; add it there or mend it here"
            )


def aliases(systems: Iterable[System]) -> tuple[dict[str, System], tuple[tuple[str, System], ...]]:
    """Systems by exact name, and those named by a pattern."""
    plain: dict[str, System] = {}
    patterns: list[tuple[str, System]] = []
    for system in systems:
        if not system.uri:
            raise TableError(system.table, system.line, "the uri is empty; a system is known by its uri")
        for alias in (system.uri, *system.aliases):
            if "*" in alias:
                patterns.append((alias.lower(), system))
            elif plain.setdefault(alias.rstrip("/").lower(), system) is not system:
                raise TableError(system.table, system.line, f"{alias!r} belongs to another system already; keep one")
            else:
                plain[alias.rstrip("/")] = system
    return plain, tuple(patterns)


def names(concepts: Iterable[Concept]) -> dict[str, Names]:
    """Names by group."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in concepts:
        groups.setdefault(row.group, []).extend((name, row.concept) for name in row.names)
    return {group: Names.of(pairs) for group, pairs in groups.items() if pairs}


def modalities(rows: Iterable[RelevanceRow], named: Mapping[str, Names]) -> dict[str, Phrases]:
    """Phrases by the modality that they name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        name = named["modality"].exactly(row.modality) if row.kind == "word" and row.modality else None
        if name:
            found.setdefault(name, []).extend((phrase, row.id) for phrase in row.phrases)
    return {name: Phrases.of(pairs) for name, pairs in found.items()}


def phrases(rows: Iterable[RelevanceRow]) -> dict[str, Phrases]:
    """Phrases by effect; those of effect ``generic`` only name a modality."""
    effects: dict[str, list[tuple[str, str]]] = {}
    seen: dict[str, RelevanceRow] = {}
    for row in rows:
        for phrase in row.phrases:
            other = seen.setdefault(folded(phrase), row)
            if other is not row:
                raise TableError(row.table, row.line, f"the phrase {phrase!r} stands already in {other.id!r}; keep one")
            if row.effect != "generic":
                effects.setdefault(row.effect, []).append((phrase, row.id))
    return {effect: Phrases.of(pairs) for effect, pairs in effects.items()}
