"""A later exam answers a follow-up series: it ends with that exam's release and nothing else (C-18, INV-5, INV-7)."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import redis

from tests.desk import TODAY
from tests.shell.documents import Resource, bundle
from tests.shell.fakes import Clock
from tests.shell.life import DIAGNOSTIC, PROBABLY, SUSPICIOUS, ULTRASOUND, WHO, Life, of
from tests.shell.mortal import Mortal, die
from worker.core.ids import report_id_of
from worker.core.rules import Rules
from worker.handle import tell_the_day

BOTH = {"coding": [{"system": "http://loinc.org", "code": "26346-7", "display": "MG Breast - bilateral Diagnostic"}]}
CLEARED = "Left breast: grouped round calcifications, stable. BI-RADS 2, left. Right breast: BI-RADS 1, right."
GOES_ON = (
    "Left breast: grouped round calcifications. BI-RADS 3, left. Right breast: BI-RADS 1, right. Mammogram in 6 months."
)
SERIES = of(1, day="2025-08-20", conclusion=PROBABLY)
LATER = of(2, conclusion=CLEARED)
ENDS = "Releasing this plan ends an earlier one: the follow-up after the exam of 2025-08-20 (category 3)"


def open_series(life: Life, **more: Any) -> None:
    life.take({**SERIES, **more})
    life.release(1)
    assert life.plan(1)["status"] == "active"


# ---- the way -----------------------------------------------------------------------------------------------------


def test_the_draft_of_the_later_exam_says_what_its_release_will_end(life: Life) -> None:
    """C-18: in the plan's face, in what it replaces, in the question and in the review; nothing has happened yet."""
    open_series(life)
    before = life.record(1)
    life.take(LATER)
    assert [text for text in life.questions(2) if ENDS in text]
    assert life.asked(ENDS, 2) == [False]
    plan = life.plan(2)
    assert "ENDS AN EARLIER PLAN when released" in plan["text"]["div"]
    assert [each["identifier"]["value"] for each in plan["replaces"]] == [life.plan(1)["id"]]
    reviews = [e for e in life.record(2)["resources"] if e["resourceType"] == "Task" and "CarePlan/" in str(e["focus"])]
    assert [text for text in (each["description"] for each in reviews) if "2025-08-20 (BI-RADS 3)" in text]
    assert life.record(1) == before


@pytest.mark.parametrize("conclusion", [CLEARED, GOES_ON], ids=["category 2", "category 3 goes on"])
def test_the_series_is_over_when_a_clinician_releases_the_later_plan(life: Life, conclusion: str) -> None:
    """INV-5: the plan is completed, its visits are revoked, its letter and Tasks end, and a Provenance names who."""
    open_series(life)
    life.take(of(2, conclusion=conclusion))
    life.release(2)
    assert life.plan(2)["status"] == "active"
    assert "ENDED the follow-up of the exam of 2025-08-20" in life.plan(2)["text"]["div"]
    assert life.plan(1)["status"] == "completed"
    assert life.statuses(1, "ServiceRequest") == {"revoked"}
    assert life.statuses(1, "Goal") == {"completed"}
    assert life.statuses(1, "Communication") == {"not-done"}
    assert life.statuses(1, "Task") <= {"completed", "cancelled"}
    (signed,) = (e for e in life.record(1)["resources"] if e["resourceType"] == "Provenance" and "entity" in e)
    assert signed["agent"][0]["who"] == WHO
    assert signed["entity"][0]["what"]["identifier"]["value"] == life.plan(2)["id"]
    assert f"CarePlan/{life.plan(1)['id']}" in {each["reference"] for each in signed["target"]}
    assert "recorded 3 ended" in str(life.inbox.report_json(report_id_of("urn:ris|ACC-1")))


def test_a_series_whose_draft_nobody_released_is_taken_back_with_its_letter(life: Life) -> None:
    life.take(SERIES)
    life.take(LATER)
    life.release(2)
    assert life.plan(1)["status"] == "revoked"
    assert life.statuses(1, "Communication") == {"not-done"}
    assert report_id_of("urn:ris|ACC-1") not in life.inbox.work.due_until(TODAY + timedelta(days=400))


def test_a_care_plan_set_active_in_the_ehr_ends_the_series_as_a_review_does(life: Life) -> None:
    open_series(life)
    life.take(LATER)
    life.take({**life.plan(2), "status": "active"})
    assert life.plan(1)["status"] == "completed"


