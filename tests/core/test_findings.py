"""Two readings made one: the same group once, every disagreement a doubt, and the more worrying reading stands."""

from dataclasses import replace

import pytest

from tests.counting import growth
from tests.fhir_shapes import SNOMED, bundle, concept, observation, read, report, report_of, subjects
from worker.core.findings import reconcile
from worker.core.model import (
    Assessment,
    Doubt,
    Evidence,
    Finding,
    Pathology,
    Reading,
    Recommendation,
    Report,
    Risk,
)
from worker.core.rules import Rules

CODE = Evidence("Observation/c.code", "urn:x|1", "code:x")
ON_REPORT = Evidence("conclusionCode[0]", "urn:x|1", "code:x")
WORDS = Evidence("conclusion", "calcifications", "term:x", 0, 14)


@pytest.fixture
def plain(rules: Rules) -> Report:
    """A report without Observations."""
    return report_of(report(), rules)


def coded_finding(**more: object) -> Finding:
    return replace(Finding("left", ("generic",), evidence=(CODE,)), **more)  # type: ignore[arg-type]


def told(**more: object) -> Finding:
    return replace(Finding("left", ("generic",), evidence=(WORDS,)), **more)  # type: ignore[arg-type]


def joined(mine: list[Finding], theirs: list[Finding], report: Report, rules: Rules) -> Reading:
    return reconcile(Reading(findings=tuple(mine)), Reading(findings=tuple(theirs)), report, rules)


# ---- one group -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({}, {"morphology": ("amorphous",)}, {"morphology": ("amorphous",)}),
        ({"laterality": "unknown"}, {"laterality": "right"}, {"laterality": "right"}),
        ({"quadrant": "upper"}, {"quadrant": "upper-outer"}, {"quadrant": "upper-outer"}),
        ({"clock": 2}, {"quadrant": "upper-outer"}, {"clock": 2, "quadrant": "upper-outer"}),
        ({"distribution": "grouped"}, {"extent_mm": 8.0}, {"distribution": "grouped", "extent_mm": 8.0}),
        ({"extent_mm": 7.0}, {"extent_mm": 8.0}, {"extent_mm": 7.0}),
        ({"change": "stable"}, {"change": "increased"}, {"change": "increased"}),
        (
            {"associated": ("mass",)},
            {"descriptor": "suspicious"},
            {"associated": ("mass",), "descriptor": "suspicious"},
        ),
        (
            {"morphology": ("amorphous", "punctate")},
            {"morphology": ("punctate",)},
            {"morphology": ("amorphous", "punctate")},
        ),
        ({"status": "negated"}, {"status": "negated"}, {"status": "negated"}),
    ],
)
def test_what_both_say_of_one_group_is_one_finding(
    mine: dict[str, object], theirs: dict[str, object], expected: dict[str, object], plain: Report, rules: Rules
) -> None:
    reading = joined([coded_finding(**mine)], [told(**theirs)], plain, rules)
    (finding,) = reading.findings
    assert {name: getattr(finding, name) for name in expected} == expected
    assert set(finding.evidence) == {CODE, WORDS}
    assert reading.doubts == ()


def test_a_code_on_the_report_that_an_observation_details_is_that_finding(plain: Report, rules: Rules) -> None:
    summary = coded_finding(laterality="unknown", evidence=(ON_REPORT,))
    reading = joined([summary, coded_finding(morphology=("amorphous",))], [told(quadrant="upper-outer")], plain, rules)
    (finding,) = reading.findings
    assert (finding.morphology, finding.quadrant) == (("amorphous",), "upper-outer")
    assert set(finding.evidence) == {ON_REPORT, CODE, WORDS}


def test_groups_of_different_places_stay_apart(plain: Report, rules: Rules) -> None:
    mine = [coded_finding(quadrant="upper-outer"), coded_finding(quadrant="lower-inner")]
    theirs = [told(quadrant="upper-outer"), told(quadrant="lower-inner", morphology=("round",))]
    reading = joined(mine, theirs, plain, rules)
    assert [(f.quadrant, f.morphology) for f in reading.findings] == [
        ("upper-outer", ("generic",)),
        ("lower-inner", ("round",)),
    ]
    assert reading.doubts == ()


def test_a_group_that_only_one_reader_knows_is_kept(plain: Report, rules: Rules) -> None:
    reading = joined([coded_finding()], [told(), told(laterality="right", morphology=("amorphous",))], plain, rules)
    assert [(f.laterality, f.morphology) for f in reading.findings] == [
        ("left", ("generic",)),
        ("right", ("amorphous",)),
    ]


def test_several_groups_of_one_breast_are_not_forced_to_agree(plain: Report, rules: Rules) -> None:
    mine = [coded_finding(morphology=("round",)), coded_finding(morphology=("vascular",))]
    reading = joined(mine, [told(morphology=("amorphous",))], plain, rules)
    assert len(reading.findings) == 3
    assert reading.doubts == ()


