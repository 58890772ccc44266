"""
No patient's data where it does not belong: logs, metrics, answers, the broker, names of keys, what the tools print.

Words that occur nowhere else are planted in messages of every fate (delivered, held, refused, parked), and sought
in everything that a person without the right to read reports can see.
"""

import base64
import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import kombu
import pytest
import redis
import requests

from tests.integration.house import House
from worker.embedded import start_redis

pytestmark = pytest.mark.integration

# Family, given, street, telephone, record number, accession, logical ids, a word of the report, birth date, token.
FAMILY, GIVEN, STREET, PHONE = "Zyxwvutnik", "Quillabeth", "Planterstrasse", "0177-555-8841"
RECORD, ACCESSION, PATIENT_ID, REPORT_ID = "MRNPLANT77310", "ACCPLANT55102", "ptplant8841", "repplant9920"
WORD, BIRTH_DATE, DOCTOR = "quokkaform", "1951-07-23", "Plantagenetta"
TOKEN = "tokenplant-0123456789abcdef"
# Every spelling in which they would show; ids of reports are hashed before they go anywhere.
PLANTED = re.compile(
    "|".join(
        map(
            re.escape,
            (FAMILY, GIVEN, STREET, PHONE, RECORD, ACCESSION, PATIENT_ID, REPORT_ID, WORD, BIRTH_DATE, DOCTOR, TOKEN),
        )
    ),
    re.IGNORECASE,
)
FHIR = {"Content-Type": "application/fhir+json", "Authorization": f"Bearer {TOKEN}"}

Resource = dict[str, Any]


def patient(**more: Any) -> Resource:
    return {
        "resourceType": "Patient",
        "id": PATIENT_ID,
        "identifier": [{"system": "urn:mrn", "value": RECORD}],
        "name": [{"family": FAMILY, "given": [GIVEN]}],
        "birthDate": BIRTH_DATE,
        "telecom": [{"system": "phone", "value": PHONE}],
        "address": [{"line": [f"{STREET} 9"]}],
    } | more


def report(
    number: int, conclusion: str = "Grouped amorphous calcifications, left. BI-RADS 4.", **more: Any
) -> Resource:
    return {
        "resourceType": "DiagnosticReport",
        "id": f"{REPORT_ID}-{number}",
        "identifier": [{"system": "urn:acc", "value": f"{ACCESSION}-{number}"}],
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "24606-6"}], "text": f"Mammogram of {FAMILY}"},
        "subject": {"reference": f"Patient/{PATIENT_ID}", "display": f"{GIVEN} {FAMILY}"},
        "effectiveDateTime": "2026-11-10",
        "performer": [{"display": f"Dr. {DOCTOR}"}],
        "conclusion": f"{conclusion} The {WORD} patient {FAMILY}, born {BIRTH_DATE}.",
    } | more


def bundle(*resources: Resource) -> Resource:
    entries = [
        {"resource": r, "request": {"method": "PUT", "url": f"{r['resourceType']}/{r['id']}"}} for r in resources
    ]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


# Messages that are taken, each with another fate.
TAKEN: dict[str, Resource] = {
    "delivered": bundle(patient(), report(1)),
    "held, codes and words disagree": report(2, "BI-RADS 4B. Routine annual screening recommended."),
    "held, nothing can be read": report(3, "See the letter."),
    "waiting for an Observation": report(4, result=[{"reference": f"Observation/{RECORD}", "display": WORD}]),
    "not for us": report(5, "Lungs clear.") | {"code": {"coding": [{"system": "http://loinc.org", "code": "36643-5"}]}},
    "taken with warnings": bundle(patient(vendorName=FAMILY, gender=WORD), report(6)),
    "amended": report(1, "BI-RADS 5.", status="amended", meta={"versionId": "2"}),
    "cancelled": report(7, status="cancelled"),
    "unreadable attachment": report(8, presentedForm=[{"contentType": "application/pdf", "data": "UE5BTlQ="}]),
    "attachment elsewhere": report(
        9, presentedForm=[{"contentType": "text/plain", "url": f"https://pacs/{FAMILY}.txt"}]
    ),
    "of two patients": bundle(
        report(10, result=[{"reference": "Observation/x"}]),
        {
            "resourceType": "Observation",
            "id": "x",
            "status": "final",
            "code": {"text": "BI-RADS"},
            "subject": {"reference": f"Patient/other-{RECORD}"},
            "valueString": f"{WORD} BI-RADS 2",
        },
    ),
}


def text_of(document: Resource) -> str:
    return json.dumps(document)


