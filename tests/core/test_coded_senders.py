"""
Files as further senders would write them: other systems, other languages, other places, and contradictions of each.

Each case says what a careful reader takes from the codes, and what stays a question.
"""

import itertools
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
    coded,
    component,
    concept,
    observation,
    read,
    report,
    report_of,
    subjects,
)
from worker.core.model import Reading
from worker.core.relevance import relevance_of
from worker.core.rules import Rules
from worker.core.standalone import decide_document

Json = dict[str, Any]
Code = tuple[str, str]

ICD = "http://hl7.org/fhir/sid/icd-10-cm"
DCM = "http://dicom.nema.org/resources/ontology/DCM"
LEFT, RIGHT = (SNOMED, "80248007"), (SNOMED, "73056007")
GUIDE2 = "http://hl7.org/fhir/us/breast-radiology/CodeSystem"

# Types and distributions as v0.3 codes, and as the codes of DICOM and SNOMED CT or of the second ballot.
TYPES: dict[str, tuple[Code, Code]] = {
    "skin": ((RDE, "RDE1565_skin"), (SNOMED, "129757003")),
    "vascular": ((RDE, "RDE1565_vascular"), (SNOMED, "396779001")),
    "coarse": ((RDE, "RDE1565_coarse"), ("SRT", "F-01761")),
    "large-rod-like": ((RDE, "RDE1565_largeRoadlike"), (SNOMED, "129752009")),
    "round": ((RDE, "RDE1565_spherical"), (SNOMED, "129756007")),
    "punctate": ((RDE, "RDE1565_punctate"), ("SNM3", "F-01767")),
    "rim": ((RDE, "RDE1565_eggshell"), (SNOMED, "129751002")),
    "lucent-centered": ((RDE, "RDE1565_lucentCentered"), (f"{GUIDE2}/MammoCalcificationTypeCS", "Lucent-centered")),
    "dystrophic": ((RDE, "RDE1565_dystrophic"), ("99SDM", "F-01762")),
    "milk-of-calcium": ((RDE, "RDE1565_layering"), (SNOMED, "129753004")),
    "suture": ((RDE, "RDE1565_sature"), (SNOMED, "129758008")),
    "amorphous": ((RDE, "RDE1565_indistinct"), ("urn:oid:2.16.840.1.113883.6.96", "129760005")),
    "coarse-heterogeneous": ((RDE, "RDE1565_coarseHeterogeneous"), (SNOMED, "129763007")),
    "fine-pleomorphic": ((RDE, "RDE1565_finePleomorphic"), ("DCM", "111344")),
    "fine-linear-branching": ((RDE, "RDE1565_fineLinear"), ("SCT", "129762002")),
}
SPREADS: dict[str, tuple[Code, Code]] = {
    "diffuse": ((RDE, "RDE1568_diffuse"), (SNOMED, "129764001")),
    "regional": ((RDE, "RDE1568_regional"), ("SRT", "F-01773")),
    "grouped": ((RDE, "RDE1568_clustered"), (SNOMED, "129769006")),
    "linear": ((RDE, "RDE1568_linear"), (f"{GUIDE2}/CalcificationDistributionCS", "LinearDistribution")),
    "segmental": ((RDE, "RDE1568_segmental"), (SNOMED, "129768003")),
}


@pytest.mark.parametrize("scheme", [0, 1], ids=["guide", "dicom"])
def test_every_type_with_every_distribution_is_read_in_both_coded_places(scheme: int, rules: Rules) -> None:
    for (shape, types), (spread, spreads) in itertools.product(TYPES.items(), SPREADS.items()):
        in_parts = calcification(
            "c",
            component((RDE, "RDE1565"), types[scheme]),
            component((RDE, "RDE1568"), spreads[scheme]),
            bodySite=concept(LEFT),
        )
        named = observation(
            "c", (SNOMED, "129748009"), types[scheme], bodySite=concept(LEFT), component=in_parts["component"][2:]
        )
        for document in (in_parts, named):
            (finding,) = coded(bundle(report(document), document), rules).findings
            assert (finding.laterality, finding.morphology, finding.distribution) == ("left", (shape,), spread)


