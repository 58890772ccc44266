"""A clinician's act, in the EHR or as a statement of its engine, to what the EHR holds afterwards (INV-6, INV-7)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import requests

from tests.desk import NOW, REPORT_ID, TODAY, Desk, a_desk
from tests.integration.house import House
from tests.shell.documents import Resource, report
from worker.core.ids import report_id_of
from worker.core.rules import Rules
from worker.handle import handle, tell_the_day
from worker.sandbox import Abilities

pytestmark = pytest.mark.integration
WHO = {"reference": "Practitioner/12", "display": "Dr Example"}
HELD = "Grouped fine pleomorphic calcifications in the left breast. BI-RADS 3. Short-interval follow-up in 6 months."
AMENDED = "Grouped fine linear branching calcifications in the left breast. BI-RADS 5."
BOTH = pytest.mark.parametrize("desk", [{"version": "R4"}, {"version": "R5"}], indirect=True, ids=["R4", "R5"])


@pytest.fixture
def desk(redis_url: str, rules: Rules, request: pytest.FixtureRequest) -> Iterator[Desk]:
    options: dict[str, Any] = getattr(request, "param", {})
    own = replace(rules, practice=replace(rules.practice, examples=frozenset()))
    with a_desk(redis_url, own, **options) as made:
        for kind, number in (("Practitioner", "12"), ("Practitioner", "1"), ("Organization", "1")):
            made.server.put_quietly({"resourceType": kind, "id": number})
        yield made


def review(desk: Desk) -> Resource:
    """The Task that asks for a decision about the plan."""
    (found,) = (
        each
        for each in desk.server.held("Task")
        if each["status"] == "requested" and each["focus"]["reference"].startswith("CarePlan/")
    )
    return found


def question(desk: Desk) -> list[Resource]:
    return [each for each in desk.server.held("DetectedIssue") if each["status"] == "preliminary"]


def changed(desk: Desk, resource: Resource, **elements: Any) -> Resource:
    """What a clinician does in the EHR; the EHR's new version of it."""
    return desk.server.put({**resource, **elements})


def says(*outputs: str, **more: Any) -> dict[str, Any]:
    """A Task that is completed with an outcome."""
    told = [{"type": {"text": "decision"}, "valueCodeableConcept": {"coding": [{"code": one}]}} for one in outputs]
    return {"status": "completed", "owner": WHO, **({"output": told} if told else {}), **more}


def one(desk: Desk, kind: str, **having: Any) -> Resource:
    (found,) = (e for e in desk.server.held(kind) if all(e.get(name) == value for name, value in having.items()))
    return found


def is_ready(letter: Resource) -> bool:
    return any(tag["code"] == "ready-to-send" for tag in letter["meta"]["tag"])


def state_of(desk: Desk, message_id: str) -> tuple[str, str]:
    status = desk.inbox.status_json(message_id)
    assert status is not None
    return status["state"], "; ".join(each.get("reason", "") for each in status["reports"])


# ---- released --------------------------------------------------------------------------------------------------------


@BOTH
def test_a_completed_review_releases_plan_requests_and_letter(desk: Desk) -> None:
    """INV-6, SEED-23: a new version, meant and active, with who and when; the letter is ready and not sent."""
    desk.take(report())
    requests = {each["id"] for each in desk.server.held("ServiceRequest")}
    task = changed(desk, review(desk), **says("approved"))
    message = desk.take(task)
    assert message == "delivered"
    plan = one(desk, "CarePlan")
    assert (plan["status"], plan["intent"], plan["meta"]["versionId"]) == ("active", "plan", "2")
    assert "RELEASED by Dr Example" in plan["text"]["div"]
    assert {(e["id"], e["status"], e["intent"]) for e in desk.server.held("ServiceRequest")} == {
        (own, "active", "plan") for own in requests
    }
    letter = one(desk, "Communication")
    assert (letter["status"], is_ready(letter)) == ("preparation", True)
    assert one(desk, "Goal")["lifecycleStatus"] == "accepted"
    assert one(desk, "Task") == task, "what the clinician completed stays as they left it"
    signed = [p for p in desk.server.held("Provenance") if p["agent"][0]["who"] == WHO]
    assert len(signed) == 1
    assert f"CarePlan/{plan['id']}" in {each["reference"] for each in signed[0]["target"]}


