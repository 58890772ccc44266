"""
Which FHIR version a document is written in, and what is no FHIR at all.

R4 and R4B share the elements that we read; R5 is told by elements that only it has. DSTU2 and STU3 are refused by name:
read as R4 they would be half understood, which is worse than not at all.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from worker.core.model import FhirVersion
from worker.errors import NotFhir

__all__ = ["RESOURCE_TYPE", "detect_version"]

RESOURCE_TYPE = re.compile(r"[A-Z][A-Za-z]{2,63}")
_DECLARED: dict[str, FhirVersion] = {"4.0": "R4", "4.1": "R4B", "4.3": "R4B", "5.0": "R5"}
_REFUSED = {"0.5": "DSTU1", "1.0": "DSTU2", "1.4": "DSTU2", "3.0": "STU3", "3.5": "an R4 ballot", "6.0": "R6"}
_OLDER_PROFILE = re.compile(r"/(?:DSTU2|STU3|guides/argonaut)/|hl7\.org/fhir/[13]\.0/|\|[13]\.0\.\d$", re.IGNORECASE)
_WRAPPER_DEPTH, _WRAPPER_WIDTH = 4, 500
_PACKED_JSON = ("eyJ", "ewo", "ewk", "eyA", "ew0K")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")

# Elements that only one version has, per resource type, and that no other version uses for something else.
_ONLY_R5 = {
    "DiagnosticReport": ("study", "composition", "supportingInfo"),
    "Observation": ("bodyStructure", "triggeredBy", "instantiatesCanonical", "instantiatesReference"),
    "BodyStructure": ("includedStructure", "excludedStructure"),
    "ServiceRequest": ("reason", "bodyStructure"),
}
_ONLY_OLDER = {
    "DiagnosticReport": ("codedDiagnosis", "context", "image", "request"),
    "Observation": ("related", "comments", "comment", "context"),
    "Patient": ("animal", "careProvider"),
}
_OLDER_TYPES = {"DiagnosticOrder", "ProcedureRequest", "ReferralRequest", "BodySite", "MedicationOrder", "Order"}


def detect_version(document: Mapping[str, Any], declared: str | None = None) -> FhirVersion:
    """
    The version to read the document in.

    Args:
        declared: The ``fhirVersion`` parameter of the media type (``4.0``, ``4.3``, ``5.0``), if one was sent.

    Raises:
        NotFhir: No FHIR resource (the wrapper is named), or a version that is not read (the version is named).
    """
    kind = document.get("resourceType")
    if not isinstance(kind, str) or not RESOURCE_TYPE.fullmatch(kind):
        raise NotFhir(_wrapper_of(document), code="structure")
    if kind == "Binary" and "fhir" in str(document.get("contentType")):
        raise NotFhir("FHIR wrapped in a Binary; post the resource inside it by itself", where="Binary.data")
    if kind == "Parameters":
        raise NotFhir("a Parameters wrapper; post the resource inside it by itself", where="Parameters.parameter")
    resources = tuple(_resources(document, kind))
    _refuse_older(resources)
    if declared:
        return _declared_version(declared)
    if document.get("type") == "subscription-notification":  # a code that Bundle.type has only in R5
        return "R5"
    return (
        "R5" if any(name in resource for resource, _, names in _marked(resources, _ONLY_R5) for name in names) else "R4"
    )


def _declared_version(declared: str) -> FhirVersion:
    short = ".".join(declared.strip().split(".")[:2])
    if short in _DECLARED:
        return _DECLARED[short]
    known = _REFUSED.get(short)
    raise NotFhir(f"FHIR version {known or 'as declared'} is not read; send R4, R4B or R5", http_status=415)


def _resources(document: Mapping[str, Any], where: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    yield document, where
    entries = document.get("entry")
    if document.get("resourceType") == "Bundle" and isinstance(entries, list):
        for number, entry in enumerate(entries):
            resource = entry.get("resource") if isinstance(entry, dict) else None
            if isinstance(resource, dict):
                yield from _resources(resource, f"{where}.entry[{number}].resource")


def _marked(
    resources: tuple[tuple[Mapping[str, Any], str], ...], table: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Mapping[str, Any], str, tuple[str, ...]]]:
    for resource, where in resources:
        kind = resource.get("resourceType")
        if isinstance(kind, str) and kind in table:
            yield resource, where, table[kind]


def _refuse_older(resources: tuple[tuple[Mapping[str, Any], str], ...]) -> None:
    for resource, where in resources:
        kind = resource.get("resourceType")
        if kind in _OLDER_TYPES:
            raise NotFhir("a resource type of FHIR DSTU2 or STU3; send R4, R4B or R5", where=where)
        if _claims_older(resource):
            raise NotFhir("a profile of FHIR DSTU2 or STU3; send R4, R4B or R5", where=f"{where}.meta.profile")
        if kind in ("DiagnosticReport", "Observation") and isinstance(resource.get("category"), dict):
            raise NotFhir("not a list, as in FHIR DSTU2 or STU3; send R4, R4B or R5", where=f"{where}.category")
        if kind == "DiagnosticReport":
            _refuse_older_report(resource, where)
    for resource, where, names in _marked(resources, _ONLY_OLDER):
        for name in names:
            if name in resource:
                raise NotFhir("an element of FHIR DSTU2 or STU3; send R4, R4B or R5", where=f"{where}.{name}")


def _claims_older(resource: Mapping[str, Any]) -> bool:
    meta = resource.get("meta")
    profiles = meta.get("profile") if isinstance(meta, dict) else None
    return any(
        isinstance(p, str) and _OLDER_PROFILE.search(p) for p in (profiles if isinstance(profiles, list) else ())
    )


def _refuse_older_report(report: Mapping[str, Any], where: str) -> None:
    if isinstance(report.get("performer"), dict):
        raise NotFhir("not a list, as in FHIR DSTU2; send R4, R4B or R5", where=f"{where}.performer")
    performers = report.get("performer")
    if isinstance(performers, list) and any(isinstance(p, dict) and "actor" in p for p in performers):
        raise NotFhir("an actor, as in FHIR STU3; send R4, R4B or R5", where=f"{where}.performer.actor")


def _wrapper_of(document: Mapping[str, Any]) -> str:
    """What wraps the FHIR inside, searched level by level and not far."""
    level: list[tuple[str, object]] = [("", document)]
    for _ in range(_WRAPPER_DEPTH):
        level = list(islice((pair for path, value in level for pair in _inner(path, value)), _WRAPPER_WIDTH))
        for path, value in level:
            kind = _fhir_inside(value)
            if kind:
                return f"FHIR ({kind}) wrapped in other JSON under {path}; post the resource itself"
    return "no FHIR resource: resourceType is missing or no type name"


def _inner(path: str, value: object) -> Iterator[tuple[str, object]]:
    """What stands one level further in; names that are no plain names are not repeated."""
    if isinstance(value, list):
        yield from ((f"{path}[{number}]", item) for number, item in enumerate(value))
    elif isinstance(value, dict):
        for name, item in value.items():
            shown = name if _NAME.fullmatch(name) else "?"
            yield f"{path}.{shown}" if path else shown, item


def _unpacked(text: str) -> str:
    """JSON that a message bus carries in base64 ("eyJ" is how "{" and a quote begin), else the text as it is."""
    if not text.startswith(_PACKED_JSON):
        return text
    try:
        return base64.b64decode(text).decode()
    except ValueError:
        return text


def _fhir_inside(value: object) -> str | None:
    if isinstance(value, str):
        text = _unpacked(value)
        try:
            value = json.loads(text) if '"resourceType"' in text[:2000] else None
        except (ValueError, RecursionError):
            return None
    kind = value.get("resourceType") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) and RESOURCE_TYPE.fullmatch(kind) else None
