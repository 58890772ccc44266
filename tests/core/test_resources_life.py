"""What becomes of a plan after it was written: amended, withdrawn, released, rejected, superseded."""

import base64
import copy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from fhir.resources import get_fhir_model_class
from fhir.resources.R4B import get_fhir_model_class as get_r4b_model_class

from tests.resource_outcomes import BIOPSY, LETTER, RECORDED, REPORT, outcome
from worker.core.model import Letter, Plan
from worker.core.resources import (
    as_transaction,
    build_resources,
    is_held,
    next_revision,
    release,
    supersede,
    withdraw,
)
from worker.core.rules import Rules

LATER = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TARGETS = ("R4", "R5")
NOTICE = LETTER.notice
MARKED = replace(
    LETTER, text=f"*** {NOTICE} ***\n\nYou need one more test.\n", html=f"<p>{NOTICE}</p><p>You need one more test.</p>"
)
FINAL = replace(LETTER, notice="", text="You need one more test.\n", html="<p>You need one more test.</p>")
FREE = {"hold": False, "issues": (), "letter": MARKED}


def of_kind(resources: tuple[dict[str, Any], ...], kind: str) -> list[dict[str, Any]]:
    return [each for each in resources if each["resourceType"] == kind]


def check(resources: tuple[dict[str, Any], ...], target: str) -> None:
    """Everything is valid in its version."""
    model = get_fhir_model_class if target == "R5" else get_r4b_model_class
    for each in (*resources, as_transaction(resources)):
        model(each["resourceType"]).model_validate(each)


def merged(previous: tuple[dict[str, Any], ...], changed: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
    """What stands at the EHR after both were written."""
    everything = {(each["resourceType"], each["id"]): each for each in (*previous, *changed)}
    return tuple(everything.values())


@pytest.fixture(params=TARGETS)
def target(request: pytest.FixtureRequest) -> str:
    """The FHIR version of the EHR."""
    return str(request.param)


def released(rules: Rules, target: str) -> tuple[dict[str, Any], ...]:
    draft = build_resources(outcome(**FREE), rules, target, RECORDED)
    return merged(draft, release(draft, "Practitioner/9", "released", "", LATER, "Dr Example", FINAL))


# ---- withdrawal ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "plan", "letter", "task"),
    [
        ("cancelled", "revoked", "not-done", "cancelled"),
        ("entered-in-error", "entered-in-error", "entered-in-error", "entered-in-error"),
    ],
)
def test_a_withdrawn_report_withdraws_its_drafts(
    status: str, plan: str, letter: str, task: str, target: str, rules: Rules
) -> None:
    """C-13: no draft outlives its report."""
    draft = build_resources(outcome(), rules, target, RECORDED)
    before = copy.deepcopy(draft)
    gone = outcome(report=replace(REPORT, status=status), disposition="withdraw")
    changed = withdraw(draft, gone, LATER)
    assert draft == before
    assert [each["status"] for each in of_kind(changed, "CarePlan")] == [plan]
    assert {each["status"] for each in of_kind(changed, "ServiceRequest")} == {plan}
    assert [each["status"] for each in of_kind(changed, "Communication")] == [letter]
    assert {each["status"] for each in of_kind(changed, "Task")} == {task}
    assert f"the report is {status.replace('-', ' ')}" in of_kind(changed, "CarePlan")[0]["text"]["div"]
    assert "not to be released" not in of_kind(changed, "CarePlan")[0]["text"]["div"]
    check(changed, target)


def test_a_withdrawn_report_never_touches_a_letter_that_was_sent_but_asks_to_correct_it(
    target: str, rules: Rules
) -> None:
    """C-13, INV-7."""
    sent = tuple(
        {**each, "status": "completed"} if each["resourceType"] == "Communication" else each
        for each in released(rules, target)
    )
    gone = outcome(report=replace(REPORT, status="entered-in-error"), disposition="withdraw")
    changed = withdraw(sent, gone, LATER)
    assert not of_kind(changed, "Communication")
    assert of_kind(changed, "CarePlan")[0]["status"] == "revoked"
    (task,) = of_kind(changed, "Task")
    assert task["status"] == "requested"
    assert "correct the letter" in task["description"]
    check(changed, target)


def test_what_an_ehr_gave_back_without_narrative_or_tasks_can_still_be_withdrawn(target: str, rules: Rules) -> None:
    kept = [each for each in released(rules, target) if each["resourceType"] != "Task"]
    bare = tuple({name: value for name, value in each.items() if name != "text"} for each in kept)
    gone = outcome(report=replace(REPORT, status="cancelled"), disposition="withdraw")
    changed = withdraw(bare, gone, LATER)
    assert changed[0]["status"] == "revoked"
    (task,) = of_kind(changed, "Task")
    assert "performerType" not in task
    check(changed, target)


