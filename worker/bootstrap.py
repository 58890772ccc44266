"""
The only place where real things are built and joined, and the only one that reads the environment.

Built on first use in each process: a forked child must not share its parent's sockets.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import redis
from redis.backoff import ExponentialWithJitterBackoff
from redis.retry import Retry

from worker.core.rules import Rules
from worker.ehr import Ehr, StaticToken, open_session
from worker.errors import TableError
from worker.inbox import Inbox
from worker.logs import configure_logs
from worker.metrics import Metrics
from worker.probe import Probe
from worker.redis_address import redis_client
from worker.settings import Settings
from worker.tables import load_rules

__all__ = ["Parts", "parts", "settings"]

_CONNECT_SECONDS = 2.0
_ANSWER_SECONDS = 10.0  # an fsync on a busy disk takes its time; a hung server must not hold a worker longer
_TRIES = 2


@dataclass(frozen=True)
class Parts:
    """Everything of one process; what is slow to build or not always needed is built when it is first asked for."""

    settings: Settings
    redis: "redis.Redis"
    inbox: Inbox

    @cached_property
    def rules(self) -> Rules:
        """The tables, checked; raises ``TableError`` with file and line."""
        return _rules(self.settings.mappings)

    @cached_property
    def ehr(self) -> Ehr:
        """The EHR's FHIR server."""
        site = self.settings
        return Ehr(site.ehr_base_url, open_session(), StaticToken(site.ehr_token), site.ehr_timeout_seconds)

    @cached_property
    def probe(self) -> Probe:
        """Synthetic reports."""
        return Probe(self.settings, self.inbox, self.ehr, open_session())

    @cached_property
    def metrics(self) -> Metrics:
        """Counters of this process."""
        return Metrics()

    @cached_property
    def today(self) -> Callable[[], date]:
        """The calendar date at the facility, in whose time zone legal clocks run."""
        name = self.rules.practice.get("facility.timezone")
        if name is None:
            raise TableError(
                "practice.csv", 0, "facility.timezone is empty; legal clocks need the facility's time zone"
            )
        zone = ZoneInfo(name)
        return lambda: datetime.now(zone).date()

    def now(self) -> datetime:
        """This moment, with its offset."""
        return datetime.now(UTC)


@lru_cache(maxsize=1)
def _rules(folders: tuple[Path, ...]) -> Rules:
    """Plain values, which forked children may share with their parent."""
    return load_rules(folders)


_parts: tuple[int, Parts] | None = None


def parts() -> Parts:
    """
    The parts of this process.

    Raises:
        SettingsError: Names every wrong variable at once.
    """
    global _parts  # noqa: PLW0603  one per process, and fork must not inherit it
    if _parts is None or _parts[0] != os.getpid():
        configure_logs()
        _parts = (os.getpid(), build(settings()))
    return _parts[1]


def settings() -> Settings:
    """The environment, read anew."""
    return Settings.from_env(os.environ)


def build(site: Settings) -> Parts:
    """Parts for given settings; connects to nothing yet."""
    client = redis_client(
        site.redis_url,
        socket_connect_timeout=_CONNECT_SECONDS,
        socket_timeout=_ANSWER_SECONDS,
        socket_keepalive=True,
        # Every script may be run twice: what it did the first time it finds done.
        retry=Retry(ExponentialWithJitterBackoff(base=0.1, cap=1.0), _TRIES),
    )
    inbox = Inbox(
        client,
        site.key_prefix,
        lease_seconds=site.lease_seconds,
        ring_seconds=site.ring_seconds,
        poison_limit=site.poison_limit,
        keep_seconds=site.keep_days * 86_400,
        allow_volatile=site.allow_volatile,
        replicas=site.redis_replicas,
    )
    return Parts(site, client, inbox)
