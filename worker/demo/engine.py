"""The interface engine of the demo: posts the reports as a hospital's would, then asks what became of each."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests

from worker.demo.cases import Step
from worker.demo.supervisor import DemoError

__all__ = ["SETTLED", "Engine", "Sent"]

SETTLED = frozenset({"delivered", "not-for-us", "superseded", "withdrawn", "no-output", "parked"})
_TIMEOUT_SECONDS = 10.0
# As an interface engine does: again and again, for a while.
_TRY_AGAIN = {429, 500, 503}
_PAUSE_SECONDS, _PATIENCE_SECONDS = 0.25, 60.0


@dataclass(frozen=True, slots=True)
class Sent:
    """One request and what became of it; ``status`` is the last answer of GET /messages/{id}, None for a refusal."""

    step: Step
    http: int
    message_id: str | None
    answer: dict[str, Any]
    status: dict[str, Any] | None = None

    @property
    def state(self) -> str:
        """State of the message, or ``refused``."""
        return str(self.status["state"]) if self.status else "refused"


class Engine:
    """
    Posts steps one by one; one that had no answer, or 503, is sent again.

    Args:
        check: Called before something is tried again; raises when a part of the demo has stopped for good.
    """

    def __init__(self, door: str, check: Callable[[], None]) -> None:
        self._door, self._check = door, check
        self._session = requests.Session()
        self._session.trust_env = False

    def send(self, step: Step) -> Sent:
        """Send one step until the door takes or refuses it, and keep its answer."""
        response = self._ask(step.method, step.path, step.content, {"Content-Type": step.content_type})
        location = response.headers.get("Location", "")
        if response.status_code in (200, 202) and not location.startswith("/messages/"):
            raise DemoError(f"the door answered {response.status_code} to {step.file} without a Location")
        message_id = location.removeprefix("/messages/") or None
        if "json" not in response.headers.get("Content-Type", ""):
            raise DemoError(f"the door answered {response.status_code} to {step.file} without an OperationOutcome")
        return Sent(step, response.status_code, message_id, response.json())

    def status(self, message_id: str) -> dict[str, Any]:
        """What became of a message so far."""
        response = self._ask("GET", f"/messages/{message_id}")
        if response.status_code != 200:
            raise DemoError(f"the door answered {response.status_code} when asked about a message that it took")
        status: dict[str, Any] = response.json()
        return status

    def _ask(
        self, method: str, path: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> requests.Response:
        deadline, wrong = time.monotonic() + _PATIENCE_SECONDS, ""
        while time.monotonic() < deadline:
            try:
                url = self._door + path
                response = self._session.request(method, url, data=content, headers=headers, timeout=_TIMEOUT_SECONDS)
            except requests.RequestException as error:
                wrong = type(error).__name__
            else:
                if response.status_code not in _TRY_AGAIN:
                    return response
                wrong = f"HTTP {response.status_code}"
            self._check()
            time.sleep(_PAUSE_SECONDS)
        raise DemoError(f"the door does not answer ({wrong})")

    def settle(self, sent: list[Sent], seconds: float, tick: Callable[[int], None]) -> None:
        """
        Wait until every accepted message has come to an end; ``sent`` is brought up to date in place.

        Args:
            tick: Called with how many have settled.
        """
        deadline = time.monotonic() + seconds
        while True:
            for index, one in enumerate(sent):
                if one.message_id and one.state not in SETTLED:
                    sent[index] = Sent(one.step, one.http, one.message_id, one.answer, self.status(one.message_id))
            open_ones = [one for one in sent if one.message_id and one.state not in SETTLED]
            tick(len(sent) - len(open_ones))
            if not open_ones:
                return
            if time.monotonic() > deadline:
                names = ", ".join(f"{one.step.file} ({one.state})" for one in open_ones[:3])
                raise DemoError(f"{len(open_ones)} messages did not settle in {seconds:.0f} s: {names}")
            self._check()
            time.sleep(0.1)
