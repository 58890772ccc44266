"""
One message, the whole way: gather, decide, record.

In: the id of a stored message. Out: what must be rung next; everything else is in the inbox, in one step or not at all.
``flow`` the way · ``judge`` what becomes of one report · ``record`` an outcome as it is kept.
"""

from worker.handle.clock import tell_the_day
from worker.handle.flow import HandleResult, handle

__all__ = ["HandleResult", "handle", "tell_the_day"]
