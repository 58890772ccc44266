"""``work`` and ``beat``: the processes of Celery; the same commands that docker-compose.yml runs."""

import click

from worker.bootstrap import parts, settings
from worker.broker import refuse_unfit_broker
from worker.tasks import QUEUES, app


@click.command()
@click.option("--queues", default=",".join(QUEUES), show_default=True, help="Queues to take work from.")
@click.option("--concurrency", default=2, show_default=True, help="Worker processes (prefork).")
@click.option("--hostname", default="calcifhir@%h", show_default=True, help="Name of this worker.")
def work(queues: str, concurrency: int, hostname: str) -> None:
    """
    Run a Celery worker: read, plan, explain, deliver.

    More machines are more workers; all state is in Redis, and a worker may be killed at any time. SIGTERM ends it when
    what it holds is done; SIGHUP does so too and starts it again with new tables.
    """
    parts().inbox.check_durable()
    refuse_unfit_broker(settings())
    app.worker_main(
        [
            "worker",
            f"--queues={queues}",
            f"--concurrency={concurrency}",
            f"--hostname={hostname}",
            "--pool=prefork",
            "--loglevel=warning",
            "--without-gossip",
            "--without-mingle",
        ]
    )


@click.command()
@click.option(
    "--schedule", default="calcifhir-beat", show_default=True, help="File where beat remembers its last runs."
)
def beat(schedule: str) -> None:
    """Run the clock that rings the sweep: whatever has not moved in time is sent again. Safe when two run."""
    refuse_unfit_broker(settings())
    app.start(["beat", f"--schedule={schedule}", "--loglevel=warning", "--pidfile="])
