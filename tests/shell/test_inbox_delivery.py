"""Delivery, schedule, parked work and what monitors see, against a real redis-server."""

import json
import os
from pathlib import Path

import pytest
import redis

from tests.shell.fakes import Clock, claimed, decided, new_record, outcome_record, put
from worker.embedded import EmbeddedRedis
from worker.errors import InboxUnavailable, SettingsError
from worker.inbox import Cited, Conclusion, Delivery, Inbox, Remembered, Written, resource_key


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(redis_client: "redis.Redis", prefix: str, clock: Clock) -> Inbox:
    return Inbox(redis_client, prefix, lease_seconds=30, ring_seconds=20, poison_limit=3, clock=clock)


def claim_of(inbox: Inbox, report_id: str = "rep-1") -> Delivery:
    delivery = inbox.claim_delivery(report_id)
    assert delivery is not None
    return delivery


def state_of(inbox: Inbox, message_id: str) -> str:
    message = inbox.message(message_id)
    assert message is not None
    return message.state


class TestDelivery:
    def test_only_one_worker_delivers_at_a_time(self, inbox: Inbox, clock: Clock) -> None:
        decided(inbox)
        claim_of(inbox)
        assert inbox.claim_delivery("rep-1") is None
        clock.pass_seconds(31)
        assert claim_of(inbox).attempts == 2

    def test_what_was_written_is_kept_and_laid_over_what_was_known(self, inbox: Inbox) -> None:
        decided(inbox, digest="d1")
        first = {"CarePlan/a": Written("1", "x"), "Task/b": Written(None, "y", "Task/77")}
        assert inbox.finish_delivery(claim_of(inbox), first)
        decided(inbox, digest="d2", expected=1)
        again = claim_of(inbox)
        assert again.written == first
        inbox.finish_delivery(again, {"CarePlan/a": Written("2", "z")})
        decided(inbox, digest="d3", expected=2)
        assert claim_of(inbox).written == {"CarePlan/a": Written("2", "z"), "Task/b": Written(None, "y", "Task/77")}

    def test_each_report_of_a_message_of_many_costs_the_same(self, inbox: Inbox, redis_client: "redis.Redis") -> None:
        def commands_for(count: int) -> float:
            claim = claimed(inbox, put(inbox, digest=f"many-{count}").message_id)
            names = [f"many-{count}-{number}" for number in range(count)]
            inbox.conclude(claim, Conclusion(records=tuple(new_record(claim, name) for name in names)))
            redis_client.config_resetstat()
            for name in names:
                inbox.finish_delivery(claim_of(inbox, name), {})
            assert state_of(inbox, claim.message_id) == "delivered"
            return sum(each["calls"] for each in redis_client.info("commandstats").values()) / count

        assert commands_for(40) < 1.1 * commands_for(10)

    def test_a_worker_that_wakes_up_late_notes_nothing(self, inbox: Inbox, clock: Clock) -> None:
        decided(inbox)
        late = claim_of(inbox)
        clock.pass_seconds(31)
        claim_of(inbox)
        assert not inbox.finish_delivery(late, {"CarePlan/a": Written("1", "x")})
        assert not inbox.postpone_delivery(late, 5, "late")
        assert not inbox.park_delivery(late, "late")

    def test_told_twice_because_the_answer_was_lost_it_is_noted_once(self, inbox: Inbox) -> None:
        message_id = decided(inbox)
        delivery = claim_of(inbox)
        assert inbox.finish_delivery(delivery, {})
        assert inbox.finish_delivery(delivery, {})
        assert state_of(inbox, message_id) == "delivered"
        assert inbox.counts()["delivery"]["delivered"] == 1

    def test_a_newer_outcome_recorded_meanwhile_is_due_at_once(self, inbox: Inbox) -> None:
        first = decided(inbox, digest="d1")
        delivery = claim_of(inbox)
        second = decided(inbox, digest="d2", expected=1, record=outcome_record("plan B"))
        assert inbox.claim_delivery("rep-1") is None
        assert inbox.finish_delivery(delivery, {})
        assert state_of(inbox, second) == "decided"
        newer = claim_of(inbox)
        assert (newer.seq, newer.attempts, newer.resources[0]["description"]) == (2, 1, "plan B")
        inbox.finish_delivery(newer, {})
        assert (state_of(inbox, first), state_of(inbox, second)) == ("superseded", "delivered")

    def test_is_postponed_and_not_claimed_before_its_time(self, inbox: Inbox, clock: Clock) -> None:
        decided(inbox)
        assert inbox.postpone_delivery(claim_of(inbox), 60, "the EHR is away", outcome_unknown=True)
        assert inbox.claim_delivery("rep-1") is None
        report = inbox.report_json("rep-1")
        assert report is not None
        assert report["delivery"]["reason"] == "the EHR is away"
        clock.pass_seconds(60)
        again = claim_of(inbox)
        assert (again.attempts, again.outcome_unknown) == (2, True)
        inbox.finish_delivery(again, {})
        decided(inbox, digest="d2", expected=1)
        assert not claim_of(inbox).outcome_unknown

    def test_postponing_is_no_death_however_often(self, inbox: Inbox, clock: Clock) -> None:
        decided(inbox)
        for _ in range(10):
            inbox.postpone_delivery(claim_of(inbox), 1, "the EHR is away")
            clock.pass_seconds(1)
        assert claim_of(inbox).attempts == 11

    def test_not_having_asked_the_ehr_is_no_try(self, inbox: Inbox, clock: Clock) -> None:
        decided(inbox)
        for _ in range(4):
            inbox.postpone_delivery(claim_of(inbox), 1, "the EHR has been failing", how="unasked")
            clock.pass_seconds(1)
        assert claim_of(inbox).attempts == 1

    def test_every_claim_since_the_last_success_is_a_doubt_whatever_it_was_for(
        self, inbox: Inbox, clock: Clock
    ) -> None:
        decided(inbox)
        inbox.finish_delivery(claim_of(inbox), {})
        decided(inbox, digest="d2", expected=1)
        assert claim_of(inbox).doubts == 0, "this one ends without a word"
        decided(inbox, digest="d3", expected=2)
        clock.pass_seconds(60)
        newest = claim_of(inbox)
        assert (newest.attempts, newest.doubts) == (1, 1)
        inbox.finish_delivery(newest, {})
        decided(inbox, digest="d4", expected=3)
        assert claim_of(inbox).doubts == 0

    def test_failures_alone_are_counted_until_others_fail_too(self, inbox: Inbox, clock: Clock) -> None:
        decided(inbox)
        counted = []
        for how in ("alone", "alone", "unasked", "alone", "", "alone"):
            claim = claim_of(inbox)
            counted.append(claim.failed_alone)
            inbox.postpone_delivery(claim, 1, "500", how=how)  # type: ignore[arg-type]
            clock.pass_seconds(1)
        assert counted == [0, 1, 2, 2, 3, 0]

    def test_is_parked_after_three_workers_died_over_it(self, inbox: Inbox, clock: Clock) -> None:
        message_id = decided(inbox)
        for _ in range(3):
            claim_of(inbox)
            clock.pass_seconds(31)
        assert inbox.claim_delivery("rep-1") is None
        assert state_of(inbox, message_id) == "parked"

    def test_a_refusal_is_parked_with_the_ehrs_reasons(self, inbox: Inbox) -> None:
        message_id = decided(inbox)
        outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "value"}]}
        assert inbox.park_delivery(claim_of(inbox), "refused (HTTP 422)", outcome)
        status = inbox.status_json(message_id)
        assert status is not None
        assert (status["state"], status["reason"]) == ("parked", "refused (HTTP 422)")
        entry = inbox.parked()[0]
        assert (entry["id"], entry["kind"]) == ("rep-1", "report")
        assert json.loads(entry["operationOutcome"]) == outcome

    def test_a_refusal_of_an_outdated_outcome_lets_the_newer_one_try(self, inbox: Inbox) -> None:
        decided(inbox, digest="d1")
        delivery = claim_of(inbox)
        decided(inbox, digest="d2", expected=1)
        assert inbox.park_delivery(delivery, "refused")
        assert inbox.parked() == []
        assert claim_of(inbox).seq == 2

    def test_a_newer_version_takes_a_parked_report_up_again(self, inbox: Inbox) -> None:
        decided(inbox, digest="d1")
        inbox.park_delivery(claim_of(inbox), "refused")
        second = decided(inbox, digest="d2", expected=1)
        assert inbox.parked() == []
        inbox.finish_delivery(claim_of(inbox), {})
        assert state_of(inbox, second) == "delivered"

    def test_a_fault_of_ours_parks_whatever_is_open(self, inbox: Inbox) -> None:
        message_id = decided(inbox)
        claim_of(inbox)
        assert inbox.park_open("deliver", "rep-1", "KeyError at deliver.py:1")
        assert state_of(inbox, message_id) == "parked"
        assert not inbox.park_open("deliver", "rep-1", "again")
        other = put(inbox, digest="other").message_id
        claim = claimed(inbox, other)
        assert inbox.park_open("decide", other, "KeyError at plan.py:1")
        assert inbox.conclude(claim, Conclusion(records=(new_record(claim, "rep-2"),))).is_stale
        assert not inbox.park_open("decide", other, "again")

    def test_the_outcome_names_what_stands_at_the_ehr(self, inbox: Inbox) -> None:
        decided(inbox)
        inbox.finish_delivery(claim_of(inbox), {"CarePlan/a": Written("1", "x")})
        found = inbox.outcome("rep-1")
        assert found is not None
        assert (found["written"], found["hold"]) == (["CarePlan/a"], False)
        assert inbox.outcome("nobody") is None
        assert inbox.report_json("nobody") is None