# ---- names of systems ------------------------------------------------------------------------------------------------

SYSTEMS = {
    "urn:oid:2.16.840.1.113883.6.96": "129762002",
    "2.16.840.1.113883.6.96": "129762002",
    "http://snomed.info/sct/": "129762002",
    "HTTP://SNOMED.INFO/SCT": "129762002",
    "http://snomed.info/sct/731000124108/version/20260301": "129762002",
    "http://snomed.info/sct|http://snomed.info/sct/900000000000207008": "129762002",
    "SNOMED CT": "129762002",
    "sct": "129762002",
    "1.2.840.10008.2.16.4": "111344",
    "http://terminology.hl7.org/CodeSystem/DCM": "111344",
    "2.16.840.1.113883.6.5": "F-0176E",
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_code_system_is_known_by_its_uri_oid_or_designator_in_any_case(system: str, rules: Rules) -> None:
    document = observation("c", (SNOMED, "309587003"), (system, SYSTEMS[system]))
    assert coded(document, rules).findings[0].morphology in {("fine-linear-branching",), ("fine-pleomorphic",)}


@pytest.mark.parametrize("code", ["R92.0", "R920", "r92.1", "R921"])
def test_icd_codes_are_read_with_and_without_their_point(code: str, rules: Rules) -> None:
    (finding,) = coded(report(conclusionCode=[concept((ICD, code))]), rules).findings
    assert (finding.morphology, finding.laterality) == (("generic",), "unknown")


@pytest.mark.parametrize(
    ("code", "side"), [("C50.411", "right"), ("C50412", "left"), ("C50.919", "unknown"), ("D05.82", "left")]
)
def test_an_icd_cancer_keeps_the_side_that_its_code_says(code: str, side: str, rules: Rules) -> None:
    (tissue,) = coded(report(conclusionCode=[concept((ICD, code))]), rules).pathology
    assert (tissue.laterality, tissue.is_hedged) == (side, True)  # an imaging report saw no tissue


@pytest.mark.parametrize("code", ["R92.2", "R92.8", "R92", "Z12.31", "N64.89"])
def test_other_icd_codes_of_the_breast_name_no_calcification(code: str, rules: Rules) -> None:
    assert coded(report(conclusionCode=[concept((ICD, code))]), rules).findings == ()


def test_a_code_that_says_microcalcification_against_a_denial_is_a_conflict_and_no_finding(rules: Rules) -> None:
    document = report(conclusionCode=[concept((ICD, "R920"))], conclusion="No calcifications. BI-RADS 1: negative.")
    reading = read(document, rules)
    assert not [one for one in reading.findings if one.status == "present"]
    assert ("C-09", "presence-text-code") in subjects(reading)


# ---- answers in words ------------------------------------------------------------------------------------------------


def answered(question: Json | Code, value: object, rules: Rules) -> Reading:
    one = observation("a", question, value)
    return coded(bundle(report(one), one), rules)


CATEGORY = {"text": "BI-RADS assessment"}


@pytest.mark.parametrize(
    ("value", "category"),
    [
        ("4B", "4B"),
        ("BI-RADS IVb", "4B"),
        ("BIRADS-IV", "4"),
        ("III", "3"),
        ("Category 4 - suspicious", "4"),
        ("2, benign", "2"),
        ("0 (incomplete)", "0"),
        ("BI-RADS Kategorie 4a", "4A"),
        ("Categoría 5", "5"),
        ("catégorie 3", "3"),
        ("BI-RADS 4C級", "4C"),
        ("4类", "4"),
        (5, "5"),
        ({"text": "BI-RADS 4b"}, "4B"),
        ({"coding": [{"system": "http://snomed.info/sct", "code": "397144001"}], "text": "BI-RADS IVa"}, "4A"),
    ],
)
def test_a_category_in_words_or_figures_is_read(value: object, category: str, rules: Rules) -> None:
    reading = answered(CATEGORY, value, rules)
    assert [one.category for one in reading.assessments] == [category]
    assert reading.doubts == ()


@pytest.mark.parametrize("value", ["M4", "ACR 4", "TI-RADS 4", "4, 5", "pending", "N/A", 7, "四"])
def test_what_is_no_category_of_the_scale_is_never_taken_for_one(value: object, rules: Rules) -> None:
    reading = answered(CATEGORY, value, rules)
    assert reading.assessments == ()
    assert {rule for rule, _ in subjects(reading)} == {"C-10"}


@pytest.mark.parametrize(("value", "category"), [("4-5", "5"), ("3/4", "4"), ("4A / 4B", "4B"), ({"text": "0/4"}, "4")])
def test_of_a_range_the_higher_stands_and_is_held(value: object, category: str, rules: Rules) -> None:
    """C-09, section 2.8: a range is read as its higher end."""
    reading = answered(CATEGORY, value, rules)
    assert [one.category for one in reading.assessments] == [category]
    assert {rule for rule, _ in subjects(reading)} == {"C-09"}


@pytest.mark.parametrize("value", ["4?", "2 ?", {"text": "BI-RADS 2？"}])
def test_a_category_with_a_question_mark_stands_and_is_held(value: object, rules: Rules) -> None:
    """C-01, INV-3."""
    reading = answered(CATEGORY, value, rules)
    assert len(reading.assessments) == 1
    assert subjects(reading) == {("C-01", "category-in-question")}


@pytest.mark.parametrize(
    ("shape", "spread", "expected"),
    [
        ("feinfleckig-pleomorph", "gruppiert", ("fine-pleomorphic", "grouped")),
        ("amorphe Mikroverkalkungen", "segmental", ("amorphous", "segmental")),
        ("pleomórficas finas", "agrupadas", ("fine-pleomorphic", "grouped")),
        ("heterogéneas gruesas", "regionales", ("coarse-heterogeneous", "regional")),
        ("grosseiras heterogêneas", "difusas", ("coarse-heterogeneous", "diffuse")),
        ("fines linéaires", "en amas", ("fine-linear-branching", "grouped")),
        ("amorfiniai kalcinatai", "grupuoti", ("amorphous", "grouped")),
        ("細小多形性鈣化", "簇狀分布", ("fine-pleomorphic", "grouped")),
        ("Fine linear branching", "Segmental", ("fine-linear-branching", "segmental")),
    ],
)
@pytest.mark.parametrize("as_concept", [True, False], ids=["concept", "string"])
def test_descriptors_in_other_languages_are_read(
    shape: str, spread: str, expected: tuple[str, str], as_concept: bool, rules: Rules
) -> None:
    values = [concept(text=shape), concept(text=spread)] if as_concept else [shape, spread]
    document = calcification("c", component((RDE, "RDE1565"), values[0]), component((RDE, "RDE1568"), values[1]))
    reading = coded(document, rules)
    (finding,) = reading.findings
    assert (*finding.morphology, finding.distribution) == expected
    assert reading.doubts == ()


@pytest.mark.parametrize("words", ["no pleomorphic forms", "nicht pleomorph", "sin formas pleomórficas", "沒有多形性"])
def test_a_descriptor_that_its_words_deny_is_not_read_and_held(words: str, rules: Rules) -> None:
    reading = coded(calcification("c", component((RDE, "RDE1565"), words)), rules)
    assert reading.findings[0].morphology == ("generic",)
    assert ("C-09", "morphology-not-read") in subjects(reading)


@pytest.mark.parametrize(
    "value",
    [
        (SNOMED, "260415000"),
        (SNOMED, "47492008"),
        (SNOMED, "410594000"),
        (SNOMED, "410516002"),
        "not detected",
        "none seen",
        "nenustatyta",
        "未見",
        False,
    ],
)
def test_not_there_is_understood_however_it_is_said(value: object, rules: Rules) -> None:
    assert [one.status for one in answered((SNOMED, "309587003"), value, rules).findings] == ["negated"]


@pytest.mark.parametrize(("code"), ["410592001", "410593006"])
def test_probably_is_neither_there_nor_not(code: str, rules: Rules) -> None:
    reading = answered((SNOMED, "309587003"), (SNOMED, code), rules)
    assert [one.status for one in reading.findings] == ["hypothetical"]
    assert reading.doubts != ()


@pytest.mark.parametrize(
    ("question", "value", "sizes"),
    [
        ("RDE1569", "12 mm", (12.0, None, None)),
        ("RDE1569", "1,5 cm", (15.0, None, None)),
        ("RDE1569", "5 x 12 mm", (12.0, None, None)),
        ("RDE1570", "0.5 x 0.7 mm", (None, 0.7, None)),
        ("RDE1569", {"low": {"value": 1, "unit": "cm"}, "high": {"value": 2.5, "unit": "cm"}}, (25.0, None, None)),
        ("RDE1569", {"value": 1, "code": "[in_i]", "system": "http://unitsofmeasure.org"}, (25.4, None, None)),
        ("RDE1567", 7, (None, None, 7)),
        ("RDE1567", {"low": {"value": 5}, "high": {"value": 9}}, (None, None, 9)),
        ("RDE1567", True, (None, None, None)),
        ("RDE1567", "multiple", (None, None, None)),
        ("RDE1569", "12", (None, None, None)),
        ("RDE1569", "12 mm from the nipple", (None, None, None)),
    ],
)
def test_sizes_and_counts_are_read_from_figures_only(
    question: str, value: object, sizes: tuple[float | None, float | None, int | None], rules: Rules
) -> None:
    (finding,) = coded(calcification("c", component((RDE, question), value)), rules).findings
    assert (finding.extent_mm, finding.particle_mm, finding.count) == sizes


@pytest.mark.parametrize(
    ("words", "side", "quadrant"),
    [
        ("Linke Brust, oberer äußerer Quadrant", "left", "upper-outer"),
        ("kairė krūtis, viršutinis išorinis kvadrantas", "left", "upper-outer"),
        ("mama direita, quadrante inferior medial", "right", "lower-inner"),
        ("sein gauche, quadrant supéro-externe", "left", "upper-outer"),
        ("左乳外上象限", "left", "upper-outer"),
        ("L breast UOQ", "left", "upper-outer"),
        ("Breast - R, LIQ", "right", "lower-inner"),
        ("RT", "right", None),
        ("both breasts", "bilateral", None),
        ("left and right breast", "bilateral", None),
        ("Rapid breast screening", "unknown", None),
    ],
)
def test_a_site_in_words_of_any_language_is_read(words: str, side: str, quadrant: str | None, rules: Rules) -> None:
    (finding,) = coded(calcification("c", bodySite=concept(text=words)), rules).findings
    assert (finding.laterality, finding.quadrant) == (side, quadrant)


# ---- sides, lesions, distributions -----------------------------------------------------------------------------------


def test_the_side_of_a_conclusion_code_may_stand_in_its_text(rules: Rules) -> None:
    codes = [concept((SNOMED, "397141009"), text="right"), concept((SNOMED, "397144001"), text="linke Brust")]
    reading = coded(report(conclusionCode=codes), rules)
    assert [(one.category, one.laterality) for one in reading.assessments] == [("2", "right"), ("4", "left")]


def test_a_text_that_names_both_breasts_apart_gives_a_conclusion_code_no_side(rules: Rules) -> None:
    code = concept((SNOMED, "397144001"), text="right: nothing; left: suspicious")
    assert [one.laterality for one in coded(report(conclusionCode=[code]), rules).assessments] == ["unknown"]


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("BI-RADS 4, left breast", "left"),
        ("rechts", "right"),
        ("BI-RADS 4 (mama derecha)", "right"),
        ("BI-RADS 4; left mastectomy", "unknown"),
        ("BI-RADS 4, compared with the left breast", "unknown"),
    ],
)
def test_only_a_side_that_stands_by_itself_is_that_of_a_conclusion_code(words: str, side: str, rules: Rules) -> None:
    code = concept((SNOMED, "397144001"), text=words)
    assert [one.laterality for one in coded(report(conclusionCode=[code]), rules).assessments] == [side]


