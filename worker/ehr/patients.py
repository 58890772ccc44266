"""Which Patient of the EHR a plan is for: exactly one, or nobody is written to."""

import re
from typing import Literal

from worker.core.model import JsonObject
from worker.core.writeplan import Person, contradicts
from worker.ehr.client import EhrTurn, identifier_url
from worker.errors import WriteRefused

__all__ = ["Match", "find_patient"]

Match = Literal["reference", "identifier"]
_PATIENT = re.compile(r"Patient/[A-Za-z0-9\-.]{1,64}")
# A record that was merged names the one that stands; a longer chain is a fault of the EHR.
_LONGEST_MERGE_CHAIN = 3


def find_patient(person: Person, match: Match, turn: EhrTurn) -> str:
    """
    The EHR's own ``Patient/id``.

    Raises:
        WriteRefused: There is no such patient, or more than one, or it is somebody else. The text names nobody.
    """
    held = turn.found_patients.get((match, person))
    if held is not None:
        return held
    patient = _by_reference(person, turn) if match == "reference" else _by_identifier(person, turn)
    key = _standing(patient, person, turn)
    turn.found_patients.keep((match, person), key)
    return key


def _by_reference(person: Person, turn: EhrTurn) -> JsonObject:
    key = (person.reference or "").removeprefix(f"{turn.base_url}/").partition("/_history/")[0]
    if not _PATIENT.fullmatch(key):
        raise WriteRefused("the report's patient reference is none of this EHR's", 422)
    return _read(key, turn)


def _by_identifier(person: Person, turn: EhrTurn) -> JsonObject:
    if not person.identifiers:
        raise WriteRefused("the report names no identifier of its patient", 422)
    found = {
        str(patient.get("id")): patient
        for system, value in person.identifiers
        for patient in turn.search(identifier_url("Patient", system, value))
    }
    if len(found) != 1:
        raise WriteRefused(f"{len(found)} patients of the EHR carry the report's patient identifier", 422)
    return next(iter(found.values()))


def _read(key: str, turn: EhrTurn) -> JsonObject:
    seen = turn.read(key)
    if seen.resource is None:
        raise WriteRefused("the report's patient is not known to the EHR", 410 if seen.is_deleted else 404)
    return seen.resource


def _standing(patient: JsonObject, person: Person, turn: EhrTurn) -> str:
    """The record itself, or the one that it was merged into."""
    for _ in range(_LONGEST_MERGE_CHAIN):
        if contradicts(person, patient):
            raise WriteRefused("the EHR's patient carries another identifier than the report's", 422)
        merged_into = _replaced_by(patient)
        if merged_into is None:
            return f"Patient/{patient['id']}"
        patient = _read(merged_into, turn)
    raise WriteRefused("the EHR's patient was merged too often to follow", 422)


def _replaced_by(patient: JsonObject) -> str | None:
    for link in patient.get("link", ()):
        if link.get("type") == "replaced-by":
            target = str((link.get("other") or {}).get("reference", "")).rpartition("Patient/")
            key = f"Patient/{target[2].partition('/')[0]}"
            return key if _PATIENT.fullmatch(key) else None
    return None
