"""Any DiagnosticReport or Observation that the models of ``fhir.resources`` can hold, in R4 and R5, is decided."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.core.fhir_models import model_class, resources
from tests.core.test_coded_properties import CONCEPT, RULES, TODAY, WORDS, contained_categories
from worker.core.concern import base_of
from worker.core.model import FhirVersion
from worker.core.report import parse_json
from worker.core.standalone import decide_document
from worker.errors import MessageError

Json = dict[str, Any]
VERSIONS: tuple[FhirVersion, ...] = ("R4", "R5")
MADE = {(v, kind): resources(kind, v, CONCEPT, WORDS) for v in VERSIONS for kind in ("DiagnosticReport", "Observation")}
SLOW = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def is_valid(document: Json, version: FhirVersion) -> bool:
    try:
        model_class(version)(document["resourceType"]).model_validate(document)
    except ValidationError:
        return False
    return True


def checked(document: Json) -> None:
    """It is decided, or refused by the element that must be read and cannot be; no category comes from nowhere."""
    try:
        outcomes = decide_document(parse_json(json.dumps(document).encode()), RULES, TODAY)
    except MessageError as error:
        assert error.where  # noqa: PT017
        return
    possible = {base_of(category) for category in contained_categories(document)}
    for outcome in outcomes:
        assert {base_of(a.category) for a in outcome.reading.assessments if a.scale == "BI-RADS"} <= possible


@SLOW
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", ["DiagnosticReport", "Observation"])
@given(data=st.data())
def test_any_valid_resource_is_decided(kind: str, version: FhirVersion, data: st.DataObject) -> None:
    """INV-2: the worker never assigns a category."""
    document = data.draw(MADE[version, kind])
    assume(is_valid(document, version))
    checked(document)


@SLOW
@pytest.mark.parametrize("version", VERSIONS)
@given(data=st.data())
def test_any_valid_bundle_of_a_report_and_its_results_is_decided(version: FhirVersion, data: st.DataObject) -> None:
    """INV-2: the worker never assigns a category."""
    report = {**data.draw(MADE[version, "DiagnosticReport"]), "id": "r1", "code": {"text": "Mammography"}}
    results = [{**data.draw(MADE[version, "Observation"]), "id": f"o{number}"} for number in (1, 2)]
    report["result"] = [{"reference": "Observation/o1"}, {"reference": "Observation/o2"}]
    resources = [report, *results]
    assume(all(is_valid(one, version) for one in resources))
    checked({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]})


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", ["DiagnosticReport", "Observation"])
def test_what_is_made_is_mostly_valid(kind: str, version: FhirVersion) -> None:
    """The properties above would say little if nearly everything were left out."""
    counts = {True: 0, False: 0}

    @settings(SLOW, database=None, max_examples=30)
    @given(MADE[version, kind])
    def count(document: Json) -> None:
        counts[is_valid(document, version)] += 1

    count()
    assert counts[True] > counts[False]
