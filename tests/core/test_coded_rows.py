"""
Each row of ``codes.csv``, ``concepts.csv``, ``systems.csv`` and ``relevance.csv`` is used by a case.

The cases are made from the rows and go through real FHIR shapes, ``read_report`` and ``read_coded``: what comes out
must be what the row says. The last tests list rows that no case used.
"""

from collections.abc import Callable, Iterator
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
    report,
    report_of,
)
from worker.core.model import Reading
from worker.core.relevance import quick_relevance, relevance_of
from worker.core.rules import Rules
from worker.core.rules.coding_rows import CodeRow, Concept, RelevanceRow
from worker.tables import load_rules

RULES = load_rules()
VOCABULARY = RULES.vocabulary
CODES = tuple(VOCABULARY.codes.values())
Code = tuple[str, str]

# The question whose answer a group is, in the guide's own codes.
QUESTION = {
    "presence": (RDE, "RDE1556"),
    "morphology": (RDE, "RDE1565"),
    "distribution": (RDE, "RDE1568"),
    "category": (RDE, "RDE1586"),
    "density": (RDE, "RDE1587"),
    "change": ("http://hl7.org/fhir/us/breast-radiology/CodeSystem/ObservationComponentSliceCodesCS", "obsChanges"),
    "pathology": (LOINC, "85336-6"),
}


def code_of(row: CodeRow) -> Code:
    """The code as a sender would write it; a covering row stands for one code below it."""
    return VOCABULARY.systems[row.system].uri, row.code.replace("*", "9")


def standing_for(group: str, name: str) -> str:
    return next(iter(VOCABULARY.also(group, name, group)), name)


def as_answer(row: CodeRow) -> Reading:
    answered = calcification("c", component(QUESTION[row.group], code_of(row)))
    return coded(bundle(report(answered), answered), RULES)


def check_morphology(row: CodeRow) -> None:
    assert [f.morphology for f in as_answer(row).findings] == [(row.concept,)]


def check_distribution(row: CodeRow) -> None:
    assert [f.distribution for f in as_answer(row).findings] == [row.concept]


def check_category(row: CodeRow) -> None:
    assert [(a.scale, a.category) for a in as_answer(row).assessments] == [(row.scale, row.concept)]


def check_density(row: CodeRow) -> None:
    reading = as_answer(row)
    assert (reading.density, reading.assessments) == (row.concept, ())


def check_change(row: CodeRow) -> None:
    (finding,) = as_answer(row).findings
    expected = {"resolved": None, "changed": None}.get(row.concept, row.concept)
    assert finding.change == expected
    assert ("C-09", "present-and-resolved") in {(d.rule, d.subject) for d in as_answer(row).doubts} or (
        row.concept != "resolved"
    )


def check_presence(row: CodeRow) -> None:
    status = {"present": "present", "absent": "negated"}.get(row.concept, "hypothetical")
    document = observation("o", (SNOMED, "309587003"), code_of(row))
    assert [f.status for f in coded(document, RULES).findings] == [status]


def check_place(row: CodeRow) -> None:
    document = observation("o", (SNOMED, "309587003"), True, bodySite=concept(code_of(row)))
    (finding,) = coded(document, RULES).findings
    assert str(getattr(finding, row.group)) == row.concept


def check_landmark(row: CodeRow) -> None:
    distance = {"url": "distanceFromLandmark", "valueQuantity": {"value": 5, "unit": "cm"}}
    landmark = {"url": "landmark", "valueCodeableConcept": concept(code_of(row))}
    site = {**concept((SNOMED, "80248007")), "extension": [{"url": "x", "extension": [landmark, distance]}]}
    (finding,) = coded(calcification("c", bodySite=site), RULES).findings
    assert finding.nipple_distance_mm == (50.0 if row.concept == "nipple" else None)


def check_lesion(row: CodeRow) -> None:
    lesion = observation("m", code_of(row))
    calc = calcification("c", hasMember=[{"reference": "Observation/m"}])
    (finding,) = coded(bundle(report(calc), calc, lesion), RULES).findings
    assert finding.associated == (() if row.concept == "other" else (row.concept,))


def check_pathology(row: CodeRow) -> None:
    tissue = observation("t", QUESTION["pathology"], code_of(row))
    (found,) = coded(tissue, RULES).pathology
    assert found.diagnosis == standing_for("pathology", row.concept)
    assert found.is_hedged == (found.diagnosis != row.concept)


def request_for(code: Code) -> dict[str, Any]:
    return {"resourceType": "ServiceRequest", "id": "s", "status": "draft", "subject": PATIENT, "code": concept(code)}