@pytest.mark.parametrize("lesion", ["RDES243", "RDES246"])
def test_the_size_of_a_cyst_or_mass_with_calcifications_is_its_own(lesion: str, rules: Rules) -> None:
    size = component((RDE, "RDE1570"), {"value": 22, "unit": "mm"})
    feature = component((RDE, "RDE1571"), (RDE, "RDE1571_calcifications"))
    (finding,) = coded(observation("m", (RDE, lesion), component=[size, feature]), rules).findings
    assert (finding.particle_mm, finding.extent_mm) == (None, None)
    assert finding.associated == (("mass",) if lesion == "RDES246" else ())


@pytest.mark.parametrize(
    ("first", "second", "stands", "is_held"),
    [
        ("diffuse", "segmental", "segmental", True),
        ("grouped", "linear", "linear", False),
        ("regional", "grouped", "regional", False),
        ("linear", "linear", "linear", False),
    ],
)
def test_of_two_distributions_the_more_worrying_stands(
    first: str, second: str, stands: str, is_held: bool, rules: Rules
) -> None:
    parts = [component((RDE, "RDE1568"), (RDE, f"RDE1568_{name}")) for name in (first, second)]
    reading = coded(calcification("c", *parts), rules)
    assert reading.findings[0].distribution == stands
    assert (("C-09", "codes-distribution") in subjects(reading)) == is_held


