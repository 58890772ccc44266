"""From a stored message to the EHR: real Redis, real tables, a strict FHIR server over real HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.desk import NOW, REPORT_ID, Desk, a_desk
from tests.ehr_help import connected
from tests.shell.documents import observation, report
from worker.core.rules import Rules
from worker.core.writeplan import person_of, subject_of
from worker.deliver import deliver
from worker.ehr import Breaker
from worker.errors import InboxUnavailable
from worker.sandbox import Abilities, Faults

pytestmark = pytest.mark.integration
AMENDED = "Grouped fine linear branching calcifications in the left breast. BI-RADS 5."


@pytest.fixture
def desk(redis_url: str, rules: Rules, request: pytest.FixtureRequest) -> Iterator[Desk]:
    options: dict[str, Any] = getattr(request, "param", {})
    with a_desk(redis_url, rules, **options) as made:
        yield made


@pytest.mark.parametrize("desk", [{"version": "R4"}, {"version": "R5"}], indirect=True, ids=["R4", "R5"])
def test_a_report_becomes_one_plan_and_one_letter_that_a_strict_server_takes(desk: Desk) -> None:
    assert desk.take(report()) == "delivered"
    plan = desk.server.one("CarePlan")
    assert (plan["status"], plan["intent"], plan["subject"]["reference"]) == ("draft", "proposal", "Patient/p1")
    assert len(desk.server.held("Communication")) == 1
    assert set(desk.server.versions().values()) == {"1"}


@pytest.mark.parametrize("desk", [{"version": "R4"}, {"version": "R5"}], indirect=True, ids=["R4", "R5"])
def test_an_amended_report_updates_and_a_cancelled_one_withdraws(desk: Desk) -> None:
    desk.take(report())
    assert desk.take(report(version=2, status="amended", conclusion=AMENDED)) == "delivered"
    assert len(desk.plans()) == len(desk.server.held("CarePlan")) == len(desk.server.held("Communication")) == 1
    assert desk.server.one("CarePlan")["meta"]["versionId"] == "2"
    assert desk.take(report(version=3, status="cancelled", conclusion=AMENDED)) == "delivered"
    assert desk.plans() == []
    assert desk.server.one("Communication")["status"] == "not-done"


def test_the_same_report_again_writes_nothing(desk: Desk) -> None:
    desk.take(report())
    before = desk.server.versions()
    desk.take(report())
    desk.take(report(version=1, note_of_the_engine="sent again"))
    assert desk.server.versions() == before


def test_an_observation_that_comes_later_changes_the_same_plan(desk: Desk) -> None:
    desk.take(report(results=("Observation/o1",)))
    assert desk.take(observation(category="5")) == "delivered"
    assert len(desk.server.held("CarePlan")) == 1
    assert len(desk.server.held("Communication")) == 1


SEEDS = range(6)
FAULTY = dict.fromkeys(("reset", "429", "503", "500", "reset-after", "500-after", "half-body", "html-after"), 0.06)


@pytest.mark.parametrize(
    "desk", [{"faults": Faults((), FAULTY, seed, ("POST", "PUT", "GET"))} for seed in SEEDS], indirect=True
)
def test_half_of_all_calls_failing_leaves_one_of_each_in_the_newest_version(desk: Desk) -> None:
    desk.take(report())
    desk.take(report(version=2, status="amended", conclusion=AMENDED))
    desk.decide(report(version=3, status="corrected"))
    desk.take(report(version=4, status="amended", conclusion="Suspicious calcifications, left breast. BI-RADS 4C."))
    desk.server.faults.replace((), {})
    assert len(desk.server.held("CarePlan")) == 1
    assert len(desk.server.held("Communication")) == 1
    wanted = (desk.inbox.previous(REPORT_ID) or {})["resources"]
    assert desk.server.one("CarePlan")["text"] == wanted[0]["text"]
    lasting = [each for each in wanted if each.get("status") not in {"revoked", "cancelled"}]
    assert {f"{each['resourceType']}/{each['id']}" for each in lasting} <= desk.server.versions().keys()


def test_an_outage_of_three_days_costs_few_calls_and_ends_without_a_hand(desk: Desk) -> None:
    breaker = Breaker(clock=desk.clock)
    with connected(desk.server, breaker=breaker) as desk.ehr:
        desk.server.faults.methods = frozenset({"GET", "POST"})
        desk.server.faults.replace((), {"503": 1.0})
        desk.decide(report())
        end = desk.clock() + 3 * 86_400
        while desk.clock() < end:
            deliver(REPORT_ID, desk.inbox, desk.ehr, desk.site, NOW)
            desk.clock.pass_seconds(120)
        assert desk.state() == "due"
        assert sum(desk.server.faults.happened.values()) < 3 * 86_400 / 60
        desk.server.faults.replace((), {})
        back = desk.clock()
        while desk.state() == "due":
            desk.clock.pass_seconds(10)
            deliver(REPORT_ID, desk.inbox, desk.ehr, desk.site, NOW)
        assert desk.state() == "delivered"
        assert desk.clock() - back < 400
        assert len(desk.server.held("CarePlan")) == 1


def test_a_worker_that_dies_between_the_ehrs_answer_and_the_ledger_writes_nothing_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.decide(report())

    def dies(*_: Any) -> None:
        raise InboxUnavailable("gone")

    with monkeypatch.context() as patch:
        patch.setattr(desk.inbox, "finish_delivery", dies)
        with pytest.raises(InboxUnavailable):
            deliver(REPORT_ID, desk.inbox, desk.ehr, desk.site, NOW)
    before = desk.server.versions()
    assert before
    desk.clock.pass_seconds(60)
    assert desk.deliver() == "delivered"
    assert desk.server.versions() == before


def test_an_edited_draft_survives_the_amendment(desk: Desk) -> None:
    desk.take(report())
    edited = desk.server.put({**desk.server.one("CarePlan"), "title": "By hand", "status": "active"})
    assert desk.take(report(version=2, status="amended", conclusion=AMENDED)) == "delivered"
    plans = {each["id"]: each for each in desk.server.held("CarePlan")}
    assert plans.pop(edited["id"]) == edited
    (new,) = plans.values()
    assert new["replaces"] == [{"reference": f"CarePlan/{edited['id']}"}]
    assert new["status"] == "draft"
    desk.take(report(version=3, status="cancelled"))
    assert [each["id"] for each in desk.plans()] == [edited["id"]]


def test_a_patient_unknown_to_the_ehr_is_parked_until_somebody_mends_it(desk: Desk) -> None:
    desk.server.delete("Patient/p1")
    assert desk.take(report()) == "parked"
    assert "patient" in str(desk.inbox.parked()[0]["reason"])
    desk.server.put_quietly({"resourceType": "Patient", "id": "p1"})
    assert desk.inbox.replay(REPORT_ID) == "deliver"
    assert desk.deliver() == "delivered"
    assert len(desk.server.held("CarePlan")) == 1


def test_what_the_ehr_refuses_is_parked_and_can_be_replayed(desk: Desk) -> None:
    desk.server.faults.replace(["ok"], {})
    desk.decide(report())
    desk.ehr.found_patients.keep(("reference", _person(desk)), "Patient/gone")
    assert desk.deliver() == "parked"
    desk.ehr.found_patients.keep(("reference", _person(desk)), "Patient/p1")
    desk.inbox.replay(REPORT_ID)
    assert desk.deliver() == "delivered"


def _person(desk: Desk) -> Any:
    return person_of(subject_of((desk.inbox.previous(REPORT_ID) or {})["resources"]))


LESS = {
    "no client ids": Abilities(update_create=False),
    "one by one": Abilities(transaction=False, batch=False),
    "one by one, no client ids": Abilities(transaction=False, batch=False, update_create=False),
}


@pytest.mark.parametrize("desk", [{"abilities": each} for each in LESS.values()], indirect=True, ids=LESS.keys())
def test_the_whole_life_on_lesser_servers(desk: Desk) -> None:
    assert desk.take(report()) == "delivered"
    before = desk.server.versions()
    assert desk.take(report(version=2, status="amended", conclusion=AMENDED)) == "delivered"
    assert len(desk.plans()) == 1
    assert len(desk.server.versions()) >= len(before)
    assert desk.take(report(version=3, status="cancelled")) == "delivered"
    assert desk.plans() == []


@pytest.mark.parametrize("desk", [{"abilities": Abilities(read_only=frozenset({"CarePlan", "Goal"}))}], indirect=True)
def test_an_ehr_that_only_reads_care_plans_gets_a_document(desk: Desk) -> None:
    assert desk.take(report()) == "delivered"
    assert desk.server.one("DocumentReference")["docStatus"] == "preliminary"
