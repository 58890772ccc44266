"""
Starts the processes of the demo, starts again what ends, and leaves none behind.

As a deployment's supervisor does (``restart`` in docker-compose.yml): a Celery worker that loses its Redis may end,
and its watchdog ends one that takes no work any more. A part that cannot start, or ends again and again, fails the
demo and is named.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from worker.errors import WorkerError

__all__ = ["DemoError", "Supervisor", "free_port"]

_STOP_SECONDS = 15.0
_MOST_RESTARTS = 3
_REFUSED = 2  # exit code of a part that was told something impossible: to start it again would change nothing


class DemoError(WorkerError):
    """A part of the demo failed; the text names it in one line."""


@dataclass(slots=True)
class _Part:
    name: str
    arguments: Sequence[str]
    log: Path
    process: "subprocess.Popen[bytes]"
    may_return: bool
    restarts: int = 0


def free_port() -> int:
    """A TCP port on loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Supervisor:
    """
    Children in process groups of their own, logs in ``folder``; use as a context manager.

    Args:
        folder: Where the logs go; the caller removes it.
        env: Environment of every child.
        say: Told in one line what had to be started again.
    """

    def __init__(self, folder: Path, env: Mapping[str, str], say: Callable[[str], None] = print) -> None:
        self._folder, self._env, self._say = folder, dict(env), say
        self._parts: list[_Part] = []
        self._is_up = False

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, name: str, arguments: Sequence[str], may_return: bool = True) -> None:
        """Start ``calcifhir ARGUMENTS`` as a process of its own; what would come back without memory may not return."""
        log = self._folder / f"{name}.log"
        self._parts.append(_Part(name, arguments, log, self._launch(arguments, log), may_return))

    def _launch(self, arguments: Sequence[str], log: Path) -> "subprocess.Popen[bytes]":
        with log.open("ab") as stream:
            return subprocess.Popen(  # noqa: S603  our own interpreter and our own arguments
                [sys.executable, "-m", "worker", *arguments],
                stdout=stream,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=self._env,
                start_new_session=True,
            )

    def everything_is_up(self) -> None:
        """From now on a part that ends is started again; before, its end is the demo's."""
        self._is_up = True

    def check(self) -> None:
        """Start again what has ended; raise :class:`DemoError` that names the part if that is of no use."""
        for part in self._parts:
            code = part.process.poll()
            if code is None:
                continue
            what = f"{part.name} stopped with exit code {code}"
            if not (self._is_up and part.may_return) or code == _REFUSED or part.restarts == _MOST_RESTARTS:
                raise DemoError(f"{what}: {_last_line(part.log)}")
            _signal_group(part.process.pid, signal.SIGKILL)  # what it left behind
            part.restarts += 1
            part.process = self._launch(part.arguments, part.log)
            self._say(f"{what} and was started again")

    def wait_until(self, what: str, holds: Callable[[], bool], seconds: float) -> None:
        """Wait until ``holds()``; every part must stay alive meanwhile."""
        deadline = time.monotonic() + seconds
        while not holds():
            self.check()
            if time.monotonic() > deadline:
                raise DemoError(f"{what} was not so after {seconds:.0f} s")
            time.sleep(0.05)

    def memory_mb(self, name: str) -> list[float]:
        """Resident memory in MB of a part and each of its children, the largest first."""
        part = next(part for part in self._parts if part.name == name)
        parent = psutil.Process(part.process.pid)
        sizes = [p.memory_info().rss / 1e6 for p in (parent, *parent.children(recursive=True))]
        return sorted(sizes, reverse=True)

    def stop(self) -> None:
        """Last started, first stopped: SIGTERM, then after a while SIGKILL, to the whole process group."""
        for part in reversed(self._parts):
            _signal_group(part.process.pid, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        for part in self._parts:
            try:
                part.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(part.process.pid, signal.SIGKILL)
                part.process.wait()
        for part in self._parts:
            _signal_group(part.process.pid, signal.SIGKILL)
        self._parts.clear()


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "it printed nothing"
