"""
Every error of the worker, named after what happens next.

::

    WorkerError
    ├── MessageError      the message is at fault    -> refuse at the door, or park with the reason; never retry
    │   ├── NotJson           not JSON, or JSON that is unsafe to read
    │   ├── NotFhir           JSON, but no FHIR resource of a kind and version that we read
    │   └── UnreadableReport  FHIR, but an element that we must read is wrong
    ├── ServiceError      the other side is, for now -> retry the same message later
    │   ├── InboxUnavailable  Redis is down, full, read-only or failing over
    │   └── FhirUnavailable   the EHR did not answer, or asked us to wait
    ├── WriteRefused      the EHR said no            -> park, a person decides
    ├── TableError        a mapping row is wrong     -> refuse to start, name file and line
    └── SettingsError     the environment is wrong   -> refuse to start, name every variable

No error text carries words of a report: ids, element paths, rule ids and character offsets only.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

__all__ = [
    "FhirUnavailable",
    "InboxUnavailable",
    "MessageError",
    "NotFhir",
    "NotJson",
    "ServiceError",
    "SettingsError",
    "TableError",
    "UnreadableReport",
    "WorkerError",
    "WriteRefused",
]


class WorkerError(Exception):
    """Any error of ours."""


class MessageError(WorkerError):
    """
    The message is at fault; the same message will never succeed.

    Args:
        reason: What is wrong and what to do, in one sentence without words of the report.
        where: FHIRPath of the element, such as ``DiagnosticReport.subject``; empty for the whole message.
        code: FHIR issue type (``structure``, ``required``, ``value``, ``not-supported``, ...).
        http_status: What the door answers.
    """

    def __init__(self, reason: str, where: str = "", code: str = "invalid", http_status: int = 400) -> None:
        super().__init__(reason, where, code, http_status)  # all arguments: Celery pickles errors between processes
        self.reason, self.where, self.code, self.http_status = reason, where, code, http_status

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


class NotJson(MessageError):
    """Not JSON, or JSON that is unsafe to read (duplicate keys, too deep, NaN)."""

    def __init__(self, reason: str, where: str = "", code: str = "structure", http_status: int = 400) -> None:
        super().__init__(reason, where, code, http_status)


class NotFhir(MessageError):
    """JSON, but no FHIR resource of a type and version that we read."""

    def __init__(self, reason: str, where: str = "", code: str = "not-supported", http_status: int = 422) -> None:
        super().__init__(reason, where, code, http_status)


class UnreadableReport(MessageError):
    """FHIR, but an element that we must read is missing or wrong."""

    def __init__(self, reason: str, where: str = "", code: str = "value", http_status: int = 422) -> None:
        super().__init__(reason, where, code, http_status)


class ServiceError(WorkerError):
    """
    The other side cannot, for now; the same work is tried again later.

    Args:
        retry_after_seconds: How long the other side asked us to wait; None if it did not say.
    """

    def __init__(self, reason: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(reason, retry_after_seconds)
        self.reason, self.retry_after_seconds = reason, retry_after_seconds

    def __str__(self) -> str:
        return self.reason


class InboxUnavailable(ServiceError):
    """Redis is down, full, read-only or failing over."""


class FhirUnavailable(ServiceError):
    """
    The EHR could not be reached, did not answer in time, or asked us to wait (408, 425, 429, 5xx).

    Args:
        outcome_unknown: True when the request may have been carried out (no answer after sending).
    """

    def __init__(self, reason: str, retry_after_seconds: float | None = None, outcome_unknown: bool = False) -> None:
        super().__init__(reason, retry_after_seconds)
        self.args = (reason, retry_after_seconds, outcome_unknown)
        self.outcome_unknown = outcome_unknown


class WriteRefused(WorkerError):
    """
    The EHR refused what we wrote; a person decides.

    Args:
        operation_outcome: The EHR's answer reduced to severity, code and expression of each issue; its free text may
            quote the report and is left out.
    """

    def __init__(self, reason: str, status: int, operation_outcome: Mapping[str, Any] | None = None) -> None:
        super().__init__(reason, status, operation_outcome)
        self.reason, self.status, self.operation_outcome = reason, status, operation_outcome

    def __str__(self) -> str:
        return f"{self.reason} (HTTP {self.status})"


class TableError(WorkerError):
    """A row of a mapping table does not fit its schema, or can never match."""

    def __init__(self, table: str, line: int, reason: str) -> None:
        super().__init__(table, line, reason)
        self.table, self.line, self.reason = table, line, reason

    def __str__(self) -> str:
        return f"{self._file}, line {self.line}: {self.reason}"

    @property
    def _file(self) -> str:
        """A table of ours within the project, a site's own as a whole path."""
        return self.table if PurePath(self.table).is_absolute() else f"mappings/{self.table}"


class SettingsError(WorkerError):
    """Environment variables are missing or wrong; all of them are named at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "; ".join(self.problems)
