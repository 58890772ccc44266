"""
The life of a plan at FHIR servers that are not ours: first delivery, repetition, amendment, edit, withdrawal.

They need what ``tests/interop/servers/prepare.sh`` fetches; where that is absent the tests say so and are skipped.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.ehr_help import FakeInbox, settings
from tests.plan_resources import NOW, REPORT_ID, Resource, amended, plan_of, withdrawn
from worker.deliver import deliver
from worker.ehr import Ehr, open_session

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("CALCIFHIR_SERVERS", ROOT / ".venv" / "servers"))
TYPES = ("CarePlan", "ServiceRequest", "Goal", "Communication", "DetectedIssue", "Task", "Provenance")


class Server:
    """Somebody else's FHIR server."""

    def __init__(self, url: str) -> None:
        self.url = url

    def put(self, resource: Resource) -> Resource:
        answer = requests.put(f"{self.url}/{resource['resourceType']}/{resource['id']}", json=resource, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def held(self, resource_type: str) -> list[Resource]:
        # HAPI answers a search of the last minute from its cache unless it is told not to.
        headers = {"Cache-Control": "no-cache"}
        found = requests.get(f"{self.url}/{resource_type}?_count=100", headers=headers, timeout=30).json()
        return [each["resource"] for each in found.get("entry", ())]

    def counts(self) -> dict[str, int]:
        return {each: len(self.held(each)) for each in TYPES}


def _medplum(port: int, *options: str) -> Sequence[str]:
    if shutil.which("node") is None or not (FOLDER / "node_modules" / "@medplum" / "fhir-router").is_dir():
        pytest.skip("Medplum's router is absent; run tests/interop/servers/prepare.sh")
    return ["node", str(FOLDER / "medplum.mjs"), str(port), *options]


@contextmanager
def running(command: Sequence[str], port: int, log: Path, seconds: float) -> Iterator[Server]:
    url = f"http://127.0.0.1:{port}/fhir"
    with log.open("wb") as output, subprocess.Popen(command, cwd=FOLDER, stdout=output, stderr=output) as process:
        try:
            _wait(f"{url}/metadata", process, seconds)
            yield Server(url)
        finally:
            process.kill()


def _wait(url: str, process: "subprocess.Popen[bytes]", seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            if requests.get(url, timeout=30).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start; it ended with {process.poll()}")


@pytest.fixture(scope="module", params=["medplum", "medplum own-ids"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    name, *options = str(request.param).split()
    command = {"medplum": _medplum}[name](port, *options)
    with running(command, port, tmp_path_factory.mktemp("server") / "log", 120) as found:
        yield found


@pytest.fixture
def ehr(server: Server) -> Iterator[Ehr]:
    """The server without anything of ours, with one patient."""
    for resource_type in reversed(TYPES):
        for each in server.held(resource_type):
            requests.delete(f"{server.url}/{resource_type}/{each['id']}", timeout=30)
    server.put({"resourceType": "Patient", "id": "p-7", "identifier": [{"system": "urn:example:mrn", "value": "7"}]})
    with open_session() as session:
        yield Ehr(server.url, session, timeout_seconds=30)


def taken(ehr: Ehr, inbox: FakeInbox, resources: Sequence[Resource] | None = None) -> FakeInbox:
    """A delivery to its end."""
    if resources is not None:
        inbox.record(resources)
    deliver(REPORT_ID, inbox, ehr, settings(lease_seconds=120), NOW)
    assert inbox.state == "delivered", inbox.happened[-1]
    return inbox


def test_a_first_delivery_arrives_whole_and_once(server: Server, ehr: Ehr) -> None:
    taken(ehr, FakeInbox(plan_of()))
    assert server.counts() == dict.fromkeys(TYPES, 1) | {"ServiceRequest": 2}
    plan = server.held("CarePlan")[0]
    activities = {each["reference"]["reference"] for each in plan["activity"]}
    assert activities == {f"ServiceRequest/{each['id']}" for each in server.held("ServiceRequest")}


def test_the_same_again_writes_nothing(server: Server, ehr: Ehr) -> None:
    inbox = taken(ehr, FakeInbox(plan_of()))
    before = {each["id"]: each["meta"]["versionId"] for kind in TYPES for each in server.held(kind)}
    taken(ehr, inbox, plan_of(moment="2026-12-24T12:00:00+01:00"))
    assert {each["id"]: each["meta"]["versionId"] for kind in TYPES for each in server.held(kind)} == before


def test_an_amendment_updates_in_place_and_a_cancellation_withdraws(server: Server, ehr: Ehr) -> None:
    inbox = taken(ehr, FakeInbox(plan_of()))
    taken(ehr, inbox, amended())
    (plan,) = server.held("CarePlan")
    assert plan["title"] == "Level 5"
    taken(ehr, inbox, withdrawn())
    assert [each["status"] for each in server.held("CarePlan")] == ["revoked"]
    assert [each["status"] for each in server.held("Communication")] == ["not-done"]


def test_a_worker_that_died_after_writing_leaves_nothing_twice(server: Server, ehr: Ehr) -> None:
    inbox = FakeInbox(plan_of())
    inbox.finish_delivery = lambda *_: False  # type: ignore[method-assign, assignment]
    deliver(REPORT_ID, inbox, ehr, settings(lease_seconds=120), NOW)
    del inbox.finish_delivery
    counted, versions = server.counts(), [each["meta"]["versionId"] for each in server.held("CarePlan")]
    taken(ehr, inbox)
    assert server.counts() == counted
    assert [each["meta"]["versionId"] for each in server.held("CarePlan")] == versions


def test_a_clinicians_edit_is_kept(server: Server, ehr: Ehr) -> None:
    inbox = taken(ehr, FakeInbox(plan_of()))
    edited = server.put({**server.held("CarePlan")[0], "title": "By hand", "status": "active"})
    taken(ehr, inbox, amended())
    plans: dict[str, Any] = {each["id"]: each for each in server.held("CarePlan")}
    assert plans.pop(edited["id"])["title"] == "By hand"
    (new,) = plans.values()
    assert new["replaces"] == [{"reference": f"CarePlan/{edited['id']}"}]
    assert len(server.held("Communication")) == 1
