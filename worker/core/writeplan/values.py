"""The words of a write plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from worker.core.model import JsonObject

Resource = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """
    What we last wrote under one of our keys (``Type/id``).

    Args:
        version_id: The EHR's version of it, for ``If-Match``; None if the EHR did not say.
        digest: ``digest_of`` what we wrote.
        location: ``Type/id`` at the EHR, where it differs from our key because the EHR assigns ids.
    """

    version_id: str | None
    digest: str
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the EHR found under one of our keys; ``resource`` None: nothing, or deleted."""

    resource: JsonObject | None = None
    version_id: str | None = None
    location: str | None = None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """
    One write.

    Args:
        key: Ours, ``Type/id``; the key of the ledger.
        url: Relative to the base: ``Type/id`` or ``Type`` or ``Type?condition``.
        if_match: The version that must be the current one; None for a resource that is new to the EHR.
        if_none_exist: Query of a conditional create.
    """

    key: str
    resource: Resource
    digest: str
    method: Literal["PUT", "POST"]
    url: str
    if_match: str | None = None
    if_none_exist: str | None = None


@dataclass(frozen=True, slots=True)
class WritePlan:
    """
    What to do next; either ``wants`` is empty or ``steps`` is.

    Args:
        wants: What must be looked at before a decision, by our key: the resource that we would write there.
        written: The ledger without the steps: what needs no write, found or known.
        notes: Ids of what was noticed (``edited-elsewhere``, ``deleted-elsewhere``), for the record.
        everything: All that the EHR shall hold, by the key where it goes; what to look at when a write is refused.
    """

    steps: tuple[Step, ...] = ()
    wants: Mapping[str, Resource] = field(default_factory=dict)
    written: Mapping[str, Written] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    everything: Mapping[str, Resource] = field(default_factory=dict)


def key_of(resource: JsonObject) -> str:
    """``Type/id``."""
    return f"{resource['resourceType']}/{resource['id']}"
