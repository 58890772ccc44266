"""An earlier series and a later exam in any order of messages and acts: the series is never lost (INV-5, INV-7)."""

import itertools
from collections.abc import Callable
from contextlib import suppress

import pytest
import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.shell.documents import Resource, bundle
from tests.shell.fakes import Clock
from tests.shell.life import PROBABLY, SUSPICIOUS, Life, of
from tests.shell.test_series_end import CLEARED
from worker.core.ids import report_id_of
from worker.core.rules import Rules
from worker.inbox import Inbox

EARLIER = {
    "series": {"conclusion": PROBABLY},
    "biopsy": {"conclusion": SUSPICIOUS},
    "gone": {"conclusion": PROBABLY, "status": "cancelled"},
}
LATER = {
    "cleared": {"conclusion": CLEARED},
    "suspicious": {"conclusion": SUSPICIOUS},
    "gone": {"conclusion": CLEARED, "status": "entered-in-error"},
    "somebody else's": {"conclusion": CLEARED, "subject": {"reference": "Patient/p2"}},
}
OWN = [("earlier", name) for name in EARLIER] + [("later", name) for name in LATER]
ACTS = [("release", "1"), ("release", "2"), ("keep", "2"), ("revoke", "2")]
# What leads there is tried more often than what follows from it.
MOVES = st.sampled_from([*OWN, *ACTS, ("later", "cleared"), *ACTS[:2] * 3, ("both", "")])
START = [("earlier", "series"), ("release", "1"), ("later", "cleared")]
_FOUND = settings.default.max_examples if settings.default else 0
FEW = settings(max_examples=max(12, _FOUND // 25), suppress_health_check=[HealthCheck.function_scoped_fixture])
_numbers = itertools.count()


class Series:
    """Two reports of one person; what their newest versions say, and what follows."""

    def __init__(self, life: Life) -> None:
        self.life, self.versions = life, itertools.count(1)
        self.earlier, self.later = "", ""

    def _report(self, number: int, changes: Resource) -> Resource:
        day = {1: "2025-08-20", 2: "2026-02-20"}[number]
        return {**of(number, day=day, version=next(self.versions)), **changes}

    def move(self, kind: str, what: str) -> None:
        """One message; a release or an answer of what does not stand is none."""
        if kind in {"earlier", "both"}:
            self.earlier = what or "series"
        if kind in {"later", "both"}:
            self.later = what or "cleared"
        if kind == "earlier":
            self.life.take(self._report(1, EARLIER[what]))
        elif kind == "later":
            self.life.take(self._report(2, LATER[what]))
        elif kind == "both":
            self.life.take(bundle(self._report(2, LATER["cleared"]), self._report(1, EARLIER["series"])))
        elif self.is_known(int(what)):
            self._act(kind, int(what))

    def _act(self, kind: str, number: int) -> None:
        if kind == "release":
            with suppress(ValueError):  # nobody is asked to review it
                self.life.release(number)
            return
        if kind == "revoke":
            if self.life.plan(number)["status"] == "active":
                self.life.take({**self.life.plan(number), "status": "revoked"})
            return
        for each in self.life.record(number)["resources"]:
            if each["resourceType"] == "DetectedIssue" and each["status"] == "preliminary":
                self.life.take({**each, "status": "final", "mitigation": [{"action": {"text": "seen"}}]})

    def is_known(self, number: int) -> bool:
        return self.life.inbox.previous(report_id_of(f"urn:ris|ACC-{number}")) is not None

    def check(self) -> None:
        """Whatever the earlier report calls for is open, unless the later one, as it stands now, has ended it."""
        if self.earlier in {"", "gone"} or not self.is_known(1):
            return
        plan, brief = self.life.plan(1), self.life.record(1)["brief"]
        if plan["status"] in {"draft", "active"}:
            assert brief["open"]
            return
        assert self.earlier == "series"
        assert self.later == "cleared"
        assert brief["ended_by"] == report_id_of("urn:ris|ACC-2")
        assert report_id_of("urn:ris|ACC-1") in self.life.record(2)["ended_others"]
        assert "active" in self.life.plans(2).values()


@pytest.fixture
def installed(redis_client: "redis.Redis", rules: Rules) -> Callable[[], Life]:
    """A new installation for each example."""

    def install() -> Life:
        clock = Clock()
        return Life(Inbox(redis_client, f"series{next(_numbers)}:", clock=clock), rules, clock)

    return install


@FEW
@given(st.lists(MOVES, max_size=7))
def test_whatever_comes_the_series_is_open_or_ended_by_what_stands(
    installed: Callable[[], Life], moves: list[tuple[str, str]]
) -> None:
    series = Series(installed())
    for move in [*START, *moves]:
        series.move(*move)
        series.check()
