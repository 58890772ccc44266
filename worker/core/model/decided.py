"""What was decided: questions, the plan with its dates, the letter, and the outcome that holds them."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from worker.core.model.arrived import PatientFacts, Report
from worker.core.model.reading import Evidence, Finding, Reading
from worker.core.model.words import Disposition, Laterality, Severity


@dataclass(frozen=True, slots=True)
class Issue:
    """A contradiction or gap a clinician must look at (rules C-01 .. C-22); ``text`` is worded for them."""

    rule: str
    severity: Severity
    hold: bool
    text: str
    evidence: tuple[Evidence, ...] = ()
    due: date | None = None
    owner: str = "radiologist"
    priority: Literal["routine", "urgent", "asap", "stat"] = "routine"  # how loud it is today, by its deadline


@dataclass(frozen=True, slots=True)
class Activity:
    """
    One thing to do. ``action`` is the id of the row of ``plans.csv`` that says its codes, wording and body responsible.

    Dates are calendar dates in the facility's time zone; ``due`` is None only when nobody may compute one, and
    ``timing`` then says in words who confirms it. ``options`` holds actions among which the clinician picks; ``action``
    stands until then.
    """

    action: str
    level: int
    laterality: Laterality = "unknown"
    quadrant: str | None = None
    clock: int | None = None
    earliest: date | None = None
    due: date | None = None
    overdue: date | None = None
    breach: date | None = None
    timing: str | None = None
    interval_months: int | None = None
    priority: Literal["routine", "urgent", "asap", "stat"] = "routine"
    owner: str = "referring-clinician"
    rules: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A legal or quality clock that runs on during a hold; ``rule`` is its row."""

    rule: str
    starts: date | None
    due: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """
    Actions with dates, reasons and the ids of the rules that made them.

    ``level`` is the highest known action level (1..6; 0 if none is known); a hold leaves it visible.
    """

    level: int = 0
    category: str | None = None  # governing category, on ``scale``
    scale: str | None = None
    laterality: Laterality = "unknown"
    activities: tuple[Activity, ...] = ()
    clocks: tuple[Clock, ...] = ()
    notes: tuple[str, ...] = ()  # ids of clinician-facing notes (plans.csv rows of kind note)
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterBlock:
    """One block of the letter: plain sentences, and the rows and SEED ids it answers."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """
    The patient's explanation. ``notice`` stands on its face while it is held or unreleased.

    ``reason`` says what is missing when ``review_status`` is "refused": then there is no letter, only its notice.
    """

    language: str
    title: str
    blocks: tuple[LetterBlock, ...]
    notice: str
    review_status: str
    text: str = ""
    html: str = ""
    needs_interpreter: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Previous:
    """
    What is on record for the same report; the life of a plan (C-14, C-17, C-18) needs nothing more.

    ``category``, ``level`` and ``laterality`` are those of the last plan whose change nobody has still to confirm;
    ``disposition`` and the rest those of the last outcome. ``patient`` is whom its plan is about.
    """

    category: str | None
    level: int
    disposition: Disposition
    laterality: Laterality = "unknown"
    patient: PatientFacts | None = None
    exam_date: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One step of another report's plan; it is not late before ``until``, None where nobody has computed a day."""

    action: str
    level: int
    laterality: Laterality
    until: date | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """
    A plan of the same person from another report.

    ``is_open``: it is a draft or active. ``is_held``: its questions are not answered, or nobody knows. ``plan_id`` is
    the id of its CarePlan, and ``visits`` all that it asks for; a record that does not say so has neither.
    ``ended_by``: the report with whose plan it was ended.
    """

    report_id: str
    category: str | None
    level: int
    exam_date: date | None
    codes: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    is_open: bool = True
    scale: str | None = None
    laterality: Laterality = "unknown"
    is_held: bool = True
    plan_id: str = ""
    visits: tuple[Visit, ...] = ()
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    Everything decided about one report; pure function of report, tables, previous outcome and today's date.

    ``ends``: plans of other reports that end when this one is released, or that ended with an earlier version of it.
    """

    report: Report
    disposition: Disposition
    reason: str
    reading: Reading = field(default_factory=Reading)
    plan: Plan = field(default_factory=Plan)
    issues: tuple[Issue, ...] = ()
    letter: Letter | None = None
    hold: bool = True
    today: date = date.min
    table_digest: str = ""
    ends: tuple[Elsewhere, ...] = ()

    @property
    def action_level(self) -> int:
        """Highest known action level; 0 when none is known."""
        return self.plan.level


def with_evidence(finding: Finding, *evidence: Evidence) -> Finding:
    """Return the finding with more evidence behind what it already has."""
    return replace(finding, evidence=finding.evidence + evidence)
