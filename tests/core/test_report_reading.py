"""One report with everything it cites: results, members, contained resources, documents, sites, texts, the patient."""

import base64
from datetime import date
from typing import Any

import pytest

from tests.fhir_shapes import (
    LOINC,
    PATIENT,
    RDE,
    SNOMED,
    bundle,
    calcification,
    concept,
    located_site,
    observation,
    report,
    report_of,
)
from worker.core.coded import read_coded
from worker.core.report import cited_by, read_report, resources_in
from worker.core.rules import Rules
from worker.core.standalone import decide_document
from worker.errors import UnreadableReport

CALC = calcification("c1")


def test_results_of_the_same_bundle_are_read_in_order(rules: Rules) -> None:
    other = calcification("c2")
    found = report_of(bundle(report(other, CALC), CALC, other), rules)
    assert [one.reference for one in found.observations] == ["Observation/c2", "Observation/c1"]
    assert found.missing == ()


@pytest.mark.parametrize(
    "citation", ["Observation/c1", "http://ris.example/fhir/Observation/c1", "Observation/c1/_history/4"]
)
def test_absolute_relative_and_versioned_citations_match(citation: str, rules: Rules) -> None:
    found = report_of(bundle({**report(), "result": [{"reference": citation}]}, CALC), rules)
    assert [one.reference for one in found.observations] == ["Observation/c1"]


def test_results_seen_earlier_are_found_in_the_pool(rules: Rules) -> None:
    found = report_of(report(CALC), rules, seen=resources_in(CALC))
    assert [one.reference for one in found.observations] == ["Observation/c1"]


def test_results_that_never_came_are_named(rules: Rules) -> None:
    assert report_of(report(CALC), rules).missing == ("Observation/c1",)


def test_contained_observations_are_read(rules: Rules) -> None:
    document = {**report(), "contained": [{**CALC, "id": "in"}], "result": [{"reference": "#in"}]}
    found = report_of(document, rules)
    assert [one.reference for one in found.observations] == ["DiagnosticReport/r1#in"]
    assert found.missing == ()


def test_members_are_inside_their_observation_and_not_read_twice(rules: Rules) -> None:
    parent = observation("p", (RDE, "RDES241"), hasMember=[{"reference": "Observation/c1"}])
    found = report_of(bundle(report(parent, CALC), parent, CALC), rules)
    assert [one.reference for one in found.observations] == ["Observation/p"]
    assert [one.reference for one in found.observations[0].members] == ["Observation/c1"]


def test_a_circle_of_members_ends(rules: Rules) -> None:
    first = observation("a", (RDE, "RDES241"), hasMember=[{"reference": "Observation/b"}])
    second = observation("b", (RDE, "RDES241"), hasMember=[{"reference": "Observation/a"}])
    found = report_of(bundle(report(first), first, second), rules)
    assert [one.reference for one in found.observations] == ["Observation/a"]


def test_loose_observations_of_the_same_person_belong_to_the_only_report(rules: Rules) -> None:
    found = report_of(bundle(report(), CALC), rules)
    assert [one.reference for one in found.observations] == ["Observation/c1"]


def test_an_observation_alone_is_a_report_of_its_own(rules: Rules) -> None:
    found = report_of(CALC, rules)
    assert found.is_bare_observation
    assert found.exam_date == date(2026, 10, 1)


def test_other_resources_are_no_reports() -> None:
    (patient,) = resources_in({"resourceType": "Patient", "id": "p"})
    with pytest.raises(UnreadableReport):
        read_report(patient, {}, "R4", "a")


# ---- documents -------------------------------------------------------------------------------------------------------


def section(title: str, *entries: str, code: dict[str, Any] | None = None, **more: object) -> dict[str, Any]:
    return {"title": title, **({"code": code} if code else {}), "entry": [{"reference": e} for e in entries], **more}