class TestSchedule:
    def test_the_sweep_rings_only_for_what_has_not_moved(self, inbox: Inbox, clock: Clock) -> None:
        message_id = put(inbox).message_id
        assert inbox.due("decide") == []
        clock.pass_seconds(20)
        assert inbox.due("decide") == [message_id]
        assert inbox.due("decide") == [], "two sweeps do not ring twice"

    def test_it_rings_again_after_pauses_that_double(self, inbox: Inbox, clock: Clock) -> None:
        put(inbox)
        rung = []
        for second in range(0, 400, 10):
            rung += [second] if inbox.due("decide") else []
            clock.pass_seconds(10)
        assert rung == [20, 40, 80, 160, 320]

    def test_a_claim_starts_the_pauses_anew(self, inbox: Inbox, clock: Clock) -> None:
        message_id = put(inbox).message_id
        for _ in range(3):
            clock.pass_seconds(100)
            inbox.due("decide")
        claimed(inbox, message_id)
        clock.pass_seconds(30)
        assert inbox.due("decide") == [message_id]
        clock.pass_seconds(20)
        assert inbox.due("decide") == [message_id]

    def test_it_forgets_what_is_at_its_end(self, inbox: Inbox, clock: Clock) -> None:
        decided(inbox)
        inbox.finish_delivery(claim_of(inbox), {})
        clock.pass_seconds(1000)
        assert (inbox.due("decide"), inbox.due("deliver")) == ([], [])

    def test_a_postponed_delivery_is_rung_when_its_time_has_come(self, inbox: Inbox, clock: Clock) -> None:
        decided(inbox)
        inbox.postpone_delivery(claim_of(inbox), 60, "away")
        clock.pass_seconds(59)
        assert inbox.due("deliver") == []
        clock.pass_seconds(1)
        assert inbox.due("deliver") == ["rep-1"]

    def test_takes_a_time_and_a_limit(self, inbox: Inbox, clock: Clock) -> None:
        for number in range(5):
            put(inbox, digest=f"d{number}")
        assert len(inbox.due("decide", clock.now + 21, limit=3)) == 3

    def test_says_when_it_last_ran_and_how_often_it_had_to_ring(self, inbox: Inbox, clock: Clock) -> None:
        assert inbox.sweep_state().age_seconds is None
        put(inbox)
        clock.pass_seconds(20)
        inbox.due("decide")
        clock.pass_seconds(5)
        state = inbox.sweep_state()
        assert (state.age_seconds, dict(state.rung)) == (5, {"decide": 1, "deliver": 0})


