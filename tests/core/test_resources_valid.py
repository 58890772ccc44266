"""Every resource passes the models of its FHIR version."""

import pytest
from fhir.resources import get_fhir_model_class
from fhir.resources.R4B import get_fhir_model_class as get_r4b_model_class

from tests.resource_outcomes import RECORDED, outcome
from worker.core.resources import as_transaction, build_resources
from worker.core.rules import Rules

MODELS = {"R4": get_r4b_model_class, "R4B": get_r4b_model_class, "R5": get_fhir_model_class}


@pytest.mark.parametrize("target", ["R4", "R4B", "R5"])
def test_every_resource_is_valid(target: str, rules: Rules) -> None:
    built = build_resources(outcome(), rules, target, RECORDED)
    for resource in (*built, as_transaction(built)):
        MODELS[target](resource["resourceType"]).model_validate(resource)
