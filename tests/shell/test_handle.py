"""One message, the whole way: real tables, real core, a real Redis; only the clock is turned by hand."""

import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
import redis

from tests.shell.documents import Resource, as_bytes, bundle, chest_report, observation, report
from tests.shell.fakes import Clock, put
from worker.core.ids import report_id_of
from worker.core.report import canonical_digest
from worker.core.rules import Rules
from worker.handle import HandleResult, handle
from worker.inbox import Claim, Concluded, Conclusion, Delivery, Inbox, Written
from worker.settings import Settings

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SETTINGS = Settings(redis_url="redis://unused", ehr_base_url="http://unused", gather_deadline_seconds=120)


@dataclass
class Bench:
    """An inbox, the shipped tables and a clock."""

    inbox: Inbox
    rules: Rules
    clock: Clock

    def post(self, document: Resource, sender: str = "engine") -> str:
        """Store as the door does; the message's id."""
        return put(self.inbox, as_bytes(document), canonical_digest(document), sender).message_id

    def handle(self, message_id: str) -> HandleResult:
        return handle(message_id, self.inbox, self.rules, SETTINGS, TODAY, NOW)

    def take(self, document: Resource) -> str:
        """Post and handle, then handle whatever that rang; the message's id."""
        message_id = self.post(document)
        waiting = [message_id]
        while waiting:
            waiting += self.handle(waiting.pop()).decide
        return message_id

    def state(self, message_id: str) -> str:
        message = self.inbox.message(message_id)
        assert message is not None
        return message.state

    def deliver(self, number: int = 1) -> Delivery:
        """Deliver what is due for report number ``number``."""
        delivery = self.inbox.claim_delivery(report_id(number))
        assert delivery is not None
        written = {f"{r['resourceType']}/{r['id']}": Written("1", "digest") for r in delivery.resources}
        assert self.inbox.finish_delivery(delivery, written)
        return delivery

    def record(self, number: int = 1) -> dict[str, Any]:
        record = self.inbox.previous(report_id(number))
        assert record is not None
        return dict(record)


def report_id(number: int) -> str:
    return report_id_of(f"urn:ris|ACC-{number}")


@pytest.fixture
def bench(redis_client: "redis.Redis", prefix: str, rules: Rules) -> Bench:
    clock = Clock()
    return Bench(Inbox(redis_client, prefix, clock=clock), rules, clock)


class TestOneReport:
    def test_is_decided_and_delivered(self, bench: Bench) -> None:
        message_id = bench.post(report())
        assert bench.handle(message_id) == HandleResult(deliver=(report_id(1),))
        assert bench.state(message_id) == "decided"
        delivery = bench.deliver()
        assert delivery.disposition == "plan"
        assert {r["resourceType"] for r in delivery.resources} >= {"CarePlan", "ServiceRequest", "Provenance"}
        assert bench.state(message_id) == "delivered"

    def test_a_second_ring_changes_nothing(self, bench: Bench) -> None:
        message_id = bench.post(report())
        bench.handle(message_id)
        before = bench.record()
        assert bench.handle(message_id) == HandleResult()
        assert bench.record() == before

    def test_the_record_names_the_tables_and_the_day(self, bench: Bench) -> None:
        bench.take(report())
        record = bench.record()
        assert (record["tables"], record["today"]) == (bench.rules.digest, "2026-03-02")

    def test_that_is_not_ours_ends_at_once_and_says_by_which_rule(self, bench: Bench) -> None:
        message_id = bench.take(chest_report())
        status = bench.inbox.status_json(message_id)
        assert status is not None
        assert status["state"] == "not-for-us"
        assert status["reason"]

    def test_that_cannot_be_read_is_parked_with_the_reason(self, bench: Bench) -> None:
        message_id = put(bench.inbox, b'{"resourceType": "DiagnosticReport", ').message_id
        bench.handle(message_id)
        assert bench.state(message_id) == "parked"
        assert "not JSON" in bench.inbox.parked()[0]["reason"]

    def test_a_message_without_any_report_is_not_for_us(self, bench: Bench) -> None:
        message_id = bench.take({"resourceType": "Patient", "id": "p1"})
        assert bench.state(message_id) == "not-for-us"

    def test_two_reports_in_one_message_are_two_outcomes(self, bench: Bench) -> None:
        message_id = bench.post(bundle(report(1), report(2)))
        assert set(bench.handle(message_id).deliver) == {report_id(1), report_id(2)}
        bench.deliver(1)
        assert bench.state(message_id) == "decided"
        bench.deliver(2)
        assert bench.state(message_id) == "delivered"


