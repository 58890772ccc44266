"""What is written, looked at or left alone: the rules of the delivery protocol, each in both directions."""

from typing import Any

import pytest

from tests.plan_resources import amended, plan_of, ref, withdrawn
from worker.core.writeplan import Capability, Seen, TypeAbility, WritePlan, Written, digest_of, key_of, plan_writes
from worker.core.writeplan.placing import successor
from worker.core.writeplan.sameness import stamped

MOMENT = "2026-11-22T10:00:00+00:00"
FULL = TypeAbility(True, True, True, True, True, True)
TYPES = {each["resourceType"] for each in plan_of()}
EHR = Capability("4.0.1", True, True, dict.fromkeys(TYPES, FULL))
ASSIGNS_IDS = Capability("4.0.1", True, True, dict.fromkeys(TYPES, TypeAbility(True, True, False, True, True, True)))
PLAN, CALL = key_of(plan_of()[0]), ref("ServiceRequest", "call")["reference"]
Resource = dict[str, Any]


def ledger(resources: tuple[Resource, ...], version: str = "1") -> dict[str, Written]:
    return {key_of(each): Written(version, digest_of(each)) for each in resources}


def as_held(resource: Resource, version: str = "1", **changes: Any) -> Seen:
    """As the EHR holds what we wrote; ``changes`` are somebody else's."""
    held = {**stamped(resource, digest_of(resource)), **changes}
    return Seen(held, version, key_of(resource))


def planned(
    wanted: Any, known: Any = None, seen: Any = None, ehr: Capability = EHR, careful: Any = "nothing"
) -> WritePlan:
    return plan_writes(wanted, known or {}, seen or {}, ehr, MOMENT, careful)


def by_type(plan: WritePlan, resource_type: str) -> list[Resource]:
    return [step.resource for step in plan.steps if step.key.startswith(f"{resource_type}/")]


def of_type(resources: tuple[Resource, ...], resource_type: str) -> Resource:
    return next(each for each in resources if each["resourceType"] == resource_type)


# ---- first, again, amended, withdrawn


def test_what_was_never_written_is_put_under_our_own_ids() -> None:
    plan = planned(plan_of())
    assert [(step.method, step.url, step.if_match) for step in plan.steps] == [
        ("PUT", key_of(each), None) for each in plan_of()
    ]


def test_what_was_written_before_is_not_written_again() -> None:
    plan = planned(plan_of(moment="2026-12-01T00:00:00Z"), ledger(plan_of()))
    assert plan.steps == ()
    assert plan.wants == {}


def test_an_amended_report_updates_only_what_changed_and_only_our_own_version() -> None:
    known = ledger(plan_of(), "7")
    new = (*plan_of()[:1], *amended()[1:])
    plan = planned(new, known)
    written = {step.key: step.if_match for step in plan.steps}
    assert PLAN not in written
    assert written[key_of(of_type(new, "Communication"))] == "7"
    assert written[ref("ServiceRequest", "mri")["reference"]] is None


def test_a_provenance_alone_is_not_worth_a_write() -> None:
    plan = planned(plan_of(version="2"), ledger(plan_of()))
    assert plan.steps == ()


def test_a_withdrawn_report_ends_what_was_written() -> None:
    plan = planned(withdrawn(), ledger(plan_of()))
    assert by_type(plan, "CarePlan")[0]["status"] == "revoked"
    assert by_type(plan, "Communication")[0]["status"] == "not-done"
    assert {step.if_match for step in plan.steps if not step.key.startswith("Provenance/")} == {"1"}


def test_a_withdrawal_of_what_never_arrived_writes_nothing() -> None:
    assert planned(withdrawn()).steps == ()
    looked = dict.fromkeys((key_of(each) for each in withdrawn()), Seen())
    assert planned(withdrawn(), {}, looked, careful="all").steps == ()


# ---- an answer was lost


def test_after_a_lost_answer_everything_that_would_be_written_is_looked_at_first() -> None:
    plan = planned(plan_of(), careful="all")
    assert plan.steps == ()
    assert set(plan.wants) == {key_of(each) for each in plan_of()}


def test_a_write_that_had_arrived_is_taken_as_written() -> None:
    seen = {key_of(each): as_held(each) for each in plan_of()}
    plan = planned(plan_of(moment="2026-12-01T00:00:00Z"), {}, seen, careful="all")
    assert plan.steps == ()
    assert plan.written[PLAN] == Written("1", digest_of(plan_of()[0]), PLAN)


