"""
Twice the entries, twice the work: calls are counted, not seconds, so that a busy machine changes nothing.

A search through all of a message for each of its parts shows as a factor near four.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.counting import growth
from tests.fhir_shapes import LOINC, RDE, bundle, calcification, component, observation, report
from worker.core.coded import read_coded
from worker.core.conformance import check_input
from worker.core.decide import decide
from worker.core.known import tells_by
from worker.core.relevance import quick_relevance
from worker.core.report import (
    bare_observations_in,
    canonical_digest,
    detect_version,
    parse_json,
    pool_of,
    read_report,
    reports_in,
    resources_in,
)
from worker.core.rules import Rules

TODAY = date(2026, 11, 22)
MORPHOLOGIES = ("amorphous", "round", "finePleomorphic")

Json = dict[str, Any]


def found(number: int, patient: str = "p1", **more: Any) -> Json:
    shape = component((RDE, "RDE1565"), (RDE, f"RDE1565_{MORPHOLOGIES[number % 3]}"))
    return calcification(f"c{number}", shape, **{"subject": {"reference": f"Patient/{patient}"}, **more})


def several_results(count: int) -> Json:
    cited = [found(number) for number in range(count)]
    return bundle(report(*cited), *cited)


def members_of_one(count: int) -> Json:
    cited = [found(number) for number in range(count)]
    panel = observation(
        "all", {"text": "Findings of both breasts"}, hasMember=[{"reference": f"Observation/{c['id']}"} for c in cited]
    )
    return bundle(report(panel), panel, *cited)


def loose_beside_a_report(count: int) -> Json:
    return bundle(report(), *(found(number) for number in range(count)))


def bare_of_many_patients(count: int) -> Json:
    return bundle(*(found(number, f"p{number}") for number in range(count)))


def bare_of_one_patient(count: int) -> Json:
    return bundle(*(found(number) for number in range(count)))


def results_of_a_laboratory(count: int) -> Json:
    """Not ours at all."""
    return bundle(*(observation(f"o{n}", (LOINC, "8480-6"), {"value": 120, "unit": "mmHg"}) for n in range(count)))


def many_reports(count: int) -> Json:
    cited = [found(number, f"p{number}") for number in range(count)]
    reports = [report(one, subject=one["subject"], id=f"r{number}") for number, one in enumerate(cited)]
    return bundle(*reports, *cited)


def sections_of_a_document(count: int) -> Json:
    cited = [found(number) for number in range(count)]
    sections = [{"title": "Findings", "entry": [{"reference": f"Observation/{one['id']}"}]} for one in cited]
    composition = {
        "resourceType": "Composition",
        "id": "d",
        "status": "final",
        "type": {"coding": [{"system": LOINC, "code": "26346-7"}]},
        "subject": {"reference": "Patient/p1"},
        "date": "2026-10-02",
        "title": "Mammography",
        "author": [{"display": "x"}],
        "section": sections,
    }
    return bundle(composition, *cited, kind="document")


SHAPES: list[tuple[Callable[[int], Json], float]] = [
    (several_results, 2.2),
    (members_of_one, 2.2),
    (loose_beside_a_report, 2.2),
    (bare_of_many_patients, 2.2),
    (bare_of_one_patient, 2.2),
    (results_of_a_laboratory, 2.2),
    (many_reports, 2.2),
    (sections_of_a_document, 2.2),
]


@pytest.mark.parametrize(("shape", "most"), SHAPES, ids=[shape.__name__ for shape, _ in SHAPES])
def test_reading_a_message_grows_with_its_entries(shape: Callable[[int], Json], most: float, rules: Rules) -> None:
    """Strict JSON, digest, the look at the door, the check, and every report with all that it cites and its codes."""

    def read(document: Json) -> None:
        parsed = parse_json(json.dumps(document).encode())
        canonical_digest(parsed)
        quick_relevance(parsed, rules)
        version = detect_version(parsed)
        assert not [problem for problem in check_input(parsed, version) if problem.severity == "error"]
        located = resources_in(parsed)
        pool = pool_of(located)
        for root in (*reports_in(located), *bare_observations_in(located, rules)):
            read_coded(read_report(root, pool, version, "test", tells_by(rules)), rules)

    assert growth(read, shape, 60) < most


@pytest.mark.parametrize("shape", [several_results, members_of_one, sections_of_a_document])
def test_deciding_grows_with_the_findings(shape: Callable[[int], Json], rules: Rules) -> None:
    def read(document: Json) -> Any:
        parsed = parse_json(json.dumps(document).encode())
        located = resources_in(parsed)
        root = reports_in(located)[0]
        return read_report(root, pool_of(located), "R4", "test")

    def work(document: Json) -> None:
        outcome = decide(read(document), rules, TODAY)
        assert len(outcome.reading.findings) >= 2

    assert growth(work, shape, 60) < 2.2
