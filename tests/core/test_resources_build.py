"""What is written for a plan."""

from tests.resource_outcomes import RECORDED, outcome
from worker.core.resources import as_transaction, build_resources
from worker.core.rules import Rules


def test_a_plan_is_born_as_a_draft_that_proposes(rules: Rules) -> None:
    """INV-6: nothing is released by being written."""
    built = build_resources(outcome(), rules, "R4", RECORDED)
    for resource in built:
        if resource["resourceType"] in {"CarePlan", "ServiceRequest"}:
            assert (resource["status"], resource["intent"]) == ("draft", "proposal")
        if resource["resourceType"] == "Communication":
            assert resource["status"] == "preparation"


def test_the_same_outcome_is_written_with_the_same_ids(rules: Rules) -> None:
    first, second = (build_resources(outcome(), rules, "R4", RECORDED) for _ in range(2))
    assert first == second


def test_a_transaction_puts_every_resource_to_its_own_id(rules: Rules) -> None:
    built = build_resources(outcome(), rules, "R4", RECORDED)
    bundle = as_transaction(built)
    assert [e["request"]["url"] for e in bundle["entry"]] == [f"{r['resourceType']}/{r['id']}" for r in built]