def composition(*sections: dict[str, Any]) -> dict[str, Any]:
    return {
        "resourceType": "Composition",
        "id": "doc",
        "status": "final",
        "type": concept((LOINC, "42132-1")),
        "subject": PATIENT,
        "date": "2026-10-02T08:00:00Z",
        "title": "Mammography report",
        "section": list(sections),
    }


def test_findings_of_a_document_are_reached_through_its_sections(rules: Rules) -> None:
    document = bundle(composition(section("Left Breast", "Observation/c1")), report(), CALC, kind="document")
    found = report_of(document, rules)
    assert [one.reference for one in found.observations] == ["Observation/c1"]
    inherited = [site for site in found.observations[0].sites if site.is_inherited]
    assert [site.concepts[0].text for site in inherited] == ["Left Breast"]


def test_a_composition_without_a_report_is_the_report(rules: Rules) -> None:
    found = report_of(bundle(composition(section("Left", "Observation/c1")), CALC, kind="document"), rules)
    assert found.reference == "Composition/doc"
    assert found.code.text == "Mammography report"
    assert [one.reference for one in found.observations] == ["Observation/c1"]


def test_nested_sections_inherit_the_nearest_heading_first(rules: Rules) -> None:
    outer = section("Findings", section=[section("Right breast", "Observation/c1")])
    found = report_of(bundle(composition(outer), CALC, kind="document"), rules)
    titles = [site.concepts[0].text for site in found.observations[0].sites if site.is_inherited]
    assert titles == ["Right breast", "Findings"]


def test_the_text_of_a_section_is_read_under_its_title(rules: Rules) -> None:
    text = {"status": "generated", "div": "<div>Grouped calcifications.</div>"}
    found = report_of(bundle(composition(section("Left breast", text=text)), kind="document"), rules)
    assert [(t.where, t.text) for t in found.texts] == [
        ("Bundle.entry[0].resource.section[0].text.div", "Left breast:\nGrouped calcifications.")
    ]


def test_entries_of_a_section_that_never_came_are_named(rules: Rules) -> None:
    found = report_of(bundle(composition(section("Left", "Observation/gone")), report(), kind="document"), rules)
    assert found.missing == ("Observation/gone",)


def test_of_a_document_of_several_reports_only_the_sections_that_cite_this_one_count(rules: Rules) -> None:
    mine = section("Left breast", "DiagnosticReport/r1", "Observation/c1")
    other = section("Right breast", "DiagnosticReport/r2", "Observation/c2")
    second = {**report(), "id": "r2"}
    document = bundle(composition(mine, other), report(), second, CALC, calcification("c2"), kind="document")
    assert [one.reference for one in report_of(document, rules).observations] == ["Observation/c1"]


def test_results_of_a_report_inside_a_section_take_its_side(rules: Rules) -> None:
    document = bundle(composition(section("Left breast", "DiagnosticReport/r1")), report(CALC), CALC, kind="document")
    (found,) = report_of(document, rules).observations
    assert [site.concepts[0].text for site in found.sites if site.is_inherited] == ["Left breast"]


def test_the_composition_of_an_r5_report_is_followed(rules: Rules) -> None:
    document = {**report(), "composition": {"reference": "Composition/doc"}}
    seen = (*resources_in(composition(section("Left breast", "Observation/c1"))), *resources_in(CALC))
    found = report_of(document, rules, seen=seen)
    assert [one.reference for one in found.observations] == ["Observation/c1"]


def test_a_chain_of_members_ends_at_its_limit(rules: Rules) -> None:
    chain = [
        observation(f"n{n}", (RDE, "RDES241"), hasMember=[{"reference": f"Observation/n{n + 1}"}]) for n in range(30)
    ]
    found = report_of(bundle(report(chain[0]), *chain), rules)
    assert found.missing == ("Observation/n13",)


