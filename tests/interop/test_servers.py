"""
The life of a plan at FHIR servers that are not ours: first delivery, repetition, amendment, edit, withdrawal.

They need what ``tests/interop/servers/prepare.sh`` fetches; where that is absent the tests say so and are skipped.
"""

import itertools
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
import requests

from tests.ehr_help import FakeInbox, settings
from tests.plan_resources import NOW, REPORT_ID, Resource, amended, plan_of, withdrawn
from tests.resource_scenarios import series
from worker.core.rules import Rules
from worker.deliver import deliver
from worker.ehr import Ehr, open_session

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("CALCIFHIR_SERVERS", ROOT / ".venv" / "servers"))
TYPES = ("CarePlan", "ServiceRequest", "Goal", "Communication", "DetectedIssue", "Task", "Provenance")


class Server:
    """Somebody else's FHIR server."""

    def __init__(self, url: str) -> None:
        self.url = url

    def put(self, resource: Resource) -> Resource:
        """Write as somebody else would, a clinician for one."""
        answer = requests.put(f"{self.url}/{resource['resourceType']}/{resource['id']}", json=resource, timeout=60)
        answer.raise_for_status()
        return answer.json()


class Chart:
    """One patient at that server, whom no other test knows, and a report about them."""

    def __init__(self, server: Server, session: requests.Session, number: int) -> None:
        self.server, self.session, self.number = server, session, number
        self.ehr = Ehr(server.url, session, timeout_seconds=60)
        self.patient = f"Patient/p-{number}"
        self.same: dict[str, Any] = {"report": number, "subject": {"reference": self.patient}}
        server.put({"resourceType": "Patient", "id": f"p-{number}"})

    def held(self, resource_type: str) -> list[Resource]:
        """What the server holds of one type about the patient."""
        if resource_type == "Provenance":
            found = [
                p for plan in self.held("CarePlan") for p in self._search(f"Provenance?target=CarePlan/{plan['id']}")
            ]
            return list({each["id"]: each for each in found}.values())
        return self._search(f"{resource_type}?patient={self.patient}")

    def _search(self, query: str) -> list[Resource]:
        # HAPI answers a search of the last minute from memory unless it is told not to.
        headers = {"Cache-Control": "no-cache"}
        found = requests.get(f"{self.server.url}/{query}", headers=headers, timeout=60)
        found.raise_for_status()
        return [each["resource"] for each in found.json().get("entry", ())]

    def versions(self) -> dict[str, str]:
        """Version of everything, by id."""
        return {each["id"]: each["meta"]["versionId"] for kind in TYPES for each in self.held(kind)}

    def take(self, inbox: FakeInbox, resources: Sequence[Resource] | None = None) -> FakeInbox:
        """A delivery to its end."""
        if resources is not None:
            inbox.record(resources)
        deliver(REPORT_ID, inbox, self.ehr, settings(lease_seconds=240), NOW)
        assert inbox.state == "delivered", inbox.happened[-1]
        return inbox


def _medplum(port: int, *options: str) -> Sequence[str]:
    if shutil.which("node") is None or not (FOLDER / "node_modules" / "@medplum" / "fhir-router").is_dir():
        pytest.skip("Medplum's router is absent; run tests/interop/servers/prepare.sh")
    return ["node", str(FOLDER / "medplum.mjs"), str(port), *options]


def _hapi(port: int, *options: str) -> Sequence[str]:
    if shutil.which("java") is None or not (FOLDER / "classes" / "HapiServer.class").is_file():
        pytest.skip("the HAPI server is absent; run tests/interop/servers/prepare.sh")
    return ["java", "-Xmx1500m", "-cp", f"{FOLDER / 'classes'}:{FOLDER / 'lib'}/*", "HapiServer", str(port), *options]


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
            if requests.get(url, timeout=60).ok:
                return
        except requests.RequestException:  # not there yet, or still reading its own definitions
            time.sleep(0.1)
    raise AssertionError(f"the server did not start; it ended with {process.poll()}")


