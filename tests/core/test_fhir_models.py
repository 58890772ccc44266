"""What is validated piece by piece is judged as the library judges the whole; what is known is not validated anew."""

import copy
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from tests.fhir_shapes import RDE, bundle, calcification, observation, report
from worker.core import fhir_models
from worker.core.fhir_models import Validator, model_of
from worker.core.resources import build_resources
from worker.core.standalone import decide_document
from worker.tables import load_rules

RULES = load_rules()
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def _samples() -> list[dict[str, Any]]:
    calc = calcification("c")
    sized = observation("s", (RDE, "RDE1569"), {"value": 4, "unit": "mm"})
    document = bundle(report(calc), calc, sized)
    (outcome,) = decide_document(document, RULES, date(2026, 11, 22))
    came = [entry["resource"] for entry in document["entry"]]
    return [*came, *build_resources(outcome, RULES, "R4", NOW)]


SAMPLES = _samples()


def _places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value within a resource."""
    for step, child in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, step)
        if isinstance(child, dict | list):
            yield from _places(child, (*path, step))


ODD = st.sampled_from(
    [None, True, 4, 1.5, "", " ", "x", [], ["x"], [None], {}, {"x": 1}, {"coding": "x"}, [{"coding": [{"code": 4}]}]]
).map(copy.deepcopy)


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """A resource in which up to two values are something else, or something stands that no element is called."""
    resource = copy.deepcopy(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(0, 2))):
        *way, last = draw(st.sampled_from(list(_places(resource))))
        parent: Any = resource
        for step in way:
            parent = parent[step]
        kind = draw(st.sampled_from(["change", "add", "leave out"]))
        if kind == "leave out":
            del parent[last]
        elif kind == "add" and isinstance(parent, dict):
            parent[draw(st.sampled_from(["vendorThing", "_status", "extension", "resourceType", "text"]))] = draw(ODD)
        else:
            parent[last] = draw(ODD)
    return resource


def verdict(check: Any) -> Any:
    """The errors with their places and kinds; or the kind of exception that is not the library's own."""
    try:
        check()
    except ValidationError as error:
        return [(e["loc"], e["type"]) for e in error.errors(include_url=False, include_context=False)]
    except (ValueError, TypeError, AttributeError, LookupError) as error:
        return type(error)
    return []


def type_of(resource: dict[str, Any]) -> str:
    """The type, where it was not spoiled."""
    kind = resource.get("resourceType")
    return kind if isinstance(kind, str) and model_of(kind, "R4") else "Observation"


@given(spoiled())
def test_the_verdict_is_the_librarys(resource: dict[str, Any]) -> None:
    model = model_of(type_of(resource), "R4")
    assert model is not None
    whole = verdict(lambda: model.model_validate(resource))
    assert verdict(lambda: Validator().validate(resource, model)) == whole


def test_a_code_is_validated_once_in_all_messages_and_a_reference_once_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the door and the worker would spend most of their time on what they have just seen."""
    built: list[str] = []
    plain = BaseModel.__init__

    def counted(self: BaseModel, /, **data: Any) -> None:
        built.append(type(self).__name__)
        plain(self, **data)

    monkeypatch.setattr(BaseModel, "__init__", counted)
    fhir_models._codes.clear()
    calc = calcification("c")
    model = model_of("Observation", "R4")
    assert model is not None
    counts = []
    for _ in range(2):
        validator = Validator()
        for name in ("a", "b"):
            built.clear()
            validator.validate({**calc, "id": name}, model)
            counts.append((built.count("CodeableConcept") > 0, built.count("Reference") > 0))
    assert counts == [(True, True), (False, False), (False, True), (False, False)]


def test_codes_without_end_are_not_kept_without_end() -> None:
    model = model_of("Observation", "R4")
    assert model is not None
    for number in range(2100):
        value = {"valueCodeableConcept": {"coding": [{"system": "urn:x", "code": f"c{number}"}]}}
        Validator().validate({**calcification("c"), **value}, model)
    assert len(fhir_models._codes) <= 2048
