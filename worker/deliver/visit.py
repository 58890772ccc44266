"""One try at one EHR: plan, look, write, and again if somebody else writes meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from worker.core.writeplan import (
    Capability,
    Careful,
    Resource,
    Seen,
    Step,
    WritePlan,
    Written,
    as_bundle,
    in_order,
    plan_writes,
)
from worker.deliver.ledger import written_by
from worker.deliver.look import look
from worker.ehr import EhrTurn
from worker.errors import FhirUnavailable, WorkerError, WriteRefused

__all__ = ["Visit"]

_MOST_LOOKS = 8
_MOST_CONFLICTS = 3
# After so many tries a conflict that shows no cause is for a person.
_MOST_TRIES_AT_CONFLICT = 8
# Somebody else may have written or deleted, be it what we refer to; anything else is a plain refusal.
_CONFLICTS = frozenset({400, 404, 409, 410, 412, 422})


@dataclass
class Visit:
    """
    What one try needs and what it has seen so far.

    Args:
        wanted: What the EHR shall hold, under our own ids and about its own patient.
        known: The ledger of what was written last.
        moment: FHIR instant, for a Task about a conflict.
        attempts: The how-manieth try this is, from 1.
        may_lag: See ``look``.
        adopted, yielding: See ``Delivery``.
    """

    turn: EhrTurn
    capability: Capability
    wanted: Sequence[Resource]
    known: Mapping[str, Written]
    moment: str
    careful: Careful
    attempts: int
    may_lag: bool
    adopted: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    yielding: frozenset[str] = frozenset()
    seen: dict[str, Seen] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def written(self) -> Mapping[str, Written]:
        """Write what must be written; the ledger as it stands then."""
        refused: WriteRefused | None = None
        steps: Sequence[Step] = ()
        for _ in range(_MOST_CONFLICTS):
            plan = self._planned()
            if refused is not None and plan.steps == steps:
                break  # what is there explains nothing
            steps = plan.steps
            try:
                return {**plan.written, **self._write(steps)}
            except WriteRefused as error:
                if error.status not in _CONFLICTS:
                    raise
                refused = error
            self.careful, self.seen = "all", {}
            self._look(plan.everything)
        raise self._unexplained(refused)

    def _unexplained(self, refused: WriteRefused | None) -> WorkerError:
        """A conflict without a cause may be one of timing; if it stays, a person decides."""
        if refused is None or (refused.status in {409, 412} and self.attempts < _MOST_TRIES_AT_CONFLICT):
            return FhirUnavailable("the EHR reports a conflict that shows no cause")
        return refused

    def _planned(self) -> WritePlan:
        for _ in range(_MOST_LOOKS):
            plan = plan_writes(
                self.wanted,
                self.known,
                self.seen,
                self.capability,
                self.moment,
                self.careful,
                self.adopted,
                self.yielding,
            )
            if not plan.wants:
                self.notes = plan.notes
                return plan
            self._look(plan.wants)
        raise WriteRefused("our resources at the EHR were changed too often to follow", 409)

    def _look(self, wants: Mapping[str, Resource]) -> None:
        self.seen |= look(wants, self._locations(), self.turn, self.capability, self.may_lag)

    def _write(self, steps: Sequence[Step]) -> dict[str, Written]:
        if not steps:
            return {}
        locations = self._locations()
        if self.capability.transaction:
            stored = self.turn.transaction(as_bundle(steps, locations))
            return {step.key: written_by(step, each) for step, each in zip(steps, stored, strict=True)}
        written = {}
        for step in in_order(steps):
            written[step.key] = written_by(step, self.turn.write(step, locations))
            locations[step.key] = written[step.key].location or step.key
        return written

    def _locations(self) -> dict[str, str]:
        """The EHR's key for each of ours that it holds under another."""
        ledger = {key: each.location for key, each in self.known.items()}
        ledger |= {key: each.location for key, each in self.seen.items() if each.location}
        return {key: location for key, location in ledger.items() if location and location != key}
