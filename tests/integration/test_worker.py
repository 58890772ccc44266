"""Real redis-server, real Celery worker processes, a real FHIR server over HTTP: nothing lost, nothing doubled."""

import re
from pathlib import Path

import pytest

from tests.integration.house import House
from tests.shell.documents import bundle, chest_report, observation, report
from worker.tasks import QUEUES

pytestmark = pytest.mark.integration
POISONED = Path(__file__).parent / "poisoned_worker.py"


def test_a_bell_that_never_rang_is_made_good_by_the_sweep(house: House) -> None:
    """The door stores and then dies: nobody rings. Also: a version more, a withdrawal, one that is not ours."""
    house.start_worker()
    house.start_beat()
    messages = [
        house.post(bundle(report(1, results=("Observation/o1",)), observation(1))),
        house.post(report(2, version=1)),
        house.post(chest_report(3)),
    ]
    assert house.until_ended(messages, 60).keys() <= {"delivered", "not-for-us"}
    plans = {plan["id"] for plan in house.at_ehr("CarePlan")}
    amended = house.post(report(2, version=2, status="amended", conclusion="BI-RADS 2. Benign calcifications."))
    assert house.until_ended([amended], 30) == {"delivered": 1}
    assert {plan["id"] for plan in house.at_ehr("CarePlan")} == plans


def test_a_killed_redis_keeps_all_that_it_has_acknowledged(house: House) -> None:
    """kill -9 of Redis while workers are busy; a worker that ends over it is started again, as compose does."""
    house.start_worker()
    house.start_beat()
    messages = [house.post(report(number)) for number in range(30)]

    def delivered() -> int:
        house.restart_what_ended()  # a worker may end long after its connection broke
        return house.inbox.counts()["message"].get("delivered", 0)

    for _ in range(2):
        done = delivered()
        house.until(lambda done=done: delivered() > done, 60, "something is delivered")
        house.server.kill()
        house.server.start()
        assert all(house.inbox.message(message) is not None for message in messages)
        house.until(lambda: house.restart_what_ended() or house.inbox.sweep_state().age_seconds, 10, "beat goes on")
        messages += [house.post(report(len(messages) + number)) for number in range(5)]

    def settled() -> bool:
        house.restart_what_ended()
        return all(house.state(message) == "delivered" for message in messages)

    house.until(settled, 90, "every message is delivered")
    plans = house.at_ehr("CarePlan")
    assert len(plans) == len({plan["id"] for plan in plans}) == 40


@pytest.mark.parametrize("house", [{"POISON_LIMIT": "3"}], indirect=True, ids=["three deaths"])
def test_a_message_that_kills_or_stops_its_worker_is_parked_and_stops_nobody_else(house: House) -> None:
    house.start_worker("poisoned", POISONED)
    house.start_beat()
    kinds = ("KILL", "SEGV", "GREED", "LOOP")  # the kernel, a C library, no memory left, no end
    poison = [house.post(report(number, conclusion=f"{kind}. BI-RADS 4.")) for number, kind in enumerate(kinds)]
    others = [house.post(report(number)) for number in range(4, 10)]
    assert house.until_ended(others, 90) == {"delivered": 6}
    assert house.until_ended(poison, 90) == {"parked": 4}
    reasons = {entry["id"]: entry["reason"] for entry in house.inbox.parked()}
    assert reasons == dict.fromkeys(poison, "3 workers died over it")


def test_a_worker_that_is_asked_to_end_finishes_what_it_holds(house: House) -> None:
    """SIGTERM: no work is given up, so nothing has to wait for a lease."""
    house.start_worker()
    house.start_beat()
    messages = [house.post(report(number)) for number in range(20)]
    house.until(lambda: house.inbox.counts()["message"].get("delivered", 0) > 2, 40, "something is delivered")
    assert house.end("worker") == 0
    held = [message for message in messages if house.inbox.message(message).state in ("received", "decided")]  # type: ignore[union-attr]
    assert held, "it ended before all was done"
    assert house.inbox.counts()["delivery"].get("delivering", 0) == 0
    house.restart("worker")
    assert house.until_ended(messages, 60) == {"delivered": 20}


def test_no_word_of_a_report_reaches_the_logs_or_the_broker(house: House) -> None:
    house.start_worker()
    house.start_beat()
    planted = report(
        1, conclusion="PLANTEDWORD. BI-RADS 4.", subject={"reference": "Patient/p1", "display": "PLANTEDNAME"}
    )
    broken = report(2, conclusion="PLANTEDWORD", result="PLANTEDNAME")
    assert house.until_ended([house.post(planted), house.post(broken)], 60)
    assert "PLANTED" not in house.logs()
    dump = b"".join(path.read_bytes() for path in (house.folder / "redis").rglob("*.aof"))
    bells = re.findall(rb"calcifhir:broker:[a-z:]*\r\n\$\d+\r\n(\{.*?\})\r\n", dump)
    assert len(bells) >= len(QUEUES)
    assert not any(b"PLANTED" in bell for bell in bells)
