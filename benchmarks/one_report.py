"""
Reading and deciding one Bundle of six resources in one process, against ``fhir.resources`` validating it once.

Ours: strict JSON, the check at the door, gathering, codes and words, plan, safety, letter. No network, no store.
"""

import time
from collections.abc import Callable
from datetime import date
from statistics import median

from fhir.resources.R4B.bundle import Bundle

from benchmarks.figures import Figure
from benchmarks.reports import report_bytes
from worker.core.report import parse_json
from worker.core.standalone import decide_document
from worker.tables import load_rules

_TODAY = date(2026, 11, 22)
_VARIETY = 40


def measure(rounds: int, tick: Callable[[int], None]) -> Figure:
    """Time ``rounds`` rounds over forty different reports; ``tick`` is told of each."""
    rules = load_rules()
    bodies = [report_bytes(number) for number in range(_VARIETY)]

    def ours(body: bytes) -> None:
        decide_document(parse_json(body), rules, _TODAY)  # checks with fhir.resources as the door does

    def bare(body: bytes) -> None:
        Bundle.model_validate_json(body)

    milliseconds: dict[str, list[float]] = {"ours": [], "bare": []}
    for round_number in range(rounds + 1):
        # Turn and turn about, so that a machine that grows slower does so for both; the first round warms up.
        for name, work in (("ours", ours), ("bare", bare)):
            took = _each(work, bodies)
            if round_number:
                milliseconds[name].append(took)
        tick(1 if round_number else 0)
    return Figure(
        "read and decide one report",
        "ms",
        median(milliseconds["ours"]),
        median(milliseconds["bare"]),
        "fhir.resources validates it",
        less_is_better=True,
    )


def _each(work: Callable[[bytes], None], bodies: list[bytes]) -> float:
    started = time.perf_counter()
    for body in bodies:
        work(body)
    return (time.perf_counter() - started) / len(bodies) * 1000