# ---- whom and what it is about ---------------------------------------------------------------------------------------


SPECIMEN = {
    "resourceType": "Specimen",
    "id": "s",
    "subject": PATIENT,
    "collection": {"bodySite": concept(RIGHT)},
}


@pytest.mark.parametrize("about", [{"specimen": {"reference": "Specimen/s"}}, {"focus": [{"reference": "Specimen/s"}]}])
def test_calcifications_of_a_specimen_are_none_of_the_breast(about: Json, rules: Rules) -> None:
    one = calcification("c", component((RDE, "RDE1565"), (RDE, "RDE1565_finePleomorphic")), **about)
    assert coded(bundle(report(one), one, SPECIMEN), rules).findings == ()


@pytest.mark.parametrize("person", ["RelatedPerson/mother", "Patient/other"])
def test_a_finding_in_focus_of_another_person_is_that_persons(person: str, rules: Rules) -> None:
    one = calcification("c", focus=[{"reference": person}])
    assert report_of(bundle(report(one), one), rules).observations[0].patient == person


def test_a_focus_on_a_lesion_changes_nothing(rules: Rules) -> None:
    one = calcification("c", focus=[{"reference": "Condition/k"}])
    assert report_of(bundle(report(one), one), rules).observations[0].patient == "Patient/p1"


