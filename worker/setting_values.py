"""
Text of one environment variable -> a checked value.

Each function raises ``ValueError`` with a sentence that tells what must be written instead, and never repeats the text.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from worker.redis_address import sentinels_of

__all__ = [
    "at_least",
    "broker_url",
    "count",
    "flag",
    "folders",
    "http_url",
    "names",
    "not_negative",
    "one_of",
    "positive",
    "redis_url",
    "senders",
    "text",
    "whole",
]

_REDIS_SCHEMES = {"redis", "rediss", "unix", "sentinel", "sentinels"}
# filesystem and SQL transports lose the tasks that run when a worker is killed.
_BROKER_SCHEMES = _REDIS_SCHEMES | {"amqp", "amqps", "pyamqp"}
_LEAST_TOKEN_LENGTH = 16
_TRUE, _FALSE = {"1", "yes", "true"}, {"", "0", "no", "false"}


def text(raw: str) -> str:
    """As it stands."""
    return raw


def redis_url(raw: str) -> str:
    """Where a Redis is."""
    return _server_url(raw, _REDIS_SCHEMES)


def broker_url(raw: str) -> str:
    """Where the broker of the bells is."""
    return _server_url(raw, _BROKER_SCHEMES)


def _server_url(raw: str, schemes: set[str]) -> str:
    if urlsplit(raw).scheme not in schemes:
        raise ValueError(f"must be a URL with one of the schemes {', '.join(sorted(schemes))}")
    sentinels_of(raw)  # says how such a URL is written
    if "ssl_cert_reqs=none" in raw.lower() or "ssl_cert_reqs=optional" in raw.lower():
        raise ValueError("switches certificate checks off; use ssl_cert_reqs=required and ssl_ca_certs")
    return raw


def http_url(raw: str) -> str:
    """A bare base URL, without a slash at its end."""
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an http(s) URL such as https://ehr.example.org/fhir")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("must be a bare base URL: no user, password, query or fragment")
    return raw.rstrip("/")


def one_of(*values: str) -> Callable[[str], str]:
    """One of a few words."""

    def parse(raw: str) -> str:
        if raw not in values:
            raise ValueError(f"must be one of {', '.join(values)}")
        return raw

    return parse


def _number(raw: str) -> float:
    try:
        value = float(raw)
    except ValueError:
        raise ValueError("must be a number") from None
    if not -1e12 < value < 1e12:  # NaN and infinities fail this too
        raise ValueError("must be a number")
    return value


def positive(raw: str) -> float:
    """A number above 0."""
    if (value := _number(raw)) <= 0:
        raise ValueError("must be greater than 0")
    return value


def not_negative(raw: str) -> float:
    """A number from 0 on."""
    if (value := _number(raw)) < 0:
        raise ValueError("must not be negative")
    return value


def at_least(least: float) -> Callable[[str], float]:
    """A number from so much on."""

    def parse(raw: str) -> float:
        if (value := _number(raw)) < least:
            raise ValueError(f"must be at least {least:g}")
        return value

    return parse


def count(raw: str) -> int:
    """A whole number from 1 on."""
    if not raw.isascii() or not raw.isdigit() or int(raw) < 1:
        raise ValueError("must be a whole number of at least 1")
    return int(raw)


def whole(raw: str) -> int:
    """A whole number from 0 on."""
    if not raw.isascii() or not raw.isdigit():
        raise ValueError("must be a whole number, or 0")
    return int(raw)


def flag(raw: str) -> bool:
    """Yes or no."""
    if raw.lower() not in _TRUE | _FALSE:
        raise ValueError("must be yes or no")
    return raw.lower() in _TRUE


def folders(raw: str) -> tuple[Path, ...]:
    """Folders that are there."""
    folders = tuple(Path(part) for part in raw.split(os.pathsep) if part)
    for folder in folders:
        if not folder.is_dir():
            raise ValueError(f"names {folder}, which is no folder")
    return folders


def senders(raw: str) -> Mapping[str, str]:
    """Who may post, by name, with the token of each."""
    senders: dict[str, str] = {}
    for entry in raw.replace(",", " ").split():
        name, _, token = entry.partition(":")
        if not name or len(token) < _LEAST_TOKEN_LENGTH:
            raise ValueError(f"must be name:token pairs, each token of at least {_LEAST_TOKEN_LENGTH} characters")
        if name in senders or token in senders.values():
            raise ValueError("names a sender or a token twice")
        senders[name] = token
    return MappingProxyType(senders)


def names(raw: str) -> frozenset[str]:
    """Names, each once."""
    return frozenset(raw.replace(",", " ").split())
