"""The practice view: what is open, who may look, and that it neither names anybody nor changes anything."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import redis
from click.testing import CliRunner
from lxml import html
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.ehr_help import EhrServer, connected, serving
from tests.letters.browser import axe, browser, violations
from tests.letters.form import contrast
from tests.shell.documents import Resource, as_bytes, report
from tests.shell.fakes import Clock, put
from worker.cli import release as room
from worker.cli.main import cli
from worker.cli.serve import site_of
from worker.console import console_routes
from worker.core.ids import report_id_of
from worker.core.probe import PROBE_SENDER, probe_report
from worker.core.report import canonical_digest
from worker.core.rules import Rules
from worker.ehr import Ehr
from worker.errors import InboxUnavailable
from worker.handle import handle
from worker.inbox import Inbox, Written
from worker.metrics import Metrics
from worker.settings import Settings

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOKEN = "a-token-of-sixteen-signs"
NAME = "Zoraida Beispiel"


@dataclass
class House:
    """Real tables, core and Redis; an EHR over HTTP; a calendar that a test turns."""

    inbox: Inbox
    rules: Rules
    ehr: Ehr
    server: EhrServer
    settings: Settings = field(default_factory=lambda: Settings(redis_url="redis://x", ehr_base_url="http://x"))
    day: date = TODAY
    metrics: Metrics = field(default_factory=Metrics)

    @property
    def today(self) -> Callable[[], date]:
        return lambda: self.day

    def now(self) -> datetime:
        return NOW

    def take(self, document: Resource) -> None:
        """Post, handle, and deliver what came of it."""
        self.handle(put(self.inbox, as_bytes(document), canonical_digest(document)).message_id)

    def handle(self, message_id: str) -> None:
        for report_id in handle(message_id, self.inbox, self.rules, self.settings, self.day, NOW).deliver:
            delivery = self.inbox.claim_delivery(report_id)
            assert delivery is not None
            written = {}
            for each in delivery.resources:
                self.server.put_quietly(each)
                written[f"{each['resourceType']}/{each['id']}"] = Written("1", "digest")
            assert self.inbox.finish_delivery(delivery, written)

    def board(self, query: str = "") -> dict[str, Any]:
        answer = self.client().get(f"/console/work.json{query}")
        assert answer.status_code == 200
        found: dict[str, Any] = answer.json()
        return found

    def page(self, query: str = "") -> str:
        answer = self.client().get(f"/console{query}")
        assert answer.status_code == 200
        return answer.text

    def client(self) -> TestClient:
        return TestClient(Starlette(routes=console_routes(self)))

    def decide_at_the_ehr(self, status: str, number: int = 0) -> None:
        """A clinician releases or rejects a plan there."""
        plan = self.server.held("CarePlan")[number]
        self.server.put_quietly({**plan, "status": status, "intent": "plan"})


@pytest.fixture
def house(redis_client: "redis.Redis", prefix: str, rules: Rules) -> Iterator[House]:
    with serving() as server, connected(server) as ehr:
        yield House(Inbox(redis_client, prefix, clock=Clock()), rules, ehr, server)


def said(category: str, number: int, **more: Any) -> Resource:
    """A report of one category, about a person with a name."""
    language = more.pop("language", None)
    spoken = {"communication": [{"language": {"coding": [{"code": language}]}, "preferred": True}]} if language else {}
    patient = {"resourceType": "Patient", "id": "p", "name": [{"text": NAME}], **spoken}
    text = f"Grouped fine pleomorphic calcifications in the left breast. {category}."
    return report(number, conclusion=text, contained=[patient], subject={"reference": "#p"}, **more)


def categories(board: dict[str, Any]) -> list[str | None]:
    return [line["category"] for line in board["work"]]


# ---- the list --------------------------------------------------------------------------------------------------------


def test_what_is_open_stands_the_most_serious_first_then_by_deadline(house: House) -> None:
    """SEED-46; what has no category is never taken for harmless."""
    later = {"effectiveDateTime": "2026-02-27", "issued": "2026-02-28T10:00:00Z"}
    house.take(said("BI-RADS 1", 1))
    house.take(said("BI-RADS 4B", 2, **later))
    house.take(said("BI-RADS 5", 3))
    house.take(said("No category was given", 4))
    house.take(said("BI-RADS 4B", 5))
    board = house.board()
    assert categories(board) == ["5", "4B", "4B", None, "1"]
    days = [line["due"] for line in board["work"] if line["category"] == "4B"]
    assert days == sorted(days)
    assert len(set(days)) == 2
    assert board["open"]["total"] == 5


def test_a_line_says_what_is_owed_by_whom_and_until_when(house: House) -> None:
    house.take(said("BI-RADS 4B", 1))
    (line,) = house.board()["work"]
    assert line["plan"].startswith("CarePlan/")
    assert (line["scale"], line["category"], line["side"], line["hold"]) == ("BI-RADS", "4B", "left", False)
    assert {"stereotactic-biopsy", "clinician-call"} <= {step["action"] for step in line["steps"]}
    assert all(date.fromisoformat(step["due"]) for step in line["steps"])
    assert line["released_by"] == "radiologist"
    assert line["letter"]["language"] == "en"
    assert line["delivery"] == "delivered"


def test_holds_and_what_is_to_be_released_are_counted_apart_and_shown_apart(house: House) -> None:
    house.take(said("BI-RADS 4B", 1))
    house.take(said("No category was given", 2))
    board = house.board()
    assert (board["open"]["by_tag"]["held"], board["open"]["by_tag"]["to-release"]) == (1, 1)
    assert categories(house.board("?show=held")) == [None]
    assert categories(house.board("?show=to-release")) == ["4B"]
    assert [q["rule"] for q in house.board("?show=held")["work"][0]["questions"]]
    assert len(house.board("?show=no-such-list")["work"]) == 2


def test_deadlines_grow_louder_as_days_pass(house: House) -> None:
    """INV-8: a hold does not stop the clock."""
    house.take(said("No category was given", 1))
    due = date.fromisoformat(house.board()["work"][0]["due"])
    urgencies = {}
    for left in (30, 7, 2, 0, -3):
        house.day = due - timedelta(days=left)
        board = house.board()
        urgencies[left] = board["work"][0]["urgency"]
        assert board["work"][0]["days_left"] == left
        assert board["open"]["overdue"] == (1 if left < 0 else 0)
        assert board["open"]["due_within_days"]["2"] == (1 if 0 <= left <= 2 else 0)
    assert urgencies == {30: "", 7: "urgent", 2: "asap", 0: "stat", -3: "overdue"}
    assert "3 days late" in house.page()


def test_what_is_overdue_is_shown_by_itself_the_most_serious_first(house: House) -> None:
    later = {"effectiveDateTime": "2026-02-27", "issued": "2026-02-28T10:00:00Z"}
    house.take(said("BI-RADS 0", 1))
    house.take(said("BI-RADS 5", 2))
    house.take(said("BI-RADS 4B", 3, **later))
    house.take(said("BI-RADS 4C", 4))
    days = {line["category"]: date.fromisoformat(line["due"]) for line in house.board()["work"]}
    house.day = days["4B"]
    assert days["5"] < house.day
    assert categories(house.board("?show=overdue")) == ["5", "4C", "0"]
    house.day = min(days.values())
    assert categories(house.board("?show=overdue")) == []


def test_an_amended_report_has_one_line_and_a_withdrawn_one_none(house: House) -> None:
    house.take(said("BI-RADS 3", 1))
    house.take(said("BI-RADS 4B", 1, version=2, status="amended"))
    assert categories(house.board()) == ["4B"]
    house.take(said("BI-RADS 4B", 1, version=3, status="entered-in-error"))
    board = house.board()
    assert (board["work"], board["open"]["total"], board["open"]["by_tag"]) == ([], 0, {})
    assert "Nothing is open here." in house.page()


def test_letters_are_counted_by_language_and_shown_by_language(house: House) -> None:
    for number, language in enumerate(("es", "es-MX", "zh-TW", None, "vi"), 1):
        house.take(said("BI-RADS 4B", number, language=language))
    board = house.board()
    assert {each["id"]: each["letters"] for each in board["letters"] if each["letters"]} == {
        "es": 2, "zh-Hant": 1, "en": 2,
    }  # fmt: skip
    assert {each["wording"] for each in board["letters"]} == {"not reviewed yet"}
    assert board["open"]["by_tag"]["interpreter"] == 1
    assert {line["letter"]["language"] for line in house.board("?language=es")["work"]} == {"es"}
    assert house.board("?show=interpreter")["work"][0]["letter"]["interpreter"] is True


def test_a_synthetic_report_is_nobodys_work(house: House) -> None:
    probe = probe_report("run-1", "Patient/p-7", NOW)
    house.handle(put(house.inbox, as_bytes(probe), canonical_digest(probe), PROBE_SENDER).message_id)
    assert house.server.held("CarePlan")
    assert house.board()["work"] == []


# ---- what the EHR knows ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "seen"), [("active", "released"), ("revoked", "rejected")])
def test_what_a_clinician_has_decided_leaves_the_list(status: str, seen: str, house: House) -> None:
    house.take(said("BI-RADS 4B", 1))
    assert house.board()["open"]["decided"] == 0
    house.decide_at_the_ehr(status)
    board = house.board()
    assert (board["work"], board["open"]["decided"]) == ([], 1)
    life = house.inbox.report_json(report_id_of("urn:ris|ACC-1"))
    assert life is not None
    assert life["history"][-1]["step"] == f"seen {seen} at the EHR"


def test_a_newer_version_after_the_release_is_open_again(house: House) -> None:
    house.take(said("BI-RADS 3", 1))
    house.decide_at_the_ehr("active")
    assert house.board()["work"] == []
    house.take(said("BI-RADS 4B", 1, version=2, status="amended"))
    board = house.board()
    assert categories(board) == ["4B"]
    assert board["open"]["decided"] == 0


def test_what_was_seen_of_an_older_outcome_does_not_close_a_newer_one(house: House) -> None:
    house.take(said("BI-RADS 3", 1))
    (old,) = house.inbox.work.entries()
    house.take(said("BI-RADS 4B", 1, version=2, status="amended"))
    assert house.inbox.work.settle(old, "released") is False
    assert categories(house.board()) == ["4B"]


def test_while_the_ehr_is_away_nothing_leaves_and_the_page_says_so(house: House) -> None:
    house.take(said("BI-RADS 4B", 1))
    house.decide_at_the_ehr("active")
    house.server.faults.adjust(methods=("GET", "POST"))
    house.server.faults.replace((), {"503": 1.0})
    assert "The EHR did not answer" in house.page()
    assert len(house.board()["work"]) == 1


def test_what_was_released_here_leaves_the_list_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """By ``calcifhir release`` or by a message of the EHR, which go the same way; a hold is answered first."""
    monkeypatch.setattr(room, "parts", lambda: house)
    monkeypatch.setattr(room, "ring_decide", lambda _: None)
    house.take(said("BI-RADS 4B", 1))
    house.take(said("BI-RADS 3", 2))
    (held,) = house.board("?show=held")["work"]
    answers = [f"--answer={rule}=read again, it stands" for rule in {q["rule"] for q in held["questions"] if q["hold"]}]

    def run(report_id: str, *words: str) -> None:
        done = CliRunner().invoke(cli, ["release", report_id, "--practitioner", "Practitioner/12", *words])
        assert done.exit_code == 0, done.output
        house.handle(json.loads(done.stdout)["message"])

    run(held["report"], *answers)
    assert categories(house.board("?show=to-release")) == ["4B", "3"]
    assert "held" not in house.board()["open"]["by_tag"]
    assert all(not question["hold"] for line in house.board()["work"] for question in line["questions"])
    for number in (1, 2):
        run(report_id_of(f"urn:ris|ACC-{number}"))
        assert house.board()["open"]["decided"] == number
    assert house.board()["work"] == []


@pytest.mark.parametrize(("days", "soon"), [(0, 0), (9, 2)])
def test_a_letter_that_is_released_late_names_no_day_of_the_past(
    days: int, soon: int, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "parts", lambda: house)
    monkeypatch.setattr(room, "ring_decide", lambda _: None)
    own = replace(house.rules.practice, examples=frozenset())
    house.rules = replace(house.rules, practice=own)
    house.take(said("BI-RADS 4B", 1, effectiveDateTime="2026-03-01", issued="2026-03-02T07:00:00Z"))
    house.day = TODAY + timedelta(days=days)
    report_id = report_id_of("urn:ris|ACC-1")
    done = CliRunner().invoke(cli, ["release", report_id, "--practitioner", "Practitioner/12"])
    house.handle(json.loads(done.stdout)["message"])
    letter = house.server.one("Communication")
    assert "DRAFT" not in letter["payload"][0]["contentString"]
    assert letter["payload"][0]["contentString"].count("As soon as possible") == soon


def test_a_booked_interpreter_lifts_no_hold_and_releases_nothing(house: House) -> None:
    """The Task of the letter's language answers no question about the report."""
    house.take(said("BI-RADS 3", 1, language="vi"))
    (asked,) = (task for task in house.server.held("Task") if "interpreter" in task["description"])
    person = {"reference": "Practitioner/9"}
    note = {"authorReference": person, "text": "booked", "time": "2026-03-02T10:00:00Z"}
    output = {"type": {"text": "done"}, "valueString": "booked"}
    house.take({**asked, "status": "completed", "owner": person, "note": [note], "output": [output]})
    (line,) = house.board("?show=held")["work"]
    assert {question["rule"] for question in line["questions"] if question["hold"]} >= {"C-02"}
    assert house.board()["open"]["decided"] == 0


