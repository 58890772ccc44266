"""The sentences of a letter that are measured: what is said to the person, without letterhead, notice and names."""

from collections.abc import Iterator

from tests.letters.samples import cases, report
from worker.core.explain import explain
from worker.core.model import Letter
from worker.core.rules import Rules
from worker.core.rules.readability import Measure, measure

# Statements fixed by law are left out and reported on their own (8.1); none is shipped.
_LAW = "density-"


def prose_of(letter: Letter) -> Iterator[str]:
    """Paragraphs and whole-sentence items; headings and fragments would make every letter look easier than it is."""
    for block in letter.blocks:
        if block.id.startswith("msg-"):
            yield block.heading
        if block.id.startswith(_LAW) and block.id != "density-dense":
            continue
        yield from block.paragraphs
        lines = (line for item in block.items for line in item.split("\n"))
        yield from (line for line in lines if line.endswith((".", "?", "。", "？")))


def measured(rules: Rules, language: str) -> dict[str, Measure]:
    """Counts by letter category."""
    found = {}
    for category, (reading, plan, issues) in cases().items():
        letter = explain(reading, plan, issues, report(language), rules)
        assert letter is not None
        found[category] = measure(prose_of(letter), language)
    return found
