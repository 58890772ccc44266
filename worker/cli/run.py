"""``serve``, ``work``, ``beat`` and ``sandbox``: the processes; the same commands that docker-compose.yml runs."""

import gc
import os
import signal
import sys
from collections.abc import Callable
from threading import Event

import click
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from worker.bootstrap import Parts, parts, settings
from worker.broker import refuse_unfit_broker
from worker.console import console_routes
from worker.intake import create_intake
from worker.ringer import Ringer
from worker.sandbox import create_sandbox
from worker.tasks import QUEUES, app, bells_waiting, ring_decide

_NEVER = 1_000_000_000
_HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")


@click.command()
@_HOST
@click.option("--port", default=8080, show_default=True, help="TCP port.")
def serve(host: str, port: int) -> None:
    """
    Run the FHIR door: POST /fhir, /fhir/{type}; PUT /fhir/{type}/{id}; GET /fhir/metadata, /messages/{id}.

    Also /console (the practice view), /healthz, /readyz and /metrics. Settings come from CALCIFHIR_* variables; see
    .env.example. SIGHUP reads them and the tables anew.
    """
    own = parts()
    own.inbox.check_durable()
    refuse_unfit_broker(own.settings)
    ringer = Ringer(ring_decide)
    site = site_of(own, ringer.ring)
    server = uvicorn.Server(uvicorn.Config(site, host=host, port=port, log_level="warning", access_log=False))
    is_to_return = _end_on_hangup(server)
    # uvicorn ends in good order and then raises the signal once more; there are bells still to be rung.
    signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        server.run()
    finally:
        ringer.close()
    if is_to_return():
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606  the command that we were started with


def site_of(own: Parts, ring: Callable[[str], None]) -> Starlette:
    """The practice view, and the door for everything else."""
    return Starlette(routes=[*console_routes(own), Mount("/", app=create_intake(own, ring, bells_waiting))])


def _end_on_hangup(server: uvicorn.Server) -> Callable[[], bool]:
    """SIGHUP ends in good order what is being answered; whether it came."""
    came = Event()

    def hung_up(*_: object) -> None:
        came.set()
        server.should_exit = True

    signal.signal(signal.SIGHUP, hung_up)
    return came.is_set


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


@click.command()
@_HOST
@click.option("--port", default=8090, show_default=True, help="TCP port.")
@click.option("--strict", is_flag=True, help="Validate every resource that is written, and refuse what does not fit.")
def sandbox(host: str, port: int, strict: bool) -> None:
    """Run a small FHIR R4 server in memory, to try things out with. Not for patients' data."""
    # It keeps all that it is given: to look through all of that for garbage, again and again, took a third of its time.
    gc.set_threshold(10_000, 10, _NEVER)
    uvicorn.run(create_sandbox(strict=strict), host=host, port=port, log_level="warning", access_log=False)
