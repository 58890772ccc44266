"""Every coded form in which calcifications, categories, places and recommendations arrive."""

from typing import Any

import pytest

from tests.fhir_shapes import (
    LOINC,
    PATIENT,
    RDE,
    SLICES,
    SNOMED,
    bundle,
    calcification,
    coded,
    component,
    concept,
    located_site,
    observation,
    report,
)
from worker.core.model import Finding
from worker.core.rules import Rules

IG = "http://hl7.org/fhir/us/breast-radiology/CodeSystem"
OBSERVATIONS = f"{IG}/ObservationCodesCS"
SECTIONS = f"{IG}/CompositionSectionSliceCodesCS"
CHANGES = f"{IG}/ObservedChangesCS"
DCM = "http://dicom.nema.org/resources/ontology/DCM"


def only_finding(document: dict[str, Any], rules: Rules) -> Finding:
    (finding,) = coded(document, rules).findings
    return finding


# ---- HL7 breast radiology IG v0.3: one instance per type and distribution --------------------------------------------

TYPES = {
    "skin": "skin",
    "vascular": "vascular",
    "coarse": "coarse",
    "largeRoadlike": "large-rod-like",
    "round": "round",
    "spherical": "round",
    "punctate": "punctate",
    "rim": "rim",
    "eggshell": "rim",
    "lucentCentered": "lucent-centered",
    "dystrophic": "dystrophic",
    "milkOfCalcium": "milk-of-calcium",
    "layering": "milk-of-calcium",
    "sature": "suture",
    "amorphous": "amorphous",
    "indistinct": "amorphous",
    "coarseHeterogeneous": "coarse-heterogeneous",
    "finePleomorphic": "fine-pleomorphic",
    "fineLinear": "fine-linear-branching",
    "fine": "generic",
    "generic": "generic",
}
DISTRIBUTIONS = {
    "diffuse": "diffuse",
    "regional": "regional",
    "grouped": "grouped",
    "clustered": "grouped",
    "linear": "linear",
    "segmental": "segmental",
}


@pytest.mark.parametrize(("code", "morphology"), TYPES.items())
def test_every_type_of_the_guide_is_read(code: str, morphology: str, rules: Rules) -> None:
    document = calcification("c", component((RDE, "RDE1565"), (RDE, f"RDE1565_{code}")))
    assert only_finding(bundle(report(document), document), rules).morphology == (morphology,)


@pytest.mark.parametrize(("code", "distribution"), DISTRIBUTIONS.items())
def test_every_distribution_of_the_guide_is_read(code: str, distribution: str, rules: Rules) -> None:
    document = calcification("c", component((RDE, "RDE1568"), (RDE, f"RDE1568_{code}")))
    assert only_finding(document, rules).distribution == distribution


def test_a_shape_listed_among_the_distributions_is_a_shape(rules: Rules) -> None:
    for code in ((RDE, "RDE1568_fineLinearBranching"), (SNOMED, "129762002")):
        finding = only_finding(calcification("c", component((RDE, "RDE1568"), code)), rules)
        assert (finding.morphology, finding.distribution) == (("fine-linear-branching",), None)


def test_codes_of_the_guide_are_read_in_any_case_and_whatever_their_display(rules: Rules) -> None:
    value = concept((RDE, "rde1565_FINEPLEOMORPHIC", "finepleomorphic"))
    assert only_finding(calcification("c", component((RDE, "RDE1565"), value)), rules).morphology == (
        "fine-pleomorphic",
    )


FULL = calcification(
    "c",
    component((RDE, "RDE1565"), (RDE, "RDE1565_amorphous")),
    component((RDE, "RDE1568"), (RDE, "RDE1568_grouped")),
    component((RDE, "RDE1567"), {"value": 12}),
    component(
        (RDE, "RDE1569"), {"low": {"value": 0.8, "unit": "cm"}, "high": {"value": 1.2, "unit": "cm", "code": "cm"}}
    ),
    component((RDE, "RDE1570"), {"value": 0.3, "unit": "mm"}),
    component((RDE, "RDE1570"), {"value": 400, "code": "um", "system": "http://unitsofmeasure.org"}),
    component((RDE, "RDE1586"), (RDE, "RDE1586_category4BSuspiciousAbnormalityModerateLikelihoodOfBeingCancer")),
    component((SLICES, "obsChanges"), (CHANGES, "Stable")),
    component((SLICES, "obsChanges"), (CHANGES, "IncreaseInNumber")),
    bodySite=located_site(
        laterality=(RDE, "RDE1557_left"),
        quadrant=(RDE, "RDE1563_upperOuter"),
        clockDirection=(RDE, "RDE1558_twoOclockPosition"),
        depth=(RDE, "RDE1559_middle"),
        region=(RDE, "RDE1564_axillaryTail"),
    ),
)


