"""Work that waits for a person: listed, shown, tried again, closed with who and why; one by one and in bulk."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import redis
from click.testing import CliRunner, Result

from tests.shell.fakes import Clock, claimed, decided, put
from worker.cli import inbox as commands
from worker.cli.main import cli
from worker.errors import ServiceError
from worker.inbox import Inbox


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(
    redis_client: "redis.Redis", prefix: str, clock: Clock, monkeypatch: pytest.MonkeyPatch, rung: list[str]
) -> Iterator[Inbox]:
    inbox = Inbox(redis_client, prefix, clock=clock)
    monkeypatch.setattr(commands, "parts", lambda: SimpleNamespace(inbox=inbox))
    for name in ("ring_decide", "ring_deliver"):
        monkeypatch.setattr(commands, name, rung.append)
    return inbox


@pytest.fixture
def rung() -> list[str]:
    return []


def run(*arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=answer)


def park(inbox: Inbox, digest: str, reason: str) -> str:
    message_id = put(inbox, digest=digest).message_id
    inbox.park(claimed(inbox, message_id), reason)
    return message_id


@pytest.fixture
def three(inbox: Inbox, clock: Clock) -> tuple[str, str, str]:
    """Two broken messages, a day apart, and a plan that the EHR refused in between."""
    first = park(inbox, "d1", "DiagnosticReport.subject: is missing")
    clock.pass_seconds(43_200)
    decided(inbox, "rep-1", "d2")
    delivery = inbox.claim_delivery("rep-1")
    assert delivery is not None
    inbox.park_delivery(delivery, "the EHR refused (HTTP 403)", {"resourceType": "OperationOutcome"})
    clock.pass_seconds(43_200)
    return first, "rep-1", park(inbox, "d3", "DiagnosticReport.subject: is missing")


def ids(result: Result) -> list[str]:
    return [json.loads(line)["id"] for line in result.stdout.splitlines()]


class TestChoosing:
    @pytest.mark.parametrize(
        ("options", "places"),
        [
            ((), (0, 1, 2)),
            (("--because", "http 403"), (1,)),
            (("--because", "no such reason"), ()),
            (("--after", "2026-03-02T21:00"), (1, 2)),
            (("--before", "2026-03-02T21:00"), (0,)),
            (("--after", "2026-03-02T12:00", "--before", "2026-03-03"), (1,)),
            (("--because", "subject", "--after", "2026-03-03"), (2,)),
        ],
    )
    def test_by_reason_and_time(self, three: tuple[str, ...], options: tuple[str, ...], places: tuple[int]) -> None:
        assert ids(run("parked", "list", *options)) == [three[place] for place in places]

    def test_more_than_a_page_is_chosen_from(self, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
        parked = [park(inbox, f"d{n}", "broken") for n in range(5)]
        pages = inbox.parked
        monkeypatch.setattr(inbox, "parked", lambda start: pages(2, start))
        assert sorted(ids(run("parked", "list"))) == sorted(parked)

    @pytest.mark.parametrize("command", [("replay",), ("discard", "--reason", "because")])
    def test_nothing_named_is_a_slip_and_not_everything(self, three: tuple[str, ...], command: tuple[str, ...]) -> None:
        assert run("parked", *command).exit_code == 2
        assert len(ids(run("parked", "list"))) == 3

    @pytest.mark.parametrize("command", [("show",), ("replay",), ("discard", "--yes", "--reason", "x")])
    def test_an_id_that_is_not_parked_changes_nothing(self, three: tuple[str, ...], command: tuple[str, ...]) -> None:
        result = run("parked", *command, "no-such-id")
        assert (result.exit_code, "no-such-id" in result.stderr) == (1, True)
        assert len(ids(run("parked", "list"))) == 3


class TestReplay:
    def test_each_kind_is_rung_and_twice_changes_nothing(self, three: tuple[str, ...], rung: list[str]) -> None:
        assert run("parked", "replay", *three).exit_code == 0
        assert rung == list(three)
        assert run("parked", "replay", *three).exit_code == 1
        assert rung == list(three)

    def test_in_bulk_and_first_as_a_dry_run(self, three: tuple[str, ...], rung: list[str]) -> None:
        dry = run("parked", "replay", "--because", "subject", "--dry-run")
        assert [line.split(":")[0] for line in dry.stdout.splitlines()] == [three[0], three[2]]
        assert (rung, len(ids(run("parked", "list")))) == ([], 3)
        run("parked", "replay", "--because", "subject")
        assert rung == [three[0], three[2]]
        assert ids(run("parked", "list")) == ["rep-1"]

    def test_a_broker_that_is_away_is_said_once_and_the_work_is_due_all_the_same(
        self, three: tuple[str, ...], inbox: Inbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(_: str) -> None:
            raise ServiceError("the broker cannot be reached")

        monkeypatch.setattr(commands, "ring_decide", away)
        result = run("parked", "replay", three[0], three[2])
        assert result.exit_code == 0
        assert result.stderr.count("sweep") == 1
        clock.pass_seconds(60)
        assert set(inbox.due("decide")) == {three[0], three[2]}


class TestDiscard:
    def test_it_asks_and_no_is_no(self, three: tuple[str, ...]) -> None:
        assert run("parked", "discard", three[0], "--reason", "sent again", answer="n\n").exit_code == 1
        assert len(ids(run("parked", "list"))) == 3

    def test_who_and_why_is_recorded_and_told_by_trace(
        self, three: tuple[str, ...], redis_client: "redis.Redis", prefix: str
    ) -> None:
        run("parked", "discard", three[0], "--reason", "sent again", answer="y\n")
        run("parked", "discard", "rep-1", "--reason", "told by telephone", "--yes")
        assert ids(run("parked", "list")) == [three[2]]
        told: dict[str, Any] = {i: json.loads(run("trace", i).stdout)["discarded"] for i in (three[0], "rep-1")}
        assert {i: said["reason"] for i, said in told.items()} == {three[0]: "sent again", "rep-1": "told by telephone"}
        assert all(said["who"] for said in told.values())
        assert len(redis_client.lrange(f"{prefix}acts", 0, -1)) == 2

    def test_in_bulk_and_first_as_a_dry_run(self, three: tuple[str, ...]) -> None:
        choice = ("parked", "discard", "--because", "subject", "--reason", "test data")
        assert "would be discarded" in run(*choice, "--dry-run").stdout
        assert len(ids(run("parked", "list"))) == 3
        assert run(*choice, "--yes").exit_code == 0
        assert ids(run("parked", "list")) == ["rep-1"]


class TestTrace:
    def test_the_life_of_a_message_and_of_each_report_with_times(self, three: tuple[str, ...], inbox: Inbox) -> None:
        message_id = json.loads(run("trace", "rep-1").stdout)["message"]
        life = json.loads(run("trace", message_id).stdout)
        assert [step["state"] for step in life["history"]] == ["received", "decided", "parked"]
        (report,) = life["reports"]
        assert [step["step"].split()[0] for step in report["history"]] == ["recorded", "parked"]
        assert all(step["at"] for step in (*life["history"], *report["history"]))

    def test_show_tells_the_same_beside_the_reason(self, three: tuple[str, ...]) -> None:
        for identifier in three[:2]:
            shown = json.loads(run("parked", "show", identifier).stdout)
            assert shown["id"] == identifier
            assert shown["reason"]
            assert shown["life"]["history"]

    def test_an_unknown_id_is_said(self, inbox: Inbox) -> None:
        result = run("trace", "no-such-id")
        assert (result.exit_code, "no message or report" in result.stderr) == (1, True)
