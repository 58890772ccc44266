"""``demo``: the whole way on this machine, in one command."""

from pathlib import Path

import click

from worker.demo import run_demo


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("demo-out"), show_default=True, help="Folder to write."
)
@click.option("--keep", is_flag=True, help="Leave everything running and print the addresses; Ctrl-C ends it.")
def demo(out: Path, keep: bool) -> None:
    """
    Post real reports to a real door, workers, Redis and a sandbox EHR, and show what became of each.

    Ends with exit code 0 only if every message ended where it should; leaves nothing behind but the folder OUT.
    """
    raise SystemExit(run_demo(out, keep=keep))
