"""In every language: what is written is read back, whatever its layout; denials and the past add nothing."""

import textwrap
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.narrative_grammar import Group
from tests.core.narrative_help import birads_of, facts_of, read
from tests.core.narrative_tongues import TONGUES, write_in
from worker.core.model import Finding
from worker.core.rules import Rules

SEEDS = st.integers(min_value=0, max_value=10**9)
LANGUAGES = sorted(TONGUES)
RUNS = settings(max_examples=20)
OTHER = {"left": "right", "right": "left"}


def said(finding: Finding) -> tuple[object, ...]:
    morphology = tuple(m for m in finding.morphology if m != "generic")
    return (finding.laterality, morphology, finding.distribution, finding.quadrant, finding.extent_mm)


def meant(group: Group) -> tuple[object, ...]:
    return (group.side, (group.morphology,), group.distribution, group.quadrant, group.extent_mm)


def present(text: str, language: str, rules: Rules) -> list[tuple[object, ...]]:
    return [said(finding) for finding in read(rules, text, language=language).findings if finding.status == "present"]


@pytest.mark.parametrize("language", LANGUAGES)
@RUNS
@given(seed=SEEDS)
def test_what_is_written_is_read_back(language: str, seed: int, rules: Rules) -> None:
    written = write_in(TONGUES[language], Random(seed))
    reading = read(rules, written.text)
    assert present(written.text, language, rules) == [meant(group) for group in written.groups], written.text
    denied = {finding.laterality for finding in reading.findings if finding.status == "negated"}
    assert denied == set(written.negated), written.text
    assert birads_of(reading) == written.birads, written.text


@pytest.mark.parametrize("language", LANGUAGES)
@RUNS
@given(seed=SEEDS, width=st.integers(min_value=55, max_value=110))
def test_case_blanks_and_line_wraps_change_nothing(language: str, seed: int, width: int, rules: Rules) -> None:
    text = write_in(TONGUES[language], Random(seed)).text
    wanted = facts_of(read(rules, text, language=language))
    sames = [text.upper(), text.replace(" ", "  ")]
    if language != "zh":
        sames.append("\n\n".join(textwrap.fill(line, width) for line in text.split("\n")))
    for same in sames:
        assert facts_of(read(rules, same, language=language)) == wanted, same


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "zh"])
@RUNS
@given(seed=SEEDS)
def test_missing_accents_change_nothing(language: str, seed: int, rules: Rules) -> None:
    text = write_in(TONGUES[language], Random(seed)).text
    plain = text.translate(str.maketrans("áéíóúâêôãõàèçëïñäöü", "aeiouaeoaoaeceinaou"))
    assert facts_of(read(rules, plain, language=language)) == facts_of(read(rules, text, language=language)), plain


@pytest.mark.parametrize("language", LANGUAGES)
@RUNS
@given(seed=SEEDS)
def test_swapping_the_sides_swaps_the_reading(language: str, seed: int, rules: Rules) -> None:
    sides = TONGUES[language].sides
    text = write_in(TONGUES[language], Random(seed)).text
    swapped = _swapped(text, sides["left"], sides["right"])
    reading = read(rules, text, language=language).findings
    wanted = sorted((f.status, OTHER.get(f.laterality, f.laterality), *said(f)[1:]) for f in reading)
    mirrored = read(rules, swapped, language=language).findings
    assert sorted((f.status, *said(f)) for f in mirrored) == wanted, text


def _swapped(text: str, left: str, right: str) -> str:
    for old, new in {(left, right), (left.capitalize(), right.capitalize())}:
        text = text.replace(old, "\0").replace(new, old).replace("\0", new)
    return text


@pytest.mark.parametrize("language", LANGUAGES)
@RUNS
@given(seed=SEEDS, is_first=st.booleans())
def test_a_denied_or_past_sentence_never_adds_a_present_finding(
    language: str, seed: int, is_first: bool, rules: Rules
) -> None:
    tongue, random = TONGUES[language], Random(seed)
    text = write_in(tongue, random).text
    wanted = len(present(text, language, rules))
    for template in (random.choice(tongue.denied), random.choice(tongue.past)):
        extra = template.format(s=random.choice(list(tongue.sides.values())))
        extra = extra[:1].upper() + extra[1:]
        longer = f"{extra}\n{text}" if is_first else f"{text}\n{extra}"
        assert len(present(longer, language, rules)) <= wanted, longer
