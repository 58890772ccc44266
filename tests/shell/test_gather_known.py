"""What was said of a person in earlier messages reaches a later report of the same person, cited or not."""

from typing import Any

import pytest
import redis

from tests.shell.documents import Resource, as_bytes, bundle, observation, report
from tests.shell.fakes import Clock, claimed, put
from worker.core.coded import read_coded
from worker.core.coded.background import all_topics
from worker.core.report import canonical_digest
from worker.core.rules import Rules
from worker.gather import Candidate, gather
from worker.inbox import Conclusion, Inbox

SNOMED = "http://snomed.info/sct"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
LEFT, RIGHT = "80248007", "73056007"


class Desk:
    """Takes documents one after another, and remembers their resources as ``handle`` does."""

    def __init__(self, inbox: Inbox, rules: Rules, clock: Clock) -> None:
        self.inbox, self.rules, self.clock = inbox, rules, clock

    def take(self, document: Resource, sender: str = "ris") -> tuple[Candidate, ...]:
        message_id = put(self.inbox, as_bytes(document), canonical_digest(document), sender=sender).message_id
        claim = claimed(self.inbox, message_id)
        gathered = gather(claim, self.inbox, self.rules)
        self.inbox.conclude(claim, Conclusion(resources=gathered.resources))
        return gathered.candidates

    def risks(self, document: Resource, sender: str = "ris") -> list[str]:
        (candidate,) = self.take(document, sender)
        return sorted(one.risk for one in read_coded(candidate.report, self.rules).risks)


@pytest.fixture
def desk(redis_client: "redis.Redis", prefix: str, rules: Rules) -> Desk:
    clock = Clock()
    return Desk(Inbox(redis_client, prefix, keep_seconds=1000, clock=clock), rules, clock)


def code(value: str, system: str = SNOMED) -> Resource:
    return {"coding": [{"system": system, "code": value}]}


def about(kind: str, name: str, value: str, **more: Any) -> Resource:
    return {"resourceType": kind, "id": name, "subject": {"reference": "Patient/p1"}, "code": code(value)} | more


BRCA = about("Condition", "k1", "412734009")
MASTECTOMY = about("Procedure", "op1", "172043006", status="completed", bodySite=[code(LEFT)])
MOTHER = {
    "resourceType": "FamilyMemberHistory",
    "id": "f1",
    "status": "completed",
    "patient": {"reference": "Patient/p1"},
    "relationship": code("MTH", "http://terminology.hl7.org/CodeSystem/v3-RoleCode"),
    "condition": [{"code": code("254837009")}],
}
GENE = observation(7) | {
    "code": code("69548-6", "http://loinc.org"),
    "valueCodeableConcept": code("LA9633-4", "http://loinc.org"),
    "component": [
        {
            "code": code("48018-6", "http://loinc.org"),
            "valueCodeableConcept": code("HGNC:1101", "http://www.genenames.org"),
        }
    ],
}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (BRCA, ["brca"]),
        (MASTECTOMY, ["mastectomy-left"]),
        (MOTHER, ["family-history-first-degree"]),
        (GENE, ["brca"]),
        (about("Condition", "k2", "254837009"), ["personal-breast-cancer"]),
    ],
    ids=["condition", "operation", "relative", "gene", "cancer"],
)
def test_what_an_earlier_message_said_of_the_person_reaches_the_report(
    told: Resource, expected: list[str], desk: Desk
) -> None:
    desk.take(told)
    assert desk.risks(report()) == expected


def test_many_things_said_in_many_messages_all_reach_it(desk: Desk) -> None:
    right = about("Procedure", "op2", "172043006", status="completed", bodySite=[code(RIGHT)])
    for told in (BRCA, MASTECTOMY, right, MOTHER):
        desk.take(told)
    expected = ["brca", "family-history-first-degree", "mastectomy-left", "mastectomy-right"]
    assert desk.risks(report()) == expected


def test_what_was_said_of_another_person_does_not(desk: Desk) -> None:
    desk.take(BRCA | {"subject": {"reference": "Patient/p2"}})
    assert desk.risks(report()) == []


def test_what_another_sender_said_of_a_person_of_the_same_number_does_not(desk: Desk) -> None:
    desk.take(BRCA)
    assert desk.risks(report(), sender="other") == []


@pytest.mark.parametrize("subject", [{"reference": "https://ris.example/fhir/Patient/p1"}, {"reference": "Patient/p1"}])
def test_the_person_is_known_however_it_is_cited(subject: Resource, desk: Desk) -> None:
    desk.take(BRCA)
    assert desk.risks(report(subject=subject)) == ["brca"]