# ---- disagreement ----------------------------------------------------------------------------------------------------


def test_shapes_that_differ_are_held_and_the_worse_stands(plain: Report, rules: Rules) -> None:
    for mine, theirs in ((("round",), ("fine-pleomorphic",)), (("fine-pleomorphic",), ("round",))):
        reading = joined([coded_finding(morphology=mine)], [told(morphology=theirs)], plain, rules)
        assert [f.morphology for f in reading.findings] == [("fine-pleomorphic",)]
        assert ("C-09", "morphology-text-code") in subjects(reading)


def test_distributions_that_differ_are_held_and_the_worse_stands(plain: Report, rules: Rules) -> None:
    reading = joined([coded_finding(distribution="grouped")], [told(distribution="segmental")], plain, rules)
    assert [f.distribution for f in reading.findings] == ["segmental"]
    assert ("C-09", "distribution-text-code") in subjects(reading)


def test_places_that_cannot_be_one_are_held_and_none_is_chosen(plain: Report, rules: Rules) -> None:
    """C-08."""
    for mine, theirs in (
        ({"quadrant": "upper-outer"}, {"quadrant": "lower-inner"}),
        ({"clock": 2}, {"clock": 7}),
        ({"clock": 2}, {"quadrant": "lower-inner"}),
    ):
        reading = joined([coded_finding(**mine)], [told(**theirs)], plain, rules)
        assert [(f.quadrant, f.clock) for f in reading.findings] == [(None, None)]
        assert ("C-08", "place-text-code") in subjects(reading)


def test_a_code_on_the_report_against_a_denial_is_a_conflict_and_no_finding(plain: Report, rules: Rules) -> None:
    code = coded_finding(laterality="unknown", evidence=(ON_REPORT,))
    for denial in (told(status="negated", laterality="unknown"), told(status="negated", descriptor="suspicious")):
        reading = joined([code], [denial], plain, rules)
        assert "present" not in {f.status for f in reading.findings}
        assert ("C-09", "presence-text-code") in subjects(reading)


def test_an_observation_against_a_denial_stays_and_is_held(plain: Report, rules: Rules) -> None:
    reading = joined([coded_finding()], [told(status="negated", laterality="unknown")], plain, rules)
    assert [f.status for f in reading.findings] == ["present", "negated"]
    assert ("C-09", "presence-text-code") in subjects(reading)


def test_words_against_a_coded_denial_stay_and_are_held(plain: Report, rules: Rules) -> None:
    reading = joined([coded_finding(status="negated")], [told(morphology=("amorphous",))], plain, rules)
    assert "present" in {f.status for f in reading.findings}
    assert ("C-09", "presence-text-code") in subjects(reading)


@pytest.mark.parametrize(
    ("finding", "denial"),
    [
        ({"morphology": ("round",)}, {"descriptor": "suspicious"}),
        ({"morphology": ("vascular",)}, {"morphology": ("fine-pleomorphic",)}),
        ({}, {"laterality": "right"}),
        ({}, {"distribution": "segmental"}),
    ],
)
def test_a_denial_of_something_else_is_no_conflict(
    finding: dict[str, object], denial: dict[str, object], plain: Report, rules: Rules
) -> None:
    reading = joined([coded_finding(**finding)], [told(status="negated", **denial)], plain, rules)
    assert [f.status for f in reading.findings] == ["present", "negated"]
    assert reading.doubts == ()


# ---- categories ------------------------------------------------------------------------------------------------------


def code_says(category: str, **more: object) -> Assessment:
    return replace(Assessment("BI-RADS", category, evidence=(CODE,)), **more)  # type: ignore[arg-type]


def words_say(category: str, **more: object) -> Assessment:
    return replace(Assessment("BI-RADS", category, evidence=(WORDS,)), **more)  # type: ignore[arg-type]


def assessed(mine: list[Assessment], theirs: list[Assessment], report: Report, rules: Rules) -> Reading:
    return reconcile(Reading(assessments=tuple(mine)), Reading(assessments=tuple(theirs)), report, rules)


def categories(reading: Reading) -> list[tuple[str, str, str]]:
    return [(a.category, a.scope, a.laterality) for a in reading.assessments]


def test_the_same_category_is_one_with_both_kinds_of_evidence(plain: Report, rules: Rules) -> None:
    reading = assessed([code_says("4")], [words_say("4")], plain, rules)
    assert categories(reading) == [("4", "overall", "unknown")]
    assert set(reading.assessments[0].evidence) == {CODE, WORDS}
    assert reading.doubts == ()


