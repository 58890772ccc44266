"""
What we write, judged by the HAPI FHIR instance validator: a second implementation, with invariants and value sets.

It needs what ``tests/interop/prepare.sh`` fetches and builds; where that is absent the tests say so and are skipped.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

from tests.resource_scenarios import everything
from worker.core.model import FhirVersion
from worker.core.resources import as_transaction
from worker.core.rules import Rules

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("CALCIFHIR_INTEROP", ROOT / ".venv" / "interop"))

# What a validator without a terminology server, and without our own code systems, cannot know.
BEYOND_IT = (
    re.compile(r"CodeSystem is unknown and can't be validated: "),
    re.compile(r"ValueSet 'http://terminology.hl7.org/ValueSet/[a-z-]+' not found"),
    # The rule that raised an issue is ours; the binding is "preferred".
    re.compile(r"value set 'Detected Issue Category'"),
    # The report's own words are quoted as they are; FHIR strings are not HTML, and our XHTML escapes them.
    re.compile(r"embedded HTML tag"),
    # Says which reference it looked at; no judgement.
    re.compile(r"Details for .* matching against profile"),
)


class Complaint(NamedTuple):
    """One message of the validator about one resource."""

    scenario: str
    resource_type: str
    severity: str
    where: str
    text: str


@pytest.fixture(scope="module")
def java() -> list[str]:
    """The command that starts the validator."""
    program = shutil.which("java")
    if not program or not (FOLDER / "classes" / "Validate.class").is_file():
        pytest.skip("no second validator here: run tests/interop/prepare.sh (needs a JDK 17+ and Maven)")
    return [program, "-Xmx1500m", "-cp", f"{FOLDER / 'classes'}:{FOLDER / 'lib'}/*", "Validate"]


def complaints(java: Sequence[str], target: str, asked: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[Complaint]:
    """What the validator says, apart from what it cannot know."""
    lines = "\n".join(json.dumps({"version": target, "resource": resource}) for _, resource in asked)
    ran = subprocess.run(java, input=lines, capture_output=True, text=True, check=True)
    for (scenario, resource), line in zip(asked, ran.stdout.splitlines(), strict=True):
        for message in json.loads(line):
            if not any(known.search(message["text"]) for known in BEYOND_IT):
                kind, where, text = resource["resourceType"], message["where"], message["text"]
                yield Complaint(scenario, kind, message["severity"], where, text)


@pytest.mark.parametrize("target", get_args(FhirVersion))
def test_the_validator_has_nothing_to_say_about_what_we_write(
    target: FhirVersion, java: list[str], rules: Rules
) -> None:
    asked = [(name, as_transaction(resources)) for name, resources in everything(rules, target)]
    found = {(c.resource_type, c.severity, c.where, c.text): c.scenario for c in complaints(java, target, asked)}
    assert not found


def test_the_validator_would_speak_up(java: list[str]) -> None:
    """A broken resource is complained about: silence means something."""
    plan = {"resourceType": "CarePlan", "status": "bogus", "intent": "proposal", "subject": {"display": "x"}}
    assert any(c.severity == "error" for c in complaints(java, "R4", [("broken", plan)]))
