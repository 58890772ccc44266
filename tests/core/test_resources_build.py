"""What is written for a plan: drafts, codes, places, dates, reasons, and where each of them comes from."""

import base64
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.fhir_shapes import RDE, bundle, calcification, component, observation, report
from tests.resource_outcomes import BIOPSY, LETTER, PLAN_CLOCK, QUESTION, RECORDED, REPORT, TODAY, outcome
from tests.resource_scenarios import assessed, decided, outcomes
from worker.core.conformance import check_output
from worker.core.model import BackgroundItem, CodeableConcept, Coding, Evidence, Outcome, Plan, Risk
from worker.core.resources import as_transaction, build_resources
from worker.core.resources.codes import body_site
from worker.core.resources.frame import Frame, frame_of
from worker.core.rules import Rules
from worker.core.rules.output import Output
from worker.core.standalone import decide_document
from worker.tables import FolderReader, default_folder

SNOMED = "http://snomed.info/sct"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"


@pytest.fixture(scope="module")
def output() -> Output:
    """The shipped table of output codes."""
    return Output.load(FolderReader((default_folder(),)))


@pytest.fixture
def frame(rules: Rules, output: Output) -> Frame:
    """What the resources of one outcome share."""
    return replace(frame_of(outcome(), rules, "R4", RECORDED, 0), output=output)


def built(rules: Rules, made: Outcome | None = None) -> tuple[dict[str, Any], ...]:
    return build_resources(made or outcome(), rules, "R4", RECORDED)


def of_kind(resources: tuple[dict[str, Any], ...], kind: str) -> list[dict[str, Any]]:
    return [each for each in resources if each["resourceType"] == kind]


# ---- drafts ----------------------------------------------------------------------------------------------------------


def test_everything_is_born_as_a_draft_that_proposes(rules: Rules) -> None:
    """INV-6, SEED-23: nothing is released by being written, and nothing of a patient's care is ordered."""
    for name, made in outcomes(rules):
        for each in built(rules, made):
            kind = each["resourceType"]
            if kind in {"CarePlan", "ServiceRequest"}:
                assert (each["status"], each["intent"]) == ("draft", "proposal"), name
            if kind == "Communication":
                assert each["status"] == "preparation", name
                assert "sent" not in each, name
            if kind == "DetectedIssue":
                assert each["status"] == "preliminary", name


@pytest.mark.parametrize("disposition", ["withdraw", "no-output", "not-for-us"])
def test_only_a_plan_is_written(disposition: str, rules: Rules) -> None:
    assert built(rules, outcome(disposition=disposition)) == ()


def test_a_moment_without_offset_is_refused_for_an_instant_needs_one(rules: Rules) -> None:
    naive = datetime(2026, 11, 22)  # noqa: DTZ001  the mistake itself
    with pytest.raises(ValueError, match="offset"):
        build_resources(outcome(), rules, "R4", naive)


def test_a_plan_has_what_us_core_asks_of_every_care_plan(rules: Rules) -> None:
    """US Core CarePlan: narrative, its status, status, intent, category assess-plan, patient."""
    for target in ("R4", "R4B"):
        plan = build_resources(outcome(), rules, target, RECORDED)[0]
        assert plan["text"]["status"] in {"generated", "additional"}
        assert plan["text"]["div"]
        assert plan["subject"]["type"] == "Patient"
        codes = {(c["system"], c["code"]) for each in plan["category"] for c in each["coding"]}
        assert ("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan") in codes


# ---- ids -------------------------------------------------------------------------------------------------------------


def test_the_same_outcome_is_written_with_the_same_ids(rules: Rules) -> None:
    assert built(rules) == built(rules)


def test_an_amended_version_keeps_the_ids_and_adds_a_provenance(rules: Rules) -> None:
    amended = outcome(report=replace(REPORT, version=replace(REPORT.version, version_id="3")))
    first, second = ({(e["resourceType"], e["id"]) for e in built(rules, made)} for made in (outcome(), amended))
    assert {kind for kind, _ in first ^ second} == {"Provenance"}