def test_everything_that_a_calcification_of_the_guide_can_say_is_read(rules: Rules) -> None:
    reading = coded(bundle(report(FULL), FULL), rules)
    (finding,) = reading.findings
    assert (finding.laterality, finding.quadrant, finding.clock, finding.depth) == ("left", "upper-outer", 2, "middle")
    assert (finding.region, finding.morphology, finding.distribution) == ("axillary-tail", ("amorphous",), "grouped")
    assert (finding.count, finding.extent_mm, finding.particle_mm) == (12, 12.0, 0.4)
    assert (finding.change, finding.status) == ("increased", "present")
    (assessment,) = reading.assessments
    assert (assessment.category, assessment.scope, assessment.laterality) == ("4B", "finding", "left")
    assert reading.doubts == ()


def test_evidence_names_element_code_and_row(rules: Rules) -> None:
    evidence = {item.where: item for item in only_finding(FULL, rules).evidence}
    shape = evidence["Observation/c.component[1].valueCodeableConcept"]
    assert (shape.text, shape.rule) == (f"{RDE}|RDE1565_amorphous", "code:rde.rde1565-amorphous")
    assert (shape.start, shape.end) == (None, None)


def test_the_distance_from_another_landmark_is_no_distance_from_the_nipple(rules: Rules) -> None:
    distance = {"url": "distanceFromLandmark", "valueQuantity": {"value": 5, "unit": "cm"}}
    for landmark, expected in (("RDE1560_nipple", 50.0), ("RDE1560_chestWall", None)):
        site = located_site(laterality=(RDE, "RDE1557_left"), landmark=(RDE, landmark))
        site["extension"][0]["extension"].append(distance)
        assert only_finding(calcification("c", bodySite=site), rules).nipple_distance_mm == expected


def ig_document(side: str, *, section_code: bool = True) -> dict[str, Any]:
    """A document as the guide has it: Composition, findings of one breast, modality finding, calcification."""
    calc = calcification("c", component((RDE, "RDE1565"), (RDE, "RDE1565_amorphous")))
    calc["bodySite"] = {"coding": [{"system": SNOMED, "code": "76752008"}]}
    modality = observation("m", (OBSERVATIONS, "mgFindingObservation"), hasMember=[{"reference": "Observation/c"}])
    breast = observation(
        "b",
        (OBSERVATIONS, f"findings{side}BreastObservation"),
        hasMember=[{"reference": "Observation/m"}],
        component=[
            component((RDE, "RDE1586"), (RDE, "RDE1586_category4SuspiciousAbnormality")),
            component((RDE, "RDE1587"), (RDE, "RDE1587_categoryCTheBreastsAreHeterogeneouslyDense")),
        ],
    )
    order = {
        "resourceType": "ServiceRequest",
        "id": "s",
        "status": "draft",
        "intent": "proposal",
        "subject": PATIENT,
        "code": concept((f"{IG}/ServiceRecommendationsCS", "StereotacticBx")),
        "extension": [
            {"url": "x/BreastLateralityExtension", "valueCodeableConcept": concept((RDE, f"RDE1588_{side.lower()}"))}
        ],
    }
    findings = {
        "title": "Findings",
        "code": concept((SECTIONS, f"findings{side}Breast")),
        "entry": [{"reference": "Observation/b"}],
    }
    if not section_code:
        findings.pop("code")
    composition = {
        "resourceType": "Composition",
        "id": "doc",
        "status": "final",
        "subject": PATIENT,
        "type": concept((LOINC, "42132-1")),
        "section": [findings, {"title": "Recommendations", "entry": [{"reference": "ServiceRequest/s"}]}],
    }
    summary = report(code=(LOINC, "10193-1"), conclusionCode=[concept((RDE, "RDE1586_category4SuspiciousAbnormality"))])
    return bundle(composition, summary, breast, modality, calc, order, kind="document")


