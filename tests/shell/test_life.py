"""The life of a plan through ``handle``: versions, statuses, other reports of the person (INV-7, C-13, C-14, C-18)."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.desk import TODAY
from tests.plan_help import with_facts
from tests.shell.documents import bundle
from tests.shell.life import BENIGN, PROBABLY, SUSPICIOUS, ULTRASOUND, Life, of
from worker.core.ids import report_id_of
from worker.core.rules import Rules
from worker.handle import tell_the_day

# ---- versions of one report ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["amended", "corrected", "appended"])
def test_a_version_that_changes_the_category_reopens_the_plan(life: Life, status: str) -> None:
    """INV-7, C-14, SEED-50: upwards and downwards a clinician looks."""
    life.take(of(conclusion=PROBABLY))
    before = life.plans()
    assert life.take(of(version=2, status=status)) == "delivered"
    assert life.plans() == before
    assert life.record()["summary"]["action_level"] == 4
    assert life.asked("C-14: A newer version of the report raises") == [True]
    life.take(of(version=3, status=status, conclusion=BENIGN))
    assert life.asked("C-14: A newer version of the report lowers") == [True]


def test_an_appended_version_that_says_the_same_asks_nothing(life: Life) -> None:
    life.take(of())
    life.take(of(version=2, status="appended", conclusion=f"{SUSPICIOUS} Addendum: no change."))
    assert life.asked("C-14") == []


@pytest.mark.parametrize(("status", "ends"), [("cancelled", "revoked"), ("entered-in-error", "entered-in-error")])
def test_a_version_that_takes_the_report_back_takes_the_plan_back(life: Life, status: str, ends: str) -> None:
    """C-13, INV-7."""
    life.take(of())
    assert life.take(of(version=2, status=status)) == "withdrawn"
    assert set(life.plans().values()) == {ends}
    assert life.take(of(version=3, status="corrected")) == "delivered"
    assert sorted(life.plans().values()) == sorted([ends, "draft"])


def test_a_report_that_is_preliminary_again_takes_the_plan_back(life: Life) -> None:
    """C-13."""
    life.take(of())
    life.take(of(version=2, status="preliminary"))
    assert set(life.plans().values()) == {"revoked"}


def test_a_change_is_asked_about_until_somebody_has_confirmed_it(life: Life) -> None:
    """INV-7, C-14: a further version that says the same takes the sign-off from nobody."""
    life.take(of())
    life.take(of(version=2, status="amended", conclusion=BENIGN))
    life.take(of(version=3, status="appended", conclusion=f"{BENIGN} Addendum: no change."))
    assert life.asked("C-14: A newer version of the report lowers the category from 4B to 2") == [True]
    (question,) = (
        each
        for each in life.record()["resources"]
        if each["resourceType"] == "DetectedIssue" and "C-14" in str(each["code"])
    )
    life.take({**question, "status": "final", "mitigation": [{"action": {"text": "Confirmed with the radiologist."}}]})
    life.take(of(version=4, status="appended", conclusion=f"{BENIGN} Addendum: spelling."))
    assert life.asked("C-14") == []


def test_a_change_after_a_version_that_is_not_final_is_asked_about(life: Life) -> None:
    """C-14: what was told before the report was opened again is what the new version differs from."""
    life.take(of())
    life.take(of(version=2, status="preliminary"))
    life.take(of(version=3, status="corrected", conclusion=BENIGN))
    assert life.asked("C-14: A newer version of the report lowers") == [True]


def test_a_version_that_moves_the_plan_to_the_other_breast_is_asked_about(life: Life) -> None:
    """C-14, INV-7: the category is the same, and the biopsy is not."""
    life.take(of())
    life.take(of(version=2, status="corrected", conclusion=SUSPICIOUS.replace("left", "right")))
    assert life.asked("to another breast (left before, right now)") == [True]
    both = f"{SUSPICIOUS} Right breast: grouped amorphous calcifications, BI-RADS 4B, right. Biopsy, right."
    life.take(of(2, subject={"reference": "Patient/p2"}))
    life.take(of(2, version=2, status="appended", subject={"reference": "Patient/p2"}, conclusion=both))
    assert life.asked("C-14", 2) == []


@pytest.mark.parametrize("is_released", [False, True])
def test_a_version_about_another_person_takes_the_plan_out_of_the_first_ones_record(
    life: Life, is_released: bool
) -> None:
    """C-17, INV-7: nothing of it stays there, is moved from there, or is referred to from the new one."""
    life.take(of())
    (plan,) = (each for each in life.record()["resources"] if each["resourceType"] == "CarePlan")
    if is_released:
        life.take({**plan, "status": "active"})
    life.take(of(version=2, status="corrected", subject={"reference": "Patient/p2"}))
    assert life.asked("C-17: An earlier version of this report was about another person") == [True]
    written = {each["id"]: each for each in life.record()["resources"] if each["resourceType"] == "CarePlan"}
    assert written[plan["id"]]["status"] == ("revoked" if is_released else "entered-in-error")
    (new,) = (each for each in written.values() if each["subject"]["reference"] == "Patient/p2")
    assert (new["status"], new.get("replaces")) == ("draft", None)
    asked_there = [
        each
        for each in life.record()["resources"]
        if each["resourceType"] == "Task" and each["for"] == plan["subject"] and each["status"] == "requested"
    ]
    assert bool(asked_there) == is_released
    life.take(of(2, day="2026-02-25", conclusion=BENIGN))
    assert life.asked("C-18", 2) == []


def test_a_person_who_is_only_referred_to_otherwise_is_the_same(life: Life) -> None:
    """Near miss."""
    life.take(of())
    life.take(of(version=2, subject={"reference": "https://ehr.example/fhir/Patient/p1"}))
    assert life.asked("C-17") == []
    assert len(life.plans()) == 1


def test_an_older_version_that_comes_late_changes_nothing(life: Life) -> None:
    """INV-7."""
    life.take(of(version=3))
    before = life.record()
    assert life.take(of(version=2, conclusion=BENIGN)) == "superseded"
    assert life.take(of(version=1, status="preliminary")) == "superseded"
    assert life.record() == before


# ---- two reports of one person ---------------------------------------------------------------------------------------


def test_one_exam_that_is_reported_twice_is_asked_about_and_neither_plan_lowers_the_other(life: Life) -> None:
    """C-18, INV-7: report and addendum under two identifiers."""
    life.take(of(1))
    life.take(of(2, conclusion=f"Addendum. {PROBABLY}"))
    assert life.asked("Another report of the same exam (2026-02-20, category 4B)", 2) == [True]
    assert life.record(1)["summary"]["action_level"] == 4
    assert set(life.plans(1).values()) == {"draft"}
    assert life.asked("Another report", 1) == []


def test_another_exam_of_the_same_day_and_another_person_are_not_asked_about(life: Life) -> None:
    """Near misses."""
    life.take(of(1))
    life.take(of(2, code=ULTRASOUND))
    life.take(of(3, subject={"reference": "Patient/p2"}))
    life.take(of(4), sender="another-engine")
    for number in (2, 3, 4):
        assert life.asked("C-18", number) == []


def test_the_work_up_of_the_same_day_is_asked_whether_it_settles_the_recall(life: Life) -> None:
    """C-18: screening and diagnostic mammogram in one visit."""
    screening = {"coding": [{"system": "http://loinc.org", "code": "24606-6"}]}
    life.take(of(1, code=screening, conclusion="Left breast calcifications. BI-RADS 0, left. Magnification views."))
    life.take(of(2, conclusion="Left breast: scattered round calcifications. BI-RADS 2, left."))
    assert life.asked("An earlier plan that calls for more (exam of 2026-02-20, category 0)", 2) == [True]


def test_a_newer_exam_with_less_asks_whether_it_ends_the_series(life: Life) -> None:
    """C-18, section 3.1: only a newer final report ends a series, and a clinician says so."""
    life.take(of(1, day="2025-08-20", conclusion=PROBABLY))
    life.take(of(2, conclusion=BENIGN))
    assert life.asked("An earlier plan that calls for more (exam of 2025-08-20, category 3)", 2) == [True]
    assert set(life.plans(1).values()) == {"draft"}


def test_a_newer_exam_with_as_much_is_only_told_of_the_open_plan(life: Life) -> None:
    life.take(of(1, day="2025-08-20", conclusion=PROBABLY))
    life.take(of(2))
    assert life.asked("An earlier plan (exam of 2025-08-20, category 3) is still open", 2) == [False]


def test_an_earlier_routine_plan_is_settled_by_the_exam_itself(life: Life) -> None:
    """Near miss."""
    life.take(of(1, day="2025-08-20", conclusion=BENIGN))
    life.take(of(2))
    assert life.asked("C-18", 2) == []


def test_an_older_exam_that_comes_late_is_held(life: Life) -> None:
    """C-18: a newer report exists."""
    life.take(of(1))
    life.take(of(2, day="2025-08-20"))
    assert life.asked("A newer exam (2026-02-20, category 4B)", 2) == [True]


def test_a_plan_that_was_taken_back_is_asked_about_by_nobody(life: Life) -> None:
    life.take(of(1, day="2025-08-20"))
    life.take(of(1, version=2, day="2025-08-20", status="cancelled"))
    life.take(of(2, conclusion=BENIGN))
    assert life.asked("C-18", 2) == []


def test_a_plan_that_a_clinician_has_ended_is_asked_about_by_nobody(life: Life) -> None:
    life.take(of(1, day="2025-08-20"))
    (plan,) = (each for each in life.record()["resources"] if each["resourceType"] == "CarePlan")
    life.take({**plan, "status": "active"})
    life.take({**plan, "status": "completed"})
    assert set(life.plans().values()) == {"completed"}
    life.take(of(2, conclusion=BENIGN))
    assert life.asked("C-18", 2) == []


def test_two_exams_in_one_message_are_two_plans(life: Life) -> None:
    assert life.take(bundle(of(1, day="2025-08-20"), of(2))) == "delivered"
    assert set(life.plans(1).values()) == set(life.plans(2).values()) == {"draft"}


EARLIER = of(1, day="2025-08-20", conclusion=PROBABLY)


@pytest.mark.parametrize(
    ("day", "earlier", "later", "asked"),
    [
        (
            "2026-02-20",
            SUSPICIOUS,
            f"Addendum. {PROBABLY}",
            "Another report of the same exam (2026-02-20, category 4B)",
        ),
        ("2025-08-20", PROBABLY, BENIGN, "An earlier plan that calls for more (exam of 2025-08-20, category 3)"),
        ("2025-08-20", PROBABLY, SUSPICIOUS, "An earlier plan (exam of 2025-08-20, category 3) is still open"),
    ],
    ids=["report and addendum", "a newer exam with less", "a newer exam with as much"],
)
def test_reports_of_one_message_know_of_each_other_as_those_of_two_do(
    life: Life, day: str, earlier: str, later: str, asked: str
) -> None:
    """C-18, INV-7: in whichever order the message holds them, the later one is asked about the earlier one."""
    one = of(1, day=day, conclusion=earlier, issued=f"{day}T10:00:00Z")
    other = of(2, conclusion=later, issued="2026-02-22T10:00:00Z")
    ways = {"two": [one, other], "one": [bundle(one, other)], "turned": [bundle(other, one)]}
    questions = {}
    for number, (way, messages) in enumerate(ways.items(), start=1):
        for message in messages:
            text = json.dumps(message).replace("ACC-", f"ACC-{number}").replace("Patient/p1", f"Patient/p-{way}")
            assert life.take(json.loads(text), way) == "delivered"
        questions[way] = [life.questions(10 * number + place) for place in (1, 2)]
        assert len(life.asked(asked, 10 * number + 2)) == 1
        assert life.asked("C-18", 10 * number + 1) == []
    assert questions["one"] == questions["turned"] == questions["two"]


def test_a_message_that_ends_one_plan_and_brings_another_asks_nothing(life: Life) -> None:
    """Near miss: the other report as this message has it, not as it was."""
    life.take(EARLIER)
    life.take(bundle(of(2, conclusion=BENIGN), {**EARLIER, "status": "cancelled", "meta": {"versionId": "2"}}))
    assert life.asked("C-18", 2) == []


def test_other_people_and_other_exams_of_one_message_are_not_asked_about(life: Life) -> None:
    """Near misses."""
    life.take(bundle(of(1), of(2, code=ULTRASOUND), of(3, subject={"reference": "Patient/p2"})))
    for number in (1, 2, 3):
        assert life.asked("C-18", number) == []


# ---- days that pass --------------------------------------------------------------------------------------------------


def test_each_open_report_is_told_of_the_day_once_and_grows_louder(life: Life) -> None:
    """INV-8: no new report is needed; a decided one is left in peace."""
    life.take(of(1, day="2026-03-01", conclusion=PROBABLY))
    life.take(of(2, subject={"reference": "Patient/p2"}))
    (plan,) = (each for each in life.record(2)["resources"] if each["resourceType"] == "CarePlan")
    life.take({**plan, "status": "active"})
    before = life.priorities()
    day = TODAY + timedelta(days=30)
    told = list(tell_the_day(life.inbox, life.rules, day))
    assert len(told) == 1
    assert list(tell_the_day(life.inbox, life.rules, day)) == []
    assert life.ring(told[0], day) == "delivered"
    assert before != life.priorities() == {"stat"}
    assert "recorded 2 louder" in str(life.inbox.report_json(report_id_of("urn:ris|ACC-1")))
    again = list(tell_the_day(life.inbox, life.rules, day + timedelta(days=1)))
    assert life.ring(again[0], day + timedelta(days=1)) == "not-for-us"


def test_a_day_that_was_told_halfway_is_told_to_the_end(life: Life) -> None:
    for number in (1, 2, 3):
        life.take(of(number, subject={"reference": f"Patient/p{number}"}))
    day = TODAY + timedelta(days=30)
    stopped = tell_the_day(life.inbox, life.rules, day)
    first = next(stopped)
    stopped.close()
    rest = list(tell_the_day(life.inbox, life.rules, day))
    assert len({first, *rest}) == 3


def test_a_report_that_is_gone_or_has_time_is_told_in_vain(life: Life) -> None:
    life.take(of(1))
    assert list(tell_the_day(life.inbox, life.rules, TODAY - timedelta(days=60))) == []
    gone = {"resourceType": "Parameters", "parameter": [{"valueString": "x"}]}
    assert life.take(gone, "the clock") == "not-for-us"


# ---- what a site lets go by itself -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conclusion", "own_contacts", "is_released"),
    [(BENIGN, True, True), (BENIGN, False, False), (SUSPICIOUS, True, False)],
    ids=["routine", "a letter that is refused", "a biopsy"],
)
def test_a_routine_plan_goes_by_itself_only_where_the_site_says_so(
    life: Life, rules: Rules, conclusion: str, own_contacts: bool, is_released: bool
) -> None:
    """INV-6: by default nothing does; the Provenance names the row that let it go."""
    rows = {key: replace(row, may_release_itself=True) for key, row in rules.planning.releases.items()}
    site = with_facts(rules, programme="acr-sbi")
    examples = frozenset[str]() if own_contacts else rules.practice.examples
    life.rules = replace(
        site,
        planning=replace(site.planning, releases=rows),
        practice=replace(site.practice, examples=examples),
    )
    born = {"resourceType": "Patient", "id": "p1", "birthDate": "1970-01-01"}
    life.take(bundle(of(conclusion=conclusion), born))
    assert set(life.plans().values()) == {"active" if is_released else "draft"}
    signed = [e for e in life.record()["resources"] if "policy release:" in str(e.get("agent"))]
    assert len(signed) == is_released
    assert life.take(bundle(of(conclusion=conclusion), {**born, "language": "en"})) == "delivered"