def test_a_revision_has_ids_of_its_own(rules: Rules) -> None:
    first, second = (build_resources(outcome(), rules, "R4", RECORDED, revision) for revision in (0, 1))
    assert not {each["id"] for each in first} & {each["id"] for each in second}


def test_ids_are_unique_and_stand_in_the_identifiers(rules: Rules) -> None:
    for _, made in outcomes(rules):
        resources = built(rules, made)
        assert len({each["id"] for each in resources}) == len(resources)
        for each in resources:
            if each["resourceType"] != "Provenance":
                values = [identifier["value"] for identifier in each["identifier"]]
                assert values == [each["id"], made.report.report_id]


def test_two_activities_of_one_kind_and_side_are_two_requests(rules: Rules) -> None:
    """INV-4: every distinct action is kept."""
    other = replace(BIOPSY, quadrant="lower-inner", clock=7)
    made = outcome(plan=replace(outcome().plan, activities=(BIOPSY, other, BIOPSY)))
    assert len({each["id"] for each in of_kind(built(rules, made), "ServiceRequest")}) == 3


def test_every_reference_of_ours_finds_its_target_in_the_transaction(rules: Rules) -> None:
    for _, made in outcomes(rules):
        bundle = as_transaction(built(rules, made))
        urls = {entry["fullUrl"] for entry in bundle["entry"]}
        assert [e["request"]["url"] for e in bundle["entry"]] == [
            f"{e['resource']['resourceType']}/{e['resource']['id']}" for e in bundle["entry"]
        ]
        assert {url for url in _references(bundle) if url.startswith("urn:uuid:")} <= urls


def _references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["reference"]} if isinstance(node.get("reference"), str) else set()
        return own.union(*map(_references, node.values()))
    return set().union(*map(_references, node)) if isinstance(node, list) else set()


# ---- what is planned -------------------------------------------------------------------------------------------------


def test_each_activity_is_a_request_with_its_codes_place_dates_and_priority(rules: Rules) -> None:
    """SEED-8, SEED-16: nothing of an activity is lost on its way into FHIR."""
    (request,) = of_kind(built(rules), "ServiceRequest")
    codes = {(c["system"], c["code"]) for c in request["code"]["coding"]}
    assert {(SNOMED, "116334007"), ("urn:calcifhir:action", "stereotactic-biopsy")} <= codes
    assert request["occurrencePeriod"] == {"start": "2026-11-22", "end": "2026-12-02"}
    assert request["priority"] == "urgent"
    assert "left" in request["bodySite"][0]["text"]
    assert "2 o'clock" in request["bodySite"][0]["text"]
    assert "2026-12-18" in request["note"][0]["text"]
    assert "requester" not in request


def test_each_request_names_the_category_that_asks_for_it(rules: Rules) -> None:
    """Not that of the other breast: a 3 on the right is followed because of the 3, whatever the left is."""
    reading = assessed("4")
    right = replace(
        reading.assessments[0], category="3", laterality="right", evidence=(Evidence("conclusion", "3", "r", 9, 10),)
    )
    both = replace(reading, assessments=(*reading.assessments, right))
    requests = of_kind(built(rules, decided(both, rules)), "ServiceRequest")
    reasons = {each["code"]["coding"][-1]["code"]: [r["text"] for r in each["reasonCode"]] for each in requests}
    assert reasons["stereotactic-biopsy"] == reasons["clinician-call"] == ["BI-RADS 4"]
    assert reasons["short-interval-mammogram"] == reasons["diagnostic-mammogram"] == ["BI-RADS 3"]


def test_no_code_of_a_licensed_procedure_list_is_sent(rules: Rules) -> None:
    systems = {
        coding["system"]
        for _, made in outcomes(rules)
        for request in of_kind(built(rules, made), "ServiceRequest")
        for coding in request["code"]["coding"]
    }
    assert not [system for system in systems if "cpt" in system.lower() or "ama-assn" in system]


