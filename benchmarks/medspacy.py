"""
``python -m benchmarks.medspacy --python PATH``: the narrative reader against medspaCy, with the same vocabulary.

medspaCy is no part of the project: install it into an environment of its own (``python -m venv V``, then ``V/bin/pip
install medspacy``) and name the Python of that environment. Both read the same texts in the same run, turn and turn
about, each in one process. There, every English term is a target, every cue with a scope a ConText rule, every heading
a section. medspaCy then knows targets, their status and their section; ours also groups them, reads categories,
recommendations and tissue, and keeps the evidence.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import yaml

from worker.core.model import CodeableConcept, NarrativeText, PatientFacts, Report, Version
from worker.core.narrative import read_narrative
from worker.core.rules import Rules
from worker.core.rules.words import Meaning, Node
from worker.tables import load_rules

TEXTS = Path(__file__).parent.parent / "tests" / "cases" / "narratives" / "reports"
SIDE = Path(__file__).parent / "medspacy_side.py"
GOAL = 50  # times as fast
_UNIT = 700  # characters: about one report
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


def main() -> int:
    """Returns the exit code: 1 if the goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.medspacy", description=__doc__)
    parser.add_argument("--python", required=True, help="Python of an environment that has medspaCy")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rules = load_rules()
    texts = [case["text"] for path in sorted(TEXTS.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
    theirs = subprocess.Popen(
        [options.python, "-I", str(SIDE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert theirs.stdin is not None
    assert theirs.stdout is not None
    vocabulary = vocabulary_of(rules)
    theirs.stdin.write(json.dumps({**vocabulary, "texts": texts}) + "\n")
    theirs.stdin.flush()
    version = theirs.stdout.readline().strip()
    units = sum(map(len, texts)) / _UNIT
    reports = [_report_of(text) for text in texts]
    ours_ms: list[float] = []
    theirs_ms: list[float] = []
    for _ in range(options.rounds):
        ours_ms.append(_seconds(reports, rules) / units * 1000)
        theirs.stdin.write("again\n")
        theirs.stdin.flush()
        theirs_ms.append(float(theirs.stdout.readline()) / units * 1000)
    theirs.stdin.close()
    theirs.wait()
    ratio = median(theirs_ms) / median(ours_ms)
    counts = ", ".join(f"{len(rows)} {name}" for name, rows in vocabulary.items())
    print(f"{len(texts)} texts, {counts}; per {_UNIT} characters, median of {options.rounds} rounds:")
    print(f"ours {median(ours_ms):.2f} ms, medspaCy {version} {median(theirs_ms):.1f} ms: {ratio:.0f} times as fast")
    return 0 if ratio >= GOAL else 1


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


def _seconds(reports: list[Report], rules: Rules) -> float:
    """Process time of one round, so that other work on the machine counts for neither."""
    started = time.process_time()
    for report in reports:
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
