"""
The half of ``benchmarks.medspacy`` that runs in medspaCy's own environment.

In: one line of JSON with the vocabulary and the texts by kind, then for each turn a line that names the kind to read.
Out: the version, then for each turn the process time in seconds of each text.
"""

import json
import sys
import time
from importlib.metadata import version

import medspacy  # type: ignore[import-not-found,unused-ignore]
from loguru import logger  # type: ignore[import-not-found,unused-ignore]
from medspacy.context import ConTextRule  # type: ignore[import-not-found,unused-ignore]
from medspacy.section_detection import SectionRule  # type: ignore[import-not-found,unused-ignore]
from medspacy.target_matcher import TargetRule  # type: ignore[import-not-found,unused-ignore]

PIPES = ["medspacy_tokenizer", "medspacy_pyrush", "medspacy_target_matcher", "medspacy_context", "medspacy_sectionizer"]


def main() -> None:
    logger.remove()  # its sentence splitter writes a line of debug for every token; that is not what is compared
    given = json.loads(sys.stdin.readline())
    nlp = medspacy.load(medspacy_enable=PIPES, load_rules=False)
    nlp.get_pipe("medspacy_target_matcher").add([TargetRule(phrase, kind) for phrase, kind in given["targets"]])
    nlp.get_pipe("medspacy_context").add(
        [ConTextRule(phrase, kind, direction=way) for phrase, kind, way in given["cues"]]
    )
    nlp.get_pipe("medspacy_sectionizer").add([SectionRule(phrase, section) for phrase, section in given["sections"]])
    for texts in given["texts"].values():
        for text in texts[:5]:
            nlp(text)
    print(version("medspacy"), flush=True)
    for line in sys.stdin:
        seconds = []
        for text in given["texts"][line.strip()]:
            started = time.process_time()
            nlp(text)
            seconds.append(time.process_time() - started)
        print(json.dumps(seconds), flush=True)


if __name__ == "__main__":
    main()
