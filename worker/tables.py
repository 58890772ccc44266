"""
``mappings/`` -> ``core.rules``: read, checked, digested; a bad row is refused with file and line.

In: one or more folders, ours first, then a site's overlays. Out: :class:`worker.core.rules.Rules`.
"""

import csv
import difflib
import hashlib
import io
import types
import typing
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, fields
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Any, Literal

from worker.core.rules import Rules
from worker.core.rules.row import R
from worker.errors import TableError
from worker.loading import garbage_left_lying

__all__ = ["FolderReader", "default_folder", "digest_of", "load_rules"]

_BOOLS = {"yes": True, "no": False}
_FILLED_BY_READER = {"table", "line"}
_SUFFIXES = {".csv", ".ftl"}
# Tables of a language that we do not have yet.
_PER_LANGUAGE = ("terms.*.csv", "cues.*.csv", "letters/forbidden.*.csv", "letters/*.ftl")


def default_folder() -> Path:
    """The tables that came with the package: beside it in a checkout, inside it in an installed wheel."""
    inside = Path(__file__).parent / "mappings"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "mappings"


def load_rules(folders: Sequence[Path] = ()) -> Rules:
    """
    Read, check and index all tables.

    Args:
        folders: A site's overlay folders; their rows replace ours by id or are added, in the order given.

    Raises:
        TableError: The first row that does not fit, with file and line and how to mend it.
    """
    reader = FolderReader((default_folder(), *folders))
    with garbage_left_lying():
        return Rules.load(reader, digest_of(reader.files()))


def digest_of(files: Sequence[tuple[str, bytes]]) -> str:
    """First 16 hex digits of the SHA-256 over names and bytes, in the order given."""
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


class FolderReader:
    """Tables of several folders, later ones laid over earlier ones."""

    def __init__(self, folders: Sequence[Path]) -> None:
        for folder in folders:
            if not folder.is_dir():
                raise TableError(str(folder), 0, "no such folder; give a folder with tables")
        self._folders = tuple(folders)
        for folder in self._folders[1:]:
            self._check_names(folder)

    def files(self) -> tuple[tuple[str, bytes], ...]:
        """Every table of every folder as (name, bytes), folders in order, names sorted."""
        found = []
        for number, folder in enumerate(self._folders):
            for path in _tables_in(folder):
                found.append((f"{number}/{path.relative_to(folder).as_posix()}", path.read_bytes()))
        return tuple(found)

    def _check_names(self, folder: Path) -> None:
        """A site's table under a name that nothing reads would be passed over in silence."""
        ours = {path.relative_to(self._folders[0]).as_posix() for path in _tables_in(self._folders[0])}
        for path in _tables_in(folder):
            name = path.relative_to(folder).as_posix()
            if name not in ours and not any(fnmatchcase(name, pattern) for pattern in _PER_LANGUAGE):
                near = difflib.get_close_matches(name, ours, 1)
                meant = f"; did you mean {near[0]}?" if near else "; give it the name of one of ours"
                raise TableError(str(path.resolve()), 0, f"no table has this name{meant}")

    def names(self, pattern: str) -> tuple[str, ...]:
        """Names of the tables that match a glob, sorted."""
        found = {p.relative_to(f).as_posix() for f in self._folders for p in f.rglob("*") if p.suffix in _SUFFIXES}
        return tuple(sorted(name for name in found if PurePath(name).match(pattern)))

    def text(self, name: str) -> str:
        """The last folder's version of a non-CSV table."""
        for folder in reversed(self._folders):
            path = folder / name
            if path.is_file():
                return path.read_text(encoding="utf-8")
        raise TableError(name, 0, "this table is missing")

    def rows(self, name: str, kind: type[R]) -> tuple[R, ...]:
        """All rows, overlays merged by id."""
        merged: dict[str, R] = {}
        paths = [folder / name for folder in self._folders if (folder / name).is_file()]
        if not paths:
            raise TableError(name, 0, "this table is missing")
        for path in paths:
            is_ours = path == self._folders[0] / name
            for row in _read_csv(path, name if is_ours else str(path.resolve()), kind):
                merged[row.id] = row
        return tuple(merged.values())


def _tables_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES)


def _read_csv(path: Path, name: str, kind: type[R]) -> tuple[R, ...]:
    columns = {f.name: f for f in fields(kind) if f.name not in _FILLED_BY_READER}
    types_by_name = typing.get_type_hints(kind)
    rows: list[R] = []
    seen: dict[str, int] = {}
    lines = _lines_of(path, name)
    _, header = next(lines, (1, []))
    _check_header(header, columns, name)
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise TableError(
                name, line, f"{len(cells)} cells where the header has {len(header)}; quote cells with commas"
            )
        values = {
            c: _cell(cell.strip(), types_by_name[c], columns[c], name, line)
            for c, cell in zip(header, cells, strict=True)
        }
        _check_identity(values, seen, name, line)
        rows.append(kind(**values, table=name, line=line))
    return tuple(rows)


def _lines_of(path: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells; what a spreadsheet saved in another form is refused."""
    lines = csv.reader(io.StringIO(_text_of(path, name), newline=""), strict=True)
    try:
        for cells in lines:
            yield lines.line_num, cells
    except csv.Error as error:
        raise TableError(name, lines.line_num, f"{error}; check the quotes of this row") from error


def _text_of(path: Path, name: str) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TableError(name, line, "this is not UTF-8; save the table as CSV in UTF-8") from error


def _check_header(header: Sequence[str], columns: dict[str, Field[Any]], name: str) -> None:
    if len(header) == 1 and ";" in header[0]:
        raise TableError(name, 1, "the cells are parted by semicolons; save the table as CSV with commas")
    unknown = [c for c in header if c not in columns]
    if unknown:
        raise TableError(name, 1, f"unknown column {unknown[0]!r}; known are {', '.join(columns)}")
    repeated = [c for c in header if list(header).count(c) > 1]
    if repeated:
        raise TableError(name, 1, f"column {repeated[0]!r} stands twice; keep one")
    missing = [
        c for c, f in columns.items() if f.default is MISSING and f.default_factory is MISSING and c not in header
    ]
    if missing:
        raise TableError(name, 1, f"column {missing[0]!r} is missing; add it to the header")


def _check_identity(values: dict[str, Any], seen: dict[str, int], name: str, line: int) -> None:
    if not values["id"]:
        raise TableError(name, line, "the id is empty; give the row a stable id")
    if values["id"] in seen:
        raise TableError(
            name, line, f"the id {values['id']!r} stands already in line {seen[values['id']]}; ids are unique"
        )
    if not values["source"]:
        raise TableError(name, line, "the source is empty; say where the rule comes from")
    seen[values["id"]] = line


def _cell(text: str, kind: Any, column: Field[Any], name: str, line: int) -> Any:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        inner = next(a for a in args if a is not type(None))
        return _cell(text, inner, column, name, line) if text else None
    if not text and column.default is not MISSING:
        return column.default
    if origin is tuple:
        return tuple(part.strip() for part in text.split("|") if part.strip())
    try:
        return _value(text, kind, args if origin is Literal else ())
    except ValueError as error:
        raise TableError(name, line, f"{column.name} is {text!r}; {error}") from error


def _value(text: str, kind: Any, choices: tuple[str, ...]) -> Any:
    if choices:
        if text not in choices:
            raise ValueError(f"it must be one of {', '.join(choices)}")
        return text
    if kind is bool:
        if text not in _BOOLS:
            raise ValueError("write yes or no")
        return _BOOLS[text]
    if kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            raise ValueError("it must be a number") from None
    return text
