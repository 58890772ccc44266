"""
The EHR's FHIR server: read, write, sign in; its errors turned into ours.

``client`` what we ask of it · ``wire`` one exchange over HTTP, with its time limits · ``answers`` what its answers
mean · ``patients`` whom a plan is for · ``sign_in`` who we are · ``breaker`` when not to ask at all.
"""

from worker.ehr.answers import Reply, Stored, matches_of, seen_of
from worker.ehr.breaker import Breaker
from worker.ehr.client import Ehr, EhrTurn, identifier_url, reference_url
from worker.ehr.patients import find_patient
from worker.ehr.sign_in import StaticToken
from worker.ehr.wire import open_session

__all__ = [
    "Breaker",
    "Ehr",
    "EhrTurn",
    "Reply",
    "StaticToken",
    "Stored",
    "find_patient",
    "identifier_url",
    "matches_of",
    "open_session",
    "reference_url",
    "seen_of",
]
