"""What this server can do, and the CapabilityStatement that says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from worker.sandbox.answers import Resource

VERSIONS: Mapping[str, str] = {"R4": "4.0.1", "R4B": "4.3.0", "R5": "5.0.0"}
TYPES = (
    *("AuditEvent", "Binary", "Bundle", "CarePlan", "CareTeam", "Communication", "CommunicationRequest", "Condition"),
    *("Coverage", "Device", "DetectedIssue", "DiagnosticReport", "DocumentReference", "Encounter", "Endpoint"),
    *("FamilyMemberHistory", "Flag", "Goal", "Group", "HealthcareService", "ImagingStudy", "Library", "List"),
    *("Location", "Media", "Observation", "Organization", "Patient", "PlanDefinition", "Practitioner"),
    *("PractitionerRole", "Procedure", "Provenance", "Questionnaire", "QuestionnaireResponse", "RelatedPerson"),
    *("RiskAssessment", "ServiceRequest", "Specimen", "Task"),
)


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a site's server may lack; the defaults are those of a full server."""

    fhir_version: str = "R4"
    transaction: bool = True
    batch: bool = True
    update_create: bool = True
    conditional: bool = True
    if_match: bool = True
    read_only: frozenset[str] = frozenset()

    def interactions(self, resource_type: str) -> tuple[str, ...]:
        """The interactions stated for a type."""
        reading = ("read", "vread", "history-instance", "search-type")
        return reading if resource_type in self.read_only else (*reading, "create", "update", "delete")


def capability_statement(abilities: Abilities, base: str) -> Resource:
    """What ``GET /metadata`` answers."""
    system = [{"code": code} for code in ("transaction", "batch") if getattr(abilities, code)]
    rest: Resource = {"mode": "server", "resource": [_resource(abilities, each) for each in TYPES]}
    if system:
        rest["interaction"] = system
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": "2026-11-22",
        "kind": "instance",
        "software": {"name": "CalciFHIR sandbox"},
        "implementation": {"description": "FHIR server in memory, for trials", "url": base.rstrip("/")},
        "fhirVersion": VERSIONS[abilities.fhir_version],
        "format": ["application/fhir+json", "json"],
        "rest": [rest],
    }


def _resource(abilities: Abilities, resource_type: str) -> Resource:
    names = ("_id", "identifier", "status", "patient", "subject")
    kinds = ("token", "token", "token", "reference", "reference")
    return {
        "type": resource_type,
        "interaction": [{"code": code} for code in abilities.interactions(resource_type)],
        "versioning": "versioned-update" if abilities.if_match else "versioned",
        "readHistory": True,
        "updateCreate": abilities.update_create,
        "conditionalCreate": abilities.conditional,
        "conditionalUpdate": abilities.conditional,
        "searchParam": [{"name": name, "type": kind} for name, kind in zip(names, kinds, strict=True)],
    }
