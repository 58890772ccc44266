"""Bells in the background: never in the way of whoever rings."""

import threading

from worker.errors import ServiceError
from worker.ringer import Ringer


def test_all_bells_are_rung_in_order_some_together() -> None:
    rung: list[tuple[str, ...]] = []
    ringer = Ringer(lambda *bells: rung.append(bells))
    for number in range(250):
        ringer.ring(str(number))
    ringer.close()
    assert [bell for bells in rung for bell in bells] == [str(number) for number in range(250)]
    assert len(rung) < 250
    assert ringer.dropped == 0


def test_the_first_is_rung_at_once_and_those_that_follow_it_together() -> None:
    rung: list[tuple[str, ...]] = []
    first_rung = threading.Event()

    def ring(*bells: str) -> None:
        rung.append(bells)
        first_rung.set()

    ringer = Ringer(ring, pause_seconds=60.0)  # an end does not wait for it
    ringer.ring("a")
    assert first_rung.wait(5)
    ringer.ring("b")
    ringer.ring("c")
    ringer.close()
    assert rung == [("a",), ("b", "c")]


def test_a_broker_that_is_away_loses_bells_but_not_the_ringer() -> None:
    answers = iter([ServiceError("away"), None])
    rung: list[str] = []
    first_failed = threading.Event()

    def ring(*bells: str) -> None:
        answer = next(answers)
        if answer is not None:
            first_failed.set()
            raise answer
        rung.extend(bells)

    ringer = Ringer(ring)
    ringer.ring("a")
    assert first_failed.wait(5)
    ringer.ring("b")
    ringer.close()
    assert (rung, ringer.dropped) == (["b"], 1)


def test_neither_blocks_nor_raises_when_too_many_wait() -> None:
    hold, started = threading.Event(), threading.Event()

    def ring(*_: str) -> None:
        started.set()
        hold.wait(5)

    ringer = Ringer(ring, capacity=2)
    ringer.ring("rung")
    assert started.wait(5)
    for number in range(5):
        ringer.ring(str(number))
    assert ringer.dropped == 3
    hold.set()
    ringer.close()