def check_action(row: CodeRow) -> None:
    found = coded(bundle(report(), request_for(code_of(row))), RULES).recommendations
    also = [name for kind, _, name in (m.partition(":") for m in row.also) if kind == "action"]
    assert [(r.action, r.interval_months) for r in found] == [(a, row.months) for a in (row.concept, *also)]


def condition_of(code: Code) -> dict[str, Any]:
    return {"resourceType": "Condition", "id": "k", "subject": PATIENT, "code": concept(code)}


def check_risk(row: CodeRow) -> None:
    found = [risk.risk for risk in coded(bundle(report(), condition_of(code_of(row))), RULES).risks]
    assert found[0] == row.concept


def check_surgery(row: CodeRow) -> None:
    side = next((name for kind, _, name in (m.partition(":") for m in row.also) if kind == "laterality"), "")
    document = condition_of(code_of(row)) | ({} if side else {"bodySite": [concept((SNOMED, "80248007"))]})
    found = [risk.risk for risk in coded(bundle(report(), document), RULES).risks]
    both = [f"{row.concept}-left", f"{row.concept}-right"]
    assert found == (both if side == "bilateral" else [f"{row.concept}-{side or 'left'}"])


def check_symptom(row: CodeRow) -> None:
    assert len(coded(bundle(report(), condition_of(code_of(row))), RULES).symptoms) == 1


def check_relationship(row: CodeRow) -> None:
    history = {
        "resourceType": "FamilyMemberHistory",
        "id": "f",
        "patient": PATIENT,
        "relationship": concept(code_of(row)),
    }
    history["condition"] = [{"code": concept((SNOMED, "254837009"))}]
    found = [risk.risk for risk in coded(bundle(report(), history), RULES).risks]
    assert found == list(VOCABULARY.also("relationship", row.concept, "risk"))


def check_exam(row: CodeRow) -> None:
    slices = "http://hl7.org/fhir/us/breast-radiology/CodeSystem/ObservationComponentSliceCodesCS"
    (finding,) = coded(calcification("c", component((slices, "notPreviouslySeen"), code_of(row))), RULES).findings
    assert finding.change == "new"


def check_nothing(row: CodeRow) -> None:
    """Known, or known to be wrong: neither a finding nor a category, whatever is shown with it."""
    reading = coded(report(conclusionCode=[concept((*code_of(row), "BI-RADS 2"))]), RULES)
    assert (reading.findings, reading.assessments, reading.pathology) == ((), (), ())
    assert bool(reading.doubts) == (row.group == "wrong")


ANSWER: dict[str, tuple[object, Callable[[Reading], object], object]] = {
    "calcification": (True, lambda r: [f.status for f in r.findings], ["present"]),
    "presence": ((RDE, "RDE1556_absent"), lambda r: [f.status for f in r.findings], ["negated"]),
    "morphology": ((RDE, "RDE1565_round"), lambda r: [f.morphology for f in r.findings], [("round",)]),
    "distribution": ((RDE, "RDE1568_linear"), lambda r: [f.distribution for f in r.findings], ["linear"]),
    "count": ({"value": 7}, lambda r: [f.count for f in r.findings], [7]),
    "particle": ({"value": 7, "unit": "mm"}, lambda r: [f.particle_mm for f in r.findings], [7.0]),
    "extent": ({"value": 7, "unit": "mm"}, lambda r: [f.extent_mm for f in r.findings], [7.0]),
    "other-size": (
        {"value": 7, "unit": "mm"},
        lambda r: [(f.extent_mm, f.particle_mm) for f in r.findings],
        [(None, None)],
    ),
    "category": ("4", lambda r: [a.category for a in r.assessments], ["4"]),
    "density": ("c", lambda r: r.density, "c"),
    "change": ((SNOMED, "7147002"), lambda r: [f.change for f in r.findings], ["new"]),
    "not-seen-before": ((SNOMED, "71651007"), lambda r: [f.change for f in r.findings], ["new"]),
    "laterality": ("left", lambda r: [f.laterality for f in r.findings], ["left"]),
    "quadrant": ("upper outer", lambda r: [f.quadrant for f in r.findings], ["upper-outer"]),
    "clock": ("2 o'clock", lambda r: [f.clock for f in r.findings], [2]),
    "depth": ("middle", lambda r: [f.depth for f in r.findings], ["middle"]),
    "region": ("axillary tail", lambda r: [f.region for f in r.findings], ["axillary-tail"]),
    "finding": ((SNOMED, "129756007"), lambda r: [f.morphology for f in r.findings], [("round",)]),
    "abnormality": ((SNOMED, "129756007"), lambda r: [f.morphology for f in r.findings], [("round",)]),
    "associated": ((SNOMED, "129788004"), lambda r: [f.associated for f in r.findings], [("mass",)]),
    "recommendation": (
        ("http://dicom.nema.org/resources/ontology/DCM", "111143"),
        lambda r: [x.action for x in r.recommendations],
        ["biopsy"],
    ),
    "implant": (True, lambda r: r.risks, ()),
    "consistent-with": ((SNOMED, "129756007"), lambda r: [f.morphology for f in r.findings], [("generic",)]),
    "other": ((SNOMED, "129756007"), lambda r: [f.morphology for f in r.findings], [("generic",)]),
}


