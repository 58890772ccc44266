"""Health is proved by traffic: a worker that takes nothing ends; every queue shows that bells come through."""

import json
import re
from pathlib import Path

import pytest

from tests.integration.house import House
from worker.broker import QUEUES
from worker.watchdog import EXIT_CODE

pytestmark = [pytest.mark.integration, pytest.mark.timeout(240)]
DEAF = Path(__file__).parent / "deaf_worker.py"


@pytest.mark.parametrize("house", [{"WATCHDOG_SECONDS": "4"}], indirect=True)
def test_a_worker_that_hears_no_bell_ends_so_that_its_supervisor_starts_it_again(house: House) -> None:
    house.start_worker("deaf", DEAF)
    house.until(lambda: "deaf now" in house.logs(), 40, "it hears no more")
    house.until(lambda: house.exit_code("deaf") is not None, 30, "it ends by itself")
    assert house.exit_code("deaf") == EXIT_CODE


PROBED = {"WATCHDOG_SECONDS": "4", "PROBE_PATIENT": "Patient/p1", "PROBE_SECONDS": "2"}


@pytest.mark.parametrize("house", [PROBED], indirect=True)
def test_bells_and_synthetic_reports_come_through_and_are_in_no_count(house: House) -> None:
    house.start_worker()
    house.start_beat()
    house.start_door()
    house.until(lambda: set(house.inbox.pulse.heartbeats()) == set(QUEUES), 40, "every queue shows a sign of life")
    house.until(lambda: "through" in house.inbox.pulse.probe(), 40, "a scheduled report came through")
    house.kill("beat")
    code, told = house.tried("probe")
    assert (code, json.loads(told)["came_through"]) == (0, True)
    house.until(lambda: min(house.inbox.pulse.heartbeats().values()) > 6, 20, "longer than the watchdog waits")
    assert house.exit_code("worker") is None, "a worker without work rings itself"
    (plan,) = house.at_ehr("CarePlan")
    assert "HTEST" in {label["code"] for label in plan["meta"]["security"]}
    assert int(plan["meta"]["versionId"]) > 1, "one plan, written anew by each run"
    assert not any(house.inbox.counts()["message"].values())
    assert not any(house.inbox.counts()["delivery"].values())
    assert float(re.search(r"^calcifhir_probe_age_seconds (\S+)", house.metrics(), re.MULTILINE)[1]) > 0  # type: ignore[index]
    house.kill("sandbox")
    code, told = house.tried("probe", "--seconds", "3")
    assert (code, "not at its end" in json.loads(told)["reason"]) == (1, True)
