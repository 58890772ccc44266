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


SEEN = {
    "0": "Grouped calcifications need magnification views",
    "1": "No suspicious calcifications",
    "2": "Benign vascular calcifications",
    "3": "Grouped round calcifications",
    "4": "Grouped amorphous calcifications",
    "4B": "Fine pleomorphic calcifications in a group",
    "5": "Fine linear branching calcifications, segmental",
}
# {S} and {s} a side, {c} its category with its name {n} and what was seen {f}; {N} a line end or a blank.
REPORTS = (
    "{S1} BREAST: {f1}. BI-RADS {c1}.{N}{S2} BREAST: {f2}. BI-RADS {c2}.",
    "{S1} breast: {f1}. Assessment: {c1} - {n1}.{N}{S2} breast: {f2}. Assessment: {c2} - {n2}.",
    "{S1} breast: {f1}.{N}{S2} breast: {f2}.{N}ASSESSMENT: {S1} BI-RADS {c1}, {s2} BI-RADS {c2}.",
    "FINDINGS: {S1} breast: {f1}. {S2} breast: {f2}.{N}IMPRESSION:{N}1. {f1}, {s1} breast. BI-RADS {c1}.{N}"
    "2. {f2}, {s2} breast. BI-RADS {c2}.",
    "IMPRESSION:{N}1. BI-RADS {c1}: {f1}, {s1} breast.{N}2. BI-RADS {c2}: {f2}, {s2} breast.",
    "IMPRESSION: {f1} in the {s1} breast (BI-RADS {c1}). {f2} in the {s2} breast (BI-RADS {c2}).",
    "{f1} in the {s1} breast, BI-RADS {c1}; {f2} in the {s2} breast, BI-RADS {c2}.",
    "{f1} in the {s1} breast.{N}{f2} in the {s2} breast.{N}BI-RADS category {c1} ({s1}), category {c2} ({s2}).",
    "Breast | BI-RADS{N}{S1} | {c1}{N}{S2} | {c2}",
    "{S1}: BI-RADS {c1} - {n1}{N}{S2}: BI-RADS {c2} - {n2}",
    "{S1}: BI-RADS {c1}{N}{S2}: BI-RADS {c2}",
    "{S1}: category BI-RADS {c1}{N}{S2}: category BI-RADS {c2}",
    "Assessment{N}{S1} breast{N}BI-RADS {c1}: {n1}{N}{S2} breast{N}BI-RADS {c2}: {n2}",
    "BI-RADS Category ({s1}): {c1}{N}BI-RADS Category ({s2}): {c2}",
    "{S1} BI-RADS category: {c1}. {S2} BI-RADS category: {c2}.",
    "The {s1} breast is BI-RADS {c1} and the {s2} breast is BI-RADS {c2}.",
    "I would grade the {s1} side as BI-RADS {c1} and the {s2} as BI-RADS {c2}.",
    "{f1} on the {s1}: BI-RADS {c1}. On the {s2}, {f2}: BI-RADS {c2}.",
    "ACR BI-RADS {c1} {s1}, ACR BI-RADS {c2} {s2}.",
    "BI-RADS final assessment categories: {s1} = {c1}, {s2} = {c2}.",
    "{S1} mammogram BI-RADS {c1}. {S2} mammogram BI-RADS {c2}.",
    "BIRADS {c1} ({S1} BREAST){N}BIRADS {c2} ({S2} BREAST)",
    "{S1} breast {f1}, for which BI-RADS {c1} is assigned. {S2} breast {f2}, for which BI-RADS {c2} is assigned.",
)
MORE_PAIRS = (
    *PAIRS,
    (("Right", "4B"), ("Left", "2")),
    (("Left", "5"), ("Right", "1")),
    (("Right", "3"), ("Left", "0")),
    (("Left", "4"), ("Right", "5")),
)


@pytest.mark.parametrize("form", REPORTS)
def test_each_breast_keeps_its_category_among_what_was_seen(form: str, rules: Rules) -> None:
    wrong = []
    for end, pair, cased in product("\n ", MORE_PAIRS, (str, str.upper)):
        words = {"N": end}
        for place, (side, category) in zip("12", pair, strict=True):
            words |= {f"S{place}": side, f"s{place}": side.lower(), f"c{place}": category}
            words |= {f"n{place}": NAMES[category], f"f{place}": SEEN[category]}
        text = cased(form.format(**words))
        found = {(one.laterality, one.category) for one in read(rules, text, language="en").assessments}
        if found != {(side.lower(), category) for side, category in pair}:
            wrong.append((text, sorted(found)))
    assert not wrong
