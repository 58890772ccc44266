"""What is ours and what is not, told quickly and without noise."""

import base64
import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.fhir_shapes import LOINC, RDE, SNOMED, bundle, calcification, concept, observation, report, report_of
from worker.core.relevance import quick_relevance, relevance_of
from worker.core.rules import Rules

CHEST = "Lungs are clear. No pneumothorax or pleural effusion."
LOCAL = ("urn:ris", "99")


def judged(document: dict[str, Any], rules: Rules) -> tuple[bool, bool | None]:
    """(after reading, at a glance)."""
    return relevance_of(report_of(document, rules), rules).is_ours, quick_relevance(document, rules)


OURS: dict[str, dict[str, Any]] = {
    "a screening mammogram": report(code=(LOINC, "24606-6"), conclusion="No suspicious calcifications."),
    "a code of the exam alone": report(code=(LOINC, "24606-6")),
    "a mammogram that mentions other organs": report(
        code=(LOINC, "24606-6"), conclusion="Breast: BI-RADS 2. Pacemaker. Lung."
    ),
    "a local code whose text names the exam": report(code=LOCAL, conclusion="x")
    | {"code": {"text": "MG Mammo Digital Bilat"}},
    "no code, words of the breast": report(code=LOCAL, conclusion="Suspicious calcifications of the left breast."),
    "no code, a scale": report(code=LOCAL, conclusion="BI-RADS 4."),
    "shorthand": report(code=LOCAL, conclusion="Lt br calcs, seg, UOQ. Susp. BR5. Rec stereo bx."),
    "shorthand without the organ": report(code=LOCAL, conclusion="New cluster of calcs, BR4b."),
    "tissue": report(code=LOCAL, conclusion="Core biopsy: DCIS, intermediate grade."),
    "German": report(code=LOCAL, conclusion="Mikroverkalkungen links."),
    "a finding that other organs have, too": report(
        code=LOCAL, conclusion="Microcalcifications of the left breast, ribs."
    ),
    "Chinese": report(code=LOCAL, conclusion="左乳群聚性微鈣化"),
    "a code of a finding": report(code=LOCAL, conclusionCode=[concept((SNOMED, "44771000"))]),
    "an observation of a finding": bundle(report(calcification("c"), code=LOCAL), calcification("c")),
    "breast pathology": report(code=(LOINC, "66110-8")),
    "pathology of any organ that speaks of the breast": report(
        code=(LOINC, "22637-3"), conclusion="Left breast: DCIS."
    ),
    "a bare category": observation("o", (SNOMED, "146611000146107"), (SNOMED, "397144001")),
    "a bare calcification": calcification("c"),
    "bare prose": observation("o", LOCAL, "microcalcifications in the left breast"),
}
NOT_OURS: dict[str, dict[str, Any]] = {
    "calcs of a kidney": report(code=LOCAL, conclusion="Two calcs in the left kidney."),
    "a ductal carcinoma of another organ": report(code=LOCAL, conclusion="Pancreas: invasive ductal carcinoma."),
    "bone density": report(code=(LOINC, "38269-7"), conclusion="Breast cancer treatment. T-score -1.0, density low."),
    "chest under the default code": report(code=(LOINC, "24606-6"), conclusion=CHEST),
    "chest under the default code and its display": report(conclusion=CHEST)
    | {"code": concept((LOINC, "24606-6", "MG Breast Screening"), text="MG Breast Screening")},
    "chest by its title": report() | {"code": concept((LOINC, "24606-6"), text="XR Chest PA")},
    "chest with a local code": report(code=LOCAL, conclusion=CHEST),
    "an incidental word in another organ": report(
        code=LOCAL, conclusion="CT chest: lungs clear. Breast implants noted."
    ),
    "calcifications of a thyroid": report(code=LOCAL, conclusion="Thyroid: microcalcifications in a nodule."),
    "a brain": report(code=(LOINC, "24590-2"), conclusion="No lesion."),
    "nothing said": report(code=LOCAL, conclusion="No report available"),
    "a specimen": report(code=(LOINC, "24597-7"), conclusion="No calcifications in the specimen."),
    "pathology of any organ": report(code=(LOINC, "22637-3"), conclusion="Colon: tubular adenoma."),
    "haemoglobin": observation("o", (LOINC, "718-7"), {"value": 13, "unit": "g/dL"}),
    "a tumour size of nowhere": observation("o", (LOINC, "21889-1"), {"value": 2.5, "unit": "cm"}),
}


