"""
``python -m benchmarks.medspacy --python PATH``: the narrative reader against medspaCy, with the same vocabulary.

medspaCy is no part of the project: install it into an environment of its own (``python -m venv V``, then ``V/bin/pip
install medspacy``) and name the Python of that environment. Both read the same texts as often in the same run, turn and
turn about, each in one process. There, every English term is a target, every cue with a scope a ConText rule, every
heading a section. medspaCy then knows targets, their status and their section; ours also groups them, reads categories,
recommendations and tissue, and keeps the evidence.

Two kinds of texts: reports as they are dictated, of about 700 characters, which is what the goal is about; and the
English test reports, which say more in fewer words and so cost more for as many characters.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

import yaml

from benchmarks.reports import told_report
from worker.core.model import CodeableConcept, NarrativeText, PatientFacts, Report, Version
from worker.core.narrative import read_narrative
from worker.core.rules import Rules
from worker.core.rules.words import Meaning, Node
from worker.tables import load_rules

TEXTS = Path(__file__).parent.parent / "tests" / "cases" / "narratives" / "reports"
SIDE = Path(__file__).parent / "medspacy_side.py"
GOAL = 50  # times as fast
DICTATED, TERSE = "dictated reports", "terse test reports"
_UNIT = 700  # characters: about one report
_DICTATED = 60  # of them
_TARGETS = frozenset(
    (
        *("calcification", "morphology", "distribution", "side", "quadrant", "depth", "region", "descriptor", "change"),
        *("lesion", "organ", "scale", "pathology", "action", "symptom", "risk", "exam"),
    )
)
_CONTEXT = {
    "negation": "NEGATED_EXISTENCE",
    "historical": "HISTORICAL",
    "resolved": "HISTORICAL",
    "hypothetical": "HYPOTHETICAL",
    "hedge": "POSSIBLE_EXISTENCE",
    "family": "FAMILY",
    "termination": "TERMINATE",
    "existence": "TERMINATE",
}


class Figures(NamedTuple):
    """Seconds of processor time for each text of one kind, round by round."""

    ours: list[list[float]]
    theirs: list[list[float]]

    def fastest(self) -> tuple[float, float]:
        """Seconds for all texts by the fastest reading of each: what it costs where nothing else is in the way."""
        return _summed(min, self.ours), _summed(min, self.theirs)

    def usual(self) -> tuple[float, float]:
        """Seconds for all texts by the median reading of each, other work on the machine and all."""
        return _summed(median, self.ours), _summed(median, self.theirs)


def _summed(chosen: Callable[[Iterable[float]], float], rounds: list[list[float]]) -> float:
    return sum(chosen(readings) for readings in zip(*rounds, strict=True))


def main() -> int:
    """Returns the exit code: 1 if the goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.medspacy", description=__doc__)
    parser.add_argument("--python", required=True, help="Python of an environment that has medspaCy")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    rules = load_rules()
    vocabulary = vocabulary_of(rules)
    texts = texts_by_kind()
    with subprocess.Popen(
        [options.python, "-I", str(SIDE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as theirs:
        version = _ask(theirs, json.dumps({**vocabulary, "texts": texts}))
        figures = {kind: _measured(texts[kind], kind, rules, theirs, options.rounds) for kind in texts}
        assert theirs.stdin is not None
        theirs.stdin.close()
    counts = ", ".join(f"{len(rows)} {name}" for name, rows in vocabulary.items())
    print(
        f"medspaCy {version}, {counts}; for {_UNIT} characters, the fastest of {options.rounds} readings of each text:"
    )
    print("\n".join(line_of(kind, texts[kind], figures[kind]) for kind in figures))
    return exit_code(figures)


def texts_by_kind() -> dict[str, list[str]]:
    """The texts that both read."""
    cases = [case for path in sorted(TEXTS.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
    return {
        DICTATED: [told_report(number)["conclusion"] for number in range(_DICTATED)],
        TERSE: [case["text"] for case in cases],
    }


def line_of(kind: str, texts: list[str], figures: Figures) -> str:
    """One kind's figures for as many characters as a report has."""
    units = sum(map(len, texts)) / _UNIT
    length = round(sum(map(len, texts)) / len(texts))
    (ours, theirs), (ours_usual, theirs_usual) = figures.fastest(), figures.usual()
    return (
        f"{len(texts)} {kind} of {length} characters: ours {ours / units * 1000:.2f} ms, medspaCy "
        f"{theirs / units * 1000:.1f} ms, {theirs / ours:.1f} times as fast ({theirs_usual / ours_usual:.1f} by the "
        f"median reading: {ours_usual / units * 1000:.2f} and {theirs_usual / units * 1000:.1f} ms)"
    )


def exit_code(figures: dict[str, Figures]) -> int:
    """The goal is about reports as they are dictated."""
    ours, theirs = figures[DICTATED].fastest()
    return 0 if theirs / ours >= GOAL else 1


def _measured(texts: list[str], kind: str, rules: Rules, theirs: "subprocess.Popen[str]", rounds: int) -> Figures:
    """Read all texts turn and turn about, so that a machine that grows slower does so for both."""
    reports = [_report_of(text) for text in texts]
    figures = Figures([], [])
    for _ in range(rounds):
        figures.ours.append([_seconds(report, rules) for report in reports])
        figures.theirs.append(json.loads(_ask(theirs, kind)))
    return figures


def _ask(theirs: "subprocess.Popen[str]", line: str) -> str:
    assert theirs.stdin is not None
    assert theirs.stdout is not None
    theirs.stdin.write(line + "\n")
    theirs.stdin.flush()
    return theirs.stdout.readline().strip()


def vocabulary_of(rules: Rules) -> dict[str, list[tuple[str, ...]]]:
    """Targets (phrase, group), cues (phrase, category, direction) and sections (phrase, name), in every spelling."""
    vocabulary: dict[str, list[tuple[str, ...]]] = {"targets": [], "cues": [], "sections": []}
    for phrase, meaning in _phrases(rules.words.lexicons["en"].trie, ()):
        if meaning.kind in _TARGETS:
            vocabulary["targets"].append((phrase, meaning.kind))
        elif meaning.kind in _CONTEXT:
            category = _CONTEXT[meaning.kind]
            way = {"both": "BIDIRECTIONAL"}.get(meaning.direction, meaning.direction.upper())
            vocabulary["cues"].append((phrase, category, category if category == "TERMINATE" else way))
        elif meaning.kind == "section":
            vocabulary["sections"].append((phrase, meaning.concept))
    return vocabulary


def _phrases(node: Node, words: tuple[str, ...]) -> Iterator[tuple[str, Meaning]]:
    for word, below in node.items():
        if word is None:
            for meaning in below:
                yield " ".join(words), meaning
        else:
            yield from _phrases(below, (*words, word))


def _seconds(report: Report, rules: Rules) -> float:
    """Process time, so that other work on the machine counts for neither."""
    started = time.process_time()
    read_narrative(report, rules)
    return time.process_time() - started


def _report_of(text: str) -> Report:
    return Report(
        key="k",
        report_id="r",
        reference=None,
        identifiers=(),
        version=Version(),
        status="final",
        fhir_version="R4",
        patient=PatientFacts(None),
        code=CodeableConcept(),
        texts=(NarrativeText("conclusion", text, "en"),),
    )


if __name__ == "__main__":
    sys.exit(main())