@pytest.mark.parametrize(
    ("laterality", "quadrant", "codes", "text"),
    [
        ("left", "upper-outer", ["80248007", "76365002"], "left breast, upper outer quadrant, 2 o'clock"),
        ("right", None, ["73056007"], "right breast, 2 o'clock"),
        ("bilateral", "upper", ["63762007"], "both breasts, upper breast, 2 o'clock"),
        ("unknown", None, ["76752008"], "breast, side not stated, 2 o'clock"),
    ],
)
def test_the_body_site_says_the_side_in_code_and_words(
    laterality: Any, quadrant: str | None, codes: list[str], text: str, frame: Frame
) -> None:
    """SEED-4, SEED-8; INV-3: a side that was not said is said to be that."""
    site = body_site(replace(BIOPSY, laterality=laterality, quadrant=quadrant), frame)
    assert [coding["code"] for coding in site["coding"]] == codes
    assert site["text"] == text


def test_an_action_about_the_person_has_no_body_site(rules: Rules) -> None:
    call = replace(BIOPSY, action="clinician-call", laterality="unknown", quadrant=None, clock=None)
    (request,) = of_kind(built(rules, outcome(plan=Plan(activities=(call,)))), "ServiceRequest")
    assert "bodySite" not in request


def test_an_action_that_no_row_names_keeps_its_id_as_words(rules: Rules) -> None:
    odd = replace(BIOPSY, action="crystal-ball")
    (request,) = of_kind(built(rules, outcome(plan=Plan(activities=(odd,)))), "ServiceRequest")
    assert request["code"]["text"] == "crystal ball"
    assert [coding["code"] for coding in request["code"]["coding"]] == ["crystal-ball"]


def test_a_date_that_nobody_may_compute_is_given_in_words(rules: Rules) -> None:
    undated = replace(BIOPSY, earliest=None, due=None, overdue=None, breach=None, timing="The care team confirms.")
    (request,) = of_kind(built(rules, outcome(plan=Plan(activities=(undated,)))), "ServiceRequest")
    assert request["occurrenceTiming"] == {"code": {"text": "The care team confirms."}}


def test_a_plan_without_action_is_written_as_a_question_not_as_nothing(rules: Rules) -> None:
    """SEED-48, C-01: unknown is never benign."""
    resources = built(rules, decided(assessed("3", scale="unknown"), rules))
    assert of_kind(resources, "DetectedIssue")
    assert of_kind(resources, "Task")
    assert "urn:calcifhir:hold" in {tag["system"] for tag in resources[0]["meta"]["tag"]}


def test_the_goal_is_due_with_the_most_important_activity(rules: Rules) -> None:
    call = replace(BIOPSY, action="clinician-call", level=0, due=date(2026, 11, 24))
    made = outcome(plan=Plan(level=4, activities=(call, BIOPSY)))
    assert of_kind(built(rules, made), "Goal")[0]["target"] == [{"dueDate": "2026-12-02"}]


def test_the_period_of_a_plan_never_ends_before_it_starts(rules: Rules) -> None:
    past = replace(BIOPSY, earliest=TODAY - timedelta(days=90), due=TODAY - timedelta(days=60))
    resources = built(rules, outcome(plan=Plan(activities=(past,))))
    assert resources[0]["period"] == {"start": "2026-08-24", "end": "2026-09-23"}


# ---- the letter ------------------------------------------------------------------------------------------------------


def test_the_letter_travels_as_text_and_as_the_designed_page(rules: Rules) -> None:
    """SEED-38."""
    (letter,) = of_kind(built(rules), "Communication")
    page = letter["payload"][1]["contentAttachment"]
    assert letter["payload"][0]["contentString"] == LETTER.text
    assert base64.b64decode(page["data"]).decode() == LETTER.html
    assert (page["contentType"], page["language"], page["size"]) == ("text/html", "en", len(LETTER.html))
    assert letter["language"] == "en"


def test_what_a_notification_shows_holds_no_clinical_word(rules: Rules, output: Output) -> None:
    rows = [output.say("text", key).lower() for key in ("letter-topic", "letter-category")]
    words = ("breast", "biopsy", "mammo", "cancer", "calc", "birads", "suspicious")
    assert not [word for row in rows for word in words if word in row]


