"""Logs by allow-list: ids, codes and places get through, words of a report do not."""

import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

from worker.logs import configure_logs, keep_allowed


@pytest.fixture
def logs() -> Iterator[Callable[[], None]]:
    """Configures when called, so that the stream is the test's own; the run's own logging comes back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield configure_logs
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_names_that_are_not_listed_are_left_out() -> None:
    event = {"event": "done", "message_id": "1b-2", "patient": "PLANTED", "body": "PLANTED"}
    assert keep_allowed(None, "", event) == {"event": "done", "message_id": "1b-2"}


@pytest.mark.parametrize("value", ["Müller\n", {"family": "PLANTED"}, ["PLANTED"], b"PLANTED", "x" * 301, '{"a":1}'])
def test_values_that_are_no_plain_words_become_their_type(value: object) -> None:
    kept = keep_allowed(None, "", {"event": "x", "reason": value})
    assert kept["reason"] == f"<{type(value).__name__}>"


def test_our_own_lines_are_json(logs: Callable[[], None], capsys: pytest.CaptureFixture[str]) -> None:
    logs()
    structlog.get_logger("worker.test").warning("later", kind="decide", message_id="1b-2", patient="PLANTED")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["kind"], line["message_id"], line["level"]) == ("later", "decide", "1b-2", "warning")
    assert "patient" not in line


def test_a_librarys_words_and_arguments_do_not_show(
    logs: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Celery logs the body of a message that it does not know, an HTTP client the URL with its query."""
    logs()
    try:
        int("PLANTED")
    except ValueError:
        logging.getLogger("celery.worker.consumer").exception("Received unregistered task of type %r", "PLANTED")
    printed = capsys.readouterr().err
    line = json.loads(printed)
    assert "PLANTED" not in printed
    assert (line["logger"], line["error"]) == ("celery.worker.consumer", "ValueError")
    assert line["place"].startswith("test_logs.py:")


def test_start_and_stop_of_known_libraries_are_told(
    logs: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    logs()
    logging.getLogger("celery.beat").warning("beat: Starting...")
    assert json.loads(capsys.readouterr().err)["event"] == "beat: Starting..."
