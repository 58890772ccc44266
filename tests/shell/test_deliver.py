"""Delivery over real HTTP against the sandbox: written once, whatever happens on the way."""

import socket
from collections.abc import Sequence
from typing import Any

import pytest

from tests.ehr_help import EhrServer, FakeInbox, connected, serving, settings
from tests.plan_resources import NOW, REPORT_ID, Resource, amended, plan_of, ref, withdrawn
from worker.core.writeplan.placing import successor
from worker.deliver import deliver
from worker.ehr import Breaker, Ehr
from worker.sandbox import Abilities, Faults

PLAN = ref("CarePlan", "care-plan")["reference"]
LETTER = ref("Communication", "communication")["reference"]


def delivered(inbox: FakeInbox, ehr: Ehr, tries: int = 12, **options: Any) -> FakeInbox:
    """Ring until the delivery stands still, as the sweep does."""
    for _ in range(tries):
        deliver(REPORT_ID, inbox, ehr, settings(**options), NOW)
        if inbox.state != "due":
            return inbox
    raise AssertionError(f"still due: {inbox.happened}")


def rewritten(inbox: FakeInbox, resources: Sequence[Resource], ehr: Ehr) -> FakeInbox:
    """A newer outcome, delivered."""
    inbox.record(resources)
    return delivered(inbox, ehr)


def writes(server: EhrServer) -> int:
    """How many calls that write reached the EHR."""
    return sum(server.faults.happened.values())


# ---- once


def test_a_first_delivery_writes_one_of_each() -> None:
    with serving(strict=True) as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        assert inbox.happened == [("finished", "")]
        assert server.one("CarePlan")["subject"] == {"reference": "Patient/p-7"}
        assert server.one("Communication")["status"] == "preparation"
        assert set(server.versions().values()) == {"1"}
        assert inbox.written[PLAN].version_id == "1"


def test_a_second_ring_finds_nothing_to_do() -> None:
    with serving() as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        before = writes(server)
        deliver(REPORT_ID, inbox, ehr, settings(), NOW)
        assert writes(server) == before


def test_the_same_outcome_decided_again_is_not_written_again() -> None:
    with serving() as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        before = server.versions()
        rewritten(inbox, plan_of(moment="2026-12-24T12:00:00+01:00"), ehr)
        assert server.versions() == before
        assert inbox.state == "delivered"


def test_an_amended_report_updates_the_same_plan() -> None:
    with serving() as server, connected(server) as ehr:
        inbox = rewritten(delivered(FakeInbox(plan_of()), ehr), amended(), ehr)
        assert inbox.happened[-1] == ("finished", "")
        assert server.one("CarePlan")["title"] == "Level 5"
        assert server.versions()[PLAN] == "2"
        assert server.one("Communication")["payload"] == [{"contentString": "You need two more tests."}]
        requests = {each["id"]: each["status"] for each in server.held("ServiceRequest")}
        assert requests[ref("ServiceRequest", "call")["reference"].partition("/")[2]] == "revoked"


def test_a_cancelled_report_withdraws_what_was_written() -> None:
    with serving() as server, connected(server) as ehr:
        rewritten(delivered(FakeInbox(plan_of()), ehr), withdrawn(), ehr)
        assert server.one("CarePlan")["status"] == "revoked"
        assert server.one("Communication")["status"] == "not-done"


def test_a_cancelled_report_that_was_never_delivered_writes_nothing() -> None:
    with serving() as server, connected(server) as ehr:
        delivered(FakeInbox(withdrawn()), ehr)
        assert server.versions() == {}


def test_an_outcome_without_resources_is_finished_without_a_call() -> None:
    with serving() as server, connected(server) as ehr:
        assert delivered(FakeInbox(()), ehr).happened == [("finished", "")]
        assert server.versions() == {}


# ---- faults on the way


@pytest.mark.parametrize(
    "kind",
    ["reset", "429", "503", "500", "html", "reset-after", "500-after", "half-body", "html-after", "timeout-after"],
)
def test_a_fault_before_during_or_after_the_answer_leaves_one_of_each(kind: str) -> None:
    faults = Faults([kind, kind], hold_seconds=1.0, retry_after="7")
    with serving(faults) as server, connected(server, timeout_seconds=0.6) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        assert inbox.state == "delivered"
        assert [each[0] for each in inbox.happened].count("postponed") >= 1
        assert len(server.held("CarePlan")) == len(server.held("Communication")) == 1
        assert inbox.written.keys() == server.versions().keys()
        rewritten(inbox, amended(), ehr)
        assert len(server.held("CarePlan")) == len(server.held("Communication")) == 1
        assert server.one("CarePlan")["title"] == "Level 5"


