"""``tables``: check the mapping tables, and look things up in them."""

import csv
import sys
from pathlib import Path

import click

from worker.errors import TableError
from worker.tables import FolderReader, default_folder, load_rules

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