def test_what_is_over_stays_over(life: Life) -> None:
    """Idempotent: the release again, the older report again, a day that passes, another exam."""
    open_series(life)
    life.take(LATER)
    task = next(
        e for e in life.record(2)["resources"] if e["resourceType"] == "Task" and "CarePlan/" in str(e["focus"])
    )
    life.release(2)
    ended = life.record(1)
    life.take({**task, "status": "completed", "owner": WHO, "output": [{"type": {}, "valueString": "released"}]})
    life.take(SERIES, "engine")
    day = TODAY + timedelta(days=60)
    for message in tell_the_day(life.inbox, life.rules, day):
        life.ring(message, day)
    assert life.record(1) == ended
    life.take(of(3, day="2026-02-27", conclusion=CLEARED))
    assert life.asked("2025-08-20", 3) == []


# ---- near misses: as before, a clinician ends it by hand -----------------------------------------------------------

RIGHT = "Right breast: grouped round calcifications. BI-RADS 3, right. Short-interval follow-up in 6 months."
WITH_BIOPSY = (
    f"{PROBABLY} Right breast: fine pleomorphic calcifications. BI-RADS 4B, right. Stereotactic biopsy, right."
)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"conclusion": SUSPICIOUS}, {}),
        ({"conclusion": WITH_BIOPSY}, {}),
        ({"conclusion": "Calcifications. BI-RADS 3."}, {}),
        ({"conclusion": f"{PROBABLY} Recommend ultrasound of the left breast."}, {}),
        ({}, {"conclusion": "Right breast: BI-RADS 1, right."}),
        ({}, {"conclusion": "Left breast: BI-RADS 2, left."}),
        ({}, {"conclusion": "Scattered round calcifications in both breasts. BI-RADS 2."}),
        ({}, {"code": ULTRASOUND}),
        ({}, {"code": {"coding": [*DIAGNOSTIC["coding"], *ULTRASOUND["coding"]]}}),
        ({}, {"status": "preliminary"}),
        ({}, {"conclusion": f"{CLEARED} There is a palpable lump in the left breast."}),
        ({}, {"conclusion": f"{CLEARED} Short-interval follow-up mammogram of the left breast in 6 months."}),
        ({}, {"conclusion": CLEARED.replace("BI-RADS 2, left", "BI-RADS 4A, left")}),
        ({}, {"conclusion": CLEARED.replace("BI-RADS 2, left", "BI-RADS 0, left")}),
        ({}, {"conclusion": CLEARED.replace("BI-RADS 2, left", "M2, left")}),
        ({}, {"conclusion": f"{CLEARED} BI-RADS 4."}),
        ({}, {"effectiveDateTime": "2025-08-20"}),
        ({}, {"effectiveDateTime": "2025-06-20"}),
        ({}, {"effectiveDateTime": None}),
        ({}, {"subject": {"reference": "Patient/p2"}}),
    ],
    ids=[
        "a biopsy is open",
        "a series and a biopsy are open",
        "the breast of the series is not named, and it is held",
        "an ultrasound is asked for as well",
        "the other breast",
        "a visit of both breasts is due, one was seen",
        "no breast is named with the category",
        "an ultrasound",
        "a mammogram and an ultrasound in one",
        "preliminary",
        "held by a symptom",
        "the report asks for more than its category",
        "4A",
        "0",
        "another scale",
        "a second category that may be about the breast",
        "the same day",
        "an older exam",
        "no date",
        "somebody else",
    ],
)
def test_what_does_not_plainly_answer_the_series_leaves_it_alone(
    life: Life, earlier: Resource, later: Resource
) -> None:
    """C-18, INV-1, INV-3, INV-5."""
    life.take({**SERIES, **earlier})
    before = life.record(1)
    life.take({name: value for name, value in {**LATER, **later}.items() if value is not None})
    kept = life.inbox.previous(report_id_of("urn:ris|ACC-2"))
    assert (kept or {}).get("ends", []) == []
    assert kept is None or (life.asked("ends an earlier one", 2) == [] and "replaces" not in life.plan(2))
    assert life.record(1) == before


def test_a_later_plan_that_is_rejected_or_not_released_ends_nothing(life: Life) -> None:
    open_series(life)
    life.take(LATER)
    life.release(2, output=[{"type": {"text": "decision"}, "valueString": "rejected"}])
    assert (life.plan(2)["status"], life.plan(1)["status"]) == ("revoked", "active")


def question(life: Life, number: int = 2) -> Resource:
    (found,) = (
        each
        for each in life.record(number)["resources"]
        if each["resourceType"] == "DetectedIssue" and ENDS in each["detail"]
    )
    return found


