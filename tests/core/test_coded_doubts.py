"""What codes say against themselves, what nobody knows, and traps that look like findings and categories."""

from typing import Any

import pytest

from tests.fhir_shapes import (
    LOINC,
    PATIENT,
    RDE,
    SNOMED,
    bundle,
    calcification,
    coded,
    component,
    concept,
    located_site,
    observation,
    report,
    report_of,
    subjects,
)
from worker.core.coded import unknown_codes
from worker.core.rules import Rules

LOCAL = "urn:hospital:codes"


# ---- code against display and text -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "display", "text"),
    [
        ("397141009", "Mammography assessment (Category 4)", None),
        ("397141009", None, "BI-RADS 4"),
        ("397144001", "Mammography assessment (Category 2) - Benign finding", None),
        ("397144001", None, "BI-RADS 2"),
    ],
)
def test_a_category_that_its_words_contradict_is_held_and_the_worse_stands(
    code: str, display: str | None, text: str | None, rules: Rules
) -> None:
    """C-09: the more worrying reading stands, whichever of code and words it is."""
    coding = (SNOMED, code, display) if display else (SNOMED, code)
    for document in (
        report(conclusionCode=[concept(coding, text=text)]),
        observation("o", (SNOMED, "146611000146107"), concept(coding, text=text)),
    ):
        reading = coded(document, rules)
        assert [a.category for a in reading.assessments] == ["4"]
        assert ("C-09", "code-text-category") in subjects(reading)


@pytest.mark.parametrize(
    "words",
    [
        "Mammography assessment (Category 4) - Suspicious abnormality, biopsy should be considered (finding)",
        "category4,suspiciousabnormality",
        "BI-RADS 4",
        "biosy should be considered",
        "irgendetwas",
    ],
)
def test_words_that_agree_or_say_nothing_are_no_contradiction(words: str, rules: Rules) -> None:
    reading = coded(report(conclusionCode=[concept((SNOMED, "397144001", words), text=words)]), rules)
    assert ([a.category for a in reading.assessments], reading.doubts) == (["4"], ())


def test_a_subdivision_that_only_the_words_have_is_kept(rules: Rules) -> None:
    for value in (concept((SNOMED, "397144001"), text="BI-RADS 4C"), concept((SNOMED, "397144001", "Category 4C"))):
        reading = coded(report(conclusionCode=[value]), rules)
        assert ([a.category for a in reading.assessments], reading.doubts) == (["4C"], ())


@pytest.mark.parametrize(
    ("code", "display", "shape"),
    [("129756007", "Amorphous calcification", "amorphous"), ("129760005", "Round shaped calcification", "amorphous")],
)
def test_a_shape_that_its_display_contradicts_is_held_and_the_worse_stands(
    code: str, display: str, shape: str, rules: Rules
) -> None:
    reading = coded(calcification("c", component((RDE, "RDE1565"), concept((SNOMED, code, display)))), rules)
    assert [f.morphology for f in reading.findings] == [(shape,)]
    assert ("C-09", "code-text-morphology") in subjects(reading)


def test_two_codes_of_one_element_that_differ_are_held_and_the_worse_stands(rules: Rules) -> None:
    both = concept((SNOMED, "397141009"), (RDE, "RDE1586_category5HighlySuggestiveOfMalignancy"))
    reading = coded(report(conclusionCode=[both]), rules)
    assert [a.category for a in reading.assessments] == ["5"]
    assert ("C-09", "codes-category") in subjects(reading)


def test_two_codes_of_one_element_that_agree_are_one(rules: Rules) -> None:
    both = concept((SNOMED, "397144001"), (RDE, "RDE1586_category4CSuspiciousAbnormalityHighLikelihoodOfBeingCancer"))
    reading = coded(report(conclusionCode=[both]), rules)
    assert ([a.category for a in reading.assessments], reading.doubts) == (["4C"], ())


# ---- places ----------------------------------------------------------------------------------------------------------


