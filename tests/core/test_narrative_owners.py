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


ONE_NOUN = [
    (
        "Two groups of amorphous calcifications in the left breast, one at 10 o'clock, one at 2 o'clock.",
        ["present left amorphous grouped 10h", "present left amorphous grouped 2h"],
    ),
    (
        "Two groups of punctate calcifications in the right breast: one at 10:00, 8 mm, and another at 2:00, 5 mm.",
        ["present right punctate grouped 10h 8mm", "present right punctate grouped 2h 5mm"],
    ),
    (
        "Calcifications in the right breast, a pleomorphic group at 10 o'clock and an amorphous one at 2 o'clock.",
        ["present right fine-pleomorphic grouped 10h", "present right amorphous 2h"],
    ),
    (
        "Amorphous calcifications in both the upper outer quadrant and the retroareolar region of the left breast.",
        ["present left amorphous upper-outer", "present left amorphous subareolar"],
    ),
    (
        "Grouped calcifications in the right breast at 10 o'clock and in the left breast at 2 o'clock.",
        ["present right grouped 10h", "present left grouped 2h"],
    ),
    # one group, however many words tell where
    ("Grouped calcifications, upper outer quadrant, 2 o'clock, left breast.", ["present left grouped upper-outer 2h"]),
    ("Grouped calcifications in the upper, outer right breast.", ["present right grouped upper-outer"]),
    (
        "Regional calcifications in the upper outer and lower outer quadrants of the left breast.",
        ["present left regional upper-outer"],
    ),
    (
        "Calcifications extending over the upper outer and upper inner quadrants of the left breast.",
        ["present left upper-outer"],
    ),
]


@pytest.mark.parametrize(("text", "findings"), ONE_NOUN, ids=[text[:60] for text, _ in ONE_NOUN])
def test_groups_that_share_a_noun_are_told_apart_by_their_places(text: str, findings: list[str], rules: Rules) -> None:
    assert found(rules, text) == findings


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Zwei Gruppen amorpher Verkalkungen links, eine bei 10 Uhr, eine bei 2 Uhr."),
        ("es", "Dos grupos de microcalcificaciones amorfas en mama izquierda, uno en hora 10 y otro en hora 2."),
        ("fr", "Deux foyers de microcalcifications amorphes du sein gauche, l'un à 10 heures, l'autre à 2 heures."),
        ("pt", "Dois grupos de microcalcificações amorfas na mama esquerda, um às 10 horas e outro às 2 horas."),
        ("zh", "左乳见两簇无定形钙化，分别位于10点钟及2点钟。"),
    ],
)
def test_groups_that_share_a_noun_are_told_apart_in_each_language(language: str, text: str, rules: Rules) -> None:
    notes = [note_of_finding(finding) for finding in read(rules, text, language=language).findings]
    assert notes == ["present left amorphous grouped 10h", "present left amorphous grouped 2h"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "BI-RADS 2 both breasts."),
        ("en", "Bilateral BI-RADS 2."),
        ("en", "BI-RADS 2 for both breasts. Bilateral mammogram in one year."),
        ("en", "Both breasts: BI-RADS 2."),
        ("de", "BI-RADS 2 beidseits."),
        ("es", "BI-RADS 2 bilateral."),
        ("fr", "ACR 2 des deux seins."),
        ("pt", "BI-RADS 2 em ambas as mamas."),
        ("zh", "双侧BI-RADS 2。"),
    ],
)
def test_a_category_of_both_breasts_is_that_of_each(language: str, text: str, rules: Rules) -> None:
    said = read(rules, text, language=language).assessments
    assert [(one.category, one.laterality, one.scope) for one in said] == [
        ("2", "right", "breast"),
        ("2", "left", "breast"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Bilateral mammogram BI-RADS 2.",
        "BI-RADS 2, bilateral mammogram in one year.",
        "IMPRESSION: Bilateral benign calcifications, BI-RADS 2.",
    ],
)
def test_an_exam_or_a_finding_of_both_breasts_is_no_category_of_each(text: str, rules: Rules) -> None:
    assert [(one.category, one.scope) for one in read(rules, text).assessments] == [("2", "overall")]


@pytest.mark.parametrize(
    "text", ["Left breast: BI-RADS 2. Overall: BI-RADS 4A.", "Left breast: BI-RADS 2.\nBI-RADS 4A overall."]
)
def test_what_is_said_overall_is_not_the_last_breasts(text: str, rules: Rules) -> None:
    said = [(one.category, one.laterality) for one in read(rules, text).assessments]
    assert said == [("2", "left"), ("4A", "unknown")]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("BI-RADS 5, right; BI-RADS 1, left.", {("5", "right"), ("1", "left")}),
        ("Right BI-RADS 2, left BI-RADS 4.", {("2", "right"), ("4", "left")}),
    ],
)
def test_a_side_behind_a_comma_is_the_categorys_if_the_statement_ends_there(
    text: str, sides: set[tuple[str, str]], rules: Rules
) -> None:
    assert {(one.category, one.laterality) for one in read(rules, text, language="en").assessments} == sides


def test_calcifications_that_nodes_show_are_not_the_breasts(rules: Rules) -> None:
    assert found(rules, "Axillary nodes show coarse calcification.") == []
    assert found(rules, "Axillary nodes are normal. There are coarse calcifications.") == ["present unknown coarse"]


def test_a_later_word_goes_to_the_group_of_its_side(rules: Rules) -> None:
    text = "Right: amorphous calcifications. Left: punctate calcifications. The cluster on the right is suspicious."
    assert found(rules, text) == ["present right amorphous (suspicious)", "present left punctate"]


@pytest.mark.parametrize(
    ("language", "text", "side"),
    [
        ("es", "Calcificaciones en mama izquierda, ambas puntiformes.", "left"),
        ("es", "Calcificaciones en ambas mamas.", "bilateral"),
        ("pt", "Calcificações na mama direita, ambas puntiformes.", "right"),
        ("pt", "Calcificações em ambas as mamas.", "bilateral"),
    ],
)
def test_both_of_something_else_is_no_side(language: str, text: str, side: str, rules: Rules) -> None:
    assert [finding.laterality for finding in read(rules, text, language=language).findings] == [side]


def test_vascular_calcifications_are_not_the_suspicious_ones(rules: Rules) -> None:
    text = (
        "Right breast: grouped amorphous calcifications. Vascular calcifications. "
        "Impression: Suspicious calcifications, right breast."
    )
    assert found(rules, text) == ["present right amorphous grouped (suspicious)", "present right vascular"]
    alone = found(rules, "Right breast: vascular calcifications. Impression: Suspicious calcifications, right breast.")
    assert alone == ["present right vascular", "present right (suspicious)"]