def test_withdrawing_twice_changes_nothing_more(target: str, rules: Rules) -> None:
    draft = build_resources(outcome(), rules, target, RECORDED)
    gone = outcome(report=replace(REPORT, status="cancelled"), disposition="withdraw")
    once = merged(draft, withdraw(draft, gone, LATER))
    assert withdraw(once, gone, LATER) == ()
    assert withdraw((), gone, LATER) == ()


# ---- amended reports -------------------------------------------------------------------------------------------------


def test_an_amended_report_updates_the_draft_and_revokes_what_is_no_longer_planned(target: str, rules: Rules) -> None:
    """INV-7, C-14."""
    draft = build_resources(outcome(), rules, target, RECORDED)
    call = replace(BIOPSY, action="clinician-call", laterality="unknown", quadrant=None, clock=None)
    plan = replace(outcome().plan, activities=(call,))
    new = build_resources(outcome(plan=plan), rules, target, LATER, next_revision(draft))
    written = supersede(draft, new)
    assert written[0]["id"] == draft[0]["id"]
    assert "replaces" not in written[0]
    (biopsy,) = of_kind(draft, "ServiceRequest")
    states = {each["id"]: each["status"] for each in of_kind(written, "ServiceRequest")}
    assert states.pop(biopsy["id"]) == "revoked"
    assert set(states.values()) == {"draft"}
    targets = of_kind(written, "Provenance")[0]["target"]
    assert {"reference": f"ServiceRequest/{biopsy['id']}"} in targets
    check(written, target)


def test_an_unchanged_repeat_writes_the_same_and_revokes_nothing(target: str, rules: Rules) -> None:
    draft = build_resources(outcome(), rules, target, RECORDED)
    assert supersede(draft, build_resources(outcome(), rules, target, RECORDED)) == draft
    assert supersede((), draft) == draft


def test_a_released_plan_is_never_edited_but_referred_to(target: str, rules: Rules) -> None:
    """INV-7: the released letter is superseded, never silently edited."""
    old = released(rules, target)
    revision = next_revision(old)
    assert revision == 1
    new = build_resources(outcome(**FREE), rules, target, LATER, revision)
    written = supersede(old, new)
    old_keys = {(each["resourceType"], each["id"]): each for each in old}
    for each in written:
        before = old_keys.get((each["resourceType"], each["id"]))
        assert before is None or each["resourceType"] in {"Communication", "Task", "DetectedIssue"}
    assert written[0]["replaces"] == [{"reference": f"CarePlan/{old[0]['id']}"}]
    assert "Replaces an earlier plan, which is active" in written[0]["text"]["div"]
    letters = {each["status"]: each for each in of_kind(written, "Communication")}
    assert letters["preparation"]["inResponseTo"] == [{"reference": f"Communication/{letters['not-done']['id']}"}]
    assert next_revision(written) == 1
    check(written, target)
    again = supersede(written, build_resources(outcome(**FREE), rules, target, LATER, 1))
    assert again[0]["replaces"] == written[0]["replaces"]
    assert of_kind(again, "Communication")[0]["inResponseTo"] == letters["preparation"]["inResponseTo"]


def test_a_plan_that_stands_beside_its_draft_successor_is_not_touched(target: str, rules: Rules) -> None:
    """INV-7: neither another amendment nor the successor's rejection ends what a clinician has released."""
    old = released(rules, target)
    standing = merged(old, supersede(old, build_resources(outcome(**FREE), rules, target, LATER, 1)))
    again = supersede(standing, build_resources(outcome(plan=Plan(), **FREE), rules, target, LATER, 1))
    rejected = release(standing, "Dr Example", "rejected", "no", LATER)
    for changed in (again, rejected):
        assert old[0]["id"] not in {each["id"] for each in of_kind(changed, "CarePlan")}
        requests = {each["id"] for each in of_kind(changed, "ServiceRequest")}
        assert not requests & {each["id"] for each in of_kind(old, "ServiceRequest")}


def test_a_letter_that_was_sent_stays_and_the_new_one_answers_it(target: str, rules: Rules) -> None:
    old = tuple(
        {**each, "status": "completed"} if each["resourceType"] == "Communication" else each
        for each in released(rules, target)
    )
    written = supersede(old, build_resources(outcome(**FREE), rules, target, LATER, next_revision(old)))
    (letter,) = of_kind(written, "Communication")
    assert letter["inResponseTo"] == [{"reference": f"Communication/{of_kind(old, 'Communication')[0]['id']}"}]
    assert "was sent" in letter["note"][-1]["text"]