@BOTH
def test_a_plan_set_active_in_the_ehr_is_released_with_their_own_words_in_it(desk: Desk) -> None:
    """INV-6; what the clinician edited in the same stroke is theirs and stays."""
    desk.take(report())
    plan = one(desk, "CarePlan")
    note = [*plan.get("note", ()), {"authorReference": WHO, "text": "agreed in the meeting"}]
    mine = changed(desk, plan, status="active", title="Ours, by hand", note=note)
    assert desk.take(mine) == "delivered"
    now = one(desk, "CarePlan")
    assert (now["status"], now["intent"], now["title"]) == ("active", "plan", "Ours, by hand")
    assert "agreed in the meeting" in [each["text"] for each in now["note"]]
    assert {each["status"] for each in desk.server.held("ServiceRequest")} == {"active"}
    assert is_ready(one(desk, "Communication"))
    assert one(desk, "Task")["status"] == "completed"


def test_requests_that_the_clinician_took_out_of_the_plan_are_not_made_active(desk: Desk) -> None:
    desk.take(report())
    plan = one(desk, "CarePlan")
    kept, *dropped = plan["activity"]
    desk.take(changed(desk, plan, status="active", activity=[kept]))
    states = {f"ServiceRequest/{e['id']}": e["status"] for e in desk.server.held("ServiceRequest")}
    assert states.pop(kept["reference"]["reference"]) == "active"
    assert dropped
    assert set(states.values()) == {"revoked"}


def test_what_a_clinician_changed_or_deleted_before_the_release_is_left_so(desk: Desk) -> None:
    """INV-6: a release resurrects nothing and writes over nothing."""
    desk.take(report())
    task = changed(desk, review(desk), **says("released"))
    first, *others = desk.server.held("ServiceRequest")
    edited = changed(desk, first, priority="stat")
    desk.server.delete(f"Communication/{one(desk, 'Communication')['id']}")
    assert desk.take(task) == "delivered"
    held = {each["id"]: each for each in desk.server.held("ServiceRequest")}
    assert held.pop(edited["id"]) == edited
    assert {(each["id"], each["status"]) for each in held.values()} == {(each["id"], "active") for each in others}
    assert desk.server.held("Communication") == []
    assert len(desk.server.held("CarePlan")) == len(desk.server.held("Task")) == 1


@pytest.mark.parametrize(
    "desk",
    [
        {"abilities": Abilities(update_create=False)},
        {"abilities": Abilities(transaction=False, batch=False)},
        {"abilities": Abilities(if_match=False)},
    ],
    indirect=True,
    ids=["ids of its own", "no transactions", "no If-Match"],
)
def test_a_release_on_lesser_servers(desk: Desk) -> None:
    desk.take(report())
    assert desk.take(changed(desk, one(desk, "CarePlan"), status="active")) == "delivered"
    plan = one(desk, "CarePlan")
    assert (plan["status"], plan["intent"]) == ("active", "plan")
    assert {each["status"] for each in desk.server.held("ServiceRequest")} == {"active"}


def test_the_same_act_again_and_our_own_writes_coming_back_change_nothing(desk: Desk) -> None:
    """A subscription echoes every write; only an act is an act."""
    desk.take(report())
    for kind in ("CarePlan", "Task", "Communication", "DetectedIssue", "ServiceRequest"):
        for each in desk.server.held(kind):
            assert state_of(desk, desk.decide(each))[0] in {"not-for-us", "no-output"}
    task = changed(desk, review(desk), **says("released"))
    desk.take(task)
    before = desk.server.versions()
    desk.take({**task, "meta": {**task["meta"], "lastUpdated": "2026-03-02T10:00:00Z"}})
    for kind in ("CarePlan", "Task", "Communication", "DetectedIssue", "ServiceRequest"):
        for each in desk.server.held(kind):
            desk.take(each)
    assert desk.server.versions() == before


