"""``letter``: how the patient's letter for a report looks, as text, HTML or PDF; always marked as a draft."""

import importlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from worker.cli.inputs import (
    FILES,
    LANGUAGE,
    MAPPINGS,
    TODAY,
    Decide,
    content_of,
    day_of,
    decided,
    each_input,
    zone_of,
)
from worker.core.explain import REFUSED
from worker.core.letter.elements import PROFILES, at_profile
from worker.core.model import Letter, Outcome
from worker.errors import MessageError, SettingsError
from worker.tables import load_rules


@click.command()
@LANGUAGE
@click.option("--text", "form", flag_value="text", default="text", help="Plain text (the default).")
@click.option("--html", "form", flag_value="html", help="The designed letter, one file.")
@click.option("--pdf", "form", flag_value="pdf", help="The letter on paper; wants the pdf extra. One report at a time.")
@click.option(
    "--profile", type=click.Choice(PROFILES), help="As at a site with this profile; without it, as practice.csv says."
)
@click.option(
    "--font",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Font file (TTF, OTF, TTC) with the letter's signs; a PDF in Chinese needs one.",
)
@click.option("--paper", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True, help="Size of the PDF.")
@MAPPINGS
@TODAY
@FILES
def letter(
    language: str | None,
    form: Literal["text", "html", "pdf"],
    profile: str | None,
    font: Path | None,
    paper: Literal["A4", "Letter"],
    mappings: tuple[Path, ...],
    today: datetime | None,
    files: tuple[str, ...],
) -> None:
    """
    Preview the patient's letter for a report. It says on its face that it is a draft, or held, or refused.

    FILE holds FHIR JSON or XML; "-" or nothing is standard input. A letter that lacks what its profile asks for is
    refused: its page names what is missing, and the exit code is 1.

    \b
    calcifhir letter --language es report.json
    calcifhir letter --html report.json > letter.html
    calcifhir letter --pdf --language zh-Hant --font NotoSansCJK-Regular.ttc report.json > letter.pdf
    calcifhir letter --profile mqsa --mappings our-tables report.json
    """
    rules = load_rules(mappings)
    if profile:
        rules = replace(rules, practice=at_profile(rules.practice, profile))
    day = day_of(today, rules)

    def decide(content: bytes) -> tuple[Outcome, ...]:
        return decided(content, rules, day, language)

    if form == "pdf":
        made = datetime.combine(day, datetime.min.time(), zone_of(rules)) if today else datetime.now(UTC)
        sys.exit(0 if _print_pdf(files, decide, made, font, paper) else 1)
    sys.exit(0 if _print(files, decide, form) else 1)


def _print(files: tuple[str, ...], decide: Decide, form: str) -> bool:
    """Whether every input was good and no letter refused."""
    found: list[Letter] = []

    def answer(outcomes: tuple[Outcome, ...], _: str) -> Iterator[str]:
        for outcome in outcomes:
            found.append(_letter_of(outcome))
            yield found[-1].html if form == "html" else found[-1].text

    return each_input(files, decide, answer) and all(each.review_status != REFUSED for each in found)


def _print_pdf(
    files: tuple[str, ...], decide: Decide, made: datetime, font: Path | None, paper: Literal["A4", "Letter"]
) -> bool:
    """Whether the letter was not refused."""
    found = [_letter_of(outcome) for name in files or ("-",) for outcome in decide(content_of(name))]
    if len(found) != 1:
        raise click.UsageError(f"--pdf writes one letter, and there are {len(found)}; give one report at a time")
    try:
        letter_pdf = importlib.import_module("worker.letter_pdf")  # an extra that the other forms do without
    except ImportError as error:
        raise SettingsError(["a letter as PDF wants the pdf extra: pip install 'calcifhir[pdf]'"]) from error
    sys.stdout.buffer.write(letter_pdf.as_pdf(found[0], made, font, paper))
    return found[0].review_status != REFUSED


def _letter_of(outcome: Outcome) -> Letter:
    if outcome.letter is None:
        why = "it names no patient" if outcome.disposition == "plan" else outcome.disposition
        raise MessageError(f"no letter for this report ({why})", code="not-found")
    return outcome.letter