def test_a_quadrant_that_its_display_contradicts_is_not_chosen(rules: Rules) -> None:
    """19100000 is the lower inner quadrant, and is seen with the display of the upper outer one."""
    site = concept((SNOMED, "19100000", "Upper outer quadrant of breast"))
    reading = coded(observation("o", (SNOMED, "309587003"), True, bodySite=site), rules)
    assert reading.findings[0].quadrant is None
    assert ("C-08", "code-text-quadrant") in subjects(reading)


def test_a_side_that_its_text_contradicts_is_not_chosen(rules: Rules) -> None:
    site = concept((SNOMED, "80248007"), text="right breast")
    reading = coded(observation("o", (SNOMED, "309587003"), True, bodySite=site), rules)
    assert reading.findings[0].laterality == "unknown"
    assert ("C-08", "code-text-laterality") in subjects(reading)


def test_two_sites_with_two_sides_leave_none(rules: Rules) -> None:
    site = located_site(laterality=(RDE, "RDE1557_left"))
    side = component((SNOMED, "272741003"), (SNOMED, "24028007"))
    reading = coded(calcification("c", side, bodySite=site), rules)
    assert reading.findings[0].laterality == "unknown"
    assert ("C-08", "site-laterality") in subjects(reading)


def test_a_side_against_its_section_leaves_none(rules: Rules) -> None:
    calc = calcification("c", bodySite=located_site(laterality=(RDE, "RDE1557_left")))
    section = {"title": "Right breast", "entry": [{"reference": "Observation/c"}]}
    composition = {
        "resourceType": "Composition",
        "id": "d",
        "status": "final",
        "subject": PATIENT,
        "section": [section],
    }
    reading = coded(bundle(composition, report(), calc, kind="document"), rules)
    assert reading.findings[0].laterality == "unknown"
    assert ("C-08", "section-laterality") in subjects(reading)


@pytest.mark.parametrize(
    ("side", "clock", "quadrant", "fits"),
    [
        ("left", "two", "upperOuter", True),
        ("right", "two", "upperOuter", False),
        ("right", "ten", "upperOuter", True),
        ("left", "ten", "upperOuter", False),
        ("left", "twelve", "upperInner", True),
        ("left", "twelve", "lowerInner", False),
        ("left", "six", "lowerOuter", True),
        ("left", "nine", "lowerInner", True),
        ("left", "nine", "lowerOuter", False),
        ("bilateral", "two", "lowerOuter", False),
        ("bilateral", "two", "upperInner", True),
    ],
)
def test_clock_and_quadrant_must_both_be_true_of_that_breast(
    side: str, clock: str, quadrant: str, fits: bool, rules: Rules
) -> None:
    """C-08: none of the two is chosen. Seen from the front, the breasts mirror each other."""
    site = located_site(
        laterality=(RDE, f"RDE1557_{side}"),
        clockDirection=(RDE, f"RDE1558_{clock}OclockPosition"),
        quadrant=(RDE, f"RDE1563_{quadrant}"),
    )
    reading = coded(calcification("c", bodySite=site), rules)
    assert (reading.findings[0].clock is None, reading.findings[0].quadrant is None) == (not fits, not fits)
    assert (("C-08", "clock-quadrant") in subjects(reading)) is not fits


# ---- codes that nobody knows, and codes known to be wrong ------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "rule"), [("RDE1565", "C-09"), ("RDE1568", "C-09"), ("RDE1586", "C-10"), ("RDE1556", "C-09")]
)
def test_an_unknown_answer_that_matters_is_held_and_reported(question: str, rule: str, rules: Rules) -> None:
    document = observation("c", (RDE, "RDES241"), component=[component((RDE, question), (LOCAL, "XYZ"))])
    reading = coded(document, rules)
    assert (rule, "unknown-code") in subjects(reading)
    assert unknown_codes(report_of(document, rules), rules) == ((LOCAL, "XYZ"),)
    (doubt,) = [d for d in reading.doubts if d.subject == "unknown-code"]
    assert [item.text for item in doubt.evidence] == [f"{LOCAL}|XYZ"]


