"""Every resource passes the models of its FHIR version; R4 and R4B define the same elements for all of ours."""

from collections.abc import Callable
from typing import Any, get_args

import pytest
from fhir.resources import get_fhir_model_class
from fhir.resources.R4B import get_fhir_model_class as get_r4b_model_class

from tests.resource_scenarios import everything
from worker.core.model import FhirVersion
from worker.core.resources import WRITTEN_TYPES, as_transaction
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


def test_what_a_worker_loads_beforehand_is_what_is_written(rules: Rules) -> None:
    written = {each["resourceType"] for _, resources in everything(rules, "R4") for each in resources}
    assert written == set(WRITTEN_TYPES)


def test_r5_uses_the_names_of_r5(rules: Rules) -> None:
    """The differences of the R5 pages: nothing of R4's names is left behind."""
    gone = {
        "CarePlan": {"author"},
        "ServiceRequest": {"reasonCode", "reasonReference"},
        "Task": {"reasonReference", "performerType", "restriction"},
        "DetectedIssue": {"patient"},
    }
    for _, resources in everything(rules, "R5"):
        for each in resources:
            assert not gone.get(each["resourceType"], set()) & set(each)
            for payload in each.get("payload", ()):
                assert list(payload) == ["contentAttachment"]
                assert isinstance(payload["contentAttachment"]["size"], str)
