"""
The synthetic report that proves the whole way, and how to tell it and its plan from those of people.

One report about one test patient, sent again and again in a new version. Each version carries the name of its run as a
security label; labels of a report go into everything that is written for it, so that what the EHR holds tells which run
it came from. The standard label for test data (HTEST) stands beside it, for every other reader.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from worker.core.model import JsonObject

__all__ = ["PROBE_SENDER", "carries_run", "is_probe", "probe_report"]

# Whom the inbox names as the sender of a synthetic report, whoever brought it.
PROBE_SENDER = "probe"
_RUN_SYSTEM = "urn:calcifhir:probe"
_TEST_DATA = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}


def probe_report(run: str, patient: str, now: datetime) -> dict[str, Any]:
    """
    A benign mammogram of a test patient.

    Args:
        patient: ``Patient/id`` or ``system|value``, as the EHR knows it.
    """
    system, bar, value = patient.rpartition("|")
    subject = {"type": "Patient", "identifier": {"system": system, "value": value}} if bar else {"reference": patient}
    moment = now.isoformat(timespec="milliseconds")
    return {
        "resourceType": "DiagnosticReport",
        "id": "calcifhir-probe",
        "meta": {
            "versionId": str(round(now.timestamp() * 1000)),
            "lastUpdated": moment,
            "security": [_TEST_DATA, {"system": _RUN_SYSTEM, "code": run}],
        },
        "identifier": [{"system": _RUN_SYSTEM, "value": "probe"}],
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "24606-6", "display": "MG Breast Screening"}]},
        "subject": subject,
        "effectiveDateTime": now.date().isoformat(),
        "issued": moment,
        "conclusion": "Synthetic report, no person. Round benign calcifications in both breasts. BI-RADS 2.",
    }


def is_probe(document: Mapping[str, Any]) -> bool:
    """Whether a message is a synthetic report."""
    return bool(document.get("resourceType") == "DiagnosticReport" and _runs(document))


def carries_run(resource: JsonObject, run: str) -> bool:
    """Whether this run's report led to what the EHR holds."""
    return run in _runs(resource)


def _runs(resource: Mapping[str, Any]) -> list[str]:
    meta = resource.get("meta")
    labels = meta.get("security") if isinstance(meta, Mapping) else None
    if not isinstance(labels, Sequence) or isinstance(labels, str):
        return []
    return [str(each.get("code")) for each in labels if isinstance(each, Mapping) and each.get("system") == _RUN_SYSTEM]