def test_a_person_known_by_number_is_the_one_of_that_number(desk: Desk) -> None:
    number = {"system": "urn:mrn", "value": "42"}
    person = {"resourceType": "Patient", "id": "p1", "identifier": [number]}
    desk.take(bundle(person, BRCA))
    assert desk.risks(report(subject={"type": "Patient", "identifier": number})) == ["brca"]


@pytest.mark.parametrize("is_same_version", [True, False])
def test_what_was_taken_back_does_not_count(is_same_version: bool, desk: Desk) -> None:
    desk.take(BRCA)
    changed = {} if is_same_version else {"code": code("254837009")}
    desk.take(BRCA | changed | {"verificationStatus": code("entered-in-error", VERIFICATION)})
    assert desk.risks(report()) == []


def test_a_corrected_code_takes_the_place_of_the_old_one(desk: Desk) -> None:
    desk.take(BRCA)
    desk.take(BRCA | {"code": code("254837009")})
    assert desk.risks(report()) == ["personal-breast-cancer"]


def test_an_older_version_that_comes_late_brings_nothing_back(desk: Desk) -> None:
    refuted = {"verificationStatus": code("refuted", VERIFICATION), "meta": {"versionId": "2"}}
    desk.take(BRCA | refuted)
    desk.take(BRCA | {"meta": {"versionId": "1"}})
    assert desk.risks(report()) == []


def test_the_messages_own_version_stands_before_an_older_one(desk: Desk) -> None:
    desk.take(BRCA | {"meta": {"versionId": "1"}})
    refuted = BRCA | {"verificationStatus": code("refuted", VERIFICATION), "meta": {"versionId": "2"}}
    assert desk.risks(bundle(report(), refuted)) == []


def test_the_message_that_said_something_last_still_finds_what_was_said_before(desk: Desk) -> None:
    desk.take(BRCA)
    message = bundle(report(), MOTHER)
    assert desk.risks(message) == ["brca", "family-history-first-degree"]


def test_a_diagnosis_made_since_the_exam_and_seen_earlier_answers_it(desk: Desk) -> None:
    desk.take(about("Condition", "k2", "254837009", recordedDate="2026-03-01", bodySite=[code(LEFT)]))
    (candidate,) = desk.take(report())
    assert [one.laterality for one in read_coded(candidate.report, desk.rules).pathology] == ["left"]


def test_an_order_of_an_earlier_message_is_no_wish_of_this_report(desk: Desk) -> None:
    desk.take(about("ServiceRequest", "s1", "116334007", status="active", intent="order"))
    (candidate,) = desk.take(report())
    assert candidate.report.background == ()


def test_news_of_the_person_is_news_of_the_report(desk: Desk) -> None:
    (first,) = desk.take(report())
    desk.take(BRCA)
    (second,) = desk.take(report(meta={"versionId": "1", "tag": [{"code": "again"}]}))
    (third,) = desk.take(report(meta={"versionId": "1", "tag": [{"code": "once more"}]}))
    assert first.inputs != second.inputs
    assert [one.reference for one in third.report.background] == ["Condition/k1"]


def test_it_is_forgotten_with_the_messages(desk: Desk, redis_client: "redis.Redis", prefix: str) -> None:
    desk.take(BRCA)
    lives = {redis_client.ttl(key) for key in redis_client.scan_iter(f"{prefix}x:*")}
    assert lives <= set(range(990, 1001))


def test_a_name_for_each_thing_is_all_that_grows(desk: Desk, redis_client: "redis.Redis", prefix: str) -> None:
    def count() -> int:
        return sum(1 for _ in redis_client.scan_iter(f"{prefix}x:*"))

    desk.take(BRCA)
    before = count()
    for number in range(20):
        desk.take(BRCA | {"id": f"more{number}"})
    assert count() - before == 20  # each by its own name alone
    assert len(set(all_topics(desk.rules.vocabulary))) < 300


def test_names_tell_nothing_of_the_person(desk: Desk, redis_client: "redis.Redis", prefix: str) -> None:
    desk.take(BRCA)
    kept = b" ".join(key + (redis_client.get(key) or b"") for key in redis_client.scan_iter(f"{prefix}x:*"))
    assert not any(word in kept for word in (b"Patient", b"p1", b"brca", b"412734009", b"Condition"))


def test_a_report_of_a_person_of_whom_nothing_is_known_costs_one_name(desk: Desk, monkeypatch: Any) -> None:
    asked: list[int] = []
    heads = desk.inbox.heads

    def counted(report_ids: Any, keys: Any = ()) -> Any:
        asked.append(len(keys))
        return heads(report_ids, keys)

    monkeypatch.setattr(desk.inbox, "heads", counted)
    desk.take(report())
    assert sum(asked) <= 2  # the patient, and whether anything is known