@pytest.mark.parametrize("side", ["Left", "Right"])
@pytest.mark.parametrize("section_code", [True, False])
def test_a_document_of_the_guide_is_read_through_its_sections(side: str, section_code: bool, rules: Rules) -> None:
    reading = coded(ig_document(side, section_code=section_code), rules)
    (finding,) = reading.findings
    assert (finding.laterality, finding.morphology) == (side.lower(), ("amorphous",))
    assert [(a.category, a.scope, a.laterality) for a in reading.assessments] == [
        ("4", "overall", "unknown"),
        ("4", "breast", side.lower()),
    ]
    assert [(r.action, r.laterality) for r in reading.recommendations] == [("stereotactic-biopsy", side.lower())]
    assert (reading.density, reading.doubts) == ("c", ())


def test_a_feature_that_goes_with_a_mass_is_a_finding_beside_that_mass(rules: Rules) -> None:
    feature = observation("f", (f"{IG}/ObservationCodes", "associatedFeaturesObservation"))
    feature["component"] = [component((SLICES, "featureType"), (RDE, "RDE1571_microCalcifications"))]
    mass = observation(
        "m", (f"{IG}/ObservationCodes", "abnormalityMassObservation"), hasMember=[{"reference": "Observation/f"}]
    )
    finding = only_finding(bundle(report(mass), mass, feature), rules)
    assert (finding.morphology, finding.associated) == (("generic",), ("mass",))


def test_a_mass_that_goes_with_calcifications_is_no_second_finding(rules: Rules) -> None:
    mass = observation("m", (SNOMED, "129788004"))
    calc = calcification(
        "c", component((RDE, "RDE1565"), (RDE, "RDE1565_round")), hasMember=[{"reference": "Observation/m"}]
    )
    finding = only_finding(bundle(report(calc), calc, mass), rules)
    assert (finding.morphology, finding.associated) == (("round",), ("mass",))


# ---- v0.2, v0.1 ------------------------------------------------------------------------------------------------------


def test_the_second_ballot_is_read(rules: Rules) -> None:
    slices = f"{IG}/ObservationComponentSliceCodes"
    document = observation(
        "c",
        (f"{IG}/ObservationCodes", "mgAbnormalityCalcificationObservation"),
        component=[
            component((slices, "mgCalcificationType"), (f"{IG}/MammoCalcificationTypeCS", "Lucent-centered")),
            component(
                (slices, "mgCalcificationDistribution"), (f"{IG}/CalcificationDistributionCS", "ScatteredDistribution")
            ),
            component((slices, "targetBiRads"), (f"{IG}/BiRadsAssessmentCategoriesCS", "Category3")),
            component((slices, "obsCount"), {"low": {"value": 3}, "high": {"value": 6}}),
            component((slices, "obsSize"), {"value": 9, "unit": "mm"}),
        ],
        bodySite=located_site(
            laterality=(SNOMED, "31156008"),
            quadrant=(f"{IG}/BreastLocationQuadrantCS", "InferiorLateralQuadrent"),
            clockDirection=(f"{IG}/BreastLocationClockCS", "5O'clock"),
            depth=(f"{IG}/BreastLocationDepthCS", "PosteriorDepth"),
        ),
    )
    reading = coded(document, rules)
    (finding,) = reading.findings
    assert (finding.morphology, finding.distribution, finding.count) == (("lucent-centered",), "diffuse", 6)
    assert (finding.laterality, finding.quadrant, finding.clock, finding.depth) == (
        "left",
        "lower-outer",
        5,
        "posterior",
    )
    assert (finding.extent_mm, finding.particle_mm) == (None, None)  # one code for two sizes: neither
    assert [a.category for a in reading.assessments] == ["3"]


def test_the_first_ballot_is_read(rules: Rules) -> None:
    questions = f"{IG}/breastrad-BreastAbnormalityCodesCS"

    def abnormality(kind: str) -> dict[str, Any]:
        parts = [
            component((questions, "CalcificationType"), (f"{IG}/breastrad-CalcificationTypeCS", kind)),
            component((questions, "BiRadCode"), (f"{IG}/breastrad-BiRadCodeCS", "BIRAD4BModerateSuspicion")),
            component((questions, "Change"), (f"{IG}/breastrad-ChangeCS", "New")),
            component((questions, "MaxLength"), {"value": 7, "unit": "mm"}),
            component((questions, "MaxWidth"), {"value": 1, "unit": "cm"}),
        ]
        return observation("a", (questions, "BreastAbnormalityObservationCode"), component=parts)

    finding = only_finding(abnormality("PleomorphicADDFine"), rules)
    assert (finding.morphology, finding.change, finding.extent_mm) == (("fine-pleomorphic",), "new", 10.0)
    assert only_finding(abnormality("None"), rules).status == "negated"


