"""
Where a Redis is: at one address, or wherever its sentinels say the master is now.

In: the URL of a setting. Out: what redis-py and kombu want to hear. A URL carries a password and shows in no error.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import redis
from redis.sentinel import Sentinel, SentinelManagedConnection

__all__ = ["Sentinels", "redis_client", "sentinels_of"]

_DEFAULT_PORT = 26379

# A connection that is interrupted while it waits for an answer (by a time limit, say) is closed everywhere in redis-py
# but here, where it would go back to its pool and give the late answer to whoever asks next (redis-py 8.1, its 4292).
SentinelManagedConnection.read_response.__kwdefaults__ |= {"disconnect_on_error": True}  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Sentinels:
    """
    ``sentinel://[user:password@]host[:port][,host[:port] ...]/DB?master=NAME[&sentinel_password=...]``.

    User and password are those of the Redis servers; sentinels that ask for one of their own get ``sentinel_password``.
    ``sentinels://`` speaks TLS with both, and takes ``ssl_ca_certs=FILE`` where the system does not know who signed.
    """

    hosts: tuple[tuple[str, int], ...]
    master: str
    database: int = 0
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    sentinel_password: str | None = field(default=None, repr=False)
    speaks_tls: bool = False
    ca_certs: str | None = None

    @property
    def tls_options(self) -> dict[str, Any]:
        """What redis-py wants to hear about certificates."""
        return {"ssl": True, **self.certificates} if self.speaks_tls else {}

    @property
    def certificates(self) -> dict[str, Any]:
        """Whose certificates are believed."""
        return {"ssl_cert_reqs": "required"} | ({"ssl_ca_certs": self.ca_certs} if self.ca_certs else {})

    @property
    def sentinel_options(self) -> dict[str, Any]:
        """How to speak to the sentinels themselves."""
        own = {"password": self.sentinel_password} if self.sentinel_password else {}
        return {"socket_connect_timeout": 2.0, "socket_timeout": 2.0, **own, **self.tls_options}

    @property
    def kombu_url(self) -> str:
        """One URL per sentinel, as kombu wants them; the master's name goes beside it."""
        login = ":".join(quote(part or "", safe="") for part in (self.username, self.password))
        at = f"{login}@" if self.password else ""
        return ";".join(f"sentinel://{at}{host}:{port}/{self.database}" for host, port in self.hosts)


def sentinels_of(url: str) -> Sentinels | None:
    """The sentinels that a URL names; None if it names none. ``ValueError`` says how such a URL is written."""
    parts = urlsplit(url)
    if parts.scheme not in ("sentinel", "sentinels"):
        return None
    login, _, hosts = parts.netloc.rpartition("@")
    username, _, password = login.partition(":")
    query, database = parse_qs(parts.query), parts.path.strip("/") or "0"
    found = tuple(_host(each) for each in hosts.split(",") if each)
    if not found or not query.get("master") or not database.isdecimal():
        raise ValueError("must name the sentinels and the master: sentinel://one:26379,two:26379/0?master=NAME")
    return Sentinels(
        found,
        query["master"][0],
        int(database),
        unquote(username) or None,
        unquote(password) or None,
        query.get("sentinel_password", [None])[0],
        parts.scheme == "sentinels",
        query.get("ssl_ca_certs", [None])[0],
    )


def _host(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon:
        return text, _DEFAULT_PORT
    if not host or not port.isdecimal():
        raise ValueError("names a sentinel that is no host:port")
    return host, int(port)


def redis_client(url: str, **options: Any) -> "redis.Redis":
    """A client of the server, or of whichever server is the master; connects to nothing yet."""
    sentinels = sentinels_of(url)
    if sentinels is None:
        return redis.Redis.from_url(url, **options)
    known = Sentinel(sentinels.hosts, sentinel_kwargs=sentinels.sentinel_options)  # type: ignore[no-untyped-call]
    login = {"username": sentinels.username, "password": sentinels.password}
    client: redis.Redis = known.master_for(  # type: ignore[no-untyped-call]
        sentinels.master, db=sentinels.database, **login, **sentinels.tls_options, **options
    )
    return client
