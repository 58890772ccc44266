"""Steps as requests, people as the EHR names them, and pauses."""

from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_writeplan_plan import ASSIGNS_IDS, EHR, MOMENT
from tests.plan_resources import REPORT_ID, plan_of, ref
from worker.core.resources import as_transaction
from worker.core.writeplan import (
    Person,
    Step,
    Written,
    as_bundle,
    contradicts,
    digest_of,
    in_order,
    key_of,
    located,
    pause_seconds,
    person_of,
    plan_writes,
    subject_of,
    with_subject,
)
from worker.core.writeplan.sameness import DIGEST_TAG


def steps_of(ehr: object = EHR, known: dict[str, Written] | None = None) -> tuple[Step, ...]:
    return plan_writes(plan_of(), known or {}, {}, ehr, MOMENT, "nothing").steps  # type: ignore[arg-type]


def test_a_first_delivery_is_the_transaction_that_the_command_line_prints() -> None:
    bundle = as_bundle(steps_of(), {})
    for entry in bundle["entry"]:
        tags = entry["resource"]["meta"]["tag"]
        entry["resource"]["meta"] = {**entry["resource"]["meta"], "tag": [t for t in tags if t["system"] != DIGEST_TAG]}
    assert bundle == as_transaction(plan_of())


def test_if_match_and_conditions_travel_in_the_entry() -> None:
    known = {key_of(each): Written("3", "old") for each in plan_of()}
    assert as_bundle(steps_of(known=known), {})["entry"][0]["request"] == {
        "method": "PUT",
        "url": key_of(plan_of()[0]),
        "ifMatch": 'W/"3"',
    }
    created = as_bundle(steps_of(ASSIGNS_IDS), {})["entry"][0]
    assert "id" not in created["resource"]
    assert created["request"]["ifNoneExist"].startswith("identifier=")


def test_what_is_not_in_the_bundle_is_referred_to_as_the_ehr_knows_it() -> None:
    letter = next(step for step in steps_of() if step.key.startswith("Communication/"))
    bundle = as_bundle([letter], {key_of(plan_of()[0]): "CarePlan/77"})
    assert bundle["entry"][0]["resource"]["basedOn"] == [{"reference": "CarePlan/77"}]
    assert located(letter, {key_of(plan_of()[0]): "CarePlan/77"})["basedOn"] == [{"reference": "CarePlan/77"}]


def test_what_is_referred_to_is_written_first() -> None:
    written = [step.key for step in in_order(tuple(reversed(steps_of())))]
    for step in steps_of():
        for target in plan_of()[0]["activity"] if step.key.startswith("CarePlan/") else ():
            assert written.index(target["reference"]["reference"]) < written.index(step.key)
    assert sorted(written) == sorted(step.key for step in steps_of())


def test_a_ring_of_references_is_cut() -> None:
    ring = [
        Step("Task/a", {"focus": {"reference": "Task/b"}}, "", "PUT", "Task/a"),
        Step("Task/b", {"focus": {"reference": "Task/a"}}, "", "PUT", "Task/b"),
    ]
    assert {step.key for step in in_order(ring)} == {"Task/a", "Task/b"}


def test_the_subject_is_replaced_wherever_it_stands() -> None:
    subject = subject_of(plan_of())
    turned = with_subject(plan_of(), subject, "Patient/ehr-1")
    assert {str(each.get("subject") or each.get("for") or each.get("patient")) for each in turned[:-1]} == {
        "{'reference': 'Patient/ehr-1'}"
    }
    assert turned[0]["activity"] == plan_of()[0]["activity"]
    assert [digest_of(each) for each in with_subject(plan_of(), subject, "Patient/p-7")] == [
        digest_of(each) for each in plan_of()
    ]


def test_a_person_is_read_from_the_subject() -> None:
    subject = {"reference": "Patient/1", "identifier": {"system": "urn:mrn", "value": "7"}}
    assert person_of(subject) == Person("Patient/1", (("urn:mrn", "7"),))
    assert person_of({}) == Person()
    assert person_of({"identifier": {"system": "urn:mrn"}, "reference": 3}) == Person()


def test_another_value_under_the_same_system_is_another_person() -> None:
    person = Person("Patient/1", (("urn:mrn", "7"),))
    assert contradicts(person, {"identifier": [{"system": "urn:mrn", "value": "8"}]})
    assert not contradicts(
        person, {"identifier": [{"system": "urn:mrn", "value": "8"}, {"system": "urn:mrn", "value": "7"}]}
    )
    assert not contradicts(person, {"identifier": [{"system": "urn:other", "value": "8"}]})
    assert not contradicts(person, {})
    assert not contradicts(Person("Patient/1"), {"identifier": [{"system": "urn:mrn", "value": "8"}]})


@given(attempts=st.integers(1, 10_000))
def test_pauses_grow_up_to_a_cap_and_are_the_same_for_the_same_try(attempts: int) -> None:
    pause = pause_seconds(REPORT_ID, attempts)
    assert 0.5 <= pause <= (45.0 if attempts <= 20 else 300.0)
    assert pause == pause_seconds(REPORT_ID, attempts)


@given(attempts=st.integers(1, 100), asked=st.floats(0, 3600))
def test_a_pause_is_never_shorter_than_the_ehr_asked_for(attempts: int, asked: float) -> None:
    assert pause_seconds(REPORT_ID, attempts, asked) >= asked


def test_reports_do_not_come_back_all_at_once() -> None:
    assert len({round(pause_seconds(str(n), 6), 3) for n in range(100)}) > 90


def test_parts_refer_to_the_plan() -> None:
    assert subject_of([]) == {}
    assert ref("CarePlan", "care-plan")["reference"] == key_of(plan_of()[0])