def test_results_cited_by_identifier_are_found(rules: Rules) -> None:
    named = {**CALC, "identifier": [{"system": "urn:obs", "value": "9"}]}
    citation = {"type": "Observation", "identifier": {"system": "urn:obs", "value": "9"}}
    found = report_of(bundle({**report(), "result": [citation, {"display": "lost"}]}, named), rules)
    assert ([one.reference for one in found.observations], found.missing) == (["Observation/c1"], ())


# ---- sites -----------------------------------------------------------------------------------------------------------


def site_codes(document: dict[str, Any], rules: Rules) -> list[str]:
    found = report_of(document, rules)
    sites = found.observations[0].sites
    return [coding.code for site in sites for one in site.concepts for coding in one.codings]


def test_a_body_site_brings_the_codes_of_its_extensions(rules: Rules) -> None:
    site = located_site(laterality=(RDE, "RDE1557_left"), clockDirection=(RDE, "RDE1558_twoOclockPosition"))
    codes = site_codes(calcification(bodySite=site), rules)
    assert codes == ["76752008", "RDE1557_left", "RDE1558_twoOclockPosition"]


STRUCTURE_R4 = {
    "resourceType": "BodyStructure",
    "id": "b",
    "morphology": concept((SNOMED, "12747003")),
    "location": concept((SNOMED, "76752008")),
    "locationQualifier": [concept((SNOMED, "7771000"))],
}
STRUCTURE_R5 = {
    "resourceType": "BodyStructure",
    "id": "b",
    "includedStructure": [
        {
            "structure": concept((SNOMED, "19100000")),
            "laterality": concept((SNOMED, "24028007")),
            "bodyLandmarkOrientation": [
                {
                    "clockFacePosition": [concept((SNOMED, "260335000"))],
                    "distanceFromLandmark": [{"value": [{"value": 4, "unit": "cm"}]}],
                }
            ],
        }
    ],
}


def test_a_body_structure_is_followed_from_an_extension(rules: Rules) -> None:
    extension = [
        {"url": "http://hl7.org/fhir/StructureDefinition/bodySite", "valueReference": {"reference": "BodyStructure/b"}}
    ]
    site = {"coding": [{"system": SNOMED, "code": "76752008"}], "extension": extension}
    codes = site_codes(bundle(observation("o", (LOINC, "32422-8"), bodySite=site), STRUCTURE_R4), rules)
    assert codes == ["76752008", "12747003", "76752008", "7771000"]


def test_a_body_structure_is_followed_from_r5(rules: Rules) -> None:
    document = bundle(
        observation("o", (SNOMED, "71651007"), bodyStructure={"reference": "BodyStructure/b"}), STRUCTURE_R5
    )
    assert site_codes(document, rules) == ["19100000", "24028007", "260335000"]
    distance = report_of(document, rules).observations[0].sites[0].distance_from_nipple
    assert distance is not None
    assert (distance.high, distance.unit) == (4.0, "cm")


def test_a_body_structure_that_never_came_is_missing(rules: Rules) -> None:
    found = report_of(observation("o", (SNOMED, "71651007"), bodyStructure={"reference": "BodyStructure/b"}), rules)
    assert found.missing == ("BodyStructure/b",)


def test_the_side_of_a_specimen_is_the_side_of_what_was_found_in_it(rules: Rules) -> None:
    specimen = {"resourceType": "Specimen", "id": "s", "collection": {"bodySite": concept((SNOMED, "80248007"))}}
    tissue = observation("t", (LOINC, "85336-6"), (LOINC, "LA27261-9"), specimen={"reference": "Specimen/s"})
    assert site_codes(bundle(tissue, specimen), rules) == ["80248007"]


# ---- texts -----------------------------------------------------------------------------------------------------------