def test_whoever_answers_the_question_keeps_the_series(life: Life) -> None:
    """Whatever the words are: nobody reads a yes or a no into them."""
    open_series(life)
    life.take(LATER)
    life.take({**question(life), "status": "final", "mitigation": [{"action": {"text": "Keep the series."}}]})
    life.release(2)
    assert (life.plan(2)["status"], life.plan(1)["status"]) == ("active", "active")
    assert "DID NOT END the follow-up of the exam of 2025-08-20" in life.plan(2)["text"]["div"]
    assert "replaces" not in life.plan(2)


def test_an_answer_in_the_stroke_of_the_release_keeps_the_series(life: Life) -> None:
    open_series(life)
    life.take(LATER)
    about = {"type": {"coding": [{"system": "urn:calcifhir:rule", "code": "C-18"}]}, "valueString": "keep it"}
    life.release(2, output=[{"type": {"text": "decision"}, "valueString": "released"}, about])
    assert (life.plan(2)["status"], life.plan(1)["status"]) == ("active", "active")


def test_an_answer_without_a_decision_is_noted_and_the_review_is_asked_again(life: Life) -> None:
    open_series(life)
    life.take(LATER)
    about = {"type": {"coding": [{"system": "urn:calcifhir:rule", "code": "C-18"}]}, "valueString": "keep it"}
    life.release(2, output=[about])
    assert (life.plan(2)["status"], life.plan(1)["status"]) == ("draft", "active")
    life.release(2)
    assert (life.plan(2)["status"], life.plan(1)["status"]) == ("active", "active")


def test_who_takes_the_earlier_plan_out_of_the_draft_keeps_the_series(life: Life) -> None:
    open_series(life)
    life.take(LATER)
    mine = {name: value for name, value in life.plan(2).items() if name != "replaces"}
    mine["meta"] = {**mine["meta"], "versionId": "2"}
    life.take({**mine, "status": "active"})
    assert (life.plan(2)["status"], life.plan(1)["status"]) == ("active", "active")


def test_a_policy_releases_no_plan_that_would_end_another(life: Life) -> None:
    """INV-5, INV-6: it is a clinician's act."""
    rows = {key: replace(row, may_release_itself=True) for key, row in life.rules.planning.releases.items()}
    life.rules = replace(
        life.rules,
        planning=replace(life.rules.planning, releases=rows),
        practice=replace(life.rules.practice, examples=frozenset()),
    )
    open_series(life)
    life.take(LATER)
    assert (life.plan(2)["status"], life.plan(1)["status"]) == ("draft", "active")


# ---- other orders of messages --------------------------------------------------------------------------------------


def told(life: Life, number: int = 2) -> list[str]:
    return [e["description"] for e in life.record(number)["resources"] if e["resourceType"] == "Task"]


def test_a_series_that_has_changed_since_the_draft_stands_and_somebody_is_told(life: Life) -> None:
    """C-18: the older report is amended between the draft and its release."""
    open_series(life)
    life.take(LATER)
    life.take({**SERIES, "status": "amended", "meta": {"versionId": "2"}, "conclusion": SUSPICIOUS})
    before = life.record(1)
    life.release(2)
    assert life.plan(2)["status"] == "active"
    assert life.record(1) == before
    assert [text for text in told(life) if "has changed since" in text and "2025-08-20" in text]


def test_a_series_to_which_a_clinician_has_added_stands(life: Life) -> None:
    """INV-1: what is not ours does not end with ours."""
    life.take(SERIES)
    plan = life.plan(1)
    added = [*plan["activity"], {"reference": {"reference": "ServiceRequest/their-own"}}]
    life.take({**plan, "meta": {**plan["meta"], "versionId": "2"}, "status": "active", "activity": added})
    life.take(LATER)
    life.release(2)
    assert life.plan(1)["status"] == "active"
    assert [text for text in told(life) if "has changed since this plan was drafted" in text]


def test_a_series_that_somebody_ended_meanwhile_is_not_asked_about_again(life: Life) -> None:
    open_series(life)
    life.take(LATER)
    life.take({**life.plan(1), "status": "completed"})
    before = life.record(1)
    life.release(2)
    assert life.record(1) == before
    assert not [text for text in told(life) if "has changed since this plan was drafted" in text]