def test_both_acts_of_one_clinician_are_one_release(desk: Desk) -> None:
    desk.take(report())
    task = changed(desk, review(desk), **says("released"))
    plan = changed(desk, one(desk, "CarePlan"), status="active")
    desk.decide({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": task}, {"resource": plan}]})
    assert desk.deliver() == "delivered"
    assert one(desk, "CarePlan")["status"] == "active"
    assert len(desk.server.held("CarePlan")) == 1
    assert len([p for p in desk.server.held("Provenance") if p["agent"][0]["who"] == WHO]) == 1


# ---- not released ----------------------------------------------------------------------------------------------------


@BOTH
def test_a_held_plan_is_not_released_before_its_questions_are_answered(desk: Desk) -> None:
    """INV-3, INV-6: the decision is asked for again; answered, the letter is drafted; then it can go."""
    desk.take(report(conclusion=HELD))
    held_letter = one(desk, "Communication")["payload"]
    rules_asked = {each["code"]["coding"][0]["code"] for each in question(desk)}
    first = changed(desk, review(desk), **says("released"))
    desk.take(first)
    assert one(desk, "CarePlan")["status"] == "draft"
    assert {each["status"] for each in desk.server.held("ServiceRequest")} == {"draft"}
    assert not is_ready(one(desk, "Communication"))
    again = review(desk)
    assert again["id"] != first["id"]
    assert "questions about it are open" in again["description"]
    answers = [
        {
            "type": {"coding": [{"system": "urn:calcifhir:rule", "code": rule}]},
            "valueString": "read again, the category stands",
        }
        for rule in rules_asked
    ]
    desk.take(changed(desk, again, **says(output=answers)))
    plan, letter = one(desk, "CarePlan"), one(desk, "Communication")
    assert plan["status"] == "draft"
    assert "Questions answered by Dr Example" in plan["text"]["div"]
    assert "not to be released" not in plan["text"]["div"]
    assert letter["payload"] != held_letter
    assert not is_ready(letter)
    assert all(
        "read again" in str(each["mitigation"])
        for each in desk.server.held("DetectedIssue")
        if each["status"] == "final"
    )
    last = review(desk)
    assert "letter is drafted" in last["description"]
    desk.take(changed(desk, last, **says("released")))
    assert one(desk, "CarePlan")["status"] == "active"
    assert is_ready(one(desk, "Communication"))


def test_a_held_plan_set_active_in_the_ehr_lets_nothing_go_and_asks(desk: Desk) -> None:
    """INV-6: the clinician's own plan stays as they set it, nothing of ours follows."""
    desk.take(report(conclusion=HELD))
    mine = changed(desk, one(desk, "CarePlan"), status="active")
    desk.take(mine)
    assert one(desk, "CarePlan") == mine
    assert {each["status"] for each in desk.server.held("ServiceRequest")} == {"draft"}
    assert not is_ready(one(desk, "Communication"))
    asked = [e for e in desk.server.held("Task") if "questions about it are open" in e.get("description", "")]
    assert [each["priority"] for each in asked] == ["urgent"] or [each["priority"] for each in asked] == ["stat"]


def test_an_issue_settled_in_the_ehr_is_an_answer(desk: Desk) -> None:
    desk.take(report(conclusion=HELD))
    for issue in question(desk):
        told = [{"action": {"text": "compared with 2024: unchanged"}, "author": WHO}]
        desk.take(changed(desk, issue, status="final", mitigation=told))
    assert "Questions answered" in one(desk, "CarePlan")["text"]["div"]
    assert "letter is drafted" in review(desk)["description"]


def test_a_question_that_is_closed_without_an_answer_keeps_the_hold(desk: Desk) -> None:
    """INV-3: only an answer is an answer."""
    desk.take(report(conclusion="Grouped round calcifications in the left breast. Palpable lump. BI-RADS 2."))
    asked = next(e for e in desk.server.held("Task") if e["focus"]["reference"].startswith("DetectedIssue/"))
    before = review(desk)
    for told in (says(), says("rejected")):
        desk.take(changed(desk, one(desk, "Task", id=asked["id"]), **told))
        assert review(desk) == before
        assert "ON HOLD" in one(desk, "CarePlan")["text"]["div"]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (says(), "closed without saying"),
        (says("perhaps"), "closed without saying"),
        ({"status": "cancelled", "owner": WHO}, "closed without saying"),
        (says("released", owner={"reference": "Organization/1"}), "Nobody who may release was named"),
    ],
    ids=["nothing said", "an unknown code", "cancelled", "nobody named"],
)
def test_a_review_that_decides_nothing_is_asked_for_again(desk: Desk, said: dict[str, Any], asked: str) -> None:
    """INV-3, INV-6: closed is not released, and not forgotten either."""
    desk.take(report())
    desk.take(changed(desk, review(desk), **said))
    assert one(desk, "CarePlan")["status"] == "draft"
    assert asked in review(desk)["description"]


