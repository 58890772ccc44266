"""The door, over ASGI, with an inbox of its own on a real Redis: what it takes, what it refuses, and what it says."""

import gzip
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import redis
from starlette.testclient import TestClient

from worker.core.rules import Rules
from worker.embedded import start_redis
from worker.errors import InboxUnavailable
from worker.inbox import Inbox
from worker.intake import create_intake
from worker.metrics import Metrics
from worker.settings import Settings

FHIR = {"Content-Type": "application/fhir+json"}
REPORT = {
    "resourceType": "DiagnosticReport",
    "id": "r1",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "26346-7"}]},
    "subject": {"reference": "Patient/p1"},
    "effectiveDateTime": "2026-11-10",
    "conclusion": "BI-RADS 2.",
}


@dataclass
class Parts:
    settings: Settings
    rules: Rules
    inbox: Inbox
    metrics: Metrics
    rung: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with start_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server.url


def environment(redis_url: str, **more: str) -> dict[str, str]:
    return {"CALCIFHIR_REDIS_URL": redis_url, "CALCIFHIR_EHR_URL": "http://127.0.0.1:9/fhir", **more}


@pytest.fixture
def parts(redis_url: str, rules: Rules) -> Iterator[Parts]:
    client = redis.Redis.from_url(redis_url)
    client.flushall()
    settings = Settings.from_env(environment(redis_url, CALCIFHIR_MAX_MESSAGE_BYTES="20000"))
    yield Parts(settings, rules, Inbox(client, settings.key_prefix), Metrics())
    client.close()


@pytest.fixture
def door(parts: Parts) -> Iterator[TestClient]:
    with TestClient(create_intake(parts, parts.rung.append), raise_server_exceptions=False) as client:
        yield client


def body(**changes: Any) -> str:
    return json.dumps({k: v for k, v in {**REPORT, **changes}.items() if v is not None})


def test_a_report_is_stored_rung_and_answered_202_with_its_address(door: TestClient, parts: Parts) -> None:
    answer = door.post("/fhir/DiagnosticReport", content=body(), headers=FHIR)
    assert answer.status_code == 202
    message_id = answer.headers["Location"].removeprefix("/messages/")
    assert parts.rung == [message_id]
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert door.get(f"/messages/{message_id}").json()["state"] == "received"


def test_the_same_message_again_answers_200_with_the_same_address(door: TestClient) -> None:
    first = door.post("/fhir", content=body(), headers=FHIR)
    again = door.post("/fhir", content=json.dumps(json.loads(body()), indent=3), headers=FHIR)
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.headers["Location"] == again.headers["Location"]


def test_the_bytes_are_stored_as_they_came(door: TestClient, parts: Parts) -> None:
    content = b" " + json.dumps(REPORT, indent=2).encode() + b"\n"
    answer = door.post("/fhir", content=content, headers=FHIR)
    message_id = answer.headers["Location"].removeprefix("/messages/")
    assert parts.inbox.content(message_id) == content


