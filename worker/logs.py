"""
Logs with an allow-list: one JSON object per line, with ids, codes, states, counts and durations, and nothing else.

Libraries log what they hold in their hands (Celery an unknown message's body, an HTTP client a URL with a name in its
query). Their lines are reduced to who spoke, how loud and the kind of exception, unless they are known to be harmless.
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

__all__ = ["configure_logs", "keep_allowed"]

_ALLOWED = frozenset(
    {
        "attempts",
        "bells",
        "count",
        "error",
        "event",
        "kind",
        "level",
        "logger",
        "message_id",
        "milliseconds",
        "place",
        "queue",
        "reason",
        "report_id",
        "rung",
        "seconds",
        "sender",
        "signal",
        "state",
        "status",
        "tables",
        "timestamp",
        "version",
    }
)
# What an id, a code, a state or a sentence of our own looks like; anything else was not meant for a log.
_PLAIN = re.compile(r"[A-Za-z0-9 _.,:;()/'<>=@+-]{0,300}")
# Start, stop and connection messages of these loggers carry no content; all others keep their names to themselves.
_HARMLESS = {
    "celery.apps.worker",
    "celery.beat",
    "celery.bootsteps",
    "celery.worker.consumer.connection",
    "uvicorn.error",
}


def keep_allowed(_: Any, __: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """A structlog processor: names that are not on the list go, values that are no plain words become their type."""
    return {name: _plain(value) for name, value in event.items() if name in _ALLOWED}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return f"<{type(value).__name__}>"


def configure_logs(level: str = "INFO") -> None:
    """Send our own lines and those of all libraries through the allow-list, to stderr."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LibraryFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _LibraryFormatter(logging.Formatter):
    """One JSON line for a library's record, without its words."""

    _render = structlog.processors.JSONRenderer()
    _stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)

    def format(self, record: logging.LogRecord) -> str:
        """Reduce a record; its arguments and its exception's text never show."""
        event: dict[str, Any] = {
            "event": record.getMessage() if record.name in _HARMLESS else "library message",
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.exc_info and record.exc_info[0] is not None:
            event |= {"error": record.exc_info[0].__name__, "place": place_of(record.exc_info[1])}
        stamped = self._stamp(None, "", event)
        return str(self._render(None, "", keep_allowed(None, "", stamped)))


def place_of(error: BaseException | None) -> str:
    """``file.py:line function`` of the innermost frame: where it happened, without what it was about."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    if not frames:
        return "unknown"
    last = frames[-1]
    return f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno} {last.name}"
