"""
Delivery against a model: outcomes, lost answers, dying workers and clinicians in any order.

Whatever happens, what a clinician has touched is as they left it, and in the end the EHR holds the newest outcome once.
"""

from collections import Counter
from contextlib import ExitStack
from typing import Any

from hypothesis import settings as given_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.ehr_help import FakeInbox, connected, serving, settings
from tests.plan_resources import NOW, REPORT_ID, Resource, cancelled_outcome, plan_of
from worker.core.resources import next_revision, supersede, withdraw
from worker.deliver import deliver
from worker.sandbox import Abilities

KINDS = st.sampled_from(["ok", "reset", "reset-after", "500", "500-after", "503", "half-body", "html", "html-after"])
ACTIONS = st.lists(st.sampled_from(["biopsy", "call", "mri", "ultrasound"]), min_size=1, max_size=3, unique=True)
ENDED = {"revoked", "not-done", "cancelled", "entered-in-error"}
SERVERS = st.sampled_from(
    [
        Abilities(),
        Abilities(update_create=False),
        Abilities(transaction=False, batch=False),
        Abilities(transaction=False, batch=False, update_create=False),
        Abilities(if_match=False),
    ]
)


class DeliveryModel(RuleBasedStateMachine):
    """One report, one EHR."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.standing: tuple[Resource, ...] = ()
        self.older: tuple[Resource, ...] = ()
        self.touched: dict[str, Resource | None] = {}
        self.last_words: list[tuple[str, Any]] = []
        self.number = 0

    @initialize(abilities=SERVERS)
    def open(self, abilities: Abilities) -> None:
        self.server = self.stack.enter_context(serving(abilities=abilities))
        self.ehr = self.stack.enter_context(connected(self.server))
        self.inbox = FakeInbox((), state="delivered", seq=0)

    def record(self, resources: tuple[Resource, ...]) -> None:
        """
        A newer outcome, with what earlier ones have ended: they may never have been delivered.

        What is left as it was is kept for a later withdrawal.
        """
        keys = {(each["resourceType"], each["id"]) for each in resources}
        before = (*self.standing, *self.older)
        left = [e for e in before if e["resourceType"] != "Provenance" and (e["resourceType"], e["id"]) not in keys]
        ended = [each for each in left if each.get("lifecycleStatus", each.get("status")) in ENDED]
        self.older = tuple(each for each in left if each not in ended)
        self.standing = (*resources, *ended)
        self.inbox.record(self.standing)

    def said(self, resource: Resource) -> Any:
        """What a plan or a letter says."""
        return resource.get("title") or resource.get("payload")

    def note(self, chosen: Resource, theirs: Resource | None) -> None:
        """A clinician has had the last word on what it said, unless there is news from us."""
        key = f"{chosen['resourceType']}/{chosen['id']}"
        if key not in self.touched:
            self.last_words.append((chosen["resourceType"], self.said(chosen)))
        self.touched[key] = theirs

    def ours_or_theirs(self, ours: list[Resource], wanted: Resource) -> bool:
        """Whether what we want stands; that a clinician has changed the very same, to which we add nothing, will do."""
        standing = [self.said(each) for each in ours if each["resourceType"] == wanted["resourceType"]]
        is_settled = not standing and (wanted["resourceType"], self.said(wanted)) in self.last_words
        return is_settled or standing == [self.said(wanted)]

    @rule(actions=ACTIONS, level=st.integers(1, 6))
    def a_report_comes(self, actions: list[str], level: int) -> None:
        self.number += 1
        revision = next_revision(self.standing)
        said: dict[str, Any] = {"level": str(level), "letter": f"Letter {level}.", "version": str(self.number)}
        new = plan_of(*actions, revision=revision, **said)
        self.record(supersede(self.standing, new) if self.standing else new)

    @precondition(lambda self: self.standing)
    @rule()
    def it_is_cancelled(self) -> None:
        taken_back = withdraw((*self.standing, *self.older), cancelled_outcome(), NOW)
        if taken_back:
            self.record(taken_back)

    @rule(faults=st.lists(KINDS, max_size=4))
    def a_bell_rings(self, faults: list[str]) -> None:
        self.server.faults.replace(faults, {})
        deliver(REPORT_ID, self.inbox, self.ehr, settings(), NOW)

    @rule(faults=st.lists(KINDS, max_size=2))
    def a_worker_dies_before_it_can_tell(self, faults: list[str]) -> None:
        self.server.faults.replace(faults, {})
        self.inbox.finish_delivery = lambda *_: False  # type: ignore[method-assign, assignment]
        deliver(REPORT_ID, self.inbox, self.ehr, settings(), NOW)
        del self.inbox.finish_delivery

    @rule(pick=st.integers(0, 20), kind=st.sampled_from(["CarePlan", "CarePlan", "ServiceRequest", "Communication"]))
    def a_clinician_edits(self, pick: int, kind: str) -> None:
        held = self.server.held(kind)
        if held:
            chosen = held[pick % len(held)]
            changed = {**chosen, "status": "active" if kind != "Communication" else "completed", "language": "en-GB"}
            self.note(chosen, self.server.put_quietly(changed))

    @rule(pick=st.integers(0, 20), kind=st.sampled_from(["CarePlan", "CarePlan", "ServiceRequest", "Communication"]))
    def a_clinician_deletes(self, pick: int, kind: str) -> None:
        held = [
            e for e in self.server.held(kind) if f"{kind}/{e['id']}" not in self.touched and e["status"] not in ENDED
        ]
        if held:
            chosen = held[pick % len(held)]
            self.server.delete(f"{kind}/{chosen['id']}")
            self.note(chosen, None)

    def teardown(self) -> None:
        if hasattr(self, "inbox"):
            self.settle()
            self.check()
        self.stack.close()

    def settle(self) -> None:
        self.server.faults.replace((), {})
        for _ in range(20):
            if self.inbox.state != "due":
                break
            deliver(REPORT_ID, self.inbox, self.ehr, settings(), NOW)
        if self.inbox.state == "delivering":
            self.inbox.state = "due"
            self.settle()
        assert self.inbox.state == "delivered", self.inbox.happened[-1]

    def check(self) -> None:
        everything = [
            each for kind in ("CarePlan", "ServiceRequest", "Communication") for each in self.server.held(kind)
        ]
        held = {f"{each['resourceType']}/{each['id']}": each for each in everything}
        for key, theirs in self.touched.items():
            assert held.get(key) == theirs, "what a clinician has touched was changed"
        ours = [each for key, each in held.items() if key not in self.touched]
        identifiers = Counter(each["identifier"][0]["value"] for each in everything)
        assert set(identifiers.values()) <= {1}, "one thing was written twice"
        standing = [each for each in ours if each["status"] not in ENDED]
        wanted = {each["resourceType"]: each for each in reversed(self.standing)}
        is_planned = bool(wanted) and wanted["CarePlan"]["status"] not in ENDED
        for kind in ("CarePlan", "Communication"):
            if is_planned:
                assert self.ours_or_theirs(standing, wanted[kind]), f"another {kind} stands than the newest"
            else:
                assert not [each for each in standing if each["resourceType"] == kind], f"a {kind} of ours stands"
        if any(each["resourceType"] == "CarePlan" for each in standing) or not is_planned:
            plans = [each for each in everything if each["resourceType"] == "CarePlan" and each["status"] not in ENDED]
            parts = {str(act["reference"].get("reference")) for plan in plans for act in plan["activity"]}
            live = {f"ServiceRequest/{e['id']}" for e in standing if e["resourceType"] == "ServiceRequest"}
            assert live <= parts, "a request stands that no plan asks for"


DeliveryModel.TestCase.settings = given_settings(max_examples=200, stateful_step_count=12, deadline=None)
TestDeliveryModel = DeliveryModel.TestCase