def test_texts_of_a_report_stand_in_reading_order_and_each_once(rules: Rules) -> None:
    data = base64.b64encode(b"LEFT BREAST: BI-RADS 4.").decode()
    document = report(
        conclusion="BI-RADS 4.",
        presentedForm=[{"contentType": "text/plain", "data": data}],
        text={"status": "generated", "div": "<div><p>BI-RADS 4.</p></div>"},
        conclusionCode=[{"text": "Suspicious calcifications"}, concept((SNOMED, "397144001"), text="BI-RADS 4")],
    )
    found = report_of(document, rules)
    assert [(text.where, text.text) for text in found.texts] == [
        ("conclusion", "BI-RADS 4."),
        ("presentedForm[0]", "LEFT BREAST: BI-RADS 4."),
        ("conclusionCode[0].text", "Suspicious calcifications"),
    ]


def test_prose_of_observations_is_read_with_where_it_stood(rules: Rules) -> None:
    prose = observation("o", (LOINC, "32422-8"), "grouped calcifications", note=[{"text": "seen on both views"}])
    found = report_of(bundle(report(prose), prose), rules)
    assert [text.where for text in found.texts] == ["Observation/o.valueString", "Observation/o.note[0].text"]


def test_a_report_that_came_line_by_line_is_one_text(rules: Rules) -> None:
    lines = ["LEFT BREAST:", "There are grouped", "calcifications.", "", "BI-RADS 4"]
    found = [observation(f"l{n}", ("urn:ris", "GDT"), line) for n, line in enumerate(lines)]
    other = observation("x", ("urn:ris", "OTHER"), "another text")
    read = report_of(bundle(report(*found, other), *found, other), rules)
    assert [(text.where, text.text) for text in read.texts] == [
        ("Observation/l0.valueString", "LEFT BREAST:\nThere are grouped\ncalcifications.\n\nBI-RADS 4"),
        ("Observation/x.valueString", "another text"),
    ]


def test_a_generated_narrative_of_an_observation_with_answers_is_not_read_again(rules: Rules) -> None:
    narrative = {"status": "generated", "div": "<div>Calcification: absent</div>"}
    answered = observation("o", (SNOMED, "309587003"), False, text=narrative)
    assert report_of(answered, rules).texts == ()
    silent = observation("o", (SNOMED, "309587003"), text=narrative)
    assert [text.text for text in report_of(silent, rules).texts] == ["Calcification: absent"]


@pytest.mark.parametrize(
    ("status", "words", "conclusion", "is_read"),
    [
        ("generated", "DiagnosticReport Resource", "BI-RADS 2.", False),
        ("generated", "DiagnosticReport Resource", None, True),
        ("generated", "BI-RADS 4", "BI-RADS 2.", True),
        ("generated", "Suspicious calcifications, left breast", "BI-RADS 2.", True),
        ("additional", "Suspicious calcifications", "BI-RADS 2.", True),
    ],
)
def test_a_generated_label_beside_a_conclusion_is_no_text(
    status: str, words: str, conclusion: str | None, is_read: bool, rules: Rules
) -> None:
    narrative = {"status": status, "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{words}</div>'}
    document = report(text=narrative, **({"conclusion": conclusion} if conclusion else {}))
    assert (words in [text.text for text in report_of(document, rules).texts]) == is_read


def test_a_form_that_cannot_be_read_says_why(rules: Rules) -> None:
    found = report_of(report(presentedForm=[{"contentType": "application/pdf", "url": "https://ris.example/1"}]), rules)
    assert [(text.text, text.problem) for text in found.texts] == [("", "not in the message, only a link to it")]


def test_a_form_whose_bytes_came_as_a_binary_is_read(rules: Rules) -> None:
    data = base64.b64encode(b"LEFT BREAST: BI-RADS 4.").decode()
    binary = {"resourceType": "Binary", "id": "b", "contentType": "text/plain", "data": data}
    document = report(presentedForm=[{"url": "https://ris.example/fhir/Binary/b"}])
    assert [t.text for t in report_of(bundle(document, binary), rules).texts] == ["LEFT BREAST: BI-RADS 4."]
    assert [t.problem for t in report_of(document, rules).texts] == ["not in the message, only a link to it"]
    assert "Binary/b" in cited_by(document)


# ---- dates, patient, background --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effective", "day"),
    [
        ({"effectiveDateTime": "2026-10-01T23:30:00-05:00"}, date(2026, 10, 1)),
        ({"effectivePeriod": {"start": "2026-09-30", "end": "2026-10-01"}}, date(2026, 9, 30)),
        ({"effectiveDateTime": "2026-10"}, None),
        ({"effectiveDateTime": "2026-02-31"}, None),
        ({}, None),
    ],
)
def test_the_day_of_the_exam_is_as_written_and_never_guessed(
    effective: dict[str, Any], day: date | None, rules: Rules
) -> None:
    document = {key: value for key, value in report().items() if key != "effectiveDateTime"}
    assert report_of({**document, **effective}, rules).exam_date == day