@pytest.mark.parametrize(("mine", "theirs"), [("4", "4B"), ("4B", "4")])
def test_the_finer_of_two_that_agree_is_kept(mine: str, theirs: str, plain: Report, rules: Rules) -> None:
    reading = assessed([code_says(mine)], [words_say(theirs)], plain, rules)
    assert (categories(reading), reading.doubts) == ([("4B", "overall", "unknown")], ())


def test_an_overall_category_takes_the_subdivision_of_its_breast(plain: Report, rules: Rules) -> None:
    left = words_say("4C", scope="breast", laterality="left")
    reading = assessed([code_says("4")], [left], plain, rules)
    assert categories(reading) == [("4C", "overall", "unknown"), ("4C", "breast", "left")]
    assert reading.doubts == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "worse"),
    [("2", "4", "4"), ("4", "2", "4"), ("4C", "4A", "4C"), ("4A", "4C", "4C"), ("1", "0", "0"), ("6", "5", "5")],
)
def test_categories_that_differ_are_held_and_the_worse_stands(
    mine: str, theirs: str, worse: str, plain: Report, rules: Rules
) -> None:
    """C-09, INV-1."""
    reading = assessed([code_says(mine)], [words_say(theirs)], plain, rules)
    assert categories(reading) == [(worse, "overall", "unknown")]
    assert ("C-09", "category-text-code") in subjects(reading)


def test_an_overall_category_below_a_breast_of_the_other_reader_is_held(plain: Report, rules: Rules) -> None:
    left = words_say("4", scope="breast", laterality="left")
    assert ("C-09", "category-text-code") in subjects(assessed([code_says("2")], [left], plain, rules))
    finding = code_says("4", scope="finding", laterality="left")
    assert ("C-09", "category-text-code") in subjects(assessed([finding], [words_say("2")], plain, rules))


def test_codes_that_cover_one_lesion_do_not_contradict_a_worse_report(plain: Report, rules: Rules) -> None:
    finding = code_says("2", scope="finding", laterality="left")
    reading = assessed([finding], [words_say("4")], plain, rules)
    assert (len(reading.assessments), reading.doubts) == (2, ())


def test_two_breasts_keep_their_own_categories(plain: Report, rules: Rules) -> None:
    left = words_say("4", scope="breast", laterality="left")
    right = words_say("1", scope="breast", laterality="right")
    reading = assessed([code_says("4")], [left, right], plain, rules)
    assert (len(reading.assessments), reading.doubts) == (3, ())


def test_a_category_that_codes_and_words_give_to_opposite_breasts_is_held(plain: Report, rules: Rules) -> None:
    """C-08: one of them names the wrong breast."""
    left, right = (words_say("4", scope="breast", laterality=side) for side in ("left", "right"))
    code = code_says("4", scope="breast", laterality="left")
    assert ("C-08", "side-text-code") in subjects(assessed([code], [right], plain, rules))
    for words in ([left], [left, right], [words_say("4")], [replace(right, category="1")]):
        assert "C-08" not in {rule for rule, _ in subjects(assessed([code], words, plain, rules))}


def test_a_prior_category_contradicts_nothing(plain: Report, rules: Rules) -> None:
    reading = assessed([code_says("2")], [words_say("4", status="prior"), words_say("2")], plain, rules)
    assert reading.doubts == ()
    assert {(a.category, a.status) for a in reading.assessments} == {("2", "current"), ("4", "prior")}


def test_a_bare_number_takes_the_scale_of_the_code_that_repeats_it(plain: Report, rules: Rules) -> None:
    """C-10: the scale is identified by the code system."""
    number = words_say("2", scale="unknown")
    narrative = Reading(assessments=(number,), doubts=(Doubt("C-10", "unknown-scale", number.evidence),))
    reading = reconcile(Reading(assessments=(code_says("2"),)), narrative, plain, rules)
    assert (categories(reading), reading.doubts) == ([("2", "overall", "unknown")], ())
    other = reconcile(Reading(assessments=(code_says("4"),)), narrative, plain, rules)
    assert ("C-10", "unknown-scale") in subjects(other)


def test_two_scales_are_held(plain: Report, rules: Rules) -> None:
    reading = assessed([code_says("3")], [words_say("M3", scale="UK")], plain, rules)
    assert ("C-10", "scale-text-code") in subjects(reading)
    assert {a.scale for a in reading.assessments} == {"BI-RADS", "UK"}


# ---- the rest --------------------------------------------------------------------------------------------------------


def test_the_same_recommendation_is_one_with_its_interval(plain: Report, rules: Rules) -> None:
    mine = Recommendation("short-interval-mammogram", "left", None, (CODE,))
    theirs = Recommendation("short-interval-mammogram", "unknown", 6, (WORDS,))
    other = Recommendation("short-interval-mammogram", "left", 12)
    reading = reconcile(Reading(recommendations=(mine,)), Reading(recommendations=(theirs, other)), plain, rules)
    assert [(r.action, r.laterality, r.interval_months) for r in reading.recommendations] == [
        ("short-interval-mammogram", "left", 6),
        ("short-interval-mammogram", "left", 12),
    ]


