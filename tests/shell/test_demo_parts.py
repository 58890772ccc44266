"""The demo's processes: what ends is started again, what cannot run is named in one line, and none is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import requests

from worker.demo.cases import Step
from worker.demo.engine import Engine
from worker.demo.supervisor import DemoError, Supervisor, free_port


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    with Supervisor(tmp_path, dict(os.environ), said.append) as running:
        yield running


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def children() -> list[psutil.Process]:
    """What runs for the demo; other tests have children as well."""
    alive = [each for each in psutil.Process().children() if each.status() != psutil.STATUS_ZOMBIE]
    return [each for each in alive if "worker" in each.cmdline()]


def only_child() -> psutil.Process:
    """The one part that runs; for a moment after its start the kernel cannot tell yet what it is called with."""
    until(lambda: len(children()) == 1)
    return children()[0]


def checked_until_named(supervisor: Supervisor) -> str:
    with pytest.raises(DemoError) as told:
        until(lambda: supervisor.check() is not None)
    return str(told.value)


def test_a_part_that_cannot_start_is_named_with_its_last_words(supervisor: Supervisor) -> None:
    supervisor.start("worker", ["work", "--no-such-option"])
    told = checked_until_named(supervisor)
    assert told.startswith("worker stopped with exit code 2: ")
    assert "--no-such-option" in told
    assert "\n" not in told


def test_a_part_that_ends_later_is_started_again_and_that_is_said(supervisor: Supervisor, said: list[str]) -> None:
    port = free_port()
    supervisor.start("sandbox", ["sandbox", f"--port={port}"])
    supervisor.everything_is_up()
    first = only_child()
    first.send_signal(signal.SIGKILL)
    until(lambda: supervisor.check() is not None or bool(said))
    second = only_child()
    assert second.pid != first.pid
    assert said == ["sandbox stopped with exit code -9 and was started again"]


def test_what_would_come_back_without_memory_is_named_instead(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.start("sandbox", ["sandbox", f"--port={free_port()}"], may_return=False)
    supervisor.everything_is_up()
    only_child().send_signal(signal.SIGKILL)
    assert checked_until_named(supervisor).startswith("sandbox stopped with exit code -9")
    assert said == []


def test_a_part_that_ends_again_and_again_is_named(
    supervisor: Supervisor, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.demo.supervisor._MOST_RESTARTS", 1)
    supervisor.start("clock", ["tables", "show", "no-such-word-anywhere"])
    supervisor.everything_is_up()
    assert checked_until_named(supervisor).startswith("clock stopped with exit code 1")
    assert len(said) == 1


def test_a_demo_that_is_told_to_end_leaves_no_process_and_no_file_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "worker", "demo", "--out", str(tmp_path / "out")]
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    demo = psutil.Popen(command, env=os.environ | {"TMPDIR": str(scratch)}, stdout=subprocess.DEVNULL)
    until(lambda: len(demo.children()) >= 3)
    started = demo.children(recursive=True)
    demo.send_signal(signal.SIGTERM)
    assert demo.wait(60) == 128 + signal.SIGTERM
    gone, alive = psutil.wait_procs(started, timeout=10)
    assert (len(gone), alive) == (len(started), [])
    assert list(scratch.iterdir()) == []


def test_an_engine_sends_again_until_the_door_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[int | Exception] = [requests.ConnectionError(), 503, 429, 202]
    checks: list[None] = []

    def request(*_: object, **__: object) -> requests.Response:
        given = answers.pop(0)
        if isinstance(given, Exception):
            raise given
        response = requests.Response()
        response.status_code, response._content = given, b"{}"
        response.headers.update({"Location": "/messages/m1", "Content-Type": "application/fhir+json"})
        return response

    engine = Engine("http://door", lambda: checks.append(None))
    monkeypatch.setattr(engine._session, "request", request)
    step = Step("01-a.json", "POST", "/fhir", "application/fhir+json", "", "", {"http": 202})
    assert engine.send(step).message_id == "m1"
    assert len(checks) == 3, "each time it was looked whether a part has stopped"
