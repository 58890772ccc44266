"""Made-up readings and plans, one for each letter category, and one for each action of the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from worker.core.model import (
    Activity,
    CodeableConcept,
    Finding,
    Issue,
    Pathology,
    PatientFacts,
    Plan,
    Reading,
    Report,
    Version,
)
from worker.core.rules import Letters, Practice, Rules
from worker.tables import FolderReader, default_folder

EXAM = date(2026, 11, 10)
SOON, WEEK, HALF_YEAR, YEAR = date(2026, 11, 24), date(2026, 11, 17), date(2027, 5, 10), date(2027, 11, 10)
LANGUAGES = ("en", "es", "zh-Hant", "fr", "de", "pt", "zh-Hans")

GROUP = Finding("left", ("fine-pleomorphic",), "grouped", "upper-outer", 2)
BENIGN = Finding("left", ("rim",), None, "lower-inner")
DUST = Finding("bilateral", ("punctate",), "diffuse")
HOLD = Issue("C-01", "high", hold=True, text="no category")


def letter_rules(folders: Sequence[Path] = ()) -> Rules:
    """The tables of the letter and the site's facts; the letter reads no others."""
    reader = FolderReader((default_folder(), *folders))
    others: dict[str, Any] = {field.name: None for field in fields(Rules)}
    return Rules(**{**others, "digest": "", "letters": Letters.load(reader), "practice": Practice.load(reader)})


def report(language: str | None = "en", **patient: str | None) -> Report:
    """A final report of a made-up person."""
    person = {"name": "Ana Example", **patient}
    return Report(
        key="k",
        report_id="00000000-0000-5000-8000-000000000000",
        reference="DiagnosticReport/1",
        identifiers=(),
        version=Version(),
        status="final",
        fhir_version="R4",
        patient=PatientFacts("Patient/1", language=language, **person),
        code=CodeableConcept(),
        exam_date=EXAM,
        issued=datetime(2026, 11, 11, 9, tzinfo=UTC),
    )


def with_facts(rules: Rules, **facts: str | None) -> Rules:
    """The same tables at a site that says (or, with None, does not say) these facts; ``__`` stands for the dot."""
    named = {name.replace("__", "."): value for name, value in facts.items()}
    kept = {name: value for name, value in rules.practice.facts.items() if name not in named}
    given = {name: value for name, value in named.items() if value is not None}
    return replace(rules, practice=Practice(kept | given, rules.practice.examples - named.keys()))


def _step(action: str, level: int, due: date | None = SOON, **more: object) -> Activity:
    return Activity(action, level, **{"laterality": "left", "due": due, "rules": (f"plan:{action}",), **more})  # type: ignore[arg-type]


def _plan(category: str | None, level: int, *activities: Activity, scale: str = "BI-RADS") -> Plan:
    return Plan(level, category, scale if category else None, "left", activities)


_CALL = _step("clinician-call", 0, WEEK, laterality="unknown")
_BIOPSY = (_CALL, _step("stereotactic-biopsy", 4, quadrant="upper-outer", clock=2))
_SCREENING = _step("routine-screening", 1, YEAR, laterality="bilateral")
_SERIES = (
    _step("short-interval-mammogram", 2, HALF_YEAR, quadrant="upper-outer", clock=2),
    _step("diagnostic-mammogram", 2, YEAR, laterality="bilateral", interval_months=12),
    _step("diagnostic-mammogram", 2, date(2028, 11, 10), laterality="bilateral", interval_months=24),
)
_PERSON = {"laterality": "unknown"}


def cases() -> dict[str, tuple[Reading, Plan, tuple[Issue, ...]]]:
    """Reading, plan and issues by letter category; "held" is any of them with a hold."""
    seen = Reading(findings=(GROUP,))
    check = _step("short-interval-mammogram", 2, HALF_YEAR)
    tissue = {
        "benign": (Pathology("benign", "left", "concordant"), _plan(None, 2, check)),
        "high-risk": (
            Pathology("adh", "left"),
            _plan(None, 4, _step("surgical-consult", 4, **_PERSON), _step("surveillance-mammogram", 1, YEAR),
                  _step("supplemental-mri-discussion", 0, None, **_PERSON)),
        ),
        "dcis": (Pathology("dcis", "left"), _plan(None, 6, _CALL, _step("surgical-consult", 4, **_PERSON))),
        "invasive": (Pathology("invasive", "left"), _plan(None, 6, _CALL, _step("oncology-referral", 6, **_PERSON))),
        "malignant": (Pathology("malignant", "left"), _plan(None, 6, _CALL, _step("oncology-referral", 6, **_PERSON))),
        "repeat": (Pathology("non-diagnostic", "left"), _plan(None, 4, _step("repeat-biopsy", 4))),
    }  # fmt: skip
    return {
        "0": (seen, _plan("0", 3, _step("magnification-views", 3, quadrant="upper-outer", clock=2)), ()),
        "0-PR": (seen, _plan("0-PR", 3, _step("obtain-priors", 3, **_PERSON)), ()),
        "1": (Reading(), _plan("1", 1, _SCREENING), ()),
        "2": (Reading(findings=(BENIGN,)), _plan("2", 1, _SCREENING), ()),
        "3": (seen, _plan("3", 2, *_SERIES), ()),
        "M3": (seen, _plan("M3", 4, _step("magnification-views", 3), _step("biopsy", 4), scale="UK"), ()),
        **{category: (seen, _plan(category, 4, *_BIOPSY), ()) for category in ("4", "4A", "4B", "4C")},
        "5": (seen, _plan("5", 5, *_BIOPSY), ()),
        "6": (seen, _plan("6", 6, _step("oncology-referral", 6, **_PERSON)), ()),
        "P": (Reading(), _plan("P", 0, _step("obtain-pathology", 0, **_PERSON)), ()),
        **{name: (Reading(findings=(GROUP,), pathology=(found,)), plan, ()) for name, (found, plan) in tissue.items()},
        "step": (seen, _plan("2", 3, _step("ultrasound", 3)), ()),
        "held": (seen, _plan("4B", 4, *_BIOPSY), (HOLD,)),
    }


def with_action(case: tuple[Reading, Plan, tuple[Issue, ...]], action: str) -> tuple[Reading, Plan, tuple[Issue, ...]]:
    """The case with one more activity, which changes neither its level nor its category."""
    reading, plan, issues = case
    more = _step(action, 0, SOON, laterality="left")
    return reading, replace(plan, activities=(*plan.activities, more)), issues


def dense(case: tuple[Reading, Plan, tuple[Issue, ...]], density: str | None) -> Reading:
    """The case's reading with a breast density."""
    return replace(case[0], density=density)


def words_of(blocks: Iterable[str]) -> str:
    """Everything in one string."""
    return "\n".join(blocks)
