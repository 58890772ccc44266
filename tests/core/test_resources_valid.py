"""Every resource passes the models of its FHIR version; R4 and R4B define the same elements for all of ours."""

from collections.abc import Callable
from typing import Any, get_args

import pytest
from fhir.resources import get_fhir_model_class
from fhir.resources.R4B import get_fhir_model_class as get_r4b_model_class

from tests.resource_scenarios import everything
from worker.core.model import FhirVersion
from worker.core.resources import as_transaction
from worker.core.rules import Rules

MODELS: dict[str, Callable[[str], Any]] = {
    "R4": get_r4b_model_class,
    "R4B": get_r4b_model_class,
    "R5": get_fhir_model_class,
}


@pytest.mark.parametrize("target", get_args(FhirVersion))
def test_whatever_is_written_is_valid(target: FhirVersion, rules: Rules) -> None:
    for name, resources in everything(rules, target):
        for resource in (*resources, as_transaction(resources)):
            assert MODELS[target](resource["resourceType"]).model_validate(resource), name
