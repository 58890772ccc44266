"""Health is proved by traffic: a worker that takes nothing ends; every queue shows that bells come through."""

from pathlib import Path

import pytest

from tests.integration.house import House
from worker.broker import QUEUES
from worker.watchdog import EXIT_CODE

pytestmark = pytest.mark.integration
DEAF = Path(__file__).parent / "deaf_worker.py"


@pytest.mark.parametrize("house", [{"WATCHDOG_SECONDS": "4"}], indirect=True)
def test_a_worker_that_hears_no_bell_ends_so_that_its_supervisor_starts_it_again(house: House) -> None:
    house.start_worker("deaf", DEAF)
    house.start_beat()
    house.until(lambda: "deaf now" in house.logs(), 40, "it hears no more")
    house.until(lambda: house.exit_code("deaf") is not None, 30, "it ends by itself")
    assert house.exit_code("deaf") == EXIT_CODE


@pytest.mark.parametrize("house", [{"WATCHDOG_SECONDS": "4"}], indirect=True)
def test_bells_come_through_every_queue_and_a_worker_without_work_stays(house: House) -> None:
    house.start_worker()
    house.start_beat()
    house.until(lambda: set(house.inbox.pulse.heartbeats()) == set(QUEUES), 40, "every queue shows a sign of life")
    house.until(lambda: max(house.inbox.pulse.heartbeats().values()) < 3, 20, "and again")
    house.kill("beat")
    house.until(lambda: min(house.inbox.pulse.heartbeats().values()) > 6, 20, "longer than the watchdog waits")
    assert house.exit_code("worker") is None, "its own bells still come through"