def tissue_report(*results: Json, **more: object) -> Json:
    return report(*results, code=(LOINC, "22637-3"), **more)


def test_the_side_of_a_tissue_report_is_that_of_its_specimen(rules: Rules) -> None:
    dcis = concept((SNOMED, "399935008"))
    concluded = tissue_report(conclusionCode=[dcis], specimen=[{"reference": "Specimen/s"}])
    diagnosed = observation("t", (LOINC, "22637-3"), dcis)
    cited = tissue_report(diagnosed, specimen=[{"reference": "Specimen/s"}])
    for document in (bundle(concluded, SPECIMEN), bundle(cited, diagnosed, SPECIMEN)):
        assert [(one.diagnosis, one.laterality) for one in coded(document, rules).pathology] == [("dcis", "right")]


def test_tissue_of_the_breast_is_ours_by_its_specimen_alone(rules: Rules) -> None:
    document = tissue_report(conclusionCode=[concept((SNOMED, "82711006"))], specimen=[{"reference": "Specimen/s"}])
    lung = {**SPECIMEN, "collection": {"bodySite": concept((SNOMED, "39607008"))}}
    assert relevance_of(report_of(bundle(document, SPECIMEN), rules), rules).is_ours
    assert not relevance_of(report_of(bundle(document, lung), rules), rules).is_ours


