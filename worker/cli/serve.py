"""``serve``: the FHIR door and the practice view; the same command that docker-compose.yml runs."""

import os
import signal
import sys
from collections.abc import Callable
from threading import Event

import click
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from worker.bootstrap import Parts, parts
from worker.broker import refuse_unfit_broker
from worker.cli.options import HOST
from worker.console import console_routes
from worker.intake import create_intake
from worker.ringer import Ringer
from worker.tasks import bells_waiting, ring_decide


@click.command()
@HOST
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
