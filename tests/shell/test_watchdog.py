"""A worker that takes no bell though the broker answers ends; one that cannot be blamed stays."""

import time

from tests.shell.fakes import Clock
from worker.errors import ServiceError
from worker.watchdog import Watchdog


class World:
    """A worker, its broker and its clock, as far as a watchdog sees them."""

    def __init__(self, every: float = 30.0, limit: float = 120.0) -> None:
        self.clock, self.taken, self.rung, self.left, self.broker_is_away = Clock(), 0, 0, 0, False
        self.watchdog = Watchdog(self.ring, lambda: self.taken, self.leave, every, limit, self.clock)

    def ring(self) -> None:
        self.rung += 1
        if self.broker_is_away:
            raise ServiceError("the broker cannot be reached")

    def leave(self) -> None:
        self.left += 1

    def pass_time(self, seconds: int, takes: bool) -> None:
        for _ in range(seconds // 30):
            self.clock.pass_seconds(30)
            self.taken += takes
            self.watchdog.look()


def test_each_look_rings() -> None:
    world = World()
    world.pass_time(90, takes=True)
    assert world.rung == 3


def test_a_worker_that_takes_its_bells_stays() -> None:
    world = World()
    world.pass_time(3600, takes=True)
    assert not world.left


def test_a_worker_that_takes_nothing_for_too_long_ends() -> None:
    world = World()
    world.pass_time(600, takes=True)
    world.pass_time(120, takes=False)
    assert not world.left
    world.pass_time(30, takes=False)
    assert world.left == 1


def test_a_broker_that_is_away_is_nobodys_fault_and_time_counts_anew_afterwards() -> None:
    world = World()
    world.broker_is_away = True
    world.pass_time(3600, takes=False)
    assert not world.left
    world.broker_is_away = False
    world.pass_time(120, takes=False)
    assert not world.left
    world.pass_time(30, takes=False)
    assert world.left == 1


def test_it_looks_by_itself_until_it_is_stopped() -> None:
    world = World(every=0.01, limit=1000)
    world.watchdog.start()
    deadline = time.monotonic() + 10
    while world.rung < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    world.watchdog.stop()
    assert world.rung >= 3
