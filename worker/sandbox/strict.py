"""The strict check: every resource that is written must be valid for ``fhir.resources``."""

import importlib
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from worker.sandbox.answers import RefusedError, Resource

_PACKAGES = {"R4": "fhir.resources.R4B", "R4B": "fhir.resources.R4B", "R5": "fhir.resources"}


def strict_check(fhir_version: str) -> Callable[[Resource], None]:
    """A check for one FHIR version; it refuses with 422 and names the element, never its value."""
    model_of: Callable[[str], Any] = importlib.import_module(_PACKAGES[fhir_version]).get_fhir_model_class

    def check(resource: Resource) -> None:
        resource_type = resource["resourceType"]
        try:
            model_of(resource_type).model_validate(resource)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            where = ".".join([resource_type, *(str(part) for part in first["loc"])])
            raise RefusedError(422, "structure", f"not valid: {first['type']}", where) from error

    return check


def lenient(resource: Resource) -> None:
    """No check at all; for the demo, where speed counts."""