@pytest.fixture(scope="module", params=["medplum", "medplum own-ids", "hapi"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    name, *options = str(request.param).split()
    command = {"medplum": _medplum, "hapi": _hapi}[name](port, *options)
    with running(command, port, tmp_path_factory.mktemp("server") / "log", 400) as found:
        yield found


_numbers = itertools.count(2)


@pytest.fixture
def chart(server: Server) -> Iterator[Chart]:
    with open_session() as session:
        yield Chart(server, session, next(_numbers))


def test_a_first_delivery_arrives_whole_and_once(chart: Chart) -> None:
    chart.take(FakeInbox(plan_of(**chart.same)))
    assert {each: len(chart.held(each)) for each in TYPES} == dict.fromkeys(TYPES, 1) | {"ServiceRequest": 2}
    plan = chart.held("CarePlan")[0]
    activities = {each["reference"]["reference"] for each in plan["activity"]}
    assert activities == {f"ServiceRequest/{each['id']}" for each in chart.held("ServiceRequest")}


def test_the_same_again_writes_nothing(chart: Chart) -> None:
    inbox = chart.take(FakeInbox(plan_of(**chart.same)))
    before = chart.versions()
    chart.take(inbox, plan_of(moment="2026-12-24T12:00:00+01:00", **chart.same))
    assert chart.versions() == before


def test_an_amendment_updates_in_place_and_a_cancellation_withdraws(chart: Chart) -> None:
    inbox = chart.take(FakeInbox(plan_of(**chart.same)))
    chart.take(inbox, amended(**chart.same))
    (plan,) = chart.held("CarePlan")
    assert plan["title"] == "Level 5"
    chart.take(inbox, withdrawn(**chart.same))
    assert [each["status"] for each in chart.held("CarePlan")] == ["revoked"]
    assert [each["status"] for each in chart.held("Communication")] == ["not-done"]


def test_a_worker_that_died_after_writing_leaves_nothing_twice(chart: Chart) -> None:
    inbox = FakeInbox(plan_of(**chart.same))
    inbox.finish_delivery = lambda *_: False  # type: ignore[method-assign, assignment]
    deliver(REPORT_ID, inbox, chart.ehr, settings(lease_seconds=240), NOW)
    del inbox.finish_delivery
    before = chart.versions()
    assert before
    chart.take(inbox)
    assert chart.versions() == before
    assert {entry.version_id is not None for entry in inbox.written.values()} == {True}


def test_a_clinicians_edit_is_kept(chart: Chart) -> None:
    inbox = chart.take(FakeInbox(plan_of(**chart.same)))
    edited = chart.server.put({**chart.held("CarePlan")[0], "title": "By hand", "status": "active"})
    chart.take(inbox, amended(**chart.same))
    plans: dict[str, Any] = {each["id"]: each for each in chart.held("CarePlan")}
    assert plans.pop(edited["id"])["title"] == "By hand"
    (new,) = plans.values()
    assert [each["reference"] for each in new["replaces"]] == [f"CarePlan/{edited['id']}"]
    assert len(chart.held("Communication")) == 1


def test_a_draft_that_was_deleted_does_not_stop_the_new_one(chart: Chart) -> None:
    inbox = chart.take(FakeInbox(plan_of(**chart.same)))
    for kind in ("Provenance", "Task", "Communication", "CarePlan"):  # what refers to it goes first
        for each in chart.held(kind):
            requests.delete(f"{chart.server.url}/{kind}/{each['id']}", timeout=60).raise_for_status()
    chart.take(inbox, amended(**chart.same))
    assert [each["title"] for each in chart.held("CarePlan")] == ["Level 5"]


def test_what_the_server_refuses_is_parked(chart: Chart) -> None:
    subject = {"reference": "Patient/nobody"}
    inbox = FakeInbox(plan_of(**{**chart.same, "subject": subject}))
    deliver(REPORT_ID, inbox, chart.ehr, settings(lease_seconds=240), NOW)
    assert inbox.state == "parked"


def test_our_own_ids_are_taken_where_the_site_says_so(chart: Chart) -> None:
    """The other way of writing, by PUT under our ids with If-Match; HAPI takes them without stating it."""
    chart.ehr = Ehr(chart.server.url, chart.session, timeout_seconds=60, takes_our_ids=True)
    inbox = chart.take(FakeInbox(plan_of(**chart.same)))
    assert chart.versions().keys() == {each["id"] for each in plan_of(**chart.same)}
    before = chart.versions()
    inbox.attempts = 1
    chart.take(inbox, plan_of(moment="2026-12-24T12:00:00+01:00", **chart.same))
    assert chart.versions() == before
    chart.take(inbox, amended(**chart.same))
    (plan,) = chart.held("CarePlan")
    assert plan["title"] == "Level 5"
    edited = chart.server.put({**plan, "title": "By hand", "status": "active"})
    chart.take(inbox, plan_of(level="6", letter="Third.", version="3", **chart.same))
    assert {each["title"] for each in chart.held("CarePlan")} == {"By hand", "Level 6"}
    chart.take(inbox, withdrawn(**chart.same))
    assert {each["id"]: each["status"] for each in chart.held("CarePlan")}[edited["id"]] == "active"
    assert sorted(each["status"] for each in chart.held("CarePlan")) == ["active", "revoked"]


def test_a_series_ends_and_is_open_again(chart: Chart, rules: Rules) -> None:
    """What refers to another report's plan by identifier, what is completed, and a draft beside it, all are taken."""
    made = dict(series(rules, "R4"))
    life = _about(chart, {"ends-a-series": made.pop("ends-a-series")}) | _about(chart, made)
    later = chart.take(FakeInbox(life["ends-a-series"]))
    (plan,) = chart.held("CarePlan")
    assert [each["identifier"]["system"] for each in plan["replaces"]] == ["urn:calcifhir:care-plan"]
    earlier = FakeInbox(life["series-active"])
    chart.take(earlier)
    chart.take(earlier, _laid_over(life["series-active"], life["series-ended"]))
    states = {each["id"]: each["status"] for each in chart.held("CarePlan")}
    assert sorted(states.values()) == ["completed", "draft"]
    assert "active" not in {each["status"] for each in chart.held("ServiceRequest")}
    standing = _laid_over(life["series-active"], life["series-ended"])
    chart.take(earlier, _laid_over(standing, life["series-ended-and-open-again"]))
    plans = {each["id"]: each for each in chart.held("CarePlan") if each["id"] != plan["id"]}
    (draft,) = (each for each in plans.values() if each["status"] == "draft")
    (over,) = (each for each in plans.values() if each["status"] == "completed")
    assert draft["replaces"][0]["reference"] == f"CarePlan/{over['id']}"
    assert later.state == "delivered"


def _about(chart: Chart, made: Mapping[str, Sequence[Resource]]) -> dict[str, tuple[Resource, ...]]:
    """The same about the chart's own patient, under ids of their own, released by somebody whom the server knows."""
    chart.server.put({"resourceType": "Practitioner", "id": "dr-9"})
    text = json.dumps(made).replace("Practitioner/9", "Practitioner/dr-9").replace("Patient/p-7", chart.patient)
    for each in {each["id"] for resources in made.values() for each in resources}:
        text = text.replace(each, str(uuid5(NAMESPACE_URL, f"{chart.number}:{sorted(made)}:{each}")))
    return {name: tuple(_of(chart, each) for each in resources) for name, resources in json.loads(text).items()}


def _of(chart: Chart, resource: Resource) -> Resource:
    person = {"reference": chart.patient}
    return {**resource, **{name: person for name in ("subject", "patient", "for") if name in resource}}


def _laid_over(standing: Sequence[Resource], changed: Sequence[Resource]) -> tuple[Resource, ...]:
    return tuple({(each["resourceType"], each["id"]): each for each in (*standing, *changed)}.values())
