"""
The FHIR door: check the envelope, store, answer 202.

In: HTTP requests of an interface engine. Out: messages in the inbox, and a FHIR ``OperationOutcome`` for every answer
that is not a resource. Nothing is decided here; a message is on disk in Redis before its 202 is sent.
"""

from worker.intake.app import create_intake

__all__ = ["create_intake"]