# ---- SNOMED CT, DICOM, ICD-10-CM -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "morphology", "distribution"),
    [
        ((SNOMED, "129760005"), "amorphous", None),
        (("http://snomed.info/sct/731000124108/version/20260301", "129760005"), "amorphous", None),
        (("urn:oid:2.16.840.1.113883.6.96", "129763007"), "coarse-heterogeneous", None),
        ((DCM, "111344"), "fine-pleomorphic", None),
        (("DCM", "111344"), "fine-pleomorphic", None),
        (("SRT", "F-0176E"), "fine-linear-branching", None),
        ((SNOMED, "129751002"), "rim", None),
        ((SNOMED, "44771000"), "generic", None),
        ((SNOMED, "129769006"), "generic", "grouped"),
        ((SNOMED, "129768003"), "generic", "segmental"),
        (("http://hl7.org/fhir/sid/icd-10-cm", "R92.0"), "generic", None),
        (("http://hl7.org/fhir/sid/icd-10-cm", "R92.1"), "generic", None),
    ],
)
def test_a_code_means_the_same_on_the_report_and_in_an_observation(
    code: tuple[str, str], morphology: str, distribution: str | None, rules: Rules
) -> None:
    as_code = observation("o", code)
    as_value = observation("o", (SNOMED, "129714008"), code)
    as_component = observation("o", (SNOMED, "71651007"), component=[component((SNOMED, "129714008"), code)])
    for document in (report(conclusionCode=[concept(code)]), as_code, as_value, as_component):
        finding = only_finding(document, rules)
        assert (finding.morphology, finding.distribution, finding.status) == ((morphology,), distribution, "present")


CATEGORIES = {
    (SNOMED, "397138000"): "0",
    (SNOMED, "397140005"): "1",
    (SNOMED, "397141009"): "2",
    (SNOMED, "397143007"): "3",
    (SNOMED, "397144001"): "4",
    (SNOMED, "397145000"): "5",
    (SNOMED, "6111000179101"): "6",
    ("BI", "MA.II.A.5.4A"): "4A",
    ("urn:dicom:BI", "MA.II.A.5.4B"): "4B",
    ("http://dicom.nema.org/resources/ontology/BI", "ma.ii.a.5.4c"): "4C",
    ("BI", "MA.II.A.5.6"): "6",
    ("BI", "II.AC.b.4"): "4",
    (RDE, "RDE1586_category5HighlySuggestiveOfMalignancy"): "5",
}


@pytest.mark.parametrize(("code", "category"), CATEGORIES.items())
def test_a_category_is_read_from_every_scheme(code: tuple[str, str], category: str, rules: Rules) -> None:
    asked = observation("o", (SNOMED, "146611000146107"), code)
    unasked = observation("o", (LOINC, "36625-2"), code)
    for document in (report(conclusionCode=[concept(code)]), asked, unasked):
        (assessment,) = coded(document, rules).assessments
        assert (assessment.scale, assessment.category, assessment.scope) == ("BI-RADS", category, "overall")


def test_a_category_with_a_side_is_that_breasts(rules: Rules) -> None:
    document = observation(
        "o", (SNOMED, "146611000146107"), (SNOMED, "397144001"), bodySite=concept((SNOMED, "80248007"))
    )
    (assessment,) = coded(document, rules).assessments
    assert (assessment.scope, assessment.laterality) == ("breast", "left")


@pytest.mark.parametrize("value", ["4B", "BI-RADS 4b", "Category 4B", "4 B", {"text": "BI-RADS category 4B"}])
def test_the_answer_to_a_category_question_may_be_words(value: object, rules: Rules) -> None:
    answered = observation("o", (RDE, "RDE1586"), value)  # type: ignore[arg-type]
    assert [(a.scale, a.category) for a in coded(answered, rules).assessments] == [("BI-RADS", "4B")]