@pytest.mark.parametrize("kind", ["reset-after", "500-after", "half-body", "html-after"])
def test_an_update_whose_answer_was_lost_is_made_once(kind: str) -> None:
    faults = Faults()
    with serving(faults) as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        faults.replace([kind], {})
        rewritten(inbox, amended(), ehr)
        assert server.versions()[PLAN] == "2"
        assert inbox.written[PLAN].version_id == "2"
        assert len(server.held("CarePlan")) == 1


def test_an_amendment_after_a_first_delivery_of_unknown_end_updates_in_place() -> None:
    faults = Faults(["reset-after"])
    with serving(faults) as server, connected(server) as ehr:
        inbox = FakeInbox(plan_of())
        deliver(REPORT_ID, inbox, ehr, settings(), NOW)
        assert inbox.state == "due"
        rewritten(inbox, amended(), ehr)
        assert server.one("CarePlan")["title"] == "Level 5"
        assert len(server.held("Communication")) == 1


def test_a_worker_that_died_after_writing_leaves_nothing_twice() -> None:
    with serving() as server, connected(server) as ehr:
        inbox = FakeInbox(plan_of())
        inbox.finish_delivery = lambda *_: False  # type: ignore[method-assign, assignment]
        deliver(REPORT_ID, inbox, ehr, settings(), NOW)
        del inbox.finish_delivery
        before = server.versions()
        delivered(inbox, ehr)
        assert server.versions() == before
        assert inbox.written[PLAN].version_id == "1"


def test_an_outcome_that_comes_back_is_written_again_if_another_may_have_been_written_between() -> None:
    """BI-RADS 5, then 1 by a worker that dies after writing, then 5 again: the ledger still says 5."""
    with serving() as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of(level="5")), ehr)
        inbox.record(plan_of(level="1"))
        inbox.finish_delivery = lambda *_: False  # type: ignore[method-assign, assignment]
        deliver(REPORT_ID, inbox, ehr, settings(), NOW)
        del inbox.finish_delivery
        assert server.one("CarePlan")["title"] == "Level 1"
        rewritten(inbox, plan_of(level="5"), ehr)
        assert server.one("CarePlan")["title"] == "Level 5"


def test_a_worker_that_died_over_an_earlier_outcome_is_remembered_by_the_fence() -> None:
    with serving() as server, connected(server) as ehr:
        inbox = FakeInbox(plan_of())
        inbox.finish_delivery = lambda *_: False  # type: ignore[method-assign, assignment]
        deliver(REPORT_ID, inbox, ehr, settings(), NOW)
        del inbox.finish_delivery
        server.put({**server.one("CarePlan"), "status": "active"})
        rewritten(inbox, amended(), ehr)
        statuses = {each["id"]: each["status"] for each in server.held("CarePlan")}
        assert statuses[PLAN.partition("/")[2]] == "active"
        assert len(statuses) == 2


def test_what_the_ehr_asks_us_to_wait_is_waited() -> None:
    with serving(Faults(["429"], retry_after="33")) as server, connected(server) as ehr:
        inbox = FakeInbox(plan_of())
        deliver(REPORT_ID, inbox, ehr, settings(), NOW)
        kind, delay, reason, is_unknown = inbox.happened[0]
        assert (kind, is_unknown, reason) == ("postponed", False, "the EHR answered 429")
        assert 33.0 <= delay <= 42.0


def test_an_ehr_that_is_not_there_is_waited_for_without_doubt_about_what_it_holds() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/fhir"
    with connected(EhrServer(url, Faults())) as ehr:
        inbox = FakeInbox(plan_of())
        deliver(REPORT_ID, inbox, ehr, settings(), NOW)
        assert inbox.happened[0][2:] == ("the EHR cannot be reached", False)


def test_an_open_breaker_costs_no_call() -> None:
    breaker = Breaker(threshold=1, first_seconds=50.0)
    with serving(Faults(["503"] * 9, retry_after="")) as server, connected(server, breaker=breaker) as ehr:
        for _ in range(3):
            inbox = FakeInbox(plan_of())
            deliver(REPORT_ID, inbox, ehr, settings(), NOW)
        assert writes(server) == 1
        assert 45.0 <= inbox.happened[0][1] <= 65.0


