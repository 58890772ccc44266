"""What a deployment does to running processes: new tables, a stop in the middle of work, two versions side by side."""

import csv
import signal
from pathlib import Path

import pytest

from tests.integration.house import House
from tests.shell.documents import report
from worker.tables import load_rules

pytestmark = [pytest.mark.integration, pytest.mark.timeout(240)]
MAPPINGS = Path(__file__).parents[2] / "mappings"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A site's own folder, empty for now."""
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def house(house: House, tables: Path) -> House:
    house.options["MAPPINGS"] = str(tables)
    return house


def change(tables: Path) -> str:
    """Give one rule another severity; the digest of the tables then."""
    with (MAPPINGS / "contradictions.csv").open(encoding="utf-8", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["id"] == "C-04") | {"severity": "low"}
    with (tables / "contradictions.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, row)
        writer.writeheader()
        writer.writerow(row)
    return load_rules((tables,)).digest


def digest_of(house: House, message_id: str) -> str:
    message = house.inbox.message(message_id)
    assert message is not None
    outcome = house.inbox.outcome(message.report_ids[0])
    assert outcome is not None
    return str(outcome["tables"])


def test_a_deployment_brings_new_tables_and_two_versions_at_once_and_loses_nothing(house: House, tables: Path) -> None:
    house.start_worker()
    house.start_beat()
    house.start_door()
    before = load_rules((tables,)).digest
    first = house.send(report(1)).headers["Location"].removeprefix("/messages/")
    assert house.until_ended([first], 60) == {"delivered": 1}

    after = change(tables)
    assert after != before
    for name in ("worker", "door"):
        house.signal(name, signal.SIGHUP)
    house.until(lambda: house.logs().count('"event": "ready"') > 1, 60, "the worker is back")
    second = house.send(report(2)).headers["Location"].removeprefix("/messages/")
    assert house.until_ended([second], 60) == {"delivered": 1}
    assert (digest_of(house, first), digest_of(house, second)) == (before, after), "each outcome names its tables"
    assert house.exit_code("worker") is house.exit_code("door") is None, "the same processes, begun anew"

    # An older version drops what it does not know, and the sweep rings until a newer one takes it: at the latest when
    # the last of the older ones has ended. Until then each bell goes to whichever is quicker.
    assert house.end("worker") == 0
    house.start_worker("older", Path(__file__).parent / "older_worker.py")
    third = house.post(report(3))
    house.until(lambda: house.state(third) == "decided", 60, "the older version decides")
    rung = house.inbox.sweep_state().rung["deliver"]
    house.until(lambda: house.inbox.sweep_state().rung["deliver"] > rung, 40, "what it dropped is rung for")
    assert house.exit_code("older") is None
    ready = house.logs().count('"event": "ready"')
    house.restart("worker")
    house.until(lambda: house.logs().count('"event": "ready"') > ready, 60, "both versions run")
    assert house.end("older") == 0
    assert house.until_ended([third], 60) == {"delivered": 1}
    assert "ACC-3" not in house.logs()
    assert house.end("door") == 0
