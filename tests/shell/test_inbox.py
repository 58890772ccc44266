"""The durable store against a real redis-server: messages, claims, conclusions."""

from datetime import timedelta
from typing import Any

import pytest
import redis

from tests.shell.fakes import MORNING, Clock, claimed, decided, new_record, outcome_record, put
from worker.errors import InboxUnavailable
from worker.inbox import Cited, Citing, Claim, Conclusion, Inbox, Remembered, ReportEntry, Signs, resource_key
from worker.inbox.scripts import wait_command


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(redis_client: "redis.Redis", prefix: str, clock: Clock) -> Inbox:
    return Inbox(redis_client, prefix, lease_seconds=30, ring_seconds=20, poison_limit=3, clock=clock)


def state_of(inbox: Inbox, message_id: str) -> str:
    message = inbox.message(message_id)
    assert message is not None
    return message.state


class TestStore:
    def test_keeps_the_bytes_as_they_came_and_says_received(self, inbox: Inbox) -> None:
        stored = put(inbox, b'{"a": 1.10}\n', warnings=["Patient.name: odd"])
        assert stored.is_new
        assert inbox.content(stored.message_id) == b'{"a": 1.10}\n'
        message = inbox.message(stored.message_id)
        assert message is not None
        assert (message.state, message.sender, message.warnings) == ("received", "engine", ("Patient.name: odd",))
        assert message.received == MORNING
        assert message.history == ((MORNING, "received"),)

    def test_the_same_content_of_the_same_sender_is_the_same_message(self, inbox: Inbox) -> None:
        first, again = put(inbox), put(inbox)
        assert (again.message_id, again.is_new) == (first.message_id, False)
        assert inbox.counts()["message"] == {"received": 1}

    def test_the_same_content_of_another_sender_is_another_message(self, inbox: Inbox) -> None:
        assert put(inbox, sender="a").message_id != put(inbox, sender="b").message_id

    def test_an_unknown_message_is_none(self, inbox: Inbox) -> None:
        assert inbox.message("nobody") is None
        assert inbox.status_json("nobody") is None
        assert inbox.content("nobody") is None
        assert inbox.claim("nobody") is None

    def test_no_body_shows_in_any_repr(self, inbox: Inbox) -> None:
        stored = put(inbox, b'{"family": "PLANTED"}')
        assert "PLANTED" not in repr(claimed(inbox, stored.message_id))
        assert "PLANTED" not in repr(inbox.message(stored.message_id))


class TestClaim:
    def test_one_of_two_gets_the_work(self, inbox: Inbox) -> None:
        message_id = put(inbox, b"body").message_id
        claim = claimed(inbox, message_id)
        assert (claim.content, claim.sender, claim.fhir_version, claim.attempts) == (b"body", "engine", "R4", 1)
        assert inbox.claim(message_id) is None

    def test_comes_back_when_the_lease_ends(self, inbox: Inbox, clock: Clock) -> None:
        message_id = put(inbox).message_id
        first = claimed(inbox, message_id)
        clock.pass_seconds(31)
        second = claimed(inbox, message_id)
        assert second.fence > first.fence
        assert second.attempts == 2

    def test_a_late_worker_cannot_conclude_over_a_newer_claim(self, inbox: Inbox, clock: Clock) -> None:
        message_id = put(inbox).message_id
        late = claimed(inbox, message_id)
        clock.pass_seconds(31)
        now = claimed(inbox, message_id)
        assert inbox.conclude(late, Conclusion(records=(new_record(late),))).is_stale
        assert inbox.previous("rep-1") is None
        assert inbox.conclude(now, Conclusion(records=(new_record(now),))).applied

    def test_a_late_worker_may_conclude_while_nobody_else_took_over(self, inbox: Inbox, clock: Clock) -> None:
        claim = claimed(inbox, put(inbox).message_id)
        clock.pass_seconds(31)
        assert inbox.conclude(claim, Conclusion(records=(new_record(claim),))).applied

    def test_is_parked_after_three_workers_died_over_it(self, inbox: Inbox, clock: Clock) -> None:
        message_id = put(inbox).message_id
        for _ in range(3):
            claimed(inbox, message_id)
            clock.pass_seconds(31)
        assert inbox.claim(message_id) is None
        assert state_of(inbox, message_id) == "parked"
        assert [(p["id"], p["kind"], p["reason"]) for p in inbox.parked()] == [
            (message_id, "message", "3 workers died over it")
        ]

    def test_handing_work_back_is_no_death(self, inbox: Inbox, clock: Clock) -> None:
        message_id = put(inbox).message_id
        for _ in range(5):
            assert inbox.release(claimed(inbox, message_id), 5)
            assert inbox.claim(message_id) is None
            clock.pass_seconds(5)
        assert claimed(inbox, message_id).attempts == 1

    def test_running_out_of_time_or_memory_counts_as_one(self, inbox: Inbox, clock: Clock) -> None:
        message_id = put(inbox).message_id
        for _ in range(3):
            assert inbox.release(claimed(inbox, message_id), 1, counts_as_death=True)
            clock.pass_seconds(1)
        assert inbox.claim(message_id) is None
        assert state_of(inbox, message_id) == "parked"

    def test_a_concluded_message_is_not_claimed_again(self, inbox: Inbox, clock: Clock) -> None:
        message_id = decided(inbox)
        clock.pass_seconds(1000)
        assert inbox.claim(message_id) is None


