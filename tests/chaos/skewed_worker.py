"""
A worker whose clock is ten minutes fast: every wall clock that it reads, before anything else has looked at one.

What measures durations (``time.monotonic``) goes on as it is, as it would on a machine whose clock is wrong.
"""

import datetime as datetimes
import sys
import time

SKEW_SECONDS = 600.0
_real_time, _real_time_ns, _RealDatetime = time.time, time.time_ns, datetimes.datetime
time.time = lambda: _real_time() + SKEW_SECONDS
time.time_ns = lambda: _real_time_ns() + int(SKEW_SECONDS * 1e9)


class _AnyDatetime(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, _RealDatetime)


class SkewedDatetime(_RealDatetime, metaclass=_AnyDatetime):
    """As ``datetime``, but for what it says of this moment."""

    @classmethod
    def now(cls, tz: datetimes.tzinfo | None = None) -> datetimes.datetime:  # type: ignore[override]
        """This moment, as the wrong clock tells it."""
        return _RealDatetime.fromtimestamp(time.time(), tz)


from worker.cli.work import work  # noqa: E402  the clocks above must be wrong first

for module in [each for name, each in sys.modules.items() if name.startswith("worker.")]:
    if getattr(module, "datetime", None) is _RealDatetime:
        module.datetime = SkewedDatetime  # type: ignore[attr-defined]

if __name__ == "__main__":
    work(sys.argv[1:])