# ---- who may look ----------------------------------------------------------------------------------------------------


def basic(name: str, token: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{name}:{token}'.encode()).decode()}"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        (basic("desk", TOKEN), 200),
        ({"Authorization": f"Bearer {TOKEN}"}, 200),
        (basic("desk", TOKEN + "x"), 401),
        (basic("engine", TOKEN), 401),
        (basic("", ""), 401),
        ({"Authorization": "Basic ???"}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({"Authorization": f"Digest {TOKEN}"}, 401),
    ],
)
@pytest.mark.parametrize("path", ["/console", "/console/work.json"])
def test_only_readers_see_it(path: str, headers: dict[str, str], status: int, house: House) -> None:
    house.settings = replace(house.settings, readers={"desk": TOKEN}, senders={"engine": TOKEN + "-engine"})
    house.take(said("BI-RADS 4B", 1))
    answer = house.client().get(path, headers=headers)
    assert answer.status_code == status
    assert ("4B" in answer.text) is (status == 200)
    if status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def test_a_sender_is_no_reader_and_a_closed_console_says_how_to_open_it(house: House) -> None:
    house.settings = replace(house.settings, senders={"engine": TOKEN})
    answer = house.client().get("/console", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 401
    assert "CALCIFHIR_READERS" in answer.text


def test_where_the_door_asks_for_nothing_the_console_does_not_either(house: House) -> None:
    assert house.client().get("/console").status_code == 200


def test_it_stands_beside_the_door_and_takes_nothing_from_it(house: House) -> None:
    rung: list[str] = []
    with TestClient(site_of(house, rung.append), raise_server_exceptions=False) as client:  # type: ignore[arg-type]
        assert "Practice view" in client.get("/console").text
        assert client.get("/fhir/metadata").json()["implementation"]["url"].endswith("/fhir")
        taken = client.post("/fhir", json=report(1), headers={"Content-Type": "application/fhir+json"})
        assert (taken.status_code, len(rung)) == (202, 1)
        assert client.get(taken.headers["Location"]).json()["state"] == "received"
        for missing in (client.get("/nothing"), client.post("/console"), client.get("/console/other")):
            assert missing.status_code == 404
            assert missing.json()["resourceType"] == "OperationOutcome"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_sent_to_it(method: str, house: House) -> None:
    assert house.client().request(method, "/console").status_code == 405
    assert house.client().request(method, "/console/work.json").status_code == 405


def test_while_the_inbox_is_away_it_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise InboxUnavailable("the inbox cannot be reached or written (ConnectionError)")

    monkeypatch.setattr(house.inbox.work, "entries", away)
    answer = house.client().get("/console")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


# ---- what it shows, and how --------------------------------------------------------------------------------------


@pytest.fixture
def busy(house: House) -> House:
    """A day with everything on it."""
    house.take(said("BI-RADS 5", 1, language="es"))
    house.take(said("No category was given", 2))
    house.take(said("BI-RADS 2", 3, language="vi"))
    parked = put(house.inbox, b"{}", digest="broken").message_id
    house.inbox.park_open("decide", parked, "Bundle.entry[2]: <b>cannot</b> be read")
    house.day = TODAY + timedelta(days=9)
    return house


def test_nobody_is_named(busy: House) -> None:
    """Ids and references of our own only: no name, no reference to a patient, no word of a report."""
    for shown in (busy.page(), str(busy.board())):
        for secret in (NAME, "Zoraida", "Patient/", "ACC-1", "urn:ris", "pleomorphic"):
            assert secret not in shown


def test_parked_work_stands_with_its_reason_and_how_to_try_it_again(busy: House) -> None:
    page = busy.page()
    (parked,) = busy.inbox.parked()
    assert parked["id"] in page
    assert "Bundle.entry[2]: &lt;b&gt;cannot&lt;/b&gt; be read" in page
    assert "calcifhir parked replay" in page


def test_the_page_runs_nothing_fetches_nothing_and_may_not_be_framed(busy: House) -> None:
    answer = busy.client().get("/console")
    policy = answer.headers["Content-Security-Policy"]
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style
    digest = base64.b64encode(sha256(style[1].encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    tree = html.document_fromstring(answer.text)
    assert tree.xpath("//script|//form|//img|//iframe|//link|//@style|//@src|//@onclick") == []
    assert all(address.startswith("/console") for address in tree.xpath("//@href"))


def test_the_page_is_right_for_a_screen_reader(busy: House) -> None:
    tree = html.document_fromstring(busy.page())
    assert tree.get("lang") == "en"
    levels = [int(node.tag[1]) for node in tree.xpath("//h1|//h2|//h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(cell.get("scope") for cell in tree.xpath("//th"))
    work = tree.xpath("//table[caption]")[0]
    assert all(row[0].tag == "th" for row in work.xpath("tbody/tr"))
    assert len(tree.xpath("//*[@aria-current='page']")) == 1
    style = re.findall(r"--(\w+):(#[0-9a-f]{3,6})", tree.xpath("//style/text()")[0])
    colours = {name: value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:]) for name, value in style}
    for ink, ground in (
        ("ink", "paper"),
        ("soft", "back"),
        ("accent", "back"),
        ("late", "lateback"),
        ("soon", "soonback"),
    ):
        assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.integration
@pytest.mark.skipif(browser() is None, reason="no Chromium on this machine: the page is not opened in a browser")
def test_axe_finds_nothing_against_wcag(busy: House) -> None:
    source = axe()
    if source is None:
        pytest.skip("axe-core is not installed: make letters fetches it where npm is")
    assert violations(busy.page(), source) == ()
