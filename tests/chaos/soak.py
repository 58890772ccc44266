"""
``make soak``: a steady load, the same load without an EHR, and how long it takes to make that good.

The rate is twice that of a country's busiest hour (``docs/scale.md``); everything is set as a site would have it.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.chaos.engine import Engine, Sent
from tests.chaos.judge import Verdict, judge
from tests.chaos.memory import Growth, MemoryWatch
from tests.chaos.reports import Message, write_script
from tests.chaos.run import MOST_GROWTH, is_settled, open_house
from tests.chaos.tell import memory_table, tell
from tests.integration.house import House

_OPTIONS = {"LEASE_SECONDS": "30", "RING_SECONDS": "20", "SWEEP_SECONDS": "2", "GATHER_DEADLINE_SECONDS": "120"}
_MESSAGES_A_REPORT = 1.34  # repeated and amended ones, and parts that come apart
_LONGEST_DRAIN_SECONDS = 900.0


@dataclass(frozen=True)
class Spell:
    """
    One of the two spells of load.

    Args:
        began, ended: By the inbox's clock, which is this machine's.
    """

    name: str
    messages: int
    began: datetime
    ended: datetime


@dataclass(frozen=True)
class Result:
    """Everything that a run has shown; times in seconds."""

    spells: tuple[Spell, ...]
    latencies: list[float]
    recoveries: list[float]
    drained: float
    verdict: Verdict
    memory: list[Growth]

    @property
    def is_clean(self) -> bool:
        """Whether everything that must be nought is."""
        return self.verdict.is_clean and all(each.ratio <= MOST_GROWTH for each in self.memory)


def soak(rate: float, minutes: float, folder: Path, tick: Callable[[str, int, int], None]) -> Result:
    """Run once; ``tick`` is told the spell, how many messages are posted, of how many."""
    script = write_script(round(rate * 120 * minutes / _MESSAGES_A_REPORT), seed=110)
    half = len(script.messages) // 2
    with open_house(folder, _OPTIONS) as house:
        sent = Sent()
        watch = MemoryWatch(lambda: house.pids(("door", "beat", "one", "two")), house.client, lambda: len(sent.taken))
        watch.start()
        try:
            load = _spell("with the EHR", script.messages[:half], rate, house, sent, tick)
            house.disturb_ehr({"reset": 1.0}, methods=["GET", "POST", "PUT"])
            away = _spell("without it", script.messages[half:], rate, house, sent, tick)
        finally:
            memory = watch.stop()
        house.disturb_ehr()
        back, started = datetime.now(UTC), time.monotonic()
        while not is_settled(house) and time.monotonic() - started < _LONGEST_DRAIN_SECONDS:
            tick("draining", half, half)
            time.sleep(0.5)
        drained = time.monotonic() - started
        verdict = judge(house, sent, script.expected)
        lives = list(_lives(house, sent))
    latencies = [(end - came).total_seconds() for came, end in lives if load.began <= came and end < load.ended]
    recoveries = [(end - back).total_seconds() for came, end in lives if came < back <= end]
    return Result((load, away), latencies, recoveries, drained, verdict, memory)


def _spell(
    name: str,
    messages: tuple[Message, ...],
    rate: float,
    house: House,
    sent: Sent,
    tick: Callable[[str, int, int], None],
) -> Spell:
    engine = Engine(house.door, lambda: house.inbox, lambda posted: tick(name, posted, len(messages)), rate)
    engine.sent, began = sent, datetime.now(UTC)
    engine.send_all(messages)
    return Spell(name, len(messages), began, datetime.now(UTC))


def _lives(house: House, sent: Sent) -> Iterator[tuple[datetime, datetime]]:
    """When each message was taken, and when it was delivered."""
    for message_id in sent.taken:
        message = house.inbox.message(message_id)
        if message is not None and message.history[-1][1] == "delivered":
            yield message.received, message.history[-1][0]


def tables(result: Result) -> list[Table]:
    """What was sent and how long it took, and what must be nought."""
    times = Table("spell", "messages", "a second", title="Load")
    for each in result.spells:
        seconds = (each.ended - each.began).total_seconds()
        times.add_row(each.name, f"{each.messages:,}", f"{each.messages / seconds:.1f}")
    waits = Table("from", "reports", "half within", "95 % within", "all within", title="How long, in seconds")
    for name, found in (
        ("taken to delivered", result.latencies),
        ("the EHR's return to delivered", result.recoveries),
    ):
        half, most = quantiles(found, n=20)[9], quantiles(found, n=20)[18]
        waits.add_row(name, f"{len(found):,}", f"{half:.2f}", f"{most:.2f}", f"{max(found):.1f}")
    verdict = Table(
        "must be nought", "", title="The ledger", caption=f"settled {result.drained:.0f} s after its return"
    )
    for kind, cases in result.verdict.faults.items():
        verdict.add_row(kind, f"{len(cases):,}")
    return [times, waits, memory_table(result.memory), verdict]


@click.command()
@click.option("--rate", default=14.0, show_default=True, type=click.FloatRange(0.1), help="Messages a second.")
@click.option("--minutes", default=10.0, show_default=True, type=click.FloatRange(0.1), help="Of each spell.")
def main(rate: float, minutes: float) -> None:
    """Load a house of real processes with and without its EHR, and tell how it recovers; exit code 0 if all is well."""
    console = Console()
    with (
        Progress(console=console, transient=True) as bar,
        tempfile.TemporaryDirectory(prefix="calcifhir-soak-") as name,
    ):
        task = bar.add_task("starting", total=None)
        result = soak(
            rate,
            minutes,
            Path(name),
            lambda spell, done, total: bar.update(task, description=spell, completed=done, total=total),
        )
    sys.exit(tell(console, tables(result), result.verdict, result.is_clean))


if __name__ == "__main__":
    main()