def test_what_fails_alone_again_and_again_is_parked() -> None:
    faults = Faults()
    with serving(faults) as server, connected(server) as ehr:
        delivered(FakeInbox(plan_of()), ehr)
        faults.replace(["500"] * 9, {})
        inbox = FakeInbox(amended(), attempts=40, alone=29)
        deliver("another", inbox, ehr, settings(), NOW)
        assert inbox.state == "parked"
        assert "30 times" in inbox.happened[0][1]


def test_a_failure_after_a_long_outage_is_not_held_against_the_report() -> None:
    """The EHR is back and takes others: what failed all the while with everybody has not failed alone."""
    faults = Faults()
    with serving(faults) as server, connected(server) as ehr:
        waiting = FakeInbox(plan_of(report=2), attempts=4000)
        faults.replace(["500"] * 9, {})
        deliver("another", waiting, ehr, settings(), NOW)
        assert (waiting.state, waiting.alone) == ("due", 0)
        faults.replace((), {})
        delivered(FakeInbox(plan_of()), ehr)
        faults.replace(["500"] * 9, {})
        deliver("another", waiting, ehr, settings(), NOW)
        assert (waiting.state, waiting.alone) == ("due", 1)


def test_waiting_for_the_breaker_is_no_try() -> None:
    breaker = Breaker(threshold=1, first_seconds=50.0)
    with serving() as server, connected(server, breaker=breaker) as ehr:
        breaker.failed()
        inbox = FakeInbox(plan_of(), attempts=3)
        for _ in range(5):
            deliver(REPORT_ID, inbox, ehr, settings(), NOW)
        assert (inbox.attempts, inbox.state) == (3, "due")
        assert 45.0 <= inbox.happened[-1][1] <= 65.0
        breaker.succeeded()
        assert delivered(inbox, ehr).state == "delivered"
        assert len(server.held("CarePlan")) == 1


def test_an_outage_is_waited_out_however_long() -> None:
    with serving(Faults(["500"] * 9)) as server, connected(server) as ehr:
        inbox = FakeInbox(plan_of(), attempts=400)
        deliver(REPORT_ID, inbox, ehr, settings(), NOW)
        assert inbox.state == "due"


def test_no_request_begins_when_the_lease_is_nearly_over() -> None:
    with serving() as server, connected(server) as ehr:
        inbox = FakeInbox(plan_of())
        deliver(REPORT_ID, inbox, ehr, settings(lease_seconds=0.1), NOW)
        assert inbox.happened[0][2] == "no time is left in this turn"
        assert server.versions() == {}


# ---- refusals


def test_a_refusal_is_parked_with_what_the_ehr_said_but_not_its_words() -> None:
    with serving() as server, connected(server) as ehr:
        plan, *others = plan_of()
        inbox = delivered(FakeInbox(({**plan, "basedOn": [{"reference": "CarePlan/nowhere"}]}, *others)), ehr)
        assert inbox.state == "parked"
        _, reason, outcome = inbox.happened[0]
        assert reason == "the EHR refused the request (HTTP 422)"
        assert outcome["issue"] == [{"severity": "error", "code": "not-found"}]
        assert server.versions() == {}


def test_another_fhir_version_is_refused_before_anything_is_written() -> None:
    with serving(abilities=Abilities(fhir_version="R5")) as server, connected(server) as ehr:
        assert delivered(FakeInbox(plan_of()), ehr).state == "parked"
        assert writes(server) == 0


# ---- patients


@pytest.mark.parametrize(
    "subject",
    [
        {"reference": "Patient/unknown"},
        {"reference": "https://elsewhere.example/fhir/Patient/p-7"},
        {"reference": "urn:uuid:11111111-2222-5333-8444-555555555555"},
        {"reference": "Patient/../../x"},
        {"display": "nobody"},
        {"reference": "Patient/p-7", "identifier": {"system": "urn:example:mrn", "value": "8"}},
    ],
)
def test_a_patient_who_is_not_the_ehrs_is_parked(subject: Resource) -> None:
    with serving() as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of(subject=subject)), ehr)
        assert inbox.state == "parked"
        assert "patient" in inbox.happened[0][1]
        assert "p-7" not in inbox.happened[0][1]
        assert server.versions() == {}


