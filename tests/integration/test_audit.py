"""Inbox, ledger and EHR side by side: what agrees is silent, every kind of difference is named."""

import json
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import redis
from click.testing import CliRunner, Result

from tests.desk import REPORT_ID, Desk, a_desk
from tests.shell.documents import chest_report, report
from tests.shell.fakes import claimed, put
from worker import audit as room
from worker.cli import audit as command
from worker.cli.main import cli
from worker.core.rules import Rules
from worker.deliver import deliver
from worker.errors import FhirUnavailable
from worker.sandbox import Abilities

pytestmark = pytest.mark.integration


@pytest.fixture
def desk(redis_url: str, rules: Rules, request: pytest.FixtureRequest) -> Iterator[Desk]:
    with a_desk(redis_url, rules, **getattr(request, "param", {})) as made:
        yield made


def bring(desk: Desk, *numbers: int) -> list[str]:
    """Reports that are decided and delivered; their ids."""
    ids = []
    for number in numbers:
        message = desk.inbox.message(desk.decide(report(number)))
        assert message is not None
        ids += message.report_ids
        deliver(ids[-1], desk.inbox, desk.ehr, desk.site, desk.inbox.now())
    return ids


def found(desk: Desk, patience: float = 900.0) -> list[tuple[str, str]]:
    run = room.Audit(desk.inbox, desk.ehr, desk.inbox.now(), patience)
    return sorted((line.kind, line.id) for line in run.lines())


def test_where_all_agrees_nothing_is_said(desk: Desk) -> None:
    bring(desk, 1, 2, 3)
    desk.decide(chest_report(4))
    desk.take(report(1, version=2, status="amended", conclusion="BI-RADS 2."))
    assert found(desk) == []


def test_after_a_withdrawal_all_agrees_too_unless_the_draft_still_stands(desk: Desk) -> None:
    desk.take(report(1))
    drafted = desk.server.one("CarePlan")
    desk.take(report(1, version=2, status="cancelled"))
    assert found(desk) == []
    desk.server.put_quietly({**drafted, "meta": {}})
    assert found(desk) == [("plan-still-stands", REPORT_ID)]


def test_a_plan_that_vanished_from_the_ehr_is_a_report_without_plan(desk: Desk) -> None:
    first, second = bring(desk, 1, 2)
    gone = next(n for n in (desk.inbox.outcome(second) or {})["written"] if n.startswith("CarePlan/"))
    desk.server.delete(gone)
    assert found(desk) == [("report-without-plan", second)]
    letter = next(n for n in (desk.inbox.outcome(first) or {})["written"] if n.startswith("Communication/"))
    desk.server.delete(letter)
    assert found(desk) == [("missing-at-ehr", first), ("report-without-plan", second)]


def test_a_plan_of_ours_that_no_report_led_to_is_named(desk: Desk) -> None:
    bring(desk, 1)
    plan = desk.server.one("CarePlan")
    lost = {**plan, "id": "lost-1", "identifier": [{**plan["identifier"][0], "value": "lost-1"}]}
    theirs = {**plan, "id": "theirs", "identifier": [{"system": "urn:somebody", "value": "1"}]}
    for each in (lost, theirs):
        desk.server.put_quietly({**each, "meta": {}})
    time.sleep(1.1)  # the EHR dates to the second
    assert found(desk) == [("plan-without-report", "CarePlan/lost-1")]


def test_more_than_a_page_is_compared_on_both_sides(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.sandbox.search.PAGE_SIZE", 2)
    monkeypatch.setattr("worker.inbox.pages._PAGE", 1)
    monkeypatch.setattr(room, "_READS_AT_ONCE", 2)
    bring(desk, *range(1, 6))
    run = room.Audit(desk.inbox, desk.ehr, desk.inbox.now())
    assert list(run.lines()) == []
    assert (run.reports, run.messages, run.plans) == (5, 5, 5)


def test_an_edited_plan_is_listed_and_no_difference(desk: Desk) -> None:
    bring(desk, 1)
    desk.server.put({**desk.server.one("CarePlan"), "title": "changed by a clinician"})
    (line,) = room.Audit(desk.inbox, desk.ehr, desk.inbox.now()).lines()
    assert (line.kind, line.is_difference) == ("edited-at-ehr", False)


def test_work_that_stands_still_or_waits_for_a_person_is_named(desk: Desk) -> None:
    unread = put(desk.inbox, digest="unread").message_id
    broken = put(desk.inbox, digest="broken").message_id
    desk.inbox.park(claimed(desk.inbox, broken), "unreadable")
    desk.decide(report(1))
    assert found(desk) == [("parked", broken)]
    desk.clock.pass_seconds(1000)
    assert found(desk) == sorted([("parked", broken), ("open-too-long", unread), ("open-too-long", REPORT_ID)])


def test_a_hole_in_the_inbox_itself_is_named(desk: Desk, redis_url: str) -> None:
    first, second = bring(desk, 1, 2)
    message = (desk.inbox.report_json(first) or {})["message"]
    with redis.Redis.from_url(redis_url) as client:
        (key,) = [key for key in client.scan_iter("*") if key.endswith(f"m:{message}".encode())]
        client.delete(key)
        (key,) = [key for key in client.scan_iter("*") if key.endswith(f"o:{second}".encode())]
        client.delete(key)
    other = (desk.inbox.report_json(second) or {})["message"]
    assert found(desk) == [("message-without-report", other), ("report-without-message", first)]


LESSER = [Abilities(update_create=False), Abilities(transaction=False, batch=False, update_create=False)]


@pytest.mark.parametrize("desk", [{"abilities": each} for each in LESSER], indirect=True)
def test_where_the_ehr_gives_the_ids_all_agrees_as_well(desk: Desk) -> None:
    bring(desk, 1, 2)
    assert found(desk) == []


@pytest.mark.parametrize("desk", [{"abilities": Abilities(read_only=frozenset({"CarePlan", "Goal"}))}], indirect=True)
def test_a_document_in_the_plans_place_is_its_plan(desk: Desk) -> None:
    bring(desk, 1)
    assert desk.server.held("CarePlan") == []
    assert [kind for kind, _ in found(desk) if kind not in {"not-searchable"}] == []


def run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setattr(command, "parts", lambda: desk)
    return CliRunner().invoke(cli, ["audit"])


def test_the_exit_code_tells_and_each_difference_is_one_json_line(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(desk, 1, 2)
    result = run(desk, monkeypatch)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 reports, 2 plans at the EHR: 0 differences" in result.stderr
    desk.clock.pass_seconds(timedelta(days=1).total_seconds())
    desk.server.delete(f"CarePlan/{desk.server.held('CarePlan')[0]['id']}")
    result = run(desk, monkeypatch)
    assert result.exit_code == 1
    assert set(json.loads(result.stdout)) == {"kind", "id", "detail"}


def test_an_ehr_that_is_away_proves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(desk, 1)
    desk.server.faults.replace((), {"503": 1.0})
    assert isinstance(run(desk, monkeypatch).exception, FhirUnavailable)