def test_writing_over_a_released_plan_is_refused(target: str, rules: Rules) -> None:
    old = released(rules, target)
    new = build_resources(outcome(**FREE), rules, target, LATER)
    with pytest.raises(ValueError, match="next_revision"):
        supersede(old, new)


# ---- release ---------------------------------------------------------------------------------------------------------


def test_a_release_makes_the_plan_active_and_the_letter_ready_but_not_sent(target: str, rules: Rules) -> None:
    """INV-6: only a named clinician's act makes more than a proposal of it."""
    draft = build_resources(outcome(**FREE), rules, target, RECORDED)
    changed = release(draft, "Practitioner/9", "released", "fits the images", LATER, "Dr Example", FINAL)
    plan, (request,) = changed[0], of_kind(changed, "ServiceRequest")
    assert (plan["status"], plan["intent"]) == ("active", "plan")
    assert (request["status"], request["intent"]) == ("active", "plan")
    assert "RELEASED by Dr Example: fits the images" in plan["text"]["div"]
    (letter,) = of_kind(changed, "Communication")
    assert letter["status"] == "preparation"
    assert "sent" not in letter
    assert {"system": "urn:calcifhir:release", "code": "ready-to-send"} in letter["meta"]["tag"]
    (task,) = of_kind(changed, "Task")
    assert (task["status"], task["output"][0]["valueString"]) == ("completed", "released")
    (provenance,) = of_kind(changed, "Provenance")
    assert provenance["agent"][0]["who"] == {"reference": "Practitioner/9", "display": "Dr Example"}
    check(changed, target)


def test_the_released_letter_no_longer_says_that_it_is_a_draft(target: str, rules: Rules) -> None:
    draft = build_resources(outcome(**FREE), rules, target, RECORDED)
    (letter,) = of_kind(release(draft, "Dr Example", "released", "", LATER, letter=FINAL), "Communication")
    told = []
    for part in letter["payload"]:
        attached = part.get("contentAttachment")
        told.append(base64.b64decode(attached["data"]).decode() if attached else part["contentString"])
        if attached:
            assert int(attached["size"]) == len(base64.b64decode(attached["data"]))
    assert all(NOTICE not in text for text in told)
    assert all("You need one more test." in text for text in told)


@pytest.mark.parametrize("final", [None, replace(LETTER, review_status="refused", reason="Missing: released-plan")])
def test_a_letter_without_a_final_form_is_not_made_ready(final: Letter | None, target: str, rules: Rules) -> None:
    """INV-3, INV-6: what still calls itself a draft is never ready to be sent."""
    draft = build_resources(outcome(letter=MARKED), rules, target, RECORDED)
    assert is_held(draft)
    changed = release(draft, "Dr Example", "released", "side confirmed by telephone", LATER, letter=final)
    (letter,) = of_kind(changed, "Communication")
    assert all(tag["system"] != "urn:calcifhir:release" for tag in letter["meta"]["tag"])
    assert "still a draft" in letter["note"][-1]["text"]
    (issue,) = of_kind(changed, "DetectedIssue")
    assert issue["status"] == "final"
    assert "side confirmed by telephone" in issue["mitigation"][0]["action"]["text"]
    assert not is_held(changed[:1])
    check(changed, target)


def test_a_rejection_revokes_the_plan_with_its_reason_and_keeps_the_questions_open(target: str, rules: Rules) -> None:
    draft = build_resources(outcome(), rules, target, RECORDED)
    changed = release(draft, "Dr Example", "rejected", "wrong exam", LATER)
    assert changed[0]["status"] == "revoked"
    assert "wrong exam" in changed[0]["text"]["div"]
    assert {each["status"] for each in of_kind(changed, "ServiceRequest")} == {"revoked"}
    assert [each["status"] for each in of_kind(changed, "Communication")] == ["not-done"]
    assert not of_kind(changed, "DetectedIssue")
    assert next_revision(merged(draft, changed)) == 1
    check(changed, target)


def test_a_decision_about_a_plan_that_is_no_draft_changes_nothing(target: str, rules: Rules) -> None:
    old = released(rules, target)
    assert release(old, "Dr Example", "rejected", "late", LATER) == ()
    assert release((), "Dr Example", "released", "", LATER) == ()


def test_releasing_the_successor_ends_the_plan_that_it_replaces(target: str, rules: Rules) -> None:
    old = released(rules, target)
    new = supersede(old, build_resources(outcome(**FREE), rules, target, LATER, next_revision(old)))
    changed = release(new, "Dr Example", "released", "", LATER, replaced=old)
    states = {each["id"]: each["status"] for each in of_kind(changed, "CarePlan")}
    assert states == {new[0]["id"]: "active", old[0]["id"]: "revoked"}
    check(changed, target)
