"""``audit``: inbox, ledger and EHR side by side."""

import json
import sys
from dataclasses import asdict

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from worker.audit import Audit
from worker.bootstrap import parts


@click.command()
@click.option(
    "--patience", default=900.0, show_default=True, help="Seconds that work may be under way before it stands still."
)
def audit(patience: float) -> None:
    """
    Compare inbox, ledger and EHR: every report without its plan, every plan without its report, every difference.

    One JSON line each: kind, id, detail. Exit code 0 if all agree, 1 if not, 2 if a side could not be asked. Parked
    work and plans that somebody edited are listed, and do not make it fail. Changes nothing; safe at any time.
    """
    own = parts()
    run = Audit(own.inbox, own.ehr, own.inbox.now(), patience)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    differences = 0
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("looking")
        for line in run.lines():
            differences += line.is_difference
            click.echo(json.dumps(asdict(line)))
            progress.update(task, description=f"{run.reports} reports, {run.messages} messages, {run.plans} at the EHR")
    told = f"{run.messages} messages, {run.reports} reports, {run.plans} plans at the EHR: {differences} differences"
    click.echo(told, err=True)
    sys.exit(1 if differences else 0)
