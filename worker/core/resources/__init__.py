"""
Outcome -> CarePlan, ServiceRequest, Goal, Communication, DetectedIssue, Task, Provenance; and their later life.

In: what ``decide`` decided, or what was written last. Out: FHIR resources as dicts, valid in the target's version.
Nothing here is released or sent by itself: that is a clinician's act.
"""

from worker.core.resources.build import build_resources
from worker.core.resources.releasing import Verdict, is_held, release
from worker.core.resources.succession import next_revision, supersede
from worker.core.resources.transaction import as_transaction
from worker.core.resources.withdrawal import withdraw

WRITTEN_TYPES = ("CarePlan", "ServiceRequest", "Goal", "Communication", "DetectedIssue", "Task", "Provenance")

__all__ = [
    "WRITTEN_TYPES",
    "Verdict",
    "as_transaction",
    "build_resources",
    "is_held",
    "next_revision",
    "release",
    "supersede",
    "withdraw",
]
