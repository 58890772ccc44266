"""One installation through ``handle``: messages come, are decided and count as delivered."""

from datetime import date
from typing import Any

from tests.desk import NOW, SITE, TODAY
from tests.shell.documents import Resource, as_bytes, report
from tests.shell.fakes import Clock, put
from worker.core.ids import report_id_of
from worker.core.report import canonical_digest
from worker.core.resources.ending import latest, status_of
from worker.core.rules import Rules
from worker.handle import handle
from worker.inbox import Inbox, Written

PROBABLY = "Grouped round calcifications in the left breast. BI-RADS 3, left. Short-interval follow-up in 6 months."
SUSPICIOUS = "Grouped fine pleomorphic calcifications in the left breast. BI-RADS 4B, left. Stereotactic biopsy, left."
BENIGN = "Scattered round calcifications in both breasts. BI-RADS 2."
DIAGNOSTIC = {"coding": [{"system": "http://loinc.org", "code": "24605-8", "display": "MG Breast Diagnostic"}]}
WHO = {"reference": "Practitioner/7", "display": "Dr Example"}
ULTRASOUND = {"coding": [{"system": "http://loinc.org", "code": "24601-7", "display": "US Breast"}]}


class Life:
    """One installation; each message is handled and, as far as the ledger knows, delivered."""

    def __init__(self, inbox: Inbox, rules: Rules, clock: Clock) -> None:
        self.inbox, self.rules, self.clock = inbox, rules, clock

    def take(self, document: Resource, sender: str = "engine") -> str:
        """Post, handle, deliver; the state of the message."""
        return self.ring(put(self.inbox, as_bytes(document), canonical_digest(document), sender).message_id)

    def ring(self, message_id: str, today: date = TODAY) -> str:
        """Handle and deliver a stored message; its state."""
        waiting = [message_id]
        while waiting:
            done = handle(waiting.pop(), self.inbox, self.rules, SITE, today, NOW)
            waiting += done.decide
            for report_id in done.deliver:
                delivery = self.inbox.claim_delivery(report_id)
                assert delivery is not None
                names = (f"{each['resourceType']}/{each['id']}" for each in delivery.resources)
                self.inbox.finish_delivery(delivery, {name: Written("1", "digest") for name in names})
        message = self.inbox.message(message_id)
        assert message is not None
        return message.state

    def priorities(self) -> set[str]:
        """Of the Tasks of the first report."""
        return {each["priority"] for each in self.record()["resources"] if each["resourceType"] == "Task"}

    def record(self, number: int = 1) -> dict[str, Any]:
        found = self.inbox.previous(report_id_of(f"urn:ris|ACC-{number}"))
        assert found is not None
        return dict(found)

    def questions(self, number: int = 1) -> dict[str, bool]:
        """Questions of the newest outcome as ``rule: text``, and whether they hold."""
        return {f"{i['rule']}: {i['text']}": i["hold"] for i in self.record(number)["summary"]["issues"]}

    def asked(self, words: str, number: int = 1) -> list[bool]:
        return [hold for text, hold in self.questions(number).items() if words in text]

    def plan(self, number: int = 1) -> Resource:
        """The newest CarePlan of a report."""
        record = self.record(number)
        found = latest((*record["resources"], *record["older"]), "CarePlan")
        assert found is not None
        return dict(found)

    def release(self, number: int = 1, **more: Any) -> str:
        """A clinician completes the review; the state of that message."""
        focus = f"CarePlan/{self.plan(number)['id']}"
        (task,) = (
            each
            for each in self.record(number)["resources"]
            if each["resourceType"] == "Task" and each["status"] == "requested" and each["focus"]["reference"] == focus
        )
        said = {
            "status": "completed",
            "owner": WHO,
            "output": [{"type": {"text": "decision"}, "valueString": "released"}],
        }
        return self.take({**task, **said, **more})

    def statuses(self, number: int, kind: str) -> set[str]:
        """Of all resources of a type that stand for a report."""
        record = self.record(number)
        return {status_of(e) for e in (*record["resources"], *record["older"]) if e["resourceType"] == kind}

    def plans(self, number: int = 1) -> dict[str, str]:
        record = self.record(number)
        plans = (e for e in (*record["resources"], *record["older"]) if e["resourceType"] == "CarePlan")
        return {plan["id"]: plan["status"] for plan in plans}


def of(number: int = 1, day: str = "2026-02-20", **more: Any) -> Resource:
    return report(number, **{"conclusion": SUSPICIOUS, "code": DIAGNOSTIC, "effectiveDateTime": day, **more})
