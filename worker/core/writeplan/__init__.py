"""
What to write to an EHR, decided without touching it: pure functions over what is wanted, known and seen there.

In: the resources of an outcome, the ledger of what was written last, what a look at the EHR has found, and what its
CapabilityStatement offers. Out: the writes to make, what must be looked at first, and the ledger as it then stands.

Three rules carry the rest. What is at the EHR and is not as we wrote it belongs to somebody else: it is never written
over; our newer version goes beside it and says that it replaces it. What is at the EHR as we want it is not written
again. What may be there, because an answer was lost, is looked at before it is written.
"""

from worker.core.writeplan.capability import Capability, TypeAbility, read_capability
from worker.core.writeplan.fallback import for_server
from worker.core.writeplan.pause import pause_seconds, spread
from worker.core.writeplan.people import Person, contradicts, person_of, subject_of, with_subject
from worker.core.writeplan.placing import standing_key
from worker.core.writeplan.plan import Careful, aliases_of, plan_writes
from worker.core.writeplan.request import as_bundle, in_order, located
from worker.core.writeplan.sameness import carried_digest, digest_of, is_as_we_wrote_it
from worker.core.writeplan.values import Resource, Seen, Step, WritePlan, Written, key_of

__all__ = [
    "Capability",
    "Careful",
    "Person",
    "Resource",
    "Seen",
    "Step",
    "TypeAbility",
    "WritePlan",
    "Written",
    "aliases_of",
    "as_bundle",
    "carried_digest",
    "contradicts",
    "digest_of",
    "for_server",
    "in_order",
    "is_as_we_wrote_it",
    "key_of",
    "located",
    "pause_seconds",
    "person_of",
    "plan_writes",
    "read_capability",
    "spread",
    "standing_key",
    "subject_of",
    "with_subject",
]