def test_an_unknown_category_is_never_read_from_its_display(rules: Rules) -> None:
    value = concept((LOCAL, "K2", "BI-RADS 2"))
    for document in (report(conclusionCode=[value]), observation("o", (SNOMED, "146611000146107"), value)):
        reading = coded(document, rules)
        assert reading.assessments == ()
        assert ("C-10", "unknown-code") in subjects(reading)


def test_an_unknown_code_that_is_known_beside_it_is_no_doubt(rules: Rules) -> None:
    value = concept((LOCAL, "K4", "BI-RADS 4"), (SNOMED, "397144001"))
    reading = coded(report(conclusionCode=[value]), rules)
    assert ([a.category for a in reading.assessments], reading.doubts) == (["4"], ())


def test_an_unknown_code_elsewhere_is_counted_but_no_doubt(rules: Rules) -> None:
    document = report(conclusionCode=[concept((LOCAL, "note"))])
    assert coded(document, rules).doubts == ()
    assert unknown_codes(report_of(document, rules), rules) == ((LOCAL, "note"),)


def test_an_unknown_answer_in_a_question_of_no_weight_is_silent(rules: Rules) -> None:
    document = observation("m", (SNOMED, "129788004"), component=[component((RDE, "RDE1576"), (LOCAL, "oval"))])
    assert coded(document, rules).doubts == ()


@pytest.mark.parametrize("code", ["397183009", "144008", "241541005"])
def test_codes_known_to_be_used_wrongly_are_never_trusted(code: str, rules: Rules) -> None:
    value = concept((SNOMED, code, "Mammography assessment (Category 4)"))
    reading = coded(report(conclusionCode=[value]), rules)
    assert (reading.assessments, reading.findings) == ((), ())
    assert ("C-10", "unknown-code") in subjects(reading)


def test_a_look_alike_of_the_calcification_code_is_no_calcification(rules: Rules) -> None:
    document = observation("m", (SNOMED, "129748003"), concept((SNOMED, "129748003", "Mammographic mass (finding)")))
    assert coded(document, rules).findings == ()


def test_words_that_no_code_comes_with_and_nobody_understands_are_held(rules: Rules) -> None:
    document = calcification("c", component((RDE, "RDE1565"), "crumbly"), component((RDE, "RDE1586"), "see report"))
    assert {("C-09", "morphology-not-read"), ("C-10", "category-not-read")} <= subjects(coded(document, rules))


# ---- traps -----------------------------------------------------------------------------------------------------------


def test_density_is_never_an_assessment(rules: Rules) -> None:
    density = observation("d", (SNOMED, "733851004"), (SNOMED, "129716005"))
    reading = coded(bundle(report(density), density), rules)
    assert (reading.density, reading.assessments, reading.doubts) == ("a", (), ())


def test_density_in_place_of_a_category_is_held(rules: Rules) -> None:
    value = (RDE, "RDE1587_categoryCTheBreastsAreHeterogeneouslyDense")
    reading = coded(observation("d", (RDE, "RDE1586"), value), rules)
    assert (reading.density, reading.assessments) == ("c", ())
    assert ("C-10", "wrong-place") in subjects(reading)


def test_the_letter_of_a_density_is_read_only_as_a_density(rules: Rules) -> None:
    assert coded(observation("d", (RDE, "RDE1587"), "c"), rules).density == "c"
    assert coded(observation("d", (RDE, "RDE1586"), "c"), rules).assessments == ()


def test_the_size_of_a_tumour_is_never_the_extent_of_calcifications(rules: Rules) -> None:
    size = component((LOINC, "33728-7"), {"value": 2.5, "unit": "cm"})
    lump = component((SNOMED, "248530000"), {"value": 12, "unit": "mm"})
    (finding,) = coded(calcification("c", size, lump), rules).findings
    assert (finding.extent_mm, finding.particle_mm) == (None, None)


