"""Whether two forms of a resource say the same, and whether one is still as we wrote it."""

import copy
from typing import Any

import pytest

from tests.plan_resources import plan_of
from worker.core.writeplan.sameness import carried_digest, digest_of, is_as_we_wrote_it, relinked, stamped


def _plan() -> dict[str, Any]:
    return copy.deepcopy(plan_of()[0])


def test_a_resource_made_again_later_says_the_same() -> None:
    earlier, later = plan_of(), plan_of(moment="2026-11-23T18:00:00+01:00")
    assert [digest_of(each) for each in earlier] == [digest_of(each) for each in later]


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "active"},
        {"title": "other"},
        {"note": [{"text": "a clinician's word"}]},
        {"subject": {"reference": "Patient/other"}},
        {"text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml"><p>Level 3</p></div>'}},
        {"meta": {"tag": [{"system": "urn:calcifhir:hold", "code": "hold"}]}},
        {"meta": {"security": [{"system": "urn:c", "code": "R"}]}},
    ],
)
def test_another_statement_has_another_digest(changes: dict[str, Any]) -> None:
    assert digest_of({**_plan(), **changes}) != digest_of(_plan())


def test_what_a_server_adds_or_writes_otherwise_is_no_difference() -> None:
    plan = _plan()
    served = copy.deepcopy(plan)
    served["meta"] |= {"versionId": "3", "lastUpdated": "2026-11-22T00:00:00Z", "source": "other", "profile": ["urn:p"]}
    served["meta"]["tag"].append({"system": "urn:server", "code": "x"})
    served["meta"]["tag"].append({"system": "urn:calcifhir:tables", "code": "another version of the tables"})
    served["text"]["div"] = '<div xmlns="http://www.w3.org/1999/xhtml">\n  <p class="x">Level&#32;4</p>\n</div>'
    served["subject"] = {"reference": "https://ehr.example/fhir/Patient/p-7/_history/2"}
    served["id"] = "another"
    assert digest_of(served) == digest_of(plan)


def test_references_under_ids_of_the_server_are_read_as_ours() -> None:
    plan = _plan()
    ours = plan["activity"][0]["reference"]["reference"]
    served = relinked(plan, lambda target: "ServiceRequest/77" if target == ours else target)
    assert digest_of(served) != digest_of(plan)
    assert digest_of(served, {"ServiceRequest/77": ours}) == digest_of(plan)


def test_the_stamp_tells_whether_anybody_has_changed_it() -> None:
    plan = _plan()
    written = stamped(plan, digest_of(plan))
    assert is_as_we_wrote_it(written)
    assert carried_digest(written) == digest_of(written) == digest_of(plan)
    assert not is_as_we_wrote_it({**written, "status": "active"})
    assert not is_as_we_wrote_it(plan)


def test_a_second_stamp_takes_the_place_of_the_first() -> None:
    plan = _plan()
    first = stamped(plan, digest_of(plan))
    changed = {**first, "status": "revoked"}
    again = stamped(changed, digest_of(changed))
    assert is_as_we_wrote_it(again)


@pytest.mark.parametrize("meta", [None, {}, {"tag": None}, {"tag": []}, {"tag": ["no object"]}])
def test_a_resource_without_readable_tags_carries_no_digest(meta: Any) -> None:
    assert carried_digest({**_plan(), "meta": meta}) is None


def test_relinking_changes_no_document_in_place_and_only_references() -> None:
    plan = {**_plan(), "description": "Patient/p-7"}
    before = copy.deepcopy(plan)
    turned = relinked(plan, lambda target: target.replace("p-7", "p-8"))
    assert plan == before
    assert turned["subject"] == {"reference": "Patient/p-8"}
    assert turned["description"] == "Patient/p-7"
