"""For the tests of delivery: a sandbox over real HTTP, an inbox for one delivery, and outcomes as resources."""

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import requests
import uvicorn

from tests.resource_outcomes import outcome
from worker.core.model import Outcome
from worker.core.resources import supersede, withdraw
from worker.ehr import Breaker, Ehr, open_session
from worker.inbox import Delivery, Written
from worker.sandbox import Abilities, Faults, create_sandbox
from worker.settings import Settings

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
REPORT_ID = "11111111-2222-5333-8444-555555555555"
PATIENT = {
    "resourceType": "Patient",
    "id": "p-7",
    "identifier": [{"system": "urn:example:mrn", "value": "7"}],
}
Resource = dict[str, Any]


class EhrServer:
    """A running sandbox; ``url`` is its FHIR base."""

    def __init__(self, url: str, faults: Faults) -> None:
        self.url, self.faults = url, faults

    def put(self, resource: Resource) -> Resource:
        """Write as somebody else would, a clinician for one."""
        answer = requests.put(f"{self.url}/{resource['resourceType']}/{resource['id']}", json=resource, timeout=5)
        answer.raise_for_status()
        return answer.json()

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


@contextmanager
def serving(
    faults: Faults | None = None, abilities: Abilities | None = None, strict: bool = False
) -> Iterator[EhrServer]:
    """A sandbox on a free port, in a thread of its own, with one patient."""
    faults = faults or Faults()
    app = create_sandbox(faults, abilities, strict)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        config = uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            running = EhrServer(f"http://127.0.0.1:{port}/fhir", faults)
            script, faults.script = faults.script, type(faults.script)()
            chances, faults.chances = faults.chances, {}
            running.put(PATIENT)
            faults.script, faults.chances = script, chances
            faults.happened.clear()
            yield running
        finally:
            server.should_exit = True
            thread.join(10)


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
        )

    def finish_delivery(self, delivery: Delivery, written: Mapping[str, Written], note: str = "") -> bool:
        if delivery.fence != self.fence:
            return False
        self.written |= written
        self.state, self.attempts, self.unknown = "delivered", 0, False
        self.happened.append(("finished", note))
        return True

    def postpone_delivery(
        self, delivery: Delivery, delay_seconds: float, reason: str, outcome_unknown: bool = False
    ) -> bool:
        self.state, self.unknown = "due", self.unknown or outcome_unknown
        self.happened.append(("postponed", delay_seconds, reason, outcome_unknown))
        return True

    def park_delivery(self, delivery: Delivery, reason: str, operation_outcome: Any = None) -> bool:
        self.state = "parked"
        self.happened.append(("parked", reason, operation_outcome))
        return True


def _id(name: str) -> str:
    return str(uuid5(UUID(REPORT_ID), name))


def _resource(resource_type: str, name: str, **elements: Any) -> Resource:
    own_id = _id(name)
    system = f"urn:calcifhir:{resource_type.lower()}"
    tags = [{"system": "urn:calcifhir:product", "code": "calcifhir"}, {"system": "urn:calcifhir:revision", "code": "0"}]
    return {
        "resourceType": resource_type,
        "id": own_id,
        "meta": {"source": "urn:calcifhir:worker#1", "tag": tags},
        "identifier": [{"system": system, "value": own_id}],
        **elements,
    }


def ref(resource_type: str, name: str) -> Resource:
    """A literal reference to one of ``plan_of``'s resources."""
    return {"reference": f"{resource_type}/{_id(name)}"}


def _narrative(text: str) -> Resource:
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{text}</p></div>'}


def plan_of(
    *actions: str,
    level: str = "4",
    letter: str = "You need one more test.",
    version: str = "1",
    subject: Mapping[str, Any] | None = None,
    moment: str = "2026-11-22T09:30:00+00:00",
) -> tuple[Resource, ...]:
    """
    The shape of what is written for one report, without the tables: a plan, what it plans, a letter, a question.

    Args:
        actions: One ServiceRequest each.
        version: Of the report; its Provenance has an id of its own.
    """
    who = dict(subject or {"reference": "Patient/p-7"})
    actions = actions or ("biopsy", "call")
    told = {"status": "draft", "intent": "proposal", "subject": who, "authoredOn": moment}
    made = [
        _resource(
            "CarePlan",
            "care-plan",
            text=_narrative(f"Level {level}"),
            status="draft",
            intent="proposal",
            title=f"Level {level}",
            subject=who,
            created=moment,
            activity=[{"reference": ref("ServiceRequest", each)} for each in actions],
        ),
        *(_resource("ServiceRequest", each, code={"text": f"{each} {level}"}, **told) for each in actions),
        _resource("Goal", "goal", lifecycleStatus="proposed", description={"text": "resolved"}, subject=who),
        _resource(
            "Communication",
            "communication",
            status="preparation",
            basedOn=[ref("CarePlan", "care-plan")],
            subject=who,
            payload=[{"contentString": letter}],
            note=[{"time": moment, "text": "draft"}],
        ),
        _resource("DetectedIssue", "issue", status="preliminary", patient=who, code={"text": f"C-08 {level}"}),
        _resource(
            "Task",
            "task:review",
            status="requested",
            intent="order",
            focus=ref("CarePlan", "care-plan"),
            **{"for": who},
            authoredOn=moment,
            lastModified=moment,
            description=f"Review level {level}",
            performerType=[{"text": "breast imaging"}],
        ),
    ]
    provenance = _resource(
        "Provenance",
        f"provenance:{version}",
        target=[{"reference": f"{each['resourceType']}/{each['id']}"} for each in made],
        recorded=moment,
        agent=[{"who": {"display": "CalciFHIR"}}],
    )
    del provenance["identifier"]
    return (*made, provenance)


def amended(**changes: Any) -> tuple[Resource, ...]:
    """What is written after an amended report: the call is no longer planned, an MRI is."""
    new = plan_of("biopsy", "mri", **{"level": "5", "letter": "You need two more tests.", "version": "2", **changes})
    return supersede(plan_of(), new)


def withdrawn() -> tuple[Resource, ...]:
    """What is written after a cancelled report."""
    return withdraw(plan_of(), cancelled_outcome(), NOW)


def cancelled_outcome() -> Outcome:
    """The decision about a report that was cancelled."""
    made = outcome()
    return replace(made, disposition="withdraw", report=replace(made.report, status="cancelled"))
