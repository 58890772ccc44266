"""Generated readings for plan and safety: all categories, shapes, distributions, recommendations, tissue, risks."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from tests.plan_help import SAID, a_report
from worker.core.model import Assessment, Doubt, Finding, Pathology, PatientFacts, Reading, Recommendation, Report, Risk
from worker.core.rules import Rules

SIDES = st.sampled_from(["left", "right", "bilateral", "unknown"])
STATUSES = [
    "final",
    "final",
    "final",
    "amended",
    "corrected",
    "appended",
    "preliminary",
    "cancelled",
    "entered-in-error",
    "",
]


def findings(rules: Rules) -> st.SearchStrategy[Finding]:
    shapes = st.sampled_from([*rules.planning.minimums, "unheard-of"])
    return st.builds(
        Finding,
        laterality=SIDES,
        morphology=st.lists(shapes, max_size=2, unique=True).map(tuple),
        distribution=st.sampled_from([None, "diffuse", "regional", "grouped", "linear", "segmental"]),
        quadrant=st.sampled_from([None, "upper-outer", "lower-inner"]),
        clock=st.sampled_from([None, 2, 10]),
        particle_mm=st.sampled_from([None, 0.2, 3.0]),
        extent_mm=st.sampled_from([None, 4.0]),
        status=st.sampled_from(["present", "present", "present", "negated", "historical"]),
        change=st.sampled_from([None, "new", "increased", "stable", "decreased"]),
        descriptor=st.sampled_from([None, None, "suspicious", "benign-appearing", "indeterminate"]),
        associated=st.sampled_from([(), (), ("mass",), ("known-cancer",)]),
        evidence=st.just(SAID),
    )


def assessments(rules: Rules, *, current_only: bool = False) -> st.SearchStrategy[Assessment]:
    known = [*rules.planning.assessments, ("unknown", "3"), ("BI-RADS", "9"), ("DKBI-RADS", "3")]
    usual = [("BI-RADS", category) for category in ("0", "1", "2", "3", "4", "4A", "4B", "4C", "5", "6")]
    statuses = ["current"] if current_only else ["current", "current", "current", "prior", "hypothetical"]
    return st.builds(
        lambda named, scope, side, status: Assessment(named[0], named[1], scope, side, status, SAID),
        st.one_of(st.sampled_from(usual), st.sampled_from(known)),
        st.sampled_from(["finding", "breast", "overall"]),
        SIDES,
        st.sampled_from(statuses),
    )


def recommendations(rules: Rules) -> st.SearchStrategy[Recommendation]:
    actions = [row.id for row in rules.planning.actions.values() if row.kind != "note"]
    months = st.sampled_from([None, None, 3, 4, 6, 12, 24])
    return st.builds(Recommendation, st.sampled_from(actions), SIDES, months, st.just(SAID))


def tissues(rules: Rules) -> st.SearchStrategy[Pathology]:
    diagnoses = [*{row.diagnosis for row in rules.planning.pathologies.values()}, "unheard-of"]
    return st.builds(
        Pathology,
        st.sampled_from(sorted(diagnoses)),
        SIDES,
        st.sampled_from([None, "concordant", "discordant"]),
        st.booleans(),
        st.booleans(),
        st.just(SAID),
    )


def risks(rules: Rules) -> st.SearchStrategy[Risk]:
    return st.builds(Risk, st.sampled_from(list(rules.planning.risks)), st.just(SAID))


def some(one: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=most).map(tuple)


def readings(rules: Rules, *, current_only: bool = False, with_tissue: bool = True) -> st.SearchStrategy[Reading]:
    return st.builds(
        Reading,
        findings=some(findings(rules)),
        assessments=some(assessments(rules, current_only=current_only)),
        recommendations=some(recommendations(rules)),
        pathology=some(tissues(rules), 2) if with_tissue else st.just(()),
        risks=some(risks(rules), 2),
        density=st.sampled_from([None, "a", "b", "c", "d"]),
        symptoms=st.sampled_from([(), (), SAID]),
        doubts=st.sampled_from([(), (), (), (Doubt("C-08", "side", SAID),), (Doubt("C-77", "new"),)]),
    )


def reports() -> st.SearchStrategy[Report]:
    days = st.dates(date(2024, 1, 1), date(2027, 1, 1))
    return st.builds(
        lambda status, exam, issued, purpose, side, born, missing: replace(
            a_report(),
            status=status,
            exam_date=exam,
            issued=issued and datetime(issued.year, issued.month, issued.day, 23, tzinfo=UTC),
            purpose=purpose,
            laterality=side,
            patient=PatientFacts("Patient/1", birth_date=born, gender="female"),
            missing=missing,
        ),
        st.sampled_from(STATUSES),
        st.none() | days,
        st.none() | days,
        st.sampled_from(["screening", "diagnostic", "procedure", "pathology", "unknown"]),
        SIDES,
        st.none() | st.dates(date(1920, 1, 1), date(2010, 1, 1)),
        st.sampled_from([(), (), (), ("Observation/9",)]),
    )
