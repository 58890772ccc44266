"""
What one report costs in one process, piece by piece: processor time, no network, no store.

Each piece is timed turn and turn about with its yardstick, so that a machine that grows slower does so for both.
"""

import json
import time
from collections.abc import Callable, Sequence
from datetime import date
from statistics import median
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.communication import Communication
from fhir.resources.R4B.diagnosticreport import DiagnosticReport

from benchmarks.figures import Figure
from benchmarks.reports import foreign_bytes, report_bytes, told_report
from worker.core.decide import decide
from worker.core.explain import explain
from worker.core.model import Outcome, Report
from worker.core.narrative import read_narrative
from worker.core.relevance import quick_relevance, relevance_of
from worker.core.report import (
    bare_observations_in,
    canonical_digest,
    detect_version,
    parse_json,
    pool_of,
    read_report,
    reports_in,
    resources_in,
)
from worker.core.rules import Rules
from worker.core.standalone import decide_document
from worker.tables import load_rules

_TODAY = date(2026, 11, 22)
_VARIETY = 40

Work = Callable[[Any], object]


def measure(rounds: int, tick: Callable[[int], None]) -> tuple[Figure, ...]:
    """Time ``rounds`` rounds over forty different reports for each piece; ``tick`` is told of ``rounds`` in all."""
    rules = load_rules()
    pieces = (_whole, _deciding, _telling, _explaining, _foreign)
    figures = []
    for piece in pieces:
        figures.append(piece(rules, rounds))
        tick(rounds // len(pieces))
    tick(rounds - len(pieces) * (rounds // len(pieces)))
    return tuple(figures)


def _whole(rules: Rules, rounds: int) -> Figure:
    """Strict JSON, the check at the door, gathering, codes and words, plan, safety, letter."""
    bodies = [report_bytes(number) for number in range(_VARIETY)]
    return _figure(
        "read and decide one report",
        lambda body: decide_document(parse_json(body), rules, _TODAY),  # checks with fhir.resources as the door does
        Bundle.model_validate_json,
        [(body, body) for body in bodies],
        rounds,
        "fhir.resources validates it",
        goal=2.5,
    )


def _deciding(rules: Rules, rounds: int) -> Figure:
    """Report, tables and date to outcome: what ``core.decide`` does."""
    bodies = [report_bytes(number) for number in range(_VARIETY)]
    return _figure(
        "decide, from report to outcome",
        lambda report: decide(report, rules, _TODAY),
        Bundle.model_validate_json,
        [(_report(json.loads(body)), body) for body in bodies],
        rounds,
        "fhir.resources validates its Bundle",
    )


def _telling(rules: Rules, rounds: int) -> Figure:
    documents = [told_report(number) for number in range(_VARIETY)]
    return _figure(
        "read 700 characters of prose",
        lambda report: read_narrative(report, rules),
        DiagnosticReport.model_validate,
        [(_report(document), document) for document in documents],
        rounds,
        "fhir.resources validates the report",
    )


def _explaining(rules: Rules, rounds: int) -> Figure:
    """Blocks chosen and filled in, as text and as a page."""
    outcomes = [_outcome(number, rules) for number in range(_VARIETY)]
    return _figure(
        "a letter, as text and as a page",
        lambda o: explain(o.reading, o.plan, o.issues, o.report, rules),
        Communication.model_validate,
        [(outcome, _communication(outcome)) for outcome in outcomes],
        rounds,
        "fhir.resources validates the Communication",
    )


def _foreign(rules: Rules, rounds: int) -> Figure:
    """All that door and worker do with a message that is not ours, but storing it."""

    def ours(body: bytes) -> None:
        document = parse_json(body)
        version = detect_version(document)
        canonical_digest(document)
        assert quick_relevance(document, rules) is not True
        located = resources_in(parse_json(body))  # the worker's turn
        for root in (*reports_in(located), *bare_observations_in(located, rules)):
            assert not relevance_of(read_report(root, pool_of(located), version, "bench"), rules).is_ours

    bodies = [foreign_bytes(number) for number in range(_VARIETY)]
    pairs = [(body, body) for body in bodies]
    return _figure("a message that is not for us", ours, json.loads, pairs, rounds, "json.loads of it")


def _report(document: Any) -> Report:
    located = resources_in(document)
    return read_report(reports_in(located)[0], pool_of(located), "R4", "bench")


def _outcome(number: int, rules: Rules) -> Outcome:
    return decide(_report(json.loads(report_bytes(number))), rules, _TODAY)


def _communication(outcome: Outcome) -> dict[str, Any]:
    assert outcome.letter is not None
    payload = [{"contentString": outcome.letter.text}, {"contentString": outcome.letter.html}]
    return {"resourceType": "Communication", "status": "preparation", "payload": payload}


def _figure(
    name: str,
    ours: Work,
    bare: Work,
    inputs: Sequence[tuple[Any, Any]],
    rounds: int,
    against: str,
    goal: float | None = None,
) -> Figure:
    """``inputs``: what each of the two is given."""
    milliseconds: tuple[list[float], list[float]] = ([], [])
    for round_number in range(rounds + 1):
        for side, work in enumerate((ours, bare)):
            took = _each(work, [pair[side] for pair in inputs])
            if round_number:  # the first round warms up
                milliseconds[side].append(took)
    return Figure(name, "ms", median(milliseconds[0]), median(milliseconds[1]), against, goal, less_is_better=True)


def _each(work: Work, inputs: Sequence[Any]) -> float:
    started = time.process_time()
    for one in inputs:
        work(one)
    return (time.process_time() - started) / len(inputs) * 1000
