"""``tables``: check the mapping tables, look things up in them, see what a change of them changes."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from worker.cli.inputs import MAPPINGS
from worker.core.coded import unknown_codes
from worker.core.report import parse_json
from worker.core.rules import Rules
from worker.core.standalone import decide_document, decide_text
from worker.core.summary import summary_json
from worker.errors import MessageError, TableError
from worker.tables import FolderReader, default_folder, load_rules

_DAY = date(2026, 1, 1)  # any fixed day: two readings are compared, not two days
_FOLDERS = click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))


@click.group()
def tables() -> None:
    """The mapping tables that clinicians own: check them, look into them."""


@tables.command()
@_FOLDERS
def check(folders: tuple[Path, ...]) -> None:
    """
    Read every table and refuse the first row that does not fit, with file, line and how to mend it.

    FOLDERS are a site's own tables, laid over ours in the order given.
    """
    try:
        rules = load_rules(folders)
    except TableError as error:
        click.echo(f"calcifhir: {error}", err=True)
        sys.exit(1)
    files = FolderReader((default_folder(), *folders)).files()
    rows = sum(content.count(b"\n") - 1 for name, content in files if name.endswith(".csv"))
    click.echo(f"{len(files)} tables, {rows} rows, digest {rules.digest}: no fault found")


@tables.command()
@click.argument("words", nargs=-1, required=True)
def show(words: tuple[str, ...]) -> None:
    """Rows in which every one of WORDS stands, with table and line: `calcifhir tables show RDE1565 pleomorphic`."""
    wanted = [word.lower() for word in words]
    found = 0
    for name, content in FolderReader((default_folder(),)).files():
        if not name.endswith(".csv"):
            continue
        for line, cells in enumerate(csv.reader(content.decode("utf-8-sig").splitlines()), start=1):
            row = ",".join(cells)
            if line > 1 and all(word in row.lower() for word in wanted):
                click.echo(f"{name.partition('/')[2]}:{line}: {row}")
                found += 1
    sys.exit(0 if found else 1)


@tables.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--table", "names", multiple=True, metavar="NAME", help="Only this table, such as codes.csv; repeatable.")
def export(folder: Path, names: tuple[str, ...]) -> None:
    """
    Copy the shipped tables into FOLDER, to look at in a spreadsheet or to begin a site's own from.

    Keep only the rows that you change or add, and check them with `calcifhir tables check FOLDER`. Nothing in FOLDER is
    written over.
    """
    found = {name.partition("/")[2]: content for name, content in FolderReader((default_folder(),)).files()}
    if missing := sorted(set(names) - set(found)):
        click.echo(f"calcifhir: no table {', '.join(missing)}; there are {', '.join(sorted(found))}", err=True)
        sys.exit(1)
    wanted = {folder / name: content for name, content in found.items() if not names or name in names}
    if present := sorted(str(path) for path in wanted if path.exists()):
        click.echo(f"calcifhir: {present[0]} is there already", err=True)
        sys.exit(1)
    for path, content in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    click.echo(f"{len(wanted)} tables in {folder}")


_TABLES = click.Path(exists=True, file_okay=False, path_type=Path)
_CASES = click.Path(exists=True, path_type=Path)


@tables.command()
@click.argument("ours", type=_TABLES)
@click.argument("yours", type=_TABLES)
@click.argument("cases", nargs=-1, required=True, type=_CASES)
def diff(ours: Path, yours: Path, cases: tuple[Path, ...]) -> None:
    """
    Which readings change from tables OURS to tables YOURS, over report files or folders of them.

    One JSON line per report that changes: what differs, before and after. Exit code 1 if any does.
    OURS and YOURS are laid over the shipped tables, as with CALCIFHIR_MAPPINGS; an empty folder means the shipped ones.
    """
    before, after, changed = load_rules((ours,)), load_rules((yours,)), 0
    for path in _files(cases):
        for one, other in zip(_readings(path, before), _readings(path, after), strict=True):
            differing = [name for name in one if one[name] != other.get(name)]
            if differing:
                changed += 1
                parts = {name: {"before": one[name], "after": other.get(name)} for name in differing}
                click.echo(json.dumps({"source": str(path), "changes": parts}, ensure_ascii=False))
    sys.exit(1 if changed else 0)


@tables.command()
@MAPPINGS
@click.argument("cases", nargs=-1, required=True, type=_CASES)
def missing(mappings: tuple[Path, ...], cases: tuple[Path, ...]) -> None:
    """
    Codes in places that matter which no table knows, as "count system|code", the most frequent first.

    Counted over report files or folders of them; reports that are not of the breast are left out.
    """
    rules, counts = load_rules(mappings), Counter[str]()
    for path in _files(cases):
        if path.suffix == ".json":
            ours = (outcome for outcome in _outcomes(path, rules) if outcome.disposition != "not-for-us")
            counts.update(f"{system}|{code}" for one in ours for system, code in unknown_codes(one.report, rules))
    for name, count in counts.most_common():
        click.echo(f"{count}\t{name}")


def _files(cases: tuple[Path, ...]) -> Iterator[Path]:
    for case in cases:
        yield from sorted(p for p in case.rglob("*") if p.suffix in {".json", ".txt"}) if case.is_dir() else (case,)


def _readings(path: Path, rules: Rules) -> list[dict[str, Any]]:
    return [summary_json(outcome, str(path)) for outcome in _outcomes(path, rules)]


def _outcomes(path: Path, rules: Rules) -> tuple[Any, ...]:
    try:
        if path.suffix == ".txt":
            return (decide_text(path.read_bytes(), rules, _DAY),)
        return decide_document(parse_json(path.read_bytes()), rules, _DAY)
    except MessageError as error:
        click.echo(f"{path}: left out, it cannot be read: {error}", err=True)
        return ()
