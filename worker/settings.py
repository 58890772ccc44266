"""
Environment -> :class:`Settings`; read once, in ``bootstrap``. Every room is handed only what it needs.

In: a mapping of ``CALCIFHIR_*`` variables. Out: a frozen value, or one :class:`SettingsError` that names every problem.
A secret may come as ``NAME`` or, for mounted secrets, as the file that ``NAME_FILE`` names.
"""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Self, TypeVar

from worker import setting_values as values
from worker.core.model import FhirVersion
from worker.errors import SettingsError

__all__ = ["Settings"]

_PREFIX = "CALCIFHIR_"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """
    All that a site may choose; the variable of ``redis_url`` is ``CALCIFHIR_REDIS_URL``, and so on.

    Args:
        redis_url: The inbox. It must keep acknowledged writes (AOF, fsync always) unless ``allow_volatile``. Sentinels:
            ``sentinel://one:26379,two:26379/0?master=NAME``.
        redis_replicas: So many replicas must hold a message before its 202; without them a failover could lose it.
        broker_url: Celery's broker, Redis as above or RabbitMQ (``amqp://``); empty uses the inbox's Redis under a key
            prefix of its own.
        key_prefix: Put before every key, so that several installations can share a server.
        ehr_base_url: Base URL of the EHR's FHIR server, without a trailing slash (``CALCIFHIR_EHR_URL``).
        ehr_token: Bearer token; empty sends none.
        ehr_patient_match: How the patient is found at the EHR: by the report's own reference, or by an identifier.
        senders: Who may post: name to bearer token (``CALCIFHIR_SENDERS="engine:token ..."``); empty asks for none.
        releasers: Practitioner references that may release or reject a plan; empty leaves that to the EHR.
        release_from: Senders whose messages may carry clinicians' acts; empty takes them from any.
        readers: Who may see the practice view (``/console``), as ``senders``; empty lets nobody in, unless the door
            asks for nothing either (no ``senders``).
        mappings: A site's overlay folders, laid over the shipped tables in this order.
        gather_deadline_seconds: How long a report waits for the Observations that it cites.
        lease_seconds: How long a worker may hold one piece of work; after that the sweep gives it to another. Longer
            than the hard time limit of a task, which is derived from it.
        poison_limit: After so many workers died over one message it is parked.
        sweep_seconds: How often the sweep looks for what stands still.
        ring_seconds: How long a rung piece of work may stand before the sweep rings again.
        max_message_bytes: Largest body the door takes; ``max_attachment_message_bytes`` if it carries attachments.
        keep_days: How long the body of a settled message is kept for replay; its record stays.
        most_open_messages: The door answers 503 from so many messages on that are not at their end.
        most_inbox_bytes: The same for Redis's memory; 0 stands for nine tenths of its ``maxmemory``, if it has one.
        most_unread_seconds: The same for the age of the oldest message that no worker has read.
        door_url: Where our own door is, for synthetic reports.
        probe_patient: A test patient of the EHR, ``Patient/id`` or ``system|value``; empty sends no synthetic reports.
        probe_seconds: How often one is sent.
        watchdog_seconds: A worker that has taken no bell for so long, though the broker answers, ends to be restarted.
    """

    redis_url: str = field(repr=False)  # may carry a password
    ehr_base_url: str
    redis_replicas: int = 0
    broker_url: str = field(default="", repr=False)
    key_prefix: str = "calcifhir:"
    ehr_fhir_version: FhirVersion = "R4"
    ehr_token: str = field(default="", repr=False)
    ehr_timeout_seconds: float = 10.0
    ehr_patient_match: Literal["reference", "identifier"] = "reference"
    senders: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    releasers: frozenset[str] = frozenset()
    release_from: frozenset[str] = frozenset()
    readers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    mappings: tuple[Path, ...] = ()
    allow_volatile: bool = False
    gather_deadline_seconds: float = 120.0
    lease_seconds: float = 30.0
    poison_limit: int = 5
    sweep_seconds: float = 2.0
    ring_seconds: float = 20.0
    max_message_bytes: int = 1024 * 1024
    max_attachment_message_bytes: int = 5 * 1024 * 1024
    keep_days: float = 30.0
    most_open_messages: int = 200_000
    most_inbox_bytes: int = 0
    most_unread_seconds: float = 3600.0
    watchdog_seconds: float = 120.0
    door_url: str = "http://127.0.0.1:8080"
    probe_patient: str = ""
    probe_seconds: float = 300.0

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """
        Read and check everything.

        Raises:
            SettingsError: Names every missing, misspelt or wrong variable at once.
        """
        reader = _Reader(env)
        given: dict[str, Any] = {
            "redis_url": reader.secret("REDIS_URL", values.redis_url, required=True),
            "ehr_base_url": reader.read("EHR_URL", values.http_url, required=True),
            "broker_url": reader.secret("BROKER_URL", values.broker_url),
            "ehr_token": reader.secret("EHR_TOKEN", values.text),
            "senders": reader.secret("SENDERS", values.senders),
            "readers": reader.secret("READERS", values.senders),
        }
        given |= {name: reader.read(name.upper(), parse) for name, parse in _OPTIONAL.items()}
        reader.finish()
        return cls(**{name: value for name, value in given.items() if value is not None})