def check_question(row: CodeRow) -> None:
    """A question with a typical answer, inside a calcification finding."""
    if row.concept == "breast":
        check_container(row)
    elif row.concept == "gene-variant":
        check_gene(row)
    elif row.concept in ("pathology", "specimen-calcification"):
        tissue = observation("t", code_of(row), (SNOMED, "2667000"))
        reading = coded(tissue, RULES)
        assert (reading.findings, reading.pathology) == ((), ())
        assert bool(reading.doubts) == (row.concept == "specimen-calcification")
    else:
        value, what, expected = ANSWER[row.concept]
        reading = coded(observation("c", (RDE, "RDES241"), component=[component(code_of(row), value)]), RULES)
        assert what(reading) == expected


def check_gene(row: CodeRow) -> None:
    gene = component((LOINC, "48018-6"), ("http://www.genenames.org", "HGNC:1100"))
    variant = observation("g", code_of(row), (LOINC, "LA9633-4"), component=[gene], effectiveDateTime="2020-01-01")
    assert [risk.risk for risk in coded(bundle(report(), variant), RULES).risks] == ["brca"]


def check_container(row: CodeRow) -> None:
    calc = calcification("c")
    also = dict(meaning.split(":") for meaning in row.also)
    breast = observation("b", code_of(row), hasMember=[{"reference": "Observation/c"}])
    (finding,) = coded(bundle(report(breast), breast, calc), RULES).findings
    assert (finding.laterality, finding.modality) == (
        also.get("laterality", "unknown"),
        also.get("modality", "mammography"),  # the calcification profile of the guide is one of mammography
    )


def check_modality(row: CodeRow) -> None:
    document = observation("o", (SNOMED, "309587003"), True, method=concept(code_of(row)))
    (finding,) = coded(document, RULES).findings
    assert finding.modality == row.concept


CHECKS: dict[str, Callable[[CodeRow], None]] = {
    "morphology": check_morphology,
    "distribution": check_distribution,
    "category": check_category,
    "density": check_density,
    "change": check_change,
    "presence": check_presence,
    "laterality": check_place,
    "quadrant": check_place,
    "clock": check_place,
    "depth": check_place,
    "region": check_place,
    "landmark": check_landmark,
    "lesion": check_lesion,
    "pathology": check_pathology,
    "action": check_action,
    "risk": check_risk,
    "surgery": check_surgery,
    "symptom": check_symptom,
    "relationship": check_relationship,
    "exam": check_exam,
    "modality": check_modality,
    "ignore": check_nothing,
    "wrong": check_nothing,
    "question": check_question,
}


@pytest.mark.parametrize("group", sorted({row.group for row in CODES}))
def test_every_code_is_read_as_its_row_says(group: str) -> None:
    failures = []
    for row in CODES:
        if row.group == group:
            try:
                CHECKS[group](row)
            except (AssertionError, ValueError) as error:
                failures.append(f"{row.id}: {str(error).splitlines()[0] if str(error) else 'differs'}")
    assert failures == []


def test_every_further_meaning_of_a_code_is_read() -> None:
    for row in CODES:
        for kind, _, name in (meaning.partition(":") for meaning in row.also):
            if kind == "laterality" and row.group == "pathology":
                tissue = observation("t", QUESTION["pathology"], code_of(row))
                assert [p.laterality for p in coded(tissue, RULES).pathology] == [name], row.id
            elif kind in ("morphology", "lesion"):
                document = observation("o", (SNOMED, "129714008"), code_of(row))
                (finding,) = coded(document, RULES).findings
                assert name in (*finding.morphology, *finding.associated), row.id


@pytest.mark.parametrize("system", sorted(VOCABULARY.systems))
def test_every_alias_of_a_code_system_is_understood(system: str) -> None:
    row = next(
        (r for r in (*CODES, *VOCABULARY.exams.values(), *VOCABULARY.categories.values()) if r.system == system), None
    )
    assert row is not None, f"no row uses the system {system}"
    for alias in (VOCABULARY.systems[system].uri, *VOCABULARY.systems[system].aliases):
        uri = alias.replace("*", "any")
        found = VOCABULARY.system_named(f"{uri}/")
        assert found is not None
        assert found.id == system, alias