def test_without_anybody_to_write_to_there_is_no_letter(rules: Rules) -> None:
    assert not of_kind(built(rules, outcome(letter=None)), "Communication")


# ---- questions -------------------------------------------------------------------------------------------------------


def test_each_issue_is_written_with_its_rule_severity_and_evidence(rules: Rules) -> None:
    """SEED-49."""
    (issue,) = of_kind(built(rules), "DetectedIssue")
    assert issue["code"]["coding"] == [{"system": "urn:calcifhir:rule", "code": "C-08"}]
    assert issue["severity"] == "high"
    assert [e["code"][0]["text"] for e in issue["evidence"]] == ["BI-RADS 4B", "fine pleomorphic"]
    assert issue["evidence"][0]["detail"][0]["display"] == "conclusion, characters 60-70"
    assert issue["evidence"][1]["detail"][0]["identifier"]["value"] == "Observation/calc-1"


def test_the_review_is_due_at_the_nearest_of_all_clocks(rules: Rules) -> None:
    """INV-8: a hold does not stop the legal clock."""
    clock = replace(PLAN_CLOCK, due=date(2026, 11, 23))
    made = outcome(plan=replace(outcome().plan, clocks=(clock,)))
    review = of_kind(built(rules, made), "Task")[0]
    assert review["restriction"]["period"]["end"] == "2026-11-23"
    assert review["priority"] == "asap"
    assert review["focus"] == {"reference": f"CarePlan/{built(rules)[0]['id']}"}


def test_a_review_grows_louder_as_its_deadline_nears_and_never_quieter_than_the_plan(rules: Rules) -> None:
    """INV-8, C-20."""
    calm = outcome(plan=Plan(activities=(replace(BIOPSY, priority="routine"),)), issues=(), hold=False)
    days = (date(2026, 11, 1), date(2026, 11, 20), date(2026, 11, 26), date(2027, 1, 1))
    priorities = [of_kind(built(rules, replace(calm, today=day)), "Task")[0]["priority"] for day in days]
    urgency = ["routine", "urgent", "asap", "stat"]
    assert sorted(priorities, key=urgency.index) == priorities
    assert priorities[-1] == "stat"
    urgent = outcome(plan=Plan(activities=(replace(BIOPSY, priority="stat"),)), issues=(), hold=False)
    assert of_kind(built(rules, replace(urgent, today=days[0])), "Task")[0]["priority"] == "stat"


def test_every_issue_has_a_task_with_an_owner_and_a_deadline(rules: Rules) -> None:
    mine = replace(QUESTION, rule="C-21", owner="referring-clinician", due=date(2026, 11, 25))
    also = replace(QUESTION, rule="C-12", owner="breast-surgeon", due=None)
    resources = built(rules, outcome(issues=(QUESTION, mine, also)))
    asked: dict[str, int] = {}
    for task in of_kind(resources, "Task"):
        assert task["performerType"]
        assert task["restriction"]["period"]["end"]
        *questions, as_read = task["input"]
        assert as_read["type"]["coding"][0]["code"] == "plan-as-read"
        for each in questions:
            asked[each["valueReference"]["reference"]] = asked.get(each["valueReference"]["reference"], 0) + 1
    assert set(asked) == {f"DetectedIssue/{each['id']}" for each in of_kind(resources, "DetectedIssue")}


def test_the_worst_question_is_the_reason_of_the_review(rules: Rules) -> None:
    low = replace(QUESTION, rule="C-16", severity="low", hold=False)
    resources = built(rules, outcome(issues=(low, QUESTION)))
    (worst,) = [e for e in of_kind(resources, "DetectedIssue") if e["severity"] == "high"]
    assert of_kind(resources, "Task")[0]["reasonReference"] == {"reference": f"DetectedIssue/{worst['id']}"}


# ---- where it comes from ---------------------------------------------------------------------------------------------


