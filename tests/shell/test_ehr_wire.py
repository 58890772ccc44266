"""One exchange over HTTP with servers that behave in every odd way, written byte by byte."""

import gzip
import pickle
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from worker.core.writeplan import Step
from worker.ehr import Breaker, Ehr, StaticToken, identifier_url, open_session
from worker.errors import FhirUnavailable, WriteRefused

Talk = Callable[[socket.socket], object]
JSON = b"Content-Type: application/fhir+json\r\n"


@contextmanager
def talking(*talks: Talk) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers its n-th connection with the n-th talk (the last one again and again)."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            number = 0
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(65_536))
                    with suppress(OSError):
                        talks[min(number, len(talks) - 1)](connection)
                number += 1

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/fhir", heard
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def says(status: str, body: bytes = b"", headers: bytes = JSON) -> Talk:
    """One plain answer; the connection is closed after it."""
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n".encode()
    return lambda connection: connection.sendall(head + headers + b"\r\n" + body)


@contextmanager
def asking(url: str, seconds: float = 2.0, **options: Any) -> Iterator[Any]:
    """Our client, ready for one piece of work."""
    with open_session() as session:
        yield Ehr(url, session, timeout_seconds=seconds, **options).until(time.monotonic() + 60)


def drip(connection: socket.socket) -> None:
    """A body that never ends, a byte at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    pause = threading.Event()
    while True:
        connection.sendall(b" ")
        pause.wait(0.02)


def test_a_body_that_drips_has_no_more_time_than_silence() -> None:
    with talking(drip) as (url, _), asking(url, 0.6) as turn:
        started = time.monotonic()
        with pytest.raises(FhirUnavailable) as caught:
            turn.read("Patient/1")
        assert time.monotonic() - started < 3.0
        assert caught.value.outcome_unknown


def test_silence_ends_in_time() -> None:
    hold = threading.Event()
    with talking(lambda _: hold.wait(5)) as (url, _), asking(url, 0.6) as turn:
        with pytest.raises(FhirUnavailable, match="did not answer in time") as caught:
            turn.read("Patient/1")
        hold.set()
        assert caught.value.outcome_unknown


def test_a_closed_connection_is_of_unknown_outcome() -> None:
    with talking(lambda connection: None) as (url, _), asking(url) as turn:
        with pytest.raises(FhirUnavailable, match="broke") as caught:
            turn.transaction({"resourceType": "Bundle", "entry": []})
        assert caught.value.outcome_unknown


def test_half_an_answer_is_of_unknown_outcome() -> None:
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"
    with talking(lambda connection: connection.sendall(cut)) as (url, _), asking(url) as turn:
        with pytest.raises(FhirUnavailable) as caught:
            turn.read("Patient/1")
        assert caught.value.outcome_unknown


def test_no_redirect_is_followed_and_the_token_goes_nowhere_else() -> None:
    with talking(says("200 OK", b"{}")) as (elsewhere, heard):
        redirect = says("302 Found", b"", f"Location: {elsewhere}/Patient/1\r\n".encode())
        with (
            talking(redirect) as (url, _),
            asking(url, sign_in=StaticToken("secret")) as turn,
            pytest.raises(FhirUnavailable),
        ):
            turn.read("Patient/1")
        assert heard == []


def test_a_decompressed_body_is_bounded() -> None:
    bomb = gzip.compress(b" " * 80_000_000, 9)
    headers = JSON + b"Content-Encoding: gzip\r\n"
    with (
        talking(says("200 OK", bomb, headers)) as (url, _),
        asking(url, 20.0) as turn,
        pytest.raises(FhirUnavailable, match="too large"),
    ):
        turn.read("Patient/1")


def test_the_token_is_sent_and_never_shown() -> None:
    with talking(says("404 Not Found", b'{"resourceType":"OperationOutcome"}')) as (url, heard):
        sign_in = StaticToken("very-secret-token")
        with asking(url, sign_in=sign_in) as turn:
            assert turn.read("Patient/1").resource is None
        assert b"Authorization: Bearer very-secret-token" in heard[0]
        assert "very-secret" not in repr(sign_in)


def test_a_refused_token_is_renewed_once() -> None:
    class Renewing(StaticToken):
        def renew(self) -> bool:
            self._headers = {"Authorization": "Bearer second"}
            return True

    answers = (says("401 Unauthorized"), says("200 OK", b'{"resourceType":"Patient","id":"1"}'))
    with talking(*answers) as (url, heard), asking(url, sign_in=Renewing("first")) as turn:
        assert turn.read("Patient/1").resource is not None
        assert [b"Bearer first" in heard[0], b"Bearer second" in heard[1]] == [True, True]


def test_a_token_that_stays_refused_is_an_outage_and_no_refusal() -> None:
    with talking(says("401 Unauthorized")) as (url, heard), asking(url) as turn:
        with pytest.raises(FhirUnavailable):
            turn.read("Patient/1")
        assert len(heard) == 1


def test_headers_ask_for_fhir_and_conditions_are_sent() -> None:
    step = Step("Task/1", {"resourceType": "Task", "id": "1"}, "d", "PUT", "Task/1", "3")
    with talking(says("200 OK", b"", b'ETag: W/"4"\r\n')) as (url, heard), asking(url) as turn:
        assert turn.write(step, {}).version_id == "4"
    request = heard[0]
    assert b"PUT /fhir/Task/1 " in request
    for header in (b'If-Match: W/"3"', b"Content-Type: application/fhir+json", b"Prefer: return=minimal"):
        assert header in request


def test_values_are_escaped_in_a_search() -> None:
    with talking(says("200 OK", b'{"resourceType":"Bundle"}')) as (url, heard), asking(url) as turn:
        assert turn.search(identifier_url("Patient", "urn:a|b", "1,2&x=y")) == ()
    assert b"GET /fhir/Patient?identifier=urn%3Aa%5C%7Cb%7C1%5C%2C2%26x%3Dy " in heard[0]


@pytest.mark.parametrize("body", [b"", b"{}", b'{"entry":[]}', b'{"entry":"x"}', b"<html>"])
def test_a_transaction_whose_answer_is_none_is_of_unknown_outcome(body: bytes) -> None:
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [{}]}
    with talking(says("200 OK", body)) as (url, _), asking(url) as turn:
        with pytest.raises(FhirUnavailable) as caught:
            turn.transaction(bundle)
        assert caught.value.outcome_unknown


def test_metadata_that_is_none_is_an_outage() -> None:
    with talking(says("200 OK", b"<html>")) as (url, _), asking(url) as turn, pytest.raises(FhirUnavailable):
        turn.capability()


PAGE = b"<html>Please sign in</html>"


@pytest.mark.parametrize("body", [PAGE, b"", b'{"resourceType":"OperationOutcome"}', b'{"a":1}', b"[1]"])
def test_a_page_with_200_does_not_say_that_a_resource_is_not_there(body: bytes) -> None:
    with talking(says("200 OK", body)) as (url, _), asking(url) as turn:
        with pytest.raises(FhirUnavailable):
            turn.read("Patient/p-7")
        with pytest.raises(FhirUnavailable):
            turn.search(identifier_url("Patient", "urn:mrn", "7"))


def test_a_page_with_200_does_not_say_that_a_resource_was_stored() -> None:
    step = Step("Task/t1", {"resourceType": "Task", "id": "t1"}, "digest", "PUT", "Task/t1")
    with talking(says("200 OK", PAGE)) as (url, _), asking(url) as turn, pytest.raises(FhirUnavailable) as refused:
        turn.write(step, {})
    assert refused.value.outcome_unknown


def test_an_empty_answer_to_a_write_says_that_it_was_stored() -> None:
    step = Step("Task/t1", {"resourceType": "Task", "id": "t1"}, "digest", "PUT", "Task/t1")
    with talking(says("200 OK", b"", b'ETag: W/"2"\r\n')) as (url, _), asking(url) as turn:
        assert turn.write(step, {}).version_id == "2"


def test_metadata_is_asked_once() -> None:
    statement = b'{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1"}'
    with talking(says("200 OK", statement)) as (url, heard), asking(url) as turn:
        assert turn.capability() is turn.capability()
        assert len(heard) == 1


def test_errors_carry_neither_address_nor_words() -> None:
    answer = says("422 Unprocessable", b'{"resourceType":"OperationOutcome","issue":[{"diagnostics":"Jane Doe"}]}')
    with talking(answer) as (url, _), asking(url) as turn:
        with pytest.raises(WriteRefused) as caught:
            turn.read("Patient/1")
        assert "Jane" not in repr(caught.value.args)
        assert url not in str(caught.value)
        again = pickle.loads(pickle.dumps(caught.value))
        assert (again.status, again.operation_outcome) == (422, caught.value.operation_outcome)


def test_nothing_of_the_environment_sends_us_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with talking(says("404 Not Found", b'{"resourceType":"OperationOutcome"}')) as (url, _), asking(url) as turn:
        assert turn.read("Patient/1").resource is None


# ---- breaker


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_breaker_opens_after_failures_in_a_row_and_lets_one_probe_through() -> None:
    clock = Clock()
    breaker = Breaker(threshold=3, first_seconds=2.0, clock=clock)
    breaker.failed()
    breaker.failed()
    assert breaker.seconds_to_wait() == 0.0
    breaker.failed()
    assert breaker.seconds_to_wait() == 2.0
    clock.now += 2.0
    assert breaker.seconds_to_wait() == 0.0
    assert breaker.seconds_to_wait() > 0.0
    breaker.succeeded()
    assert breaker.seconds_to_wait() == 0.0
    assert not breaker.is_open


def test_a_failed_probe_doubles_the_pause_up_to_the_longest() -> None:
    clock = Clock()
    breaker = Breaker(threshold=1, first_seconds=1.0, longest_seconds=5.0, clock=clock)
    pauses = []
    for _ in range(5):
        breaker.failed()
        pauses.append(breaker.seconds_to_wait())
        clock.now += pauses[-1]
    assert pauses == [1.0, 2.0, 4.0, 5.0, 5.0]


def test_a_long_outage_is_left_alone_for_a_share_of_its_length() -> None:
    clock = Clock()
    breaker = Breaker(threshold=1, first_seconds=1.0, longest_seconds=60.0, clock=clock)
    rests = []
    for minutes in (0, 10, 50, 3000):
        clock.now += 60.0 * minutes
        breaker.failed()
        rests.append(breaker.rest_seconds())
    assert rests == [1.0, 150.0, 300.0, 300.0]
    clock.now += 60.0
    assert breaker.rest_seconds() == 0.0, "somebody must ask when the breaker lets a probe through"
    breaker.failed()
    breaker.succeeded()
    assert breaker.rest_seconds() == 0.0


def test_a_success_in_between_starts_the_count_anew() -> None:
    breaker = Breaker(threshold=2)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.seconds_to_wait() == 0.0


def test_what_the_ehr_asks_for_opens_it_at_once_but_not_for_longer_than_the_longest() -> None:
    breaker = Breaker(threshold=5, longest_seconds=60.0, clock=Clock())
    breaker.failed(30.0)
    assert breaker.seconds_to_wait() == 30.0
    breaker.failed(3600.0)
    assert breaker.seconds_to_wait() == 60.0


def test_a_refusal_is_an_answer_and_closes_the_breaker() -> None:
    breaker = Breaker(threshold=2)
    breaker.failed()
    with (
        talking(says("422 Unprocessable")) as (url, _),
        asking(url, breaker=breaker) as turn,
        pytest.raises(WriteRefused),
    ):
        turn.read("Patient/1")
    breaker.failed()
    assert breaker.seconds_to_wait() == 0.0


def test_an_open_breaker_says_how_long_to_wait() -> None:
    breaker = Breaker(threshold=1, first_seconds=30.0)
    breaker.failed()
    with talking(says("200 OK")) as (url, heard), asking(url, breaker=breaker) as turn:
        with pytest.raises(FhirUnavailable) as caught:
            turn.read("Patient/1")
        assert 29.0 < (caught.value.retry_after_seconds or 0) <= 30.0
        assert not caught.value.outcome_unknown
        assert heard == []
