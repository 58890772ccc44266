"""How a run is told on the console: the memory of its processes, examples of what went wrong, and the exit code."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from tests.chaos.judge import Verdict
from tests.chaos.memory import Growth


def memory_table(memory: Iterable[Growth]) -> Table:
    """A row for each process."""
    table = Table("process", "second quarter", "last quarter", "ratio", title="Memory (medians)")
    for each in memory:
        table.add_row(each.name, f"{each.second:.1f}", f"{each.last:.1f}", f"{each.ratio:.2f}")
    return table


def tell(console: Console, tables: Iterable[Table], verdict: Verdict, is_clean: bool) -> int:
    """Print everything; the exit code."""
    for table in tables:
        console.print(table)
    for example in verdict.examples():
        console.print(example, markup=False)
    console.print("[green]clean[/]" if is_clean else "[red]NOT clean[/]")
    return 0 if is_clean else 1
