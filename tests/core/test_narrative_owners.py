"""Whose calcifications, whose distribution, whose breast: what a careful reader does not mix up."""

import pytest

from tests.core.narrative_help import birads_of, note_of_finding, read
from worker.core.rules import Rules


def found(rules: Rules, text: str) -> list[str]:
    return [note_of_finding(finding) for finding in read(rules, text, language="en").findings]


@pytest.mark.parametrize(
    "text",
    [
        "The axillary nodes were enlarged with punctate calcifications within them.",
        "Axillary lymph nodes contained coarse calcifications.",
        "An enlarged lymph node with several tiny pleomorphic calcifications is seen.",
    ],
)
def test_calcifications_that_a_lymph_node_holds_are_not_the_breasts(text: str, rules: Rules) -> None:
    assert found(rules, text) == []


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (
            "An intramammary lymph node in the left breast and pleomorphic calcifications beside it.",
            ["present left fine-pleomorphic"],
        ),
        (
            "Benign lymph nodes, and grouped amorphous calcifications in the right breast.",
            ["present right amorphous grouped"],
        ),
        (
            "No abnormal lymph nodes or suspicious calcifications in the left breast.",
            ["negated left (suspicious)"],
        ),
    ],
)
def test_calcifications_beside_a_lymph_node_are(text: str, findings: list[str], rules: Rules) -> None:
    assert found(rules, text) == findings


def test_a_mass_does_not_take_the_distribution_of_the_calcifications(rules: Rules) -> None:
    text = (
        "Left breast mass at 3 o'clock. Pleomorphic calcifications extend from the mass toward the nipple over "
        "4.5 cm in a segmental distribution."
    )
    assert any("segmental" in each for each in found(rules, text))


def test_a_denial_earlier_in_a_sentence_does_not_take_the_side_from_the_next(rules: Rules) -> None:
    text = (
        "A woman with no family history of breast cancer was recalled because of a cluster of microcalcifications in "
        "the right breast. Magnification views confirmed a 15-mm group of fine pleomorphic microcalcifications."
    )
    assert found(rules, text) == ["present right fine-pleomorphic grouped 15mm"]


def test_what_is_taught_ends_where_the_patient_comes_in(rules: Rules) -> None:
    text = (
        "Teaching point: Fine linear calcifications suggest DCIS. In this patient, the left breast calcifications "
        "showed typical layering. BI-RADS 2."
    )
    reading = read(rules, text, language="en")
    assert "present left milk-of-calcium" in [note_of_finding(finding) for finding in reading.findings]
    assert birads_of(reading) == "2"


def test_what_is_taught_stays_so_without_a_patient(rules: Rules) -> None:
    reading = read(rules, "Teaching points: Fine linear calcifications suggest DCIS. BI-RADS 5.", language="en")
    assert {finding.status for finding in reading.findings} <= {"hypothetical"}
    assert birads_of(reading) is None


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("The left breast needs more views. BI-RADS 0. Right breast: BI-RADS 1.", {("0", "left"), ("1", "right")}),
        ("Left breast: BI-RADS 4.", {("4", "left")}),
        ("BILATERAL SCREENING MAMMOGRAM\nRight breast:\nNo mass.\nBI-RADS 1", {("1", "unknown")}),
    ],
)
def test_a_category_on_the_line_of_a_breast_is_that_breasts(
    text: str, sides: set[tuple[str, str]], rules: Rules
) -> None:
    assert {(each.category, each.laterality) for each in read(rules, text, language="en").assessments} == sides


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (
            "Mammography showed diffuse, bilateral, punctate microcalcifications. Magnification views showed an area "
            "in the left lower outer quadrant with linear branching forms.",
            ["present bilateral punctate diffuse", "present left fine-linear-branching lower-outer"],
        ),
        ("Neither breast shows suspicious microcalcifications.", ["negated bilateral (suspicious)"]),
        ("Both breasts show suspicious microcalcifications.", ["present bilateral (suspicious)"]),
    ],
)
def test_a_group_among_scattered_ones_is_its_own_and_neither_is_none(
    text: str, findings: list[str], rules: Rules
) -> None:
    assert found(rules, text) == findings


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("Left breast calcifications layer on true lateral views.", ["present left milk-of-calcium"]),
        ("Left breast calcifications in the outer layer of the implant scar.", ["present left outer"]),
    ],
)
def test_calcium_that_layers_is_milk_of_calcium(text: str, findings: list[str], rules: Rules) -> None:
    assert found(rules, text) == findings
