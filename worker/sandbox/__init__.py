"""
A small FHIR server in memory: the EHR of the demo and of the tests.

In: FHIR REST under ``/fhir``. Out: what a strict server would answer: versions, conditional writes, transactions that
are all or nothing, references that must exist. It forgets everything when it ends.

``python -m worker.sandbox --port 8090`` runs it; ``create_sandbox`` builds it inside a test.
"""

from worker.sandbox.app import create_sandbox
from worker.sandbox.capability import Abilities
from worker.sandbox.faults import Faults

__all__ = ["Abilities", "Faults", "create_sandbox"]
