"""``read`` and ``plan``: files in, what was read and planned out. No queue, no store."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click

from worker.cli.inputs import FILES, LANGUAGE, MAPPINGS, TODAY, day_of, decided, each_input, zone_of
from worker.core.model import FhirVersion, Outcome
from worker.core.resources import as_transaction, build_resources
from worker.core.rules import Rules
from worker.core.standalone import decide_text
from worker.core.summary import summary_json
from worker.tables import load_rules

_TEXT = click.option("--text", is_flag=True, help="The input is a bare narrative, not FHIR.")
_LANG = click.option(
    "--lang", metavar="LANG", help="Language of the narrative (en, es, fr, de, pt, zh); else detected."
)


@click.command()
@_TEXT
@_LANG
@MAPPINGS
@TODAY
@FILES
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
    day = day_of(today, rules)

    def answer(outcomes: tuple[Outcome, ...], source: str) -> Iterator[str]:
        for outcome in outcomes:
            yield json.dumps(summary_json(outcome, source), ensure_ascii=False)

    is_good = each_input(files, lambda content: _outcomes(content, rules, day, text, lang, None), answer)
    sys.exit(0 if is_good else 1)


@click.command()
@_TEXT
@_LANG
@LANGUAGE
@click.option(
    "--fhir-version",
    type=click.Choice(["R4", "R4B", "R5"]),
    default="R4",
    show_default=True,
    help="FHIR version to write.",
)
@MAPPINGS
@TODAY
@FILES
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
    day = day_of(today, rules)
    recorded = datetime.combine(day, datetime.min.time(), zone_of(rules)) if today else datetime.now(UTC)

    def answer(outcomes: tuple[Outcome, ...], _: str) -> Iterator[str]:
        for outcome in outcomes:
            bundle = as_transaction(build_resources(outcome, rules, fhir_version, recorded))
            yield json.dumps(bundle, ensure_ascii=False)

    is_good = each_input(files, lambda content: _outcomes(content, rules, day, text, lang, language), answer)
    sys.exit(0 if is_good else 1)


def _outcomes(
    content: bytes, rules: Rules, day: date, is_text: bool, lang: str | None, language: str | None
) -> tuple[Outcome, ...]:
    if is_text:
        return (decide_text(content, rules, day, lang, language),)
    return decided(content, rules, day, language)
