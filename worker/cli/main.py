"""All commands under one name."""

import sys
from importlib import import_module

import click

from worker import __version__
from worker.errors import WorkerError
from worker.loading import garbage_left_lying

# The module of each command; imported when the command is called, so that none waits for what the others need.
_MODULES = {
    "read": "read",
    "plan": "read",
    "letter": "letter",
    "serve": "serve",
    "work": "work",
    "beat": "work",
    "sandbox": "sandbox",
    "demo": "demo",
    "trace": "inbox",
    "parked": "inbox",
    "release": "release",
    "probe": "probe",
    "audit": "audit",
    "tables": "tables",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's own signature
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _MODULES:
            return None
        with garbage_left_lying():
            command: click.Command = getattr(import_module(f"worker.cli.{_MODULES[cmd_name]}"), cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
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


def main() -> None:
    """Entry point; any error of ours becomes one line on standard error and exit code 2."""
    try:
        cli(prog_name="calcifhir")
    except WorkerError as error:
        click.echo(f"calcifhir: {error}", err=True)
        sys.exit(2)
