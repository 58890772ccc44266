"""
Durable store in Redis: messages, reports in the making, outcomes, parked work, schedule.

``store`` the steps · ``records``, ``remembered`` their values · ``wire`` values to Redis and back · ``lookup`` what is
known of reports and resources · ``views`` what people and monitors see · ``worklist`` what the practice owes ·
``load``, ``pulse`` how full it is, signs of life · ``durable`` the check at start-up · ``scripts``, ``lua/`` each step
as a whole or not.
"""

from worker.inbox.load import Load
from worker.inbox.lookup import MOST_OF_ONE_PERSON
from worker.inbox.pages import MessageLine, ReportLine
from worker.inbox.records import (
    Claim,
    Concluded,
    Conclusion,
    Delivery,
    Head,
    MessageRecord,
    NewRecord,
    ReportEntry,
    Stored,
    Written,
)
from worker.inbox.remembered import Cited, Citing, Planned, Remembered, Signs
from worker.inbox.scripts import Along
from worker.inbox.store import Inbox
from worker.inbox.wire import message_id_of, resource_key
from worker.inbox.worklist import WorkCounts, WorkEntry

__all__ = [
    "MOST_OF_ONE_PERSON",
    "Along",
    "Cited",
    "Citing",
    "Claim",
    "Concluded",
    "Conclusion",
    "Delivery",
    "Head",
    "Inbox",
    "Load",
    "MessageLine",
    "MessageRecord",
    "NewRecord",
    "Planned",
    "Remembered",
    "ReportEntry",
    "ReportLine",
    "Signs",
    "Stored",
    "WorkCounts",
    "WorkEntry",
    "Written",
    "message_id_of",
    "resource_key",
]
