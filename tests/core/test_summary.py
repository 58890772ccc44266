"""What ``calcifhir read`` prints: the fixed object, and which category stands for the exam and for each breast."""

import json
from datetime import date

import pytest

from tests.fhir_shapes import LOINC, RDE, bundle, calcification, component, located_site, report, report_of
from worker.core.decide import decide
from worker.core.model import Assessment, Laterality, Scope
from worker.core.rules import Rules
from worker.core.summary import birads, summary_json

TODAY = date(2026, 11, 22)
KEYS = [
    *("source", "relevant", "report", "patient", "status", "findings", "assessments", "birads", "recommendations"),
    *("pathology", "density", "issues", "action_level", "hold"),
]


def said(category: str, scope: Scope = "overall", side: Laterality = "unknown", scale: str = "BI-RADS") -> Assessment:
    return Assessment(scale, category, scope, side)


@pytest.mark.parametrize(
    ("assessments", "overall", "left", "right"),
    [
        ([], None, None, None),
        ([said("2")], "2", None, None),
        ([said("2"), said("4B", "breast", "left")], "4B", "4B", None),
        ([said("4"), said("2", "breast", "right")], "4", None, "2"),
        ([said("0"), said("6", "breast", "left")], "0", "6", None),
        ([said("3"), said("6", "finding", "right")], "6", None, "6"),
        ([said("4A", "finding", "left"), said("4C", "finding", "left")], "4C", "4C", None),
        ([said("4A"), said("4")], "4A", None, None),
        ([said("2", "breast", "bilateral")], "2", "2", "2"),
        ([said("4", "overall", "bilateral")], "4", None, None),
        ([said("P")], "P", None, None),
        ([said("P"), said("1")], "1", None, None),
        ([said("0-PR")], "0", None, None),
        ([said("M4", scale="UK"), said("2")], "2", None, None),
        ([Assessment("BI-RADS", "5", status="prior"), said("2")], "2", None, None),
    ],
)
def test_the_category_of_highest_concern_stands(
    assessments: list[Assessment], overall: str | None, left: str | None, right: str | None
) -> None:
    """The order is 1, 2, 3, 6, 0, 4, 4A, 4B, 4C, 5."""
    assert birads(tuple(assessments)) == {"overall": overall, "left": left, "right": right}


def test_the_object_has_exactly_the_fixed_names(rules: Rules) -> None:
    calc = calcification(
        "c",
        component((RDE, "RDE1565"), (RDE, "RDE1565_amorphous")),
        component((RDE, "RDE1586"), (RDE, "RDE1586_category4SuspiciousAbnormality")),
        bodySite=located_site(laterality=(RDE, "RDE1557_left")),
    )
    document = bundle(report(calc, identifier=[{"system": "urn:ris", "value": "7"}]), calc)
    found = summary_json(decide(report_of(document, rules), rules, TODAY), "a.json")
    assert list(found) == KEYS
    assert (found["source"], found["report"], found["patient"]) == ("a.json", "urn:ris|7", "Patient/p1")
    assert (found["relevant"], found["status"], found["birads"]["left"]) == (True, "final", "4")
    (finding,) = found["findings"]
    assert finding["morphology"] == ["amorphous"]
    assert set(finding["evidence"][0]) == {"where", "start", "end", "text", "rule"}
    assert json.loads(json.dumps(found)) == found


def test_what_is_not_ours_is_printed_as_such_and_never_held(rules: Rules) -> None:
    document = report(code=(LOINC, "38269-7"))
    found = summary_json(decide(report_of(document, rules), rules, TODAY), "dxa.json")
    assert list(found) == KEYS
    assert (found["relevant"], found["hold"], found["action_level"]) == (False, False, 0)
    assert (found["findings"], found["issues"], found["report"]) == ([], [], "DiagnosticReport/r1")