def test_a_write_that_had_not_arrived_is_made() -> None:
    seen = {key_of(each): Seen() for each in plan_of()}
    assert len(planned(plan_of(), {}, seen, careful="all").steps) == len(plan_of())


def test_an_older_write_of_ours_that_nobody_recorded_is_updated_in_place() -> None:
    seen = {key_of(each): as_held(each, "4") for each in plan_of()}
    seen |= {key_of(each): Seen() for each in amended() if key_of(each) not in seen}
    plan = planned(amended(), {}, seen, careful="all")
    assert {step.key: step.if_match for step in plan.steps}[PLAN] == "4"
    assert len(by_type(plan, "CarePlan")) == 1


def test_only_what_is_new_to_the_ledger_is_looked_at_when_earlier_work_may_have_been_cut_off() -> None:
    plan = planned(amended(), ledger(plan_of()), careful="new")
    assert set(plan.wants) == {ref("ServiceRequest", "mri")["reference"]}


# ---- somebody else has written


def conflict(**changes: Any) -> WritePlan:
    """An amended report meets a CarePlan that a clinician has changed, and nothing of ours under other ids."""
    seen = {key_of(each): as_held(each) for each in plan_of()}
    seen[PLAN] = as_held(plan_of()[0], "2", **(changes or {"status": "active"}))
    while (plan := planned(amended(), ledger(plan_of()), seen, careful="all")).wants:
        seen |= dict.fromkeys(plan.wants, Seen())
    return plan


@pytest.mark.parametrize(
    "changes", [{"status": "active"}, {"title": "edited"}, {"note": [{"text": "called her"}]}, {"intent": "plan"}]
)
def test_a_plan_that_a_clinician_changed_is_never_written_over(changes: Resource) -> None:
    plan = conflict(**changes)
    assert PLAN not in {step.key for step in plan.steps}
    assert plan.notes == ("edited-elsewhere",)


def test_the_new_plan_stands_beside_it_and_says_that_it_replaces_it() -> None:
    (new,) = by_type(conflict(), "CarePlan")
    assert f"CarePlan/{new['id']}" == successor(PLAN, "replaces")
    assert new["replaces"] == [{"reference": PLAN}]
    assert new["status"] == "draft"
    assert new["identifier"][0]["value"] == new["id"]


def test_the_parts_of_a_released_plan_are_not_changed_under_it() -> None:
    plan = conflict()
    requests = {step.key for step in plan.steps if step.key.startswith("ServiceRequest/")}
    assert CALL not in requests
    assert ref("ServiceRequest", "biopsy")["reference"] not in requests
    (new,) = by_type(plan, "CarePlan")
    assert {each["reference"]["reference"] for each in new["activity"]} == requests


def test_the_letter_is_updated_in_place_and_belongs_to_the_new_plan() -> None:
    plan = conflict()
    (letter,) = by_type(plan, "Communication")
    assert letter["id"] == of_type(plan_of(), "Communication")["id"]
    assert letter["basedOn"] == [{"reference": successor(PLAN, "replaces")}]


def test_a_task_says_that_two_versions_stand_side_by_side() -> None:
    told = [each for each in by_type(conflict(), "Task") if "input" in each]
    (task,) = told
    assert task["focus"] == {"reference": successor(PLAN, "replaces")}
    assert task["input"][0]["valueReference"] == {"reference": PLAN}
    assert task["for"] == {"reference": "Patient/p-7"}
    assert task["performerType"] == [{"text": "breast imaging"}]


def test_the_next_amendment_updates_the_successor_and_leaves_theirs_alone() -> None:
    first = conflict()
    known = ledger(plan_of()) | dict(first.written)
    known |= {step.key: Written("1", step.digest) for step in first.steps}
    plan = planned(amended(level="6", letter="Third.", version="3"), known)
    keys = {step.key: step.if_match for step in plan.steps}
    assert keys[successor(PLAN, "replaces")] == "1"
    assert PLAN not in keys
    (new,) = by_type(plan, "CarePlan")
    assert new["replaces"] == [{"reference": PLAN}]
    assert not [each for each in by_type(plan, "Task") if "input" in each]


def test_nothing_is_written_when_ours_did_not_change_whatever_a_clinician_did() -> None:
    seen = {PLAN: as_held(plan_of()[0], "2", status="active")}
    assert planned(plan_of(), ledger(plan_of()), seen).steps == ()


