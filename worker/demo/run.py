"""Starts everything, posts everything, waits, shows, and takes everything down again."""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import redis
import requests
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from worker.demo.cases import ehr_patients, load_steps
from worker.demo.engine import Engine, Sent
from worker.demo.page import write_page
from worker.demo.result import Row, row_of, totals
from worker.demo.supervisor import DemoError, Supervisor, free_port
from worker.embedded import EmbeddedRedis, start_redis
from worker.errors import WorkerError
from worker.inbox import Inbox

__all__ = ["run_demo"]

_START_SECONDS = 60.0
_SETTLE_SECONDS = 90.0
_PREFIX = "calcifhir:"
_PIPE_COLUMNS = 170
Say = Callable[[str], None]


def run_demo(out: Path, *, keep: bool = False) -> int:
    """
    Run the demo; see ``calcifhir demo --help``.

    Returns:
        Exit code: 0 only if every message ended where it should.
    """
    # A pipe has no width; the table needs one that a log viewer shows without folding every cell.
    console = Console() if sys.stdout.isatty() else Console(width=_PIPE_COLUMNS)
    folder = Path(tempfile.mkdtemp(prefix="calcifhir-demo-"))
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)  # or its processes would outlive it
    try:
        with _house(folder, console) as house:
            rows = house.post_everything(console)
            console.print(_table(rows))
            page = write_page(out, rows)
            house.say_figures(console, rows)
            console.print(f"Plans and letters as an EHR would show them: {page}")
            if keep:
                house.wait_for_end(console)
        return 1 if any(row.faults for row in rows) else 0
    except WorkerError as error:
        logs = out / "logs"
        shutil.copytree(folder, logs, dirs_exist_ok=True, ignore=shutil.ignore_patterns("redis*", "*.sock", "*.aof"))
        console.print(f"[bold red]demo failed:[/] {error} (logs: {logs})", highlight=False)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _end(number: int, _: object) -> None:
    raise SystemExit(128 + number)


class _House:
    """The running processes and where they listen."""

    def __init__(self, supervisor: Supervisor, server: EmbeddedRedis, door: str, ehr: str, say: Say) -> None:
        self._supervisor, self._server, self._door, self._ehr = supervisor, server, door, ehr
        self._inbox, self._say = Inbox(redis.Redis.from_url(server.url), _PREFIX), say

    def check(self) -> None:
        """Start again what has ended and may; raise :class:`DemoError` that names what may not."""
        code = self._server.exit_code
        if code is not None:
            self._server.start()
            self._say(f"redis stopped with exit code {code} and was started again on its own log")
        self._supervisor.check()

    def post_everything(self, console: Console) -> list[Row]:
        steps = load_steps()
        sent: list[Sent] = []
        engine = Engine(self._door, self.check)
        started = time.monotonic()
        with _progress(console) as progress:
            posting = progress.add_task("posted", total=len(steps))
            settling = progress.add_task("settled", total=len(steps))

            def settle() -> None:
                tick = lambda done: progress.update(settling, completed=done)  # noqa: E731
                engine.settle(sent, _SETTLE_SECONDS, tick)

            for step in steps:
                if step.after_settled:
                    settle()
                sent.append(engine.send(step))
                progress.advance(posting)
            settle()
        self._seconds = time.monotonic() - started
        return [self._row(one) for one in self._final(engine, sent)]

    def _final(self, engine: Engine, sent: list[Sent]) -> list[Sent]:
        """A later version changes what became of an earlier message; ask once more at the end."""
        return [
            Sent(one.step, one.http, one.message_id, one.answer, engine.status(one.message_id))
            if one.message_id
            else one
            for one in sent
        ]

    def _row(self, sent: Sent) -> Row:
        reports = (sent.status or {}).get("reports", ())
        record = self._inbox.outcome(reports[0]["report_id"]) if reports else None
        written = tuple(self._read(name) for name in (record or {}).get("written", ()))
        return row_of(sent, record, written)

    def _read(self, name: str) -> dict[str, Any]:
        try:
            response = requests.get(f"{self._ehr}/{name}", timeout=10)
            response.raise_for_status()
        except requests.RequestException as error:
            self.check()
            raise DemoError(f"the sandbox does not give back what it was given ({type(error).__name__})") from error
        resource: dict[str, Any] = response.json()
        return resource

    def say_figures(self, console: Console, rows: list[Row]) -> None:
        counts = totals(rows)
        parts = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        console.print(f"{len(rows)} posted in {self._seconds:.1f} s = {parts}", highlight=False)
        memory = self._supervisor.memory_mb("worker")
        console.print("Worker memory (RSS): " + ", ".join(f"{size:.0f} MB" for size in memory), highlight=False)
        wrong = [row for row in rows if row.faults]
        for row in wrong:
            console.print(f"[bold red]{row.sent.step.file}[/]: {'; '.join(row.faults)}", highlight=False)
        if not wrong:
            console.print("[bold green]Every message ended where it should.[/]")

    def wait_for_end(self, console: Console) -> None:
        pages = f"metrics: {self._door}/metrics   practice: {self._door}/console"
        console.print(f"Door: {self._door}/fhir   EHR: {self._ehr}   {pages}   (Ctrl-C ends)")
        try:
            while True:
                self.check()
                time.sleep(1)
        except KeyboardInterrupt:
            console.print("stopping ...")


