"""Back-pressure: the door shuts at a high-water mark, and opens well below it."""

import pytest

from tests.shell.fakes import Clock
from worker.errors import InboxUnavailable
from worker.inbox import Load
from worker.intake.gate import Gate, Marks

MARKS = Marks(open_messages=100, memory_bytes=0, unread_seconds=600)


class Stock:
    """How full the inbox is, as a test says; ``asked`` counts the looks."""

    def __init__(self) -> None:
        self.load, self.asked, self.clock = self.of(), 0, Clock()
        self.gate = Gate(self.ask, MARKS, self.clock)

    @staticmethod
    def of(count: int = 0, age: float = 0.0, used: int = 0, limit: int = 1000) -> Load:
        return Load(count, age, used, limit)

    def ask(self) -> Load:
        self.asked += 1
        return self.load

    def shut(self, load: Load) -> str:
        self.load = load
        self.clock.pass_seconds(2)
        return self.gate.shut_because()


@pytest.mark.parametrize(
    ("full", "still", "well", "said"),
    [
        (Stock.of(count=100), Stock.of(count=80), Stock.of(count=79), "not at their end"),
        (Stock.of(used=900), Stock.of(used=720), Stock.of(used=719), "nearly full"),
        (Stock.of(age=600), Stock.of(age=480), Stock.of(age=479), "waiting to be read"),
    ],
)
def test_it_shuts_at_the_mark_and_opens_well_below(full: Load, still: Load, well: Load, said: str) -> None:
    stock = Stock()
    assert stock.shut(still) == ""
    assert said in stock.shut(full)
    assert stock.shut(still)
    assert stock.shut(well) == ""
    assert stock.shut(still) == ""


def test_a_redis_without_a_bound_has_no_mark_for_memory() -> None:
    assert Stock().shut(Stock.of(used=10**12, limit=0)) == ""


def test_a_site_may_set_a_mark_of_its_own_for_memory() -> None:
    assert Marks(100, 500, 600).reason(Stock.of(used=500, limit=0), 1.0)


def test_it_looks_once_a_second_at_most() -> None:
    stock = Stock()
    for _ in range(50):
        stock.gate.shut_because()
    assert stock.asked == 1
    stock.clock.pass_seconds(1.1)
    stock.gate.shut_because()
    assert stock.asked == 2


def test_an_inbox_that_does_not_answer_is_said_and_asked_again() -> None:
    clock, away = Clock(), [True]

    def ask() -> Load:
        if away[0]:
            raise InboxUnavailable("down")
        return Stock.of()

    gate = Gate(ask, MARKS, clock)
    with pytest.raises(InboxUnavailable):
        gate.shut_because()
    away[0] = False
    clock.pass_seconds(2)
    assert gate.shut_because() == ""
