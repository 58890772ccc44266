"""A category of each breast in one breath: every usual way to write it, read with its side; nothing milder is left."""

from itertools import product

import pytest

from tests.core.narrative_help import read
from worker.core.rules import Rules

NAMES = {
    "0": "incomplete",
    "1": "negative",
    "2": "benign",
    "3": "probably benign",
    "4": "suspicious",
    "4B": "moderate suspicion",
    "5": "highly suggestive of malignancy",
}
HEADINGS = (
    *("ASSESSMENT: ", "BI-RADS: ", "BI-RADS Category: ", "IMPRESSION: BI-RADS ", "Final assessment: ", "Category: "),
    *(
        "BIRADS CLASSIFICATION: ",
        "ACR BI-RADS: ",
        "Assessment (BI-RADS): ",
        "BI-RADS assessment\n",
        "OVERALL ASSESSMENT - ",
    ),
)
BEFORE = (
    *(
        "{side}: {category}",
        "{side} {category}",
        "{side} - {category}",
        "{side} breast: {category}",
        "{side}={category}",
    ),
    *("{side} breast {category}", "{side}: category {category}", "{side} BI-RADS {category}"),
    *("{side}: {category} - {name}", "{side} {category} - {name}", "{side} breast: {category} ({name})"),
    *("{side}: {name} ({category})", "{side}: BI-RADS {category} - {name}", "{side}: {category}, {name}"),
    *("{initial}: {category}", "{initial}{category}", "{initial} {category}", "({initial}) {category}"),
)
BEHIND = (
    *("{category} {side}", "{category} ({side})", "{category} - {name}, {side} breast"),
    *("BI-RADS {category}: {side} breast", "BI-RADS {category} ({side})", "BI-RADS {category} {side}"),
)
BETWEEN = (". ", "; ", ", ", "\n", " / ", " | ", " and ")
PAIRS = (
    (("Left", "1"), ("Right", "4")),
    (("Right", "2"), ("Left", "5")),
    (("Left", "3"), ("Right", "4B")),
    (("Right", "1"), ("Left", "0")),
)
COUNTED = [
    "ASSESSMENT: Left: 2 - benign calcifications. Right: 4 mm calcifications.",
    "ASSESSMENT: Left: 2 - benign calcifications. Right: 4 new calcifications.",
    "Left breast: BI-RADS 2 benign. Right breast 4 cysts.",
    "BI-RADS 2 left. 4 right breast cysts.",
    "Left breast: BI-RADS 2 benign. Right breast 4 o'clock mass.",
]


def told(form: str, side: str, category: str) -> str:
    return form.format(side=side, category=category, name=NAMES[category], initial=side[0])


@pytest.mark.parametrize("form", [*BEFORE, *BEHIND])
def test_each_breast_keeps_its_category(form: str, rules: Rules) -> None:
    wrong = []
    for heading, between, pair in product(HEADINGS, BETWEEN, PAIRS):
        text = f"Mammogram of both breasts. {heading}{between.join(told(form, *one) for one in pair)}."
        found = {(one.laterality, one.category) for one in read(rules, text, language="en").assessments}
        if found != {(side.lower(), category) for side, category in pair}:
            wrong.append((text, sorted(found)))
    assert not wrong


@pytest.mark.parametrize("text", COUNTED)
def test_what_is_counted_or_measured_is_no_category(text: str, rules: Rules) -> None:
    assert {(one.laterality, one.category) for one in read(rules, text, language="en").assessments} == {("left", "2")}


def test_a_category_of_the_exam_beside_those_of_both_breasts_is_of_no_breast(rules: Rules) -> None:
    reading = read(rules, "ASSESSMENT: Left 0 - incomplete. Right 1 - negative. BIRADS 0.", language="en")
    assert [(one.laterality, one.scope, one.category) for one in reading.assessments] == [
        ("left", "breast", "0"),
        ("right", "breast", "1"),
        ("unknown", "overall", "0"),
    ]


TONGUES = {
    "es": (
        "BI-RADS: ",
        "Categoría BI-RADS: ",
        ("Mama izquierda", "Mama derecha"),
        ("Izquierda", "Derecha"),
        ("MI", "MD"),
    ),
    "fr": ("ACR : ", "Classification BI-RADS : ", ("Sein gauche", "Sein droit"), ("Gauche", "Droit"), ("SG", "SD")),
    "de": ("BI-RADS: ", "BI-RADS-Kategorie: ", ("Linke Brust", "Rechte Brust"), ("Links", "Rechts"), ("Li", "Re")),
    "pt": (
        "BI-RADS: ",
        "Categoria BI-RADS: ",
        ("Mama esquerda", "Mama direita"),
        ("Esquerda", "Direita"),
        ("ME", "MD"),
    ),
    "zh": ("BI-RADS：", "BI-RADS分类：", ("左乳", "右乳"), ("左侧", "右侧")),
}
ANYWHERE = (
    *("{side}: {category}", "{side} {category}", "{side} - {category}", "{category} ({side})"),
    *(
        "{side}: BI-RADS {category}",
        "{side} BI-RADS {category}",
        "BI-RADS {category}: {side}",
        "BI-RADS {category} {side}",
    ),
)


@pytest.mark.parametrize("language", TONGUES)
def test_each_breast_keeps_its_category_in_every_language(language: str, rules: Rules) -> None:
    first, second, *names = TONGUES[language]
    wrong = []
    for heading, form, between, (left, right) in product((first, second), ANYWHERE, BETWEEN[:5], names):
        for low, high, sides in (("1", "4", ("left", "right")), ("2", "5", ("right", "left"))):
            name = {"left": left, "right": right}
            said = list(zip(sides, (low, high), strict=True))
            text = heading + between.join(form.format(side=name[side], category=category) for side, category in said)
            found = {(one.laterality, one.category) for one in read(rules, text, language=language).assessments}
            if found != set(said):
                wrong.append((text, sorted(found)))
    assert not wrong
