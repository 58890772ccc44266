"""
One request body -> checked and stored, or refused with an element and a reason.

No HTTP framework here: bytes, headers' values and paths in; what to answer out. It all runs in a worker thread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from worker.core.conformance import Problem, check_input, is_known_type
from worker.core.model import JsonObject
from worker.core.probe import PROBE_SENDER, is_probe
from worker.core.relevance import quick_relevance
from worker.core.report import canonical_digest, detect_version, parse_json
from worker.core.rules import Rules
from worker.errors import MessageError, NotFhir
from worker.inbox import Inbox, Stored

__all__ = ["Accepted", "Door", "Refused", "Submission"]

JSON_TYPES = frozenset({"application/fhir+json", "application/json", "application/json+fhir"})


@dataclass(frozen=True, slots=True)
class Submission:
    """One request as it came, without its transport."""

    content: bytes
    content_type: str
    method: str
    path: str
    sender: str
    resource_type: str | None = None  # from the URL
    resource_id: str | None = None  # from the URL of a PUT


@dataclass(frozen=True, slots=True)
class Accepted:
    """The message is on disk (or was before, ``is_new`` False); ``warnings`` are kept with it."""

    message_id: str
    is_new: bool
    warnings: tuple[Problem, ...]


class Refused(Exception):
    """
    The submission cannot be taken.

    Args:
        status: HTTP status.
        problems: Every problem found, each with its FHIRPath.
    """

    def __init__(self, status: int, problems: tuple[Problem, ...]) -> None:
        super().__init__(status, problems)
        self.status, self.problems = status, problems


class Door:
    """Checks what comes in against the tables and FHIR, and stores it."""

    def __init__(self, inbox: Inbox, rules: Rules, ring: Callable[[str], None]) -> None:
        self._inbox, self._rules, self._ring = inbox, rules, ring

    def accept(self, submission: Submission) -> Accepted:
        """
        Check, store durably, ring.

        Raises:
            Refused: The sender must mend the message; nothing was stored.
            InboxUnavailable: We cannot keep it now; the sender must send it again; nothing was stored.
        """
        try:
            declared = _fhir_version_parameter(submission.content_type)
            document = parse_json(submission.content)
            version = detect_version(document, declared)
            _check_address(submission, document)
            if not is_known_type(document["resourceType"], version):
                raise NotFhir("no resource type of FHIR; check its spelling", where="resourceType", code="structure")
        except MessageError as error:
            problem = Problem(where=error.where, reason=error.reason, severity="error", code=error.code)
            raise Refused(error.http_status, (problem,)) from error
        warnings: tuple[Problem, ...] = ()
        if quick_relevance(document, self._rules) is not False:
            problems = check_input(document, version)
            if any(problem.severity == "error" for problem in problems):
                raise Refused(422, problems)
            warnings = problems
        stored = self._store(submission, document, version, warnings)
        if stored.is_new:
            self._ring(stored.message_id)
        return Accepted(stored.message_id, stored.is_new, warnings)

    def _store(
        self, submission: Submission, document: JsonObject, version: str, warnings: tuple[Problem, ...]
    ) -> Stored:
        return self._inbox.store(
            submission.content,
            document_digest=canonical_digest(document),
            content_type=submission.content_type,
            sender=PROBE_SENDER if is_probe(document) else submission.sender,
            method=submission.method,
            path=submission.path,
            fhir_version=version,
            warnings=[f"{problem.where}: {problem.reason}" for problem in warnings],
            received=datetime.now(UTC),
        )


def is_json(content_type: str) -> bool:
    """Whether the media type is one that the door reads, in UTF-8."""
    media, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [p.partition("=")[2].strip('"') for p in parameters if p.startswith("charset=")]
    return media in JSON_TYPES and all(charset in ("utf-8", "utf8", "us-ascii") for charset in charsets)


def _fhir_version_parameter(content_type: str) -> str | None:
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "fhirversion":
            return value.strip().strip('"')
    return None


def _check_address(submission: Submission, document: JsonObject) -> None:
    found = document.get("resourceType")
    wanted = submission.resource_type
    if wanted is not None and found != wanted:
        raise NotFhir(
            f"the URL says {wanted}, the body is another resource type; send each to its own address or use POST /fhir",
            where="resourceType",
            code="invalid",
        )
    if submission.resource_id is not None and document.get("id") != submission.resource_id:
        raise NotFhir(
            "the id in the body and the id in the URL differ; FHIR update wants the same",
            where=f"{found}.id",
            code="invalid",
            http_status=400,
        )
