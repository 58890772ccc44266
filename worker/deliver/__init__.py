"""
One outcome to the EHR, exactly once in effect.

In: the id of a report with something due. Out: its resources at the EHR and in the ledger, or a later date for the next
try, or a parked delivery with the EHR's reasons. What is written is decided in ``core.writeplan``; here it is done.

``flow`` one delivery from claim to end · ``visit`` one try at the EHR · ``look`` what the EHR holds · ``ledger`` what
we wrote last, as the inbox keeps it.
"""

from worker.deliver.flow import deliver

__all__ = ["deliver"]
