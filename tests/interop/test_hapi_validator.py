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

from tests.resource_outcomes import RECORDED, TODAY
from tests.resource_scenarios import everything
from worker.core.model import FhirVersion
from worker.core.resources import as_transaction, build_resources
from worker.core.rules import Rules
from worker.core.standalone import decide_document, decide_text
from worker.errors import MessageError

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
    # BCP 47 has scripts; a validator without a terminology server knows languages and regions only.
    re.compile(r'Code "zh-Hant" is not in valueset: http://hl7.org/fhir/ValueSet/(all-)?languages'),
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


class Validator:
    """The Java program, asked one resource after the other; it loads each FHIR version once."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def complaints(self, target: str, asked: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[Complaint]:
        """What it says, apart from what it cannot know."""
        for scenario, resource in asked:
            for message in self._ask(target, resource):
                if not any(known.search(message["text"]) for known in BEYOND_IT):
                    kind, where, text = resource["resourceType"], message["where"], message["text"]
                    yield Complaint(scenario, kind, message["severity"], where, text)

    def _ask(self, target: str, resource: dict[str, Any]) -> list[dict[str, str]]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"version": target, "resource": resource}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the validator ended without an answer"
        messages: list[dict[str, str]] = json.loads(answer)
        return messages

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()


@pytest.fixture(scope="module")
def validator() -> Iterator[Validator]:
    """The second validator, where it was prepared."""
    program = shutil.which("java")
    if not program or not (FOLDER / "classes" / "Validate.class").is_file():
        pytest.skip("no second validator here: run tests/interop/prepare.sh (needs a JDK 17+ and Maven)")
    started = Validator([program, "-Xmx2g", "-cp", f"{FOLDER / 'classes'}:{FOLDER / 'lib'}/*", "Validate"])
    yield started
    started.close()


@pytest.mark.parametrize("target", get_args(FhirVersion))
def test_the_validator_has_nothing_to_say_about_what_we_write(
    target: FhirVersion, validator: Validator, rules: Rules
) -> None:
    asked = [(name, as_transaction(resources)) for name, resources in everything(rules, target)]
    found = {(c.resource_type, c.severity, c.where, c.text): c.scenario for c in validator.complaints(target, asked)}
    assert not found


@pytest.mark.corpus
def test_the_validator_has_nothing_to_say_about_plans_for_real_reports(
    validator: Validator, rules: Rules, corpus: Path
) -> None:
    asked = [(name, as_transaction(resources)) for name, resources in _planned(corpus, rules) if resources]
    assert len(asked) > 20
    found = {(c.resource_type, c.severity, c.where, c.text): c.scenario for c in validator.complaints("R4", asked)}
    assert not found


def _planned(corpus: Path, rules: Rules) -> Iterator[tuple[str, tuple[dict[str, Any], ...]]]:
    for path in sorted((corpus / "narratives").glob("*.txt")):
        made = decide_text(path.read_bytes(), rules, TODAY)
        yield path.name, build_resources(made, rules, "R4", RECORDED)
    for path in sorted((corpus / "fhir").glob("*.json")):
        try:
            decided = decide_document(json.loads(path.read_bytes()), rules, TODAY)
        except MessageError:
            continue
        for number, made in enumerate(decided):
            yield f"{path.name}#{number}", build_resources(made, rules, "R4", RECORDED)


def test_the_validator_would_speak_up(validator: Validator) -> None:
    """A broken resource is complained about: silence means something."""
    plan = {"resourceType": "CarePlan", "status": "bogus", "intent": "proposal", "subject": {"display": "x"}}
    assert any(c.severity == "error" for c in validator.complaints("R4", [("broken", plan)]))
