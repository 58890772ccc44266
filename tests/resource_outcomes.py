"""Outcomes as ``decide`` makes them, for the tests of what is written from them. All people and reports are made up."""

from dataclasses import replace
from datetime import UTC, date, datetime

from worker.core.ids import report_id_of
from worker.core.model import (
    Activity,
    Assessment,
    Clock,
    CodeableConcept,
    Coding,
    Evidence,
    Finding,
    Issue,
    Letter,
    LetterBlock,
    Observation,
    Outcome,
    PatientFacts,
    Plan,
    Reading,
    Report,
    Version,
)

RECORDED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
EXAM = date(2026, 11, 18)
KEY = "urn:example:ris|MG-2026-0042"

SAID = Evidence("conclusion", "BI-RADS 4B", "term:en-birads-4b", 60, 70)
SEEN = Evidence("conclusion", "grouped fine pleomorphic calcifications", "term:en-fine-pleomorphic-1", 4, 43)
CODED = Evidence("Observation/calc-1.component[2]", "fine pleomorphic", "code:snomed-fine-pleomorphic")

REPORT = Report(
    key=KEY,
    report_id=report_id_of(KEY),
    reference="DiagnosticReport/mg-42",
    identifiers=(("urn:example:ris", "MG-2026-0042"),),
    version=Version("2", None, datetime(2026, 11, 19, 8, 0, tzinfo=UTC)),
    status="final",
    fhir_version="R4",
    patient=PatientFacts("Patient/p-7", (("urn:example:mrn", "7"),), "Ana Example", date(1970, 2, 3), "female", "en"),
    code=CodeableConcept((Coding("http://loinc.org", "24606-6"),), "Mammogram, screening", "DiagnosticReport.code"),
    purpose="diagnostic",
    laterality="left",
    exam_date=EXAM,
    observations=(
        Observation(
            reference="Observation/calc-1",
            where="Observation/calc-1",
            status="final",
            code=CodeableConcept((), "Calcification", ""),
        ),
    ),
)

LETTER = Letter(
    language="en",
    title="About your breast imaging",
    blocks=(
        LetterBlock(
            "next-step", "What happens next", ("You need one more test.",), ("plan-4",), ("SEED-16",), "level 4"
        ),
    ),
    notice="Draft. Not yet reviewed by your care team.",
    review_status="unreviewed",
    text="About your breast imaging\n\nYou need one more test.",
    html="<!DOCTYPE html><html lang='en'><body><h1>About your breast imaging</h1></body></html>",
)

BIOPSY = Activity(
    action="stereotactic-biopsy",
    level=4,
    laterality="left",
    quadrant="upper-outer",
    clock=2,
    earliest=TODAY,
    due=date(2026, 12, 2),
    overdue=date(2026, 12, 18),
    breach=date(2027, 1, 17),
    priority="urgent",
    owner="breast-imaging",
    rules=("assess:birads-4b", "plan:level-4"),
    evidence=(SAID,),
)

PLAN_CLOCK = Clock("clock:us-7d", date(2026, 11, 19), date(2026, 11, 26), "Letter to the patient within 7 days")

QUESTION = Issue(
    rule="C-08",
    severity="high",
    hold=True,
    text="The text says left, a code says right. Confirm the side.",
    evidence=(SAID, CODED),
    due=date(2026, 11, 26),
)


def outcome(**changes: object) -> Outcome:
    """BI-RADS 4B of the left breast, biopsy advised, one open question; ``changes`` replace fields of the outcome."""
    made = Outcome(
        report=REPORT,
        disposition="plan",
        reason="",
        reading=Reading(
            findings=(Finding(laterality="left", morphology=("fine-pleomorphic",), evidence=(SEEN, CODED)),),
            assessments=(Assessment("BI-RADS", "4B", "overall", "left", "current", (SAID,)),),
        ),
        plan=Plan(
            level=4,
            category="4B",
            scale="BI-RADS",
            laterality="left",
            activities=(BIOPSY,),
            clocks=(
                Clock("clock:us-7d", date(2026, 11, 19), date(2026, 11, 26), "Letter to the patient within 7 days"),
            ),
            rules=("assess:birads-4b",),
        ),
        issues=(QUESTION,),
        letter=LETTER,
        hold=True,
        today=TODAY,
        table_digest="0123456789abcdef",
    )
    return replace(made, **changes)  # type: ignore[arg-type]