def test_a_reference_under_the_ehrs_own_address_is_the_ehrs() -> None:
    with serving() as server, connected(server) as ehr:
        delivered(FakeInbox(plan_of(subject={"reference": f"{server.url}/Patient/p-7"})), ehr)
        assert server.one("CarePlan")["subject"] == {"reference": "Patient/p-7"}


def test_a_patient_is_found_by_identifier_and_named_by_the_ehrs_own_reference() -> None:
    subject = {"reference": "Patient/senders-own", "identifier": {"system": "urn:example:mrn", "value": "7"}}
    with serving() as server, connected(server) as ehr:
        delivered(FakeInbox(plan_of(subject=subject)), ehr, ehr_patient_match="identifier")
        assert server.one("CarePlan")["subject"]["reference"] == "Patient/p-7"
        assert server.one("Task")["for"]["reference"] == "Patient/p-7"


@pytest.mark.parametrize(("others", "identifier"), [(1, "7"), (0, "unknown"), (0, None)])
def test_no_patient_or_more_than_one_is_parked(others: int, identifier: str | None) -> None:
    subject = {"identifier": {"system": "urn:example:mrn", "value": identifier}} if identifier else {}
    with serving() as server, connected(server) as ehr:
        for number in range(others):
            server.put({"resourceType": "Patient", "id": f"o-{number}", "identifier": [{**subject["identifier"]}]})
        inbox = delivered(FakeInbox(plan_of(subject=subject or {"display": "x"})), ehr, ehr_patient_match="identifier")
        assert inbox.state == "parked"
        assert server.versions() == {}


def test_a_patient_who_was_merged_is_written_to_where_the_ehr_says() -> None:
    with serving() as server, connected(server) as ehr:
        server.put({"resourceType": "Patient", "id": "new"})
        link = [{"other": {"reference": "Patient/new"}, "type": "replaced-by"}]
        server.put({"resourceType": "Patient", "id": "p-7", "active": False, "link": link})
        delivered(FakeInbox(plan_of()), ehr)
        assert server.one("CarePlan")["subject"] == {"reference": "Patient/new"}


def test_a_patient_is_looked_up_once_for_several_reports() -> None:
    faults = Faults(methods=("GET",))
    with serving(faults) as server, connected(server) as ehr:
        delivered(FakeInbox(plan_of()), ehr)
        before = writes(server)
        delivered(FakeInbox(plan_of()), ehr)
        assert writes(server) == before


# ---- clinicians


def test_a_draft_that_a_clinician_edited_is_not_written_over() -> None:
    with serving(strict=True) as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        edited = server.put({**server.one("CarePlan"), "title": "Edited by hand"})
        rewritten(inbox, amended(), ehr)
        plans = {f"CarePlan/{each['id']}": each for each in server.held("CarePlan")}
        assert plans[PLAN] == edited
        new = plans[successor(PLAN, "replaces")]
        assert new["title"] == "Level 5"
        assert new["replaces"] == [{"reference": PLAN}]
        assert len(server.held("Communication")) == 1
        assert inbox.happened[-1] == ("finished", "edited-elsewhere")
        told = [each for each in server.held("Task") if "input" in each]
        assert told[0]["input"][0]["valueReference"] == {"reference": PLAN}


def test_the_amendment_after_that_updates_our_successor() -> None:
    with serving() as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        server.put({**server.one("CarePlan"), "status": "active", "intent": "plan"})
        rewritten(inbox, amended(), ehr)
        rewritten(inbox, amended(letter="Once more.", level="6", version="3"), ehr)
        plans = {f"CarePlan/{each['id']}": each for each in server.held("CarePlan")}
        assert len(plans) == 2
        assert plans[PLAN]["status"] == "active"
        assert plans[successor(PLAN, "replaces")]["title"] == "Level 6"
        assert len([each for each in server.held("Task") if "input" in each]) == 1


@pytest.mark.parametrize("kind", ["reset-after", "500-after", "reset", "503"])
def test_a_conflict_with_a_lost_answer_still_ends_with_one_successor(kind: str) -> None:
    faults = Faults()
    with serving(faults) as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        server.put({**server.one("CarePlan"), "status": "active"})
        faults.replace(["ok", kind], {})
        rewritten(inbox, amended(), ehr)
        assert len(server.held("CarePlan")) == 2
        assert len(server.held("Communication")) == 1
        assert len([each for each in server.held("Task") if "input" in each]) == 1


