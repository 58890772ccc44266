"""
FHIR's own required codes, which the models of ``fhir.resources`` accept whatever they say.

Values of R4 4.0.1; those that only R5 has stand apart.
"""

from worker.core.model import FhirVersion

__all__ = ["allowed_codes"]

_EVENT = "preparation in-progress not-done on-hold stopped completed entered-in-error unknown"
_REQUEST = "draft active on-hold revoked completed entered-in-error unknown"
_INTENT = "proposal plan directive order original-order reflex-order filler-order instance-order option"
_OBSERVED = "registered preliminary final amended corrected cancelled entered-in-error unknown"
_PRIORITY = "routine urgent asap stat"

_R4 = {
    ("Bundle", "type"): "document message transaction transaction-response batch batch-response history searchset"
    " collection",
    ("CarePlan", "intent"): "proposal plan order option",
    ("CarePlan", "status"): _REQUEST,
    ("Communication", "priority"): _PRIORITY,
    ("Communication", "status"): _EVENT,
    ("Composition", "status"): "preliminary final amended entered-in-error",
    ("DetectedIssue", "severity"): "high moderate low",
    ("DetectedIssue", "status"): _OBSERVED,
    ("DiagnosticReport", "status"): "registered partial preliminary final amended corrected appended cancelled"
    " entered-in-error unknown",
    ("DocumentReference", "status"): "current superseded entered-in-error",
    (
        "Goal",
        "lifecycleStatus",
    ): "proposed planned accepted active on-hold completed cancelled entered-in-error rejected",
    ("Observation", "status"): _OBSERVED,
    ("Patient", "gender"): "male female other unknown",
    ("ServiceRequest", "intent"): _INTENT,
    ("ServiceRequest", "priority"): _PRIORITY,
    ("ServiceRequest", "status"): _REQUEST,
    ("Task", "intent"): f"unknown {_INTENT}",
    ("Task", "priority"): _PRIORITY,
    (
        "Task",
        "status",
    ): "draft requested received accepted rejected ready cancelled in-progress on-hold failed completed"
    " entered-in-error",
}
_MORE_IN_R5 = {
    ("Bundle", "type"): "subscription-notification",
    ("CarePlan", "intent"): "directive",
    ("Composition", "status"): "registered partial corrected appended cancelled deprecated unknown",
    ("DetectedIssue", "status"): "mitigated",
    ("DiagnosticReport", "status"): "modified",
}


def _split(table: dict[tuple[str, str], str]) -> dict[str, dict[str, frozenset[str]]]:
    split: dict[str, dict[str, frozenset[str]]] = {}
    for (kind, element), codes in table.items():
        split.setdefault(kind, {})[element] = frozenset(codes.split())
    return split


_BY_VERSION = {
    "R4": _split(_R4),
    "R5": _split({key: f"{codes} {_MORE_IN_R5.get(key, '')}" for key, codes in _R4.items()}),
}


def allowed_codes(resource_type: str, version: FhirVersion) -> dict[str, frozenset[str]]:
    """Codes that FHIR requires, by element of the resource; R4B has those of R4."""
    return _BY_VERSION["R5" if version == "R5" else "R4"].get(resource_type, {})
