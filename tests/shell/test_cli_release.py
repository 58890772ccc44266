"""``calcifhir release``: what it stores as an act, and what it refuses to store."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import redis
from click.testing import CliRunner, Result

from tests.desk import NOW, SITE, TODAY
from tests.shell.documents import as_bytes, bundle, report
from tests.shell.fakes import put
from worker.cli import release as room
from worker.cli.main import cli
from worker.core.report import canonical_digest
from worker.core.rules import Rules
from worker.handle import handle
from worker.inbox import Inbox, Written

HELD = "Grouped fine pleomorphic calcifications in the left breast. BI-RADS 3."
Run = Callable[..., Result]


class Desk:
    """An inbox in which reports are planned and, as far as the ledger knows, at the EHR."""

    def __init__(self, inbox: Inbox, rules: Rules) -> None:
        self.inbox, self.rules, self.rung = inbox, rules, []

    def ring(self, message_id: str) -> None:
        self.rung.append(message_id)

    def take(self, document: dict[str, Any]) -> str:
        """Handle one message; its id."""
        message_id = put(self.inbox, as_bytes(document), canonical_digest(document)).message_id
        self.handle(message_id)
        return message_id

    def handle(self, message_id: str) -> None:
        for report_id in handle(message_id, self.inbox, self.rules, SITE, TODAY, NOW).deliver:
            delivery = self.inbox.claim_delivery(report_id)
            assert delivery is not None
            names = (f"{each['resourceType']}/{each['id']}" for each in delivery.resources)
            assert self.inbox.finish_delivery(delivery, {name: Written("1", "digest") for name in names})

    def status(self, message_id: str) -> str:
        (found,) = (e["status"] for e in self.resources(message_id) if e["resourceType"] == "CarePlan")
        return str(found)

    def resources(self, message_id: str) -> list[dict[str, Any]]:
        message = self.inbox.message(message_id)
        assert message is not None
        record = self.inbox.previous(message.report_ids[0])
        assert record is not None
        return list(record["resources"])


@pytest.fixture
def desk(redis_client: "redis.Redis", prefix: str, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(Inbox(redis_client, prefix), rules)
    monkeypatch.setattr(room, "parts", lambda: made)
    monkeypatch.setattr(room, "ring_decide", made.ring)
    return made


@pytest.fixture
def run() -> Run:
    return lambda *arguments: CliRunner().invoke(cli, ["release", *arguments])


def test_a_named_practitioner_releases_by_the_id_of_the_message(desk: Desk, run: Run) -> None:
    """INV-6, SEED-23."""
    message = desk.take(report())
    done = run(message, "--practitioner", "Practitioner/12", "--name", "Dr Example")
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert (said["act"], desk.rung) == ("released", [said["message"]])
    assert desk.status(message) == "draft", "a message like any other: nothing is done by the command itself"
    desk.handle(said["message"])
    assert desk.status(message) == "active"
    (act,) = (desk.inbox.previous(said["report"]) or {})["acts"]
    assert act["who"] == {"reference": "Practitioner/12", "display": "Dr Example"}


def test_a_rejection_carries_its_reason(desk: Desk, run: Run) -> None:
    message = desk.take(report())
    bare = run(message, "--practitioner", "Practitioner/12", "--reject")
    assert (bare.exit_code, desk.rung) == (2, [])
    assert "--reason" in bare.stderr
    done = run(message, "--practitioner", "Practitioner/12", "--reject", "--reason", "another exam")
    desk.handle(json.loads(done.stdout)["message"])
    assert desk.status(message) == "revoked"
    (plan,) = (each for each in desk.resources(message) if each["resourceType"] == "CarePlan")
    assert "another exam" in plan["text"]["div"]


def test_a_held_plan_is_answered_first(desk: Desk, run: Run) -> None:
    """INV-3, INV-6."""
    message = desk.take(report(conclusion=HELD))
    refused = run(message, "--practitioner", "Practitioner/12")
    assert (refused.exit_code, desk.rung) == (1, [])
    asked = sorted(set(refused.stderr.rpartition(": ")[2].strip().split(", ")))
    assert "C-02" in asked
    answers = [part for rule in asked for part in ("--answer", f"{rule}=read again, it stands")]
    for words in ((*answers,), ()):
        done = run(message, "--practitioner", "Practitioner/12", *words)
        assert done.exit_code == 0, done.stderr
        desk.handle(json.loads(done.stdout)["message"])
    assert desk.status(message) == "active"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--practitioner", "Dr Example"), "give a reference"),
        (("--practitioner", "Practitioner/12", "--answer", "C-08"), "RULE=words"),
        ((), "--practitioner"),
    ],
)
def test_a_wrong_call_is_refused_before_anything_is_stored(
    desk: Desk, run: Run, arguments: tuple[str, ...], told: str
) -> None:
    message = desk.take(report())
    done = run(message, *arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert desk.rung == []


def test_what_cannot_be_released_is_said(desk: Desk, run: Run) -> None:
    both = desk.take(bundle(report(1), report(2)))
    many = run(both, "--practitioner", "Practitioner/12")
    assert (many.exit_code, "several reports" in many.stderr) == (1, True)
    unknown = run("95a53dde-0b64-542c-abfb-f6526036e2c0", "--practitioner", "Practitioner/12")
    assert (unknown.exit_code, "no plan" in unknown.stderr) == (1, True)
    message = desk.take(report(3, subject={"reference": "Patient/p3"}))
    done = run(message, "--practitioner", "Practitioner/12")
    desk.handle(json.loads(done.stdout)["message"])
    again = run(message, "--practitioner", "Practitioner/12")
    assert (again.exit_code, "not a draft" in again.stderr) == (1, True)


def test_the_same_decision_twice_is_one(desk: Desk, run: Run) -> None:
    message = desk.take(report())
    first, second = (json.loads(run(message, "--practitioner", "Practitioner/12").stdout) for _ in range(2))
    desk.handle(first["message"])
    if second["message"] != first["message"]:
        desk.handle(second["message"])
    assert len((desk.inbox.previous(first["report"]) or {})["acts"]) == 1
