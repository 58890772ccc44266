"""What a grammar writes must be read back, whatever the layout, and nothing denied or past may become present."""

import gc
import re
import textwrap
import time
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.narrative_grammar import HISTORIES, NEGATIONS, Group, write_report
from tests.core.narrative_help import birads_of, facts_of, read
from worker.core.model import Finding
from worker.core.rules import Rules

SEEDS = st.integers(min_value=0, max_value=10**9)


def is_group(finding: Finding, group: Group) -> bool:
    said = {
        "side": finding.laterality == group.side,
        "morphology": group.morphology is None or group.morphology in finding.morphology,
        "distribution": group.distribution is None or finding.distribution == group.distribution,
        "quadrant": group.quadrant is None or finding.quadrant == group.quadrant,
        "clock": group.clock is None or finding.clock == group.clock,
        "extent": group.extent_mm is None or finding.extent_mm == group.extent_mm,
    }
    return finding.status == "present" and all(said.values())


def present_in(text: str, rules: Rules) -> int:
    return sum(finding.status == "present" for finding in read(rules, text).findings)


@given(seed=SEEDS)
def test_what_is_written_is_read_back(seed: int, rules: Rules) -> None:
    written = write_report(Random(seed))
    reading = read(rules, written.text)
    for group in written.groups:
        assert any(is_group(finding, group) for finding in reading.findings), written.text
    assert present_in(written.text, rules) <= len(written.groups)
    for side in written.negated:
        assert any(f.status == "negated" and f.laterality == side for f in reading.findings), written.text
    assert birads_of(reading) == written.birads, written.text


@given(seed=SEEDS, width=st.integers(min_value=55, max_value=110))
def test_case_blanks_and_line_wraps_change_nothing(seed: int, width: int, rules: Rules) -> None:
    text = write_report(Random(seed)).text
    wanted = facts_of(read(rules, text))
    paragraphs = text.split("\n")
    for same in (
        text.upper(),
        text.replace(" ", "  "),
        "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs),
    ):
        assert facts_of(read(rules, same)) == wanted, same


@given(seed=SEEDS)
def test_swapping_the_sides_swaps_the_reading(seed: int, rules: Rules) -> None:
    def swapped(text: str) -> str:
        other = {"left": "right", "right": "left"}

        def swap(found: re.Match[str]) -> str:
            word = other[found[0].lower()]
            return word.upper() if found[0].isupper() else word.capitalize() if found[0][0].isupper() else word

        return re.sub("(?i)left|right", swap, text)

    text = write_report(Random(seed)).text
    findings, assessments, actions, density = facts_of(read(rules, text))
    mirrored = (sorted(map(swapped, findings)), sorted(map(swapped, assessments)))  # type: ignore[call-overload]
    assert facts_of(read(rules, swapped(text)))[:2] == mirrored, text
    assert (actions, density) is not None


@given(seed=SEEDS, place=st.integers(min_value=0, max_value=5))
def test_a_denied_or_past_sentence_never_adds_a_present_finding(seed: int, place: int, rules: Rules) -> None:
    random = Random(seed)
    text = write_report(random).text
    sentences = text.split(". ")
    place = min(place, len(sentences) - 1)
    for template in (random.choice(NEGATIONS), random.choice(HISTORIES)):
        extra = template.format(side="left", Side="Left", noun="calcifications").rstrip(".")
        longer = ". ".join([*sentences[: place + 1], extra, *sentences[place + 1 :]])
        assert present_in(longer, rules) <= present_in(text, rules), longer


@given(text=st.text(max_size=400))
def test_no_text_makes_the_reader_fail(text: str, rules: Rules) -> None:
    read(rules, text)


HOSTILE = {
    "one word without end": "a" * 1_000_000,
    "blanks": " " * 1_000_000,
    "line ends": "\n" * 1_000_000,
    "hyphens": "-" * 1_000_000,
    "wrapped hyphens": "calcifi-\n" * 110_000,
    "digits and dots": "1." * 500_000,
    "denials": "no " * 330_000,
    "the noun": "calcification " * 70_000,
    "denied nouns": "no calcifications, " * 52_000,
    "scales": "BI-RADS " * 125_000,
    "scales and digits": "BI-RADS 4 left, " * 62_000,
    "sizes": "1 x " * 250_000,
    "half a phrase": "fine linear or " * 66_000,
    "descriptors": "grouped amorphous " * 55_000,
    "sides": "left right " * 90_000,
    "headings": "Left breast:\n" * 76_000,
    "brackets": "(" * 1_000_000,
    "accents": "a\u0301" * 500_000,
    "Chinese": "左乳鈣化，" * 200_000,
    "recommendations": "Biopsy recommended. " * 50_000,
}


@pytest.fixture
def tables_aside(rules: Rules) -> Iterator[Rules]:
    """As in a worker: a collection of garbage that walks all tables would be counted for the text that meets it."""
    gc.collect()
    gc.freeze()
    yield rules
    gc.unfreeze()


@pytest.mark.parametrize("shape", sorted(HOSTILE))
def test_time_grows_linearly_with_hostile_text(shape: str, tables_aside: Rules) -> None:
    """Four times the text must not take sixteen times as long; the best of three runs by the process's own clock."""
    text = HOSTILE[shape][:80_000]
    long, short = [], []
    for _ in range(3):  # in turns, so that whatever else slows the machine meets both
        long.append(_seconds(text, tables_aside))
        short.append(_seconds(text[:20_000], tables_aside))
    assert min(long) < 10 * max(min(short), 0.005)


def _seconds(text: str, rules: Rules) -> float:
    start = time.process_time()
    read(rules, text)
    return time.process_time() - start


def test_a_text_longer_than_any_report_is_held(rules: Rules) -> None:
    reading = read(rules, "Left breast calcifications. " * 20_000)
    assert ("C-09", "text-too-long") in {(doubt.rule, doubt.subject) for doubt in reading.doubts}
