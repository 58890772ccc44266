"""The drawings of the letter: right place, right side, and silent where nothing is known."""

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letters.samples import EXAM, HALF_YEAR, cases, letter_rules, report
from worker.core.explain import explain
from worker.core.letter.pictures import draw_hundred, draw_places, draw_times, place_of
from worker.core.model import Activity, Finding, Plan, Reading
from worker.core.rules import Rules

CENTRE = {"left": 96, "right": 224}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return letter_rules()


def mark(svg: str) -> tuple[int, int]:
    """Where the filled mark stands: the one circle of radius 6."""
    found = re.search(r'<circle cx="(\d+)" cy="(\d+)" r="6"', svg)
    assert found
    return int(found[1]), int(found[2])


@pytest.mark.parametrize("side", ["left", "right"])
def test_outer_is_away_from_the_middle_and_her_left_is_on_the_left(side: str) -> None:
    outer, inner = place_of(side, "upper-outer", None), place_of(side, "upper-inner", None)
    assert outer
    assert inner
    out, _ = mark(draw_places([outer], "L", "R", ""))
    into, _ = mark(draw_places([inner], "L", "R", ""))
    assert CENTRE["left"] < CENTRE["right"]
    assert (out < CENTRE["left"] < into) if side == "left" else (into < CENTRE["right"] < out)


@pytest.mark.parametrize(
    ("side", "clock", "outward"), [("left", 3, True), ("left", 9, False), ("right", 9, True), ("right", 3, False)]
)
def test_the_clock_is_read_as_the_examiner_sees_it(side: str, clock: int, outward: bool) -> None:
    place = place_of(side, None, clock)
    assert place
    assert (place.outward > 0) is outward


@pytest.mark.parametrize(
    ("side", "quadrant", "clock"),
    [
        ("left", "upper-outer", 8),
        ("right", "upper-outer", 2),
        ("left", "lower", 12),
        ("unknown", "upper-outer", None),
        ("bilateral", "upper-outer", None),
        ("left", None, None),
        ("left", "no-such-place", None),
    ],
)
def test_an_unknown_or_contradictory_place_is_not_drawn(side: str, quadrant: str | None, clock: int | None) -> None:
    assert place_of(side, quadrant, clock) is None


@given(
    st.sampled_from(["left", "right"]),
    st.one_of(st.none(), st.sampled_from(["upper-outer", "lower-inner", "upper", "subareolar"])),
    st.one_of(st.none(), st.integers(1, 12)),
)
def test_every_mark_lies_on_its_breast(side: str, quadrant: str | None, clock: int | None) -> None:
    place = place_of(side, quadrant, clock)
    if place:
        assert math.hypot(place.outward, place.down) < 0.9
        x, _ = mark(draw_places([place], "L", "R", ""))
        assert abs(x - CENTRE[side]) < 56


def test_the_letter_shows_the_place_of_the_planned_step(rules: Rules) -> None:
    reading, plan, issues = cases()["4"]
    letter = explain(reading, plan, issues, report(), rules)
    assert letter is not None
    assert 'aria-label="Where the spot is: left breast, upper outer part"' in letter.html
    assert "Where the spot is: left breast, upper outer part" in letter.text


def test_a_step_that_names_only_the_side_takes_the_place_of_what_was_found_there(rules: Rules) -> None:
    plan = Plan(3, "0", "BI-RADS", "left", (Activity("ultrasound", 3, "left"),))
    left, right = Finding("left", quadrant="lower"), Finding("right", quadrant="upper")
    letter = explain(Reading(findings=(left, right)), plan, (), report(), rules)
    assert letter is not None
    assert "left breast, lower part" in letter.text
    assert "right breast, upper part" not in letter.text


def test_a_clock_alone_is_told_in_words(rules: Rules) -> None:
    plan = Plan(3, "0", "BI-RADS", "right", (Activity("ultrasound", 3, "right", clock=7),))
    letter = explain(Reading(), plan, (), report(), rules)
    assert letter is not None
    assert "right breast, at 7 o&#x27;clock, as your doctor faces you" in letter.html


@pytest.mark.parametrize("category", ["1", "2", "held", "0-PR"])
def test_routine_and_held_letters_show_no_place(category: str, rules: Rules) -> None:
    reading, plan, issues = cases()[category]
    letter = explain(reading, plan, issues, report(), rules)
    assert letter is not None
    assert "Where the spot is: " not in letter.html


def test_the_time_line_tells_every_dated_step_in_order() -> None:
    svg = draw_times([("May 1", "Exam"), ("May 9", "Call"), ("June 1", "Biopsy " * 12)], "When", "alt")
    assert svg.index("May 1<") < svg.index("May 9<") < svg.index("June 1<")
    heights = [int(y) for y in re.findall(r'<text x="36" y="(\d+)"', svg)]
    assert heights == sorted(heights)
    assert int(re.search(r'viewBox="0 0 \d+ (\d+)"', svg)[1]) > heights[-1]  # type: ignore[index]


@given(st.text(max_size=200))
def test_any_text_is_drawn_without_breaking_the_drawing(words: str) -> None:
    svg = draw_times([("a", words), ("b", words)], words, words)
    assert svg.startswith("<svg")
    assert "<script" not in svg


def test_a_line_of_the_time_line_never_leaves_the_drawing() -> None:
    for words in ("放大的 X 光影像" * 12, "Mammographie plus détaillée : les deux seins " * 4, "x" * 300):
        svg = draw_times([("a", "b"), ("c", words)], "", "")
        lines = re.findall(r">([^<]*)</text>", svg)
        assert all(len(line) < 60 for line in lines) or " " not in words


def test_a_hundred_dots_are_a_hundred_dots() -> None:
    svg = draw_hundred(2, "")
    assert svg.count("<circle") == 100
    assert svg.count('fill="#0b6470"') == 2


def test_no_exam_date_gives_no_time_line(rules: Rules) -> None:
    reading, plan, issues = cases()["3"]
    assert EXAM < HALF_YEAR
    letter = explain(reading, plan, issues, replace(report(), exam_date=None), rules)
    assert letter is not None
    assert "What happens when" not in letter.html
