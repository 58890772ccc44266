"""Opaque, deterministic ids: safe in logs and task arguments, the same on every machine and every run."""

import uuid
from functools import lru_cache

__all__ = ["artefact_id", "report_id_of"]

# Never change: ids that were written to an EHR are computed from it again to find the resource.
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:calcifhir")


def report_id_of(key: str) -> str:
    """The opaque id of a report, from its business key (which may hold a patient's accession number)."""
    return str(uuid.uuid5(_NAMESPACE, key))


@lru_cache(maxsize=512)  # the resources of one outcome name each other again and again
def artefact_id(report_id: str, artefact: str) -> str:
    """The id of one resource that we write for a report; ``artefact`` names it within the report (``care-plan``)."""
    return str(uuid.uuid5(uuid.UUID(report_id), artefact))
