"""What the sandbox answers: a status, a resource, headers; and the refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Resource = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the server; ``resource`` None is an empty body."""

    status: int
    resource: Resource | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """The server says no; becomes an OperationOutcome with ``status``."""

    def __init__(self, status: int, code: str, diagnostics: str, expression: str = "") -> None:
        super().__init__(status, code, diagnostics, expression)
        self.status, self.code, self.diagnostics, self.expression = status, code, diagnostics, expression

    def within(self, place: str) -> "RefusedError":
        """The same refusal, said of something inside ``place`` (FHIRPath)."""
        inner = f"{place}.{self.expression}" if self.expression else place
        return RefusedError(self.status, self.code, self.diagnostics, inner)

    def answer(self) -> Answer:
        """The refusal as an answer with an OperationOutcome."""
        issue: Resource = {"severity": "error", "code": self.code, "diagnostics": self.diagnostics}
        if self.expression:
            issue["expression"] = [self.expression]
        return Answer(self.status, {"resourceType": "OperationOutcome", "issue": [issue]})
