"""The checks at both borders: what comes in, by ``fhir.resources`` and our own; what goes out, to the last element."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from worker.core.model import FhirVersion, JsonObject
from worker.errors import MessageError, WorkerError

__all__ = ["InvalidOutputError", "Problem", "check_input", "check_output", "operation_outcome"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an element of a message; ``reason`` never quotes its content."""

    where: str
    reason: str
    severity: Literal["error", "warning"] = "error"
    code: str = "invalid"


class InvalidOutputError(WorkerError):
    """A resource of ours is not valid FHIR: a fault of this program, never of the message."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "; ".join(f"{where}: {reason}" for where, reason in self.problems)


def check_input(document: JsonObject, version: FhirVersion) -> tuple[Problem, ...]:
    """What is wrong with a message."""
    return ()


def check_output(resource: JsonObject, version: FhirVersion) -> None:
    """Refuse a resource of ours that is not valid."""


def operation_outcome(problems: Sequence[Problem] | MessageError) -> dict[str, Any]:
    """An OperationOutcome with one issue for each problem."""
    if isinstance(problems, MessageError):
        problems = (Problem(problems.where, problems.reason, "error", problems.code),)
    return {"resourceType": "OperationOutcome", "issue": [_issue(problem) for problem in problems]}


def _issue(problem: Problem) -> dict[str, Any]:
    issue: dict[str, Any] = {"severity": problem.severity, "code": problem.code, "diagnostics": problem.reason}
    if problem.where:
        issue["expression"] = [problem.where]
    return issue
