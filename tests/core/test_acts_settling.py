"""What an act leads to, and what it must leave alone (INV-6): pure values in, resources out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.resource_outcomes import LETTER, QUESTION, RECORDED, outcome
from tests.resource_scenarios import decided
from worker.core.acts import Settled, Standing, acts_in, settle
from worker.core.model import Assessment, Letter, Reading
from worker.core.resources import build_resources
from worker.core.rules import Rules

WHO = {"reference": "Practitioner/9", "display": "Dr Example"}
LATER = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
FINAL = replace(LETTER, notice="", text="You need one more test.", html="")
Resource = dict[str, Any]
RELEASED = [{"type": {"text": "decision"}, "valueString": "released"}]
DONE = {"status": "completed", "owner": WHO, "output": RELEASED}


def drafted(rules: Rules, *, held: bool = False, revision: int = 0, target: Any = "R4") -> tuple[Resource, ...]:
    more = {} if held else {"hold": False, "issues": ()}
    return build_resources(outcome(**more), rules, target, RECORDED, revision)


def of(resources: tuple[Resource, ...], kind: str) -> Resource:
    return next(each for each in resources if each["resourceType"] == kind)


def act_on(
    rules: Rules,
    resources: tuple[Resource, ...],
    theirs: Resource,
    *,
    letter: Letter | None = FINAL,
    level: int = 4,
    allowed: bool = True,
    now: datetime = LATER,
) -> Settled:
    """What a resource that comes back leads to."""
    (act,) = acts_in([theirs], rules.acts)
    report_id = of(resources, "CarePlan")["identifier"][1]["value"]
    standing = Standing(report_id, resources, letter, letter, level)
    return settle(act, standing, lambda key: frozenset({key}), lambda _: allowed, rules.output, now)


def merged(resources: tuple[Resource, ...], settled: Settled) -> tuple[Resource, ...]:
    everything = {(e["resourceType"], e["id"]): e for e in (*resources, *settled.changed)}
    return tuple(everything.values())


def is_tagged(resources: tuple[Resource, ...]) -> bool:
    """Whether anything still says that it is held; a Provenance says what was."""
    tagged = [each for each in resources if "urn:calcifhir:hold" in str(each["meta"])]
    return any(each["resourceType"] != "Provenance" for each in tagged)


def versioned(resource: Resource, **changes: Any) -> Resource:
    """As a server gives it back after a change."""
    return {**resource, **changes, "meta": {**resource["meta"], "versionId": "2", "lastUpdated": LATER.isoformat()}}


def test_a_statement_without_a_version_closes_our_task_by_our_own_writing(rules: Rules) -> None:
    """An engine that composes a Task has not seen the EHR's: only how it ended is taken from it."""
    draft = drafted(rules)
    settled = act_on(rules, draft, {**of(draft, "Task"), **DONE, "description": "Another text"})
    assert (settled.step, settled.adopted) == ("released", False)
    task = next(each for each in settled.changed if each["resourceType"] == "Task")
    assert (task["status"], task["owner"]) == ("completed", WHO)
    assert task["description"] == of(draft, "Task")["description"]


def test_a_servers_version_is_taken_as_it_is_under_our_own_names(rules: Rules) -> None:
    draft = drafted(rules)
    mine = versioned(of(draft, "Task"), **DONE, description="Seen", **{"for": {"reference": "Patient/other-id"}})
    settled = act_on(rules, draft, mine)
    assert settled.adopted
    task = next(each for each in settled.changed if each["resourceType"] == "Task")
    assert (task["description"], task["for"]) == ("Seen", of(draft, "Task")["for"])
    assert "versionId" not in task["meta"]
    assert task["identifier"] == of(draft, "Task")["identifier"]


def test_an_act_that_comes_again_or_late_changes_nothing(rules: Rules) -> None:
    draft = drafted(rules)
    done = versioned(of(draft, "Task"), **DONE)
    after = merged(draft, act_on(rules, draft, done))
    assert act_on(rules, after, done).changed == ()
    assert act_on(rules, after, versioned(of(draft, "CarePlan"), status="active")).changed == ()
    unknown = {**done, "identifier": [{**done["identifier"][0], "value": "x"}, done["identifier"][1]]}
    assert act_on(rules, draft, unknown).reason == "it is about something that does not stand (any more)"


def test_an_act_about_an_older_draft_of_the_same_plan_changes_nothing(rules: Rules) -> None:
    """INV-7: the mark of what was read differs."""
    draft = drafted(rules)
    task = versioned(of(draft, "Task"), **DONE)
    *others, mark = task["input"]
    older = {**task, "input": [*others, {**mark, "valueString": "0" * 16}]}
    assert act_on(rules, draft, older).reason == "it answers an older draft"