class TestConclude:
    def test_a_plan_makes_the_message_decided_and_its_delivery_due(self, inbox: Inbox) -> None:
        message_id = decided(inbox)
        assert state_of(inbox, message_id) == "decided"
        delivery = inbox.claim_delivery("rep-1")
        assert delivery is not None
        assert (delivery.seq, delivery.attempts, delivery.written) == (1, 1, {})
        assert delivery.resources[0]["description"] == "plan A"
        assert inbox.previous("rep-1") == outcome_record()

    def test_fails_as_a_whole_when_a_report_moved_on(self, inbox: Inbox) -> None:
        decided(inbox, digest="d1")
        claim = claimed(inbox, put(inbox, digest="d2").message_id)
        both = (new_record(claim, "rep-2"), new_record(claim, "rep-1", expected=0))
        concluded = inbox.conclude(claim, Conclusion(records=both))
        assert not concluded.applied
        assert not concluded.is_stale
        assert inbox.previous("rep-2") is None
        assert inbox.conclude(claim, Conclusion(records=(new_record(claim, "rep-1", expected=1),))).applied

    def test_asked_twice_because_the_answer_was_lost_it_happens_once(self, inbox: Inbox) -> None:
        claim = claimed(inbox, put(inbox).message_id)
        conclusion = Conclusion(records=(new_record(claim),))
        assert inbox.conclude(claim, conclusion).applied
        assert inbox.conclude(claim, conclusion).applied
        heads, _ = inbox.heads(["rep-1"])
        assert (heads["rep-1"].seq, heads["rep-1"].revision) == (1, 1)

    def test_nothing_to_say_is_not_for_us(self, inbox: Inbox) -> None:
        claim = claimed(inbox, put(inbox).message_id)
        assert inbox.conclude(claim, Conclusion()).applied
        assert state_of(inbox, claim.message_id) == "not-for-us"

    @pytest.mark.parametrize("what", ["no-output", "not-for-us"])
    def test_a_version_without_output_is_kept_as_high_water_mark(self, inbox: Inbox, what: str) -> None:
        claim = claimed(inbox, put(inbox).message_id)
        record = new_record(claim, what=what, record=None, deliver=False, version="v9")
        inbox.conclude(claim, Conclusion(records=(record,)))
        assert state_of(inbox, claim.message_id) == what
        heads, _ = inbox.heads(["rep-1"])
        assert (heads["rep-1"].version, heads["rep-1"].seq, heads["rep-1"].record) == ("v9", 0, None)
        assert inbox.claim_delivery("rep-1") is None

    def test_a_version_without_output_leaves_the_plan_to_be_delivered(self, inbox: Inbox) -> None:
        first = decided(inbox, digest="d1")
        claim = claimed(inbox, put(inbox, digest="d2").message_id)
        record = new_record(claim, expected=1, what="no-output", record=None, deliver=False)
        assert inbox.conclude(claim, Conclusion(records=(record,))).applied
        assert state_of(inbox, first) == "decided"
        delivery = inbox.claim_delivery("rep-1")
        assert delivery is not None
        assert inbox.finish_delivery(delivery, {})
        assert (state_of(inbox, first), state_of(inbox, claim.message_id)) == ("delivered", "no-output")

    def test_a_withdrawal_of_what_was_never_written_ends_at_once(self, inbox: Inbox) -> None:
        claim = claimed(inbox, put(inbox).message_id)
        record = new_record(claim, what="withdraw", record=outcome_record(disposition="withdraw"), deliver=False)
        inbox.conclude(claim, Conclusion(records=(record,)))
        assert state_of(inbox, claim.message_id) == "withdrawn"

    def test_a_newer_version_before_delivery_supersedes_the_earlier_message(self, inbox: Inbox) -> None:
        first = decided(inbox, digest="d1")
        second = decided(inbox, digest="d2", expected=1)
        status = inbox.status_json(first)
        assert status is not None
        assert status["state"] == "superseded"
        assert status["reason"] == "a newer version was decided before this one was delivered"
        assert state_of(inbox, second) == "decided"

    def test_an_older_version_coming_late_says_why(self, inbox: Inbox) -> None:
        decided(inbox, digest="d1")
        claim = claimed(inbox, put(inbox, digest="d0").message_id)
        verdict = ReportEntry("rep-1", 0, "plan", "superseded", "an older version")
        inbox.conclude(claim, Conclusion(verdicts=(verdict,)))
        status = inbox.status_json(claim.message_id)
        assert status is not None
        assert (status["state"], status["reports"][0]["reason"]) == ("superseded", "an older version")

    def test_a_repetition_in_another_envelope_ends_with_the_delivery_of_the_first(self, inbox: Inbox) -> None:
        decided(inbox, digest="d1")
        claim = claimed(inbox, put(inbox, digest="d2").message_id)
        inbox.conclude(claim, Conclusion(verdicts=(ReportEntry("rep-1", 1, "plan", "pending", ""),)))
        assert state_of(inbox, claim.message_id) == "decided"
        delivery = inbox.claim_delivery("rep-1")
        assert delivery is not None
        inbox.finish_delivery(delivery, {})
        assert state_of(inbox, claim.message_id) == "delivered"

    def test_a_message_of_two_reports_ends_when_both_have(self, inbox: Inbox) -> None:
        claim = claimed(inbox, put(inbox).message_id)
        inbox.conclude(claim, Conclusion(records=(new_record(claim, "rep-1"), new_record(claim, "rep-2"))))
        for report_id, state in (("rep-1", "decided"), ("rep-2", "delivered")):
            delivery = inbox.claim_delivery(report_id)
            assert delivery is not None
            inbox.finish_delivery(delivery, {})
            assert state_of(inbox, claim.message_id) == state


