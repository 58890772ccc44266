"""The patient of a report."""

from typing import Any

from worker.core.model import PatientFacts
from worker.core.report.bundle import Located, reference_form
from worker.core.report.elements import concept_in, date_in, objects, string_in
from worker.core.report.gathered import Gathered
from worker.core.report.identity import identifiers_of

__all__ = ["patient_of"]


def patient_of(root: Located, gathered: Gathered) -> PatientFacts:
    """What is known of the subject; the reference is the sender's own, so that it can be written back."""
    subject = root.resource.get("subject")
    form = reference_form(subject)
    found = gathered.find(form, root)
    patient = found.resource if found is not None and found.resource_type == "Patient" else {}
    identifiers = identifiers_of(patient) or (identifiers_of(subject) if isinstance(subject, dict) else ())
    return PatientFacts(
        reference=_written(subject, found),
        identifiers=identifiers,
        name=_name(patient),
        birth_date=date_in(patient, "birthDate"),
        gender=string_in(patient, "gender"),
        language=_language(patient),
    )


def _written(subject: object, found: Located | None) -> str | None:
    literal = string_in(subject, "reference") if isinstance(subject, dict) else None
    if literal is None or literal.startswith("#"):
        return None
    # Inside a transaction a urn names the Patient only until it is stored; its id stays.
    return (found.reference or literal) if literal.startswith("urn:") and found is not None else literal


def _name(patient: Any) -> str | None:
    names = [name for _, name in objects(patient, "name") if name.get("use") not in ("old", "anonymous")]
    names.sort(key=lambda name: {"official": 0, "usual": 1}.get(str(name.get("use")), 2))
    for name in names:
        if string_in(name, "text"):
            return string_in(name, "text")
        given = name.get("given")
        parts = [part for part in (given if isinstance(given, list) else []) if isinstance(part, str)]
        family = string_in(name, "family")
        if family or parts:
            return " ".join([*parts, *([family] if family else [])])
    return None


def _language(patient: Any) -> str | None:
    """The preferred language; one that is the only one named counts as preferred."""
    spoken = [item for _, item in objects(patient, "communication")]
    preferred = [item for item in spoken if item.get("preferred") is True] or (spoken if len(spoken) == 1 else [])
    for item in preferred:
        concept = concept_in(item, "language", "")
        for coding in concept.codings if concept else ():
            return coding.code
    return None
