"""
The checks at both borders: what comes in, by ``fhir.resources`` and our own; what goes out, to the last element.

``fhir.resources`` knows structure and types; it does not check required codes, and it forbids elements that it does not
know. Read leniently: only an error in an element that we read refuses a message; any other is a warning kept with it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from worker.core.fhir_models import Validator, model_of
from worker.core.model import FhirVersion, JsonObject
from worker.core.report.bundle import Located, normal_form, references_in, resources_in
from worker.core.required_codes import allowed_codes
from worker.errors import MessageError, WorkerError

__all__ = [
    "InvalidOutputError",
    "Problem",
    "check_input",
    "check_output",
    "is_known_type",
    "load_models",
    "operation_outcome",
]

_IDENTITY = ("status", "code", "type", "subject", "identifier", "category", "text", "contained")
_VALUES = ("valueCodeableConcept", "valueQuantity", "valueRange", "valueString", "valueBoolean", "valueInteger")
# Elements that a reading depends on; an error in them could turn into a wrong reading. Times are not among them: a date
# that cannot be read is missing, and a missing date holds the plan.
_READ = {
    "DiagnosticReport": {*_IDENTITY, "result", "conclusion", "conclusionCode", "presentedForm"},
    "Observation": {*_IDENTITY, *_VALUES, "component", "hasMember", "bodySite", "bodyStructure"} | {"dataAbsentReason"},
    "Composition": {*_IDENTITY, "section"},
    "BodyStructure": {"morphology", "location", "locationQualifier", "includedStructure"},
}
# Parts of a datatype that nobody reads, wherever they stand.
_UNREAD_PARTS = {"id", "userSelected", "version", "assigner", "period", "hash", "size", "creation", "title", "author"}
_ELEMENT_NAME = re.compile(r"_?[a-z][A-Za-z0-9]{0,39}")
_NOT_THERE = {"missing", "model_field_validation.missing"}
_WORDS = {
    "bool_type": "must be true or false",
    "dict_type": "must be an object",
    "list_type": "must be a list",
    "string_type": "must be a string",
    "extra_forbidden": "is no element of this version of FHIR",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """
    What is wrong with an element of a message; ``reason`` never quotes its content.

    ``code`` is a FHIR issue type (``required``, ``value``, ``structure``, ``not-supported``).
    """

    where: str
    reason: str
    severity: Literal["error", "warning"] = "error"
    code: str = "structure"


class InvalidOutputError(WorkerError):
    """A resource of ours is not valid FHIR: a fault of this program, never of the message."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "; ".join(f"{where} {reason}" for where, reason in self.problems)


def check_input(document: JsonObject, version: FhirVersion) -> tuple[Problem, ...]:
    """
    What is wrong with a message; errors first.

    Returns:
        An error names an element that must be read and cannot; a warning is kept with the message and blocks nothing.
    """
    problems = list(_bundle_problems(document, version))
    located, validator = resources_in(document), Validator()
    for one in located:
        problems += _resource_problems(one, version, validator)
    problems += _subject_problems(located)
    return tuple(sorted(problems, key=lambda problem: problem.severity))


def is_known_type(name: str, version: FhirVersion) -> bool:
    """Whether FHIR has a resource type of this name."""
    return model_of(name, version) is not None


def check_output(resources: Iterable[JsonObject], version: FhirVersion) -> None:
    """
    Refuse resources (or Bundles) of ours that are not valid.

    Raises:
        InvalidOutputError: FHIRPath and reason of every fault.
    """
    faults: list[Problem] = []
    validator = Validator()
    for resource in resources:
        for one in resources_in(resource):
            faults += _resource_problems(one, version, validator)
        faults += _bundle_problems(resource, version)
    if faults:
        raise InvalidOutputError([(problem.where, problem.reason) for problem in faults])


def load_models(kinds: Iterable[str], version: FhirVersion) -> None:
    """Load the models of resource types now, which takes a tenth of a second each, and not with the first resource."""
    for kind in kinds:
        check_input({"resourceType": kind}, version)  # the first validation builds what the import has left for later


def operation_outcome(problems: Sequence[Problem] | MessageError) -> dict[str, Any]:
    """An OperationOutcome with one issue for each problem."""
    if isinstance(problems, MessageError):
        problems = (Problem(problems.where, problems.reason, "error", problems.code),)
    return {"resourceType": "OperationOutcome", "issue": [_issue(problem) for problem in problems]}