def came_with(report_id: str, number: int) -> dict[str, Any]:
    return {"report_id": report_id, "report_signs": Signs(number=number)}


def seen(claim_id: str, name: str, digest: str = "x", arrival: int = 1, **more: Any) -> Remembered:
    return Remembered(resource_key("engine", name), claim_id, 0, digest, arrival, **more)


class TestWaiting:
    KEY = resource_key("engine", "Observation/1")

    def wait_for(self, inbox: Inbox, clock: Clock, digest: str = "report") -> str:
        claim = claimed(inbox, put(inbox, digest=digest).message_id)
        until = claim.claimed + timedelta(seconds=120)
        waiting = Conclusion(
            cites=(Cited(self.KEY, "rep-1"),), awaited=(self.KEY,), wait_until=until, reason="1 missing"
        )
        assert inbox.conclude(claim, waiting).applied
        return claim.message_id

    def test_a_message_that_waits_is_due_at_its_deadline(self, inbox: Inbox, clock: Clock) -> None:
        message_id = self.wait_for(inbox, clock)
        assert state_of(inbox, message_id) == "waiting"
        assert inbox.claim(message_id) is None
        assert inbox.due("decide") == []
        clock.pass_seconds(120)
        assert inbox.due("decide") == [message_id]
        claimed(inbox, message_id)

    def test_what_it_waits_for_wakes_it(self, inbox: Inbox, clock: Clock) -> None:
        waiting = self.wait_for(inbox, clock)
        claim = claimed(inbox, put(inbox, digest="obs").message_id)
        concluded = inbox.conclude(claim, Conclusion(resources=(seen(claim.message_id, "Observation/1"),)))
        assert concluded.ring == (waiting,)
        claimed(inbox, waiting)

    def test_what_came_between_looking_and_waiting_is_not_missed(self, inbox: Inbox) -> None:
        report = claimed(inbox, put(inbox, digest="report").message_id)
        observation = claimed(inbox, put(inbox, digest="obs").message_id)
        inbox.conclude(observation, Conclusion(resources=(seen(observation.message_id, "Observation/1"),)))
        until = report.claimed + timedelta(seconds=120)
        waiting = Conclusion(cites=(Cited(self.KEY, "rep-1"),), awaited=(self.KEY,), wait_until=until)
        assert inbox.conclude(report, waiting).ring == (report.message_id,)
        claimed(inbox, report.message_id)

    @pytest.mark.parametrize("digest", ["first", "changed"])
    def test_what_came_or_changed_after_a_decision_looked_has_it_made_again(
        self, inbox: Inbox, clock: Clock, digest: str
    ) -> None:
        """The deadline has passed, nobody waits: two workers, one with the report and one with what it cites."""
        if digest == "changed":
            earlier = claimed(inbox, put(inbox, digest="earlier").message_id)
            inbox.conclude(earlier, Conclusion(resources=(seen(earlier.message_id, "Observation/1", "first"),)))
            clock.pass_seconds(1)
        report = claimed(inbox, put(inbox, digest="report").message_id)
        observation = claimed(inbox, put(inbox, digest="obs").message_id)
        found = seen(observation.message_id, "Observation/1", digest, arrival=3)
        inbox.conclude(observation, Conclusion(resources=(found,)))
        decided = Conclusion(records=(new_record(report),), cites=(Cited(self.KEY, "rep-1"),))
        assert inbox.conclude(report, decided).ring == (report.message_id,)
        clock.pass_seconds(1)
        again = claimed(inbox, report.message_id)
        settled = Conclusion(records=(new_record(again, expected=1),), cites=(Cited(self.KEY, "rep-1"),))
        assert inbox.conclude(again, settled).ring == ()
        assert inbox.claim(report.message_id) is None

    def test_a_bell_during_the_work_is_answered_after_it(self, inbox: Inbox, clock: Clock) -> None:
        waiting = self.wait_for(inbox, clock)
        clock.pass_seconds(120)
        claim = claimed(inbox, waiting)
        other = claimed(inbox, put(inbox, digest="obs").message_id)
        assert inbox.conclude(other, Conclusion(resources=(seen(other.message_id, "Observation/1"),))).ring == ()
        assert inbox.conclude(claim, Conclusion(records=(new_record(claim),))).ring == (waiting,)
        claimed(inbox, waiting)

    def test_a_corrected_resource_wakes_a_report_that_was_decided(self, inbox: Inbox, clock: Clock) -> None:
        first = claimed(inbox, put(inbox, digest="both").message_id)
        both = Conclusion(
            records=(new_record(first),),
            resources=(seen(first.message_id, "Observation/1"),),
            cites=(Cited(self.KEY, "rep-1"),),
        )
        inbox.conclude(first, both)
        again = claimed(inbox, put(inbox, digest="again").message_id)
        inbox.conclude(again, Conclusion(resources=(seen(again.message_id, "Observation/1", arrival=2),)))
        assert inbox.claim(first.message_id) is None, "the same content is no news"
        new = claimed(inbox, put(inbox, digest="new").message_id)
        inbox.conclude(new, Conclusion(resources=(seen(new.message_id, "Observation/1", "y", arrival=3),)))
        claimed(inbox, first.message_id)

    @pytest.mark.parametrize(
        ("first", "second", "stays"),
        [
            ({"arrival": 1}, {"arrival": 2}, False),
            ({"arrival": 2}, {"arrival": 1}, True),
            ({"signs": Signs(number=2)}, {"signs": Signs(number=1)}, True),
            ({"signs": Signs(number=10)}, {"signs": Signs(number=9)}, True),
            ({"signs": Signs(updated=1_790_000_000_001)}, {"signs": Signs(updated=1_790_000_000_000)}, True),
            ({"signs": Signs(updated=1_790_000_000_000)}, {"signs": Signs(updated=1_790_000_000_001)}, False),
            ({"signs": Signs(issued=6)}, {"signs": Signs(issued=5)}, True),
            ({"signs": Signs(updated=5, number=3)}, {"signs": Signs(updated=6, number=2)}, False),
            ({"signs": Signs(updated=5, number=3)}, {"signs": Signs(updated=5, number=2)}, True),
            ({"signs": Signs(updated=9)}, {"signs": Signs(issued=5)}, False),
            ({"signs": Signs(number=9)}, {}, False),
            (came_with("rep-1", 2), came_with("rep-1", 1), True),
            (came_with("rep-1", 2), came_with("rep-2", 1), False),
            (came_with("rep-1", 17), {"signs": Signs(number=2)}, False),
            (
                came_with("rep-1", 2) | {"signs": Signs(number=1)},
                came_with("rep-1", 1) | {"signs": Signs(number=2)},
                False,
            ),
        ],
    )
    def test_the_newest_is_remembered_whatever_the_order(
        self, inbox: Inbox, first: dict[str, Any], second: dict[str, Any], stays: bool
    ) -> None:
        found = []
        for number, more in enumerate((first, second)):
            claim = claimed(inbox, put(inbox, digest=f"m{number}").message_id)
            given = {"digest": f"content {number}", "arrival": number} | more
            found.append(seen(claim.message_id, "Observation/1", **given))
            inbox.conclude(claim, Conclusion(resources=(found[-1],)))
        _, remembered = inbox.heads([], [self.KEY])
        assert remembered[self.KEY] == found[0 if stays else 1]
        assert found[1].is_older_than(found[0]) is stays

    def test_a_contributor_that_waits_is_rung_and_ends_with_the_report(self, inbox: Inbox, clock: Clock) -> None:
        waiting = self.wait_for(inbox, clock, digest="bare observation")
        claim = claimed(inbox, put(inbox, digest="report").message_id)
        record = new_record(claim, messages=(claim.message_id, waiting))
        assert inbox.conclude(claim, Conclusion(records=(record,))).ring == (waiting,)
        inbox.conclude(claimed(inbox, waiting), Conclusion())
        assert state_of(inbox, waiting) == "decided"
        delivery = inbox.claim_delivery("rep-1")
        assert delivery is not None
        inbox.finish_delivery(delivery, {})
        assert state_of(inbox, waiting) == "delivered"

    def test_who_waits_for_a_resource_is_known(self, inbox: Inbox, clock: Clock) -> None:
        assert inbox.citing([self.KEY]) == {self.KEY: ()}
        waiting = self.wait_for(inbox, clock)
        assert inbox.citing([self.KEY]) == {self.KEY: (Citing(waiting, "rep-1", True, 0, None),)}
        clock.pass_seconds(120)
        claim = claimed(inbox, waiting)
        inbox.conclude(claim, Conclusion(records=(new_record(claim),)))
        assert inbox.citing([self.KEY]) == {self.KEY: (Citing(waiting, "rep-1", False, 1, "plan"),)}


