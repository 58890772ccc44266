"""One run: a house is set up, work and trouble begin, trouble ends, everything settles, and the judge looks."""

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.chaos.engine import Engine, Sent
from tests.chaos.judge import Verdict, judge
from tests.chaos.memory import Growth, MemoryWatch
from tests.chaos.reports import PATIENTS, Script, write_script
from tests.chaos.troubles import EHR_CHANCES, EHR_HOLD_SECONDS, Deaths, Troubles
from tests.integration.house import House
from worker.embedded import start_redis
from worker.errors import InboxUnavailable

SETTLE_SECONDS = 60.0
SKEWED = Path(__file__).parent / "skewed_worker.py"
_DEATHS = Deaths()
MOST_GROWTH = 1.1
_WORKERS = ("one", "two")
# Shorter than a site would have it, so that a run of minutes meets what a site meets in days.
_OPTIONS = {
    "LEASE_SECONDS": "8",
    "RING_SECONDS": "5",
    "SWEEP_SECONDS": "1",
    "EHR_TIMEOUT_SECONDS": "1",
    "GATHER_DEADLINE_SECONDS": "5",
}


@dataclass(frozen=True)
class Result:
    """Everything that a run has shown."""

    script: Script
    sent: Sent
    troubles: Counter[str]
    ehr: dict[str, int]
    verdict: Verdict
    memory: list[Growth]
    working_seconds: float
    settling_seconds: float

    @property
    def grown(self) -> list[Growth]:
        """Whose memory is more than a tenth larger in the last quarter than in the second."""
        return [each for each in self.memory if each.ratio > MOST_GROWTH]

    @property
    def is_clean(self) -> bool:
        """Whether everything that must be nought is."""
        return self.verdict.is_clean and not self.grown


def run(
    count: int,
    seed: int,
    folder: Path,
    tick: Callable[[int, int], None] = lambda *_: None,
    deaths: Deaths = _DEATHS,
) -> Result:
    """
    Run once.

    Args:
        folder: Logs and Redis's files go there.
        tick: Told how many messages are posted, of how many.
        deaths: When workers are killed.
    """
    script = write_script(count, seed)
    with open_house(folder, _OPTIONS) as house:
        house.disturb_ehr(EHR_CHANCES, seed=seed, methods=["GET", "POST", "PUT"], hold_seconds=EHR_HOLD_SECONDS)
        return _go(house, script, seed, tick, deaths)


@contextmanager
def open_house(folder: Path, options: Mapping[str, str]) -> Iterator[House]:
    """Redis, door, two workers, beat and an EHR that knows the patients, all at work."""
    with start_redis(folder / "redis") as server:
        house = House(folder, server, _free_port(), _free_port(), dict(options))
        try:
            _open(house)
            yield house
        finally:
            house.stop()


def _open(house: House) -> None:
    house.start_ehr()
    entries = [{"resource": {"resourceType": "Patient", "id": each}} for each in PATIENTS]
    for entry in entries:
        entry["request"] = {"method": "PUT", "url": f"Patient/{entry['resource']['id']}"}
    patients = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    requests.post(house.ehr, json=patients, timeout=10).raise_for_status()
    house.start_door()
    house.start_worker("one")
    house.start("two", str(SKEWED), "--concurrency=2", "--hostname=two@%h")
    house.start_beat()
    house.until(house.door_answers, 60, "the door answers")
    house.until(lambda: house.inbox.sweep_state().age_seconds is not None, 60, "the sweep goes round")


def _go(house: House, script: Script, seed: int, tick: Callable[[int, int], None], deaths: Deaths) -> Result:
    total = len(script.messages)
    engine = Engine(house.door, lambda: house.inbox, lambda posted: tick(posted, total))
    troubles = Troubles(house, lambda: engine.posted / total, _WORKERS, seed, deaths)
    ours = ("door", "beat", *_WORKERS)
    watch = MemoryWatch(lambda: _ready(house, ours), house.client, lambda: engine.posted)
    started = time.monotonic()
    watch.start()
    troubles.start()
    try:
        sent = engine.send_all(script.messages)
    finally:
        troubles.stop()
        memory = watch.stop()
    ended = time.monotonic()
    troubles.supervise()
    ehr = house.disturb_ehr()
    settled = _settle(house, troubles)
    verdict = judge(house, sent, script.expected)
    return Result(script, sent, troubles.happened, ehr, verdict, memory, ended - started, settled)


def _ready(house: House, names: tuple[str, ...]) -> dict[str, int]:
    """Processes that have loaded what they work with."""
    return {name: pid for name, pid in house.pids(names).items() if name not in _WORKERS or house.is_working(name)}


def _settle(house: House, troubles: Troubles) -> float:
    """Wait until nothing is open, or the time is over; how long it took."""
    started = time.monotonic()
    while time.monotonic() - started < SETTLE_SECONDS and not is_settled(house):
        troubles.supervise()
        time.sleep(0.2)
    return time.monotonic() - started


def is_settled(house: House) -> bool:
    """Whether nothing is open."""
    try:
        counts = house.inbox.counts()
    except InboxUnavailable:
        return False
    open_states = ("received", "waiting", "decided", "due", "delivering")
    return not any(counts[kind].get(state, 0) for kind in counts for state in open_states)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
