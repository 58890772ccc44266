"""Shared by all tests: the tables, where the corpus lies, and how many examples hypothesis may try."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from worker.core.rules import Rules
from worker.tables import load_rules

ROOT = Path(__file__).parent.parent

# Derandomised: a red run is the same red run for everybody; the nightly one looks for what is new.
settings.register_profile(
    "default", max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("CALCIFHIR_HYPOTHESIS", "default"))


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The shipped tables."""
    return load_rules()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real inputs that may not be redistributed; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("CALCIFHIR_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip("the corpus folder is absent; set CALCIFHIR_CORPUS to run this test")
    return folder
