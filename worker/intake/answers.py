"""What the door says back: OperationOutcomes and the CapabilityStatement."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import JSONResponse

from worker import __version__
from worker.core.conformance import Problem, operation_outcome

FHIR_JSON = "application/fhir+json; charset=utf-8"
_RESULT_TYPES = ("DiagnosticReport", "Observation")
_CONTEXT_TYPES = ("Patient", "BodyStructure", "Condition", "FamilyMemberHistory", "Procedure")
_OWN_TYPES = ("CarePlan", "Communication", "DetectedIssue", "Task")


class FhirResponse(JSONResponse):
    """JSON under FHIR's own media type."""

    media_type = FHIR_JSON


def said(status: int, code: str, text: str, headers: dict[str, str] | None = None) -> FhirResponse:
    """One sentence as an OperationOutcome; informational below 400."""
    severity = "information" if status < 400 else "error"
    issue = {"severity": severity, "code": code, "diagnostics": text}
    return FhirResponse({"resourceType": "OperationOutcome", "issue": [issue]}, status, headers)


def refused(status: int, problems: Sequence[Problem]) -> FhirResponse:
    """Every problem with its element, the errors first."""
    ordered = sorted(problems, key=lambda problem: problem.severity != "error")
    return FhirResponse(operation_outcome(ordered), status)


def stored(message_id: str, is_new: bool, warnings: Sequence[Problem]) -> FhirResponse:
    """202 with the message's address; 200 when the same message was here before."""
    text = "stored; the outcome will be at" if is_new else "this message was stored before; its outcome is at"
    issues = [{"severity": "information", "code": "informational", "diagnostics": f"{text} /messages/{message_id}"}]
    if warnings:
        issues += operation_outcome(warnings)["issue"]
    body = {"resourceType": "OperationOutcome", "issue": issues}
    return FhirResponse(body, 202 if is_new else 200, {"Location": f"/messages/{message_id}"})


def capability_statement(base_url: str, date: str) -> dict[str, Any]:
    """
    What the door truly serves.

    Source: FHIR R4 CapabilityStatement; kind ``instance``.
    """
    writable = [
        {"type": name, "interaction": [{"code": "create"}, {"code": "update"}], "updateCreate": True}
        for name in _RESULT_TYPES
    ]
    told = dict.fromkeys(_CONTEXT_TYPES, "Kept as context for the reports that cite it.")
    told |= dict.fromkeys(_OWN_TYPES, "Of our own drafts, as a clinician has left them: released, rejected, answered.")
    context = [
        {
            "type": name,
            "interaction": [{"code": "create"}, {"code": "update"}],
            "updateCreate": True,
            "documentation": documentation,
        }
        for name, documentation in told.items()
    ]
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": date,
        "kind": "instance",
        "software": {"name": "CalciFHIR", "version": __version__},
        "implementation": {"description": "Door for breast imaging results", "url": base_url},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "documentation": (
                    "Every write is stored and answered with 202 and the address of the message; R4, R4B and R5 are "
                    "read (media type parameter fhirVersion). Bundles of any type go to the base address."
                ),
                "resource": writable + context,
                "interaction": [{"code": "transaction"}, {"code": "batch"}],
            }
        ],
    }