class TestForPeople:
    def test_a_parked_message_is_replayed_from_its_bytes(self, inbox: Inbox) -> None:
        message_id = put(inbox, b"body").message_id
        assert inbox.park(claimed(inbox, message_id), "unreadable")
        assert inbox.claim(message_id) is None
        assert inbox.replay(message_id) == "decide"
        claim = claimed(inbox, message_id)
        assert (claim.content, claim.attempts) == (b"body", 1)
        inbox.conclude(claim, Conclusion(records=(new_record(claim),)))
        assert state_of(inbox, message_id) == "decided"

    def test_a_parked_report_is_replayed_to_the_ehr(self, inbox: Inbox) -> None:
        message_id = decided(inbox)
        inbox.park_delivery(claim_of(inbox), "refused")
        assert inbox.replay("rep-1") == "deliver"
        assert state_of(inbox, message_id) == "decided"
        inbox.finish_delivery(claim_of(inbox), {})
        assert state_of(inbox, message_id) == "delivered"

    def test_a_settled_message_is_decided_anew_and_a_purged_one_is_not(self, inbox: Inbox, clock: Clock) -> None:
        message_id = decided(inbox)
        inbox.finish_delivery(claim_of(inbox), {})
        assert inbox.replay(message_id) == "decide"
        claim = claimed(inbox, message_id)
        assert inbox.replay(message_id) is None, "somebody is at it"
        again = new_record(claim, expected=1, record=outcome_record("by new tables"))
        assert inbox.conclude(claim, Conclusion(records=(again,))).ring == (message_id,), "and looks again"
        inbox.conclude(claimed(inbox, message_id), Conclusion())
        assert state_of(inbox, message_id) == "decided"
        delivery = claim_of(inbox)
        assert delivery.seq == 2
        inbox.finish_delivery(delivery, {})
        clock.pass_seconds(10**9)
        inbox.purge()
        assert inbox.replay(message_id) is None

    def test_what_is_not_there_or_discarded_cannot_be_tried_again(self, inbox: Inbox) -> None:
        message_id = put(inbox).message_id
        inbox.park(claimed(inbox, message_id), "unreadable")
        inbox.discard(message_id, "ops", "a test message")
        for item in (message_id, "rep-1", "nobody"):
            assert inbox.replay(item) is None

    def test_only_what_is_parked_can_be_discarded(self, inbox: Inbox) -> None:
        for item in (decided(inbox), "rep-1", "nobody"):
            assert not inbox.discard(item, "ops", "because")

    def test_a_discarded_message_stays_with_who_and_why(
        self, inbox: Inbox, redis_client: "redis.Redis", prefix: str
    ) -> None:
        message_id = put(inbox).message_id
        inbox.park(claimed(inbox, message_id), "unreadable")
        assert inbox.discard(message_id, "ops", "a test message")
        status = inbox.status_json(message_id)
        assert status is not None
        assert (status["state"], status["reason"]) == ("discarded", "a test message")
        assert inbox.parked() == []
        acts = [json.loads(act) for act in redis_client.lrange(f"{prefix}acts", 0, -1)]
        assert acts == [{"act": "discard", "id": message_id, "who": "ops", "reason": "a test message"}]

    def test_a_discarded_delivery_ends_its_message_and_a_newer_version_still_goes(self, inbox: Inbox) -> None:
        message_id = decided(inbox, digest="d1")
        inbox.park_delivery(claim_of(inbox), "refused")
        assert inbox.discard("rep-1", "ops", "entered by hand")
        assert state_of(inbox, message_id) == "discarded"
        second = decided(inbox, digest="d2", expected=1)
        inbox.finish_delivery(claim_of(inbox), {})
        assert (state_of(inbox, message_id), state_of(inbox, second)) == ("discarded", "delivered")

    def test_news_do_not_wake_what_a_person_has_to_decide(self, inbox: Inbox, clock: Clock) -> None:
        key = resource_key("engine", "Observation/1")
        message_id = put(inbox).message_id
        inbox.park(claimed(inbox, message_id), "unreadable")
        other = claimed(inbox, put(inbox, digest="obs").message_id)
        inbox.conclude(other, Conclusion(resources=(Remembered(key, other.message_id, 0, "x", 1),)))
        assert inbox.claim(message_id) is None

    def test_counts_add_up(self, inbox: Inbox, clock: Clock) -> None:
        for number in range(4):
            put(inbox, digest=f"new{number}")
        decided(inbox, "rep-1", "a")
        decided(inbox, "rep-2", "b")
        inbox.finish_delivery(claim_of(inbox, "rep-2"), {})
        counts = inbox.counts()
        assert {k: v for k, v in counts["message"].items() if v} == {"decided": 1, "delivered": 1, "received": 4}
        assert {k: v for k, v in counts["delivery"].items() if v} == {"delivered": 1, "due": 1}

    def test_the_oldest_age_of_each_kind_is_known(self, inbox: Inbox, clock: Clock) -> None:
        assert inbox.oldest_age("received") == 0
        put(inbox, digest="old")
        decided(inbox, digest="d")
        parked = put(inbox, digest="bad").message_id
        inbox.park(claimed(inbox, parked), "unreadable")
        clock.pass_seconds(100)
        put(inbox, digest="young")
        ages = {kind: inbox.oldest_age(kind) for kind in ("received", "waiting", "decided", "deliver", "parked")}
        assert ages == {"received": 100, "waiting": 0, "decided": 100, "deliver": 100, "parked": 100}

    def test_a_long_history_keeps_its_first_and_last_steps(self, inbox: Inbox, clock: Clock) -> None:
        message_id = decided(inbox)
        for _ in range(150):
            inbox.park_delivery(claim_of(inbox), "refused")
            clock.pass_seconds(1)
            inbox.replay("rep-1")
        report = inbox.report_json("rep-1")
        assert report is not None
        assert report["history"][0]["step"] == "recorded 1 plan"
        assert report["history"][-1]["step"] == "due"
        assert len(report["history"]) < 250
        assert state_of(inbox, message_id) == "decided"


