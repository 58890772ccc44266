"""How long to wait before the next try."""

import hashlib

_LONGEST_SECONDS = 45.0
# An outage that has lasted this many tries is one of hours; asking less often then costs nobody anything.
_MANY_TRIES = 20
_LONGEST_SECONDS_LATER = 300.0


def pause_seconds(report_id: str, attempts: int, asked_seconds: float | None = None) -> float:
    """
    Doubling from one second, capped, spread by the report's own id so that a recovery is no stampede.

    Args:
        attempts: How many tries there were, from 1.
        asked_seconds: What the EHR asked us to wait; never less than that.
    """
    longest = _LONGEST_SECONDS if attempts <= _MANY_TRIES else _LONGEST_SECONDS_LATER
    pause = min(2.0 ** min(attempts - 1, 16), longest) * (0.5 + 0.5 * _drawn(report_id, attempts))
    return pause if asked_seconds is None else max(pause, spread(report_id, attempts, asked_seconds))


def spread(report_id: str, turn: int, seconds: float) -> float:
    """At least so many seconds, up to a quarter more; ``turn`` differs from one wait of a report to the next."""
    return seconds * (1.0 + 0.25 * _drawn(report_id, turn))


def _drawn(report_id: str, turn: int) -> float:
    """From 0 to 1, always the same for the same."""
    return int.from_bytes(hashlib.blake2b(f"{report_id}:{turn}".encode(), digest_size=4).digest()) / 2**32
