"""Which of the plans that are shown a clinician has decided since: the EHR knows, nobody tells us, so it is asked."""

import time
from collections.abc import Mapping, Sequence
from typing import Protocol

from worker.ehr import Ehr
from worker.errors import ServiceError, WriteRefused
from worker.inbox import WorkEntry

__all__ = ["Settles", "decided_since"]

_SECONDS = 3.0  # a page does not wait longer for an EHR
_MOST_ASKED = 50
_DECIDED = {"active": "released", "completed": "released", "revoked": "rejected", "entered-in-error": "rejected"}


class Settles(Protocol):
    """The part of the work list that takes a line off."""

    def settle(self, entry: WorkEntry, decided: str) -> bool:
        """As of ``WorkList``."""


def decided_since(entries: Sequence[WorkEntry], ehr: Ehr, work: Settles) -> Mapping[str, str] | None:
    """
    Ask about the first lines, and take off the list what was released or rejected.

    Returns:
        Report id to ``released`` or ``rejected``; None when the EHR did not answer, and then nothing was taken off.
    """
    asked = [entry for entry in entries if entry.location][:_MOST_ASKED]
    if not asked:
        return {}
    try:
        replies = ehr.until(time.monotonic() + _SECONDS).ask([f"{e.location}?_elements=status" for e in asked])
    except (ServiceError, WriteRefused):
        return None
    found = {}
    for entry, reply in zip(asked, replies, strict=True):
        status = _DECIDED.get(str((reply.body or {}).get("status", "")))
        if status and work.settle(entry, status):
            found[entry.report_id] = status
    return found