def test_a_clinicians_change_to_exactly_what_we_want_is_no_conflict() -> None:
    wanted = amended()
    seen = {PLAN: Seen(dict(of_type(wanted, "CarePlan")), "2", PLAN)}
    plan = planned(wanted, ledger(plan_of()), seen)
    assert plan.notes == ()
    assert plan.written[PLAN].version_id == "2"


def test_a_deleted_plan_is_not_brought_back_but_the_new_one_is_written() -> None:
    seen = {PLAN: Seen(is_deleted=True)}
    plan = planned(amended(), ledger(plan_of()), seen)
    (new,) = by_type(plan, "CarePlan")
    assert f"CarePlan/{new['id']}" == successor(PLAN, "again")
    assert "replaces" not in new
    assert plan.notes == ("deleted-elsewhere",)
    assert [each for each in by_type(plan, "Task") if "deleted here" in each["description"]]


def test_a_released_plan_is_not_revoked_by_us_but_a_task_asks() -> None:
    seen = {PLAN: as_held(plan_of()[0], "2", status="active")}
    plan = planned(withdrawn(), ledger(plan_of()), seen)
    assert not by_type(plan, "CarePlan")
    assert not by_type(plan, "ServiceRequest")
    assert by_type(plan, "Communication")[0]["status"] == "not-done"
    told = [each for each in by_type(plan, "Task") if "input" in each]
    assert "no longer supports" in told[0]["description"]
    assert told[0]["focus"] == {"reference": PLAN}


@pytest.mark.parametrize("seen", [Seen(is_deleted=True), as_held(plan_of()[0], "2", status="revoked")])
def test_what_somebody_ended_already_needs_no_word(seen: Seen) -> None:
    plan = planned(withdrawn(), ledger(plan_of()), {PLAN: seen})
    assert not by_type(plan, "CarePlan")
    assert not [each for each in by_type(plan, "Task") if "input" in each]


def test_a_letter_that_was_sent_is_not_changed_and_a_new_one_is_drafted() -> None:
    letter = of_type(plan_of(), "Communication")
    seen = {key_of(letter): as_held(letter, "2", status="completed")}
    plan = planned(amended(), ledger(plan_of()), seen)
    (new,) = by_type(plan, "Communication")
    assert new["id"] != letter["id"]
    assert [each for each in by_type(plan, "Task") if each["focus"]["reference"] == f"Communication/{new['id']}"]


def test_a_task_that_somebody_took_up_gets_a_successor_without_further_words() -> None:
    task = of_type(plan_of(), "Task")
    plan = planned(amended(), ledger(plan_of()), {key_of(task): as_held(task, "2", status="in-progress")})
    (new,) = by_type(plan, "Task")
    assert new["id"] != task["id"]


def test_what_the_ehr_has_lost_is_written_again() -> None:
    plan = planned(amended(), ledger(plan_of()), {PLAN: Seen()})
    assert next(step for step in plan.steps if step.key == PLAN).if_match is None


def test_a_cancelled_report_takes_back_our_successor_and_asks_about_theirs() -> None:
    first = conflict()
    known = dict(first.written) | {step.key: Written("1", step.digest) for step in first.steps}
    plan = planned(withdrawn(), known)
    (ended,) = by_type(plan, "CarePlan")
    assert f"CarePlan/{ended['id']}" == successor(PLAN, "replaces")
    assert ended["status"] == "revoked"
    (told,) = [each for each in by_type(plan, "Task") if "input" in each]
    assert told["focus"] == {"reference": PLAN}


def test_the_parts_of_another_revision_are_not_those_of_a_released_plan() -> None:
    def revised(resource: Resource) -> Resource:
        tags = [{**tag, "code": "1"} if tag["system"].endswith("revision") else tag for tag in resource["meta"]["tag"]]
        return {**resource, "id": f"{resource['id'][:-2]}r1", "meta": {**resource["meta"], "tag": tags}}

    old = tuple(each for each in withdrawn() if each["resourceType"] in {"CarePlan", "ServiceRequest"})
    new = tuple(revised(each) for each in old)
    seen = {PLAN: as_held(plan_of()[0], "2", status="active")}
    plan = planned((*old, *new), ledger((*plan_of(), *map(revised, plan_of()))), seen)
    assert {step.key for step in plan.steps if "Task" not in step.key} == {key_of(each) for each in new}


# ---- servers that offer less