def test_an_act_about_the_plan_before_changes_nothing_of_its_successor(rules: Rules) -> None:
    old, new = drafted(rules), drafted(rules, revision=1)
    both = (*old, *new)
    assert act_on(rules, both, versioned(of(old, "Task"), **DONE)).changed == ()
    settled = act_on(rules, both, versioned(of(new, "Task"), **DONE))
    plans = {each["id"]: each["status"] for each in settled.changed if each["resourceType"] == "CarePlan"}
    assert plans == {of(new, "CarePlan")["id"]: "active", of(old, "CarePlan")["id"]: "revoked"}


def test_nobody_who_may_not_release_does(rules: Rules) -> None:
    """INV-6."""
    draft = drafted(rules)
    for theirs in (versioned(of(draft, "Task"), **DONE), versioned(of(draft, "CarePlan"), status="active")):
        settled = act_on(rules, draft, theirs, allowed=False)
        assert settled.step == "asked-again"
        assert not [each for each in settled.changed if each["resourceType"] == "CarePlan"]


def test_a_time_to_come_is_not_believed(rules: Rules) -> None:
    draft = drafted(rules)
    moment = (LATER + timedelta(days=3)).isoformat()
    settled = act_on(rules, draft, versioned(of(draft, "Task"), **DONE, lastModified=moment))
    assert settled.changed[-1]["recorded"] == "2026-11-24T08:00:00+00:00"


@pytest.mark.parametrize("target", ["R4", "R5"])
def test_requests_that_the_clinician_left_out_end(rules: Rules, target: str) -> None:
    draft = drafted(rules, target=target)
    plan = of(draft, "CarePlan")
    settled = act_on(rules, draft, versioned(plan, status="active", activity=[]))
    states = {each["status"] for each in settled.changed if each["resourceType"] == "ServiceRequest"}
    assert states == {"revoked"}
    references = [{**each, "reference": each["reference"]} for each in plan["activity"]] if target == "R4" else []
    for each in references:
        each["reference"] = {"reference": f"https://ehr/fhir/{each['reference']['reference']}/_history/3"}
    if references:
        settled = act_on(rules, draft, versioned(plan, status="active", activity=references))
        assert {e["status"] for e in settled.changed if e["resourceType"] == "ServiceRequest"} == {"active"}


@pytest.mark.parametrize("level", [1, 4])
def test_a_rejection_leaves_a_task_where_something_is_owed(rules: Rules, level: int) -> None:
    """INV-1, INV-8."""
    draft = drafted(rules)
    said = [{"type": {"text": "decision"}, "valueString": "rejected"}]
    settled = act_on(rules, draft, versioned(of(draft, "Task"), **{**DONE, "output": said}), level=level)
    owed = [each for each in settled.changed if "still needs a plan" in each.get("description", "")]
    assert len(owed) == (level > 1)
    for task in owed:
        assert task["restriction"] == of(draft, "Task")["restriction"]


def test_answers_lift_the_hold_and_the_letter_is_written_anew(rules: Rules) -> None:
    """INV-3, INV-6: drafted, not released."""
    held = drafted(rules, held=True)
    issue = versioned(
        of(held, "DetectedIssue"), status="final", mitigation=[{"action": {"text": "left"}, "author": WHO}]
    )
    settled = act_on(rules, held, issue)
    after = merged(held, settled)
    assert settled.step == "answered"
    assert {each["status"] for each in after if each["resourceType"] == "CarePlan"} == {"draft"}
    assert not is_tagged(after)
    assert of(after, "Communication")["payload"] == [{"contentString": "You need one more test."}]
    assert "statusReason" not in of(after, "Communication")
    assert "letter is drafted" in of(after, "Task")["description"]


def test_without_a_letter_or_a_narrative_the_hold_is_lifted_all_the_same(rules: Rules) -> None:
    held = tuple(
        {name: value for name, value in each.items() if name != "text"}
        for each in drafted(rules, held=True)
        if each["resourceType"] != "Communication"
    )
    issue = versioned(of(held, "DetectedIssue"), status="final", mitigation=[{"action": {"text": "left"}}])
    settled = act_on(rules, held, issue, letter=None)
    assert not is_tagged(merged(held, settled))


def test_some_answers_leave_the_rest_open(rules: Rules) -> None:
    more = replace(QUESTION, rule="C-02", text="Another question.")
    held = build_resources(outcome(issues=(QUESTION, more)), rules, "R4", RECORDED)
    told = [{"type": {"coding": [{"system": "urn:calcifhir:rule", "code": "C-02"}]}, "valueString": "it stands"}]
    settled = act_on(rules, held, versioned(of(held, "Task"), status="completed", owner=WHO, output=told))
    after = merged(held, settled)
    states = {
        each["code"]["coding"][0]["code"]: each["status"] for each in after if each["resourceType"] == "DetectedIssue"
    }
    assert states == {"C-02": "final", QUESTION.rule: "preliminary"}
    assert any("questions about it are open" in each.get("description", "") for each in settled.changed)
    one = next(e for e in after if e["resourceType"] == "DetectedIssue" and e["status"] == "preliminary")
    by_issue = act_on(rules, after, versioned(one, status="final", mitigation=[{"action": {"text": "yes"}}]))
    assert by_issue.step == "answered"