# Messages that are refused, each for another reason: path, body, and what the sender is told must not repeat them.
REFUSED: dict[str, tuple[str, str]] = {
    "not JSON": ("/fhir", text_of(report(20))[:-20]),
    "a key twice": ("/fhir", text_of(report(21)).replace('"status"', f'"status": "{WORD}", "status"')),
    "not FHIR": ("/fhir", json.dumps({"resourceType": FAMILY, "name": GIVEN})),
    "no subject": ("/fhir", text_of({k: v for k, v in report(22).items() if k != "subject"})),
    "a wrong status": ("/fhir", text_of(report(23, status=WORD))),
    "a wrong date": ("/fhir", text_of(report(24, effectiveDateTime=f"{BIRTH_DATE}x"))),
    "a wrong type": ("/fhir", text_of(report(25, subject=FAMILY))),
    "a code that is a list": ("/fhir", text_of(report(26, code=[WORD]))),
    "another address": (f"/fhir/Observation?patient={FAMILY}", text_of(report(27))),
    "an address of no type": (f"/fhir/Nothing?name={FAMILY}", text_of(report(28))),
    "an unknown element": ("/fhir", text_of(report(29, vendorNote=FAMILY))),
    "a reference of a wrong form": ("/fhir", text_of(report(30, result=[{"reference": {"value": RECORD}}]))),
}


class EchoingEhr(BaseHTTPRequestHandler):
    """An EHR that refuses everything and repeats it all in its answer, as some do."""

    def do_GET(self) -> None:
        if self.path.endswith("/metadata"):
            rest = [{"mode": "server", "interaction": [{"code": "transaction"}], "resource": self._everything()}]
            self._answer(200, {"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": rest})
        elif "Patient" in self.path:
            entry = [{"resource": patient()}] if "?" in self.path else []
            bundled = {"resourceType": "Bundle", "type": "searchset", "total": len(entry), "entry": entry}
            self._answer(200, bundled if entry else patient())
        elif "?" in self.path:
            self._answer(200, {"resourceType": "Bundle", "type": "searchset", "total": 0})
        else:
            issue = {"severity": "error", "code": "not-found", "diagnostics": f"{FAMILY}: {self.path}"}
            self._answer(404, {"resourceType": "OperationOutcome", "issue": [issue]})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        issue: Resource = {
            "severity": "error",
            "code": "invalid",
            "diagnostics": body,
            "details": {"text": body[:2000]},
        }
        issue["expression"] = [f"Patient.name.where(family = '{FAMILY}')"]
        self._answer(422, {"resourceType": "OperationOutcome", "issue": [issue]})

    do_PUT = do_POST  # noqa: N815  the name that http.server asks for

    def log_message(self, *_: Any) -> None:
        """The EHR's own log is not ours."""

    def _everything(self) -> list[Resource]:
        types = "Patient CarePlan Communication ServiceRequest Task Goal DetectedIssue Provenance DocumentReference"
        codes = ("read", "create", "update", "search-type")
        interactions = [{"code": code} for code in codes]
        return [{"type": t, "interaction": interactions, "updateCreate": True} for t in types.split()]

    def _answer(self, status: int, document: Resource) -> None:
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/fhir+json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@dataclass
class Seen:
    """Everything that was seen, by where."""

    pieces: dict[str, str] = field(default_factory=dict)

    def add(self, where: str, text: str) -> None:
        self.pieces[where] = self.pieces.get(where, "") + text + "\n"

    def leaks(self) -> dict[str, str]:
        found = {where: PLANTED.search(text) for where, text in self.pieces.items()}
        return {where: _around(self.pieces[where], match) for where, match in found.items() if match}


def _around(text: str, match: "re.Match[str]") -> str:
    return text[max(0, match.start() - 120) : match.end() + 60]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def echoing_ehr() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), EchoingEhr) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/fhir"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, echoing_ehr: str) -> Seen:
    """All messages through two installations, one with a kind EHR and one with an unkind one; everything looked at."""
    found = Seen()
    for name, ehr in (("kind", None), ("unkind", echoing_ehr)):
        folder = tmp_path_factory.mktemp(name)
        options = {"GATHER_DEADLINE_SECONDS": "2", "LEASE_SECONDS": "10", "SENDERS": f"engine:{TOKEN}"}
        options |= {"EHR_URL": ehr} if ehr else {}
        with start_redis(folder / "redis") as server:
            house = House(folder, server, ehr_port=free_port(), door_port=free_port(), options=options)
            try:
                _through(house, found, name)
            finally:
                house.stop()
            logs = [path for path in folder.glob("*.log") if path.stem != "sandbox"]
            found.add(f"{name}: logs", "\n".join(path.read_text("utf-8", "replace") for path in logs))
            found.add(f"{name}: Redis log", (folder / "redis" / "redis.log").read_text("utf-8", "replace"))
    return found