def test_an_update_is_blind_where_if_match_is_not_honoured_and_so_it_is_looked_at() -> None:
    blind = Capability("4.0.1", True, True, dict.fromkeys(TYPES, TypeAbility(True, True, True, True, True, False)))
    plan = planned(amended(), ledger(plan_of()), ehr=blind)
    assert PLAN in plan.wants


def test_an_update_without_a_known_version_is_looked_at() -> None:
    known = {**ledger(plan_of()), PLAN: Written(None, "old")}
    assert set(planned(amended(), known).wants) == {PLAN}


def test_a_server_that_assigns_ids_gets_conditional_creates() -> None:
    plan = planned(plan_of(), ehr=ASSIGNS_IDS)
    step = plan.steps[0]
    assert (step.method, step.url) == ("POST", "CarePlan")
    assert step.if_none_exist == f"identifier=urn:calcifhir:careplan|{plan_of()[0]['id']}"


def test_a_server_without_conditional_create_gets_a_conditional_update() -> None:
    ehr = Capability("4.0.1", True, True, dict.fromkeys(TYPES, TypeAbility(True, True, False, False, True, True)))
    step = planned(plan_of(), ehr=ehr).steps[0]
    assert (step.method, step.url) == ("PUT", f"CarePlan?identifier=urn:calcifhir:careplan|{plan_of()[0]['id']}")


def test_what_has_an_id_of_the_server_is_updated_there() -> None:
    known = {**ledger(plan_of()), PLAN: Written("3", "old", "CarePlan/77")}
    step = next(s for s in planned(amended(), known, ehr=ASSIGNS_IDS).steps if s.key == PLAN)
    assert (step.method, step.url, step.if_match) == ("PUT", "CarePlan/77", "3")


# ---- a clinician's act came back


def released(resource: Resource, **changes: Any) -> Resource:
    return {**resource, "status": "active", **changes}


def test_what_came_back_by_an_act_is_looked_at_and_built_upon() -> None:
    """INV-6: the clinician's own version is the one that is written over, with the version that they left."""
    plan = of_type(plan_of(), "CarePlan")
    mine = released(plan, title="By hand")
    wanted = (released(mine, intent="plan"),)
    adopted = {PLAN: (digest_of(mine), None)}
    first = plan_writes(wanted, ledger(plan_of()), {}, EHR, MOMENT, "nothing", adopted, frozenset({PLAN}))
    assert list(first.wants) == [PLAN]
    seen = {PLAN: as_held(plan, "2", status="active", title="By hand")}
    second = plan_writes(wanted, ledger(plan_of()), seen, EHR, MOMENT, "nothing", adopted, frozenset({PLAN}))
    assert [(step.url, step.if_match, step.resource["title"]) for step in second.steps] == [(PLAN, "2", "By hand")]


def test_a_version_that_the_act_named_is_known_even_if_the_server_writes_it_otherwise() -> None:
    plan = of_type(plan_of(), "CarePlan")
    seen = {PLAN: as_held(plan, "2", status="active", title=" By  hand ")}
    wanted = (released(plan, title="By hand", intent="plan"),)
    made = plan_writes(wanted, ledger(plan_of()), seen, EHR, MOMENT, "nothing", {PLAN: ("other", "2")}, frozenset())
    assert [step.if_match for step in made.steps] == ["2"]


@pytest.mark.parametrize("seen", ["edited", "deleted"])
def test_a_release_leaves_alone_what_somebody_changed_or_removed(seen: str) -> None:
    """Nothing beside it, no Task about it, and the Provenance does not speak of it."""
    wanted = tuple(released(each) if each["resourceType"] != "Provenance" else each for each in plan_of())
    call = next(each for each in wanted if key_of(each) == CALL)
    held = as_held(call, "3", priority="stat") if seen == "edited" else Seen(is_deleted=True)
    others = {key_of(each): as_held(each) for each in plan_of() if key_of(each) != CALL}
    every = frozenset(key_of(each) for each in wanted)
    made = plan_writes(wanted, ledger(plan_of()), {**others, CALL: held}, EHR, MOMENT, "all", {}, every)
    assert CALL not in {step.key for step in made.steps}
    assert successor(CALL, "replaces") not in {step.key for step in made.steps}
    assert successor(CALL, "again") not in {step.key for step in made.steps}
    provenance = next(step.resource for step in made.steps if step.key.startswith("Provenance/"))
    assert {"reference": CALL} not in provenance["target"]
    assert {step.key for step in made.steps} == {key_of(each) for each in wanted} - {CALL}