class TestVersions:
    def test_a_newer_version_takes_over_and_keeps_the_ids(self, bench: Bench) -> None:
        first = bench.take(report(version=1))
        before = bench.deliver()
        second = bench.take(report(version=2, status="amended", conclusion="BI-RADS 2, benign."))
        after = bench.deliver()
        assert (bench.state(first), bench.state(second)) == ("delivered", "delivered")
        assert before.resources[0]["id"] == after.resources[0]["id"]
        assert after.seq == 2
        assert set(after.written) >= {f"CarePlan/{before.resources[0]['id']}"}

    def test_an_older_version_coming_late_is_noted_and_ignored(self, bench: Bench) -> None:
        bench.take(report(version=2, conclusion="BI-RADS 4B."))
        bench.deliver()
        late = bench.take(report(version=1, conclusion="BI-RADS 2, benign."))
        assert bench.state(late) == "superseded"
        status = bench.inbox.status_json(late)
        assert status is not None
        assert status["reports"][0]["reason"] == "a newer version of this report was decided before"
        assert bench.inbox.claim_delivery(report_id(1)) is None

    def test_without_any_sign_of_version_the_later_arrival_stands(self, bench: Bench) -> None:
        first = bench.post(report(version=None, conclusion="BI-RADS 2."))
        second = bench.post(report(version=None, conclusion="BI-RADS 4."))
        bench.handle(second)
        bench.handle(first)
        assert (bench.state(first), bench.state(second)) == ("superseded", "decided")

    def test_the_same_version_in_another_envelope_is_one_outcome(self, bench: Bench) -> None:
        bench.take(report())
        bench.deliver()
        again = bench.take(bundle(report()))
        assert bench.state(again) == "delivered"
        assert bench.inbox.claim_delivery(report_id(1)) is None

    def test_a_cancelled_report_withdraws_its_plan(self, bench: Bench) -> None:
        bench.take(report(version=1))
        bench.deliver()
        cancelled = bench.take(report(version=2, status="cancelled"))
        delivery = bench.deliver()
        assert delivery.disposition == "withdraw"
        assert delivery.resources[0]["status"] == "revoked"
        assert bench.state(cancelled) == "withdrawn"

    def test_a_version_that_is_no_longer_ours_withdraws_the_plan(self, bench: Bench) -> None:
        bench.take(report(version=1))
        bench.deliver()
        wrong = chest_report(1) | {"meta": {"versionId": "2"}}
        message_id = bench.take(wrong)
        delivery = bench.deliver()
        assert (delivery.disposition, delivery.resources[0]["status"]) == ("withdraw", "revoked")
        assert bench.state(message_id) == "withdrawn"

    def test_of_two_versions_in_one_message_the_newest_stands(self, bench: Bench) -> None:
        message_id = bench.take(bundle(report(version=2), report(version=1, conclusion="BI-RADS 2.")))
        assert bench.deliver().seq == 1
        assert bench.state(message_id) == "delivered"

    def test_two_versions_in_two_workers_at_once_give_the_newest_once(self, bench: Bench) -> None:
        for round_number in range(1, 6):
            old = bench.post(report(round_number, version=1, conclusion="BI-RADS 2."))
            new = bench.post(report(round_number, version=2, conclusion="BI-RADS 4C."))
            threads = [threading.Thread(target=bench.handle, args=(message,)) for message in (old, new)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            heads, _ = bench.inbox.heads([report_id(round_number)])
            assert heads[report_id(round_number)].message_id == new
            assert bench.state(old) == "superseded"
            bench.deliver(round_number)
            assert bench.state(new) == "delivered"

    def test_a_repetition_of_what_a_person_has_discarded_is_discarded_too(self, bench: Bench) -> None:
        bench.take(report())
        delivery = bench.inbox.claim_delivery(report_id(1))
        assert delivery is not None
        bench.inbox.park_delivery(delivery, "refused")
        bench.inbox.discard(report_id(1), "ops", "entered by hand")
        assert bench.state(bench.take(bundle(report()))) == "discarded"

    def test_when_others_keep_coming_first_the_work_is_handed_back(self, bench: Bench) -> None:
        class Crowded(Inbox):
            def conclude(self, claim: Claim, conclusion: Conclusion, along: object = None) -> Concluded:
                return Concluded(applied=False)

        message_id = bench.post(report())
        bench.inbox.__class__ = Crowded
        assert bench.handle(message_id) == HandleResult()
        bench.inbox.__class__ = Inbox
        assert bench.inbox.claim(message_id) is None
        bench.clock.pass_seconds(1)
        assert bench.inbox.due("decide") == [message_id]
        assert bench.handle(message_id).deliver == (report_id(1),)


class TestGathering:
    def test_an_observation_before_its_report_is_part_of_it(self, bench: Bench) -> None:
        early = bench.take(observation(1))
        assert bench.state(early) == "waiting"
        late = bench.take(report(results=("Observation/o1",), conclusion="See assessment."))
        assert (bench.state(early), bench.state(late)) == ("decided", "decided")
        assert bench.record()["summary"]["assessments"]
        bench.deliver()
        assert (bench.state(early), bench.state(late)) == ("delivered", "delivered")

    def test_an_observation_after_its_report_completes_it(self, bench: Bench) -> None:
        early = bench.take(report(results=("Observation/o1",)))
        status = bench.inbox.status_json(early)
        assert status is not None
        assert (status["state"], status["reason"]) == ("waiting", "1 cited resource not here yet")
        late = bench.take(observation(1))
        assert bench.state(early) == "decided"
        bench.deliver()
        assert (bench.state(early), bench.state(late)) == ("delivered", "delivered")

    def test_observations_of_three_messages_and_a_panel_come_together(self, bench: Bench) -> None:
        panel = observation(1, hasMember=[{"reference": "Observation/o2"}, {"reference": "Observation/o3"}])
        messages = [bench.take(panel), bench.take(report(results=("Observation/o1",)))]
        messages.append(bench.take(observation(2)))
        assert bench.state(messages[1]) == "waiting"
        messages.append(bench.take(observation(3)))
        bench.deliver()
        assert [bench.state(message) for message in messages] == ["delivered"] * 4

    def test_after_the_deadline_it_goes_on_and_says_what_is_missing(self, bench: Bench) -> None:
        message_id = bench.take(report(results=("Observation/o1",)))
        bench.clock.pass_seconds(120)
        assert bench.inbox.due("decide") == [message_id]
        bench.handle(message_id)
        assert bench.state(message_id) == "decided"
        assert bench.record()["hold"] is True

    def test_what_comes_after_the_deadline_is_still_taken_up(self, bench: Bench) -> None:
        message_id = bench.take(report(results=("Observation/o1",)))
        bench.clock.pass_seconds(120)
        bench.handle(message_id)
        bench.deliver()
        late = bench.take(observation(1))
        assert bench.deliver().seq == 2
        assert (bench.state(message_id), bench.state(late)) == ("delivered", "delivered")

    def test_a_corrected_observation_opens_the_report_again(self, bench: Bench) -> None:
        both = bench.take(bundle(report(results=("Observation/o1",)), observation(1, category="2")))
        bench.deliver()
        corrected = bench.take(observation(1, category="5", status="corrected"))
        delivery = bench.deliver()
        assert delivery.seq == 2
        categories = {a["category"] for a in bench.record()["summary"]["assessments"]}
        assert "5" in categories
        assert "2" not in categories
        assert (bench.state(both), bench.state(corrected)) == ("delivered", "delivered")

    def test_an_older_observation_coming_late_does_not(self, bench: Bench) -> None:
        bench.take(bundle(report(results=("Observation/o1",)), observation(1, category="5", version=2)))
        bench.deliver()
        late = bench.take(observation(1, category="2", version=1))
        assert bench.inbox.claim_delivery(report_id(1)) is None
        assert bench.state(late) == "delivered"

    def test_another_senders_observation_of_the_same_name_is_not_taken(self, bench: Bench) -> None:
        message_id = bench.take(report(results=("Observation/o1",)))
        other = bench.post(observation(1), sender="other engine")
        bench.handle(other)
        assert bench.state(message_id) == "waiting"

    def test_contained_observations_are_there(self, bench: Bench) -> None:
        contained = observation(1) | {"id": "c1"}
        message_id = bench.take(report(results=("#c1",), contained=[contained]))
        assert bench.state(message_id) == "decided"


class TestBareObservations:
    def test_one_that_no_report_takes_up_is_planned_alone_after_the_deadline(self, bench: Bench) -> None:
        message_id = bench.take(observation(1))
        assert bench.state(message_id) == "waiting"
        bench.clock.pass_seconds(120)
        result = bench.handle(message_id)
        assert len(result.deliver) == 1
        record = bench.inbox.previous(result.deliver[0])
        assert record is not None
        assert record["hold"] is True

    def test_its_plan_is_withdrawn_when_its_report_comes(self, bench: Bench) -> None:
        alone = bench.take(observation(1))
        bench.clock.pass_seconds(120)
        bare = bench.handle(alone).deliver[0]
        delivery = bench.inbox.claim_delivery(bare)
        assert delivery is not None
        bench.inbox.finish_delivery(delivery, {})
        bench.take(report(results=("Observation/o1",)))
        delivery = bench.inbox.claim_delivery(bare)
        assert delivery is not None
        assert (delivery.disposition, delivery.resources[0]["status"]) == ("withdraw", "revoked")
        assert bench.deliver().disposition == "plan"

    @pytest.mark.parametrize("status", ["cancelled", "entered-in-error"])
    def test_also_when_its_report_comes_taken_back(self, bench: Bench, status: str) -> None:
        alone = bench.take(observation(1))
        bench.clock.pass_seconds(120)
        bare = bench.handle(alone).deliver[0]
        bench.take(report(results=("Observation/o1",), status=status, version=3))
        delivery = bench.inbox.claim_delivery(bare)
        assert delivery is not None
        assert delivery.disposition == "withdraw"
        assert {r["status"] for r in delivery.resources if r["resourceType"] == "CarePlan"} <= {"revoked", status}
        bench.take(report(results=("Observation/o1",), version=1))
        assert bench.inbox.claim_delivery(report_id(1)) is None

    def test_but_it_stands_while_its_report_is_preliminary(self, bench: Bench) -> None:
        alone = bench.take(observation(1))
        bench.clock.pass_seconds(120)
        bare = bench.handle(alone).deliver[0]
        bench.take(report(results=("Observation/o1",), status="preliminary"))
        delivery = bench.inbox.claim_delivery(bare)
        assert delivery is not None
        assert delivery.disposition == "plan"

    def test_also_when_the_report_brings_its_own_copy(self, bench: Bench) -> None:
        alone = bench.take(observation(1))
        bench.clock.pass_seconds(120)
        bare = bench.handle(alone).deliver[0]
        bench.take(bundle(report(results=("Observation/o1",)), observation(1)))
        delivery = bench.inbox.claim_delivery(bare)
        assert delivery is not None
        assert delivery.disposition == "withdraw"

    def test_once_its_report_has_come_a_correction_is_the_reports(self, bench: Bench) -> None:
        alone = bench.take(observation(1, category="2"))
        bench.clock.pass_seconds(120)
        bare = bench.handle(alone).deliver[0]
        bench.take(report(results=("Observation/o1",)))
        for report_of in (bare, report_id(1)):
            delivery = bench.inbox.claim_delivery(report_of)
            assert delivery is not None
            bench.inbox.finish_delivery(delivery, {})
        corrected = bench.take(observation(1, category="5"))
        assert bench.inbox.claim_delivery(bare) is None
        assert bench.deliver().seq == 2
        assert bench.state(corrected) == "delivered"

    def test_a_correction_of_one_planned_alone_does_not_wait_again(self, bench: Bench) -> None:
        alone = bench.take(observation(1, category="2"))
        bench.clock.pass_seconds(120)
        bare = bench.handle(alone).deliver[0]
        result = bench.handle(bench.post(observation(1, category="5")))
        assert result.deliver == (bare,)

    def test_a_copy_of_one_that_a_report_has_ends_with_the_report(self, bench: Bench) -> None:
        bench.take(bundle(report(results=("Observation/o1",)), observation(1)))
        copy = bench.take(observation(1))
        assert bench.state(copy) == "decided"
        bench.deliver()
        assert bench.state(copy) == "delivered"

    def test_it_does_not_go_alone_while_its_report_waits_for_others(self, bench: Bench) -> None:
        first = bench.take(observation(1))
        bench.clock.pass_seconds(100)
        bench.take(report(results=("Observation/o1", "Observation/o2")))
        bench.clock.pass_seconds(20)
        assert bench.handle(first) == HandleResult()
        assert bench.state(first) == "waiting"
        bench.take(observation(2))
        bench.deliver()
        assert bench.state(first) == "delivered"