@pytest.mark.parametrize("value", [4, {"value": 4}, {"value": 4, "unit": "{score}"}])
def test_the_answer_to_a_category_question_may_be_a_number(value: object, rules: Rules) -> None:
    assert [a.category for a in coded(observation("o", (RDE, "RDE1586"), value), rules).assessments] == ["4"]


def test_density_with_a_side_in_its_icd_code_is_density(rules: Rules) -> None:
    reading = coded(report(conclusionCode=[concept(("http://hl7.org/fhir/sid/icd-10-cm", "R92.343"))]), rules)
    assert (reading.density, reading.assessments, reading.findings) == ("d", (), ())


# ---- where things hide -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (True, "present"),
        (False, "negated"),
        ((SNOMED, "2667000"), "negated"),
        ((SNOMED, "373572006"), "negated"),
        ((SNOMED, "52101004"), "present"),
        ((LOINC, "LA9634-2"), "negated"),
        (("http://terminology.hl7.org/CodeSystem/v2-0136", "N"), "negated"),
        ("absent", "negated"),
        ("Ausente", "negated"),
        ("nicht vorhanden", "negated"),
        ("無", "negated"),
        ("yes", "present"),
        ({"text": "Keine"}, "negated"),
        (None, "present"),
    ],
)
def test_yes_and_no_are_understood_in_every_form(value: object, status: str, rules: Rules) -> None:
    assert only_finding(observation("o", (SNOMED, "309587003"), value), rules).status == status
    if value is not None:
        asked = observation("o", (SNOMED, "71651007"), component=[component((SNOMED, "309587003"), value)])
        assert [f.status for f in coded(asked, rules).findings] == ([] if status == "negated" else ["present"])


def test_data_absent_says_nothing_and_components_still_count(rules: Rules) -> None:
    absent = {
        "dataAbsentReason": concept(("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-applicable"))
    }
    assert coded(observation("o", (SNOMED, "309587003"), **absent), rules).findings == ()
    parts = [
        component((SNOMED, "129714008"), (SNOMED, "697944008")),
        component((SNOMED, "288531002"), (SNOMED, "260388006")),
    ]
    finding = only_finding(observation("o", (SNOMED, "71651007"), component=parts, **absent), rules)
    assert (finding.status, finding.change) == ("present", "stable")


def test_interpretation_is_not_used(rules: Rules) -> None:
    flagged = observation("o", (SNOMED, "309587003"), False, interpretation=[concept((SNOMED, "397145000"))])
    reading = coded(flagged, rules)
    assert (reading.assessments, [f.status for f in reading.findings]) == ((), ["negated"])


@pytest.mark.parametrize(
    "site",
    [
        concept((SNOMED, "80248007")),
        concept((SNOMED, "76752008"), text="Linke Brust"),
        concept(text="left breast"),
        {
            "coding": [{"system": SNOMED, "code": "76752008"}],
            "extension": [{"url": "x", "valueCodeableConcept": concept((SNOMED, "7771000"))}],
        },
    ],
)
def test_a_side_is_found_in_the_site_its_text_or_its_extension(site: dict[str, Any], rules: Rules) -> None:
    assert only_finding(observation("o", (SNOMED, "309587003"), True, bodySite=site), rules).laterality == "left"


def test_a_side_may_be_a_component(rules: Rules) -> None:
    document = observation(
        "o", (SNOMED, "309587003"), True, component=[component((SNOMED, "272741003"), (SNOMED, "24028007"))]
    )
    assert only_finding(document, rules).laterality == "right"


def test_the_morphology_of_a_body_structure_is_the_findings(rules: Rules) -> None:
    structure = {
        "resourceType": "BodyStructure",
        "id": "b",
        "morphology": concept((SNOMED, "12747003")),
        "location": concept((SNOMED, "76752008")),
        "locationQualifier": [concept((SNOMED, "7771000"))],
    }
    extension = [
        {"url": "http://hl7.org/fhir/StructureDefinition/bodySite", "valueReference": {"reference": "BodyStructure/b"}}
    ]
    measured = observation(
        "o", (SNOMED, "439984002"), {"value": 4.2, "unit": "millimeter"}, bodySite={"extension": extension}
    )
    finding = only_finding(bundle(report(measured), measured, structure), rules)
    assert (finding.laterality, finding.extent_mm, finding.morphology) == ("left", 4.2, ("generic",))


