"""``python -m benchmarks``: measure everything, print the table, keep the figures with ``--keep``."""

import argparse
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psutil
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks import door, end_to_end, one_report
from benchmarks.end_to_end import Run
from benchmarks.figures import Figure, markdown_of, table_of
from benchmarks.processes import BenchmarkError
from worker import __version__

README = Path(__file__).parent / "README.md"
SCALE = Path(__file__).parent.parent / "docs" / "scale.md"
BEGIN, END = "<!-- measured:begin -->", "<!-- measured:end -->"


def main() -> int:
    """Returns the exit code: 1 if a goal was missed or a measurement failed."""
    options = _options()
    console = Console()
    try:
        figures, run = _measure(console, options.reports, options.posts, options.rounds)
    except BenchmarkError as error:
        console.print(f"[bold red]benchmark failed:[/] {error}", highlight=False)
        return 1
    console.print(table_of(figures))
    console.print(_machine(), _also(run), sep="\n", highlight=False)
    if options.keep:
        _keep(figures, run)
        console.print("kept in benchmarks/README.md and docs/scale.md", highlight=False)
    return 0 if all(figure.is_met for figure in figures) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--reports", type=int, default=600, help="reports end to end, and pairs of empty tasks")
    parser.add_argument("--posts", type=int, default=1500, help="messages posted to each door")
    parser.add_argument("--rounds", type=int, default=10, help="rounds of forty reports in one process, for each piece")
    parser.add_argument("--keep", action="store_true", help="write the figures into README.md and docs/scale.md")
    return parser.parse_args()


def _measure(console: Console, reports: int, posts: int, rounds: int) -> tuple[tuple[Figure, ...], Run]:
    columns = (TextColumn("{task.description:>24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        whole = progress.add_task("end to end", total=2 * reports)
        doors = progress.add_task("at the door", total=2 * posts)
        single = progress.add_task("one report", total=rounds)
        rate, memory, run = end_to_end.measure(reports, lambda done: progress.advance(whole, done))
        acknowledged = door.measure(posts, lambda done: progress.advance(doors, done))
        alone = one_report.measure(rounds, lambda done: progress.advance(single, done))
    return (rate, acknowledged, *alone, memory), run


def _machine() -> str:
    memory = psutil.virtual_memory().total / 1e9
    python = f"Python {platform.python_version()}"
    return f"{psutil.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}, {python}"


def _also(run: Run) -> str:
    return (
        f"Each report costs Redis {run.redis_commands_each:.0f} commands and {run.redis_bytes_each / 1000:.1f} kB; "
        "the message itself is 5 kB."
    )


def _keep(figures: Sequence[Figure], run: Run) -> None:
    when = f"{datetime.now(UTC).date()}, version {__version__}, {_machine()}."
    _between(README, f"{when}\n\n{markdown_of(figures)}\n\n{_also(run)}")
    rate, acknowledged = figures[0].ours, figures[1].ours
    _between(
        SCALE,
        f"{when} With everything on it (door, two worker processes, Redis, an EHR): {rate:.0f} reports/s the whole "
        f"way, {rate * 86_400 / 1e6:.1f} million a day; the door alone acknowledges {acknowledged:.0f} messages/s. "
        f"{_also(run)}",
    )


def _between(path: Path, text: str) -> None:
    content = path.read_text(encoding="utf-8")
    head, _, rest = content.partition(BEGIN)
    _, _, tail = rest.partition(END)
    path.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
