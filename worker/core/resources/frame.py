"""What every resource of one outcome shares: ids, identifiers, tags, labels and the patient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from worker import __version__
from worker.core.ids import artefact_id
from worker.core.model import Coding, FhirVersion, Observation, Outcome
from worker.core.observed import every
from worker.core.resources.parts import logical
from worker.core.rules import Rules
from worker.core.rules.output import Output

URN = "urn:calcifhir"
PRODUCT_TAG = f"{URN}:product"
TABLES_TAG = f"{URN}:tables"
REVISION_TAG = f"{URN}:revision"
HOLD_TAG = f"{URN}:hold"
RULE_SYSTEM = f"{URN}:rule"
# The second identifier of everything but a Provenance: by it what comes back from an EHR finds its report.
REPORT_SYSTEM = f"{URN}:report"
ACTION_SYSTEM = f"{URN}:action"

# The system of an identifier whose value is a URI (FHIR, "Identifier.system").
URI_SYSTEM = "urn:ietf:rfc:3986"

CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
# Lowest first, as the code system orders them.
CONFIDENTIALITY_ORDER = ("U", "L", "M", "N", "R", "V")


@dataclass(frozen=True, slots=True)
class Frame:
    """
    Everything a resource is built from.

    Args:
        recorded: When it is built, with its offset.
        revision: 0 for the first plan of a report; a plan that replaces a released one has the next number.
        cited: The report's Observations, members included, by reference.
    """

    outcome: Outcome
    rules: Rules
    output: Output
    target: FhirVersion
    recorded: datetime
    revision: int
    meta: Mapping[str, Any]
    subject: Mapping[str, Any]
    cited: Mapping[str, Observation]

    @property
    def instant(self) -> str:
        """``recorded`` as a FHIR instant."""
        return instant_of(self.recorded)

    def id_of(self, artefact: str) -> str:
        """The id of a thing of this revision."""
        return artefact_id(self.outcome.report.report_id, revised(artefact, self.revision))

    def reference(self, resource_type: str, artefact: str) -> dict[str, Any]:
        """A literal reference to a thing of this revision."""
        return {"reference": f"{resource_type}/{self.id_of(artefact)}"}

    def start(self, resource_type: str, artefact: str, language: str = "en") -> dict[str, Any]:
        """The first elements of a resource, up to its identifier."""
        own_id = self.id_of(artefact)
        return {
            "resourceType": resource_type,
            "id": own_id,
            "meta": dict(self.meta),
            "language": language,
            "identifier": [
                {"system": own_system(resource_type), "value": own_id},
                {"system": REPORT_SYSTEM, "value": self.outcome.report.report_id},
            ],
        }


def frame_of(outcome: Outcome, rules: Rules, target: FhirVersion, recorded: datetime, revision: int) -> Frame:
    """Join what the resources share; ``ValueError`` when ``recorded`` has no offset, for FHIR instants need one."""
    meta = _meta(outcome, revision)
    cited = {one.reference: one for one in every(outcome.report.observations) if one.reference}
    return Frame(outcome, rules, rules.output, target, recorded, revision, meta, subject_of(outcome), cited)


def revised(artefact: str, revision: int) -> str:
    """The artefact's name in a revision; the first has none, so that its ids are those of the artefact."""
    return f"{artefact}.r{revision}" if revision else artefact


def instant_of(moment: datetime) -> str:
    """A FHIR instant to the second; ``ValueError`` when the moment has no offset."""
    if moment.utcoffset() is None:
        raise ValueError("a FHIR instant needs an offset; hand in an aware datetime")
    return moment.isoformat(timespec="seconds")


def own_system(resource_type: str) -> str:
    """The system of our own identifiers of a type."""
    return f"{URN}:{kebab(resource_type)}"


def kebab(resource_type: str) -> str:
    """``CarePlan`` -> ``care-plan``."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in resource_type).lstrip("-")


def device() -> dict[str, Any]:
    """Who we are, as a logical reference."""
    return logical("Device", f"{URN}:device", "calcifhir", f"CalciFHIR {__version__}")


def subject_of(outcome: Outcome) -> dict[str, Any]:
    """
    The patient as the report names them, with an identifier by which an EHR finds them.

    A reference into the report's own ``contained`` or Bundle would mean nothing outside of it.
    """
    patient = outcome.report.patient
    reference = patient.reference or ""
    found = logical("Patient", *patient.identifiers[0]) if patient.identifiers else {}
    if reference and not reference.startswith(("#", "urn:")):
        return {"reference": reference, **found}
    if not found and reference.startswith("urn:"):
        found = logical("Patient", URI_SYSTEM, reference)
    return found or {"type": "Patient", "display": "not named in the report"}


def _meta(outcome: Outcome, revision: int) -> dict[str, Any]:
    tags = [
        {"system": PRODUCT_TAG, "code": "calcifhir", "display": f"CalciFHIR {__version__}"},
        {"system": TABLES_TAG, "code": outcome.table_digest or "unknown"},
        {"system": REVISION_TAG, "code": str(revision)},
    ]
    if outcome.hold:
        tags.append({"system": HOLD_TAG, "code": "hold", "display": "not to be released before a clinician has looked"})
    meta: dict[str, Any] = {"source": f"{URN}:worker#{outcome.report.report_id}"}
    labels = highest(outcome.report.security)
    if labels:
        meta["security"] = labels
    meta["tag"] = tags
    return meta


def highest(labels: Sequence[Coding]) -> list[dict[str, str]]:
    """Security labels of the sources: the highest confidentiality, and every label of another kind."""
    graded = [c for c in labels if c.system == CONFIDENTIALITY and c.code in CONFIDENTIALITY_ORDER]
    top = max(graded, key=lambda c: CONFIDENTIALITY_ORDER.index(c.code), default=None)
    kept = dict.fromkeys(c for c in labels if c not in graded or c is top)
    return [_label(c) for c in kept]


def _label(coding: Coding) -> dict[str, str]:
    label = {"system": coding.system, "code": coding.code}
    return {**label, "display": coding.display} if coding.display else label
