"""
What US Core asks of the plans that we write for it, as far as its pages say it in so many words.

Source: US Core 7.0.0 (STU7), the pages of the profiles for CarePlan, Goal, ServiceRequest, Provenance and
DocumentReference: mandatory elements, required bindings and constraints. The profiles themselves are in no package that
the tests could install; a server that has them is the better judge.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from tests.plan_help import with_facts
from tests.resource_scenarios import everything
from worker.core.rules import Rules
from worker.core.writeplan.capability import Capability, TypeAbility
from worker.core.writeplan.fallback import for_server

Resource = dict[str, Any]

# "Each ... Must Have" of each page.
MANDATORY = {
    "CarePlan": {"text", "status", "intent", "category", "subject"},
    "Goal": {"lifecycleStatus", "description", "subject"},
    "ServiceRequest": {"status", "intent", "code", "subject"},
    "Provenance": {"target", "recorded", "agent"},
    "DocumentReference": {"status", "type", "category", "subject", "content"},
}
# ValueSet us-core-servicerequest-category, and systems of us-core-procedure-code (extensible).
CATEGORIES = {"108252007", "363679005", "409063005", "409073007", "387713003", "386053000", "410606002", "181261002"}
CODED_IN = {"http://snomed.info/sct", "http://loinc.org"}
CARE_PLAN_CATEGORY = ("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan")


@pytest.fixture(scope="module")
def written(rules: Rules) -> list[Resource]:
    """All that is written in R4 at a site that has said its name."""
    site = with_facts(rules, facility__name="Riverside Breast Centre")
    return [each for _, resources in everything(site, "R4") for each in resources]


def of(kind: str, resources: list[Resource]) -> Iterator[Resource]:
    found = [each for each in resources if each["resourceType"] == kind]
    assert found
    yield from found


@pytest.mark.parametrize("kind", ["CarePlan", "Goal", "ServiceRequest", "Provenance"])
def test_what_must_be_there_is_there(written: list[Resource], kind: str) -> None:
    for each in of(kind, written):
        missing = {name for name in MANDATORY[kind] if not each.get(name)}
        assert not missing
        subject = each.get("subject", {})
        assert kind == "Provenance" or subject.get("reference", "Patient/").startswith("Patient/")


def test_a_plan_has_a_narrative_and_is_known_as_one(written: list[Resource]) -> None:
    """CarePlan.text.status: generated or additional (required binding); the category slice AssessPlan, exactly once."""
    for plan in of("CarePlan", written):
        assert plan["text"]["status"] in {"generated", "additional"}
        assert plan["text"]["div"].startswith("<div")
        codes = [(c["system"], c["code"]) for category in plan["category"] for c in category["coding"]]
        assert codes.count(CARE_PLAN_CATEGORY) == 1


def test_a_goal_has_words_and_its_target_a_date(written: list[Resource]) -> None:
    for goal in of("Goal", written):
        assert goal["description"]["text"]
        assert all("dueDate" in target for target in goal.get("target", ()))


def test_a_request_has_a_category_of_us_core_and_a_code_or_words(written: list[Resource]) -> None:
    """ServiceRequest.code: extensible, so words and a code of our own stand where SNOMED CT and LOINC have none."""
    coded = set()
    for request in of("ServiceRequest", written):
        kinds = {c["code"] for category in request["category"] for c in category.get("coding", ())}
        assert kinds <= CATEGORIES, request["code"]["text"]
        assert request["code"]["text"]
        systems = {coding["system"] for coding in request["code"]["coding"]}
        coded.add(bool(systems & CODED_IN))
    assert True in coded


def test_each_act_says_when_by_whom_and_for_whom(written: list[Resource]) -> None:
    """Provenance.agent.who is mandatory; of a device, agent.onBehalfOf, too (constraint provenance-1)."""
    made = list(of("Provenance", written))
    for provenance in made:
        assert provenance["recorded"]
        assert all(agent["who"] for agent in provenance["agent"])
    created = [p for p in made if p["activity"]["coding"][0]["code"] == "CREATE"]
    assert {p["agent"][0]["onBehalfOf"]["display"] for p in created} == {"Riverside Breast Centre"}


def test_a_site_that_has_not_said_its_name_is_not_given_one(rules: Rules) -> None:
    """Near miss: the example name of the shipped table stands in no record."""
    assert "facility.name" in rules.practice.examples
    some = [each for _, resources in islice(everything(rules, "R4"), 9) for each in resources]
    for each in of("Provenance", some):
        assert not any("onBehalfOf" in agent for agent in each["agent"])


def test_a_plan_kept_as_a_document_has_type_category_and_content(written: list[Resource]) -> None:
    """DocumentReference: type, category and one attachment with its content type and data."""
    documents_only = Capability(types={"DocumentReference": TypeAbility(create=True, update=True)})
    for plan in of("CarePlan", written):
        documents, _ = for_server((plan,), documents_only, {})
        for document in of("DocumentReference", list(documents)):
            assert not {name for name in MANDATORY["DocumentReference"] if not document.get(name)}
            (content,) = document["content"]
            assert content["attachment"]["contentType"] == "text/html"
            assert content["attachment"]["data"]