def test_the_provenance_names_every_rule_the_tables_and_the_source_versions(rules: Rules) -> None:
    """INV-9."""
    resources = built(rules)
    (provenance,) = of_kind(resources, "Provenance")
    policies = provenance["policy"]
    assert policies[0] == "urn:calcifhir:tables:0123456789abcdef"
    wanted = {"assess:birads-4b", "plan:level-4", "C-08", "term:en-fine-pleomorphic-1", "clock:us-7d", "next-step"}
    assert {f"urn:calcifhir:rule:{rule}" for rule in wanted} <= set(policies)
    assert {e["reference"] for e in provenance["target"]} == {f"{e['resourceType']}/{e['id']}" for e in resources[:-1]}
    sources = [entity["what"]["identifier"]["value"] for entity in provenance["entity"]]
    assert sources == ["MG-2026-0042", "Observation/calc-1"]
    assert "version 2" in provenance["entity"][0]["what"]["display"]


def test_every_activity_leads_to_its_rules_and_words(rules: Rules) -> None:
    """INV-9."""
    (request,) = of_kind(built(rules), "ServiceRequest")
    assert request["instantiatesUri"] == ["urn:calcifhir:rule:assess:birads-4b", "urn:calcifhir:rule:plan:level-4"]
    assert [e["display"] for e in request["supportingInfo"]] == ["conclusion, characters 60-70"]


def test_references_to_sources_are_logical_so_that_a_strict_server_takes_them(rules: Rules) -> None:
    for _, made in outcomes(rules):
        resources = built(rules, made)
        ours = {f"{each['resourceType']}/{each['id']}" for each in resources}
        subject = made.report.patient.reference
        assert _references(list(resources)) <= ours | {subject}


@pytest.mark.parametrize(
    ("reference", "system", "value"),
    [
        ("Observation/calc-1", "urn:calcifhir:source-reference", "Observation/calc-1"),
        ("#o1", "urn:calcifhir:source-reference", "DiagnosticReport/mg-42#o1"),
        ("urn:uuid:5", "urn:ietf:rfc:3986", "urn:uuid:5"),
        ("https://ris.example/fhir/Observation/5", "urn:ietf:rfc:3986", "https://ris.example/fhir/Observation/5"),
    ],
)
def test_an_observation_is_named_by_the_reference_it_came_under(
    reference: str, system: str, value: str, rules: Rules
) -> None:
    member = replace(REPORT.observations[0], reference=reference)
    report = replace(REPORT, observations=(replace(member, reference="Observation/group", members=(member,)),))
    source = built(rules, outcome(report=report))[0]["supportingInfo"][2]
    assert source["identifier"] == {"system": system, "value": value}


def test_nothing_due_is_no_deadline(rules: Rules) -> None:
    other = replace(QUESTION, owner="breast-surgeon", due=None)
    made = outcome(plan=Plan(), issues=(other,))
    question = of_kind(built(rules, made), "Task")[1]
    assert "restriction" not in question
    assert question["priority"] == "routine"


def test_a_rule_id_with_odd_characters_is_still_a_uri(rules: Rules) -> None:
    odd = replace(QUESTION, evidence=(Evidence("conclusion", "x", "term:en a/b%", 0, 1),))
    (provenance,) = of_kind(built(rules, outcome(issues=(odd,))), "Provenance")
    assert "urn:calcifhir:rule:term:en%20a%2Fb%25" in provenance["policy"]


def test_everything_carries_product_tables_and_the_highest_confidentiality(rules: Rules) -> None:
    labels = (Coding(CONFIDENTIALITY, "N"), Coding(CONFIDENTIALITY, "V"), Coding("urn:example", "HIV", "sensitive"))
    for each in built(rules, outcome(report=replace(REPORT, security=labels))):
        assert [(label["system"], label["code"]) for label in each["meta"]["security"]] == [
            (CONFIDENTIALITY, "V"),
            ("urn:example", "HIV"),
        ]
        tags = {tag["system"]: tag["code"] for tag in each["meta"]["tag"]}
        assert tags["urn:calcifhir:product"] == "calcifhir"
        assert tags["urn:calcifhir:tables"] == "0123456789abcdef"
        assert tags["urn:calcifhir:hold"] == "hold"


