"""
Everything that we write, in all its forms: each category, odd inputs, and each step of a plan's life.

Plans, issues and letters come from the real rooms; only the readings are made up.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tests.resource_outcomes import CODED, QUESTION, RECORDED, REPORT, SAID, SEEN, TODAY, outcome
from worker.core.acts import Standing, acts_in, settle
from worker.core.explain import explain, explain_released
from worker.core.ids import report_id_of
from worker.core.model import (
    Assessment,
    CodeableConcept,
    Coding,
    Doubt,
    Elsewhere,
    Evidence,
    FhirVersion,
    Finding,
    Laterality,
    Letter,
    Outcome,
    Pathology,
    PatientFacts,
    Reading,
    Recommendation,
    Report,
    Risk,
    Version,
)
from worker.core.plan import make_plan
from worker.core.resources import build_resources, next_revision, release, supersede, withdraw
from worker.core.resources.finishing import finish
from worker.core.resources.resuming import resume
from worker.core.rules import Rules
from worker.core.safety import find_issues

Resources = tuple[dict[str, Any], ...]

LATER = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
CATEGORIES = ("0", "0-PR", "1", "2", "3", "4", "4A", "4B", "4C", "5", "6", "P")
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"


def finding(side: Laterality = "left", *morphology: str) -> Finding:
    """A group of calcifications in the upper outer quadrant."""
    shapes = morphology or ("fine-pleomorphic",)
    return Finding(
        laterality=side,
        morphology=shapes,
        distribution="grouped",
        quadrant="upper-outer",
        clock=2 if side == "left" else 10,
        extent_mm=12,
        evidence=(SEEN, CODED),
    )


def assessed(category: str, side: Laterality = "left", scale: str = "BI-RADS", **more: Any) -> Reading:
    """One finding and its category."""
    assessment = Assessment(scale, category, "overall", side, "current", (SAID,))
    return Reading(findings=(finding(side),), assessments=(assessment,), **more)


def decided(
    reading: Reading, rules: Rules, report: Report = REPORT, today: date = TODAY, language: str | None = None
) -> Outcome:
    """What ``decide`` makes of a reading."""
    plan = make_plan(reading, report, rules, today)
    issues = find_issues(reading, plan, report, None, rules, today)
    letter = explain(reading, plan, issues, report, rules, language)
    hold = any(issue.hold for issue in issues)
    return Outcome(report, "plan", "", reading, plan, issues, letter, hold, today, rules.digest)


def outcomes(rules: Rules) -> Iterator[tuple[str, Outcome]]:
    """Named outcomes that write something."""
    for category in CATEGORIES:
        yield f"birads-{category}", decided(assessed(category), rules)
    for language in ("es", "zh-Hant", "tl"):
        yield f"letter-{language}", decided(assessed("4"), rules, language=language)
    for name, reading in _readings():
        yield name, decided(reading, rules)
    for name, report in _reports():
        yield name, decided(assessed("4B"), rules, report)
    yield "question", outcome()
    yield "odd-words", outcome(issues=(replace(QUESTION, text="a < b & \x00\x0b\ud800 <script>", evidence=(_ODD,)),))
    yield "nobody-to-write-to", outcome(letter=None)
    yield "late", decided(assessed("5"), rules, today=date(2028, 2, 29))


_ODD = Evidence("text.div", "fine\x0c pleomorphic <b>&amp;</b> “calc” " * 20, "term:en-a b/c%", 0, 9)


def _readings() -> Iterator[tuple[str, Reading]]:
    yield "no-category", Reading(findings=(finding(),))
    yield "nothing-read", Reading()
    yield "unknown-scale", assessed("3", scale="unknown")
    yield "uk-m4", assessed("4", scale="UK")
    yield "side-not-said", assessed("4", "unknown")
    yield "both-breasts", assessed("0", "bilateral")
    yield "recommended", assessed("2", recommendations=(Recommendation("breast-mri", "left", 6, (SAID,)),))
    risks = (Risk("brca", (SAID,)), Risk("vascular-calcification", (SAID,)), Risk("pregnancy-lactation", (SAID,)))
    yield "risks", assessed("2", risks=risks, density="d", symptoms=(SAID,))
    yield "doubts", assessed("4", doubts=(Doubt("C-08", "side-text-code", (SAID, CODED)),))
    for diagnosis in ("dcis", "invasive", "adh", "benign", "pending", "non-diagnostic"):
        yield f"tissue-{diagnosis}", assessed("4", pathology=(Pathology(diagnosis, "left", None, evidence=(SAID,)),))


def _reports() -> Iterator[tuple[str, Report]]:
    yield "no-identifiers", replace(REPORT, identifiers=(), version=Version())
    yield "nameless-report", replace(REPORT, identifiers=(), reference=None, code=CodeableConcept())
    yield "observation-alone", replace(REPORT, is_bare_observation=True, reference="Observation/calc-1")
    yield "contained-subject", replace(REPORT, patient=replace(REPORT.patient, reference="#p1"))
    yield "subject-by-urn", replace(REPORT, patient=PatientFacts("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"))
    yield "unnamed-person", replace(REPORT, patient=PatientFacts(None))
    labels = (Coding(CONFIDENTIALITY, "N"), Coding(CONFIDENTIALITY, "R", "restricted"))
    yield "restricted", replace(REPORT, security=labels)


def lives(rules: Rules, target: FhirVersion) -> Iterator[tuple[str, Resources]]:
    """Named sets of resources as they stand after an act."""
    free, held = decided(assessed("4B"), rules), outcome()
    final = _final(free, rules)
    draft, question = (build_resources(o, rules, target, RECORDED) for o in (free, held))
    for status in ("cancelled", "entered-in-error"):
        gone = replace(held, report=replace(REPORT, status=status), disposition="withdraw")
        yield f"withdrawn-{status}", withdraw(question, gone, LATER)
    released = release(draft, "Practitioner/9", "released", "", LATER, "Dr Example", final)
    yield "released", released
    yield "released-on-hold", release(question, "Dr Example", "released", "side confirmed", LATER)
    yield "rejected", release(question, "Dr Example", "rejected", "wrong exam", LATER)
    standing = _standing(draft, released)
    gone = replace(held, report=replace(REPORT, status="entered-in-error"), disposition="withdraw")
    yield "withdrawn-after-release", withdraw(standing, gone, LATER)
    amended = decided(assessed("5"), rules)
    yield "amended", supersede(draft, build_resources(amended, rules, target, LATER, next_revision(draft)))
    corrected = supersede(standing, build_resources(amended, rules, target, LATER, next_revision(standing)))
    yield "corrected", corrected
    final = _final(amended, rules)
    yield "correction-released", release(corrected, "Dr X", "released", "", LATER, letter=final, replaced=standing)
    yield from acts(rules, target, draft, question)
    yield from series(rules, target)


def series(rules: Rules, target: FhirVersion) -> Iterator[tuple[str, Resources]]:
    """A follow-up series that ends with a later exam's plan, and is open again."""
    draft = build_resources(decided(assessed("3"), rules), rules, target, RECORDED)
    final = _final(decided(assessed("3"), rules), rules)
    active = _standing(draft, release(draft, "Practitioner/9", "released", "", LATER, "Dr Example", final))
    over = Elsewhere("earlier", "3", 2, date(2026, 5, 18), scale="BI-RADS", plan_id=report_id_of("earlier"))
    cleared = replace(decided(assessed("2"), rules), ends=(over,))
    later = build_resources(cleared, rules, target, LATER)
    yield "ends-a-series", later
    who = {"reference": "Practitioner/9", "display": "Dr Example"}
    yield "series-active", active
    for name, standing in (("series-ended", active), ("series-draft-ended", draft)):
        ended = finish(standing, later[0], who, "It ended with a later exam", LATER)
        yield name, ended
        keys = {f"{each['resourceType']}/{each['id']}" for each in ended}
        again = resume(_standing(standing, ended), keys, later[0]["id"], date(2027, 1, 4), LATER, rules.output)
        assert again, name
        yield f"{name}-and-open-again", again


