"""
Records that an earlier version stored stay readable: its inbox is put back key by key, and work goes on from there.

``tests/cases/stored/inbox-schema-N.json`` is an inbox as it was when shape N was current: one report at the EHR, one
that waits for an Observation, one parked. Never change such a file; a new shape gets a new one, by running this module.
"""

import base64
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.desk import REPORT_ID, Desk, a_desk
from tests.shell.documents import as_bytes, observation, report
from tests.shell.fakes import claimed, put
from worker.core.rules import Rules
from worker.deliver import deliver
from worker.embedded import EmbeddedRedis, start_redis
from worker.errors import SettingsError
from worker.inbox import Inbox
from worker.inbox.schema import SCHEMA
from worker.tables import load_rules

FOLDER = Path(__file__).parents[1] / "cases" / "stored"
FILES = sorted(FOLDER.glob("inbox-schema-*.json"))
PREFIX = "d:"


def restore(client: "redis.Redis", kept: dict[str, Any]) -> None:
    """Put every key back as it was."""
    for key, (kind, value) in kept.items():
        if kind == "string":
            client.set(key, base64.b64decode(value))
        elif kind == "hash":
            client.hset(key, mapping={name: base64.b64decode(each) for name, each in value.items()})
        elif kind == "zset":
            client.zadd(key, value)
        elif kind == "set":
            client.sadd(key, *value)
        else:
            client.rpush(key, *value)


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def desk(request: pytest.FixtureRequest, redis_server: EmbeddedRedis, rules: Rules) -> Iterator[Desk]:
    with a_desk(redis_server.url, rules) as made, redis.Redis.from_url(redis_server.url) as client:
        restore(client, json.loads(request.param.read_text(encoding="utf-8")))
        yield made


def test_there_is_one_of_each_shape() -> None:
    assert [path.stem for path in FILES] == [f"inbox-schema-{number}" for number in range(1, SCHEMA + 1)]


def test_what_was_delivered_is_told_and_an_amendment_updates_the_same_plan(desk: Desk) -> None:
    life = desk.inbox.report_json(REPORT_ID)
    assert life is not None
    assert (life["verdict"], life["delivery"]["state"]) == ("plan", "delivered")
    assert desk.inbox.status_json(life["message"]) is not None
    before = (desk.inbox.previous(REPORT_ID) or {})["resources"]
    assert desk.take(report(1, version=2, status="amended", conclusion="BI-RADS 5.")) == "delivered"
    after = (desk.inbox.previous(REPORT_ID) or {})["resources"]
    plans = [[each["id"] for each in some if each["resourceType"] == "CarePlan"] for some in (before, after)]
    assert plans[0] == plans[1]


def test_an_older_version_that_comes_late_is_still_seen_to_be_older(desk: Desk) -> None:
    message = desk.inbox.message(desk.decide(report(1, version=0, conclusion="BI-RADS 1.")))
    assert message is not None
    assert message.state == "superseded"


def test_what_waited_is_still_woken_by_what_it_waits_for(desk: Desk) -> None:
    lines = (line for page in desk.inbox.pages.messages() for line in page)
    (waiting,) = (line.message_id for line in lines if line.state == "waiting")
    desk.decide(observation(2))
    message = desk.inbox.message(waiting)
    assert message is not None
    assert message.state == "decided"
    deliver(message.report_ids[0], desk.inbox, desk.ehr, desk.site, desk.inbox.now())
    assert (desk.inbox.message(waiting) or message).state == "delivered"


def test_what_was_parked_can_be_replayed(desk: Desk) -> None:
    (entry,) = desk.inbox.parked()
    assert desk.inbox.replay(entry["id"]) == "decide"
    assert desk.inbox.claim(entry["id"]) is not None


def test_a_shape_that_is_newer_than_we_know_is_refused(redis_client: "redis.Redis", prefix: str) -> None:
    inbox = Inbox(redis_client, prefix)
    inbox.check_durable()
    inbox.check_durable()
    redis_client.set(f"{prefix}schema", SCHEMA + 1)
    with pytest.raises(SettingsError, match="newer version"):
        inbox.check_durable()


def snapshot(path: Path) -> None:
    """Write down the inbox of the present shape."""
    rules = load_rules()
    with start_redis(path.parent / "redis") as server, a_desk(server.url, rules) as desk:
        desk.inbox.check_durable()
        desk.take(report(1))
        desk.site = replace(desk.site, gather_deadline_seconds=120)
        desk.decide(report(2, results=("Observation/o2",)))
        parked = put(desk.inbox, as_bytes(report(3)), "d3").message_id
        desk.inbox.park(claimed(desk.inbox, parked), "a fault that was mended since")
        with redis.Redis.from_url(server.url) as client:
            kept = {key.decode(): _kept(client, key) for key in sorted(client.scan_iter("*"))}
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _kept(client: "redis.Redis", key: bytes) -> tuple[str, Any]:
    kind = client.type(key).decode()
    if kind == "string":
        return kind, _text(client.get(key))
    if kind == "hash":
        return kind, {name.decode(): _text(value) for name, value in sorted(client.hgetall(key).items())}
    if kind == "zset":
        return kind, {name.decode(): score for name, score in client.zrange(key, 0, -1, withscores=True)}
    if kind == "set":
        return kind, sorted(each.decode() for each in client.smembers(key))
    return kind, [each.decode() for each in client.lrange(key, 0, -1)]


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


if __name__ == "__main__":
    snapshot(Path(sys.argv[1]))
