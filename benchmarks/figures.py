"""What a measurement gives, and how it is shown and kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One ratio: ours against a yardstick, in the same unit, measured in the same run.

    ``goal`` is the least (or, for ``less_is_better``, the most) that the ratio may be; None where none is set.
    """

    name: str
    unit: str
    ours: float
    yardstick: float
    against: str
    goal: float | None = None
    less_is_better: bool = False

    @property
    def ratio(self) -> float:
        """Ours divided by the yardstick's."""
        return self.ours / self.yardstick

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached; true where there is none."""
        if self.goal is None:
            return True
        return self.ratio <= self.goal if self.less_is_better else self.ratio >= self.goal

    def cells(self) -> tuple[str, ...]:
        """Name, ours, yardstick, ratio, goal; as text."""
        sign = "≤" if self.less_is_better else "≥"
        goal = "" if self.goal is None else f"{sign} {self.goal:g}"
        ours, bare = f"{self.ours:.4g} {self.unit}", f"{self.yardstick:.4g} {self.unit}"
        return self.name, ours, f"{bare} ({self.against})", f"{self.ratio:.2f}", goal


HEADINGS = ("what", "ours", "yardstick", "ratio", "goal")


def table_of(figures: Sequence[Figure]) -> Table:
    """For the terminal."""
    table = Table(title="Ratios of this run", pad_edge=False)
    for heading in HEADINGS:
        table.add_column(heading, justify="right" if heading == "ratio" else "left", overflow="fold")
    for figure in figures:
        *cells, goal = figure.cells()
        table.add_row(*cells, goal if figure.is_met else f"[bold red]{goal}[/]")
    return table


def markdown_of(figures: Sequence[Figure]) -> str:
    """For README.md."""
    rows = [HEADINGS, ("---", "---", "---", "--:", "---"), *(figure.cells() for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