# ---- tissue in words -------------------------------------------------------------------------------------------------

HISTOLOGY = {"text": "Histology"}


@pytest.mark.parametrize(
    ("words", "diagnosis"),
    [
        ("DCIS", "dcis"),
        ("B5b - invasive", "invasive"),
        ("Ductal carcinoma in situ, right breast", "dcis"),
        ("Fibroadenoma", "benign"),
    ],
)
def test_a_diagnosis_alone_or_at_the_head_is_read(words: str, diagnosis: str, rules: Rules) -> None:
    one = observation("t", HISTOLOGY, words)
    document = bundle(report(one, code=(LOINC, "66110-8")), one)
    assert [found.diagnosis for found in coded(document, rules).pathology] == [diagnosis]


@pytest.mark.parametrize(
    "words",
    [
        "No evidence of DCIS or invasive carcinoma. Fibrocystic change.",
        "Negative for ductal carcinoma in situ",
        "Suspicious for DCIS",
        "Kein Anhalt für DCIS",
    ],
)
def test_a_diagnosis_is_never_picked_out_of_a_sentence(words: str, rules: Rules) -> None:
    one = observation("t", HISTOLOGY, words)
    document = bundle(report(one, code=(LOINC, "66110-8")), one)
    assert coded(document, rules).pathology == ()
    told = [found.diagnosis for found in read(document, rules).pathology if not found.is_hedged]
    assert told in ([], ["benign"])  # "Fibrocystic change." is a sentence of its own


def test_a_benign_text_beside_a_malignant_code_is_held_and_the_worse_stands(rules: Rules) -> None:
    one = observation("t", HISTOLOGY, concept((SNOMED, "399935008"), text="Fibroadenoma"))
    reading = coded(bundle(report(one, code=(LOINC, "66110-8")), one), rules)
    assert [found.diagnosis for found in reading.pathology] == ["dcis"]
    assert ("C-09", "code-text-pathology") in subjects(reading)


# ---- what is known of the person -------------------------------------------------------------------------------------


def risks(rules: Rules, *resources: Json) -> list[str]:
    return [one.risk for one in coded(bundle(report(conclusion="BI-RADS 2."), *resources), rules).risks]


def about(kind: str, code: Json | Code, **more: object) -> Json:
    coding = concept(code) if isinstance(code, tuple) else code
    return {"resourceType": kind, "id": "k", "subject": PATIENT, "code": coding, **more}


@pytest.mark.parametrize(("status", "is_gone"), [("completed", True), ("preparation", False), ("on-hold", False)])
def test_a_breast_is_gone_only_after_the_operation(status: str, is_gone: bool, rules: Rules) -> None:
    operation = about("Procedure", (SNOMED, "172043006"), status=status, bodySite=[concept(LEFT)])
    assert risks(rules, operation) == (["mastectomy-left"] if is_gone else [])


def verified(code: str) -> Json:
    return concept(("http://terminology.hl7.org/CodeSystem/condition-ver-status", code))


def test_a_diagnosis_that_is_not_confirmed_is_hedged_and_no_history(rules: Rules) -> None:
    cancer = about("Condition", (SNOMED, "254837009"), verificationStatus=verified("differential"))
    assert risks(rules, {**cancer, "recordedDate": "2019-01-01"}) == []
    since = coded(bundle(report(), {**cancer, "recordedDate": "2026-10-10"}), rules)
    assert [one.is_hedged for one in since.pathology] == [True]


@pytest.mark.parametrize(("clinical", "count"), [("active", 1), ("recurrence", 1), ("resolved", 0), ("inactive", 0)])
def test_a_symptom_of_the_past_is_none(clinical: str, count: int, rules: Rules) -> None:
    status = concept(("http://terminology.hl7.org/CodeSystem/condition-clinical", clinical))
    lump = about("Condition", (SNOMED, "89164003"), clinicalStatus=status)
    assert len(coded(bundle(report(), lump), rules).symptoms) == count