class TestRetention:
    @pytest.fixture
    def inbox(self, redis_client: "redis.Redis", prefix: str, clock: Clock) -> Inbox:
        return Inbox(redis_client, prefix, keep_seconds=86_400, clock=clock)

    def test_what_is_long_at_its_end_is_reduced_to_its_record(
        self, inbox: Inbox, clock: Clock, redis_client: "redis.Redis", prefix: str
    ) -> None:
        first = decided(inbox, digest="d1")
        inbox.finish_delivery(claim_of(inbox), {})
        second = decided(inbox, digest="d2", expected=1, record=outcome_record("plan B"))
        inbox.finish_delivery(claim_of(inbox), {})
        clock.pass_seconds(86_399)
        assert inbox.purge() == 0
        clock.pass_seconds(1)
        assert inbox.purge() == 2
        assert inbox.purge() == 0
        assert (inbox.content(first), inbox.content(second)) == (None, None)
        assert (state_of(inbox, first), state_of(inbox, second)) == ("delivered", "delivered")
        record = inbox.previous("rep-1")
        assert record is not None
        assert record["resources"][0]["description"] == "plan B"
        assert redis_client.hkeys(f"{prefix}o:rep-1") == [b"2"]
        assert not put(inbox, digest="d1").is_new

    def test_what_was_never_ours_goes_as_a_whole_and_may_come_again(
        self, inbox: Inbox, clock: Clock, redis_client: "redis.Redis", prefix: str
    ) -> None:
        """Most of what an engine sends is not about the breast; its records alone would fill the memory in time."""
        message_id = put(inbox, digest="chest").message_id
        inbox.conclude(claimed(inbox, message_id), Conclusion())
        clock.pass_seconds(86_400)
        assert inbox.purge() == 1
        assert inbox.message(message_id) is None
        assert inbox.counts()["message"]["not-for-us"] == 0
        assert put(inbox, digest="chest").is_new
        kept = {key.decode().removeprefix(prefix).split(":")[0] for key in redis_client.scan_iter(f"{prefix}*")}
        assert kept == {"arrivals", "b", "m", "ring", "since", "count"}

    def test_open_and_parked_work_is_kept_however_old(self, inbox: Inbox, clock: Clock) -> None:
        waiting = put(inbox, digest="open").message_id
        parked = put(inbox, digest="parked").message_id
        inbox.park(claimed(inbox, parked), "unreadable")
        refused = decided(inbox, digest="refused")
        inbox.park_delivery(claim_of(inbox), "refused")
        clock.pass_seconds(10 * 86_400)
        assert inbox.purge() == 0
        assert all(inbox.content(message_id) is not None for message_id in (waiting, parked, refused))

    def test_news_do_not_wake_a_message_whose_body_is_gone(self, inbox: Inbox, clock: Clock) -> None:
        key = resource_key("engine", "Observation/1")
        claim = claimed(inbox, put(inbox).message_id)
        inbox.conclude(claim, Conclusion(records=(new_record(claim),), cites=(Cited(key, "rep-1"),)))
        inbox.finish_delivery(claim_of(inbox), {})
        clock.pass_seconds(86_400)
        inbox.purge()
        other = claimed(inbox, put(inbox, digest="obs").message_id)
        found = Remembered(key, other.message_id, 0, "x", 1)
        assert inbox.conclude(other, Conclusion(resources=(found,))).ring == ()


