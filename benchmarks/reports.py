"""Synthetic reports in any number: transaction Bundles of six resources, coded and told in words."""

import json
import random
from typing import Any

JsonObject = dict[str, Any]

CDE = "http://hl7.org/fhir/us/breast-radiology/CodeSystem/RadLexCDE"
LOINC = "http://loinc.org"
IDENTIFIER_SYSTEM = "urn:oid:2.999.7"

# Category -> code, and the shapes and spreads that a radiologist would find plausible with it.
CATEGORIES = {
    "0": ("category0IncompleteNeedAdditionalImaging", ("amorphous", "round"), ("grouped", "regional")),
    "1": ("category1Negative", (), ()),
    "2": ("category2BenignFinding", ("vascular", "coarse", "rim", "dystrophic"), ("diffuse", "regional")),
    "3": ("category3ProbablyBenignFinding", ("round", "punctate"), ("grouped",)),
    "4": ("category4SuspiciousAbnormality", ("amorphous", "coarseHeterogeneous"), ("grouped", "linear")),
    "5": ("category5HighlySuggestiveOfMalignancy", ("finePleomorphic", "fineLinear"), ("segmental", "linear")),
}
# Roughly what a screening programme with its assessment clinics sends.
WEIGHTS = {"0": 10, "1": 40, "2": 30, "3": 8, "4": 10, "5": 2}
IN_WORDS = {
    "amorphous": "amorphous",
    "round": "round",
    "vascular": "vascular",
    "coarse": "coarse",
    "rim": "rim",
    "dystrophic": "dystrophic",
    "punctate": "punctate",
    "coarseHeterogeneous": "coarse heterogeneous",
    "finePleomorphic": "fine pleomorphic",
    "fineLinear": "fine linear branching",
}
DENSITIES = (
    "categoryATheBreastsAreAlmostEntirelyFatty",
    "categoryBThereAreScatteredAreasOfFibroglandularDensity",
    "categoryCTheBreastsAreHeterogeneouslyDense",
)
_PROSE = (
    "EXAM: Digital mammogram of both breasts with tomosynthesis.\nINDICATION: Screening. No complaints. Her mother had "
    "breast cancer at 71.\nCOMPARISON: Mammograms of two and four years ago.\nTECHNIQUE: Standard craniocaudal and "
    "mediolateral oblique views of each breast were taken, with computer-aided detection.\nFINDINGS: There are "
    "scattered areas of fibroglandular density. Benign lymph nodes lie in both axillae. The skin and the nipples are "
    "normal. A few scattered round calcifications of both breasts have not changed. There is no architectural "
    "distortion and no skin thickening.\n\nIMPRESSION: "
)
_CHEST = "The heart is of normal size. The lungs are clear. No pleural effusion and no pneumothorax. No fracture."
_BONES = "Bone mineral density of the lumbar spine: T-score -1.4. Left hip: T-score -0.9. Osteopenia of the spine."
QUADRANTS = {"upperOuter": "upper outer", "upperInner": "upper inner", "lowerOuter": "lower outer"}


def report_bundle(number: int) -> JsonObject:
    """
    The ``number``-th report; the same number always gives the same Bundle.

    Returns:
        A transaction of Patient, Practitioner, DiagnosticReport and three Observations (FHIR R4).
    """
    chance = random.Random(number)
    category = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    _, shapes, spreads = CATEGORIES[category]
    shape = chance.choice(shapes) if shapes else None
    spread = chance.choice(spreads) if spreads else None
    side, quadrant = chance.choice(("left", "right")), chance.choice(list(QUADRANTS))
    observations = [
        _observation(number, "density", "RDE1587", value=f"RDE1587_{chance.choice(DENSITIES)}"),
        _calcification(number, side, quadrant, shape, spread, category, chance.randint(3, 60)),
        _observation(number, "assessment", "RDE1586", value=f"RDE1586_{CATEGORIES[category][0]}"),
    ]
    words = _words(side, quadrant, shape, spread, category)
    resources = [_patient(number), _practitioner(number), _report(number, category, words), *observations]
    return {"resourceType": "Bundle", "type": "transaction", "entry": [_entry(r) for r in resources]}


def report_bytes(number: int) -> bytes:
    """The same as a request body."""
    return json.dumps(report_bundle(number)).encode()


def told_report(number: int) -> JsonObject:
    """The same report told in words alone, at the length of a dictated one: about 700 characters."""
    bundle = report_bundle(number)
    report: JsonObject = next(
        e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "DiagnosticReport"
    )
    told = {name: value for name, value in report.items() if name not in ("result", "conclusionCode")}
    return told | {"conclusion": f"{_PROSE}{report['conclusion']}"}


def foreign_bytes(number: int) -> bytes:
    """A message that is not about a breast: a chest film, a bone density, a laboratory result, an order."""
    kind = number % 4
    subject = {"reference": f"Patient/bench-patient-{number}"}
    if kind == 3:
        order = {"resourceType": "ServiceRequest", "id": f"order-{number}", "status": "active", "intent": "order"}
        return json.dumps(order | {"subject": subject, "code": _concept("24606-6", LOINC)}).encode()
    if kind == 2:
        result = _observation(number, "lab", "x") | {"code": _concept("718-7", LOINC)}
        return json.dumps(result | {"valueQuantity": {"value": 13.1, "unit": "g/dL"}}).encode()
    report = _report(number, "1", _CHEST if kind else _BONES)
    del report["result"], report["conclusionCode"]
    return json.dumps(report | {"code": _concept("36643-5" if kind else "38269-7", LOINC)}).encode()


