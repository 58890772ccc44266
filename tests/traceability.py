"""
Requirement -> rules -> tests, as a page: ``python -m tests.traceability`` writes ``docs/traceability.md``.

In: ``docs/requirements.csv``, the rows of ``contradictions.csv`` and the blocks of the letter, the names and docstrings
of every test. A test proves a requirement when its id stands in the test's name or docstring.
"""

import ast
import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "docs" / "requirements.csv"
PAGE = ROOT / "docs" / "traceability.md"
TESTS = ROOT / "tests"
MAPPINGS = ROOT / "mappings"

_ID = re.compile(r"\b(?:SEED-\d+|INV-\d+|C-\d{2})\b")
_HEAD = """# Traceability

Which requirement is met by which rows of the tables and proved by which tests. Written by
`python -m tests.traceability` from `docs/requirements.csv`, the tables, and the ids that tests carry in their names and
docstrings; `tests/test_traceability.py` fails where a requirement that is built has no test. Numbers count tests, each
parametrised one once.
"""


class Requirement(NamedTuple):
    """One line of the list; ``is_built`` is False for what is known to be open, and ``note`` says why."""

    id: str
    title: str
    is_built: bool
    note: str


def requirements() -> list[Requirement]:
    """All requirements, in the order of the list."""
    with REQUIREMENTS.open(encoding="utf-8", newline="") as stream:
        return [Requirement(r["id"], r["title"], r["built"] == "yes", r["note"]) for r in csv.DictReader(stream)]


def proofs_by_requirement() -> dict[str, dict[str, set[str]]]:
    """Requirement id -> test file -> names of the tests in it that carry the id."""
    found: dict[str, dict[str, set[str]]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(ROOT).as_posix()
        for test, text in _tests(tree):
            for requirement in _ID.findall(text):
                found.setdefault(requirement, {}).setdefault(name, set()).add(test)
    return found


def _tests(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name, f"{ast.get_docstring(node) or ''} {node.name.upper().replace('_', '-')}"


def rows_by_requirement() -> dict[str, list[str]]:
    """Requirement id -> ids of the table rows that carry it; of an invariant, the module that checks it."""
    found: dict[str, list[str]] = {f"INV-{number}": ["worker/core/invariants.py"] for number in range(1, 11)}
    for row in _rows(MAPPINGS / "contradictions.csv"):
        found.setdefault(row["id"].split(":")[0], []).append(f"contradictions:{row['id']}")
    for row in _rows(MAPPINGS / "letters" / "blocks.csv"):
        for seed in filter(None, row.get("seeds", "").split("|")):
            found.setdefault(seed.strip(), []).append(f"letters/blocks:{row['id']}")
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def page() -> str:
    """The whole page."""
    proofs, rows = proofs_by_requirement(), rows_by_requirement()
    parts = [_HEAD]
    for title, prefix in (
        ("Safety invariants", "INV-"),
        ("Contradictions and gaps", "C-"),
        ("Source documents", "SEED-"),
    ):
        mine = [one for one in requirements() if one.id.startswith(prefix)]
        parts.append(f"## {title}\n\n| id | requirement | rows | tests |\n|---|---|---|---|")
        parts.append("\n".join(_line(one, proofs.get(one.id, {}), rows.get(one.id, [])) for one in mine) + "\n")
    return "\n".join(parts)


def _line(one: Requirement, proofs: Mapping[str, set[str]], rows: list[str]) -> str:
    tests = "<br>".join(f"{path.removeprefix('tests/')} ({len(names)})" for path, names in sorted(proofs.items()))
    shown = rows if len(rows) <= 4 else [*rows[:3], f"and {len(rows) - 3} more"]
    return (
        f"| {one.id} | {one.title} | {'<br>'.join(shown)} | {tests if one.is_built or tests else f'open: {one.note}'} |"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
