"""
Resources against their models in ``fhir.resources``, with what is said again and again checked once.

Most nested elements of a message are codes, the same few hundred in every message, and references to the same few
resources. Whether ``{"coding": [...]}`` is a valid CodeableConcept depends on nothing else; so each distinct one is
validated by its model when it is first seen, and the models around it take the instance that came of it for what it
is, or do not see it at all where nothing hangs on its being there. Codes stay known from message to message; what may
name a person, only within one.
"""

from functools import cache
from typing import Any, NamedTuple, cast, get_args

from fhir.resources import get_fhir_model_class as r5_model
from fhir.resources.R4B import get_fhir_model_class as r4b_model
from fhir_core.types import FhirBase, FhirElementOrResourceBase
from fhir_core.utils import is_list_type
from pydantic import BaseModel

from worker.core.model import FhirVersion, JsonObject

__all__ = ["Validator", "model_of"]

Model = type[BaseModel]
Known = dict[tuple[Model, str], BaseModel]

_CODES = frozenset({"CodeableConcept", "Coding"})
_NAMES = frozenset({"Annotation", "Identifier", "Meta", "Period", "Reference"})
# Some thousand distinct codes stand in all tables and guides together; a sender's own are fewer.
_MOST_KNOWN = 2048
_codes: Known = {}


@cache
def model_of(kind: str, version: FhirVersion) -> Model | None:
    """The model of a resource type; None if FHIR has no such type."""
    try:
        found: Model = (r5_model if version == "R5" else r4b_model)(kind)
    except (LookupError, ImportError, ValueError):
        return None
    return found


class Validator:
    """Validates the resources of one message or one outcome."""

    def __init__(self) -> None:
        self._named: Known = {}

    def validate(self, resource: JsonObject, model: Model) -> None:
        """
        Raise what ``model.model_validate(resource)`` raises, where it does.

        A resource in which anything is wrong is validated once more as a whole, so that its errors lie where the
        library puts them.
        """
        try:
            self._instance(model, resource)
        except (ValueError, TypeError, AttributeError, LookupError):  # the models trip over some shapes themselves
            model.model_validate(resource)

    def _instance(self, model: Model, value: JsonObject) -> BaseModel:
        elements = _complex_elements(model)
        filled: dict[str, Any] = dict(value)
        for name, given in value.items():
            element = elements.get(name) if given.__class__ in (dict, list) else None
            if element is None:
                continue
            if given.__class__ is dict:
                filled[name] = self._element(element.model, given)
                is_whole = not element.is_list
            else:
                filled[name] = [
                    self._element(element.model, each) if each.__class__ is dict else each for each in given
                ]
                is_whole = element.is_list and bool(given) and all(each.__class__ is dict for each in given)
            if is_whole and element.is_free:
                del filled[name]
        return model(**filled)

    def _element(self, model: Model, value: JsonObject) -> BaseModel:
        name = model.__name__
        known = _codes if name in _CODES else self._named if name in _NAMES else None
        if known is None:
            return self._instance(model, value)
        key = model, repr(value)  # of JSON values exact, and the fastest text there is
        found = known.get(key)
        if found is None:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            found = known[key] = self._instance(model, value)
        return found


class _Complex(NamedTuple):
    """
    An element whose value is an object, or a list of objects.

    ``is_free``: nothing about the model around it depends on its being there, so that once it is valid itself, and a
    list where a list belongs, that model need not see it.
    """

    model: Model
    is_list: bool
    is_free: bool


@cache
def _complex_elements(model: Model) -> dict[str, _Complex]:
    """Elements whose values are objects, by FHIR name; a resource in another one is left to the library."""
    found = {}
    for name, field in model.model_fields.items():
        element, fhir_name = _element_model(field.annotation), field.alias or name
        if element is not None:
            is_choice = "one_of_many" in cast(dict[str, Any], field.json_schema_extra or {})
            # What stands beside a primitive ("_status") stands in for it where it is required.
            is_free = not (field.is_required() or is_choice or fhir_name.startswith("_"))
            found[fhir_name] = _Complex(element, is_list_type(field), is_free)
    return found


def _element_model(annotation: Any) -> Model | None:
    if isinstance(annotation, type) and issubclass(annotation, FhirBase):
        is_any = issubclass(annotation, FhirElementOrResourceBase)
        element: Model | None = None if is_any else annotation.get_model_klass()
        return element
    return next((found for part in get_args(annotation) if (found := _element_model(part))), None)