def test_a_message_that_says_something_of_both_ends_nothing_silently(life: Life) -> None:
    """Nobody can tell what came first: the series stands, and a Task says so."""
    open_series(life)
    life.take(LATER)
    amended = {**SERIES, "status": "amended", "meta": {"versionId": "2"}, "conclusion": SUSPICIOUS}
    life.take(bundle(amended, {**life.plan(2), "status": "active"}))
    assert (life.plan(2)["status"], life.plan(1)["status"]) == ("active", "draft")
    assert [text for text in told(life) if "has changed since this plan was drafted" in text]


def test_an_amended_version_after_the_end_is_a_new_draft_that_is_held(life: Life) -> None:
    """INV-7, C-18: it does not bring the old plan back, and it is not lost."""
    open_series(life)
    life.take(LATER)
    life.release(2)
    over = life.plan(1)["id"]
    life.take({**SERIES, "status": "amended", "meta": {"versionId": "2"}, "conclusion": SUSPICIOUS})
    assert life.plans(1) == {over: "completed", life.plan(1)["id"]: "draft"}
    assert life.asked("A newer exam (2026-02-20, category 2)", 1) == [True]
    assert life.asked("C-14: A newer version of the report raises", 1) == [True]


TAKEN_BACK = [
    {"status": "cancelled"},
    {"status": "entered-in-error"},
    {"status": "preliminary"},
    {"status": "corrected", "conclusion": SUSPICIOUS},
    {"status": "corrected", "conclusion": CLEARED.replace("BI-RADS 2, left", "BI-RADS 0, left")},
    {"status": "corrected", "subject": {"reference": "Patient/p2"}},
    {
        "status": "corrected",
        "code": {"coding": [{"system": "http://loinc.org", "code": "36643-5"}]},
        "conclusion": "No.",
    },
]


@pytest.mark.parametrize("change", TAKEN_BACK, ids=lambda change: json.dumps(change)[:60])
def test_a_series_is_open_again_when_what_ended_it_does_not_stand(life: Life, change: Resource) -> None:
    """INV-7, INV-5: never silently ended; a new draft with a review, on the work list, louder with time."""
    open_series(life)
    over = life.plan(1)["id"]
    visits = [e["occurrencePeriod"] for e in life.record(1)["resources"] if e["resourceType"] == "ServiceRequest"]
    life.take(LATER)
    life.release(2)
    life.take({**LATER, "meta": {"versionId": "2"}, **change})
    plan = life.plan(1)
    assert life.plans(1) == {over: "completed", plan["id"]: "draft"}
    assert plan["replaces"] == [{"reference": f"CarePlan/{over}"}]
    assert "OPEN AGAIN" in plan["text"]["div"]
    asked_for = {each["reference"]["reference"].partition("/")[2] for each in plan["activity"]}
    drafts = [
        e for e in life.record(1)["resources"] if e["resourceType"] == "ServiceRequest" and e["status"] == "draft"
    ]
    assert {each["id"] for each in drafts} == asked_for
    assert [each["occurrencePeriod"] for each in drafts] == visits
    assert [
        text
        for text in told(life, 1)
        if text.startswith("The later exam with which this follow-up ended was withdrawn")
    ]
    assert report_id_of("urn:ris|ACC-1") in life.inbox.work.due_until(TODAY + timedelta(days=60))
    day = TODAY + timedelta(days=60)
    for message in tell_the_day(life.inbox, life.rules, day):
        life.ring(message, day)
    assert "stat" in life.priorities()


def test_a_series_that_is_open_again_is_released_and_ended_like_any_other(life: Life) -> None:
    open_series(life)
    life.take(LATER)
    life.release(2)
    life.take({**LATER, "status": "cancelled", "meta": {"versionId": "2"}})
    life.release(1)
    assert life.plan(1)["status"] == "active"
    assert life.statuses(1, "ServiceRequest") == {"revoked", "active"}
    life.take({**LATER, "status": "corrected", "meta": {"versionId": "3"}})
    assert life.asked(ENDS, 2) == [False]
    life.release(2)
    assert life.plan(1)["status"] == "completed"
    assert life.statuses(1, "ServiceRequest") == {"revoked"}


def test_a_version_that_still_answers_the_series_leaves_it_over(life: Life) -> None:
    """Near miss, and what a further version then does."""
    open_series(life)
    life.take(LATER)
    life.release(2)
    ended = life.record(1)
    life.take(
        {**LATER, "status": "appended", "meta": {"versionId": "2"}, "conclusion": f"{CLEARED} Addendum: spelling."}
    )
    assert life.record(1) == ended
    assert life.asked("C-18", 2) == []
    life.take({**LATER, "status": "cancelled", "meta": {"versionId": "3"}})
    assert life.plan(1)["status"] == "draft"


