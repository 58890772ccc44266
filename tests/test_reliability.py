"""The list of what can go wrong answers every line, and names no test that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in TEXT.splitlines() if re.match(r"\| [\d, ]+ \|", line)]


def test_every_line_has_its_answer() -> None:
    numbers = [int(number) for row in ROWS for number in row[0].split(",")]
    assert numbers == list(range(1, 112))
    for number, _, answer in ROWS:
        assert re.search(r"\*\*(?:design|test|open)\*\*", answer), number


def test_every_test_that_it_names_is_there() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")]
    known = set(re.findall(r"def (test_\w+)", "\n".join(sources)))
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    assert len(named) > 80
    assert sorted(named - known) == []


def test_every_file_that_it_names_is_there() -> None:
    assert [
        name for name in re.findall(r"`((?:tests|docs|benchmarks)/[\w/.-]+)`", TEXT) if not (ROOT / name).exists()
    ] == []
