"""
The rows of the tables behind the plan: one class per table, columns as in the CSV files.

Spans are written ``6m`` (calendar months), ``14d`` (days) or ``5m15d``; ids of other tables are checked at load.
"""

from dataclasses import dataclass
from typing import Literal

from worker.core.dates import StartOf
from worker.core.model import Coding, Laterality, Severity
from worker.core.rules.row import Row

__all__ = [
    "ActionRow",
    "AssessmentRow",
    "ClockRow",
    "ContradictionRow",
    "LimitRow",
    "MinimumRow",
    "PathologyRow",
    "Priority",
    "ProgrammeRow",
    "RiskRow",
    "SeriesRow",
]

Priority = Literal["routine", "urgent", "asap", "stat"]
Situation = Literal["any", "concordant", "discordant", "unstated", "excised", "residual", "residual-assessed"]

_SNOMED = "http://snomed.info/sct"
_LOINC = "http://loinc.org"
_DICOM = "http://dicom.nema.org/resources/ontology/DCM"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow(Row):
    """
    ``plans.csv``: one thing to do (kind ``action``), one note for the clinician (``note``), or something that a report
    may say but nobody plans (``answer``).

    ``level`` is the step of the action ladder; 0 adds to a plan and ranks nothing. ``deferred_level`` (and
    ``yearly_level`` from 12 months on) is the step where a report names an interval for it, ``deferred_as`` the action
    that it then is (below 12 months), ``deferred_like`` the one whose window before and after the day it then has.
    ``direction`` says that it answers "what next for this finding" and so can
    contradict a category. ``kind_of`` names the general action that this one fulfils; ``calcification_form`` what a
    general one becomes for calcifications, unless all are described with a feature of ``form_open_with``. ``site``: one
    breast, both unless said otherwise, or the person. ``opt_in`` names the practice fact that must be ``yes``.
    ``interval_from`` ``programme``: the interval is the screening programme's. ``undated`` says in words who confirms
    the date where nobody may compute one. Code cells are ``CODE display``.
    """

    kind: Literal["action", "note", "answer"]
    level: int
    deferred_level: int | None = None
    yearly_level: int | None = None
    deferred_as: str = ""
    deferred_like: str = ""
    direction: bool = False
    kind_of: str = ""
    calcification_form: str = ""
    form_open_with: tuple[str, ...] = ()
    site: Literal["breast", "both", "person"] = "breast"
    opt_in: str = ""
    category: Literal["imaging", "biopsy", "referral", "communication", "administrative"]
    modality: str = ""
    owner: str
    order: int
    interval_from: Literal["", "programme"] = ""
    starts: StartOf = "exam"
    earliest: str = ""
    due: str = ""
    overdue: str = ""
    breach: str = ""
    undated: str = ""
    name: str
    patient_name: str = ""
    patient_instruction: str = ""
    snomed: str = ""
    loinc: str = ""
    loinc_left: str = ""
    loinc_right: str = ""
    dicom: str = ""

    def codings(self, laterality: Laterality = "unknown") -> tuple[Coding, ...]:
        """Codes for a ServiceRequest, SNOMED CT first; the LOINC term of the side where there is one."""
        sided = {"left": self.loinc_left, "right": self.loinc_right}.get(laterality) or self.loinc
        cells = ((_SNOMED, self.snomed), (_LOINC, sided), (_DICOM, self.dicom))
        return tuple(Coding(system, *cell.split(" ", 1)) for system, cell in cells if cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow(Row):
    """
    ``assessments.csv``: what a category on a scale calls for, at least.

    ``rank`` orders concern over an exam (1, 2, 3, 6, 0, 4, 5). ``actions`` are for calcifications, ``actions_other``
    where no calcification accounts for the category; ``actions_associated`` are added where a feature of
    ``associated`` is described. ``series`` names the follow-up series. A recommendation below
    level ``contradicted_below`` contradicts the category. ``due``, ``overdue``, ``breach`` tighten the actions' own.
    ``benign_is_discordant``: benign tissue does not explain it. ``accepts_dismissed``: some
    suspicious forms in both breasts are usual with it. ``asks_for_more``: it is low for the most suspicious forms.
    ``letter_days`` count from ``letter_starts``. ``hold_rule`` names the row of ``contradictions.csv`` that always
    applies.
    Category ``*`` stands for all others of its scale; scale ``unknown`` for all others.
    """

    scale: str
    category: str
    name: str
    likelihood: str
    editions: tuple[str, ...] = ()
    level: int
    rank: int
    actions: tuple[str, ...] = ()
    actions_other: tuple[str, ...] = ()
    associated: tuple[str, ...] = ()
    actions_associated: tuple[str, ...] = ()
    priority: Priority = "routine"
    series: str = ""
    contradicted_below: int = 0
    work_up_first: bool = False
    benign_is_discordant: bool = False
    accepts_dismissed: bool = False
    asks_for_more: bool = False
    hold_rule: str = ""
    letter_days: int
    letter_starts: StartOf
    clocks: tuple[str, ...] = ()
    due: str = ""
    overdue: str = ""
    breach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow(Row):
    """``series.csv``: one visit of a follow-up series, ``months`` after the exam, of the same side or of both."""

    series: str
    step: int
    action: str
    months: int
    side: Literal["same", "bilateral"]
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow(Row):
    """``clocks.csv``: a legal or quality clock of so many days; those of the letter stand in ``assessments.csv``."""

    starts: StartOf
    days: int
    legal: bool = False
    owner: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PathologyRow(Row):
    """``pathology.csv``: what a tissue diagnosis calls for; the highest ``rank`` on a side rules."""

    diagnosis: str
    situation: Situation
    name: str
    rank: int
    group: Literal["benign", "high-risk", "malignant", "unresolved"]
    level: int
    actions: tuple[str, ...]
    options: tuple[str, ...] = ()
    priority: Priority = "routine"
    issue: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow(Row):
    """
    ``risk.csv``: what a risk or context fact adds to a plan; it never replaces, delays or lowers anything.

    A row applies when a reader reports its id, or by itself: at the breast densities, for a present finding of the
    morphologies, below or above an age in full years, for the FHIR gender. ``side`` is the breast that is absent.
    ``issue`` names the row of ``contradictions.csv`` that it raises.
    """

    name: str
    actions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    densities: tuple[str, ...] = ()
    morphologies: tuple[str, ...] = ()
    age_below: int | None = None
    age_above: int | None = None
    gender: str = ""
    side: Literal["", "left", "right"] = ""
    issue: str = ""

    @property
    def is_told(self) -> bool:
        """Whether the row can apply without a reader that reports it."""
        ages = (self.age_below, self.age_above)
        return bool(self.densities or self.morphologies or self.gender) or ages != (None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow(Row):
    """
    ``programmes.csv``: the screening interval at an age (full years, inclusive) in a programme.

    With ``densities`` or ``risks`` the row is for people with one of them only; the shortest fitting interval stands.
    """

    programme: str
    country: str = ""
    age_from: int
    age_to: int | None = None
    interval_months: int
    densities: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictionRow(Row):
    """
    ``contradictions.csv``: how a contradiction or gap is raised.

    ``id`` is the rule (``C-08``) or a kind of it (``C-08:no-side``). ``text`` may name ``{category}``, ``{other}``,
    ``{side}`` and ``{ids}``. ``deadline_days`` count from the final interpretation; a sooner legal clock wins.
    """

    severity: Severity
    hold: bool
    owner: str
    deadline_days: int
    text: str

    @property
    def rule(self) -> str:
        """The rule without its kind."""
        return self.id.split(":", 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRow(Row):
    """``limits.csv``: one number of a rule, with its unit."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumRow(Row):
    """
    ``minimum.csv``: the least category that is usual for a morphology, by distribution; it raises questions only.

    ``id`` is the morphology. Cells: ``2``, ``3``, ``4`` (4 or more), ``review``, or empty for "nothing is expected".
    ``grouped_bilateral`` is for groups in both breasts. ``raising_changes`` and
    ``raising_associated`` call for 4 in any distribution. Particle sizes outside the limits contradict the name.
    """

    suspicion: Literal["benign", "context", "suspicious", "highly-suspicious", "unspecific"]
    diffuse_bilateral: str = ""
    diffuse: str = ""
    regional: str = ""
    grouped: str = ""
    grouped_bilateral: str = ""
    linear: str = ""
    segmental: str = ""
    unspecified: str = ""
    raising_changes: tuple[str, ...] = ()
    raising_associated: tuple[str, ...] = ()
    particle_min_mm: float | None = None
    particle_max_mm: float | None = None