def test_a_cancelled_report_leaves_a_released_plan_and_asks() -> None:
    with serving() as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        server.put({**server.one("CarePlan"), "status": "active"})
        rewritten(inbox, withdrawn(), ehr)
        assert server.one("CarePlan")["status"] == "active"
        assert {each["status"] for each in server.held("ServiceRequest")} == {"draft"}
        assert server.one("Communication")["status"] == "not-done"
        assert [each for each in server.held("Task") if "no longer supports" in each["description"]]


def test_a_draft_that_was_deleted_is_not_brought_back() -> None:
    with serving() as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        server.delete(PLAN)
        rewritten(inbox, amended(), ehr)
        assert f"CarePlan/{server.one('CarePlan')['id']}" == successor(PLAN, "again")


# ---- servers that offer less


LESS = {
    "no client ids": Abilities(update_create=False),
    "no transaction": Abilities(transaction=False, batch=False),
    "neither": Abilities(transaction=False, batch=False, update_create=False),
    "nothing but plain writes": Abilities(transaction=False, batch=False, update_create=False, conditional=False),
    "no conditions": Abilities(update_create=False, conditional=False),
    "no If-Match": Abilities(if_match=False),
    "no If-Match, own ids": Abilities(if_match=False, update_create=False),
}


@pytest.mark.parametrize("abilities", LESS.values(), ids=LESS.keys())
def test_every_server_ends_with_one_plan_that_is_kept_up_to_date(abilities: Abilities) -> None:
    with serving(abilities=abilities) as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        assert inbox.state == "delivered"
        plan = server.one("CarePlan")
        activities = {each["reference"]["reference"] for each in plan["activity"]}
        assert activities == {f"ServiceRequest/{each['id']}" for each in server.held("ServiceRequest")}
        before = server.versions()
        rewritten(inbox, plan_of(moment="2026-12-24T12:00:00+01:00"), ehr)
        assert server.versions() == before
        rewritten(inbox, amended(), ehr)
        assert server.one("CarePlan")["title"] == "Level 5"
        assert server.one("Communication")["payload"] == [{"contentString": "You need two more tests."}]
        rewritten(inbox, withdrawn(), ehr)
        assert server.one("CarePlan")["status"] == "revoked"


@pytest.mark.parametrize("abilities", LESS.values(), ids=LESS.keys())
@pytest.mark.parametrize("kind", ["reset-after", "reset", "500-after"])
def test_a_lost_answer_makes_nothing_twice_on_any_server(abilities: Abilities, kind: str) -> None:
    with serving(Faults([kind]), abilities) as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        assert inbox.state == "delivered"
        assert {t: len(server.held(t)) for t in ("CarePlan", "Communication", "Task", "Provenance")} == {
            "CarePlan": 1,
            "Communication": 1,
            "Task": 1,
            "Provenance": 1,
        }


@pytest.mark.parametrize("abilities", LESS.values(), ids=LESS.keys())
def test_a_clinicians_edit_is_kept_on_any_server(abilities: Abilities) -> None:
    with serving(abilities=abilities) as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        edited = server.put({**server.one("CarePlan"), "title": "Edited by hand"})
        rewritten(inbox, amended(), ehr)
        plans = {each["id"]: each for each in server.held("CarePlan")}
        assert plans.pop(edited["id"]) == edited
        (new,) = plans.values()
        assert new["title"] == "Level 5"
        assert [each["reference"] for each in new["replaces"]] == [f"CarePlan/{edited['id']}"]


def test_a_plan_that_the_ehr_does_not_take_arrives_as_a_document() -> None:
    abilities = Abilities(read_only=frozenset({"CarePlan"}))
    with serving(abilities=abilities, strict=True) as server, connected(server) as ehr:
        inbox = delivered(FakeInbox(plan_of()), ehr)
        assert inbox.happened == [("finished", "not-offered:CarePlan")]
        document = server.one("DocumentReference")
        assert document["docStatus"] == "preliminary"
        rewritten(inbox, amended(), ehr)
        assert server.one("DocumentReference")["description"] == "Level 5"
        rewritten(inbox, withdrawn(), ehr)
        assert server.one("DocumentReference")["status"] == "superseded"


def test_an_ehr_that_takes_neither_plan_nor_document_is_for_a_person() -> None:
    abilities = Abilities(read_only=frozenset({"CarePlan", "DocumentReference"}))
    with serving(abilities=abilities) as server, connected(server) as ehr:
        assert delivered(FakeInbox(plan_of()), ehr).state == "parked"
