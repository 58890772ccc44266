"""A clinician releases or rejects a plan: the only way in which it becomes more than a proposal (INV-6)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from worker.core.ids import artefact_id
from worker.core.model import FhirVersion, JsonObject, Letter
from worker.core.resources.communication import payload_of
from worker.core.resources.ending import ended, is_open, is_unreleased, latest, noted, restated, revision_of, target_of
from worker.core.resources.frame import HOLD_TAG, URN, instant_of
from worker.core.resources.parts import concept, without_tag
from worker.core.resources.provenance import provenance_of, vouched_by
from worker.core.resources.versions import for_target

__all__ = ["Verdict", "is_held", "release"]

Verdict = Literal["released", "rejected"]

# ``review_status`` of a letter that lacks what it must hold.
REFUSED = "refused"
RELEASE_TAG = f"{URN}:release"
_REFERENCE = re.compile(r"(https?://\S+/)?[A-Z][A-Za-z]+/[A-Za-z0-9.\-]{1,64}|urn:\S+")


def is_held(resources: Sequence[JsonObject]) -> bool:
    """Whether the plan was written with a hold; whoever releases it anyway must have settled the questions."""
    return any(t.get("system") == HOLD_TAG for e in resources for t in e.get("meta", {}).get("tag", ()))


def release(
    previous: Sequence[JsonObject],
    practitioner: str | Mapping[str, Any],
    verdict: Verdict,
    reason: str,
    recorded: datetime,
    name: str = "",
    letter: Letter | None = None,
    replaced: Sequence[JsonObject] = (),
) -> tuple[dict[str, Any], ...]:
    """
    The next version of a draft plan after a clinician has decided about it.

    Released: plan and requests become active, the review is done, the letter is ready for whoever sends and completes
    it, questions have their answer. Rejected: all is revoked with the reason. Tasks for other people stay open.

    Args:
        previous: What was written last.
        practitioner: A reference (``Practitioner/12``) or a name, to which ``name`` is added; or a whole reference.
        reason: The clinician's words; may be empty for a release without hold.
        recorded: When the clinician decided, with its offset.
        letter: As it is to be sent (``explain_released``); without one, or refused, the letter stays a draft.
        replaced: What was written for the plan that this one replaces and, released, ends.

    Returns:
        Only what changes, the CarePlan first, the Provenance last; nothing if the plan is not a draft (any more).
    """
    plan = latest(previous, "CarePlan")
    if plan is None or not is_unreleased(plan):
        return ()
    instant, target = instant_of(recorded), target_of(tuple(previous))
    act = _Act(_clinician(practitioner, name), verdict, reason, instant, target, letter)
    changed = [done for each in previous if (done := act.on(each, plan)) is not None]
    if verdict == "released":
        changed += [act.superseded(each) for each in replaced if is_open(each)]
    own_id = artefact_id(plan["id"], f"provenance:{verdict}")
    made = provenance_of(own_id, plan["meta"], "UPDATE", changed, [vouched_by(act.clinician)], act.instant)
    return (*changed, made)


def _clinician(practitioner: str | Mapping[str, Any], name: str) -> dict[str, Any]:
    if not isinstance(practitioner, str):
        return dict(practitioner)
    if not _REFERENCE.fullmatch(practitioner):
        return {"type": "Practitioner", "display": practitioner}
    found = {"reference": practitioner}
    return {**found, "display": name} if name else found


@dataclass(frozen=True, slots=True)
class _Act:
    """One decision of one clinician, and what it makes of each resource."""

    clinician: Mapping[str, Any]
    verdict: Verdict
    reason: str
    instant: str
    target: FhirVersion
    final: Letter | None

    @property
    def sentence(self) -> str:
        """``Released by Dr Example: reason``."""
        who = self.clinician.get("display") or self.clinician["reference"]
        told = f"{self.verdict.capitalize()} by {who}"
        return f"{told}: {self.reason}" if self.reason else told

    @property
    def chip(self) -> str:
        """The sentence as the narrative's status line."""
        return self.verdict.upper() + self.sentence.removeprefix(self.verdict.capitalize())

    def on(self, resource: JsonObject, plan: JsonObject) -> dict[str, Any] | None:
        """The resource after the decision; None where it does not change."""
        if revision_of(resource) != revision_of(plan):
            return None
        kind = resource["resourceType"]
        if kind == "Task":
            is_review = resource.get("focus", {}).get("reference") == f"CarePlan/{plan['id']}"
            return self._reviewed(resource) if is_review and is_open(resource) else None
        if not is_unreleased(resource):
            return None
        if self.verdict == "released":
            return _RELEASED[kind](self, resource)
        return None if kind == "DetectedIssue" else ended(resource, self.sentence, self.instant, self.target)

    def superseded(self, resource: JsonObject) -> dict[str, Any]:
        """What belonged to the plan that this one replaces."""
        return ended(resource, f"replaced. {self.sentence}", self.instant, self.target)

    def plan(self, resource: JsonObject) -> dict[str, Any]:
        """Active, and meant."""
        changed = {**self._settled(resource), "status": "active", "intent": "plan"}
        return restated(noted(changed, self.sentence, self.instant), "done", self.chip)

    def request(self, resource: JsonObject) -> dict[str, Any]:
        """Active; now somebody asks for it."""
        changed = {**self._settled(resource), "status": "active", "intent": "plan", "requester": dict(self.clinician)}
        return noted(changed, self.sentence, self.instant)

    def goal(self, resource: JsonObject) -> dict[str, Any]:
        """Accepted."""
        changed = {**self._settled(resource), "lifecycleStatus": "accepted", "statusDate": self.instant[:10]}
        return noted(changed, self.sentence, self.instant)

    def letter(self, resource: JsonObject) -> dict[str, Any]:
        """Ready to be sent, in its final form; nothing that still calls itself a draft is ever made ready."""
        if self.final is None or self.final.review_status == REFUSED:
            why = f" {self.final.reason}" if self.final else ""
            return noted(resource, f"{self.sentence}. The letter is still a draft.{why}", self.instant)
        payload = for_target({**resource, "payload": payload_of(self.final, self.instant)}, self.target)["payload"]
        settled = {name: value for name, value in self._settled(resource).items() if name != "statusReason"}
        meta = {**settled["meta"], "tag": [*settled["meta"]["tag"], {"system": RELEASE_TAG, "code": "ready-to-send"}]}
        changed = noted({**settled, "meta": meta, "payload": payload}, f"{self.sentence}. Ready to send.", self.instant)
        return restated(changed, "done", f"READY TO SEND · {self.sentence}")

    def issue(self, resource: JsonObject) -> dict[str, Any]:
        """Answered by the clinician's decision."""
        answer = {"action": concept(self.sentence), "date": self.instant, "author": dict(self.clinician)}
        given = [*resource.get("mitigation", ()), answer]
        return {**self._settled(resource), "status": "final", "mitigation": given}

    def _reviewed(self, task: JsonObject) -> dict[str, Any]:
        output = {"type": concept("decision"), "valueString": self.verdict}
        changed = {**self._settled(task), "status": "completed", "owner": dict(self.clinician)}
        return noted({**changed, "lastModified": self.instant, "output": [output]}, self.sentence, self.instant)

    def _settled(self, resource: JsonObject) -> dict[str, Any]:
        """Without the tag of a hold."""
        return {**resource, "meta": without_tag(resource["meta"], HOLD_TAG)}


_RELEASED: Mapping[str, Callable[[_Act, JsonObject], dict[str, Any]]] = {
    "CarePlan": _Act.plan,
    "Communication": _Act.letter,
    "DetectedIssue": _Act.issue,
    "Goal": _Act.goal,
    "ServiceRequest": _Act.request,
}
