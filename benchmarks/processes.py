"""Processes for the length of a measurement: started, waited for, measured, and never left behind."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

_STOP_SECONDS = 10.0


class BenchmarkError(Exception):
    """A part of a measurement failed; the text names it."""


def free_port() -> int:
    """A TCP port on loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(name: str, module: str, *arguments: str, **env: str) -> Iterator["subprocess.Popen[bytes]"]:
    """``python -m MODULE ARGUMENTS`` in a process group of its own while the block runs."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env={n: v for n, v in os.environ.items() if not n.startswith("CALCIFHIR_")} | env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        except BenchmarkError as error:
            log.seek(0)
            told = log.read().decode(errors="replace").strip().splitlines()[-3:]
            raise BenchmarkError(f"{error} ({name}: {' | '.join(told) or 'printed nothing'})") from error
        finally:
            _end(process)


def wait_until(what: str, holds: Callable[[], bool], seconds: float, every: float = 0.02) -> float:
    """Wait until ``holds()``; returns when it was seen (``time.perf_counter``)."""
    deadline = time.perf_counter() + seconds
    while not holds():
        if time.perf_counter() > deadline:
            raise BenchmarkError(f"{what} was not so after {seconds:.0f} s")
        time.sleep(every)
    return time.perf_counter()


def listens(port: int) -> bool:
    """Whether something accepts connections there."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def children_mb(process: "subprocess.Popen[bytes]") -> list[float]:
    """Resident memory of each child process in MB, the largest first."""
    return sorted((c.memory_info().rss / 1e6 for c in psutil.Process(process.pid).children()), reverse=True)


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="calcifhir-bench-") as name:
        yield Path(name)


def _end(process: "subprocess.Popen[bytes]") -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
        except ProcessLookupError:
            break
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