def test_a_machine_that_closes_every_review_ends_with_a_person(desk: Desk) -> None:
    desk.take(report())
    for _ in range(3):
        desk.take(changed(desk, review(desk), **says()))
    message = desk.decide(changed(desk, review(desk), **says()))
    assert state_of(desk, message)[0] == "parked"
    assert "without a decision" in desk.inbox.parked()[0]["reason"]


@pytest.mark.parametrize(
    "desk", [{"settings": {"releasers": frozenset({"Practitioner/1"})}}], indirect=True, ids=["one releaser"]
)
def test_who_may_release_is_the_sites_to_say(desk: Desk) -> None:
    desk.take(report())
    desk.take(changed(desk, review(desk), **says("released")))
    assert one(desk, "CarePlan")["status"] == "draft"
    desk.take(changed(desk, review(desk), **says("released", owner={"reference": "Practitioner/1"})))
    assert one(desk, "CarePlan")["status"] == "active"


@pytest.mark.parametrize(
    "desk", [{"settings": {"release_from": frozenset({"ehr"})}}], indirect=True, ids=["one sender"]
)
def test_which_sender_brings_acts_is_the_sites_to_say(desk: Desk) -> None:
    desk.take(report())
    task = changed(desk, review(desk), **says("released"))
    assert state_of(desk, desk.decide(task))[0] == "no-output"
    desk.take(task, sender="ehr")
    assert one(desk, "CarePlan")["status"] == "active"


def test_an_answer_to_an_older_draft_releases_nothing(desk: Desk) -> None:
    """INV-7: what was read is not what stands now."""
    desk.take(report())
    task = changed(desk, review(desk), **says("released"))
    desk.take(report(version=2, status="amended", conclusion=AMENDED))
    message = desk.decide(task)
    assert state_of(desk, message)[0] == "no-output"
    assert {each["status"] for each in desk.server.held("CarePlan")} == {"draft"}
    assert not any(is_ready(each) for each in desk.server.held("Communication"))


def test_a_report_and_an_act_in_one_message_are_for_a_person(desk: Desk) -> None:
    desk.take(report())
    task = changed(desk, review(desk), **says("released"))
    entries = [{"resource": report(version=2)}, {"resource": task}]
    message = desk.decide({"resourceType": "Bundle", "type": "collection", "entry": entries})
    assert state_of(desk, message)[0] == "parked"
    assert one(desk, "CarePlan")["status"] == "draft"


# ---- rejected, sent, amended -----------------------------------------------------------------------------------------