def acts(rules: Rules, target: FhirVersion, draft: Resources, held: Resources) -> Iterator[tuple[str, Resources]]:
    """What clinicians' acts lead to, as they come back from an EHR."""
    who = {"reference": "Practitioner/9", "display": "Dr Example"}
    said = {"owner": who, "status": "completed", "lastModified": LATER.isoformat()}
    told = {"type": {"coding": [{"system": "urn:calcifhir:rule", "code": QUESTION.rule}]}, "valueString": "confirmed"}
    decision = {"type": {"text": "decision"}, "valueString": "released"}
    letter = replace(outcome().letter or Letter("en", "", (), "", ""), notice="Draft", text="You need a test.")
    for name, resources, kind, changes in (
        ("undecided", draft, "Task", said),
        ("released", draft, "Task", {**said, "output": [decision]}),
        ("rejected", draft, "Task", {**said, "output": [{**decision, "valueString": "rejected"}]}),
        ("held", held, "Task", {**said, "output": [decision]}),
        ("answered", held, "Task", {**said, "output": [told]}),
        ("plan-active", draft, "CarePlan", {"status": "active"}),
        ("plan-active-held", held, "CarePlan", {"status": "active"}),
        ("letter-sent", draft, "Communication", {"status": "completed", "sent": LATER.isoformat()}),
    ):
        (ours, *_) = (each for each in resources if each["resourceType"] == kind)
        theirs = {**ours, **changes, "meta": {**ours["meta"], "versionId": "2"}}
        (act,) = acts_in([theirs], rules.acts)
        standing = Standing(ours["identifier"][1]["value"], resources, letter, letter, 4)
        settled = settle(act, standing, lambda key: frozenset({key}), lambda _: True, rules.output, LATER)
        assert settled.changed, name
        yield f"act-{name}", settled.changed


def _final(made: Outcome, rules: Rules) -> Letter | None:
    """The letter as it is sent by a site that has given its own contact details."""
    own = replace(rules, practice=replace(rules.practice, examples=frozenset()))
    return explain_released(made.reading, made.plan, made.issues, made.report, own)


def _standing(previous: Resources, changed: Resources) -> Resources:
    return tuple({(each["resourceType"], each["id"]): each for each in (*previous, *changed)}.values())


def everything(rules: Rules, target: FhirVersion) -> Iterator[tuple[str, Resources]]:
    """All of the above as resources."""
    build: Callable[[Outcome], Resources] = lambda o: build_resources(o, rules, target, RECORDED)  # noqa: E731
    for name, made in outcomes(rules):
        yield name, build(made)
    yield from lives(rules, target)
