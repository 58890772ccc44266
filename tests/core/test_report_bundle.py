"""Which resources a message holds, how they are cited, which are reports, and which of two versions is newer."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.fhir_shapes import LOINC, PATIENT, RDE, bundle, concept, observation, report
from worker.core.model import Version
from worker.core.report import (
    bare_observations_in,
    cited_by,
    identity_of,
    is_newer,
    normal_form,
    reports_in,
    required_by,
    resources_in,
)
from worker.core.rules import Rules

BREAST = observation("o1", (RDE, "RDES241"))


@pytest.mark.parametrize(
    ("reference", "form"),
    [
        ("Observation/1", "Observation/1"),
        ("Observation/1/_history/3", "Observation/1"),
        ("https://ris.example/fhir/Observation/1", "Observation/1"),
        ("https://ris.example/fhir/Observation/1/_history/3", "Observation/1"),
        ("urn:uuid:1a2b", "urn:uuid:1a2b"),
        ("#c1", "#c1"),
        ("Patient?identifier=a|b", "Patient?identifier=a|b"),
    ],
)
def test_every_way_to_cite_one_thing_has_one_form(reference: str, form: str) -> None:
    assert normal_form(reference) == form


@pytest.mark.parametrize("kind", ["transaction", "batch", "collection", "message", "document", "searchset"])
def test_resources_of_any_bundle_are_found_in_order(kind: str) -> None:
    found = resources_in(bundle(report(BREAST), BREAST, kind=kind))
    assert [one.reference for one in found] == ["DiagnosticReport/r1", "Observation/o1"]
    assert found[1].where == "Bundle.entry[1].resource"


def test_a_single_resource_stands_at_its_own_type() -> None:
    (one,) = resources_in(report())
    assert (one.where, one.reference, one.resource_type) == (
        "DiagnosticReport",
        "DiagnosticReport/r1",
        "DiagnosticReport",
    )


def test_entries_without_a_resource_are_passed_over() -> None:
    document = {"resourceType": "Bundle", "entry": [{"request": {"method": "DELETE"}}, "x", {"resource": BREAST}]}
    assert [one.where for one in resources_in(document)] == ["Bundle.entry[2].resource"]


def test_a_bundle_inside_a_bundle_is_opened() -> None:
    inner = bundle(BREAST)
    document = {"resourceType": "Bundle", "type": "batch", "entry": [{"resource": inner}]}
    assert [one.where for one in resources_in(document)] == ["Bundle.entry[0].resource.entry[0].resource"]


def test_of_a_history_only_the_newest_version_counts() -> None:
    old = {**report(), "status": "preliminary"}
    found = resources_in(
        {"resourceType": "Bundle", "type": "history", "entry": [{"resource": report()}, {"resource": old}]}
    )
    assert [one.resource["status"] for one in found] == ["final"]


def test_a_resource_without_an_id_is_known_by_its_full_url() -> None:
    bare = {key: value for key, value in BREAST.items() if key != "id"}
    document = {"resourceType": "Bundle", "entry": [{"fullUrl": "urn:uuid:1", "resource": bare}]}
    assert resources_in(document)[0].reference == "urn:uuid:1"


# ---- what is cited ---------------------------------------------------------------------------------------------------


def test_a_report_requires_its_results_and_cites_its_patient_too() -> None:
    document = {**report(BREAST), "specimen": [{"reference": "Specimen/s"}]}
    assert required_by(document) == ("Observation/o1",)
    assert cited_by(document) == ("Observation/o1", "Patient/p1", "Specimen/s")


def test_an_observation_requires_members_and_body_structures() -> None:
    document: dict[str, Any] = {
        **BREAST,
        "hasMember": [{"reference": "https://a.example/Observation/2"}],
        "bodyStructure": {"reference": "BodyStructure/3"},
        "bodySite": {"extension": [{"url": "x", "valueReference": {"reference": "BodyStructure/4"}}]},
    }
    assert required_by(document) == ("Observation/2", "BodyStructure/3", "BodyStructure/4")


def test_what_a_composition_cites_is_found_in_nested_sections() -> None:
    inner = {"entry": [{"reference": "Observation/2"}]}
    document = {
        "resourceType": "Composition",
        "section": [{"entry": [{"reference": "Observation/1"}], "section": [inner]}],
    }
    assert required_by(document) == ("Observation/1", "Observation/2")


def test_contained_resources_are_not_looked_up_elsewhere() -> None:
    assert required_by({"resourceType": "DiagnosticReport", "result": [{"reference": "#o"}]}) == ()


# ---- which are reports -----------------------------------------------------------------------------------------------


def test_a_composition_is_a_report_only_where_its_document_has_none() -> None:
    composition = {"resourceType": "Composition", "id": "c", "section": [{"entry": [{"reference": "Observation/o1"}]}]}
    alone = resources_in(bundle(composition, BREAST, kind="document"))
    assert [one.resource_type for one in reports_in(alone)] == ["Composition"]
    both = resources_in(bundle(composition, report(), BREAST, kind="document"))
    assert [one.resource_type for one in reports_in(both)] == ["DiagnosticReport"]


def test_a_composition_that_cites_a_report_elsewhere_is_no_report_itself() -> None:
    composition = {
        "resourceType": "Composition",
        "id": "c",
        "section": [{"entry": [{"reference": "DiagnosticReport/r1"}]}],
    }
    assert reports_in(resources_in(composition)) == ()


def test_an_observation_is_bare_only_where_nothing_takes_it_up(rules: Rules) -> None:
    assert len(bare_observations_in(resources_in(BREAST), rules)) == 1
    assert bare_observations_in(resources_in(bundle(report(BREAST), BREAST)), rules) == ()


def test_loose_observations_beside_one_report_of_the_same_person_belong_to_it(rules: Rules) -> None:
    assert bare_observations_in(resources_in(bundle(report(), BREAST)), rules) == ()
    other = {**BREAST, "subject": {"reference": "Patient/other"}}
    assert len(bare_observations_in(resources_in(bundle(report(), other)), rules)) == 1


def test_members_are_not_bare_and_a_circle_of_members_is_not_lost(rules: Rules) -> None:
    first = {**BREAST, "hasMember": [{"reference": "Observation/o2"}]}
    second = observation("o2", (RDE, "RDES241"))
    assert [one.reference for one in bare_observations_in(resources_in(bundle(first, second)), rules)] == [
        "Observation/o1"
    ]
    circle = {**second, "hasMember": [{"reference": "Observation/o1"}]}
    assert [one.reference for one in bare_observations_in(resources_in(bundle(first, circle)), rules)] == [
        "Observation/o1"
    ]
    itself = {**BREAST, "hasMember": [{"reference": "Observation/o1"}]}
    assert len(bare_observations_in(resources_in(itself), rules)) == 1


def test_observations_of_other_organs_are_not_bare_reports(rules: Rules) -> None:
    lab = observation("lab", concept((LOINC, "718-7", "Hemoglobin")), {"value": 13, "unit": "g/dL"})
    assert bare_observations_in(resources_in(lab), rules) == ()


# ---- identity and versions -------------------------------------------------------------------------------------------


def test_a_report_is_known_by_its_identifier_whoever_sends_it() -> None:
    document = {**report(), "identifier": [{"system": "urn:ris", "value": "7"}]}
    assert identity_of(document, "a") == identity_of({**document, "id": "other"}, "b")
    assert identity_of(document, "a").key == "urn:ris|7"


def test_without_an_identifier_its_id_counts_within_its_sender() -> None:
    assert identity_of(report(), "a").report_id != identity_of(report(), "b").report_id
    assert identity_of(report(), "a").report_id == identity_of({**report(), "status": "amended"}, "a").report_id


def test_an_identifier_without_a_system_counts_within_its_sender() -> None:
    document = {**report(), "identifier": [{"value": "7"}]}
    assert identity_of(document, "a").key == "a|7"


def test_the_official_identifier_stands_before_others_and_an_old_one_never() -> None:
    identifiers = [
        {"use": "old", "system": "urn:x", "value": "0"},
        {"system": "urn:a", "value": "1"},
        {"use": "official", "system": "urn:b", "value": "2"},
    ]
    assert identity_of({**report(), "identifier": identifiers}, "a").key == "urn:b|2"


def test_an_identifier_with_a_time_of_writing_yields_to_one_that_stays() -> None:
    """One vendor's first identifier holds the moment at which that version was written."""
    first = [
        {"system": "urn:ce", "value": "CE87-196151517-2017010620084300"},
        {"system": "urn:acsn", "value": "MG20170000004"},
    ]
    second = [{"system": "urn:ce", "value": "CE87-196151517-2017010709000000"}, first[1]]
    assert identity_of({**report(), "identifier": first}, "a") == identity_of({**report(), "identifier": second}, "a")
    alone = identity_of({**report(), "identifier": first[:1]}, "a")
    assert alone.key == "urn:ce|CE87-196151517-2017010620084300"


