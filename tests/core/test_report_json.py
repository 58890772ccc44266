"""The first look at the bytes: strict JSON, the FHIR version, and what is no FHIR at all."""

import base64
import contextlib
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.core.report import canonical_digest, detect_version, parse_json
from worker.core.report.strict_json import MAX_DEPTH, MAX_NODES
from worker.errors import MessageError, NotFhir, NotJson

SECRET = "Petrauskaite"


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"   ", "empty"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b'{"a": "\xff"}', "not UTF-8 from byte 7"),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
        (b'{"a": 1,}', "not JSON from character 8"),
        (b'{"a": 1} x', "not JSON from character 9"),
        (b'{"status": "final", "b": {"status": 1, "status": 2}}', "again before character 47"),
        (b'{"x y": 1, "x y": 2}', "a key stands twice"),
        (b'{"a": NaN}', "not finite"),
        (b'{"a": -Infinity}', "not finite"),
        (b'{"a": 1e999}', "not finite"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too long"),
        (b'{"a": "x\\u0000y"}', "control character"),
        (b'{"a\\u0001": 1}', "control character"),
        (b'{"a": "\\ud800"}', "surrogate"),
        (b'{"a": "x\x01"}', "not JSON from character 8"),
        (nested(MAX_DEPTH + 1), "nested deeper"),
        (b"[" * 100_000, "nested deeper"),
        (b"MSH|^~\\&|RIS|", "HL7 v2"),
        (b"<DiagnosticReport/>", "XML"),
    ],
)
def test_unsafe_json_is_refused_and_says_where(content: bytes, words: str) -> None:
    with pytest.raises(NotJson, match=words):
        parse_json(content)


@pytest.mark.parametrize("content", [b"[]", b'[{"resourceType": "Patient"}]', b'"text"', b"12", b"null"])
def test_json_that_is_no_object_is_no_fhir(content: bytes) -> None:
    with pytest.raises(NotFhir, match=r"a JSON (array|value)"):
        parse_json(content)


@pytest.mark.parametrize(
    "document",
    [
        {"a": "tab\tline\nreturn\r"},
        {"a": "\\u0000 is only text"},
        {"a": "鈣化 😀"},
        {"": 1},
        {"a": [[], {}, None, True, 1.5, -3]},
    ],
)
def test_safe_json_comes_through_unchanged(document: dict[str, Any]) -> None:
    assert parse_json(json.dumps(document).encode()) == document
    assert parse_json(json.dumps(document, ensure_ascii=False).encode()) == document


def test_more_values_than_any_report_has_are_refused() -> None:
    with pytest.raises(NotJson, match="more than") as caught:
        parse_json(b'{"a": [' + b"1," * MAX_NODES + b"1]}")
    assert caught.value.http_status == 413


def test_two_equal_keys_are_found_behind_lists_and_strings() -> None:
    with pytest.raises(NotJson, match="again before character 33"):
        parse_json(b'{"a": ["b", {"c": ","}, "c"], "a": 1}')


def test_nesting_up_to_the_limit_is_read() -> None:
    assert parse_json(nested(MAX_DEPTH))


@given(st.text(), st.text())
def test_errors_never_quote_the_message(before: str, after: str) -> None:
    content = f'{{"{SECRET}": "{SECRET}", "{SECRET}": 1 {before} {SECRET} {after}'.encode("utf-8", "surrogatepass")
    with pytest.raises(MessageError) as caught:
        parse_json(content)
    assert SECRET not in str(caught.value)


@given(st.binary())
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(MessageError):
        assert isinstance(parse_json(content), dict)


def test_the_digest_is_the_same_for_the_same_content() -> None:
    assert canonical_digest({"a": 1, "b": "ä"}) == canonical_digest({"b": "ä", "a": 1})
    assert canonical_digest({"a": 1}) != canonical_digest({"a": 2})


# ---- versions --------------------------------------------------------------------------------------------------------

REPORT = {"resourceType": "DiagnosticReport", "status": "final", "code": {"text": "x"}}


@pytest.mark.parametrize(
    ("declared", "version"),
    [(None, "R4"), ("4.0", "R4"), ("4.0.1", "R4"), ("4.3", "R4B"), ("4.3.0", "R4B"), ("5.0", "R5")],
)
def test_a_declared_version_is_taken(declared: str | None, version: str) -> None:
    assert detect_version(REPORT, declared) == version


