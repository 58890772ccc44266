"""The words that take one of a few values."""

from collections.abc import Mapping
from typing import Any, Literal

JsonObject = Mapping[str, Any]

FhirVersion = Literal["R4", "R4B", "R5"]
Laterality = Literal["left", "right", "bilateral", "unknown"]
FindingStatus = Literal["present", "negated", "historical", "resolved", "hypothetical"]
Change = Literal["new", "increased", "stable", "decreased"]
Scope = Literal["finding", "breast", "overall"]
Severity = Literal["high", "moderate", "low"]
Purpose = Literal["screening", "diagnostic", "procedure", "pathology", "unknown"]
Disposition = Literal["plan", "withdraw", "no-output", "not-for-us"]

# Of a DiagnosticReport or an Observation, R4 and R5. Whatever is not among the first is not final.
FINAL_STATUSES = frozenset({"final", "amended", "corrected", "appended"})
WITHDRAWN_STATUSES = frozenset({"cancelled", "entered-in-error"})