class TestReferences:
    @pytest.mark.parametrize(
        "same", ["Observation/1", "https://ehr.example/fhir/Observation/1", "http://x/r4/Observation/1/_history/3"]
    )
    def test_relative_and_absolute_references_meet(self, same: str) -> None:
        assert resource_key("engine", same) == resource_key("engine", "Observation/1")

    @pytest.mark.parametrize(
        "other", ["Observation/2", "urn:uuid:1", "Observation?identifier=http://a/Observation/1|1"]
    )
    def test_others_do_not(self, other: str) -> None:
        assert resource_key("engine", other) != resource_key("engine", "Observation/1")

    def test_senders_do_not_see_each_others_resources(self) -> None:
        assert resource_key("a", "Observation/1") != resource_key("b", "Observation/1")


def test_a_redis_that_is_down_is_said_without_naming_keys(redis_client: "redis.Redis", prefix: str) -> None:
    with redis.Redis(host="127.0.0.1", port=1) as nobody:
        with pytest.raises(InboxUnavailable, match="ConnectionError") as caught:
            put(Inbox(nobody, prefix))
        assert prefix not in str(caught.value)


class TestReplicas:
    def test_without_enough_replicas_nothing_is_promised(self, redis_client: "redis.Redis", prefix: str) -> None:
        lonely = Inbox(redis_client, prefix, replicas=1)
        with pytest.raises(InboxUnavailable, match="replicas"):
            put(lonely)

    @pytest.mark.parametrize(
        ("version", "command"), [("6.2.14", "WAIT"), ("7.0.15", "WAIT"), ("7.2.0", "WAITAOF"), ("8.2.2", "WAITAOF")]
    )
    def test_a_server_that_knows_how_is_asked_for_the_replicas_disks(self, version: str, command: str) -> None:
        assert wait_command(version, 2)[0] == command


