"""
What US Core asks of the plans that we write for it, compared profile by profile (``docs/us-core.md``).

Source: the differentials of the profiles CarePlan, Goal, ServiceRequest, Provenance and DocumentReference of US Core
7.0.0 in the guide's own repository: cardinalities, required bindings, patterns and constraints. They are in no package
that the tests could install; a server that has them is the better judge.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from tests.plan_help import with_facts
from tests.resource_scenarios import everything
from worker.core.resources.provenance import at_the_site, provenance_of, vouched_by
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


# ValueSet us-core-provenance-participant-type, as far as it is not US Core's own ``transmitter``.
PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
PARTICIPANTS = {
    "enterer",
    "performer",
    "author",
    "verifier",
    "legal",
    "attester",
    "informant",
    "custodian",
    "assembler",
}


@pytest.fixture(scope="module")
def written(rules: Rules) -> list[Resource]:
    """All that is written in R4 at a site that has said its name."""
    site = with_facts(rules, facility__name="Riverside Breast Centre")
    return [each for _, made in everything(site, "R4") for each in at_the_site(made, site.practice)]


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


def test_a_request_says_when_it_is_asked_for_and_when_it_is_due(written: list[Resource]) -> None:
    """ServiceRequest.authoredOn and occurrence[x], must support: a period, or words where nobody may compute a day."""
    for request in of("ServiceRequest", written):
        assert request["authoredOn"]
        period = request.get("occurrencePeriod", {})
        assert period.get("end") or request["occurrenceTiming"]["code"]["text"]


def test_a_goal_has_a_start(written: list[Resource]) -> None:
    """Goal.start[x], must support: a date."""
    assert all(goal["startDate"] for goal in of("Goal", written))


def test_each_act_says_what_when_by_whom_in_which_part_and_for_whom(written: list[Resource]) -> None:
    """target.reference, recorded, agent.type and agent.who; onBehalfOf of devices and practitioners (provenance-1)."""
    for provenance in of("Provenance", written):
        assert provenance["recorded"]
        assert all(target["reference"] for target in provenance["target"])
        for agent in provenance["agent"]:
            (part,) = agent["type"]["coding"]
            assert (part["system"], part["code"] in PARTICIPANTS) == (PARTICIPANT, True)
            assert agent["who"]
            is_named = set(agent["who"]) != {"display"}  # else the EHR has not said who it was
            assert agent.get("onBehalfOf", {}).get("display") == ("Riverside Breast Centre" if is_named else None)


@pytest.mark.parametrize(
    ("who", "organisation"),
    [
        ({"reference": "Practitioner/12"}, True),
        ({"reference": "https://ehr.example/fhir/Practitioner/12/_history/3"}, True),
        ({"reference": "https://ehr.example/fhir/Practitioner/12"}, True),
        ({"type": "Practitioner", "display": "Dr Example"}, True),
        ({"type": "Device", "identifier": {"value": "x"}}, True),
        ({"reference": "PractitionerRole/3"}, False),
        ({"display": "somebody whom the EHR does not name"}, False),
    ],
    ids=str,
)
def test_a_release_says_for_which_site_a_practitioner_acted(
    rules: Rules, who: dict[str, Any], organisation: bool
) -> None:
    """provenance-1: a role names its organisation itself, and of somebody whom nobody names nothing is said."""
    act = provenance_of("p1", {}, "UPDATE", [], [vouched_by(who)], "2026-03-02T09:00:00+00:00")
    site = with_facts(rules, facility__name="Riverside Breast Centre").practice
    (told,) = at_the_site([act], site)
    assert ("onBehalfOf" in told["agent"][0]) == organisation
    (again,) = at_the_site([told], with_facts(rules, facility__name="Elsewhere").practice)
    assert again == told
    assert at_the_site([act], rules.practice) == (act,)


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