@pytest.mark.parametrize(("status", "is_open"), [("revoked", True), ("entered-in-error", True), ("completed", False)])
def test_a_series_is_open_again_when_a_clinician_revokes_what_ended_it(life: Life, status: str, is_open: bool) -> None:
    """INV-5: nobody is left without any plan; what is completed has done its work."""
    open_series(life)
    life.take(LATER)
    life.release(2)
    life.take({**life.plan(2), "status": status})
    assert life.plan(2)["status"] == status
    assert (life.plan(1)["status"] == "draft") == is_open


def test_a_series_that_was_decided_anew_since_is_not_opened_a_second_time(life: Life) -> None:
    open_series(life)
    life.take(LATER)
    life.release(2)
    life.take({**SERIES, "status": "cancelled", "meta": {"versionId": "2"}})
    before = life.plans(1)
    life.take({**LATER, "status": "cancelled", "meta": {"versionId": "2"}})
    assert life.plans(1) == before
    assert set(before.values()) == {"completed"}


def test_both_taken_back_in_one_message_leaves_neither(life: Life) -> None:
    open_series(life)
    life.take(LATER)
    life.release(2)
    gone = [{**each, "status": "cancelled", "meta": {"versionId": "2"}} for each in (SERIES, LATER)]
    life.take(bundle(*gone))
    assert "draft" not in {*life.plans(1).values(), *life.plans(2).values()}


# ---- workers that die, and two at once -----------------------------------------------------------------------------


@pytest.fixture
def mortal(redis_client: "redis.Redis", prefix: str, rules: Rules) -> Life:
    """Its workers can be stopped."""
    clock = Clock()
    return Life(Mortal(redis_client, prefix, clock=clock), rules, clock)


def stopped(life: Life, at: int, meanwhile: Callable[[], None] = die) -> AbstractContextManager[None]:
    assert isinstance(life.inbox, Mortal)
    return life.inbox.stopped(at, meanwhile)


@pytest.mark.parametrize("at", [2, -3, 3, -4, 4, 5])
def test_a_worker_that_dies_ends_both_or_neither_and_the_next_one_goes_on(mortal: Life, at: int) -> None:
    """The end of the series is recorded in one step with the release."""
    open_series(mortal)
    mortal.take(LATER)
    with stopped(mortal, at):
        mortal.release(2)
    states = mortal.plan(2)["status"], mortal.plan(1)["status"]
    assert states in {("draft", "active"), ("active", "completed")}
    mortal.clock.pass_seconds(1000)
    for message in mortal.inbox.due("decide"):
        mortal.ring(message)
    assert (mortal.plan(2)["status"], mortal.plan(1)["status"]) == ("active", "completed")


@pytest.mark.parametrize("is_release_halted", [True, False], ids=["release waits", "amendment waits"])
def test_a_release_and_an_amendment_of_the_older_report_at_once_lose_neither(
    mortal: Life, is_release_halted: bool
) -> None:
    """INV-7: whoever comes second sees what the first has done, and decides anew."""
    open_series(mortal)
    mortal.take(LATER)
    amended = {**SERIES, "status": "amended", "meta": {"versionId": "2"}, "conclusion": SUSPICIOUS}

    def release() -> None:
        mortal.release(2)

    def amend() -> None:
        mortal.take(amended)

    first, second = (release, amend) if is_release_halted else (amend, release)
    with stopped(mortal, -3, second):
        first()
    assert mortal.plan(2)["status"] == "active"
    assert "draft" in mortal.plans(1).values()
    assert mortal.record(1)["summary"]["action_level"] == 4
    warned = [text for text in told(mortal) if "has changed since this plan was drafted" in text]
    assert bool(warned) == is_release_halted
    assert ("completed" in mortal.plans(1).values()) == (not is_release_halted)


def test_a_release_and_the_end_of_its_own_report_at_once_leave_the_series_open(mortal: Life) -> None:
    """INV-7: in either order."""
    open_series(mortal)
    mortal.take(LATER)
    with stopped(mortal, -3, lambda: cancel(mortal)):
        mortal.release(2)
    assert (mortal.plan(2)["status"], mortal.plan(1)["status"]) == ("revoked", "active")


def cancel(life: Life) -> None:
    life.take({**LATER, "status": "cancelled", "meta": {"versionId": "2"}})