@BOTH
def test_a_rejection_withdraws_with_its_reason_and_leaves_what_must_be_done(desk: Desk) -> None:
    """INV-1, INV-8: what the report asks for is still owed."""
    desk.take(report())
    note = [{"authorReference": WHO, "text": "already biopsied elsewhere"}]
    desk.take(changed(desk, review(desk), **says("rejected", note=note)))
    plan = one(desk, "CarePlan")
    assert plan["status"] == "revoked"
    assert "already biopsied elsewhere" in plan["text"]["div"]
    assert {each["status"] for each in desk.server.held("ServiceRequest")} == {"revoked"}
    assert one(desk, "Communication")["status"] == "not-done"
    assert "still needs a plan of yours" in review(desk)["description"]


def test_a_rejected_draft_of_routine_screening_leaves_nothing_to_do(desk: Desk) -> None:
    desk.take(report(conclusion="Scattered vascular calcifications in both breasts. BI-RADS 2."))
    plan = one(desk, "CarePlan")
    desk.take(changed(desk, plan, status="revoked"))
    assert one(desk, "CarePlan")["status"] == "revoked"
    assert not any("plan of yours" in each["description"] for each in desk.server.held("Task"))


def test_a_released_plan_and_a_sent_letter_are_superseded_and_never_edited(desk: Desk) -> None:
    """INV-7, C-14, SEED-50."""
    desk.take(report())
    desk.take(changed(desk, review(desk), **says("released")))
    letter = changed(desk, one(desk, "Communication"), status="completed", sent="2026-03-03T08:00:00Z")
    desk.take(letter)
    released = one(desk, "CarePlan")
    desk.take(report(version=2, status="amended", conclusion=AMENDED))
    held = {each["id"]: each for each in desk.server.held("CarePlan")}
    assert held.pop(released["id"]) == released
    (new,) = held.values()
    assert new["status"] == "draft"
    assert [each["reference"] for each in new["replaces"]] == [f"CarePlan/{released['id']}"]
    assert one(desk, "Communication", status="completed") == letter
    draft = one(desk, "Communication", status="preparation")
    assert [each["reference"] for each in draft["inResponseTo"]] == [f"Communication/{letter['id']}"]
    assert "was sent" in draft["note"][-1]["text"]
    holds = [e for e in question(desk) if any(t["system"] == "urn:calcifhir:hold" for t in e["meta"]["tag"])]
    for issue in holds:
        told = [{"action": {"text": "yes, higher"}, "author": WHO}]
        desk.take(changed(desk, issue, status="final", mitigation=told))
    desk.take(changed(desk, review(desk), **says("released")))
    states = {each["id"]: each["status"] for each in desk.server.held("CarePlan")}
    assert states == {released["id"]: "revoked", new["id"]: "active"}
    assert one(desk, "Communication", id=letter["id"]) == letter


def test_a_letter_that_was_sent_without_release_is_asked_about(desk: Desk) -> None:
    """INV-6."""
    desk.take(report())
    letter = changed(desk, one(desk, "Communication"), status="completed")
    desk.take(letter)
    assert one(desk, "Communication") == letter
    assert any("nobody had released it" in each.get("description", "") for each in desk.server.held("Task"))


def test_a_release_that_has_not_reached_the_ehr_is_not_lost_when_the_report_is_amended(desk: Desk) -> None:
    """INV-7: what was released and what replaces it both arrive."""
    desk.take(report())
    desk.decide(changed(desk, review(desk), **says("released")))
    desk.decide(report(version=2, status="amended", conclusion=AMENDED))
    assert desk.deliver() == "delivered"
    plans = {each["status"]: each for each in desk.server.held("CarePlan")}
    assert set(plans) == {"active", "draft"}
    assert {each["status"] for each in desk.server.held("ServiceRequest")} == {"active", "draft"}


def test_a_cancelled_report_takes_a_released_plan_back_and_tells_somebody(desk: Desk) -> None:
    """C-13, INV-7."""
    desk.take(report())
    desk.take(changed(desk, review(desk), **says("released")))
    desk.take(report(version=2, status="entered-in-error"))
    assert one(desk, "CarePlan")["status"] == "revoked"
    assert any("was withdrawn" in each.get("description", "") for each in desk.server.held("Task"))