@pytest.mark.parametrize(
    ("declared", "name"), [("1.0", "DSTU2"), ("3.0.2", "STU3"), ("6.0", "R6"), ("seven", "declared")]
)
def test_a_version_that_is_not_read_is_refused_by_name(declared: str, name: str) -> None:
    with pytest.raises(NotFhir, match=name) as caught:
        detect_version(REPORT, declared)
    assert caught.value.http_status == 415


@pytest.mark.parametrize(
    "resource",
    [
        {"resourceType": "Observation", "bodyStructure": {"reference": "BodyStructure/1"}},
        {"resourceType": "DiagnosticReport", "composition": {"reference": "Composition/1"}},
        {"resourceType": "BodyStructure", "includedStructure": []},
        {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "ServiceRequest", "reason": []}}]},
        {"resourceType": "Bundle", "type": "subscription-notification"},
    ],
)
def test_r5_is_told_by_elements_that_only_it_has(resource: dict[str, Any]) -> None:
    assert detect_version(resource) == "R5"


@pytest.mark.parametrize(
    ("resource", "where"),
    [
        ({"resourceType": "DiagnosticReport", "category": {"text": "RAD"}}, "DiagnosticReport.category"),
        ({"resourceType": "DiagnosticReport", "codedDiagnosis": []}, "DiagnosticReport.codedDiagnosis"),
        ({"resourceType": "DiagnosticReport", "performer": {"reference": "x"}}, "DiagnosticReport.performer"),
        ({"resourceType": "DiagnosticReport", "performer": [{"actor": {}}]}, "DiagnosticReport.performer.actor"),
        ({"resourceType": "Observation", "related": []}, "Observation.related"),
        ({"resourceType": "Observation", "comment": "x"}, "Observation.comment"),
        ({"resourceType": "DiagnosticOrder"}, "DiagnosticOrder"),
        *(
            ({"resourceType": "DiagnosticReport", "meta": {"profile": [profile]}}, "DiagnosticReport.meta.profile")
            for profile in (
                "http://hl7.org/fhir/3.0/StructureDefinition/DiagnosticReport",
                "http://hl7.org/fhir/StructureDefinition/DiagnosticReport|1.0.2",
                "http://fhir.org/guides/argonaut/StructureDefinition/argo-diagnosticreport",
            )
        ),
        ({"resourceType": "Observation", "category": {"text": "imaging"}}, "Observation.category"),
        (
            {"resourceType": "DiagnosticReport", "meta": {"profile": ["http://hl7.org/fhir/us/core/STU3/x"]}},
            "DiagnosticReport.meta.profile",
        ),
        (
            {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Observation", "context": {}}}]},
            "Bundle.entry[0].resource.context",
        ),
    ],
)
def test_older_versions_are_refused_by_name_and_element(resource: dict[str, Any], where: str) -> None:
    with pytest.raises(NotFhir, match=r"DSTU2|STU3") as caught:
        detect_version(resource)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("document", "wrapper"),
    [
        ({"message": REPORT}, "under message"),
        ({"event": {"payload": REPORT}}, r"under event\.payload"),
        ({"records": [REPORT]}, r"under records\[0\]"),
        ({"records": [{"body": REPORT}]}, r"under records\[0\]\.body"),
        ({"Message": json.dumps(REPORT)}, "under Message"),
        ({"Records": [{"Sns": {"Message": json.dumps(REPORT)}}]}, r"under Records\[0\]\.Sns\.Message"),
        ({"Jane Doe": {"resource": REPORT}}, r"under \?\.resource"),
        ({"message": {"data": base64.b64encode(json.dumps(REPORT).encode()).decode()}}, r"under message\.data"),
        ({"resourceType": "Binary", "contentType": "application/fhir+json", "data": "e30="}, "wrapped in a Binary"),
        ({"resourceType": "Parameters", "parameter": [{"name": "r", "resource": REPORT}]}, "Parameters wrapper"),
    ],
)
def test_wrapped_fhir_is_refused_and_the_wrapper_named(document: dict[str, Any], wrapper: str) -> None:
    with pytest.raises(NotFhir) as caught:
        detect_version(document)
    assert re.search(wrapper, str(caught.value))


def test_a_binary_that_is_no_fhir_is_a_resource_like_any_other() -> None:
    assert detect_version({"resourceType": "Binary", "contentType": "application/pdf", "data": "e30="}) == "R4"


@pytest.mark.parametrize(
    "document", [{}, {"resourceType": 7}, {"resourceType": "no type"}, {"a": {"b": 1}}, {"a": "eyJh"}]
)
def test_other_json_is_no_fhir(document: dict[str, Any]) -> None:
    with pytest.raises(NotFhir, match="resourceType is missing"):
        detect_version(document)
