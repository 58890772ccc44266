"""Small FHIR documents, as an interface engine would send them; synthetic, no person behind them."""

import json
from typing import Any

Resource = dict[str, Any]

_MAMMOGRAM = {"coding": [{"system": "http://loinc.org", "code": "24606-6", "display": "MG Breast Screening"}]}
_CHEST = {"coding": [{"system": "http://loinc.org", "code": "36643-5", "display": "XR Chest 2 Views"}]}
_FINDING = {"coding": [{"system": "http://snomed.info/sct", "code": "129748009", "display": "Mammography assessment"}]}
_PATIENT = {"reference": "Patient/p1"}


def report(
    number: int = 1,
    *,
    results: tuple[str, ...] = (),
    version: int | None = 1,
    status: str = "final",
    conclusion: str = "Grouped fine pleomorphic calcifications in the left breast. BI-RADS 4B.",
    **more: Any,
) -> Resource:
    """A mammography report."""
    resource: Resource = {
        "resourceType": "DiagnosticReport",
        "id": f"r{number}",
        "identifier": [{"system": "urn:ris", "value": f"ACC-{number}"}],
        "status": status,
        "code": _MAMMOGRAM,
        "subject": _PATIENT,
        "effectiveDateTime": "2026-02-20",
        "conclusion": conclusion,
    }
    if version is not None:
        resource["meta"] = {"versionId": str(version)}
    if results:
        resource["result"] = [{"reference": reference} for reference in results]
    return resource | more


def chest_report(number: int = 9) -> Resource:
    """A report that is not ours."""
    return report(number, conclusion="The lungs are clear. No pneumothorax.") | {"code": _CHEST}


def observation(number: int = 1, *, category: str = "4B", version: int | None = None, **more: Any) -> Resource:
    """A BI-RADS assessment of a mammogram."""
    resource: Resource = {
        "resourceType": "Observation",
        "id": f"o{number}",
        "status": "final",
        "category": [
            {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "imaging"}]}
        ],
        "code": _FINDING,
        "subject": _PATIENT,
        "effectiveDateTime": "2026-02-20",
        "valueCodeableConcept": {"text": f"BI-RADS {category}"},
    }
    if version is not None:
        resource["meta"] = {"versionId": str(version)}
    return resource | more


def bundle(*resources: Resource) -> Resource:
    """A transaction of updates."""
    entries = [
        {
            "fullUrl": f"urn:uuid:00000000-0000-0000-0000-{position:012d}",
            "resource": resource,
            "request": {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}"},
        }
        for position, resource in enumerate(resources)
    ]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def as_bytes(document: Resource) -> bytes:
    """As it goes over the wire."""
    return json.dumps(document).encode()
