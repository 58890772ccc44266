"""One URL names one Redis or the sentinels that know which one is the master."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis
from redis.sentinel import Sentinel

from worker.embedded import EmbeddedRedis
from worker.redis_address import Sentinels, redis_client, sentinels_of


def test_an_address_of_one_server_names_no_sentinels() -> None:
    assert sentinels_of("redis://127.0.0.1:6379/0") is None


def test_sentinels_are_read_with_ports_database_login_and_master() -> None:
    found = sentinels_of("sentinel://us%40er:p%3Aw@one:26380,two/3?master=mine&sentinel_password=s")
    assert found == Sentinels((("one", 26380), ("two", 26379)), "mine", 3, "us@er", "p:w", "s")
    assert found.kombu_url == "sentinel://us%40er:p%3Aw@one:26380/3;sentinel://us%40er:p%3Aw@two:26379/3"
    assert found.sentinel_options["password"] == "s"


def test_without_a_login_none_is_sent() -> None:
    found = sentinels_of("sentinel://one:26379/0?master=mine")
    assert found is not None
    assert found.kombu_url == "sentinel://one:26379/0"
    assert "password" not in found.sentinel_options


@pytest.mark.parametrize(
    "url",
    [
        "sentinel://one:26379/0",
        "sentinel:///0?master=mine",
        "sentinel://one:26379/zero?master=mine",
        "sentinel://:26379/0?master=mine",
        "sentinel://one:port/0?master=mine",
    ],
)
def test_a_url_that_does_not_say_enough_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(ValueError, match=r"must name|names a sentinel") as told:
        sentinels_of(url)
    assert url not in str(told.value)


def test_sentinels_may_speak_tls_as_their_servers_do() -> None:
    found = sentinels_of("sentinels://one:26379/0?master=mine&ssl_ca_certs=/etc/ours.pem")
    assert found is not None
    assert found.tls_options == {"ssl": True, "ssl_cert_reqs": "required", "ssl_ca_certs": "/etc/ours.pem"}
    assert found.tls_options.items() <= found.sentinel_options.items()
    assert found.kombu_url == "sentinel://one:26379/0"
    plain = sentinels_of("sentinel://one:26379/0?master=mine")
    assert plain is not None
    assert "ssl" not in plain.sentinel_options


def test_no_password_shows() -> None:
    found = sentinels_of("sentinel://user:PLANTED@one/0?master=mine&sentinel_password=PLANTED")
    assert "PLANTED" not in repr(found)


def test_a_client_of_sentinels_connects_to_nothing_yet() -> None:
    with redis_client("sentinel://127.0.0.1:1/0?master=mine") as client:
        assert "mine" in repr(client.connection_pool)


class Interrupted(BaseException):
    """What a time limit raises, in the middle of whatever is being done."""


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    def strike(*_: object) -> None:
        raise Interrupted

    before = signal.signal(signal.SIGALRM, strike)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with pytest.raises(Interrupted):
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("is_found_by_sentinels", [False, True])
def test_an_answer_that_nobody_waited_for_is_given_to_nobody_else(
    redis_server: EmbeddedRedis, prefix: str, is_found_by_sentinels: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = redis.Redis.from_url(redis_server.url).connection_pool.connection_kwargs
    master = (address["host"], address["port"])
    monkeypatch.setattr(Sentinel, "discover_master", lambda *_: master)
    url = "sentinel://one:26379/0?master=mine" if is_found_by_sentinels else redis_server.url
    with redis_client(url) as client, redis.Redis.from_url(redis_server.url) as other:
        with interrupted_after(0.2):
            client.blpop([f"{prefix}list"], timeout=30)
        other.rpush(f"{prefix}list", "late")
        assert client.ping() is True
        assert client.get(f"{prefix}nothing") is None
