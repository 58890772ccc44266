"""What an EHR's answers mean, proxies' pages and half-true answers included."""

from datetime import UTC, datetime
from typing import Any

import pytest

from worker.ehr.answers import (
    LONGEST_RETRY_AFTER_SECONDS,
    Reply,
    Stored,
    error_of,
    parsed,
    reduced,
    retry_after_seconds,
    stored_of,
    stored_of_entry,
)
from worker.errors import FhirUnavailable, WriteRefused

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "invalid"}]}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "17"}, 17.0),
        ({"retry-after": " 0 "}, 0.0),
        ({"retry-after": "Sun, 22 Nov 2026 10:02:00 GMT"}, 120.0),
        ({"retry-after": "Sun, 22 Nov 2026 09:00:00 GMT"}, 0.0),
        ({"retry-after": "Sun, 22 Nov 2026 11:01:30 +0100"}, 90.0),
        ({"retry-after": "Sun Nov 22 10:00:05 2026"}, 5.0),
        ({"retry-after": "99999999999999999999"}, LONGEST_RETRY_AFTER_SECONDS),
        ({"retry-after": "Sun, 22 Nov 2099 10:02:00 GMT"}, LONGEST_RETRY_AFTER_SECONDS),
        ({"x-ms-retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": ""}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "٣"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_all_its_forms_and_capped(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_seconds(headers, NOW) == seconds


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 507, 599])
def test_a_failure_that_may_have_come_after_the_work_is_of_unknown_outcome(status: int) -> None:
    error = error_of(Reply(status, {"retry-after": "3"}, None), NOW)
    assert isinstance(error, FhirUnavailable)
    assert error.outcome_unknown
    assert error.retry_after_seconds == 3.0


@pytest.mark.parametrize("status", [401, 425, 429])
def test_a_request_that_was_turned_away_was_not_carried_out(status: int) -> None:
    error = error_of(Reply(status, {}, OUTCOME), NOW)
    assert isinstance(error, FhirUnavailable)
    assert not error.outcome_unknown


@pytest.mark.parametrize("status", [400, 403, 405, 406, 409, 410, 412, 413, 415, 422, 501])
@pytest.mark.parametrize("body", [OUTCOME, None])
def test_a_refusal_is_for_a_person(status: int, body: Any) -> None:
    error = error_of(Reply(status, {}, body), NOW)
    assert isinstance(error, WriteRefused)
    assert error.status == status


def test_a_404_without_fhir_is_a_wrong_address_and_not_an_answer() -> None:
    assert isinstance(error_of(Reply(404, {}, None), NOW), FhirUnavailable)
    assert isinstance(error_of(Reply(404, {}, OUTCOME), NOW), WriteRefused)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_a_stranger_speaking(status: int) -> None:
    error = error_of(Reply(status, {"location": "https://login.example"}, None), NOW)
    assert isinstance(error, FhirUnavailable)
    assert not error.outcome_unknown


@pytest.mark.parametrize(
    "content", [b"", b"null", b"[]", b"<html></html>", b'{"a": ', b"\xff\xfe", b"[" * 100_000, b'"x"', b"3"]
)
def test_what_is_no_json_object_is_no_answer(content: bytes) -> None:
    assert parsed(content) is None


def test_an_operation_outcome_is_kept_without_its_words() -> None:
    issue = {
        "severity": "error",
        "code": "invalid",
        "diagnostics": "Jane Doe, born 1970",
        "details": {"text": "Jane Doe"},
        "expression": ["CarePlan.subject", "Patient.name.where(family = 'Doe')"],
    }
    kept = reduced({"resourceType": "OperationOutcome", "text": {"div": "Jane Doe"}, "issue": [issue, "x"]})
    assert kept == {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": "invalid", "expression": ["CarePlan.subject"]}],
    }


@pytest.mark.parametrize("body", [None, [], {"resourceType": "Patient"}, {"resourceType": "OperationOutcome"}])
def test_what_is_no_operation_outcome_leaves_nothing_behind(body: Any) -> None:
    assert reduced(body) in (None, {"resourceType": "OperationOutcome", "issue": []})


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        (
            {"location": "https://ehr/fhir/CarePlan/7/_history/3", "etag": 'W/"3"'},
            None,
            Stored("CarePlan/7", "3"),
        ),
        ({"location": "CarePlan/7/_history/3"}, None, Stored("CarePlan/7", "3")),
        ({"location": "/fhir/CarePlan/7"}, None, Stored("CarePlan/7", None)),
        ({"etag": '"5"'}, None, Stored(None, "5")),
        ({"etag": "5"}, {"resourceType": "CarePlan", "id": "7"}, Stored("CarePlan/7", "5")),
        ({}, {"resourceType": "CarePlan", "id": "7", "meta": {"versionId": "9"}}, Stored("CarePlan/7", "9")),
        ({}, {"resourceType": "CarePlan", "id": "7", "meta": "odd"}, Stored("CarePlan/7", None)),
        ({"location": "https://ehr/fhir/"}, None, Stored(None, None)),
        ({"location": "https://ehr/fhir/CarePlan/7/_history/3?x=1"}, None, Stored("CarePlan/7", "3")),
        ({}, None, Stored(None, None)),
    ],
)
def test_where_something_was_stored_is_read_from_whatever_says_it(
    headers: dict[str, str], body: Any, expected: Stored
) -> None:
    assert stored_of(Reply(201, headers, body)) == expected


def test_each_entry_of_a_transactions_answer_is_read() -> None:
    response = {"status": "201 Created", "location": "CarePlan/7/_history/1", "etag": 'W/"1"'}
    assert stored_of_entry({"response": response}, NOW) == Stored("CarePlan/7", "1")
    assert stored_of_entry({"response": {"status": "200"}}, NOW) == Stored(None, None)
    whole = {"resource": {"meta": {"versionId": "v-9"}}, "response": {"status": "200", "location": "CarePlan/7"}}
    assert stored_of_entry(whole, NOW) == Stored("CarePlan/7", "v-9")


@pytest.mark.parametrize("entry", [None, {}, {"response": None}, {"response": {}}, {"response": {"status": "fine"}}])
def test_an_entry_without_an_answer_leaves_the_outcome_unknown(entry: Any) -> None:
    with pytest.raises(FhirUnavailable) as caught:
        stored_of_entry(entry, NOW)
    assert caught.value.outcome_unknown


def test_a_failed_entry_fails_the_whole_although_the_status_was_200() -> None:
    with pytest.raises(WriteRefused) as caught:
        stored_of_entry({"response": {"status": "422 Unprocessable", "outcome": OUTCOME}}, NOW)
    assert caught.value.operation_outcome == OUTCOME
    with pytest.raises(FhirUnavailable):
        stored_of_entry({"response": {"status": "429 Too Many Requests"}}, NOW)
