"""One document with everything in it, decided without a store: what the command line and the benchmarks call."""

from collections.abc import Sequence
from datetime import date

from worker.core.beside import in_turn, seen_from_elsewhere
from worker.core.conformance import check_input
from worker.core.decide import decide
from worker.core.ids import report_id_of
from worker.core.known import tells_by
from worker.core.model import (
    CodeableConcept,
    JsonObject,
    NarrativeText,
    Outcome,
    PatientFacts,
    Report,
    Version,
)
from worker.core.persons import is_same_person
from worker.core.report import (
    bare_observations_in,
    detect_version,
    pool_of,
    read_report,
    reports_in,
    resources_in,
)
from worker.core.rules import Rules
from worker.errors import NotFhir, UnreadableReport

_SENDER = "command-line"


def decide_document(
    document: JsonObject, rules: Rules, today: date, declared: str | None = None, language: str | None = None
) -> tuple[Outcome, ...]:
    """
    Decide every report of a document, in document order.

    Returns:
        One outcome per report; for a document without a report and without a breast Observation, one "not for us".

    Raises:
        MessageError: An element that must be read is wrong; where and why.
    """
    version = detect_version(document, declared)
    located = resources_in(document)
    roots = (*reports_in(located), *bare_observations_in(located, rules))
    if not roots:
        return (Outcome(_nothing(document), "not-for-us", "relevance:no-report", hold=False, today=today),)
    for problem in check_input(document, version):
        # A reading needs no person to write to; only writing does.
        if problem.severity == "error" and not problem.where.endswith(".subject"):
            raise UnreadableReport(problem.reason, where=problem.where, code=problem.code)
    pool = pool_of(located)
    reports = [read_report(root, pool, version, _SENDER, tells_by(rules)) for root in roots]
    return _decided_in_turn(reports, rules, today, language)


def _decided_in_turn(reports: Sequence[Report], rules: Rules, today: date, language: str | None) -> tuple[Outcome, ...]:
    done: dict[int, Outcome] = {}
    for place in in_turn(reports):
        one = reports[place]
        others = tuple(
            seen_from_elsewhere(outcome)
            for outcome in done.values()
            if outcome.report.report_id != one.report_id and is_same_person(outcome.report.patient, one.patient)
        )
        done[place] = decide(one, rules, today, language=language, elsewhere=others)
    return tuple(done[place] for place in range(len(reports)))


def decide_text(
    content: bytes, rules: Rules, today: date, lang: str | None = None, language: str | None = None
) -> Outcome:
    """
    Decide a bare narrative, as if it were the conclusion of a final breast imaging report.

    Raises:
        MessageError: The bytes are not UTF-8 text.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotFhir("the text is not UTF-8", where=f"byte {error.start}", code="structure") from error
    report = _bare_report(NarrativeText("text", text.replace("\r\n", "\n"), lang), lang)
    return decide(report, rules, today, language=language)


def _bare_report(text: NarrativeText, lang: str | None) -> Report:
    return Report(
        key="text",
        report_id=report_id_of("text"),
        reference=None,
        identifiers=(),
        version=Version(),
        status="final",
        fhir_version="R4",
        patient=PatientFacts(reference=None),
        code=CodeableConcept(),
        language=lang,
        texts=(text,),
    )


def _nothing(document: JsonObject) -> Report:
    kind, name = document.get("resourceType"), document.get("id")
    return Report(
        key="nothing",
        report_id=report_id_of("nothing"),
        reference=f"{kind}/{name}" if isinstance(name, str) else None,
        identifiers=(),
        version=Version(),
        status="unknown",
        fhir_version="R4",
        patient=PatientFacts(reference=None),
        code=CodeableConcept(),
    )