@pytest.mark.parametrize("name", OURS)
def test_what_is_of_the_breast_is_ours(name: str, rules: Rules) -> None:
    is_ours, quick = judged(OURS[name], rules)
    assert is_ours
    assert quick is not False


@pytest.mark.parametrize("name", NOT_OURS)
def test_what_is_not_of_the_breast_is_not_ours(name: str, rules: Rules) -> None:
    is_ours, quick = judged(NOT_OURS[name], rules)
    assert not is_ours
    assert quick is not True


@pytest.mark.parametrize(
    "kind",
    ["Patient", "ServiceRequest", "CarePlan", "Questionnaire", "QuestionnaireResponse", "Encounter", "AuditEvent"],
)
def test_other_resources_are_not_ours_at_a_glance(kind: str, rules: Rules) -> None:
    document = {"resourceType": kind, "id": "x", "code": concept((SNOMED, "71651007"), text="Mammography")}
    assert quick_relevance(document, rules) is False
    assert quick_relevance(bundle(document), rules) is False


def test_a_bundle_is_ours_if_anything_in_it_is(rules: Rules) -> None:
    chest = report(code=LOCAL, conclusion=CHEST) | {"id": "r2"}
    assert quick_relevance(bundle(chest, calcification("c")), rules) is True
    assert quick_relevance(bundle(chest), rules) is False


def test_what_a_glance_cannot_see_is_read(rules: Rules) -> None:
    data = base64.b64encode(b"LEFT BREAST: BI-RADS 4").decode()
    document = report(code=LOCAL, presentedForm=[{"contentType": "text/plain", "data": data}])
    assert judged(document, rules) == (True, None)


def test_the_exam_tells_purpose_and_side(rules: Rules) -> None:
    def exam(code: str) -> tuple[str, str]:
        found = relevance_of(report_of(report(code=(LOINC, code)), rules), rules)
        return found.purpose, found.laterality

    assert exam("24606-6") == ("screening", "unknown")
    assert exam("26347-5") == ("diagnostic", "left")
    assert exam("46296-0") == ("procedure", "unknown")
    assert exam("66110-8") == ("pathology", "unknown")


def test_the_reason_names_its_row(rules: Rules) -> None:
    assert relevance_of(report_of(report(), rules), rules).rule == "relevance:loinc.26346-7"
    assert relevance_of(report_of(calcification("c"), rules), rules).rule == "relevance:rde.rdes241"


def test_not_for_us_takes_less_than_a_millisecond(rules: Rules) -> None:
    documents = [NOT_OURS["bone density"], {"resourceType": "Patient", "id": "p"}, NOT_OURS["haemoglobin"]]
    best = min(_seconds(documents, rules) for _ in range(5))
    assert best / len(documents) < 0.001


def _seconds(documents: list[dict[str, Any]], rules: Rules) -> float:
    started = time.process_time()
    for document in documents:
        quick_relevance(document, rules)
    return time.process_time() - started


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "is_ours"),
    [
        ("r4core--diagnosticreport-dxa.json", False),
        ("siim--no-report-available-r4.json", False),
        ("mcode--observation-tumor-size-jenny.json", False),
        ("tw--diagnosticreport-pathology.json", True),
        ("cerner--diagnosticreport-mammo-diag-bilat.json", True),
        ("ecqm--diagnosticreport-mg-limited-r4.json", True),
        ("bih--observation-path-b-category.json", True),
    ],
)
def test_real_senders(name: str, is_ours: bool, corpus: Path, rules: Rules) -> None:
    assert judged(json.loads((corpus / "fhir" / name).read_text()), rules)[0] is is_ours


def test_the_default_code_with_a_calcification_behind_it_is_ours_whatever_is_written(rules: Rules) -> None:
    calc = calcification("c", value=None)
    document = bundle(report(calc, code=(LOINC, "24606-6"), conclusion=CHEST), calc)
    assert judged(document, rules) == (True, True)
    assert RDE in json.dumps(document)