class TestAClaimAlongWithAConclusion:
    @pytest.fixture
    def first(self, inbox: Inbox) -> Claim:
        return claimed(inbox, put(inbox, digest="d1").message_id)

    def test_both_are_done(self, inbox: Inbox, first: Claim) -> None:
        second = put(inbox, digest="d2").message_id
        along = inbox.claiming(second)
        assert inbox.conclude(first, Conclusion(), along).applied
        assert along.found is not None
        assert (along.found.message_id, along.found.attempts) == (second, 1)
        assert inbox.claim(second) is None
        assert inbox.conclude(along.found, Conclusion()).applied

    def test_what_is_not_due_is_not_claimed(self, inbox: Inbox, first: Claim) -> None:
        along = inbox.claiming("no-such-message")
        assert inbox.conclude(first, Conclusion(), along).applied
        assert along.found is None

    def test_it_is_made_though_the_conclusion_came_too_late(self, inbox: Inbox, first: Claim, clock: Clock) -> None:
        clock.pass_seconds(31)
        inbox.claim(first.message_id)
        along = inbox.claiming(put(inbox, digest="d2").message_id)
        assert inbox.conclude(first, Conclusion(), along).is_stale
        assert along.found is not None

    def test_a_server_that_has_forgotten_the_scripts_still_concludes(
        self, inbox: Inbox, first: Claim, redis_client: "redis.Redis"
    ) -> None:
        second = put(inbox, digest="d2").message_id
        redis_client.script_flush()
        along = inbox.claiming(second)
        assert inbox.conclude(first, Conclusion(), along).applied
        assert (along.found or inbox.claim(second)) is not None

    def test_a_server_that_is_away_says_so(self) -> None:
        with redis.Redis(host="127.0.0.1", port=1) as nobody:
            away = Inbox(nobody, clock=Clock())
            with pytest.raises(InboxUnavailable):
                away._scripts.run("claim", "", 1, 1, "id", along=away.claiming("other"))

    def test_a_delivery_is_claimed_along_with_the_end_of_another(self, inbox: Inbox) -> None:
        decided(inbox, "rep-1", "d1")
        decided(inbox, "rep-2", "d2")
        delivery = inbox.claim_delivery("rep-1")
        assert delivery is not None
        along = inbox.claiming_delivery("rep-2")
        assert inbox.finish_delivery(delivery, {}, "", along)
        assert along.found is not None
        assert along.found.report_id == "rep-2"
        assert inbox.claim_delivery("rep-2") is None
