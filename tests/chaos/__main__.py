"""``make chaos``: thousands of reports while everything that can die dies; exit code 0 if nothing went wrong."""

import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.chaos.run import SETTLE_SECONDS, Result, run
from tests.chaos.tell import memory_table, tell


@click.command()
@click.option("--reports", default=5000, show_default=True, type=click.IntRange(20), help="How many.")
@click.option("--seed", default=1, show_default=True, help="The same seed: the same messages, the same troubles.")
@click.option(
    "--keep", type=click.Path(path_type=Path), help="Folder for logs and Redis's files, to look at afterwards."
)
def main(reports: int, seed: int, keep: Path | None) -> None:
    """Send reports through a house of real processes while faults go on, and count what became of them."""
    console = Console()
    with (
        Progress(console=console, transient=True) as bar,
        tempfile.TemporaryDirectory(prefix="calcifhir-chaos-") as name,
    ):
        folder = keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise click.UsageError(f"{folder} is not empty; an older run's messages would be counted")
        task = bar.add_task(f"{reports} reports, seed {seed}", total=None)
        result = run(reports, seed, folder, lambda done, total: bar.update(task, completed=done, total=total))
    sys.exit(tell(console, tables(result), result.verdict, result.is_clean))


def tables(result: Result) -> list[Table]:
    """What was sent, what went wrong meanwhile, and what must be nought."""
    sent = Table("sent", "", title="What the engine sent and was answered")
    for what, count in {"messages": len(result.script.messages), **result.script.counts}.items():
        sent.add_row(what, f"{count:,}")
    for status, count in sorted(result.sent.statuses.items()):
        sent.add_row(f"answered {status}" if status.isdigit() else status, f"{count:,}")
    sent.add_row("taken (202 or 200), each counted once", f"{len(result.sent.taken):,}")
    for state, count in sorted(result.verdict.states.items()):
        sent.add_row(f"  of these {state}", f"{count:,}")
    trouble = Table("trouble", "", title="What went wrong meanwhile")
    for what, count in sorted(result.troubles.items()):
        trouble.add_row(what, f"{count:,}")
    for kind, count in sorted(result.ehr.items()):
        trouble.add_row("EHR behaved" if kind == "ok" else f"EHR: {kind}", f"{count:,}")
    verdict = Table("must be nought", "", title="The ledger")
    for kind, cases in result.verdict.faults.items():
        verdict.add_row(kind, f"{len(cases):,}", style="red" if cases else "")
    verdict.add_row("processes whose memory grew", f"{len(result.grown):,}", style="red" if result.grown else "")
    rate = len(result.script.messages) / result.working_seconds
    verdict.caption = (
        f"{result.working_seconds:.0f} s under faults, {rate:.0f} messages/s; "
        f"settled after {result.settling_seconds:.1f} s (limit {SETTLE_SECONDS:.0f} s)"
    )
    return [sent, trouble, memory_table(result.memory), verdict]


if __name__ == "__main__":
    main()
