"""
FHIR (R4, R4B, R5) -> Report: the only room, with ``resources``, that knows how FHIR looks.

In: the bytes of a message, then its resources and those seen earlier. Out: ``model.Report``, one version of one report
with everything it cites, in the words of its sender; what the codes mean is for the tables to say.
"""

from worker.core.report.bundle import Located, cited_by, normal_form, pool_of, required_by, resources_in
from worker.core.report.identity import Identity, identity_of, is_newer
from worker.core.report.reading import read_report
from worker.core.report.roots import bare_observations_in, reports_in
from worker.core.report.strict_json import canonical_digest, parse_json
from worker.core.report.versions import detect_version

__all__ = [
    "Identity",
    "Located",
    "bare_observations_in",
    "canonical_digest",
    "cited_by",
    "detect_version",
    "identity_of",
    "is_newer",
    "normal_form",
    "parse_json",
    "pool_of",
    "read_report",
    "reports_in",
    "required_by",
    "resources_in",
]