def test_sources_without_labels_get_none(rules: Rules) -> None:
    assert all("security" not in each["meta"] for each in built(rules))


def test_the_subject_is_named_as_an_ehr_can_find_it(rules: Rules) -> None:
    identifier = {"system": "urn:example:mrn", "value": "7"}
    cases = {
        "Patient/p-7": {"reference": "Patient/p-7", "type": "Patient", "identifier": identifier},
        "#p1": {"type": "Patient", "identifier": identifier},
        "urn:uuid:1": {"type": "Patient", "identifier": identifier},
    }
    for reference, subject in cases.items():
        patient = replace(REPORT.patient, reference=reference)
        assert built(rules, outcome(report=replace(REPORT, patient=patient)))[0]["subject"] == subject


@pytest.mark.parametrize(("needed", "count"), [(True, 1), (False, 0)])
def test_a_letter_in_no_language_of_the_person_asks_for_an_interpreter(needed: bool, count: int, rules: Rules) -> None:
    """SEED-45: English, an interpreter's line, and somebody whose task it is to find one."""
    report = replace(REPORT, patient=replace(REPORT.patient, language="vi"))
    made = replace(outcome(), report=report, letter=replace(LETTER, needs_interpreter=needed))
    found = [task for task in of_kind(built(rules, made), "Task") if "interpreter" in task["description"]]
    assert len(found) == count
    for task in found:
        assert task["description"].endswith("(vi)")
        assert task["status"] == "requested"
        assert task["restriction"]["period"]["end"]
        assert task["focus"]["reference"].startswith("Communication/")
        check_output([task], "R4")


@pytest.mark.parametrize("name", ["c1", "c12", "1.2", "1.2.3"])
def test_evidence_is_laid_to_the_observation_that_said_it(name: str, rules: Rules) -> None:
    """``c1`` is no part of ``c12``, and an id may hold dots."""
    others = [observation(other, (RDE, "RDE1587")) for other in ("c1", "c12", "1.2", "1.2.3") if other != name]
    category = component((RDE, "RDE1586"), (RDE, "RDE1586_category4SuspiciousAbnormality"))
    cited = [*others, calcification(name, category)]
    (made,) = decide_document(bundle(report(*cited), *cited), rules, TODAY)
    requests = of_kind(build_resources(made, rules, "R4", RECORDED), "ServiceRequest")
    sources = {source["identifier"]["value"] for request in requests for source in request["supportingInfo"]}
    assert sources == {f"Observation/{name}"}


@pytest.mark.parametrize("target", ["R4", "R5"])
def test_a_condition_that_had_a_part_in_the_plan_is_addressed_and_no_other(target: str, rules: Rules) -> None:
    """SEED-26: by its own name, for it lives where the report came from."""
    seen = Evidence("Condition/c1.code", "BRCA1", "code:brca")
    background = tuple(
        BackgroundItem("Condition", f"Condition/{name}", f"Condition/{name}", "active", CodeableConcept(codings, text))
        for name, codings, text in (
            ("c1", (), "BRCA1 mutation"),
            ("c10", (Coding("urn:site", "1", "Hypertension"),), None),
        )
    )
    report = replace(REPORT, background=background)
    made = outcome(report=report, reading=replace(outcome().reading, risks=(Risk("brca", (seen,)),)))
    plan = of_kind(build_resources(made, rules, target, RECORDED), "CarePlan")[0]  # type: ignore[arg-type]
    told = plan["addresses"][0]["reference"] if target == "R5" else plan["addresses"][0]
    assert len(plan["addresses"]) == 1
    assert (told["type"], told["display"]) == ("Condition", "BRCA1 mutation")
    assert told["identifier"]["value"] == "Condition/c1"
    check_output([plan], target)  # type: ignore[arg-type]
    elsewhere = Risk("brca", (seen._replace(where="Condition/c10.code"),))
    other = replace(made, reading=replace(made.reading, risks=(elsewhere,)))
    (named,) = of_kind(build_resources(other, rules, "R4", RECORDED), "CarePlan")[0]["addresses"]
    assert named["display"] == "Hypertension"