class TestDurable:
    def test_a_server_that_keeps_every_write_is_taken(self, inbox: Inbox) -> None:
        inbox.check_durable()

    def test_one_that_would_lose_some_is_refused_and_told_what_to_set(self, tmp_path: Path) -> None:
        server = EmbeddedRedis(tmp_path, durable=False, options=("--maxmemory-policy", "allkeys-lru"))
        server.start()
        try:
            with redis.Redis.from_url(server.url) as client:
                with pytest.raises(SettingsError) as refused:
                    Inbox(client).check_durable()
                Inbox(client, allow_volatile=True).check_durable()
        finally:
            server.stop()
        assert len(refused.value.problems) == 3
        assert "appendonly yes" in refused.value.problems[0]
        assert "appendfsync always" in refused.value.problems[1]
        assert "noeviction" in refused.value.problems[2]

    def test_one_that_may_not_be_asked_is_not_trusted(self, redis_server: EmbeddedRedis) -> None:
        with (
            redis.Redis.from_url(redis_server.url) as admin,
            redis.Redis.from_url(redis_server.url, username="shy", password="x") as client,
        ):
            admin.acl_setuser("shy", enabled=True, nopass=True, keys=["*"], commands=["+@all", "-config"])
            with pytest.raises(SettingsError):
                Inbox(client).check_durable()
            admin.acl_deluser("shy")

    @pytest.mark.parametrize(
        ("section", "answer", "said"),
        [
            ("replication", {"role": "slave"}, "replica"),
            ("persistence", {"aof_last_write_status": "err"}, "append-only file"),
        ],
    )
    def test_one_that_cannot_write_now_is_not_ready(
        self,
        inbox: Inbox,
        redis_client: "redis.Redis",
        monkeypatch: pytest.MonkeyPatch,
        section: str,
        answer: dict[str, str],
        said: str,
    ) -> None:
        real = redis_client.info
        monkeypatch.setattr(redis_client, "info", lambda name: answer if name == section else real(name))
        with pytest.raises(InboxUnavailable, match=said):
            inbox.check_durable()

    def test_without_a_clock_of_its_own_it_takes_the_servers(self, redis_client: "redis.Redis", prefix: str) -> None:
        inbox = Inbox(redis_client, prefix)
        message_id = put(inbox).message_id
        claim = claimed(inbox, message_id)
        assert claim.stored <= claim.claimed <= inbox.now()

    def test_a_full_server_stores_nothing_by_halves(self, tmp_path: Path, prefix: str) -> None:
        server = EmbeddedRedis(tmp_path, options=("--maxmemory", "3mb"))
        server.start()
        try:
            with redis.Redis.from_url(server.url) as client:
                inbox = Inbox(client, prefix)
                taken: list[str] = []

                def fill() -> None:
                    for number in range(100):
                        taken.append(put(inbox, os.urandom(100_000), digest=f"d{number}").message_id)

                with pytest.raises(InboxUnavailable, match=r"OOM|OutOfMemory"):
                    fill()
                assert taken
                assert len(client.keys(f"{prefix}m:*")) == len(client.keys(f"{prefix}b:*")) == len(taken)
                assert inbox.counts()["message"]["received"] == len(taken)
        finally:
            server.stop()

    def test_what_was_acknowledged_is_there_after_a_power_cut(self, tmp_path: Path, prefix: str) -> None:
        server = EmbeddedRedis(tmp_path)
        server.start()
        try:
            with redis.Redis.from_url(server.url) as client:
                inbox = Inbox(client, prefix)
                taken = [put(inbox, b"body", digest=f"d{number}").message_id for number in range(50)]
                server.kill()
                with pytest.raises(InboxUnavailable):
                    put(inbox, digest="meanwhile")
                server.start()
                assert all(inbox.content(message_id) == b"body" for message_id in taken)
                assert all(inbox.claim(message_id) for message_id in taken)
        finally:
            server.stop()