def _issue(problem: Problem) -> dict[str, Any]:
    issue: dict[str, Any] = {"severity": problem.severity, "code": problem.code, "diagnostics": problem.reason}
    if problem.where:
        issue["expression"] = [problem.where]
    return issue


# ---- one resource ----------------------------------------------------------------------------------------------------


def _resource_problems(one: Located, version: FhirVersion, validator: Validator) -> Iterator[Problem]:
    kind = one.resource_type
    model = model_of(kind, version)
    if model is None:
        yield Problem(one.where, "is of a type that is not known", "warning", "not-supported")
        return
    try:
        validator.validate(one.resource, model)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=False, include_input=False):
            yield _problem(one, kind, fault["loc"], fault["type"])
    except (ValueError, TypeError, AttributeError, LookupError):
        # The models themselves trip over some shapes (a list where an object belongs, in a resource type).
        yield Problem(one.where, "has an element of the wrong kind", "error" if kind in _READ else "warning")
    for element, allowed in allowed_codes(kind, version).items():
        value = one.resource.get(element)
        if isinstance(value, str) and value not in allowed:
            yield Problem(f"{one.where}.{element}", "is not one of FHIR's codes", _severity(kind, (element,)), "value")


def _problem(one: Located, kind: str, loc: tuple[int | str, ...], fault: str) -> Problem:
    is_missing = fault in _NOT_THERE
    reason = "is required" if is_missing else _WORDS.get(fault, "is not valid")
    severity = "warning" if fault == "extra_forbidden" else _severity(kind, loc)
    return Problem(_path(one.where, loc), reason, severity, "required" if is_missing else "structure")


def _path(where: str, loc: tuple[int | str, ...]) -> str:
    """FHIRPath; names that are no element names (a vendor may put anything into a key) are left out."""
    path = where
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        elif _ELEMENT_NAME.fullmatch(part):
            path += f".{part}"
    return path


def _severity(kind: str, loc: tuple[int | str, ...]) -> Literal["error", "warning"]:
    names = [part.lstrip("_") for part in loc if isinstance(part, str)]
    if not names:
        return "error" if kind in _READ else "warning"
    if names[0] not in _READ.get(kind, ()) or _UNREAD_PARTS.intersection(names[1:]):
        return "warning"
    return "warning" if "extension" in names and names[0] != "bodySite" else "error"


# ---- between resources -----------------------------------------------------------------------------------------------


def _bundle_problems(document: JsonObject, version: FhirVersion) -> Iterator[Problem]:
    if document.get("resourceType") != "Bundle":
        return
    kind = document.get("type")
    if kind is None:
        yield Problem("Bundle.type", "is required", "error", "required")
    elif kind not in allowed_codes("Bundle", version)["type"]:
        yield Problem("Bundle.type", "is not one of FHIR's codes", "error", "value")
    entries = document.get("entry", [])
    if not isinstance(entries, list):
        yield Problem("Bundle.entry", "must be a list")
        return
    for number, entry in enumerate(entries):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or ("resource" in entry and not isinstance(resource, dict)):
            yield Problem(f"Bundle.entry[{number}]", "must be an object with a resource")


def _subject_problems(located: Sequence[Located]) -> Iterator[Problem]:
    """A report without a subject can be planned for nobody; an Observation takes its report's."""
    cited = {form for one in located if _has_subject(one.resource) for form in _cited(one.resource)}
    for one in located:
        if one.resource_type not in ("DiagnosticReport", "Observation") or _has_subject(one.resource):
            continue
        is_cited = one.resource_type == "Observation" and bool(cited.intersection(one.forms))
        severity: Literal["error", "warning"] = "warning" if is_cited else "error"
        yield Problem(f"{one.where}.subject", "is required, as a reference or identifier", severity, "required")


def _cited(resource: JsonObject) -> Iterator[str]:
    for name in ("result", "hasMember"):
        yield from (normal_form(form) for form in references_in(resource, name))


def _has_subject(resource: JsonObject) -> bool:
    subject = resource.get("subject")
    return isinstance(subject, Mapping) and bool(subject.get("reference") or subject.get("identifier"))
