"""Delivery over real HTTP against the sandbox: written once, whatever happens on the way."""

from tests.ehr_help import FakeInbox, connected, serving, settings
from tests.plan_resources import NOW, REPORT_ID, plan_of
from worker.deliver import deliver


def test_a_first_delivery_writes_one_of_each() -> None:
    with serving() as server, connected(server) as ehr:
        inbox = FakeInbox(plan_of())
        deliver(REPORT_ID, inbox, ehr, settings(), NOW)
        assert inbox.happened == [("finished", "")]
        assert server.one("CarePlan")["subject"] == {"reference": "Patient/p-7"}
        assert server.one("Communication")["status"] == "preparation"
        assert set(server.versions().values()) == {"1"}