def patients_bundle(numbers: range) -> JsonObject:
    """A transaction of the patients of these reports, for an EHR that must know them first."""
    return {"resourceType": "Bundle", "type": "transaction", "entry": [_entry(_patient(n)) for n in numbers]}


def _entry(resource: JsonObject) -> JsonObject:
    name = f"{resource['resourceType']}/{resource['id']}"
    return {
        "fullUrl": f"https://ris.example/fhir/{name}",
        "resource": resource,
        "request": {"method": "PUT", "url": name},
    }


def _concept(code: str, system: str = CDE) -> JsonObject:
    return {"coding": [{"system": system, "code": code}]}


def _patient(number: int) -> JsonObject:
    return {
        "resourceType": "Patient",
        "id": f"bench-patient-{number}",
        "identifier": [{"system": f"{IDENTIFIER_SYSTEM}.1", "value": f"MRN-{number}"}],
        "name": [{"use": "official", "family": f"Synthetic{number}", "given": ["Benchmark"]}],
        "gender": "female",
        "birthDate": f"{1950 + number % 30}-0{1 + number % 9}-15",
    }


def _practitioner(number: int) -> JsonObject:
    name = {"family": "Synthetic", "given": ["Radiologist"]}
    return {"resourceType": "Practitioner", "id": f"bench-practitioner-{number % 20}", "name": [name]}


def _report(number: int, category: str, words: str) -> JsonObject:
    return {
        "resourceType": "DiagnosticReport",
        "id": f"bench-report-{number}",
        "meta": {"versionId": "1"},
        "identifier": [{"system": f"{IDENTIFIER_SYSTEM}.2", "value": f"ACC-{number}"}],
        "status": "final",
        "category": [_concept("RAD", "http://terminology.hl7.org/CodeSystem/v2-0074")],
        "code": _concept("26346-7" if category in "045" else "24606-6", LOINC),
        "subject": {"reference": f"Patient/bench-patient-{number}"},
        "effectiveDateTime": "2026-11-10",
        "issued": "2026-11-10T16:30:00+01:00",
        "resultsInterpreter": [{"reference": f"Practitioner/bench-practitioner-{number % 20}"}],
        "result": [{"reference": f"Observation/bench-{n}-{number}"} for n in ("density", "calc", "assessment")],
        "conclusion": words,
        "conclusionCode": [_concept(f"RDE1586_{CATEGORIES[category][0]}")],
    }


def _observation(number: int, name: str, code: str, value: str | None = None) -> JsonObject:
    observation: JsonObject = {
        "resourceType": "Observation",
        "id": f"bench-{name}-{number}",
        "status": "final",
        "category": [_concept("imaging", "http://terminology.hl7.org/CodeSystem/observation-category")],
        "code": _concept(code),
        "subject": {"reference": f"Patient/bench-patient-{number}"},
        "effectiveDateTime": "2026-11-10",
    }
    return observation | ({"valueCodeableConcept": _concept(value)} if value else {})


def _calcification(
    number: int, side: str, quadrant: str, shape: str | None, spread: str | None, category: str, extent_mm: int
) -> JsonObject:
    answers: list[tuple[str, JsonObject]] = [
        ("RDE1556", {"valueCodeableConcept": _concept("RDE1556_present" if shape else "RDE1556_absent")})
    ]
    if shape and spread:
        answers += [
            ("RDE1565", {"valueCodeableConcept": _concept(f"RDE1565_{shape}")}),
            ("RDE1568", {"valueCodeableConcept": _concept(f"RDE1568_{spread}")}),
            ("RDE1569", {"valueQuantity": {"value": extent_mm, "unit": "mm", "code": "mm"}}),
        ]
    answers.append(("RDE1586", {"valueCodeableConcept": _concept(f"RDE1586_{CATEGORIES[category][0]}")}))
    observation = _observation(number, "calc", "RDES241")
    observation["bodySite"] = _concept("76752008", "http://snomed.info/sct") | {"extension": [_place(side, quadrant)]}
    observation["component"] = [{"code": _concept(code), **value} for code, value in answers]
    return observation


def _place(side: str, quadrant: str) -> JsonObject:
    return {
        "url": "http://hl7.org/fhir/us/breast-radiology/StructureDefinition/BreastBodyLocationExtension",
        "extension": [
            {"url": "laterality", "valueCodeableConcept": _concept(f"RDE1557_{side}")},
            {"url": "quadrant", "valueCodeableConcept": _concept(f"RDE1563_{quadrant}")},
        ],
    }


def _words(side: str, quadrant: str, shape: str | None, spread: str | None, category: str) -> str:
    where = f"in the {QUADRANTS[quadrant]} quadrant of the {side} breast"
    if shape and spread:
        kind = f"{spread} {IN_WORDS[shape]}".capitalize()
        return f"{kind} calcifications {where}. No mass. BI-RADS category {category}."
    return f"No mass, architectural distortion or suspicious calcifications. BI-RADS category {category}."
