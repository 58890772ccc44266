"""What ``read``, ``plan`` and ``letter`` share: inputs, the day to plan as on, and the answer to a bad input."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from worker.core.conformance import operation_outcome
from worker.core.fhir_xml import document_from_xml
from worker.core.model import JsonObject, Outcome
from worker.core.report import parse_json
from worker.core.rules import Rules
from worker.core.standalone import decide_document
from worker.errors import MessageError

FILES = click.argument("files", nargs=-1, metavar="[FILE ... | -]")
MAPPINGS = click.option(
    "--mappings",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A site's folder of tables, laid over ours (may be repeated).",
)
TODAY = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Plan as on this day; without it, today in the facility's time zone.",
)
LANGUAGE = click.option("--language", metavar="LANG", help="Language of the letter (en, es, zh-Hant, ...).")

Decide = Callable[[bytes], tuple[Outcome, ...]]
Answer = Callable[[tuple[Outcome, ...], str], Iterator[str]]


def each_input(files: tuple[str, ...], decide: Decide, answer: Answer) -> bool:
    """Print the answer to each input in its turn, an OperationOutcome for a bad one; whether all were good."""
    is_good = True
    for name in files or ("-",):
        try:
            lines = list(answer(decide(content_of(name)), name))
        except MessageError as error:
            is_good = False
            lines = [json.dumps(operation_outcome(error), ensure_ascii=False)]
        for line in lines:
            click.echo(line)
    return is_good


def content_of(name: str) -> bytes:
    """The bytes of a file, or of standard input for "-"; raises ``MessageError`` where there is none."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise MessageError(f"cannot read the file: {error.strerror}", where=name, code="not-found") from error


def decided(content: bytes, rules: Rules, day: date, language: str | None = None) -> tuple[Outcome, ...]:
    """Every report of a FHIR document in JSON or XML, decided; raises ``MessageError`` where it cannot be read."""
    document: JsonObject = document_from_xml(content) if content.lstrip()[:1] == b"<" else parse_json(content)
    return decide_document(document, rules, day, language=language)


def zone_of(rules: Rules) -> ZoneInfo:
    """The facility's time zone."""
    return ZoneInfo(rules.practice.get("facility.timezone") or "UTC")


def day_of(today: datetime | None, rules: Rules) -> date:
    """The day that was asked for, else today where the facility is."""
    return today.date() if today else datetime.now(zone_of(rules)).date()
