"""What we wrote last: as the write plan speaks of it, and as the inbox keeps it."""

from collections.abc import Mapping

from worker.core.writeplan import Step, Written
from worker.ehr import Stored
from worker.inbox import Written as Entry

__all__ = ["entries_of", "known_of", "written_by"]


def known_of(entries: Mapping[str, Entry]) -> dict[str, Written]:
    """The ledger as the write plan reads it."""
    return {key: Written(each.version_id, each.digest, each.location) for key, each in entries.items()}


def entries_of(written: Mapping[str, Written]) -> dict[str, Entry]:
    """The ledger as the inbox keeps it."""
    return {key: Entry(each.version_id, each.digest, each.location) for key, each in written.items()}


def written_by(step: Step, stored: Stored) -> Written:
    """The ledger's line for a write that succeeded."""
    is_placed = step.method == "PUT" and "?" not in step.url
    location = step.url if is_placed else stored.location
    # Without a place the version would be of no use: it is looked up by identifier next time.
    return Written(stored.version_id if location else None, step.digest, None if location == step.key else location)