@pytest.mark.parametrize(
    ("relative", "disease", "expected"),
    [
        ("mother", "Breast cancer", ["family-history-first-degree"]),
        ("Schwester", "Mammakarzinom", ["family-history-first-degree"]),
        ("aunt", "Breast cancer", []),
        ("mother", "Ovarian cancer", []),
        ("mother", "No breast cancer", []),
    ],
)
def test_a_relative_in_words_counts_as_in_codes(relative: str, disease: str, expected: list[str], rules: Rules) -> None:
    history = {"resourceType": "FamilyMemberHistory", "id": "f", "status": "completed", "patient": PATIENT}
    history |= {"relationship": concept(text=relative), "condition": [{"code": concept(text=disease)}]}
    assert risks(rules, history) == expected


def variant(significance: str = "LA6668-3", gene: str = "HGNC:1100", value: str = "LA9633-4") -> Json:
    parts = [
        component((LOINC, "48018-6"), ("http://www.genenames.org/geneId", gene)),
        component((LOINC, "53037-8"), (LOINC, significance)),
    ]
    return observation("g", (LOINC, "69548-6"), (LOINC, value), component=parts)


@pytest.mark.parametrize("day", ["2026-10-01", "2020-01-01"], ids=["with the report", "earlier"])
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (variant(), ["brca"]),
        (variant("LA26332-9", "HGNC:1101"), ["brca"]),
        (variant("LA6675-8"), []),
        (variant("LA26333-7"), []),
        (variant("LA6684-0"), []),
        (variant(value="LA9634-2"), []),
        (variant(gene="HGNC:11389"), []),
        (observation("g", {"text": "BRCA1 gene mutation"}, "positive"), ["brca"]),
        (observation("g", {"text": "BRCA1 gene mutation"}, "negative"), []),
    ],
)
def test_a_gene_is_a_risk_only_with_a_harmful_inherited_variant(
    found: Json, expected: list[str], day: str, rules: Rules
) -> None:
    assert risks(rules, {**found, "effectiveDateTime": day}) == expected


@pytest.mark.parametrize(
    ("code", "words", "diagnosis", "is_held"),
    [
        ("21594007", "B4", "invasive", True),  # malignant and "suspicious of": the malignant one stands, hedged
        ("21594007", "B5a", "dcis", False),
        ("21594007", "ADH", "invasive", True),
        ("258270003", "Papilloma", "papilloma", False),
        ("82334004", "B3", "b3", False),  # "indeterminate" says nothing of tissue; its text does
        ("10179008", "B5b", "invasive", False),
        ("30807003", "B2", "benign", False),
    ],
)
def test_a_text_beside_a_diagnosis_is_finer_or_a_contradiction(
    code: str, words: str, diagnosis: str, is_held: bool, rules: Rules
) -> None:
    one = observation("t", (SNOMED, "271937008"), concept((SNOMED, code), text=words))
    reading = coded(one, rules)
    assert [found.diagnosis for found in reading.pathology] == [diagnosis]
    assert (("C-09", "code-text-pathology") in subjects(reading)) == is_held


# ---- what the report asks for ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "action", "side"),
    [
        ("Stereotactic biopsy left breast", "stereotactic-biopsy", "left"),
        ("Stereotaktische Vakuumbiopsie rechts", "stereotactic-biopsy", "right"),
        ("US-guided core biopsy", "ultrasound-guided-biopsy", "unknown"),
        ("Core needle biopsy", "biopsy", "unknown"),
        ("6-month follow-up mammogram", "short-interval-mammogram", "unknown"),
        ("Spot magnification, left", "magnification-views", "left"),
        ("Ecografía mama derecha", "ultrasound", "right"),
    ],
)
def test_an_order_in_words_is_read(words: str, action: str, side: str, rules: Rules) -> None:
    order = about("ServiceRequest", concept(text=words), status="active", intent="order")
    reading = coded(bundle(report(), order), rules)
    assert [(one.action, one.laterality) for one in reading.recommendations] == [(action, side)]
    assert reading.doubts == ()