def test_an_issue_that_is_closed_without_words_answers_nothing(rules: Rules) -> None:
    held = drafted(rules, held=True)
    issue = versioned(of(held, "DetectedIssue"), status="final", mitigation=[{"action": {}}])
    assert act_on(rules, held, issue).reason == "it answers no open question"


def test_answers_of_a_review_count_even_where_nothing_is_held(rules: Rules) -> None:
    """A remark answered without a decision is no decision."""
    low = replace(QUESTION, rule="C-16", hold=False)
    draft = build_resources(outcome(issues=(low,), hold=False), rules, "R4", RECORDED)
    told = [{"type": {"coding": [{"system": "urn:calcifhir:rule", "code": "C-16"}]}, "valueString": "seen"}]
    settled = act_on(rules, draft, versioned(of(draft, "Task"), status="completed", owner=WHO, output=told))
    assert (settled.step, of(merged(draft, settled), "CarePlan")["status"]) == ("answered", "draft")
    both = versioned(of(draft, "Task"), **{**DONE, "output": [*told, *RELEASED]})
    assert act_on(rules, draft, both).step == "released"


def test_a_letter_that_was_released_is_noted_as_sent_and_nobody_is_asked(rules: Rules) -> None:
    draft = drafted(rules)
    after = merged(draft, act_on(rules, draft, versioned(of(draft, "Task"), **DONE)))
    sent = versioned(of(after, "Communication"), status="completed")
    settled = act_on(rules, after, sent)
    assert settled.step == "sent"
    assert {each["resourceType"] for each in settled.changed} == {"Communication", "Provenance"}
    assert act_on(rules, merged(after, settled), sent).changed == ()


def test_a_released_plan_that_the_clinician_ends_is_over(rules: Rules) -> None:
    draft = drafted(rules)
    after = merged(draft, act_on(rules, draft, versioned(of(draft, "Task"), **DONE)))
    for status in ("completed", "revoked"):
        ended = versioned(of(after, "CarePlan"), status=status)
        settled = act_on(rules, after, ended)
        assert (settled.step, of(merged(after, settled), "CarePlan")["status"]) == ("ended", status)
        assert act_on(rules, merged(after, settled), ended).changed == ()


def test_a_review_that_the_ehr_lost_is_asked_for_from_what_the_plan_says(rules: Rules) -> None:
    draft = tuple(each for each in drafted(rules) if each["resourceType"] != "Task")
    settled = act_on(rules, draft, versioned(of(draft, "CarePlan"), status="active"), allowed=False)
    (task,) = (each for each in settled.changed if each["resourceType"] == "Task")
    assert (task["intent"], task["priority"], task["for"]) == ("order", "urgent", of(draft, "CarePlan")["subject"])


def test_a_held_plan_without_any_question_is_not_released(rules: Rules) -> None:
    """INV-6: the tag of a hold alone is enough."""
    held = tuple(each for each in drafted(rules, held=True) if each["resourceType"] != "DetectedIssue")
    settled = act_on(rules, held, versioned(of(held, "Task"), **DONE))
    assert settled.step == "asked-again"


def test_a_plan_of_nothing_can_be_released(rules: Rules) -> None:
    reading = Reading(assessments=(Assessment("BI-RADS", "2", "overall", "bilateral"),))
    made = replace(decided(reading, rules), hold=False, issues=())
    draft = build_resources(made, rules, "R4", RECORDED)
    assert act_on(rules, draft, versioned(of(draft, "Task"), **DONE), level=1).step == "released"


def test_a_question_that_is_closed_without_an_answer_stays_with_the_review(rules: Rules) -> None:
    """INV-3: the hold stays; where the review is closed, too, it is asked for again."""
    mine = replace(QUESTION, rule="C-21", owner="referring-clinician")
    held = build_resources(outcome(issues=(mine,)), rules, "R4", RECORDED)
    asked = next(e for e in held if e["resourceType"] == "Task" and e["focus"]["reference"].startswith("DetectedIssue"))
    closed = versioned(asked, status="completed", owner=WHO)
    settled = act_on(rules, held, closed)
    assert (settled.step, [each["id"] for each in settled.changed]) == ("unanswered", [asked["id"]])
    alone = tuple(
        {**e, "status": "completed"} if e["resourceType"] == "Task" and e["id"] != asked["id"] else e for e in held
    )
    assert act_on(rules, alone, closed).step == "asked-again"


def test_a_review_that_is_closed_again_and_again_is_for_a_person(rules: Rules) -> None:
    standing, steps = drafted(rules), []
    for _ in range(4):
        task = next(e for e in standing if e["resourceType"] == "Task" and e["status"] == "requested")
        settled = act_on(rules, standing, versioned(task, status="completed", owner=WHO))
        standing = merged(standing, settled)
        steps.append(settled.step)
    assert steps == ["asked-again", "asked-again", "asked-again", "unsettled"]
