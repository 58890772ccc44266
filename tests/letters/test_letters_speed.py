"""A letter is written in a few milliseconds, measured as a ratio to plain Python in the same run."""

import time
from collections.abc import Callable

import pytest

from tests.letters.samples import cases, letter_rules, report
from worker.core.explain import explain
from worker.core.rules import Rules


@pytest.fixture(scope="module")
def rules() -> Rules:
    return letter_rules()


def fastest_ms(work: Callable[[], object]) -> float:
    """The best of several rounds, in processor time: what the work costs, not what the machine does beside it."""
    work()
    best = 1e9
    for _ in range(7):
        start = time.process_time()
        for _ in range(10):
            work()
        best = min(best, (time.process_time() - start) * 100)
    return best


@pytest.fixture(scope="module")
def unit_ms() -> float:
    """What a fixed piece of plain Python costs here and now, about a millisecond: speed is a ratio to it."""
    return fastest_ms(lambda: [str(number) for number in range(9000)])


CASES = [("3", "en"), ("5", "de"), ("M3", "zh-Hant"), ("held", "es")]


@pytest.mark.parametrize(("category", "language"), CASES)
def test_a_letter_with_its_page_costs_a_handful_of_units(
    category: str, language: str, rules: Rules, unit_ms: float
) -> None:
    reading, plan, issues = cases()[category]
    about = report(language)
    assert fastest_ms(lambda: explain(reading, plan, issues, about, rules)) < 5 * unit_ms


@pytest.mark.parametrize(("category", "language"), CASES)
def test_its_text_alone_costs_half_of_that(
    category: str, language: str, rules: Rules, unit_ms: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.core.explain.as_html", lambda page: "")
    reading, plan, issues = cases()[category]
    about = report(language)
    assert fastest_ms(lambda: explain(reading, plan, issues, about, rules)) < 2.5 * unit_ms
