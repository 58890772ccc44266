"""Real processes for the integration tests: Redis, workers, beat and a sandbox EHR, to be killed and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import redis
import requests

from tests.shell.documents import Resource, as_bytes
from worker.core.report import canonical_digest
from worker.embedded import EmbeddedRedis
from worker.inbox import Inbox
from worker.lifeline import Lifeline
from worker.redis_address import redis_client

ROOT = Path(__file__).parents[2]
ENDS = {"delivered", "withdrawn", "superseded", "no-output", "not-for-us", "parked"}


@dataclass
class House:
    """
    Everything of one installation on this machine.

    Args:
        options: ``CALCIFHIR_*`` variables without the prefix.
    """

    folder: Path
    server: EmbeddedRedis
    ehr_port: int
    door_port: int
    options: dict[str, str] = field(default_factory=dict)
    _processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    _commands: dict[str, Sequence[str]] = field(default_factory=dict)
    _lifelines: dict[str, Lifeline] = field(default_factory=dict)
    _client: "redis.Redis | None" = None

    @property
    def ehr(self) -> str:
        """Base URL of the sandbox."""
        return f"http://127.0.0.1:{self.ehr_port}/fhir"

    @property
    def door(self) -> str:
        """Base URL of the door."""
        return f"http://127.0.0.1:{self.door_port}"

    @property
    def env(self) -> dict[str, str]:
        """Environment of every process: nothing of ours from outside."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("CALCIFHIR_")}
        given = {
            "REDIS_URL": self.server.url,
            "EHR_URL": self.ehr,
            "LEASE_SECONDS": "4",
            "RING_SECONDS": "1",
            "SWEEP_SECONDS": "0.5",
            "DOOR_URL": f"http://127.0.0.1:{self.door_port}",
        }
        return own | {f"CALCIFHIR_{n}": v for n, v in (given | self.options).items()} | {"PYTHONUNBUFFERED": "1"}

    @property
    def redis_url(self) -> str:
        """Where the inbox is."""
        return self.options.get("REDIS_URL", self.server.url)

    @property
    def client(self) -> "redis.Redis":
        """A connection of the test's own."""
        if self._client is None:
            self._client = redis_client(self.redis_url, socket_timeout=5, socket_connect_timeout=2)
        return self._client

    @property
    def inbox(self) -> Inbox:
        """The store, as the processes see it."""
        return Inbox(self.client, lease_seconds=4, ring_seconds=1)

    # -- processes

    def start(self, name: str, *arguments: str) -> None:
        """Start ``calcifhir ARGUMENTS`` (or a script of the tests) as a process group of its own."""
        first = [sys.executable] if arguments[0].endswith(".py") else [sys.executable, "-m", "worker"]
        self._commands[name] = [*first, *arguments]
        self._launch(name)

    def _launch(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                self._commands[name], cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        self._release(name)
        self._lifelines[name] = Lifeline(self._processes[name].pid, group=True)

    def _release(self, name: str) -> None:
        if name in self._lifelines:
            self._lifelines.pop(name).release()

    def start_ehr(self) -> None:
        """Start the sandbox with one patient in it."""
        self.start("sandbox", "sandbox", f"--port={self.ehr_port}")
        self.until(lambda: _answers(f"{self.ehr}/metadata"), 30, "the sandbox answers")
        patient = {"resourceType": "Patient", "id": "p1"}
        requests.put(f"{self.ehr}/Patient/p1", json=patient, timeout=5).raise_for_status()

    def start_worker(self, name: str = "worker", script: Path | None = None) -> None:
        """A prefork worker with two processes and all queues."""
        arguments = [str(script)] if script else ["work", "--concurrency=2", f"--hostname={name}@%h"]
        self.start(name, *arguments)

    def start_door(self) -> None:
        """The FHIR door over HTTP."""
        self.start("door", "serve", f"--port={self.door_port}")

    def start_beat(self) -> None:
        """The clock of the sweep."""
        self.start("beat", "beat", f"--schedule={self.folder / 'beat'}")

    def command(self, *arguments: str) -> str:
        """Run ``calcifhir ARGUMENTS`` to its end; what it printed."""
        code, told = self.tried(*arguments)
        assert code == 0, told
        return told

    def tried(self, *arguments: str) -> tuple[int, str]:
        """Run ``calcifhir ARGUMENTS`` to its end, however it ends; exit code and what it printed."""
        command = [sys.executable, "-m", "worker", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout or done.stderr

    def kill(self, name: str) -> None:
        """SIGKILL to the whole process group."""
        process = self._processes[name]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self, name: str) -> int:
        """SIGTERM, as a deployment does; its exit code."""
        process = self._processes[name]
        process.send_signal(signal.SIGTERM)
        return process.wait(30)

    def signal(self, name: str, number: signal.Signals) -> None:
        """To its main process, as ``docker kill --signal`` and ``systemctl reload`` do."""
        self._processes[name].send_signal(number)

    def exit_code(self, name: str) -> int | None:
        """None while it runs."""
        return self._processes[name].poll()

    def restart(self, name: str) -> None:
        """Start it again, as a supervisor does."""
        self._launch(name)

    def restart_what_ended(self) -> list[str]:
        """Be the supervisor once; names of what it had to start again."""
        ended = [name for name, process in self._processes.items() if process.poll() is not None]
        for name in ended:
            self._launch(name)
        return ended

    def pids(self, names: Sequence[str]) -> dict[str, int]:
        """Ids of those of the processes that run now."""
        return {name: self._processes[name].pid for name in names if self._processes[name].poll() is None}

    def is_working(self, name: str) -> bool:
        """Whether a worker has loaded everything and forked its pool."""
        try:
            return self._processes[name].poll() is None and bool(psutil.Process(self._processes[name].pid).children())
        except psutil.NoSuchProcess:
            return False

    def door_answers(self) -> bool:
        """Whether the door is open."""
        return _answers(f"{self.door}/healthz")

    def stop(self) -> None:
        """End all that is left, and wait for it."""
        for process in self._processes.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        for name in [*self._lifelines]:
            self._release(name)
        if self._client is not None:
            self._client.close()

    def logs(self) -> str:
        """What all processes wrote."""
        return "\n".join(path.read_text("utf-8", "replace") for path in sorted(self.folder.glob("*.log")))

    def metrics(self) -> str:
        """What the door tells a monitor."""
        return requests.get(f"http://127.0.0.1:{self.door_port}/metrics", timeout=10).text

    # -- messages

    def post(self, document: Resource) -> str:
        """Store as the door does, without a bell; the message's id."""
        stored = self.inbox.store(
            as_bytes(document),
            document_digest=canonical_digest(document),
            content_type="application/fhir+json",
            sender="engine",
            method="POST",
            path="/fhir",
            fhir_version="R4",
            warnings=[],
            received=datetime.now(UTC),
        )
        return stored.message_id

    def send(self, document: Resource) -> requests.Response:
        """Post to the door as an engine does: again, until it answers."""
        answers: list[requests.Response] = []

        def answered() -> bool:
            try:
                headers = {"Content-Type": "application/fhir+json"}
                answers.append(requests.post(f"{self.door}/fhir", data=as_bytes(document), headers=headers, timeout=5))
            except requests.RequestException:
                return False
            return answers[-1].status_code in (200, 202)

        self.until(answered, 30, "the door takes the message")
        return answers[-1]

    def state(self, message_id: str) -> str:
        """Of one message."""
        message = self.inbox.message(message_id)
        assert message is not None
        return message.state

    def until(self, holds: Callable[[], Any], seconds: float, what: str) -> None:
        """Wait until something holds, asking again and again; fail with the logs' ends when it does not."""
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"not so after {seconds:.0f} s: {what}\n{self.logs()[-3000:]}")
            time.sleep(0.05)

    def until_ended(self, message_ids: Sequence[str], seconds: float) -> dict[str, int]:
        """Wait until every message is at its end; how many ended in each state."""
        self.until(lambda: all(self.state(m) in ENDS for m in message_ids), seconds, "every message is at its end")
        states = [self.state(m) for m in message_ids]
        print(self.inbox.parked())  # shown when a test fails over it
        return {state: states.count(state) for state in sorted(set(states))}

    def at_ehr(self, resource_type: str) -> list[Resource]:
        """All resources of a type that the EHR holds."""
        url = f"{self.ehr.removesuffix('/fhir')}/_sandbox/resources"
        held: list[Resource] = requests.get(url, params={"type": resource_type}, timeout=10).json()["resources"]
        return held

    def disturb_ehr(self, chances: Mapping[str, float] | None = None, **how: Any) -> dict[str, int]:
        """
        From now on the sandbox misbehaves so; nothing given: it behaves.

        Args:
            how: ``seed``, ``methods``, ``hold_seconds``, as of ``Faults``.

        Returns:
            How often each kind of fault has happened so far.
        """
        url = f"{self.ehr.removesuffix('/fhir')}/_sandbox/faults"
        answer = requests.post(url, json={"chances": dict(chances or {}), **how}, timeout=10)
        answer.raise_for_status()
        happened: dict[str, int] = answer.json()["happened"]
        return happened


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=1).ok
    except requests.RequestException:
        return False
