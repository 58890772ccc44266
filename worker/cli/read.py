"""``read``, ``plan`` and ``letter``: files in, what was read, planned and explained out. No queue, no store."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from worker.core.conformance import operation_outcome
from worker.core.fhir_xml import document_from_xml
from worker.core.model import FhirVersion, JsonObject, Outcome
from worker.core.report import parse_json
from worker.core.resources import as_transaction, build_resources
from worker.core.rules import Rules
from worker.core.standalone import decide_document, decide_text
from worker.core.summary import summary_json
from worker.errors import MessageError
from worker.tables import load_rules

_FILES = click.argument("files", nargs=-1, metavar="[FILE ... | -]")
_MAPPINGS = click.option(
    "--mappings",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A site's folder of tables, laid over ours (may be repeated).",
)
_TODAY = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Plan as on this day; without it, today in the facility's time zone.",
)
_TEXT = click.option("--text", is_flag=True, help="The input is a bare narrative, not FHIR.")
_LANG = click.option(
    "--lang", metavar="LANG", help="Language of the narrative (en, es, fr, de, pt, zh); else detected."
)
_LANGUAGE = click.option("--language", metavar="LANG", help="Language of the letter (en, es, zh-Hant, ...).")

Answer = Callable[[tuple[Outcome, ...], str], Iterator[str]]


@click.command()
@_TEXT
@_LANG
@_MAPPINGS
@_TODAY
@_FILES
def read(
    text: bool, lang: str | None, mappings: tuple[Path, ...], today: datetime | None, files: tuple[str, ...]
) -> None:
    """
    What reports say about calcifications: one JSON object per report, in input order.

    FILE holds FHIR JSON or XML (a DiagnosticReport, an Observation, or a Bundle), or with --text a bare narrative;
    "-" or nothing is standard input. A bad input becomes an OperationOutcome line, and the exit code is 1.

    \b
    calcifhir read report.json
    calcifhir read --text --lang es informe.txt
    cat report.json | calcifhir read -
    """
    rules = load_rules(mappings)
    day = _day(today, rules)

    def answer(outcomes: tuple[Outcome, ...], source: str) -> Iterator[str]:
        for outcome in outcomes:
            yield json.dumps(summary_json(outcome, source), ensure_ascii=False)

    _each(files, lambda content: _outcomes(content, rules, day, text, lang, None), answer)


@click.command()
@_TEXT
@_LANG
@_LANGUAGE
@click.option(
    "--fhir-version",
    type=click.Choice(["R4", "R4B", "R5"]),
    default="R4",
    show_default=True,
    help="FHIR version to write.",
)
@_MAPPINGS
@_TODAY
@_FILES
def plan(
    text: bool,
    lang: str | None,
    language: str | None,
    fhir_version: FhirVersion,
    mappings: tuple[Path, ...],
    today: datetime | None,
    files: tuple[str, ...],
) -> None:
    """
    What would be written to the EHR: one FHIR transaction Bundle per report, in input order.

    Everything in it is a draft: CarePlan, ServiceRequests, Goal, Communication, and for a hold DetectedIssues and a
    Task.

    \b
    calcifhir plan --today 2026-11-22 report.json
    calcifhir plan --fhir-version R5 --language es report.json
    """
    rules = load_rules(mappings)
    day = _day(today, rules)
    recorded = datetime.combine(day, datetime.min.time(), _zone(rules)) if today else datetime.now(UTC)

    def answer(outcomes: tuple[Outcome, ...], _: str) -> Iterator[str]:
        for outcome in outcomes:
            bundle = as_transaction(build_resources(outcome, rules, fhir_version, recorded))
            yield json.dumps(bundle, ensure_ascii=False)

    _each(files, lambda content: _outcomes(content, rules, day, text, lang, language), answer)


@click.command()
@_TEXT
@_LANG
@_LANGUAGE
@click.option("--html", "form", flag_value="html", help="The designed letter.")
@click.option("--plain", "form", flag_value="text", default="text", help="Plain text (the default).")
@_MAPPINGS
@_TODAY
@_FILES
def letter(
    text: bool,
    lang: str | None,
    language: str | None,
    form: str,
    mappings: tuple[Path, ...],
    today: datetime | None,
    files: tuple[str, ...],
) -> None:
    """
    Preview the patient's letter for a report. It says on its face that it is a draft.

    \b
    calcifhir letter --language es report.json
    calcifhir letter --html report.json > letter.html
    """
    rules = load_rules(mappings)
    day = _day(today, rules)

    def answer(outcomes: tuple[Outcome, ...], _: str) -> Iterator[str]:
        for outcome in outcomes:
            if outcome.letter is None:
                raise MessageError(f"no letter for this report ({outcome.disposition})", code="not-found")
            yield outcome.letter.html if form == "html" else outcome.letter.text

    _each(files, lambda content: _outcomes(content, rules, day, text, lang, language), answer)


def _each(files: tuple[str, ...], decide: Callable[[bytes], tuple[Outcome, ...]], answer: Answer) -> None:
    failed = False
    for name in files or ("-",):
        try:
            lines = list(answer(decide(_content(name)), name))
        except MessageError as error:
            failed = True
            lines = [json.dumps(operation_outcome(error), ensure_ascii=False)]
        for line in lines:
            click.echo(line)
    sys.exit(1 if failed else 0)


def _content(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise MessageError(f"cannot read the file: {error.strerror}", where=name, code="not-found") from error


def _outcomes(
    content: bytes, rules: Rules, day: date, is_text: bool, lang: str | None, language: str | None
) -> tuple[Outcome, ...]:
    if is_text:
        return (decide_text(content, rules, day, lang, language),)
    document: JsonObject = document_from_xml(content) if content.lstrip()[:1] == b"<" else parse_json(content)
    return decide_document(document, rules, day, language=language)


def _zone(rules: Rules) -> ZoneInfo:
    return ZoneInfo(rules.practice.get("facility.timezone") or "UTC")


def _day(today: datetime | None, rules: Rules) -> date:
    return today.date() if today else datetime.now(_zone(rules)).date()