def test_the_size_of_a_mass_with_calcifications_is_the_size_of_the_mass(rules: Rules) -> None:
    size = component((SNOMED, "439984002"), {"value": 12, "unit": "mm"})
    mass = observation("m", ("http://dicom.nema.org/resources/ontology/DCM", "111459"), component=[size])
    (finding,) = coded(mass, rules).findings
    assert (finding.associated, finding.extent_mm) == (("mass",), None)


def test_a_size_in_no_unit_of_length_is_no_size(rules: Rules) -> None:
    (finding,) = coded(calcification("c", component((RDE, "RDE1569"), {"value": 12, "unit": "kg"})), rules).findings
    assert finding.extent_mm is None


@pytest.mark.parametrize(
    ("text", "diagnosis"),
    [("B5b", "invasive"), ("B5a", "dcis"), ("B3", "b3"), ("B4", "b4"), ("B2", "benign"), ("B1", "non-diagnostic")],
)
def test_a_b_category_of_pathology_is_tissue_and_never_birads(text: str, diagnosis: str, rules: Rules) -> None:
    reading = coded(observation("t", (SNOMED, "271937008"), text), rules)
    assert ([p.diagnosis for p in reading.pathology], reading.assessments) == ([diagnosis], ())


def test_calcifications_in_a_specimen_are_no_finding_of_the_breast(rules: Rules) -> None:
    laboratory = [concept(("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory"))]
    present = observation("t", (SNOMED, "12747003"), True, category=laboratory)
    assert coded(bundle(report(present), present), rules).findings == ()
    absent = observation("t", (SNOMED, "1240404008"), (SNOMED, "2667000"), category=laboratory)
    reading = coded(bundle(report(absent), absent), rules)
    assert (reading.findings, subjects(reading)) == ((), {("C-11", "no-calcifications-in-specimen")})


@pytest.mark.parametrize(
    ("code", "diagnosis", "hedged"),
    [
        ((LOINC, "LA27261-9"), "dcis", False),
        ((SNOMED, "82711006"), "invasive", False),
        ((SNOMED, "6660000"), "adh", False),
        ((SNOMED, "254845004"), "benign", False),
        ((SNOMED, "21594007"), "invasive", True),
        ((SNOMED, "258270003"), "b3", True),
        ((SNOMED, "281268007"), "non-diagnostic", False),
    ],
)
def test_tissue_diagnoses_are_read_from_pathology(
    code: tuple[str, str], diagnosis: str, hedged: bool, rules: Rules
) -> None:
    tissue = observation("t", (LOINC, "85336-6"), code, bodySite=concept((SNOMED, "80248007")))
    (found,) = coded(tissue, rules).pathology
    assert (found.diagnosis, found.laterality, found.is_hedged) == (diagnosis, "left", hedged)
    result = report(code=(LOINC, "66110-8"), conclusionCode=[concept(code)])
    assert [p.diagnosis for p in coded(result, rules).pathology] == [diagnosis]


@pytest.mark.parametrize(("words", "verdict"), [("discordant", "discordant"), ("Concordant", "concordant")])
def test_a_statement_of_concordance_belongs_to_the_tissue_result(words: str, verdict: str, rules: Rules) -> None:
    """C-11: in an Observation of its own, before or after the diagnosis."""
    tissue = observation("t", (LOINC, "85336-6"), (SNOMED, "254845004"))
    judged = observation("j", {"text": "Concordance"}, words)
    for document in (bundle(report(tissue, judged), tissue, judged), bundle(report(judged, tissue), tissue, judged)):
        assert [p.concordance for p in coded(document, rules).pathology] == [verdict]


def test_a_diagnosis_that_imaging_only_resembles_is_no_tissue_result(rules: Rules) -> None:
    seems = observation("o", (SNOMED, "129788004"), (SNOMED, "254845004"))
    assert coded(bundle(report(seems), seems), rules).pathology == ()
    code = concept((SNOMED, "82711006"))
    (found,) = coded(report(conclusionCode=[code]), rules).pathology
    assert found.is_hedged  # a cancer named on an imaging report is held, not dropped