def test_a_report_without_a_date_takes_the_one_its_observations_agree_on(rules: Rules) -> None:
    document = {key: value for key, value in report(CALC).items() if key != "effectiveDateTime"}
    assert report_of(bundle(document, CALC), rules).exam_date == date(2026, 10, 1)
    later = {**calcification("c2"), "effectiveDateTime": "2026-10-05"}
    both = {**document, "result": [{"reference": "Observation/c1"}, {"reference": "Observation/c2"}]}
    assert report_of(bundle(both, CALC, later), rules).exam_date is None


def test_the_patient_is_read_and_what_is_missing_stays_missing(rules: Rules) -> None:
    patient = {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [{"system": "urn:mrn", "value": "7"}],
        "name": [{"use": "old", "family": "Gone"}, {"family": "Moose", "given": ["Bullwinkle"]}],
        "birthDate": "1970-05-04",
        "gender": "female",
        "communication": [{"language": concept(("urn:ietf:bcp:47", "es")), "preferred": True}],
    }
    found = report_of(bundle(report(), patient), rules).patient
    assert (found.reference, found.name, found.birth_date) == ("Patient/p1", "Bullwinkle Moose", date(1970, 5, 4))
    assert (found.gender, found.language, found.identifiers) == ("female", "es", (("urn:mrn", "7"),))
    nothing = report_of(report(), rules).patient
    assert (nothing.name, nothing.birth_date, nothing.gender, nothing.language) == (None, None, None, None)


def test_a_contained_patient_has_no_reference_to_write_to(rules: Rules) -> None:
    document = {**report(), "contained": [{"resourceType": "Patient", "id": "p"}], "subject": {"reference": "#p"}}
    assert report_of(document, rules).patient.reference is None


def test_a_patient_known_by_urn_keeps_the_id_that_stays(rules: Rules) -> None:
    document = bundle({**report(), "subject": {"reference": "urn:uuid:7"}}, {"resourceType": "Patient", "id": "p9"})
    document["entry"][1]["fullUrl"] = "urn:uuid:7"
    assert report_of(document, rules).patient.reference == "Patient/p9"


def condition(**more: object) -> dict[str, Any]:
    return {"resourceType": "Condition", "id": "k", "code": concept((SNOMED, "254837009")), "subject": PATIENT, **more}


def test_background_is_what_came_along_about_the_same_person(rules: Rules) -> None:
    other = condition(id="k2", subject={"reference": "Patient/other"})
    found = report_of(bundle(report(), condition(), other), rules)
    assert [item.reference for item in found.background] == ["Condition/k"]
    earlier = report_of(report(), rules, seen=resources_in(condition()))
    assert [item.reference for item in earlier.background] == ["Condition/k"]


def test_what_was_refuted_or_ordered_this_report_is_no_background(rules: Rules) -> None:
    refuted = condition(verificationStatus=concept(("urn:x", "refuted")))
    order = {"resourceType": "ServiceRequest", "id": "s", "status": "active", "code": concept((SNOMED, "122548005"))}
    order = {**order, "subject": PATIENT}
    document = bundle({**report(), "basedOn": [{"reference": "ServiceRequest/s"}]}, refuted, order)
    assert report_of(document, rules).background == ()


