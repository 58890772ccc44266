"""A worker that stops listening once it has heard something: its process lives on, and takes no bell any more."""

import threading
import time
from typing import Any

from celery import signals
from celery.worker import state

from worker.cli.main import cli


@signals.worker_ready.connect
def _go_deaf(sender: Any, **_: Any) -> None:
    def wait_and_cancel() -> None:
        while not state.all_total_count[0]:
            time.sleep(0.1)
        sender.task_consumer.cancel()
        print("deaf now", flush=True)

    threading.Thread(target=wait_and_cancel, daemon=True).start()


cli(["work", "--concurrency=1", "--hostname=deaf@%h"])
