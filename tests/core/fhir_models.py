"""
Strategies made of the models of ``fhir.resources``: any element that a version has, filled with what its type allows.

Codes come from the tables as often as not and words from what reports say, so that much of what is made means
something. Elements of choice (``value[x]``) appear at most once, lists are short, and what is deep is sparse.
"""

import base64
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from worker.core.model import FhirVersion

Json = dict[str, Any]

_SKIPPED = {"fhir_comments", "contained", "resource_type", "modifierExtension", "implicitRules"}
_DEEPEST = 3
_REFERENCES = ["Observation/o1", "Observation/o2", "Patient/p1", "BodyStructure/b1", "Specimen/s1", "#c1", "urn:x:1"]
_PROSE = base64.b64encode(b"Amorphous calcifications of the left breast.").decode()
_PRIMITIVES: dict[str, st.SearchStrategy[Any]] = {
    "Id": st.sampled_from(["a", "o1", "x-9.z"]),
    "Code": st.sampled_from(["final", "amended", "active", "text/plain", "usual", "left"]),
    "Uri": st.sampled_from(["urn:x", "http://loinc.org", "http://snomed.info/sct"]),
    "Url": st.just("http://ris.example/x"),
    "Canonical": st.just("http://ris.example/x"),
    "Oid": st.just("urn:oid:1.2.3"),
    "Uuid": st.just("urn:uuid:c757873d-ec9a-4326-a141-556f43239520"),
    "DateTime": st.sampled_from(["2026", "2026-10", "2026-10-01", "2026-10-01T08:00:00+02:00"]),
    "Date": st.sampled_from(["1960", "1960-04", "1960-04-01"]),
    "Instant": st.sampled_from(["2026-10-01T08:00:00Z", "2026-10-02T08:00:00.123+02:00"]),
    "Time": st.just("08:00:00"),
    "Integer": st.integers(0, 9),
    "Integer64": st.integers(0, 9).map(str),
    "PositiveInt": st.integers(1, 9),
    "UnsignedInt": st.integers(0, 9),
    "Decimal": st.integers(0, 60),
    "Base64Binary": st.just(_PROSE),
    "Boolean": st.booleans(),
}


def resources(
    kind: str, version: FhirVersion, concepts: st.SearchStrategy[Json], words: st.SearchStrategy[str]
) -> st.SearchStrategy[Json]:
    """Documents of one type as its model describes them; most are valid, the rest is for the caller to leave out."""
    return _Maker(version, concepts, words).of(kind, 0)


def model_class(version: FhirVersion) -> Callable[[str], type[BaseModel]]:
    """The models of a version, by name."""
    if version == "R5":
        from fhir.resources import get_fhir_model_class  # noqa: PLC0415
    else:
        from fhir.resources.R4B import get_fhir_model_class  # noqa: PLC0415
    return typing.cast(Callable[[str], type[BaseModel]], get_fhir_model_class)


class _Maker:
    def __init__(self, version: FhirVersion, concepts: st.SearchStrategy[Json], words: st.SearchStrategy[str]) -> None:
        self.models, self.concepts, self.words = model_class(version), concepts, words
        self.of = cache(self._of)

    def _of(self, kind: str, depth: int) -> st.SearchStrategy[Json]:
        special = self._special(kind)
        if special is not None:
            return special
        required, optional, choices = self._fields(kind, depth)
        named = {} if depth else {"resourceType": st.just(kind)}

        @st.composite
        def made(draw: st.DrawFn) -> Json:
            taken = draw(st.lists(st.sampled_from(sorted(optional)), max_size=5, unique=True)) if optional else []
            found = {name: draw(strategy) for name, strategy in {**named, **required}.items()}
            found |= {name: draw(optional[name]) for name in taken if depth < _DEEPEST}
            for group in choices.values():
                name = draw(st.sampled_from(["", *sorted(group)]))
                found |= {name: draw(group[name])} if name and depth < _DEEPEST else {}
            return found

        return made()

    def _special(self, kind: str) -> st.SearchStrategy[Json] | None:
        match kind:
            case "CodeableConcept":
                return self.concepts
            case "Coding":
                return self.concepts.map(lambda c: (c.get("coding") or [{"code": "x"}])[0])
            case "Reference":
                return st.sampled_from(_REFERENCES).map(lambda form: {"reference": form})
            case "Narrative":
                div = '<div xmlns="http://www.w3.org/1999/xhtml">{}</div>'
                return self.words.map(lambda text: {"status": "additional", "div": div.format(text)})
            case "Extension":
                return self.concepts.map(lambda c: {"url": "urn:x", "valueCodeableConcept": c})
        return None

    def _fields(self, kind: str, depth: int) -> tuple[Json, Json, dict[str, Json]]:
        required: Json = {}
        optional: Json = {}
        choices: dict[str, Json] = {}
        for name, field in self.models(kind).model_fields.items():
            if name in _SKIPPED or name.endswith("__ext"):
                continue
            strategy = self._value(field.annotation, depth)
            extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
            if strategy is None:
                continue
            if extra.get("enum_values") and "+" not in typing.cast(list[str], extra["enum_values"]):
                strategy = st.sampled_from(typing.cast(list[str], extra["enum_values"]))
            alias = field.alias or name
            if extra.get("one_of_many"):
                choices.setdefault(str(extra["one_of_many"]), {})[alias] = strategy
            elif field.is_required() or extra.get("element_required"):
                required[alias] = strategy
            else:
                optional[alias] = strategy
        return required, optional, choices

    def _value(self, annotation: Any, depth: int) -> st.SearchStrategy[Any] | None:
        if get_origin(annotation) in (typing.Union, types.UnionType):
            annotation = next(one for one in get_args(annotation) if one is not type(None))
        if get_origin(annotation) is list:
            inner = self._value(get_args(annotation)[0], depth)
            return None if inner is None else st.lists(inner, min_size=1, max_size=2)
        if get_origin(annotation) is typing.Annotated:
            return self._primitive(type(get_args(annotation)[1]).__name__)
        if annotation is bool:
            return st.booleans()
        name = str(getattr(annotation, "__name__", ""))
        if not name.endswith("Type") or name == "ResourceType" or depth > _DEEPEST:
            return None
        return st.deferred(lambda: self.of(name.removesuffix("Type"), depth + 1))

    def _primitive(self, name: str) -> st.SearchStrategy[Any] | None:
        return self.words.map(lambda text: text or "x") if name in ("String", "Markdown") else _PRIMITIVES.get(name)
