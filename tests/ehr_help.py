"""For the tests of delivery: a sandbox over real HTTP, an inbox for one delivery, and outcomes as resources."""

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
import uvicorn

from tests.plan_resources import Resource
from worker.ehr import Breaker, Ehr, open_session
from worker.inbox import Delivery, Written
from worker.sandbox import Abilities, Faults, create_sandbox
from worker.sandbox.store import Stage, Store
from worker.settings import Settings

PATIENT = {
    "resourceType": "Patient",
    "id": "p-7",
    "identifier": [{"system": "urn:example:mrn", "value": "7"}],
}


class EhrServer:
    """A running sandbox; ``url`` is its FHIR base."""

    def __init__(self, url: str, faults: Faults, store: Store | None = None) -> None:
        self.url, self.faults, self.store = url, faults, store or Store()

    def put(self, resource: Resource) -> Resource:
        """Write as somebody else would, a clinician for one."""
        answer = requests.put(f"{self.url}/{resource['resourceType']}/{resource['id']}", json=resource, timeout=5)
        answer.raise_for_status()
        return answer.json()

    def put_quietly(self, resource: Resource) -> Resource:
        """Write past HTTP: no fault meets it, an id is taken as it is."""
        stage = Stage(self.store)
        written = stage.write(resource["resourceType"], resource["id"], dict(resource))
        stage.commit()
        return written.resource or {}

    def delete(self, key: str) -> None:
        """Delete as somebody else would."""
        requests.delete(f"{self.url}/{key}", timeout=5).raise_for_status()

    def held(self, resource_type: str) -> list[Resource]:
        """What it holds of one type."""
        answer = requests.get(self.url.replace("/fhir", "/_sandbox/resources"), {"type": resource_type}, timeout=5)
        return answer.json()["resources"]

    def one(self, resource_type: str) -> Resource:
        """The only resource of a type."""
        (found,) = self.held(resource_type)
        return found

    def versions(self) -> dict[str, str]:
        """Type/id to version of everything but patients."""
        answer = requests.get(self.url.replace("/fhir", "/_sandbox/resources"), timeout=5)
        found = (r for r in answer.json()["resources"] if r["resourceType"] != "Patient")
        return {f"{r['resourceType']}/{r['id']}": r["meta"]["versionId"] for r in found}


class _Switch:
    """One server thread for all tests of a process; each test has an application of its own behind it."""

    def __init__(self) -> None:
        self.app: Any = None
        self._url = ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)

    def url(self) -> str:
        """Start at the first need; a daemon thread ends with the process."""
        if not self._url:
            # asyncio switches Nagle's algorithm off only where the protocol is named; with it each answer takes 40 ms.
            listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
            listening.bind(("127.0.0.1", 0))
            listening.listen()
            config = uvicorn.Config(self, log_level="critical", lifespan="off", timeout_keep_alive=75)
            server = uvicorn.Server(config)
            threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
            self._url = f"http://127.0.0.1:{listening.getsockname()[1]}/fhir"
        return self._url


_switch = _Switch()


@contextmanager
def serving(
    faults: Faults | None = None, abilities: Abilities | None = None, strict: bool = False
) -> Iterator[EhrServer]:
    """A sandbox over real HTTP, empty but for one patient."""
    faults = faults or Faults()
    app = create_sandbox(faults, abilities, strict)
    server = EhrServer(_switch.url(), faults, app.state.server.store)
    server.put_quietly(PATIENT)
    _switch.app = app
    yield server


@contextmanager
def connected(server: EhrServer, timeout_seconds: float = 5.0, **options: Any) -> Iterator[Ehr]:
    """Our client of it, with a breaker that stays shut unless a test hands in another."""
    with open_session() as session:
        options.setdefault("breaker", Breaker(threshold=1000, longest_seconds=0.0))
        yield Ehr(server.url, session, timeout_seconds=timeout_seconds, **options)


def settings(**changes: Any) -> Settings:
    """Settings as a site would have them."""
    return Settings(**{"redis_url": "redis://x", "ehr_base_url": "http://x", **changes})


@dataclass
class FakeInbox:
    """The part of the inbox that delivery uses, for one report, with the rules of the real one."""

    resources: Sequence[Mapping[str, Any]] = ()
    seq: int = 1
    attempts: int = 0
    fence: int = 0
    state: str = "due"
    unknown: bool = False
    alone: int = 0
    doubts: int = 0
    written: dict[str, Written] = field(default_factory=dict)
    happened: list[tuple[Any, ...]] = field(default_factory=list)
    fhir_version: str = "R4"

    def record(self, resources: Sequence[Mapping[str, Any]]) -> None:
        """A newer outcome."""
        self.resources, self.seq, self.attempts, self.state = resources, self.seq + 1, 0, "due"

    def claim_delivery(self, report_id: str) -> Delivery | None:
        if self.state not in {"due", "delivering"}:
            return None
        self.state, self.attempts, self.fence = "delivering", self.attempts + 1, self.fence + 1
        self.doubts += 1
        resources = tuple(dict(each) for each in self.resources)
        return Delivery(
            report_id,
            self.seq,
            self.fence,
            "plan",
            self.fhir_version,  # type: ignore[arg-type]
            resources,
            dict(self.written),
            self.attempts,
            self.unknown,
            failed_alone=self.alone,
            doubts=self.doubts - 1,
        )

    def finish_delivery(
        self, delivery: Delivery, written: Mapping[str, Written], note: str = "", along: object = None
    ) -> bool:
        if delivery.fence != self.fence:
            return False
        self.written |= written
        self.state, self.attempts, self.unknown, self.doubts = "delivered", 0, False, 0
        self.happened.append(("finished", note))
        return True

    def postpone_delivery(
        self, delivery: Delivery, delay_seconds: float, reason: str, outcome_unknown: bool = False, how: str = ""
    ) -> bool:
        self.state, self.unknown = "due", self.unknown or outcome_unknown
        self.alone = self.alone + 1 if how == "alone" else self.alone if how == "unasked" else 0
        self.attempts -= how == "unasked"
        self.doubts -= how == "unasked"
        self.happened.append(("postponed", delay_seconds, reason, outcome_unknown))
        return True

    def park_delivery(self, delivery: Delivery, reason: str, operation_outcome: Any = None) -> bool:
        self.state = "parked"
        self.happened.append(("parked", reason, operation_outcome))
        return True