@pytest.mark.parametrize(
    ("order", "subject"),
    [
        (
            about("ServiceRequest", concept(text="Discuss in tumour board"), status="draft", intent="proposal"),
            "recommendation",
        ),
        (about("ServiceRequest", ("urn:ris", "77"), status="active", intent="plan"), "unknown-code"),
        (
            about("ServiceRequest", ("urn:ris", "77"), status="active", intent="order", bodySite=[concept(LEFT)]),
            "unknown-code",
        ),
        (about("ServiceRequest", ("urn:ris", "77"), status="active", intent="order"), None),
        (about("ServiceRequest", ("urn:ris", "77"), status="completed", intent="plan"), None),
        (
            about("ServiceRequest", concept(text="No biopsy needed"), status="draft", intent="proposal"),
            "recommendation",
        ),
    ],
)
def test_a_wish_that_nobody_can_read_is_held(order: Json, subject: str | None, rules: Rules) -> None:
    reading = coded(bundle(report(), order), rules)
    assert reading.recommendations == ()
    assert {one for _, one in subjects(reading)} == ({subject} if subject else set())


def test_an_unknown_answer_to_what_is_recommended_is_held(rules: Rules) -> None:
    one = observation("a", {"text": "Recommendation"}, ("urn:ris", "77"))
    assert ("C-09", "unknown-code") in subjects(coded(bundle(report(one), one), rules))


ASKED_IN = {
    "de": [("Verkalkungstyp", "amorph"), ("Verteilung", "gruppiert"), ("Seite", "links"), ("BI-RADS Kategorie", "4b")],
    "pt": [("Morfologia", "Amorfas"), ("Distribuição", "Agrupadas"), ("Lado", "Esquerda"), ("Categoria BI-RADS", "4B")],
    "es": [
        ("Morfología", "Amorfas"),
        ("Distribución", "Agrupadas"),
        ("Lado", "Izquierda"),
        ("Categoría BI-RADS", "4B"),
    ],
    "fr": [
        ("Morphologie", "Poussiéreuses"),
        ("Répartition", "En foyer"),
        ("Côté", "Gauche"),
        ("Classification ACR", "4B"),
    ],
    "lt": [
        ("Morfologija", "amorfiniai"),
        ("Pasiskirstymas", "grupuoti"),
        ("Pusė", "kairė"),
        ("BI-RADS kategorija", "IVb"),
    ],
    "zh": [("鈣化型態", "無定形"), ("鈣化分布", "簇狀"), ("側別", "左"), ("BI-RADS 分類", "4B")],
}


@pytest.mark.parametrize("language", ASKED_IN)
def test_questions_in_words_of_any_language_are_answered(language: str, rules: Rules) -> None:
    parts = [{"code": {"text": question}, "valueString": answer} for question, answer in ASKED_IN[language]]
    reading = coded(observation("g", {"text": "?"}, component=parts), rules)
    (finding,), (assessment,) = reading.findings, reading.assessments
    assert (finding.morphology, finding.distribution, finding.laterality) == (("amorphous",), "grouped", "left")
    assert (assessment.category, assessment.laterality, reading.doubts) == ("4B", "left", ())


def test_a_member_about_another_person_is_asked_about_however_deep(rules: Rules) -> None:
    inner = calcification("c", subject={"reference": "Patient/other"})
    middle = observation("m", ("urn:ris", "1"), hasMember=[{"reference": "Observation/c"}])
    outer = observation("o", ("urn:ris", "1"), hasMember=[{"reference": "Observation/m"}])
    document = bundle(report(outer, conclusion="BI-RADS 2."), outer, middle, inner)
    (outcome,) = decide_document(document, rules, date(2026, 11, 1))
    assert "C-17" in {issue.rule for issue in outcome.issues}