def test_the_record_tells_who_did_what_and_when(desk: Desk) -> None:
    desk.take(report())
    desk.take(changed(desk, review(desk), **says("released")))
    record = desk.inbox.previous(REPORT_ID)
    assert record is not None
    (act,) = record["acts"]
    assert (act["step"], act["who"]) == ("released", WHO)
    history = (desk.inbox.report_json(REPORT_ID) or {})["history"]
    assert "recorded 2 released" in [each["step"] for each in history]


@BOTH
def test_a_day_that_passes_makes_tasks_louder_at_the_ehr_and_touches_nothing_else(desk: Desk) -> None:
    """INV-8, C-20: a Task that a clinician has taken stays as they left it."""
    lump = "Grouped round calcifications in the left breast. Palpable lump. BI-RADS 2."
    desk.take(report(effectiveDateTime="2026-02-28", conclusion=lump))
    before = desk.server.versions()
    mine = changed(desk, next(e for e in desk.server.held("Task") if e != review(desk)), status="accepted", owner=WHO)
    day = TODAY + timedelta(days=40)
    (told,) = tell_the_day(desk.inbox, desk.rules, day)
    handle(told, desk.inbox, desk.rules, desk.site, day, NOW)
    assert desk.deliver() == "delivered"
    assert one(desk, "Task", id=mine["id"]) == mine
    assert {each["priority"] for each in desk.server.held("Task") if each["status"] == "requested"} == {"stat"}
    assert "C-20" in {each["code"]["coding"][0]["code"] for each in desk.server.held("DetectedIssue")}
    after = desk.server.versions()
    for key, version in before.items():
        assert after[key] == version or key.startswith("Task/")


# ---- with real processes ---------------------------------------------------------------------------------------------


def test_a_release_by_door_and_by_command_line_with_real_processes(house: House) -> None:
    """INV-6: HTTP, Redis, Celery and the EHR; each plan released once, by whom the EHR names."""
    house.start_worker()
    house.start_beat()
    house.start_door()
    for number in ("12", "13"):
        answer = requests.put(
            f"{house.ehr}/Practitioner/{number}", json={"resourceType": "Practitioner", "id": number}, timeout=5
        )
        answer.raise_for_status()
    ultrasound = {"coding": [{"system": "http://loinc.org", "code": "24601-7", "display": "US Breast"}]}
    messages = [_sent(house, report(1)), _sent(house, report(2, code=ultrasound))]
    assert house.until_ended(messages, 60) == {"delivered": 2}
    first = next(task for task in house.at_ehr("Task") if _is_about(house, task, 1))
    closed = requests.put(f"{house.ehr}/Task/{first['id']}", json={**first, **says("approved")}, timeout=5).json()
    messages += [_sent(house, closed)]
    done = house.command("release", messages[1], "--practitioner", "Practitioner/13", "--reason", "fits")
    messages.append(json.loads(done)["message"])
    assert house.until_ended(messages, 60) == {"delivered": 4}
    assert {(each["status"], each["intent"]) for each in house.at_ehr("CarePlan")} == {("active", "plan")}
    assert {each["status"] for each in house.at_ehr("Task")} == {"completed"}
    signed = sorted(each["agent"][0]["who"].get("reference", "") for each in house.at_ehr("Provenance"))
    assert [who for who in signed if who] == ["Practitioner/12", "Practitioner/13"]
    assert not any(is_ready(each) for each in house.at_ehr("Communication")), "the site has only example contacts"


def _sent(house: House, document: Resource) -> str:
    return str(house.send(document).headers["Location"]).removeprefix("/messages/")


def _is_about(house: House, task: Resource, number: int) -> bool:
    return {"system": "urn:calcifhir:report", "value": report_id_of(f"urn:ris|ACC-{number}")} in task["identifier"]
