"""A worker that dies over one report: what a crash in a C library or the kernel's memory killer looks like."""

import os
import signal
import time

from worker.cli.main import cli
from worker.core.decide import decide as real_decide
from worker.core.model import Outcome, Report
from worker.handle import judge


def deadly(report: Report, *arguments: object, **named: object) -> Outcome:
    """Decide, unless the report says not to survive it."""
    words = " ".join(text.text for text in report.texts)
    if "KILL" in words:
        os.kill(os.getpid(), signal.SIGKILL)
    if "SEGV" in words:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "GREED" in words:
        raise MemoryError
    if "LOOP" in words:
        while True:
            time.sleep(0.1)
    return real_decide(report, *arguments, **named)  # type: ignore[arg-type]


judge.decide = deadly  # type: ignore[assignment]
cli(["work", "--concurrency=2", "--hostname=poisoned@%h"])
