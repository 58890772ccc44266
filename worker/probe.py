"""
A synthetic report through the real path: health proved by traffic, from the door to what the EHR holds in the end.

In: a test patient of the EHR. Out: whether this run's plan can be read back there. Everything on the way is the real
thing (HTTP, inbox, broker, workers, EHR); its reports are told apart by their sender, and are in no count.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests

from worker.core.probe import carries_run, probe_report
from worker.ehr import Ehr
from worker.errors import ServiceError
from worker.inbox import Inbox
from worker.settings import Settings

__all__ = ["Probe", "Run"]

_TIMEOUT_SECONDS = 10.0
_FAILED = {"parked", "discarded", "not-for-us", "no-output"}


@dataclass(frozen=True, slots=True)
class Run:
    """One synthetic report under way."""

    name: str
    message_id: str
    sent: datetime

    def as_json(self) -> dict[str, str]:
        """To be kept between two processes."""
        return {"name": self.name, "message_id": self.message_id, "sent": self.sent.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, str]) -> "Run":
        """What ``as_json`` kept."""
        return cls(kept["name"], kept["message_id"], datetime.fromisoformat(kept["sent"]))


class Probe:
    """
    Sends synthetic reports and looks what became of them. All methods raise ``ServiceError``.

    Args:
        session: For the door; the EHR has its own.
    """

    def __init__(self, site: Settings, inbox: Inbox, ehr: Ehr, session: requests.Session) -> None:
        self._site, self._inbox, self._ehr, self._session = site, inbox, ehr, session
        token = site.senders.get("probe") or next(iter(site.senders.values()), "")
        self._headers = {"Content-Type": "application/fhir+json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def send(self, now: datetime) -> Run:
        """Post a new version of the synthetic report at the door."""
        name = secrets.token_hex(8)
        answer = self._ask("POST", "/fhir", probe_report(name, self._site.probe_patient, now))
        location = answer.headers.get("Location", "")
        if answer.status_code != 202 or not location:
            raise ServiceError(f"the door answered {answer.status_code} to a synthetic report")
        return Run(name, location.rpartition("/")[2], now)

    def verdict(self, run: Run, deadline: float) -> str | None:
        """
        What became of a run: None while it is under way, empty when its plan is at the EHR, else what is wrong.

        Args:
            deadline: Monotonic seconds after which the EHR is not asked any more.
        """
        status = self._status(run.message_id)
        state = status.get("state")
        if state in _FAILED:
            return f"the message is {state}: {status.get('reason')}"
        if state != "delivered":
            return None
        outcome = self._inbox.outcome(status["reports"][0]["report_id"]) or {}
        names = [n for n in outcome.get("written", ()) if n.startswith(("CarePlan/", "DocumentReference/"))]
        turn = self._ehr.until(deadline)
        held = [turn.read(name).resource for name in names]
        if any(resource is not None and carries_run(resource, run.name) for resource in held):
            return ""
        return "it counts as delivered, but the EHR does not hold this run's plan"

    def _status(self, message_id: str) -> dict[str, Any]:
        answer = self._ask("GET", f"/messages/{message_id}")
        try:
            status: dict[str, Any] = answer.json()
        except ValueError as error:
            raise ServiceError(f"the door answered {answer.status_code} without JSON") from error
        return status

    def _ask(self, method: str, path: str, body: Any = None) -> requests.Response:
        url = self._site.door_url + path
        try:
            return self._session.request(
                method, url, json=body, headers=self._headers, timeout=_TIMEOUT_SECONDS, allow_redirects=False
            )
        except requests.RequestException as error:
            raise ServiceError(f"the door cannot be reached ({type(error).__name__})") from error
