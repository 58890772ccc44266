"""FHIR documents as real senders shape them, built part by part; and the way from a document to a reading."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from worker.core.coded import read_coded
from worker.core.findings import reconcile
from worker.core.model import Reading, Report
from worker.core.narrative import read_narrative
from worker.core.relevance import relevance_of
from worker.core.report import (
    Located,
    detect_version,
    parse_json,
    pool_of,
    read_report,
    reports_in,
    resources_in,
)
from worker.core.rules import Rules

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
RDE = "http://hl7.org/fhir/us/breast-radiology/CodeSystem/RadLexCDE"
SLICES = "http://hl7.org/fhir/us/breast-radiology/CodeSystem/ObservationComponentSliceCodesCS"
BODY_LOCATION = "http://hl7.org/fhir/us/breast-radiology/StructureDefinition/BreastBodyLocationExtension"
IMAGING = {"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "imaging"}
PATIENT = {"reference": "Patient/p1"}

Json = dict[str, Any]


def concept(*codes: tuple[str, str] | tuple[str, str, str], text: str | None = None) -> Json:
    """A CodeableConcept of (system, code[, display])."""
    codings = [dict(zip(("system", "code", "display"), code, strict=False)) for code in codes]
    return {**({"coding": codings} if codings else {}), **({"text": text} if text else {})}


def component(code: tuple[str, str], value: object) -> Json:
    """A component whose value is a code pair, a CodeableConcept, a boolean, a string or a Quantity."""
    return {"code": concept(code), **valued(value)}


def valued(value: object) -> Json:  # noqa: PLR0911  one return per kind of value
    """``value[x]`` by the kind of the value."""
    match value:
        case None:
            return {}
        case bool():
            return {"valueBoolean": value}
        case int():
            return {"valueInteger": value}
        case str():
            return {"valueString": value}
        case tuple():
            return {"valueCodeableConcept": concept(value)}
        case {"low": _} | {"high": _}:
            return {"valueRange": value}
        case {"value": _}:
            return {"valueQuantity": value}
        case _:
            return {"valueCodeableConcept": value}


def observation(name: str, code: Json | tuple[str, str], value: object = None, **more: object) -> Json:
    """An imaging Observation."""
    return {
        "resourceType": "Observation",
        "id": name,
        "status": "final",
        "category": [{"coding": [IMAGING]}],
        "code": concept(code) if isinstance(code, tuple) else code,
        "subject": PATIENT,
        "effectiveDateTime": "2026-10-01",
        **valued(value),
        **more,
    }


def located_site(**parts: tuple[str, str]) -> Json:
    """A body site with the breast location extension (v0.3)."""
    inner = [{"url": name, "valueCodeableConcept": concept(code)} for name, code in parts.items()]
    return {
        "coding": [{"system": SNOMED, "code": "76752008"}],
        "extension": [{"url": BODY_LOCATION, "extension": inner}],
    }


def calcification(name: str = "calc", *components: Json, presence: str = "present", **more: object) -> Json:
    """An Observation of the v0.3 calcification profile."""
    first = component((RDE, "RDE1556"), (RDE, f"RDE1556_{presence}"))
    return observation(name, (RDE, "RDES241"), component=[first, *components], **more)


def report(*results: Json, code: tuple[str, str] = (LOINC, "26346-7"), **more: object) -> Json:
    """A DiagnosticReport that cites its results."""
    cited = [{"reference": f"{one['resourceType']}/{one['id']}"} for one in results]
    return {
        "resourceType": "DiagnosticReport",
        "id": "r1",
        "status": "final",
        "code": concept(code),
        "subject": PATIENT,
        "effectiveDateTime": "2026-10-01",
        "issued": "2026-10-02T09:00:00Z",
        **({"result": cited} if cited else {}),
        **more,
    }


def bundle(*resources: Json, kind: str = "transaction") -> Json:
    """A Bundle of them."""
    entries = [
        {
            "fullUrl": f"http://ris.example/fhir/{one['resourceType']}/{one['id']}",
            "resource": one,
            "request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"},
        }
        for one in resources
    ]
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def roots_of(document: Json) -> tuple[Located, ...]:
    """Reports, else Observations, in document order."""
    located = resources_in(document)
    return reports_in(located) or tuple(one for one in located if one.resource_type == "Observation")[:1]


def report_of(document: Json, rules: Rules, seen: Sequence[Located] = ()) -> Report:
    """The first report of a document, with purpose and side of the exam, as ``decide`` would see it."""
    parsed = parse_json(json.dumps(document).encode())
    root = roots_of(parsed)[0]
    pool = pool_of((*resources_in(parsed), *seen))
    read = read_report(root, pool, detect_version(parsed), "test")
    relevance = relevance_of(read, rules)
    return replace(read, purpose=relevance.purpose, laterality=relevance.laterality, modalities=relevance.modalities)


def coded(document: Json, rules: Rules, seen: Sequence[Located] = ()) -> Reading:
    """What the codes of the first report say."""
    return read_coded(report_of(document, rules, seen), rules)


def read(document: Json, rules: Rules, seen: Sequence[Located] = ()) -> Reading:
    """What codes and words of the first report say, reconciled."""
    found = report_of(document, rules, seen)
    return reconcile(read_coded(found, rules), read_narrative(found, rules), found, rules)


def subjects(reading: Reading) -> set[tuple[str, str]]:
    """(rule, subject) of every doubt."""
    return {(doubt.rule, doubt.subject) for doubt in reading.doubts}
