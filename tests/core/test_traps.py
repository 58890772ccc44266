"""
Small documents that tempt a machine to plan less than the radiologist said, and what a careful radiologist expects.

Each was written down with its answer before it was read; most are of kinds that real senders send.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from worker.core.model import Outcome
from worker.core.report import parse_json
from worker.core.rules import Rules
from worker.core.standalone import decide_document

TODAY = date(2026, 10, 3)
SCT, LOINC = "http://snomed.info/sct", "http://loinc.org"
RADLEX = "http://hl7.org/fhir/us/breast-radiology/CodeSystem/RadLexCDE"
LOCAL = "https://ris.example/codes"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
CATEGORIES = {
    "0": "397138000",
    "1": "397140005",
    "2": "397141009",
    "3": "397143007",
    "4": "397144001",
    "5": "397145000",
}
CATEGORIES["6"] = "6111000179101"
Json = dict[str, Any]


def says(code: str | None = None, system: str = SCT, text: str | None = None, display: str | None = None) -> Json:
    coding = {"system": system, "code": code} | ({"display": display} if display else {})
    return ({"coding": [coding]} if code else {}) | ({"text": text} if text else {})


DIAGNOSTIC, SCREENING = says("24605-8", LOINC), says("24606-6", LOINC)
LEFT_ONLY, TISSUE = says("26347-5", LOINC), says("22637-3", LOINC)
LEFT, RIGHT, BOTH = says("80248007"), says("73056007"), says("63762007")
BIRADS = says("146611000146107")


def obs(code: Json, value: Any = None, site: Json | None = None, **more: Any) -> Json:
    """An Observation; a dict is a CodeableConcept, or a Quantity where it has a ``value``."""
    kinds = {str: "valueString", bool: "valueBoolean", int: "valueInteger"}
    one: Json = {"resourceType": "Observation", "status": "final", "code": code, "subject": {"reference": "Patient/p"}}
    if isinstance(value, dict):
        one["valueQuantity" if "value" in value else "valueCodeableConcept"] = value
    elif value is not None:
        one[kinds[type(value)]] = value
    return one | ({"bodySite": site} if site else {}) | more


def cat(category: str, site: Json | None = None, **more: Any) -> Json:
    return obs(BIRADS, says(CATEGORIES[category]), site, **more)


def calc(site: Json | None, shape: str, spread: str, *parts: Json, **more: Any) -> Json:
    named = (("RDE1565", shape), ("RDE1568", spread))
    components = [{"code": says(q, RADLEX), "valueCodeableConcept": says(f"{q}_{a}", RADLEX)} for q, a in named]
    return obs(says("RDES241", RADLEX), None, site, component=[*components, *parts], **more)


def part(code: Json, **value: Any) -> Json:
    return {"code": code, **value}


def rep(
    *results: Json, says: str | None = None, extra: tuple[Json, ...] = (), person: Json | None = None, **more: Any
) -> Json:
    """A report with its person, what it cites and what came along."""
    cited = [{"id": f"o{number}", **one} for number, one in enumerate(results)]
    report: Json = {
        "resourceType": "DiagnosticReport",
        "id": "r",
        "status": "final",
        "code": DIAGNOSTIC,
        "subject": {"reference": "Patient/p"},
        "effectiveDateTime": "2026-10-01",
        "issued": "2026-10-02T09:00:00Z",
        "result": [{"reference": f"Observation/{one['id']}"} for one in cited],
    }
    report |= {"conclusion": says} if says else {}
    patient = {"resourceType": "Patient", "id": "p", "birthDate": "1970-01-01", "gender": "female"} | (person or {})
    everything = ({**report, **more}, patient, *cited, *extra)
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in everything]}


def about(kind: str, code: str, **more: Any) -> Json:
    """A Condition or Procedure of the person."""
    status = {"status": "completed"} if kind == "Procedure" else {}
    return {"resourceType": kind, "id": "b", "code": says(code), "subject": {"reference": "Patient/p"}} | status | more


@dataclass(frozen=True, kw_only=True)
class Expected:
    """
    What must come out.

    ``at`` maps an action (or the end of its id) to its sides; ``asks`` are rules that must ask, None none that holds.
    """

    level: int
    hold: bool = False
    category: str | None = None
    at: dict[str, set[str]] | None = None
    asks: str = ""


BIOPSY_LEFT = {"biopsy": {"left"}}
TRAPS: dict[str, tuple[Json, Expected]] = {
    # ---- two breasts, several lesions
    "a biopsy on one side, routine on the other": (
        rep(cat("4", LEFT), cat("2", RIGHT)),
        Expected(level=4, at=BIOPSY_LEFT),
    ),
    "a 5 and a 0": (
        rep(cat("5", LEFT), cat("0", RIGHT)),
        Expected(level=5, at={"biopsy": {"left"}, "views": {"right"}}),
    ),
    "a known cancer beside a 3": (
        rep(cat("6", RIGHT), cat("3", LEFT)),
        Expected(level=6, at={"oncology-referral": {"right"}, "short-interval-mammogram": {"left"}}, asks="C-22"),
    ),
    "a benign and a suspicious group in one breast": (
        rep(
            calc(LEFT, "round", "diffuse", part(BIRADS, valueCodeableConcept=says(CATEGORIES["2"]))),
            calc(LEFT, "finePleomorphic", "grouped", part(BIRADS, valueString="4C")),
        ),
        Expected(level=4, category="4C", at=BIOPSY_LEFT),
    ),
    "three groups in words": (
        rep(says="Right breast. 1: round, BI-RADS 2. 2: amorphous, BI-RADS 4A. 3: fine linear, BI-RADS 5."),
        Expected(level=5, category="5", hold=True, at={"biopsy": {"right"}}, asks="C-09"),
    ),
    "one breast of two in an overall category": (
        rep(cat("4"), cat("1", LEFT), cat("1", RIGHT)),
        Expected(level=4, hold=True, asks="C-09"),
    ),
    # ---- codes against words
    "a code for 2, words for 4": (
        rep(cat("2", LEFT), says="Fine pleomorphic calcifications left. BI-RADS 4B."),
        Expected(level=4, hold=True, asks="C-09"),
    ),
    "a code for 4, words for 2": (
        rep(cat("4", LEFT), says="Scattered round calcifications left. BI-RADS 2. Routine screening."),
        Expected(level=4, hold=True, asks="C-09"),
    ),
    "a code for 2 shown as 5": (
        rep(obs(BIRADS, says(CATEGORIES["2"], display="BI-RADS 5"), LEFT)),
        Expected(level=5, hold=True, asks="C-09"),
    ),
    "a code of the left, words of the right breast": (
        rep(cat("4", LEFT), says="Right breast grouped amorphous calcifications. BI-RADS 4."),
        Expected(level=4, hold=True, at={"biopsy": {"left", "right"}}, asks="C-08"),
    ),
    "words of both breasts beside a code of one": (
        rep(cat("4", LEFT), says="Left: grouped amorphous calcifications, BI-RADS 4. Right: negative, BI-RADS 1."),
        Expected(level=4, at=BIOPSY_LEFT),
    ),
    "a group in the other breast without a category": (
        rep(cat("4", LEFT), says="Grouped amorphous calcifications in the right breast."),
        Expected(level=4, hold=True, asks="C-01"),
    ),
    "an exam of the left, a category of the right breast": (
        rep(cat("4", RIGHT), code=LEFT_ONLY),
        Expected(level=4, hold=True, asks="C-08"),
    ),
    "a category of the left, a biopsy of the right breast": (
        rep(says="Left breast: grouped amorphous calcifications, BI-RADS 4. Recommend biopsy of the right breast."),
        Expected(level=4, hold=True, at={"biopsy": {"left", "right"}}, asks="C-08"),
    ),
    "a site whose text is the other side": (
        rep(obs(BIRADS, says(CATEGORIES["4"]), says("80248007", text="Right breast"))),
        Expected(level=4, hold=True, asks="C-08"),
    ),
    "an impression below its findings": (
        rep(says="FINDINGS: left breast BI-RADS 4 calcifications. IMPRESSION: BI-RADS 2."),
        Expected(level=4, hold=True, at=BIOPSY_LEFT, asks="C-09"),
    ),
    "an impression of the other breast": (
        rep(
            says="FINDINGS: grouped fine pleomorphic calcifications in the left breast. "
            "IMPRESSION: suspicious calcifications right breast. BI-RADS 4."
        ),
        Expected(level=4, hold=True, at={"biopsy": {"left", "right", "bilateral"}}, asks="C-08"),
    ),
    # ---- the category in an unusual place
    "only an Observation's string": (rep(obs(BIRADS, "4B", LEFT)), Expected(level=4, category="4B", at=BIOPSY_LEFT)),
    "only an integer": (rep(obs(BIRADS, 5, LEFT)), Expected(level=5)),
    "only a Quantity": (rep(obs(BIRADS, {"value": 4, "unit": "{score}"}, LEFT)), Expected(level=4)),
    "only the text of a conclusion code": (
        rep(conclusionCode=[says(text="BI-RADS 4C, left breast")]),
        Expected(level=4, category="4C", at=BIOPSY_LEFT),
    ),
    "a question in words": (
        rep(obs(says(text="Mammography assessment (BI-RADS)"), "4", LEFT)),
        Expected(level=4, at=BIOPSY_LEFT),
    ),
    "a question in words with the side in it": (
        rep(obs(says(text="ACR BI-RADS category - left breast"), "4")),
        Expected(level=4, at=BIOPSY_LEFT),
    ),
    "a question in words for the whole exam": (
        rep(obs(says(text="Overall BI-RADS assessment"), "2")),
        Expected(level=1),
    ),
    "a question of an earlier exam": (
        rep(obs(says(text="Prior BI-RADS category"), "4"), cat("2", LEFT)),
        Expected(level=1),
    ),
    "a density that is asked for as BI-RADS": (
        rep(obs(says(text="BI-RADS breast density"), "c"), says="No calcifications. BI-RADS 1."),
        Expected(level=1, category="1"),
    ),
    "a component in words": (
        rep(calc(LEFT, "amorphous", "grouped", part(says(text="BI-RADS category"), valueString="4B"))),
        Expected(level=4, category="4B", at=BIOPSY_LEFT),
    ),
    "a component that is not known": (
        rep(calc(LEFT, "finePleomorphic", "grouped", part(BIRADS, dataAbsentReason=says("unknown", ABSENT)))),
        Expected(level=0, hold=True, asks="C-01"),
    ),
    "a category of one breast that is not known beside the other's": (
        rep(obs(BIRADS, None, LEFT, dataAbsentReason=says("unknown", ABSENT)), cat("2", RIGHT)),
        Expected(level=1, hold=True, asks="C-01"),
    ),
    "a breast that there is not beside the other's category": (
        rep(obs(BIRADS, None, LEFT, dataAbsentReason=says("not-applicable", ABSENT)), cat("2", RIGHT)),
        Expected(level=1, hold=False),
    ),
    "members of a panel": (
        rep(
            obs(
                says(text="Breast finding"),
                hasMember=[{"reference": "Observation/m1"}, {"reference": "Observation/m2"}],
            ),
            extra=(calc(LEFT, "finePleomorphic", "linear", id="m1"), cat("4", LEFT, id="m2")),
        ),
        Expected(level=4, at=BIOPSY_LEFT),
    ),
    "a contained result": (
        rep(contained=[{**cat("4", LEFT), "id": "x"}], result=[{"reference": "#x"}]),
        Expected(level=4, at=BIOPSY_LEFT),
    ),
    # ---- a category that is not one
    "a range": (rep(obs(BIRADS, "3/4", LEFT)), Expected(level=4, hold=True, asks="C-09")),
    "a range in words": (
        rep(says="Left breast grouped punctate calcifications. BI-RADS 3-4."),
        Expected(level=4, hold=True, asks="C-09"),
    ),
    "a question mark": (rep(obs(BIRADS, "2?", LEFT)), Expected(level=1, hold=True, asks="C-01")),
    "a change": (rep(obs(BIRADS, "3 (was 4)", LEFT)), Expected(level=0, hold=True, asks="C-10")),
    "a denial": (rep(obs(BIRADS, "not 4", LEFT)), Expected(level=0, hold=True, asks="C-10")),
    "two codes in one element": (
        rep(obs(BIRADS, {"coding": [{"system": SCT, "code": CATEGORIES[c]} for c in "24"]}, LEFT)),
        Expected(level=4, hold=True, asks="C-09"),
    ),
    "a code of another system": (
        rep(obs(BIRADS, says(CATEGORIES["2"], LOINC), LEFT)),
        Expected(level=0, hold=True, asks="C-10"),
    ),
    "an interpretation": (
        rep(obs(DIAGNOSTIC, None, LEFT, interpretation=[says(text="Normal")])),
        Expected(level=0, hold=True, asks="C-01"),
    ),
    # ---- scales
    "a figure without a scale": (
        rep(obs(says(text="Assessment category"), "3", LEFT)),
        Expected(level=0, hold=True, asks="C-10"),
    ),
    "a figure whose scale the words tell": (
        rep(
            obs(says(text="Assessment category"), "4", LEFT), says="Grouped amorphous calcifications. BI-RADS 4, left."
        ),
        Expected(level=4, category="4", at=BIOPSY_LEFT),
    ),
    "a UK 3 as an answer in words": (
        rep(obs(says(text="RCR Breast Group classification"), says(text="M3"), LEFT)),
        Expected(level=4, category="M3", at=BIOPSY_LEFT),
    ),
    "a UK 4 of ultrasound": (
        rep(obs(says(text="Ultrasound score"), "U4 - suspicious", LEFT)),
        Expected(level=4, category="U4", at=BIOPSY_LEFT),
    ),
    "a UK 5 as the text of a conclusion code": (
        rep(conclusionCode=[says(text="M5")], says="Malignant calcification, left breast."),
        Expected(level=5, category="M5"),
    ),
    "a UK 3 called a BI-RADS 3": (
        rep(says="Left breast: indeterminate microcalcification. M3, equivalent to BI-RADS 3."),
        Expected(level=4, hold=True, asks="C-10"),
    ),
    "a code that nobody knows": (
        rep(obs(says("m", LOCAL), says("M2", LOCAL, display="M2"), LEFT)),
        Expected(level=0, hold=True, asks="C-01"),
    ),
    "a Danish 2": (
        rep(says="Left breast microcalcifications. DKBI-RADS 2."),
        Expected(level=0, hold=True, asks="C-10"),
    ),
    # ---- what is not final
    "a category entered in error": (
        rep(cat("2", LEFT, status="entered-in-error")),
        Expected(level=0, hold=True, asks="C-01"),
    ),
    "words of an Observation entered in error": (
        rep(
            obs(BIRADS, says(text="BI-RADS 2"), LEFT, status="entered-in-error", note=[{"text": "BI-RADS 2, benign."}])
        ),
        Expected(level=0, hold=True, asks="C-01"),
    ),
    "a cancelled 5 beside words for 2": (
        rep(cat("5", LEFT, status="cancelled"), says="BI-RADS 2, both breasts. Benign."),
        Expected(level=1),
    ),
    "a preliminary 2 in a final report": (
        rep(cat("2", LEFT, status="preliminary")),
        Expected(level=1, hold=True, asks="C-13"),
    ),
    "a category of the other breast still to come": (
        rep(cat("2", LEFT), obs(BIRADS, None, RIGHT, status="registered")),
        Expected(level=1, hold=True, asks="C-13"),
    ),
    "a preliminary result about something else": (
        rep(cat("2", LEFT), obs(says("8302-2", LOINC), {"value": 170, "unit": "cm"}, status="preliminary")),
        Expected(level=1),
    ),
    "a result that never came": (
        rep(conclusionCode=[says(CATEGORIES["2"])], result=[{"reference": "Observation/nowhere"}]),
        Expected(level=1, hold=True, asks="C-09"),
    ),
    "a report that only points elsewhere": (rep(says="See attached PDF."), Expected(level=0, hold=True, asks="C-01")),
    # ---- what the report asks for
    "less than its category": (
        rep(cat("4", LEFT), says="No follow-up necessary."),
        Expected(level=4, hold=True, at=BIOPSY_LEFT, asks="C-04"),
    ),
    "more than its category": (
        rep(says="Left breast round calcifications. BI-RADS 2. 6-month follow-up left diagnostic mammogram."),
        Expected(level=2, hold=True, asks="C-05"),
    ),
    "priors, and no more views": (
        rep(says="Left breast grouped calcifications. BI-RADS 0: need prior mammograms for comparison."),
        Expected(level=3, category="0-PR", at={"obtain-priors": {"left"}}),
    ),
    "a biopsy after a negative ultrasound": (
        rep(says="Left grouped amorphous calcifications, BI-RADS 4. Ultrasound negative, no sonographic correlate."),
        Expected(level=4, at=BIOPSY_LEFT),
    ),
    "an addendum that says less": (
        rep(says="Left breast grouped calcifications. BI-RADS 4B. ADDENDUM: stable since 2019. BI-RADS 2."),
        Expected(level=4, hold=True, at=BIOPSY_LEFT, asks="C-09"),
    ),
    "a 3 from screening": (rep(cat("3", LEFT), code=SCREENING), Expected(level=2, hold=True, asks="C-06")),
    "a 2 with a lump": (
        rep(cat("2", LEFT), says="Palpable lump left breast. BI-RADS 2."),
        Expected(level=1, hold=True, asks="C-21"),
    ),
    "a 2 with fine linear ones": (
        rep(calc(LEFT, "fineLinear", "segmental"), cat("2", LEFT)),
        Expected(level=1, hold=True, asks="C-02"),
    ),
    # ---- tissue
    "tissue that cannot exclude DCIS": (
        rep(code=TISSUE, says="Left breast core: atypical proliferation, cannot exclude DCIS."),
        Expected(level=6, hold=True, at={"surgical-consult": {"left"}}, asks="C-12"),
    ),
    "a doubt behind the diagnosis": (
        rep(code=TISSUE, says="Left breast, core biopsy: DCIS cannot be excluded."),
        Expected(level=6, hold=True, asks="C-12"),
    ),
    "tissue that is suspicious for DCIS": (
        rep(code=TISSUE, says="Left breast, stereotactic core biopsy: suspicious for DCIS."),
        Expected(level=6, hold=True, asks="C-12"),
    ),
    "tissue under a heading that is suspicious for DCIS": (
        rep(says="Left BI-RADS 4. Pathology: suspicious for DCIS."),
        Expected(level=6, hold=True, at={"biopsy": {"left"}, "surgical-consult": {"left"}}, asks="C-12"),
    ),
    "at least ADH": (
        rep(code=TISSUE, says="Left breast core biopsy: atypia, at least ADH."),
        Expected(level=4, hold=True, at={"surgical-consult": {"left"}}, asks="C-12"),
    ),
    "tissue that is not suspicious": (
        rep(code=TISSUE, says="Right breast biopsy: not suspicious for carcinoma. Benign fibroadenoma."),
        Expected(level=3, hold=True, asks="C-11"),
    ),
    "benign tissue at a 5": (
        rep(cat("5", LEFT), says="Biopsy yielded benign fibrocystic change. BI-RADS 5."),
        Expected(level=5, hold=True, asks="C-11"),
    ),
    "benign tissue under a heading, at a 4C": (
        rep(says="Left BI-RADS 4C. ADDENDUM: Pathology: benign. Concordant."),
        Expected(level=4, hold=True, at=BIOPSY_LEFT, asks="C-11"),
    ),
    "tissue still to come, under a heading": (
        rep(says="Left BI-RADS 4. PATHOLOGY: pending."),
        Expected(level=4, hold=True, at={"obtain-pathology": {"left"}}, asks="C-12"),
    ),
    "a cancer that was found since": (
        rep(cat("4", LEFT), extra=(about("Condition", "399935008", bodySite=[LEFT], recordedDate="2026-10-03"),)),
        Expected(level=6, at={"biopsy": {"left"}, "surgical-consult": {"left"}}),
    ),
    # ---- the person
    "a risk beside a 2": (
        rep(cat("2", LEFT), extra=(about("Condition", "412734009"),)),
        Expected(level=1, at={"supplemental-mri-discussion": {"unknown", "left", "bilateral"}}),
    ),
    "a pregnancy beside a 4": (
        rep(cat("4", LEFT), extra=(about("Condition", "77386006"),)),
        Expected(level=4, at=BIOPSY_LEFT),
    ),
    "a man": (
        rep(cat("4", LEFT), person={"gender": "male"}),
        Expected(level=4, hold=True, at=BIOPSY_LEFT, asks="C-17"),
    ),
    "a woman of 24": (rep(cat("4", LEFT), person={"birthDate": "2002-05-01"}), Expected(level=4, at=BIOPSY_LEFT)),
    "a child": (rep(cat("2", LEFT), person={"birthDate": "2018-05-01"}), Expected(level=1, hold=True, asks="C-17")),
    "calcified implants": (
        rep(says="Bilateral implants intact, calcified capsule. BI-RADS 2."),
        Expected(level=1),
    ),
    "a breast that is gone": (
        rep(cat("4", RIGHT), says="Status post right mastectomy. Right breast BI-RADS 4."),
        Expected(level=4, hold=True, asks="C-17"),
    ),
    "somebody else's result": (
        rep({**cat("2", LEFT), "subject": {"reference": "Patient/q"}}),
        Expected(level=1, hold=True, asks="C-17"),
    ),
    # ---- time
    "an exam of last year": (
        rep(cat("4", LEFT), effectiveDateTime="2025-08-01", issued="2025-08-02T09:00:00Z"),
        Expected(level=4, hold=True, at=BIOPSY_LEFT, asks="C-18"),
    ),
    "an exam of next year": (
        rep(cat("4", LEFT), effectiveDateTime="2027-01-01"),
        Expected(level=4, hold=True, at=BIOPSY_LEFT, asks="C-18"),
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_no_less_is_planned_than_a_careful_radiologist_would(rules: Rules, name: str) -> None:
    """INV-1, INV-3, INV-4, SEED-48, SEED-49."""
    document, expected = TRAPS[name]
    (outcome,) = decide_document(parse_json(json.dumps(document).encode()), rules, TODAY)
    assert outcome.plan.level == expected.level
    assert outcome.hold == expected.hold, [issue.text for issue in outcome.issues]
    assert expected.category in (None, outcome.plan.category)
    for action, sides in (expected.at or {}).items():
        found = _sides_of(action, outcome)
        assert found, action
        assert found <= sides
    assert not expected.asks or expected.asks in {issue.rule for issue in outcome.issues}


def _sides_of(action: str, outcome: Outcome) -> set[str]:
    return {one.laterality for one in outcome.plan.activities if one.action.endswith(action)}


@pytest.mark.parametrize("status", ["preliminary", "partial", "registered", "unknown", "cancelled"])
def test_nothing_is_planned_from_a_report_that_is_not_final(rules: Rules, status: str) -> None:
    """C-13."""
    (outcome,) = decide_document(rep(cat("4", LEFT), status=status), rules, TODAY)
    assert (outcome.disposition, outcome.hold) == ("no-output", True)


@pytest.mark.parametrize(
    ("size", "millimetres"),
    [
        ({"value": 1.2, "unit": "cm", "code": "cm"}, 12.0),
        ({"value": 12, "unit": "mm"}, 12.0),
        ({"value": 0.5, "unit": "in", "code": "[in_i]"}, 12.7),
        ({"value": 12}, None),
    ],
)
def test_an_extent_is_in_the_unit_that_was_sent_and_changes_no_plan(
    rules: Rules, size: Json, millimetres: float | None
) -> None:
    """SEED-1, INV-5."""
    finding = calc(LEFT, "amorphous", "grouped", part(says("RDE1569", RADLEX), valueQuantity=size))
    (outcome,) = decide_document(rep(finding, cat("4", LEFT)), rules, TODAY)
    assert outcome.reading.findings[0].extent_mm in (millimetres, None)
    assert (outcome.plan.level, outcome.hold) == (4, False)
