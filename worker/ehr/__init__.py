"""
The EHR's FHIR server: read, write, sign in; its errors turned into ours.

``client`` what we ask of it · ``wire`` one exchange over HTTP, with its time limits · ``answers`` what its answers
mean · ``patients`` whom a plan is for · ``sign_in`` who we are · ``breaker`` when not to ask at all.
"""

from worker.ehr.answers import Stored
from worker.ehr.breaker import Breaker
from worker.ehr.client import Ehr, EhrTurn
from worker.ehr.patients import find_patient
from worker.ehr.sign_in import StaticToken
from worker.ehr.wire import open_session

__all__ = ["Breaker", "Ehr", "EhrTurn", "StaticToken", "Stored", "find_patient", "open_session"]
