"""The sandbox EHR: as strict as a real server where it matters to us, over real HTTP."""

from typing import Any

import pytest
import requests

from tests.ehr_help import EhrServer, serving
from worker.sandbox import Abilities, Faults

Resource = dict[str, Any]
IDENTIFIER = {"system": "urn:x", "value": "1"}


def call(server: EhrServer, method: str, path: str = "", body: Any = None, **headers: str) -> requests.Response:
    """One call; header names with ``_`` for ``-``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.request(method, f"{server.url}/{path}".rstrip("/"), json=body, headers=named, timeout=5)


def task(**elements: Any) -> Resource:
    return {"resourceType": "Task", "status": "draft", "intent": "order", **elements}


def transaction(*entries: Resource, kind: str = "transaction") -> Resource:
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries)}


def entry(method: str, url: str, resource: Resource | None = None, full_url: str = "", **request: str) -> Resource:
    made: Resource = {"request": {"method": method, "url": url, **request}}
    if resource:
        made["resource"] = resource
    return {**made, "fullUrl": full_url} if full_url else made


def issue(answer: requests.Response) -> Resource:
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert answer.headers["content-type"] == "application/fhir+json"
    return answer.json()["issue"][0]


# ---- one resource


def test_metadata_states_what_it_offers() -> None:
    with serving() as server:
        statement = call(server, "GET", "metadata").json()
        assert statement["fhirVersion"] == "4.0.1"
        assert {each["code"] for each in statement["rest"][0]["interaction"]} == {"transaction", "batch"}
        plan = next(each for each in statement["rest"][0]["resource"] if each["type"] == "CarePlan")
        assert plan["updateCreate"]
        assert plan["conditionalCreate"]


@pytest.mark.parametrize(("version", "stated"), [("R4", "4.0.1"), ("R4B", "4.3.0"), ("R5", "5.0.0")])
def test_metadata_states_its_fhir_version(version: str, stated: str) -> None:
    with serving(abilities=Abilities(fhir_version=version)) as server:
        assert call(server, "GET", "metadata").json()["fhirVersion"] == stated


def test_every_write_makes_a_version_that_can_be_read_again() -> None:
    with serving() as server:
        created = call(server, "PUT", "Task/a", task(id="a"))
        assert (created.status_code, created.headers["etag"]) == (201, 'W/"1"')
        assert created.headers["location"] == f"{server.url}/Task/a/_history/1"
        updated = call(server, "PUT", "Task/a", task(id="a", description="x"))
        assert (updated.status_code, updated.headers["etag"]) == (200, 'W/"2"')
        assert call(server, "GET", "Task/a").json()["description"] == "x"
        assert "description" not in call(server, "GET", "Task/a/_history/1").json()
        assert call(server, "GET", "Task/a/_history/3").status_code == 404


def test_a_create_gets_an_id_from_the_server() -> None:
    with serving() as server:
        created = call(server, "POST", "Task", task(id="mine"))
        assert created.status_code == 201
        assert created.json()["id"] != "mine"


def test_a_client_may_ask_for_no_body() -> None:
    with serving() as server:
        answer = call(server, "PUT", "Task/a", task(id="a"), Prefer="return=minimal")
        assert (answer.status_code, answer.content) == (201, b"")


def test_only_the_current_version_may_be_replaced_with_if_match() -> None:
    with serving() as server:
        call(server, "PUT", "Task/a", task(id="a"))
        assert call(server, "PUT", "Task/a", task(id="a"), If_Match='W/"1"').status_code == 200
        stale = call(server, "PUT", "Task/a", task(id="a"), If_Match='W/"1"')
        assert stale.status_code == 412
        assert issue(stale)["code"] == "conflict"
        assert call(server, "PUT", "Task/new", task(id="new"), If_Match='W/"1"').status_code == 412


def test_what_was_deleted_is_gone_and_can_be_written_again() -> None:
    with serving() as server:
        call(server, "PUT", "Task/a", task(id="a"))
        assert call(server, "DELETE", "Task/a").status_code == 204
        assert call(server, "DELETE", "Task/a").status_code == 204
        assert call(server, "GET", "Task/a").status_code == 410
        assert call(server, "GET", "Task").json()["total"] == 0
        again = call(server, "PUT", "Task/a", task(id="a"))
        assert (again.status_code, again.headers["etag"]) == (201, 'W/"3"')


def test_a_conditional_create_writes_once() -> None:
    with serving() as server:
        body = task(identifier=[IDENTIFIER])
        first = call(server, "POST", "Task", body, If_None_Exist="identifier=urn:x|1")
        second = call(server, "POST", "Task", body, If_None_Exist="identifier=urn:x|1")
        assert (first.status_code, second.status_code) == (201, 200)
        assert second.json()["id"] == first.json()["id"]
        call(server, "POST", "Task", body)
        third = call(server, "POST", "Task", body, If_None_Exist="identifier=urn:x|1")
        assert third.status_code == 412
        assert issue(third)["code"] == "multiple-matches"


def test_a_conditional_update_creates_or_updates_the_one_that_matches() -> None:
    with serving() as server:
        body = task(identifier=[IDENTIFIER])
        assert call(server, "PUT", "Task?identifier=urn:x|1", body).status_code == 201
        assert call(server, "PUT", "Task?identifier=urn:x|1", body).headers["etag"] == 'W/"2"'
        call(server, "POST", "Task", body)
        assert call(server, "PUT", "Task?identifier=urn:x|1", body).status_code == 412


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "Nonsense/1", None, 404),
        ("GET", "Task/1/2/3", None, 404),
        ("GET", "Task/unknown", None, 404),
        ("GET", "Task/" + "x" * 65, None, 400),
        ("GET", "Task?colour=blue", None, 400),
        ("GET", "Task?_count=many", None, 400),
        ("PUT", "Task/a", {"resourceType": "Task", "id": "b"}, 400),
        ("PUT", "Task/a", {"resourceType": "Goal", "id": "a"}, 400),
        ("POST", "Task", {"resourceType": "Goal"}, 400),
        ("POST", "Task", [], 400),
        ("DELETE", "Task/unknown", None, 404),
        ("GET", "", None, 405),
        ("POST", "", {"resourceType": "Task"}, 400),
        ("POST", "", [], 400),
        ("POST", "", {"resourceType": "Bundle", "type": "collection"}, 400),
    ],
)
def test_what_is_wrong_is_answered_with_an_outcome(method: str, path: str, body: Any, status: int) -> None:
    with serving() as server:
        answer = call(server, method, path, body)
        assert answer.status_code == status
        assert issue(answer)["severity"] == "error"


def test_what_is_no_json_is_answered_with_an_outcome() -> None:
    with serving() as server:
        answer = requests.post(f"{server.url}/Task", data=b"{", timeout=5)
        assert answer.status_code == 400
        assert issue(answer)["code"] == "structure"


# ---- search


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["a", "b"]),
        ("identifier=urn:x|1", ["a"]),
        ("identifier=1", ["a"]),
        ("identifier=urn:y|1", []),
        ("identifier=|1", []),
        ("identifier=urn:x|1,urn:x|2", ["a", "b"]),
        ("_id=b", ["b"]),
        ("_id=b,a,c", ["b", "a"]),
        ("status=draft", ["a"]),
        ("status=draft,completed", ["a", "b"]),
        ("patient=p-7", ["a"]),
        ("patient=Patient/p-7", ["a"]),
        ("subject=Patient/p-7&status=completed", []),
        ("focus=Task/a", ["b"]),
    ],
)
def test_search_finds_what_matches(query: str, ids: list[str]) -> None:
    with serving() as server:
        call(server, "PUT", "Task/a", task(id="a", identifier=[IDENTIFIER], **{"for": {"reference": "Patient/p-7"}}))
        second = {"status": "completed", "focus": {"reference": "Task/a"}}
        call(server, "PUT", "Task/b", {**task(id="b", identifier=[{**IDENTIFIER, "value": "2"}]), **second})
        found = call(server, "GET", f"Task?{query}").json()
        assert [each["resource"]["id"] for each in found.get("entry", [])] == ids
        assert found["total"] == len(ids)


def test_pages_follow_each_other() -> None:
    with serving() as server:
        for number in range(5):
            call(server, "PUT", f"Task/t{number}", task(id=f"t{number}"))
        url, seen = f"{server.url}/Task?_count=2", []
        while url:
            page = requests.get(url, timeout=5).json()
            seen += [each["resource"]["id"] for each in page["entry"]]
            url = next((each["url"] for each in page["link"] if each["relation"] == "next"), "")
        assert seen == ["t0", "t1", "t2", "t3", "t4"]
        assert "entry" not in call(server, "GET", "Task?_summary=count").json()


# ---- references


@pytest.mark.parametrize("target", ["Patient/nobody", "CarePlan/x/_history/1"])
def test_a_reference_that_leads_nowhere_is_refused(target: str) -> None:
    with serving() as server:
        answer = call(server, "POST", "Task", task(**{"for": {"reference": target}}))
        assert answer.status_code == 422
        assert call(server, "GET", "Task").json()["total"] == 0


@pytest.mark.parametrize("target", ["#contained", "https://other.example/fhir/Patient/9", "Patient/p-7"])
def test_other_references_are_none_of_its_concern(target: str) -> None:
    with serving() as server:
        assert call(server, "POST", "Task", task(**{"for": {"reference": target}})).status_code == 201


def test_its_own_address_in_a_reference_is_dropped() -> None:
    with serving() as server:
        created = call(server, "POST", "Task", task(**{"for": {"reference": f"{server.url}/Patient/p-7"}}))
        assert created.json()["for"] == {"reference": "Patient/p-7"}


# ---- bundles


def test_a_transaction_resolves_what_its_entries_say_of_each_other() -> None:
    with serving() as server:
        plan = {"resourceType": "CarePlan", "subject": {"reference": "Patient?identifier=urn:example:mrn|7"}}
        answer = call(
            server,
            "POST",
            "",
            transaction(
                entry("PUT", "Task/t", task(id="t", focus={"reference": "urn:uuid:1"})),
                entry("POST", "CarePlan", plan, "urn:uuid:1"),
                entry("GET", "Patient/p-7"),
            ),
        )
        assert [each["response"]["status"] for each in answer.json()["entry"]] == [
            "201 Created",
            "201 Created",
            "200 OK",
        ]
        made = server.one("CarePlan")
        assert made["subject"] == {"reference": "Patient/p-7"}
        assert server.one("Task")["focus"] == {"reference": f"CarePlan/{made['id']}"}
        assert answer.json()["entry"][1]["response"]["location"].endswith(f"CarePlan/{made['id']}/_history/1")


@pytest.mark.parametrize(
    ("bad", "status", "where"),
    [
        (entry("PUT", "Task/b", task(id="b"), ifMatch='W/"9"'), 412, "Bundle.entry[1]"),
        (entry("PUT", "Task/b", task(id="c")), 400, "Bundle.entry[1].id"),
        (entry("PUT", "Task/b", task(id="b", focus={"reference": "Task/nowhere"})), 422, None),
        (entry("PUT", "Task/b", task(id="b", focus={"reference": "urn:uuid:nowhere"})), 400, None),
        (entry("PUT", "Task/b", task(id="b", focus={"reference": "Task?identifier=none"})), 412, "Bundle.entry[1]"),
        (entry("PUT", "Task/a", task(id="a")), 400, "Bundle.entry[1]"),
        (entry("PATCH", "Task/a", task(id="a")), 400, "Bundle.entry[1].request"),
        (entry("POST", "Nonsense", task()), 404, "Bundle.entry[1]"),
        (entry("GET", "Task/unknown"), 404, "Bundle.entry[1]"),
        ({"resource": task()}, 400, "Bundle.entry[1].request"),
    ],
)
def test_a_transaction_is_all_or_nothing_and_names_the_entry(bad: Resource, status: int, where: str | None) -> None:
    with serving() as server:
        answer = call(server, "POST", "", transaction(entry("PUT", "Task/a", task(id="a")), bad))
        assert answer.status_code == status
        assert issue(answer).get("expression", [None]) == [where]
        assert server.held("Task") == []


def test_a_conditional_create_in_a_transaction_stands_for_the_one_that_exists() -> None:
    with serving() as server:
        call(server, "PUT", "Task/old", task(id="old", identifier=[IDENTIFIER]))
        made = transaction(
            entry("POST", "Task", task(identifier=[IDENTIFIER]), "urn:uuid:1", ifNoneExist="identifier=urn:x|1"),
            entry("PUT", "Task/new", task(id="new", focus={"reference": "urn:uuid:1"})),
        )
        answer = call(server, "POST", "", made)
        assert answer.json()["entry"][0]["response"]["status"] == "200 OK"
        assert call(server, "GET", "Task/new").json()["focus"] == {"reference": "Task/old"}
        assert len(server.held("Task")) == 2


def test_a_batch_answers_each_entry_for_itself() -> None:
    with serving() as server:
        entries = (entry("PUT", "Task/a", task(id="a")), entry("GET", "Task/unknown"), entry("DELETE", "Task/a"))
        answer = call(server, "POST", "", transaction(*entries, kind="batch"))
        assert answer.status_code == 200
        statuses = [each["response"]["status"][:3] for each in answer.json()["entry"]]
        assert statuses == ["201", "404", "204"]
        assert answer.json()["entry"][1]["response"]["outcome"]["resourceType"] == "OperationOutcome"


# ---- what a site's server may lack, and strictness


@pytest.mark.parametrize(
    ("abilities", "method", "path", "body"),
    [
        (Abilities(read_only=frozenset({"Task"})), "PUT", "Task/a", task(id="a")),
        (Abilities(update_create=False), "PUT", "Task/a", task(id="a")),
        (Abilities(transaction=False), "POST", "", transaction()),
        (Abilities(batch=False), "POST", "", transaction(kind="batch")),
    ],
)
def test_what_is_not_offered_is_refused(abilities: Abilities, method: str, path: str, body: Resource) -> None:
    with serving(abilities=abilities) as server:
        assert call(server, method, path, body).status_code == 405


@pytest.mark.parametrize("version", ["R4", "R5"])
def test_a_strict_server_refuses_what_is_invalid_and_names_the_element_only(version: str) -> None:
    with serving(abilities=Abilities(fhir_version=version), strict=True) as server:
        assert call(server, "POST", "Task", task(description="Jane Doe")).status_code == 201
        answer = call(server, "POST", "Task", task(colour="Jane Doe"))
        assert answer.status_code == 422
        assert issue(answer)["expression"] == ["Task.colour"]
        assert "Jane" not in answer.text


# ---- faults


def test_faults_come_as_scripted_and_only_for_writes() -> None:
    with serving(Faults(["503", "ok", "html"], retry_after="4")) as server:
        assert call(server, "GET", "Task").status_code == 200
        busy = call(server, "POST", "Task", task())
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "4")
        assert call(server, "POST", "Task", task()).status_code == 201
        assert call(server, "POST", "Task", task()).headers["content-type"] == "text/html"
        assert len(server.held("Task")) == 1
        assert server.faults.happened == {"503": 1, "ok": 1, "html": 1}


@pytest.mark.parametrize("kind", ["reset-after", "half-body", "timeout-after", "500-after", "html-after", "slow-body"])
def test_faults_after_the_work_leave_the_work_done(kind: str) -> None:
    with serving(Faults([kind], hold_seconds=0.2)) as server:
        try:
            call(server, "PUT", "Task/a", task(id="a"))
        except requests.ConnectionError:
            assert kind in {"reset-after", "half-body", "timeout-after"}
        except requests.exceptions.ChunkedEncodingError:
            assert kind == "half-body"
        assert len(server.held("Task")) == 1


def test_a_reset_before_the_work_leaves_nothing_done() -> None:
    with serving(Faults(["reset"])) as server:
        with pytest.raises(requests.ConnectionError):
            call(server, "PUT", "Task/a", task(id="a"))
        assert server.held("Task") == []


def test_chance_is_the_same_for_the_same_seed() -> None:
    kinds = [[Faults((), {"500": 0.5}, seed).next_kind("POST") for _ in range(1)] for seed in (1, 1)]
    assert kinds[0] == kinds[1]
    faults = Faults((), {"500": 0.3, "reset": 0.3}, 7)
    drawn = [faults.next_kind("PUT") for _ in range(300)]
    assert {each: drawn.count(each) > 60 for each in ("500", "reset", "ok")} == dict.fromkeys(
        ["500", "reset", "ok"], True
    )


def test_faults_can_be_changed_while_it_runs() -> None:
    with serving() as server:
        control = server.url.replace("/fhir", "/_sandbox/faults")
        requests.post(control, json={"script": ["500"]}, timeout=5).raise_for_status()
        assert call(server, "POST", "Task", task()).status_code == 500
        assert requests.get(control, timeout=5).json()["happened"]["500"] == 1


def test_an_unknown_fault_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="earthquake"):
        Faults(["earthquake"])


def test_it_says_that_it_is_there_and_what_it_holds() -> None:
    with serving() as server:
        root = server.url.removesuffix("/fhir")
        assert requests.get(f"{root}/healthz", timeout=5).status_code == 200
        held = requests.get(f"{root}/_sandbox/resources", timeout=5).json()["resources"]
        assert [each["resourceType"] for each in held] == ["Patient"]
