"""What later messages find of earlier ones: resources that they cite, reports of the same person. No Redis here."""

from collections.abc import Mapping
from dataclasses import dataclass

from worker.core.model import Disposition, JsonObject

__all__ = ["Cited", "Citing", "Planned", "Remembered", "Signs"]


@dataclass(frozen=True, slots=True)
class Signs:
    """How a sender tells versions apart: ``meta.lastUpdated``, ``issued`` (milliseconds), a numeric version id."""

    updated: int | None = None
    issued: int | None = None
    number: int | None = None

    def earlier_than(self, other: "Signs") -> bool | None:
        """By the first sign that both carry and that differs; None if there is none."""
        pairs = ((self.updated, other.updated), (self.issued, other.issued), (self.number, other.number))
        return next((mine < its for mine, its in pairs if mine is not None and its is not None and mine != its), None)


@dataclass(frozen=True, slots=True)
class Remembered:
    """
    One resource that later messages may cite.

    Args:
        key: ``resource_key`` of one of its references.
        position: Its place among the resources of its message, in the order of ``resources_in``.
        report_id: The one report that it came with, and ``report_signs`` those of that report: without them an old
            version of a report that comes late would bring its old Observations into the newer one.
    """

    key: str
    message_id: str
    position: int
    digest: str
    arrival: int
    signs: Signs = Signs()
    report_id: str | None = None
    report_signs: Signs = Signs()

    def is_older_than(self, other: "Remembered") -> bool:
        """By its own signs, else by those of the report that both came with, else by arrival; as ``conclude.lua``."""
        earlier = self.signs.earlier_than(other.signs)
        if earlier is None and self.report_id is not None and self.report_id == other.report_id:
            earlier = self.report_signs.earlier_than(other.report_signs)
        return self.arrival < other.arrival if earlier is None else earlier


@dataclass(frozen=True, slots=True)
class Cited:
    """A report of this message cites the resource of this ``resource_key``."""

    key: str
    report_id: str


@dataclass(frozen=True, slots=True)
class Citing:
    """
    A report that cites a resource.

    ``is_open``: its message is still to be handled (again). ``seq`` and ``verdict`` are those of its head; 0 and None
    while nothing is decided.
    """

    message_id: str
    report_id: str
    is_open: bool
    seq: int
    verdict: Disposition | None


@dataclass(frozen=True, slots=True)
class Planned:
    """Reports of one person: how many are known under each key of theirs, and what each was planned as."""

    counts: Mapping[str, int]
    briefs: Mapping[str, JsonObject]
