"""
The interface engine: posts message after message over several connections, each again until it has an answer.

It sends as fast as the house works, not faster: real engines have a day for a day's reports, and faults that meet only
a growing queue would not meet the work. With a rate of its own it sends at that rate, whatever the house does.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import redis
import requests

from tests.chaos.reports import Message
from worker.errors import InboxUnavailable
from worker.inbox import Inbox

_CONNECTIONS = 6
_MOST_OPEN = 150
_PAUSE_SECONDS = 0.1


@dataclass
class Sent:
    """
    What the door has answered.

    Args:
        taken: Message id -> number of the report, for every 202 and 200.
        statuses: How often each status was answered; ``no answer`` counts broken connections.
        wrongly: Broken messages that were taken, and whole ones that were refused.
    """

    taken: dict[str, int] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    wrongly: list[str] = field(default_factory=list)


class Engine:
    """
    One engine; ``send_all`` returns when every message has been answered for good.

    Args:
        rate: Messages a second; 0: as fast as the house works.
    """

    def __init__(self, door: str, inbox: Callable[[], Inbox], tick: Callable[[int], None], rate: float = 0.0) -> None:
        self._door, self._inbox, self._tick, self._rate = door, inbox, tick, rate
        self.sent = Sent()
        self.posted = 0
        self._started = 0.0
        self._lock = threading.Lock()
        self._may_send = threading.Event()
        self._failed: list[BaseException] = []

    def send_all(self, messages: Sequence[Message]) -> Sent:
        """Post everything; raises what went wrong in a connection's thread."""
        waiting, self._started = iter(enumerate(messages)), time.monotonic()
        # Daemons: a run that is broken off must not wait for a door that is gone.
        threads = [threading.Thread(target=self._connection, args=(waiting,), daemon=True) for _ in range(_CONNECTIONS)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            if self._rate or self._open_work() < _MOST_OPEN:
                self._may_send.set()
            else:
                self._may_send.clear()
            time.sleep(_PAUSE_SECONDS)
        if self._failed:
            raise self._failed[0]
        return self.sent

    def _open_work(self) -> int:
        try:
            counts = self._inbox().counts()
        except (InboxUnavailable, redis.RedisError):
            return 0  # the door will say so
        message, delivery = counts["message"], counts["delivery"]
        return message.get("received", 0) + delivery.get("due", 0) + delivery.get("delivering", 0)

    def _connection(self, waiting: Iterator[tuple[int, Message]]) -> None:
        try:
            with requests.Session() as session:
                while (taken := self._next(waiting)) is not None:
                    position, message = taken
                    self._may_send.wait()
                    if self._rate:
                        time.sleep(max(0.0, self._started + position / self._rate - time.monotonic()))
                    self._note(message, self._post(session, message))
        except BaseException as error:  # noqa: BLE001  told to the thread that waits
            self._failed.append(error)

    def _next(self, waiting: Iterator[tuple[int, Message]]) -> tuple[int, Message] | None:
        with self._lock:
            return next(waiting, None)

    def _post(self, session: requests.Session, message: Message) -> requests.Response:
        """Until there is an answer that is no "later"."""
        while True:
            try:
                headers = {"Content-Type": "application/fhir+json"}
                answer = session.post(f"{self._door}/fhir", data=message.body, headers=headers, timeout=15)
            except requests.RequestException:
                status = "no answer"
            else:
                status = str(answer.status_code)
                if answer.status_code < 500 and answer.status_code != 429:
                    return answer
            with self._lock:
                self.sent.statuses[status] += 1
            time.sleep(2 * _PAUSE_SECONDS)

    def _note(self, message: Message, answer: requests.Response) -> None:
        is_taken = answer.status_code in (200, 202)
        with self._lock:
            self.sent.statuses[str(answer.status_code)] += 1
            if is_taken:
                self.sent.taken[answer.headers["Location"].removeprefix("/messages/")] = message.number
            if is_taken == message.is_broken:
                self.sent.wrongly.append(f"report {message.number}: {answer.status_code} {json.dumps(answer.json())}")
            self.posted += 1
            self._tick(self.posted)