def test_the_same_diagnosis_is_one_and_keeps_every_caution(plain: Report, rules: Rules) -> None:
    mine = Pathology("dcis", "left", None, True, False, (CODE,))
    theirs = Pathology("dcis", "unknown", "discordant", False, True, (WORDS,))
    reading = reconcile(
        Reading(pathology=(mine,)), Reading(pathology=(theirs, Pathology("benign", "right"))), plain, rules
    )
    assert reading.pathology[0] == Pathology("dcis", "left", "discordant", True, True, (CODE, WORDS))
    assert [p.diagnosis for p in reading.pathology] == ["dcis", "benign"]


def test_densities_that_differ_are_held_and_the_denser_stands(plain: Report, rules: Rules) -> None:
    reading = reconcile(Reading(density="b"), Reading(density="c"), plain, rules)
    assert (reading.density, subjects(reading)) == ("c", {("C-09", "density-text-code")})
    assert reconcile(Reading(density="b"), Reading(), plain, rules).density == "b"


def test_risks_symptoms_and_doubts_are_joined(plain: Report, rules: Rules) -> None:
    doubt = Doubt("C-01", "no-text")
    mine = Reading(risks=(Risk("brca", (CODE,)),), symptoms=(CODE,), doubts=(doubt,))
    theirs = Reading(risks=(Risk("brca", (WORDS,)),), symptoms=(CODE, WORDS), doubts=(doubt,))
    reading = reconcile(mine, theirs, plain, rules)
    assert reading.risks == (Risk("brca", (CODE, WORDS)),)
    assert (reading.symptoms, reading.doubts) == ((CODE, WORDS), (doubt,))


# ---- prose inside Observations, through both readers -----------------------------------------------------------------


def test_prose_of_an_observation_takes_its_place(rules: Rules) -> None:
    site = concept((SNOMED, "80248007"))
    prose = observation("o", (SNOMED, "309587003"), "grouped amorphous calcifications", bodySite=site)
    reading = read(bundle(report(prose), prose), rules)
    assert [(f.laterality, f.morphology, f.status) for f in reading.findings] == [("left", ("amorphous",), "present")]
    assert reading.doubts == ()


def test_prose_of_an_observation_against_its_site_is_held(rules: Rules) -> None:
    site = concept((SNOMED, "80248007"))
    prose = observation("o", (SNOMED, "309587003"), "amorphous calcifications in the right breast", bodySite=site)
    reading = read(bundle(report(prose), prose), rules)
    assert ("C-08", "side-text-code") in subjects(reading)
    assert [f.laterality for f in reading.findings] == ["unknown"]


def test_prose_that_nobody_can_read_stays_a_doubt(rules: Rules) -> None:
    prose = observation("o", (SNOMED, "309587003"), "siehe Zeichnung auf dem Beiblatt")
    assert ("C-09", "free-text") in subjects(read(bundle(report(prose), prose), rules))


def test_a_report_code_against_its_narrative_through_both_readers(rules: Rules) -> None:
    document = report(
        conclusionCode=[concept((SNOMED, "44771000"))], conclusion="No calcifications in either breast. BI-RADS 1."
    )
    reading = read(document, rules)
    assert "present" not in {f.status for f in reading.findings}
    assert ("C-09", "presence-text-code") in subjects(reading)


def test_a_report_code_with_its_narrative_is_one_finding(rules: Rules) -> None:
    document = report(
        conclusionCode=[concept((SNOMED, "44771000"))],
        conclusion="There are suspicious microcalcifications in the upper outer quadrant in the left breast",
    )
    reading = read(document, rules)
    assert [(f.laterality, f.quadrant, f.status) for f in reading.findings] == [("left", "upper-outer", "present")]


def test_joining_what_is_said_again_and_again_grows_with_its_number(plain: Report, rules: Rules) -> None:
    def said(count: int) -> Reading:
        places = [(Evidence(f"Observation/c{number}.code", "x", "code:x"),) for number in range(count)]
        return Reading(
            assessments=tuple(Assessment("BI-RADS", "4B", "finding", "left", evidence=each) for each in places),
            recommendations=tuple(Recommendation("stereotactic-biopsy", "left", None, each) for each in places),
            pathology=tuple(Pathology("dcis", "left", evidence=each) for each in places),
            risks=tuple(Risk("brca", each) for each in places),
        )

    def work(reading: Reading) -> None:
        found = reconcile(reading, reading, plain, rules)
        for kind in (found.assessments, found.recommendations, found.pathology, found.risks):
            (one,) = kind
            assert len(one.evidence) == len(reading.risks)

    assert growth(work, said, 60) < 2.2