def test_what_an_observation_says_of_the_person_is_known_to_every_bare_one_beside_it(rules: Rules) -> None:
    """One that says nothing of the person is left out: a message may bring hundreds."""
    implant = observation("i", (RDE, "RDE1589"), (RDE, "RDE1589_left"))
    made = decide_document(bundle(calcification("a"), implant, calcification("b")), rules, date(2026, 11, 22))
    about = {outcome.report.reference: outcome.report for outcome in made}
    for name in ("Observation/a", "Observation/b"):
        assert [item.reference for item in about[name].background] == ["Observation/i"]
    by_name = {name: {risk.risk for risk in read_coded(one, rules).risks} for name, one in about.items()}
    assert "implant" in by_name["Observation/a"] & by_name["Observation/b"]


def test_relatives_bring_one_item_for_each_condition(rules: Rules) -> None:
    history = {
        "resourceType": "FamilyMemberHistory",
        "id": "f",
        "status": "completed",
        "patient": PATIENT,
        "relationship": concept(("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "MTH")),
        "condition": [{"code": concept((SNOMED, "254837009"))}, {"code": concept((SNOMED, "44054006"))}],
    }
    found = report_of(bundle(report(), history), rules)
    assert [item.code.codings[0].code for item in found.background] == ["254837009", "44054006"]


def test_security_labels_and_identifiers_are_kept(rules: Rules) -> None:
    label = {"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}
    found = report_of(report(meta={"security": [label]}, identifier=[{"system": "urn:a", "value": "1"}]), rules)
    assert [coding.code for coding in found.security] == ["R"]
    assert found.identifiers == (("urn:a", "1"),)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"code": "text"},
        {"result": "x"},
        {"result": [7]},
        {"subject": ["x"]},
        {"conclusionCode": {"coding": [{"code": 7}, "x"]}},
        {"presentedForm": "x"},
        {"text": "x"},
        {"issued": 7},
        {"meta": []},
        {"identifier": [None]},
        {"contained": "x"},
        {"status": None},
    ],
)
def test_elements_of_the_wrong_kind_are_passed_over(nonsense: dict[str, Any], rules: Rules) -> None:
    assert report_of({**report(), **nonsense}, rules).key


def test_one_narrative_sent_in_several_forms_is_read_once(rules: Rules) -> None:
    words = "Left breast: grouped amorphous calcifications.\n\nBI-RADS 4B."
    html = "<div><p>Left breast: grouped amorphous calcifications.</p><p>BI-RADS&nbsp;4B.</p></div>"
    resource = {
        **report(),
        "conclusion": words.replace("\n\n", r"\.br\\.br\ "),
        "presentedForm": [
            {"contentType": "text/plain", "data": base64.b64encode(words.upper().encode()).decode()},
            {"contentType": "text/html", "data": base64.b64encode(html.encode()).decode()},
        ],
        "text": {"status": "generated", "div": html},
    }
    texts = report_of(resource, rules).texts
    assert [text.where for text in texts] == ["conclusion"]


def test_a_form_that_says_more_is_read_beside_the_conclusion(rules: Rules) -> None:
    more = base64.b64encode(b"Left breast: grouped calcifications. BI-RADS 4B. Biopsy.").decode()
    resource = {
        **report(),
        "conclusion": "Left breast: grouped calcifications. BI-RADS 4B.",
        "presentedForm": [{"contentType": "text/plain", "data": more}],
    }
    assert len(report_of(resource, rules).texts) == 2


def test_markup_left_in_a_conclusion_is_no_word_of_it(rules: Rules) -> None:
    resource = {**report(), "conclusion": "<b>BI-RADS</b>&nbsp;4<br/>left &lt;1 cm"}
    assert report_of(resource, rules).texts[0].text == "BI-RADS 4\nleft <1 cm"