def _through(house: House, found: Seen, name: str) -> None:
    house.start_ehr()
    requests.put(f"{house.ehr}/Patient/{PATIENT_ID}", json=patient(), timeout=5).raise_for_status()
    door = f"http://127.0.0.1:{house.door_port}"
    house.start("intake", "serve", f"--port={house.door_port}")
    house.until(lambda: _is_ready(door), 60, "the door is ready")
    messages = [_post(door, fate, document, found) for fate, document in TAKEN.items()]
    for why, (path, body) in REFUSED.items():
        answer = requests.post(f"{door}{path}", data=body.encode(), headers=FHIR, timeout=10)
        assert answer.status_code < 500, why
        found.add(f"{name}: answer to {why}", answer.text + str(answer.headers))
    wrong = requests.post(f"{door}/fhir", json=report(40), headers={"Authorization": f"Bearer {FAMILY}"}, timeout=10)
    found.add(f"{name}: answer to a wrong token", wrong.text + str(wrong.headers))
    with redis.Redis.from_url(house.server.url) as client:
        found.add(f"{name}: broker before decide", _broker(client, "decide"))
        _ring_for_nobody(house.server.url)
        house.start("decide", "work", "--queues=decide,sweep", "--concurrency=1", "--hostname=decide@%h")
        house.start_beat()
        house.until(lambda: all(house.state(m) not in {"received", "waiting"} for m in messages), 90, "all are decided")
        found.add(f"{name}: broker before deliver", _broker(client, "deliver"))
        house.start("deliver", "work", "--queues=deliver", "--concurrency=1", "--hostname=deliver@%h")
        house.until_ended(messages, 90)
        found.add(f"{name}: names of keys", "\n".join(key.decode() for key in client.scan_iter(count=1000)))
    for message in messages:
        told = requests.get(f"{door}/messages/{message}", headers=FHIR, timeout=10).text
        found.add(f"{name}: what became of a message", told)
        status = house.inbox.status_json(message) or {}
        found.add(f"{name}: trace", json.dumps(status))
        for entry in status.get("reports", ()):
            found.add(f"{name}: trace", json.dumps(house.inbox.report_json(entry["report_id"])))
    found.add(f"{name}: trace", _tool(house, "trace", messages[0]))
    found.add(f"{name}: parked", _tool(house, "parked", "list"))
    found.add(f"{name}: metrics", requests.get(f"{door}/metrics", timeout=10).text)


def _is_ready(door: str) -> bool:
    try:
        return requests.get(f"{door}/readyz", timeout=1).ok
    except requests.RequestException:
        return False


def _post(door: str, fate: str, document: Resource, found: Seen) -> str:
    answer = requests.post(f"{door}/fhir", json=document, headers=FHIR, timeout=10)
    assert answer.status_code == 202, (fate, answer.text)
    found.add("answers to what was taken", answer.text + str(answer.headers))
    return answer.headers["Location"].rsplit("/", 1)[-1]


def _broker(client: "redis.Redis", queue: str) -> str:
    """All bells that wait in a queue, as they are and decoded."""
    bells = [bell.decode() for bell in client.lrange(f"calcifhir:broker:{queue}", 0, -1)]
    return "\n".join([*bells, *(base64.b64decode(json.loads(bell)["body"]).decode() for bell in bells)])


def _ring_for_nobody(url: str) -> None:
    """A bell for a task that no worker knows, with a body that Celery would like to log."""
    options = {"global_keyprefix": "calcifhir:broker:"}
    headers = {"id": "00000000-0000-0000-0000-000000000001", "task": "calcifhir.unknown", "lang": "py"}
    body = [[FAMILY], {"birth": BIRTH_DATE}, {}]
    with kombu.Connection(url, transport_options=options) as connection, connection.Producer() as producer:
        producer.publish(body, routing_key="decide", exchange="", headers=headers, serializer="json")
        producer.publish(FAMILY, routing_key="decide", exchange="", content_type="text/plain", content_encoding="utf-8")


def _tool(house: House, *arguments: str) -> str:
    command = [sys.executable, "-m", "worker", *arguments]
    done = subprocess.run(command, env=house.env, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


@pytest.mark.timeout(400)
def test_nothing_planted_is_seen_where_it_does_not_belong(seen: Seen) -> None:
    leaks = seen.leaks()
    assert not leaks, "\n".join(f"{where}: ...{text}..." for where, text in leaks.items())


def test_the_looking_itself_finds_what_is_there() -> None:
    """The test would notice: a piece with a planted word is a leak."""
    found = Seen()
    found.add("log", f"could not read {FAMILY.lower()}")
    assert list(found.leaks()) == ["log"]


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "where", ["kind: logs", "kind: metrics", "kind: broker before decide", "kind: broker before deliver", "kind: trace"]
)
def test_every_place_was_really_looked_at(seen: Seen, where: str) -> None:
    assert seen.pieces[where].strip()


@pytest.mark.timeout(400)
def test_the_unkind_ehr_made_work_be_parked(seen: Seen) -> None:
    assert '"kind"' in seen.pieces["unkind: parked"]