@contextmanager
def _house(folder: Path, console: Console) -> Iterator[_House]:
    door_port, ehr_port = free_port(), free_port()
    door, ehr = f"http://127.0.0.1:{door_port}", f"http://127.0.0.1:{ehr_port}/fhir"
    say = partial(console.print, highlight=False)
    with start_redis(folder / "redis") as server, Supervisor(folder, _environment(server.url, ehr), say) as supervisor:
        # The sandbox keeps its data in memory alone.
        supervisor.start("sandbox", ["sandbox", f"--port={ehr_port}", "--strict"], may_return=False)
        supervisor.start("worker", ["work", "--concurrency=2"])
        supervisor.start("beat", ["beat", f"--schedule={folder / 'beat'}"])
        supervisor.start("intake", ["serve", f"--port={door_port}"])
        supervisor.wait_until("the sandbox EHR", lambda: _answers(f"{ehr}/metadata"), _START_SECONDS)
        _fill(ehr)
        supervisor.wait_until("the door", lambda: _answers(f"{door}/readyz"), _START_SECONDS)
        supervisor.everything_is_up()
        yield _House(supervisor, server, door, ehr, say)


def _environment(redis_url: str, ehr: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("CALCIFHIR_")}
    return own | {
        "CALCIFHIR_REDIS_URL": redis_url,
        "CALCIFHIR_EHR_URL": ehr,
        "CALCIFHIR_EHR_PATIENT_MATCH": "reference",
        "CALCIFHIR_GATHER_DEADLINE_SECONDS": "4",
        "CALCIFHIR_KEY_PREFIX": _PREFIX,
        "PYTHONUNBUFFERED": "1",
    }


def _fill(ehr: str) -> None:
    try:
        requests.post(ehr, json=ehr_patients(), timeout=10).raise_for_status()
    except requests.RequestException as error:
        raise DemoError(f"the sandbox does not take its patients ({type(error).__name__})") from error


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=1).ok
    except requests.RequestException:
        return False


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:>8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not sys.stderr.isatty() and not sys.stdout.isatty(),
    )


def _table(rows: list[Row]) -> Table:
    table = Table(title="What became of each report", show_lines=False, pad_edge=False)
    for heading in ("report", "read", "cat.", "plan", "hold", "at the EHR"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        hold = {True: "[yellow]hold[/]", False: "no", None: "-"}[row.hold]
        name = row.sent.step.file.removesuffix(".json")
        mark = "[red]✗[/] " if row.faults else ""
        table.add_row(mark + name, row.read, row.category or "-", row.plan, hold, row.at_ehr)
    return table
