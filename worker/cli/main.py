"""All commands under one name."""

import sys

import click

from worker import __version__
from worker.cli.audit import audit
from worker.cli.demo import demo
from worker.cli.inbox import parked, trace
from worker.cli.letter import letter
from worker.cli.probe import probe
from worker.cli.read import plan, read
from worker.cli.release import release
from worker.cli.run import beat, sandbox, serve, work
from worker.cli.tables import tables
from worker.errors import WorkerError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="calcifhir")
def cli() -> None:
    """
    Breast imaging reports in, follow-up plans and patient letters out.

    CalciFHIR reads what a report says about breast calcifications and drafts a CarePlan and a patient letter for a
    clinician to release. It reads an assessment; it never makes one.

    \b
    Try it:         calcifhir demo
    Look at a file: calcifhir read report.json          (what was read, as JSON)
                    calcifhir plan report.json          (what would be written to the EHR)
                    calcifhir letter report.json        (what the patient would get)
    Run it:         calcifhir serve | calcifhir work | calcifhir beat
    Decide:         calcifhir release ID --practitioner Practitioner/12 [--reject --reason WORDS]
    Look after it:  calcifhir trace ID | calcifhir parked list | calcifhir probe | calcifhir audit
    """


for command in (read, plan, letter, serve, work, beat, sandbox, demo, trace, parked, release, probe, audit, tables):
    cli.add_command(command)


def main() -> None:
    """Entry point; any error of ours becomes one line on standard error and exit code 2."""
    try:
        cli(prog_name="calcifhir")
    except WorkerError as error:
        click.echo(f"calcifhir: {error}", err=True)
        sys.exit(2)