def test_an_answer_that_its_text_contradicts_is_held_and_the_worse_stands(rules: Rules) -> None:
    for code, text in (("RDE1556_absent", "present"), ("RDE1556_present", "absent")):
        answer = component((RDE, "RDE1556"), concept((RDE, code), text=text))
        reading = coded(observation("c", (RDE, "RDES241"), component=[answer]), rules)
        assert [f.status for f in reading.findings] == ["present"]
        assert ("C-09", "code-text-presence") in subjects(reading)
    denied = component((RDE, "RDE1556"), concept((RDE, "RDE1556_absent"), text="No calcifications present"))
    assert coded(observation("c", (RDE, "RDES241"), component=[denied]), rules).doubts == ()


# ---- presence --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["indeterminate", "unknown"])
def test_a_presence_that_nobody_can_tell_is_held(answer: str, rules: Rules) -> None:
    reading = coded(calcification("c", presence=answer), rules)
    assert [f.status for f in reading.findings] == ["hypothetical"]
    assert ("C-09", f"presence-{answer}") in subjects(reading)


def test_absent_with_a_type_is_a_denial(rules: Rules) -> None:
    """The type is mandatory in the guide, even where the presence is "absent"."""
    kind = component((RDE, "RDE1565"), (RDE, "RDE1565_generic"))
    reading = coded(calcification("c", kind, presence="absent"), rules)
    assert ([f.status for f in reading.findings], reading.doubts) == (["negated"], ())


def test_absent_with_a_suspicious_category_is_held(rules: Rules) -> None:
    category = component((RDE, "RDE1586"), (RDE, "RDE1586_category4SuspiciousAbnormality"))
    reading = coded(calcification("c", category, presence="absent"), rules)
    assert ("C-09", "absent-and-category") in subjects(reading)
    assert [a.category for a in reading.assessments] == ["4"]


def test_present_and_no_longer_seen_is_held(rules: Rules) -> None:
    change = component(
        ("http://hl7.org/fhir/us/breast-radiology/CodeSystem/ObservationComponentSliceCodesCS", "obsChanges"),
        ("http://hl7.org/fhir/us/breast-radiology/CodeSystem/ObservedChangesCS", "NoLongerSeen"),
    )
    reading = coded(calcification("c", change), rules)
    assert ("C-09", "present-and-resolved") in subjects(reading)
    gone = coded(calcification("c", change, presence="absent"), rules)
    assert ([f.status for f in gone.findings], gone.doubts) == (["resolved"], ())


def test_prose_in_place_of_an_answer_is_left_to_the_narrative_reader(rules: Rules) -> None:
    reading = coded(observation("o", (SNOMED, "309587003"), "a few scattered ones, see drawing"), rules)
    assert (reading.findings, subjects(reading)) == ((), {("C-09", "free-text")})


def test_observations_in_which_nothing_is_ours_say_nothing(rules: Rules) -> None:
    lab: dict[str, Any] = observation("h", (LOINC, "718-7"), {"value": 13.1, "unit": "g/dL"})
    reading = coded(bundle(report(lab), lab), rules)
    assert (reading.findings, reading.assessments, reading.doubts) == ((), (), ())


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ({"valueBoolean": "false"}, ["negated"]),
        ({"valueBoolean": "true"}, ["present"]),
        ({"valueDateTime": "2026"}, []),
    ],
)
def test_a_value_of_the_wrong_kind_is_never_taken_for_no_value(
    value: dict[str, Any], status: list[str], rules: Rules
) -> None:
    reading = coded({**observation("o", (SNOMED, "309587003")), **value}, rules)
    assert [f.status for f in reading.findings] == status
    assert (("C-09", "free-text") in subjects(reading)) is not bool(status)