def test_a_withdrawn_observation_says_nothing(rules: Rules) -> None:
    for status in ("entered-in-error", "cancelled"):
        reading = coded({**FULL, "status": status}, rules)
        assert (reading.findings, reading.assessments) == ((), ())


# ---- questions in words, beside codes of a site --------------------------------------------------------------------


def labelled(text: str, *codings: tuple[str, ...]) -> dict[str, Any]:
    return {
        "text": text,
        **({"coding": [dict(zip(("system", "code", "display"), c, strict=False)) for c in codings]} if codings else {}),
    }


@pytest.mark.parametrize("codings", [(), (("urn:ris", "Q7"),)])
def test_a_question_may_be_words_beside_a_local_code(codings: tuple[tuple[str, str], ...], rules: Rules) -> None:
    category = observation("o", labelled("BI-RADS category", *codings), "4B")
    assert [(a.scale, a.category) for a in coded(category, rules).assessments] == [("BI-RADS", "4B")]
    density = observation("o", labelled("Densidade mamária", *codings), "C")
    assert coded(density, rules).density == "c"
    present = observation("o", labelled("Microcalcificação", *codings), False)
    assert [f.status for f in coded(present, rules).findings] == ["negated"]
    parts = [
        {"code": labelled("Morphology", *codings), "valueString": "amorphous"},
        {"code": labelled("Distribution", *codings), "valueCodeableConcept": {"text": "clustered"}},
        {"code": labelled("Side", *codings), "valueString": "links"},
    ]
    (finding,) = coded(observation("o", labelled("Calcifications", *codings), True, component=parts), rules).findings
    assert (finding.morphology, finding.distribution, finding.laterality) == (("amorphous",), "grouped", "left")


def test_a_question_is_never_taken_from_a_display_or_out_of_a_longer_text(rules: Rules) -> None:
    shown = observation("o", concept(("urn:ris", "Q7", "BI-RADS category")), "4")
    longer = observation("o", labelled("Recalled for BI-RADS category"), "4")
    prior = observation("o", labelled("Prior BI-RADS"), "4")
    for document in (shown, longer, prior):
        assert coded(document, rules).assessments == ()


def test_a_finding_in_words_is_one_where_they_speak_of_calcifications(rules: Rules) -> None:
    def named(text: str) -> list[tuple[str, ...]]:
        part = {"code": concept((SNOMED, "129714008")), "valueCodeableConcept": {"text": text}}
        return [f.morphology for f in coded(observation("o", (SNOMED, "71651007"), component=[part]), rules).findings]

    assert named("Round calcifications") == [("round",)]
    assert named("Round mass") == []


# ---- recommendations, risk, context ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "code", "actions"),
    [
        (f"{IG}/ServiceRecommendationsCS", "Mammogram6MonthFollow-up", [("short-interval-mammogram", 6)]),
        (
            f"{IG}/ServiceRecommendationsCS",
            "MammogramAndUltrasound3MonthFollow-up",
            [("short-interval-mammogram", 3), ("ultrasound", 3)],
        ),
        (
            f"{IG}/RecommendationsCodeSystemCS",
            "AddlitionalViewsWithPossibleUltrasound",
            [("additional-views", None), ("ultrasound", None)],
        ),
        (f"{IG}/ServiceRecommendationsCS", "Poss.StereotacticBx", [("stereotactic-biopsy", None)]),
        (
            "https://tx.hl7.lt/fhir/CodeSystem/breast-questionnaire-options",
            "rec-follow-up-6m",
            [("short-interval-mammogram", 6)],
        ),
        (DCM, "111140", [("routine-screening", None)]),
        (DCM, "111136", [("magnification-views", None)]),
        (SNOMED, "116334007", [("stereotactic-biopsy", None)]),
    ],
)
def test_recommendations_are_read_from_requests(
    system: str, code: str, actions: list[tuple[str, int | None]], rules: Rules
) -> None:
    order = {
        "resourceType": "ServiceRequest",
        "id": "s",
        "status": "active",
        "subject": PATIENT,
        "code": concept((system, code)),
    }
    r5 = {**order, "code": {"concept": concept((system, code))}, "bodySite": [concept((SNOMED, "80248007"))]}
    for request, side in ((order, "unknown"), (r5, "left")):
        found = coded(bundle(report(), request), rules).recommendations
        assert [(r.action, r.interval_months) for r in found] == actions
        assert {r.laterality for r in found} == {side}