@pytest.mark.parametrize(
    ("path", "content", "headers", "status", "where"),
    [
        ("/fhir", '{"resourceType": "Diag', FHIR, 400, None),
        ("/fhir", '{"resourceType": "DiagnosticReport", "id": "a", "id": "b"}', FHIR, 400, None),
        ("/fhir", "[1, 2]", FHIR, 422, None),
        ("/fhir", '{"a": 1}', FHIR, 422, "resourceType"),
        ("/fhir", body(resourceType="NoSuchThing"), FHIR, 422, "resourceType"),
        ("/fhir/Observation", body(), FHIR, 422, "resourceType"),
        ("/fhir", body(), {"Content-Type": "text/plain"}, 415, None),
        ("/fhir", body(), {"Content-Type": "application/fhir+xml"}, 415, None),
        ("/fhir", body(), {"Content-Type": "application/fhir+json; charset=latin-1"}, 415, None),
        ("/fhir", body(conclusion="x" * 30000), FHIR, 413, None),
        ("/fhir", body(subject=None), FHIR, 422, "DiagnosticReport.subject"),
        ("/fhir", body(status="finished"), FHIR, 422, "DiagnosticReport.status"),
        ("/fhir", body(status=None), FHIR, 422, "DiagnosticReport.status"),
        ("/fhir", body(conclusionCode="4"), FHIR, 422, "DiagnosticReport.conclusionCode"),
    ],
)
def test_what_is_wrong_is_refused_and_the_element_is_named(
    door: TestClient, parts: Parts, path: str, content: str, headers: dict[str, str], status: int, where: str | None
) -> None:
    answer = door.post(path, content=content, headers=headers)
    assert answer.status_code == status
    outcome = answer.json()
    assert outcome["resourceType"] == "OperationOutcome"
    assert outcome["issue"][0]["diagnostics"]
    if where:
        named = [text for issue in outcome["issue"] for text in (issue["diagnostics"], *issue.get("expression", ()))]
        assert any(where in text for text in named)
    assert parts.rung == []
    assert not any(parts.inbox.counts().values())


def test_a_put_whose_ids_differ_is_refused(door: TestClient) -> None:
    assert door.put("/fhir/DiagnosticReport/other", content=body(), headers=FHIR).status_code == 400
    assert door.put("/fhir/DiagnosticReport/r1", content=body(), headers=FHIR).status_code == 202


def test_a_packed_body_is_unpacked_and_is_the_same_message(door: TestClient, parts: Parts) -> None:
    plain = door.post("/fhir", content=body(), headers=FHIR)
    packed = door.post("/fhir", content=gzip.compress(body().encode()), headers=FHIR | {"Content-Encoding": "gzip"})
    assert (plain.status_code, packed.status_code) == (202, 200)
    assert plain.headers["Location"] == packed.headers["Location"]


@pytest.mark.parametrize(
    ("content", "encoding", "status"),
    [
        (gzip.compress(b"[" * 8_000_000), "gzip", 413),
        (gzip.compress(body().encode())[:-9], "gzip", 400),
        (gzip.compress(body().encode()) + b"more", "gzip", 400),
        (body().encode(), "gzip", 400),
        (body().encode(), "br", 415),
        (b"", "gzip", 400),
    ],
)
def test_a_body_packed_otherwise_than_it_says_or_without_bound_is_refused(
    door: TestClient, parts: Parts, content: bytes, encoding: str, status: int
) -> None:
    answer = door.post("/fhir", content=content, headers=FHIR | {"Content-Encoding": encoding})
    assert (answer.status_code, answer.json()["resourceType"]) == (status, "OperationOutcome")
    assert parts.rung == []


def test_every_refusal_is_counted_by_its_status(door: TestClient) -> None:
    door.post("/fhir", content=body(), headers={"Content-Type": "text/plain"})
    door.post("/fhir", content="x" * 30_000, headers=FHIR)
    door.post("/fhir", content=body(subject=None), headers=FHIR)
    text = door.get("/metrics").text
    for status in (413, 415, 422):
        assert f'calcifhir_door_refused_total{{status="{status}"}} 1.0' in text


def test_a_method_that_is_not_served_is_told_which_are(door: TestClient) -> None:
    answer = door.delete("/fhir")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_a_vendor_element_is_a_warning_and_never_blocks_the_report(door: TestClient) -> None:
    answer = door.post("/fhir", content=body(xVendor={"a": 1}), headers=FHIR)
    assert answer.status_code == 202
    assert any(issue["severity"] == "warning" for issue in answer.json()["issue"])