# ---- names of concepts -----------------------------------------------------------------------------------------------


def named_concepts() -> Iterator[Concept]:
    return (row for row in VOCABULARY.concepts.values() if row.names)


@pytest.mark.parametrize("group", sorted({row.group for row in named_concepts()}))
def test_every_name_of_a_concept_answers_its_question(group: str) -> None:
    for row in named_concepts():
        if row.group == group:
            for name in row.names:
                assert VOCABULARY.exactly(group, name.upper()) == row.concept, name
                assert row.concept in VOCABULARY.named_in(group, name), name


def test_every_concept_is_used_by_a_code_a_name_or_another_concept() -> None:
    used = {(row.group, row.concept) for row in CODES}
    used |= {tuple(m.split(":", 1)) for row in (*CODES, *VOCABULARY.concepts.values()) for m in row.also}
    used |= {(row.group, row.concept) for row in named_concepts()}
    # What only the words of a report say stands in the terms tables, which check their concepts here.
    unused = sorted(row.id for key, row in VOCABULARY.concepts.items() if key not in used)
    assert unused == [
        "action.no-follow-up",
        "action.obtain-pathology",
        "action.surveillance-mammogram",
        "lesion.known-cancer",
        "risk.lifetime-risk-20",
        "risk.vascular-calcification",
    ]


# ---- relevance -------------------------------------------------------------------------------------------------------


def test_every_exam_code_decides_as_its_row_says(rules: Rules) -> None:
    for row in VOCABULARY.exams.values():
        document = report(code=(VOCABULARY.systems[row.system].uri, row.code))
        found = relevance_of(report_of(document, rules), rules)
        assert (found.is_ours, found.purpose, found.laterality) == (
            row.effect == "ours",
            row.purpose,
            row.laterality,
        ), row.id
        quick = quick_relevance(document, rules)
        assert quick is None or quick == found.is_ours, row.id


def test_every_category_tells_the_purpose(rules: Rules) -> None:
    for row in VOCABULARY.categories.values():
        category = concept((VOCABULARY.systems[row.system].uri, row.code))
        document = report(code=(LOINC, "66110-8"), category=[category])
        assert relevance_of(report_of(document, rules), rules).purpose == row.purpose == "pathology"
        tissue = observation("t", (SNOMED, "129756007"), (SNOMED, "82711006"), category=[category])
        assert [p.diagnosis for p in coded(bundle(report(tissue), tissue), rules).pathology] == ["invasive"]


def words_of(effect: str) -> list[tuple[RelevanceRow, str]]:
    rows = {phrase_row.id: phrase_row for phrase_row in _word_rows()}
    return [(row, phrase) for row in rows.values() if row.effect == effect for phrase in row.phrases]


def _word_rows() -> tuple[RelevanceRow, ...]:
    from worker.tables import FolderReader, default_folder  # noqa: PLC0415

    rows = FolderReader((default_folder(),)).rows("relevance.csv", RelevanceRow)
    return tuple(row for row in rows if row.kind == "word")


@pytest.mark.parametrize(
    ("effect", "is_ours"), [("ours", True), ("breast", True), ("calcification", True), ("not-ours", False)]
)
def test_every_word_decides_as_its_row_says(effect: str, is_ours: bool, rules: Rules) -> None:
    for row, phrase in words_of(effect):
        said = phrase.replace("*", "abc")
        document = report(code=(LOINC, "18748-4"), conclusion=f"({said.title()})")
        found = relevance_of(report_of(document, rules), rules)
        assert found.is_ours == is_ours, (row.id, phrase)
        assert found.rule == f"relevance:{row.id}" or effect == "not-ours", (row.id, phrase, found.rule)


def test_every_word_of_an_exam_tells_which_it_is(rules: Rules) -> None:
    for row in _word_rows():
        for phrase in row.phrases if row.modality else ():
            document = report(code=(LOINC, "18748-4"), conclusion=f"Breast. {phrase.replace('*', 'abc')}")
            found = relevance_of(report_of(document, rules), rules)
            assert VOCABULARY.exactly("modality", row.modality) in found.modalities, (row.id, phrase)


def test_every_word_row_is_of_an_effect_that_has_its_case() -> None:
    effects = {"ours", "breast", "calcification", "not-ours"}
    assert [row.id for row in _word_rows() if row.effect not in effects and not row.modality] == []
