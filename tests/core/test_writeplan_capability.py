"""What a CapabilityStatement comes down to, and what is brought to servers that offer less."""

import base64
from typing import Any

import pytest

from tests.plan_resources import plan_of, ref, withdrawn
from worker.core.writeplan import Capability, TypeAbility, Written, for_server, key_of, read_capability
from worker.core.writeplan.plan import plan_writes
from worker.sandbox.capability import Abilities, capability_statement

FULL = TypeAbility(True, True, True, True, True, True)


def full(**changes: TypeAbility) -> Capability:
    types = {each["resourceType"]: FULL for each in plan_of()}
    return Capability("4.0.1", True, True, {**types, "DocumentReference": FULL, **changes})


def test_a_full_server_is_read_as_one() -> None:
    read = read_capability(capability_statement(Abilities(), "http://x/fhir/"))
    assert read.fhir_version == "4.0.1"
    assert read.transaction
    assert read.of("CarePlan") == FULL
    assert read.takes("CarePlan")


def test_a_site_may_know_that_ids_of_ours_are_taken() -> None:
    statement = capability_statement(Abilities(update_create=False, read_only=frozenset({"Task"})), "http://x/fhir/")
    assert not read_capability(statement).of("CarePlan").update_create
    assert read_capability(statement, takes_our_ids=True).of("CarePlan").update_create
    assert not read_capability(statement, takes_our_ids=True).of("Task").update_create


def test_a_type_that_is_only_read_is_not_taken() -> None:
    read = read_capability(capability_statement(Abilities(read_only=frozenset({"CarePlan"})), "http://x/fhir/"))
    assert not read.takes("CarePlan")
    assert read.takes("Communication")


@pytest.mark.parametrize(
    "statement",
    [
        {},
        {"rest": None},
        {"rest": [{"mode": "client", "resource": [{"type": "CarePlan", "interaction": [{"code": "create"}]}]}]},
        {"rest": [{"mode": "server", "resource": [{"type": 1}, "x"], "interaction": "x"}]},
        {"rest": [{"mode": "server", "resource": [{"type": "CarePlan"}]}]},
    ],
)
def test_what_is_not_stated_is_not_offered(statement: dict[str, Any]) -> None:
    read = read_capability(statement)
    assert not read.transaction
    assert not read.takes("CarePlan")


def test_everything_is_brought_to_a_server_that_takes_everything() -> None:
    kept, notes = for_server(plan_of(), full(), {})
    assert kept == plan_of()
    assert notes == ()


def test_a_plan_that_cannot_be_written_becomes_a_preliminary_document() -> None:
    kept, notes = for_server(plan_of(), full(CarePlan=TypeAbility()), {})
    document = kept[0]
    assert notes == ("not-offered:CarePlan",)
    assert (document["resourceType"], document["status"], document["docStatus"]) == (
        "DocumentReference",
        "current",
        "preliminary",
    )
    page = base64.b64decode(document["content"][0]["attachment"]["data"]).decode()
    assert "<p>Level 4</p>" in page
    assert not [each for each in kept if each["resourceType"] == "CarePlan"]


def test_what_refers_to_something_that_is_not_there_refers_by_identifier() -> None:
    kept, _ = for_server(plan_of(), full(CarePlan=TypeAbility()), {})
    letter = next(each for each in kept if each["resourceType"] == "Communication")
    plan = plan_of()[0]
    assert letter["basedOn"] == [{"type": "CarePlan", "identifier": plan["identifier"][0]}]


def test_a_letter_never_becomes_a_document() -> None:
    kept, notes = for_server(plan_of(), full(Communication=TypeAbility()), {})
    assert notes == ("not-offered:Communication",)
    assert not [each for each in kept if each["resourceType"] in {"Communication", "DocumentReference"}]


def test_nothing_is_brought_where_neither_plan_nor_document_is_taken() -> None:
    kept, notes = for_server(plan_of(), full(CarePlan=TypeAbility(), DocumentReference=TypeAbility()), {})
    assert kept == ()
    assert "not-offered:DocumentReference" in notes


@pytest.mark.parametrize(
    ("status", "expected"),
    [("revoked", ("superseded", "preliminary")), ("entered-in-error", ("entered-in-error", "entered-in-error"))],
)
def test_the_document_of_a_withdrawn_plan_says_so(status: str, expected: tuple[str, str]) -> None:
    plan = {**plan_of()[0], "status": status}
    (document,), _ = for_server([plan], full(CarePlan=TypeAbility()), {})
    assert (document["status"], document["docStatus"]) == expected


def test_documents_that_cannot_be_changed_replace_each_other() -> None:
    append_only = full(CarePlan=TypeAbility(), DocumentReference=TypeAbility(create=True))
    first, _ = for_server(plan_of(), append_only, {})
    again, _ = for_server(plan_of(), append_only, {key_of(first[0]): Written("1", "x", "DocumentReference/9")})
    assert again[0] == first[0]
    later, _ = for_server(plan_of(version="2"), append_only, {key_of(first[0]): Written("1", "x")})
    assert later[0]["id"] != first[0]["id"]
    assert later[0]["relatesTo"] == [{"code": "replaces", "target": {"reference": key_of(first[0])}}]
    gone, _ = for_server(withdrawn(), append_only, {key_of(first[0]): Written("1", "x")})
    assert gone[0]["status"] == "current"
    page = base64.b64decode(gone[0]["content"][0]["attachment"]["data"]).decode()
    assert "REVOKED" in page or "report cancelled" in page


def test_a_document_that_cannot_be_changed_is_not_written_twice() -> None:
    append_only = full(CarePlan=TypeAbility(), DocumentReference=TypeAbility(create=True))
    wanted, _ = for_server(plan_of(), append_only, {})
    known = {key_of(each): Written("1", "another digest") for each in wanted}
    plan = plan_writes(wanted, known, {}, append_only, "2026-11-22T10:00:00+00:00", "nothing")
    assert not [step for step in plan.steps if step.key.startswith("DocumentReference/")]


def test_references_of_a_kept_resource_to_kept_ones_stay_literal() -> None:
    kept, _ = for_server(plan_of(), full(Communication=TypeAbility()), {})
    assert next(each for each in kept if each["resourceType"] == "Task")["focus"] == ref("CarePlan", "care-plan")


def test_the_document_of_a_released_plan_is_final() -> None:
    """INV-6: and no sooner."""
    draft, *_ = plan_of()
    released = {**draft, "status": "active", "intent": "plan"}
    append_only = full(CarePlan=TypeAbility(), DocumentReference=TypeAbility(create=True))
    for server in (full(CarePlan=TypeAbility()), append_only):
        for plan, expected in (
            (draft, "preliminary"),
            ({**draft, "status": "active"}, "preliminary"),
            (released, "final"),
        ):
            (document,), _ = for_server([plan], server, {})
            assert document["docStatus"] == expected