def test_redis_away_answers_503_with_retry_after_and_rings_nobody(
    door: TestClient, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise InboxUnavailable("down")

    monkeypatch.setattr(parts.inbox, "store", away)
    answer = door.post("/fhir", content=body(), headers=FHIR)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert parts.rung == []


def test_above_the_high_water_mark_engines_are_sent_away_and_below_it_served(parts: Parts, redis_url: str) -> None:
    site = Settings.from_env(environment(redis_url, CALCIFHIR_MOST_OPEN_MESSAGES="2"))
    own = Parts(site, parts.rules, parts.inbox, parts.metrics)
    answers = []
    with TestClient(create_intake(own, own.rung.append)) as client:
        for number in range(40):
            answers.append(client.post("/fhir", content=body(id=f"r{number}"), headers=FHIR))
            if answers[-1].status_code == 503:
                break
            time.sleep(0.1)  # it looks once a second
        assert answers[-1].status_code == 503
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert answers[-1].json()["issue"][0]["code"] == "throttled"
        assert "calcifhir_door_sent_away_total 1.0" in client.get("/metrics").text
        for message_id in own.rung:
            parts.inbox.park_open("decide", message_id, "out of the way")
        time.sleep(1.1)
        assert client.post("/fhir", content=body(id="again"), headers=FHIR).status_code == 202


def test_a_sweep_that_does_not_run_makes_the_door_not_ready(
    door: TestClient, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts.inbox.due("decide")
    assert door.get("/readyz").status_code == 200
    hour_ahead = time.monotonic() + 3600
    monkeypatch.setattr("worker.intake.app.time", SimpleNamespace(monotonic=lambda: hour_ahead))
    assert door.get("/readyz").status_code == 200, "it runs"
    parts.inbox.due("decide", now=time.time() - 3600)
    answer = door.get("/readyz")
    assert (answer.status_code, "sweep" in answer.text) == (503, True)


def test_a_redis_that_became_volatile_makes_the_door_not_ready(door: TestClient, redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.config_set("appendfsync", "everysec")
        try:
            answer = door.get("/readyz")
        finally:
            client.config_set("appendfsync", "always")
    assert (answer.status_code, "appendfsync" in answer.text) == (503, True)


def test_tokens_are_asked_for_when_the_site_gave_some(parts: Parts, redis_url: str) -> None:
    settings = Settings.from_env(environment(redis_url, CALCIFHIR_SENDERS=f"ris:{'r' * 20} lab:{'l' * 20}"))
    own = Parts(settings, parts.rules, parts.inbox, parts.metrics)
    with TestClient(create_intake(own, own.rung.append)) as client:
        assert client.post("/fhir", content=body(), headers=FHIR).status_code == 401
        assert client.post("/fhir", content=body(), headers=FHIR | {"Authorization": "Bearer no"}).status_code == 401
        good = FHIR | {"Authorization": f"Bearer {'r' * 20}"}
        assert client.post("/fhir", content=body(), headers=good).status_code == 202


def test_metadata_says_what_the_door_serves(door: TestClient) -> None:
    statement = door.get("/fhir/metadata").json()
    assert statement["resourceType"] == "CapabilityStatement"
    assert {r["type"] for r in statement["rest"][0]["resource"]} >= {
        "DiagnosticReport",
        "Observation",
        "Task",
        "CarePlan",
    }


def test_an_unknown_message_is_404(door: TestClient) -> None:
    assert door.get("/messages/nothing-like-it").status_code == 404


def test_health_readiness_and_metrics_answer(door: TestClient) -> None:
    assert door.get("/healthz").text == "ok\n"
    assert door.get("/readyz").text == "ready\n"
    assert "calcifhir_" in door.get("/metrics").text


@pytest.mark.corpus
def test_every_file_of_the_corpus_gets_an_answer_and_never_a_server_error(door: TestClient, corpus: Path) -> None:
    for path in sorted((corpus / "fhir").glob("*.json")):
        if path.name != "gold.jsonl":
            assert door.post("/fhir", content=path.read_bytes(), headers=FHIR).status_code in {200, 202, 413, 422}
