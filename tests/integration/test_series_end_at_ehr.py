"""A follow-up series that ends with a later exam, as the EHR holds it afterwards (C-18, INV-5, INV-7)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.desk import Desk, a_desk
from tests.shell.documents import Resource
from tests.shell.life import PROBABLY, of
from tests.shell.test_series_end import CLEARED
from worker.audit import Audit
from worker.core.rules import Rules
from worker.sandbox import Abilities

pytestmark = pytest.mark.integration
WHO = {"reference": "Practitioner/12", "display": "Dr Example"}
EARLIER, LATER = of(1, day="2025-08-20", conclusion=PROBABLY), of(2, conclusion=CLEARED)
KINDS = {
    "R4": {"version": "R4"},
    "R5": {"version": "R5"},
    "ids of its own": {"abilities": Abilities(update_create=False)},
    "one by one": {"abilities": Abilities(transaction=False)},
}
EVERY = pytest.mark.parametrize("desk", KINDS.values(), indirect=True, ids=KINDS)
TWO = pytest.mark.parametrize(
    "desk", [KINDS["R5"], KINDS["ids of its own"]], indirect=True, ids=["R5", "ids of its own"]
)


@pytest.fixture
def desk(redis_url: str, rules: Rules, request: pytest.FixtureRequest) -> Iterator[Desk]:
    options: dict[str, Any] = getattr(request, "param", {})
    with a_desk(redis_url, rules, **options) as made:
        made.server.put_quietly({"resourceType": "Practitioner", "id": "12"})
        yield made


def take(desk: Desk, document: Resource) -> None:
    desk.decide(document)
    desk.deliver_all()


def plan_of(desk: Desk, day: str, status: str | None = None) -> Resource:
    """The CarePlan that an exam of that day led to."""
    (found,) = (
        each
        for each in desk.server.held("CarePlan")
        if day in str(each["supportingInfo"]) and status in (None, each["status"])
    )
    return found


def release(desk: Desk, plan: Resource) -> None:
    """A clinician completes its review in the EHR."""
    (task,) = (
        each
        for each in desk.server.held("Task")
        if each["status"] == "requested" and each["focus"]["reference"].endswith(f"CarePlan/{plan['id']}")
    )
    said = [{"type": {"text": "decision"}, "valueCodeableConcept": {"coding": [{"code": "released"}]}}]
    take(desk, desk.server.put({**task, "status": "completed", "owner": WHO, "output": said}))


def differences(desk: Desk) -> list[str]:
    """What the audit finds between inbox and EHR."""
    lines = Audit(desk.inbox, desk.ehr, desk.inbox.now()).lines()
    return [f"{line.kind} {line.detail}" for line in lines if line.is_difference]


def with_series(desk: Desk) -> Resource:
    take(desk, EARLIER)
    release(desk, plan_of(desk, "2025-08-20"))
    return plan_of(desk, "2025-08-20", "active")


@EVERY
def test_the_series_is_over_at_the_ehr_with_who_released_what(desk: Desk) -> None:
    series = with_series(desk)
    take(desk, LATER)
    later = plan_of(desk, "2026-02-20")
    named = [each["identifier"]["value"] for each in later["replaces"]]
    assert named == [each["value"] for each in series["identifier"] if each["system"] == "urn:calcifhir:care-plan"]
    assert plan_of(desk, "2025-08-20")["status"] == "active"
    release(desk, later)
    assert plan_of(desk, "2025-08-20")["status"] == "completed"
    assert plan_of(desk, "2026-02-20")["status"] == "active"
    signed = [each for each in desk.server.held("Provenance") if "entity" in each and each["agent"][0]["who"] == WHO]
    assert len(signed) == 1
    assert any(f"CarePlan/{series['id']}" in str(each["reference"]) for each in signed[0]["target"])
    left = [str(each) for each in desk.server.held("Task") if each["status"] == "requested"]
    assert [each for each in left if "Referring clinician" not in each] == [], "the screening interval is still asked"
    assert differences(desk) == []


@TWO
def test_a_series_that_somebody_edits_at_the_ehr_is_left_to_them_and_a_task_says_so(desk: Desk) -> None:
    """INV-1: what the clinician made of it stands until they end it."""
    series = with_series(desk)
    take(desk, LATER)
    desk.server.put({**series, "title": "Ours, with an ultrasound as well"})
    release(desk, plan_of(desk, "2026-02-20"))
    now = plan_of(desk, "2025-08-20")
    assert (now["status"], now["title"]) == ("active", "Ours, with an ultrasound as well")
    asked = [each for each in desk.server.held("Task") if each.get("code", {}).get("text") == "Compare two versions"]
    assert [each["focus"]["reference"].rpartition("/")[2] for each in asked] == [series["id"]]


def test_a_visit_that_took_place_stays_done_and_nobody_is_asked_about_it(desk: Desk) -> None:
    series = with_series(desk)
    take(desk, LATER)
    first = series["activity"][0]
    key = (first.get("reference") or first["plannedActivityReference"])["reference"].rpartition("/")[2]
    (visit,) = (each for each in desk.server.held("ServiceRequest") if each["id"] == key)
    desk.server.put({**visit, "status": "completed"})
    release(desk, plan_of(desk, "2026-02-20"))
    states = {each["id"]: each["status"] for each in desk.server.held("ServiceRequest")}
    assert states[key] == "completed"
    assert plan_of(desk, "2025-08-20")["status"] == "completed"
    assert not [each for each in desk.server.held("Task") if each.get("code", {}).get("text") == "Compare two versions"]


@TWO
def test_a_later_report_that_is_taken_back_brings_the_series_back_as_a_draft(desk: Desk) -> None:
    """INV-7."""
    series = with_series(desk)
    take(desk, LATER)
    release(desk, plan_of(desk, "2026-02-20"))
    take(desk, {**LATER, "status": "cancelled", "meta": {"versionId": "2"}})
    assert plan_of(desk, "2026-02-20")["status"] == "revoked"
    draft = plan_of(desk, "2025-08-20", "draft")
    assert draft["replaces"][0]["reference"].endswith(f"CarePlan/{series['id']}")
    assert len(draft["activity"]) == len(series["activity"])
    assert differences(desk) == []
    release(desk, draft)
    assert plan_of(desk, "2025-08-20", "active")["id"] == draft["id"]


def test_an_ehr_that_is_away_ends_the_series_when_it_is_back(desk: Desk) -> None:
    """Nothing of what a release leads to is lost with the EHR."""
    with_series(desk)
    take(desk, LATER)
    (task,) = (
        each
        for each in desk.server.held("Task")
        if each["status"] == "requested"
        and each["focus"]["reference"].endswith(f"CarePlan/{plan_of(desk, '2026-02-20')['id']}")
    )
    said = [{"type": {"text": "decision"}, "valueCodeableConcept": {"coding": [{"code": "released"}]}}]
    desk.decide(desk.server.put({**task, "status": "completed", "owner": WHO, "output": said}))
    desk.server.faults.replace(["503", "reset-after", "500", "reset-after"], {})
    desk.deliver_all()
    assert plan_of(desk, "2025-08-20")["status"] == "completed"
    assert plan_of(desk, "2026-02-20")["status"] == "active"