def test_an_accession_number_covers_several_reports_and_names_none_alone() -> None:
    kind = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "ACSN"}]}
    shared = [{"type": kind, "system": "urn:acsn", "value": "9"}]
    mammogram = {**report(), "identifier": shared}
    ultrasound = {**report(code=(LOINC, "24601-7")), "identifier": shared}
    assert identity_of(mammogram, "a").key != identity_of(ultrasound, "a").key


def test_a_report_without_any_name_is_known_by_its_content() -> None:
    nameless = {"resourceType": "DiagnosticReport", "status": "final"}
    assert identity_of(nameless, "a") == identity_of(dict(nameless), "a")
    assert identity_of(nameless, "a").key != identity_of({**nameless, "status": "amended"}, "a").key


def at(hour: int) -> datetime:
    return datetime(2026, 10, 2, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("a", "b", "newer"),
    [
        (Version("2"), Version("1"), True),
        (Version("1"), Version("2"), False),
        (Version("10"), Version("9"), True),
        (Version("2"), Version("2"), False),
        (Version(None, at(9)), Version(None, at(8)), True),
        (Version(None, None, at(8)), Version(None, None, at(9)), False),
        (Version("2", at(9), at(9)), Version("1", at(8), at(8)), True),
        (Version("2", at(9), at(8)), Version("1", at(8), at(8)), True),
        (Version("2", at(8)), Version("1", at(9)), None),
        (Version("a"), Version("b"), None),
        (Version(None, None, at(8)), Version(None, None, at(8)), None),
        (Version("1"), Version(None, at(9)), None),
        (Version(), Version(), None),
    ],
)
def test_the_newer_of_two_versions(a: Version, b: Version, newer: bool | None) -> None:
    assert is_newer(a, b) is newer


def test_dates_of_versions_are_compared_across_time_zones() -> None:
    early = identity_of({**report(), "issued": "2026-10-02T09:00:00+02:00"}, "a")
    late = identity_of({**report(), "issued": "2026-10-02T08:00:00Z"}, "a")
    assert is_newer(late.version, early.version) is True


def test_patients_are_not_part_of_an_identity() -> None:
    assert identity_of(report(), "a") == identity_of({**report(), "subject": PATIENT}, "a")
