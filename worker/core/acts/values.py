"""The words of a clinician's act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from worker.core.model import JsonObject, Letter
from worker.core.rules.acts import Verdict

__all__ = ["Act", "ActKind", "Place", "Settled", "Standing"]

ActKind = Literal["decision", "answer", "sent", "ended"]
# Our key of a resource (``Type/id``) -> the keys of its newest form: ours, and the EHR's where it gives ids of its own.
Place = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Act:
    """
    One act, as one resource of ours tells it.

    Args:
        key: ``Type/id`` by our identifier; for what stands beside an edited draft, the key of that successor.
        resource: As it came.
        verdict: None where the outcome says neither; then nothing is decided.
        answers: Words by rule id; under ``""`` those for every question that the resource carries.
        who: A reference to a practitioner, or empty where none is named.
        reason: Their own words.
        when: As the resource says; None if it does not.
        plan_read: The mark of what the plan said when the Task was written.
    """

    kind: ActKind
    report_id: str
    key: str
    resource: JsonObject
    verdict: Verdict | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    who: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    when: datetime | None = None
    plan_read: str = ""

    @property
    def is_their_version(self) -> bool:
        """Whether the resource is what a server holds, and no mere statement that somebody has composed."""
        return bool((self.resource.get("meta") or {}).get("versionId"))


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What stands for a report: everything written, and the letters that are kept ready.

    Args:
        released_letter: As it is sent once the plan is released.
        answered_letter: The draft for when the questions of a held plan are answered.
        level: Of the action ladder.
    """

    report_id: str
    resources: tuple[JsonObject, ...]
    released_letter: Letter | None = None
    answered_letter: Letter | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """
    What an act leads to.

    Args:
        changed: Resources in their new form, new ones among them; empty if nothing changes.
        step: ``released``, ``rejected``, ``answered``, ``unanswered``, ``sent``, ``ended``, ``asked-again``;
            ``unsettled`` for what a person must look at; empty for nothing.
        reason: For the record; ids and kinds only.
        adopted: Whether the resource that came is built upon as the EHR holds it.
    """

    changed: tuple[dict[str, Any], ...] = ()
    step: str = ""
    reason: str = ""
    adopted: bool = False
