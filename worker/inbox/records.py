"""What goes into the inbox and what comes out: frozen values, no Redis. No body or report text in any ``repr``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from worker.core.model import Disposition, FhirVersion, JsonObject
from worker.inbox.remembered import Cited, Remembered

MessageState = Literal[
    "received",
    "waiting",
    "decided",
    "delivered",
    "not-for-us",
    "superseded",
    "withdrawn",
    "no-output",
    "parked",
    "discarded",
]
DeliveryState = Literal["none", "due", "delivering", "delivered", "parked", "discarded"]
Kind = Literal["decide", "deliver"]


@dataclass(frozen=True, slots=True)
class Stored:
    """The message is on disk; ``is_new`` is False when the same sender had sent the same content before."""

    message_id: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """
    The right to handle one message until the lease ends; ``fence`` tells a later holder from us.

    ``bells`` is how often the message had been rung: if it differs at the end, something came meanwhile. ``stored`` and
    ``claimed`` are by the inbox's own clock, the same for all workers.
    """

    message_id: str
    fence: int
    bells: int
    claimed: datetime
    stored: datetime
    arrival: int
    sender: str
    fhir_version: FhirVersion
    attempts: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """What became of one report of a message. ``state`` is ``pending`` until it is delivered or superseded."""

    report_id: str
    seq: int
    what: Disposition
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """Everything known of a message but its content."""

    message_id: str
    state: MessageState
    reason: str
    received: datetime
    history: tuple[tuple[datetime, str], ...]
    reports: tuple[ReportEntry, ...]
    warnings: tuple[str, ...]
    sender: str
    content_type: str
    method: str
    path: str
    fhir_version: FhirVersion
    size_bytes: int

    @property
    def report_ids(self) -> tuple[str, ...]:
        """Ids of its reports."""
        return tuple(entry.report_id for entry in self.reports)


@dataclass(frozen=True, slots=True)
class Head:
    """
    Where a report stands: what a newer version must be compared with.

    ``revision`` guards against others (compare-and-set); ``version`` is what ``NewRecord.version`` was; ``record`` is
    the last outcome, None while there is none; ``delivered`` the ``seq`` of the last one that is at the EHR, and
    ``written`` what was written there, by our keys.
    """

    report_id: str
    revision: int
    version: str
    arrival: int
    inputs: str
    message_id: str
    seq: int
    verdict: Disposition
    record: JsonObject | None = field(repr=False)
    delivered: int = 0
    written: Mapping[str, "Written"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewRecord:
    """
    What was decided about one report.

    Args:
        expected: Revision of the head that the decision was made against; 0 if there was none.
        version: The report's version as a string that the caller can compare again.
        arrival: Arrival number of the message that brought it.
        inputs: Digest of everything that was read, to tell a repetition from news.
        messages: The messages whose resources went in, the report's own first.
        record: The outcome; None keeps the outcome there is and only raises the version.
        deliver: Whether there is something to write to the EHR.
        step: What the report's history calls it; empty for ``what`` itself.
        people: Keys of the person (``resource_key``), under which other reports of theirs find this one.
        brief: What those need to know of it, as JSON values.
    """

    report_id: str
    expected: int
    version: str
    arrival: int
    inputs: str
    what: Disposition
    reason: str
    messages: tuple[str, ...]
    record: JsonObject | None = field(default=None, repr=False)
    deliver: bool = False
    step: str = ""
    people: tuple[str, ...] = ()
    brief: JsonObject = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """
    Everything that handling one message led to; applied as a whole or not at all.

    Args:
        verdicts: Reports of the message about which nothing new is recorded.
        cites: What its reports cite; when one of these resources comes or changes, the message is handled again.
        awaited: Keys of those that were not there when we looked.
        wait_until: The message is handled again then at the latest; None when nothing is awaited.
        reason: Why it waits, for people; ids and counts only.
        otherwise: State of a message without any report.
        people: How many reports of each person there were when we looked; if there are more now, it is decided anew.
    """

    records: tuple[NewRecord, ...] = ()
    verdicts: tuple[ReportEntry, ...] = ()
    resources: tuple[Remembered, ...] = ()
    cites: tuple[Cited, ...] = ()
    awaited: tuple[str, ...] = ()
    wait_until: datetime | None = None
    reason: str = ""
    otherwise: MessageState = "not-for-us"
    people: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Concluded:
    """
    What came of a conclusion.

    ``applied`` False and ``is_stale`` False: a report moved on since it was read; read again and decide anew.
    ``is_stale``: another worker holds the message now. ``ring`` holds ids of messages to be handled (again).
    """

    applied: bool
    is_stale: bool = False
    ring: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What we last wrote to the EHR under one ``Type/id``."""

    version_id: str | None
    digest: str
    location: str | None = None  # Type/id at the EHR, where it differs from ours


# How a try failed: "alone" while the EHR took others, "unasked" when the EHR was not asked, which is no try.
Failed = Literal["", "alone", "unasked"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    The right to deliver one outcome until the lease ends.

    Args:
        seq: Which outcome of the report, counted from 1.
        attempts: This is the how-manieth try, from 1.
        outcome_unknown: An earlier try had no answer; the EHR may hold it already.
        hold: Whether a clinician must look before anything is released.
        failed_alone: So many tries in a row failed while the EHR took other reports.
        adopted: By our key, digest and version of a form in which the EHR may hold it by a clinician's act.
        yielding: Our keys of what is not written where somebody else has changed or removed it.
        doubts: So many claims, whatever outcome they were for, have ended without success or without a word since
            the EHR was last known to hold what ``written`` says.
    """

    report_id: str
    seq: int
    fence: int
    disposition: Disposition
    fhir_version: FhirVersion
    resources: tuple[dict[str, Any], ...] = field(repr=False)
    written: Mapping[str, Written]
    attempts: int
    outcome_unknown: bool = False
    hold: bool = True
    failed_alone: int = 0
    adopted: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    yielding: frozenset[str] = frozenset()
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class SweepState:
    """When the sweep last ran (None: never), and how many bells it has rung again since ever, by kind."""

    age_seconds: float | None
    rung: Mapping[Kind, int]