def test_a_request_that_is_done_asks_for_nothing(rules: Rules) -> None:
    order = {
        "resourceType": "ServiceRequest",
        "id": "s",
        "status": "completed",
        "subject": PATIENT,
        "code": concept((DCM, "111143")),
    }
    assert coded(bundle(report(), order), rules).recommendations == ()


def condition(code: tuple[str, str], **more: object) -> dict[str, Any]:
    return {"resourceType": "Condition", "id": "k", "subject": PATIENT, "code": concept(code), **more}


ICD = "http://hl7.org/fhir/sid/icd-10-cm"


@pytest.mark.parametrize(
    ("resource", "risks"),
    [
        (condition((ICD, "Z85.3")), ["personal-breast-cancer"]),
        (condition((ICD, "Z15.01")), ["brca"]),
        (condition((ICD, "Z90.13")), ["mastectomy-left", "mastectomy-right"]),
        (condition((ICD, "Z90.12")), ["mastectomy-left"]),
        (condition((ICD, "Z90.10")), []),
        (condition((SNOMED, "172043006")) | {"resourceType": "Procedure", "status": "completed"}, []),
        (
            condition((SNOMED, "172043006"), bodySite=[concept((SNOMED, "73056007"))])
            | {"resourceType": "Procedure", "status": "completed"},
            ["mastectomy-right"],
        ),
        (condition((ICD, "C50.911"), recordedDate="2019-01-01"), ["personal-breast-cancer"]),
        (condition((SNOMED, "6660000")), ["high-risk-lesion-history"]),
        (observation("g", (SNOMED, "412734009"), True), ["brca"]),
        (observation("g", (SNOMED, "412734009"), (SNOMED, "10828004")), ["brca"]),
        (observation("g", (SNOMED, "412734009"), False), []),
        (observation("g", (SNOMED, "412734009"), (LOINC, "LA6577-6")), []),
        (observation("g", (SNOMED, "412734009"), "negative"), []),
    ],
)
def test_risks_are_read_from_what_is_known_of_the_person(
    resource: dict[str, Any], risks: list[str], rules: Rules
) -> None:
    """SEED-26: from the same message, or seen earlier."""
    other = observation("x", (LOINC, "718-7"), subject={"reference": "Patient/other"})
    document = bundle(
        report(), other, {**resource, "effectiveDateTime": "2020-01-01"} if "code" in resource else resource
    )
    assert [risk.risk for risk in coded(document, rules).risks] == risks


def test_a_relative_counts_only_with_a_degree_and_a_breast_cancer(rules: Rules) -> None:
    def relative(kin: str, disease: str) -> dict[str, Any]:
        return {
            "resourceType": "FamilyMemberHistory",
            "id": "f",
            "patient": PATIENT,
            "relationship": concept(("http://terminology.hl7.org/CodeSystem/v3-RoleCode", kin)),
            "condition": [{"code": concept((SNOMED, disease))}],
        }

    def risks(kin: str, disease: str) -> list[str]:
        return [risk.risk for risk in coded(bundle(report(), relative(kin, disease)), rules).risks]

    assert risks("MTH", "254837009") == ["family-history-first-degree"]
    assert risks("COUSN", "254837009") == []
    assert risks("MTH", "44054006") == []


def test_symptoms_are_read_from_conditions(rules: Rules) -> None:
    assert len(coded(bundle(report(), condition((SNOMED, "53430007"))), rules).symptoms) == 1
    assert len(coded(bundle(report(), condition((ICD, "N63.21"))), rules).symptoms) == 1


def test_a_diagnosis_made_since_the_exam_answers_it(rules: Rules) -> None:
    """SEED-11: tissue results as Conditions; an older one is history."""
    dcis = condition((ICD, "D05.12"), onsetDateTime="2026-10-10")
    reading = coded(bundle(report(), dcis), rules)
    assert [(p.diagnosis, p.laterality) for p in reading.pathology] == [("dcis", "left")]
    older = coded(bundle(report(), {**dcis, "onsetDateTime": "2020-01-01"}), rules)
    assert (older.pathology, [r.risk for r in older.risks]) == ((), ["personal-breast-cancer"])