class _Reader:
    """Collects values and problems, so that a site mends its environment in one go."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env, self._known = env, set[str]()
        self._problems: list[str] = []

    def read(self, name: str, parse: Callable[[str], T], required: bool = False) -> T | None:
        """The parsed variable; None if it is not set or wrong."""
        return self._parse(name, self._raw(name), parse, required)

    def secret(self, name: str, parse: Callable[[str], T], required: bool = False) -> T | None:
        """The same, from ``NAME`` or from the file that ``NAME_FILE`` names."""
        raw, file = self._raw(name), self._raw(name + "_FILE")
        if raw and file:
            self._problems.append(f"{_PREFIX}{name} and {_PREFIX}{name}_FILE are both set; keep one")
        if not file:
            return self._parse(name, raw, parse, required)
        try:
            return self._parse(name, Path(file).read_text(encoding="utf-8").strip(), parse, required)
        except (OSError, UnicodeDecodeError) as error:
            self._problems.append(f"{_PREFIX}{name}_FILE cannot be read ({type(error).__name__})")
            return None

    def finish(self) -> None:
        """Raise if there were problems. A variable that is nearly one of ours is a typing error, not a stranger."""
        for name in sorted(n for n in self._env if n.startswith(_PREFIX) and n not in self._known):
            if near := difflib.get_close_matches(name, self._known, 1, 0.87):
                self._problems.append(f"{name} is unknown; did you mean {near[0]}?")
        if self._problems:
            raise SettingsError(self._problems)

    def _raw(self, name: str) -> str:
        self._known.add(_PREFIX + name)
        return self._env.get(_PREFIX + name, "").strip()

    def _parse(self, name: str, raw: str, parse: Callable[[str], T], required: bool) -> T | None:
        if not raw:
            if required:
                self._problems.append(f"{_PREFIX}{name} is missing")
            return None
        try:
            return parse(raw)
        except ValueError as error:  # our own parsers, whose sentences never repeat the value
            self._problems.append(f"{_PREFIX}{name} {error}")
            return None


_OPTIONAL: Mapping[str, Callable[[str], Any]] = {
    "redis_replicas": values.whole,
    "key_prefix": values.text,
    "ehr_fhir_version": values.one_of("R4", "R4B", "R5"),
    "ehr_timeout_seconds": values.positive,
    "ehr_patient_match": values.one_of("reference", "identifier"),
    "releasers": values.names,
    "release_from": values.names,
    "mappings": values.folders,
    "allow_volatile": values.flag,
    "gather_deadline_seconds": values.not_negative,
    "lease_seconds": values.at_least(2.0),
    "poison_limit": values.count,
    "sweep_seconds": values.positive,
    "ring_seconds": values.positive,
    "max_message_bytes": values.count,
    "max_attachment_message_bytes": values.count,
    "keep_days": values.positive,
    "most_open_messages": values.count,
    "most_inbox_bytes": values.whole,
    "most_unread_seconds": values.positive,
    "watchdog_seconds": values.at_least(4.0),
    "door_url": values.http_url,
    "probe_patient": values.text,
    "probe_seconds": values.at_least(1.0),
}
