"""Whatever a sender writes: never an exception but a refusal, never a category that the input does not contain."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.fhir_shapes import BODY_LOCATION, LOINC, PATIENT, bundle, report_of
from worker.core.coded import read_coded, unknown_codes
from worker.core.concern import base_of
from worker.core.model import Coding
from worker.core.report import detect_version, parse_json
from worker.core.standalone import decide_document
from worker.errors import MessageError
from worker.tables import load_rules

RULES = load_rules()
TODAY = date(2026, 11, 22)
KNOWN = [
    {"system": RULES.vocabulary.systems[row.system].uri, "code": row.code.replace("*", "1")}
    for row in RULES.vocabulary.codes.values()
]
WORDS = st.sampled_from(
    [
        "BI-RADS 2",
        "Category 4B",
        "left breast",
        "amorphous",
        "absent",
        "no",
        "4",
        "B5b",
        "鈣化",
        "upper outer",
        "12 mm",
        "",
    ]
)
UNKNOWN = st.builds(lambda code: {"system": "urn:x", "code": code}, st.text("abcXYZ019", min_size=1, max_size=4))
CODING = st.one_of(st.sampled_from(KNOWN), UNKNOWN)
SHOWN = st.builds(lambda coding, words: {**coding, **({"display": words} if words else {})}, CODING, WORDS)


def concept_of(codings: list[dict[str, str]], words: str) -> dict[str, Any]:
    return {**({"coding": codings} if codings else {}), **({"text": words} if words else {})} or {"text": "x"}


CONCEPT = st.builds(concept_of, st.lists(st.one_of(CODING, SHOWN), max_size=2), WORDS)
QUESTIONS = [c for c in KNOWN if RULES.vocabulary.row_of(Coding(c["system"], c["code"])).group == "question"]  # type: ignore[union-attr]
QUESTION = st.one_of(st.builds(lambda c: {"coding": [c]}, st.sampled_from(QUESTIONS)), CONCEPT)
NUMBER = st.one_of(st.integers(0, 60), st.floats(0, 60, allow_nan=False).map(lambda x: round(x, 2)))
QUANTITY = st.builds(lambda n, unit: {"value": n, "unit": unit}, NUMBER, st.sampled_from(["mm", "cm", "kg", "{score}"]))
VALUE = st.one_of(
    st.just({}),
    CONCEPT.map(lambda v: {"valueCodeableConcept": v}),
    st.booleans().map(lambda v: {"valueBoolean": v}),
    st.integers(0, 12).map(lambda v: {"valueInteger": v}),
    WORDS.filter(bool).map(lambda v: {"valueString": v}),
    QUANTITY.map(lambda v: {"valueQuantity": v}),
    st.builds(lambda low, high: {"valueRange": {"low": low, "high": high}}, QUANTITY, QUANTITY),
)
COMPONENT = st.builds(lambda code, value: {"code": code, **value}, QUESTION, VALUE)
SITE = st.builds(
    lambda site, parts: {**site, "extension": [{"url": BODY_LOCATION, "extension": parts}]} if parts else site,
    CONCEPT,
    st.lists(st.builds(lambda c: {"url": "laterality", "valueCodeableConcept": c}, CONCEPT), max_size=2),
)
STATUS = st.sampled_from(["final", "amended", "preliminary", "entered-in-error", "cancelled"])


def observation_of(
    number: int, status: str, code: Any, value: Any, parts: Any, site: Any, members: list[int]
) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"o{number}",
        "status": status,
        "code": code,
        "subject": PATIENT,
        **value,
        **({"component": parts} if parts else {}),
        **({"bodySite": site} if site else {}),
        **({"hasMember": [{"reference": f"Observation/o{m}"} for m in members]} if members else {}),
    }


def observations(number: int) -> st.SearchStrategy[dict[str, Any]]:
    parts = st.lists(COMPONENT, max_size=4)
    members = st.lists(st.integers(0, 3), max_size=2)
    return st.builds(observation_of, st.just(number), STATUS, QUESTION, VALUE, parts, st.none() | SITE, members)


def report_from(status: str, conclusions: list[Any], words: str, results: list[int]) -> dict[str, Any]:
    return {
        "resourceType": "DiagnosticReport",
        "id": "r",
        "status": status,
        "code": {"coding": [{"system": LOINC, "code": "26346-7"}]},
        "subject": PATIENT,
        **({"conclusionCode": conclusions} if conclusions else {}),
        **({"conclusion": words} if words else {}),
        **({"result": [{"reference": f"Observation/o{n}"} for n in results]} if results else {}),
    }


REPORT = st.builds(report_from, STATUS, st.lists(CONCEPT, max_size=2), WORDS, st.lists(st.integers(0, 3), max_size=3))
DOCUMENT = st.one_of(
    observations(0),
    REPORT,
    st.builds(bundle, REPORT, observations(0), observations(1), observations(2)),
)


def is_valid(document: dict[str, Any]) -> bool:
    try:
        get_fhir_model_class(document["resourceType"]).model_validate(document)
    except ValidationError:
        return False
    return True


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)
    elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
        yield str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def codings_in(value: Any) -> Iterator[Coding]:
    if isinstance(value, dict):
        if isinstance(value.get("code"), str):
            yield Coding(str(value.get("system", "")), value["code"])
        for inner in value.values():
            yield from codings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from codings_in(inner)


def contained_categories(document: dict[str, Any]) -> set[str]:
    """Every category that any code or any word of the document could mean."""
    vocabulary = RULES.vocabulary
    rows = (vocabulary.row_of(coding) for coding in codings_in(document))
    named = {row.concept for row in rows if row is not None and row.group == "category"}
    return named | {name for text in strings_in(document) for name in vocabulary.named_in("category", text)}


@given(DOCUMENT)
def test_no_category_comes_out_that_did_not_go_in(document: dict[str, Any]) -> None:
    """INV-2: the worker never assigns a category."""
    reading = read_coded(report_of(document, RULES), RULES)
    assert {a.category for a in reading.assessments} <= contained_categories(document)


@given(DOCUMENT)
def test_any_valid_document_is_decided(document: dict[str, Any]) -> None:
    assume(is_valid(document))
    try:
        outcomes = decide_document(parse_json(json.dumps(document).encode()), RULES, TODAY)
    except MessageError as error:
        assert error.where  # noqa: PT017  only what must be read and cannot is refused, by name
        return
    possible = {base_of(category) for category in contained_categories(document)}
    for outcome in outcomes:
        assert {base_of(a.category) for a in outcome.reading.assessments if a.scale == "BI-RADS"} <= possible


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(KNOWN),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["coding", "code", "text", "reference"]), inner)
    ),
    max_leaves=6,
)
ELEMENTS = st.sampled_from(
    (
        *("code", "status", "subject", "category", "result", "conclusionCode", "component", "bodySite", "hasMember"),
        *("contained", "presentedForm", "text", "identifier", "issued", "effectivePeriod", "meta", "extension"),
        "valueCodeableConcept",
    )
)


@given(DOCUMENT, st.dictionaries(ELEMENTS, JUNK, max_size=4), st.integers(0, 3))
def test_broken_documents_are_read_or_refused(document: dict[str, Any], junk: dict[str, Any], where: int) -> None:
    entries = document.get("entry")
    target = entries[where]["resource"] if entries else document
    target.update(junk)
    try:
        decide_document(parse_json(json.dumps(document).encode()), RULES, TODAY)
    except MessageError as error:
        assert str(error)  # noqa: PT017


@given(DOCUMENT)
def test_reading_twice_gives_the_same(document: dict[str, Any]) -> None:
    first, second = (read_coded(report_of(document, RULES), RULES) for _ in range(2))
    assert first == second


@given(DOCUMENT)
def test_codes_to_be_added_are_codes_that_came_and_that_nobody_knows(document: dict[str, Any]) -> None:
    came = {(coding.system, coding.code) for coding in codings_in(document)}
    for system, code in unknown_codes(report_of(document, RULES), RULES):
        row = RULES.vocabulary.row_of(Coding(system, code))
        assert (system, code) in came
        assert row is None or row.group == "wrong"


@given(st.dictionaries(st.text(max_size=8), JUNK, max_size=5))
def test_any_object_has_a_version_or_is_refused(document: dict[str, Any]) -> None:
    try:
        assert detect_version(document) in ("R4", "R5")
    except MessageError as error:
        assert str(error)  # noqa: PT017
