"""Real senders' files: what a careful human reads in them is what comes out."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from worker.core.model import Outcome
from worker.core.report import parse_json
from worker.core.rules import Rules
from worker.core.standalone import decide_document
from worker.core.summary import summary_json
from worker.errors import MessageError

TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.corpus


def gold(corpus: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (corpus / "fhir" / "gold.jsonl").read_text().splitlines()]


def outcomes_of(path: Path, rules: Rules) -> tuple[Outcome, ...]:
    return decide_document(parse_json(path.read_bytes()), rules, TODAY)


def faults(case: dict[str, Any], outcomes: tuple[Outcome, ...]) -> list[str]:
    """What differs from the gold, in words."""
    read = [summary_json(outcome, case["file"]) for outcome in outcomes]
    present = [f for one in read for f in one["findings"] if f["status"] == "present"]
    wanted = case.get("present")
    checks = {
        "a present finding": not (case.get("no_present") and present),
        "no such finding": wanted is None or any(all(f[k] == v for k, v in wanted.items()) for f in present),
        "birads": "birads" not in case or any(one["birads"]["overall"] in case["birads"] for one in read),
        "birads_not": not any(one["birads"]["overall"] in case.get("birads_not", ()) for one in read),
        "hold": not case.get("hold") or any(one["hold"] for one in read),
        "pathology": "pathology_any" not in case
        or any(p["diagnosis"] in case["pathology_any"] for one in read for p in one["pathology"]),
    }
    return [name for name, is_right in checks.items() if not is_right]


def test_every_file_of_the_corpus_is_read_rightly(corpus: Path, rules: Rules) -> None:
    wrong = {}
    for case in gold(corpus):
        try:
            found = faults(case, outcomes_of(corpus / "fhir" / case["file"], rules))
        except MessageError as error:
            found = [] if case.get("error_ok") else [f"refused: {error}"]
        if found:
            wrong[case["file"]] = found
    assert wrong == {}


def lithuanian(corpus: Path, *names: str) -> dict[str, Any]:
    resources = [json.loads((corpus / "fhir" / f"lt--{name}.json").read_text()) for name in names]
    entries = [{"fullUrl": f"https://lt.example/{r['resourceType']}/{r['id']}", "resource": r} for r in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def test_the_lithuanian_set_together_is_one_report(corpus: Path, rules: Rules) -> None:
    """R5: side and quadrant hide in a BodyStructure, the category in a result."""
    document = lithuanian(
        corpus,
        *("diagnosticreport-mammography", "observation-birads4", "observation-calcification-right-liq"),
        *("bodystructure-right-liq", "observation-density-a", "patient", "servicerequest-birads4-referral"),
    )
    report = document["entry"][0]["resource"]
    report["result"] = [{"reference": f"Observation/{e['resource']['id']}"} for e in document["entry"][1:5:1]]
    (outcome,) = decide_document(document, rules, TODAY, declared="5.0")
    (finding,) = [f for f in outcome.reading.findings if f.status == "present"]
    assert (finding.laterality, finding.quadrant, finding.change) == ("right", "lower-inner", "stable")
    assert [a.category for a in outcome.reading.assessments] == ["4"]
    assert outcome.reading.density == "a"
    assert "specialist-referral" in {r.action for r in outcome.reading.recommendations}
    assert outcome.report.patient.gender == "female"


def test_a_calcification_with_its_body_structure_has_its_place(corpus: Path, rules: Rules) -> None:
    document = lithuanian(corpus, "observation-calcification-right-liq", "bodystructure-right-liq")
    (outcome,) = decide_document(document, rules, TODAY)
    assert outcome.report.fhir_version == "R5"
    assert [(f.laterality, f.quadrant) for f in outcome.reading.findings] == [("right", "lower-inner")]


def test_the_german_set_together_is_one_finding(corpus: Path, rules: Rules) -> None:
    names = ("diagnosticreport-mammography", "observation-finding", "bodystructure", "composition")
    resources = [json.loads((corpus / "fhir" / f"mii--{name}.json").read_text()) for name in names]
    document = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources]}
    (outcome,) = decide_document(document, rules, TODAY)
    present = [f for f in outcome.reading.findings if f.status == "present"]
    assert {(f.laterality, f.quadrant) for f in present} == {("left", "upper-outer")}
    assert len(present) == 1
    assert outcome.reading.assessments == ()
    assert outcome.hold
