"""``sandbox``: an EHR to try things out with."""

import gc

import click
import uvicorn

from worker.cli.options import HOST
from worker.sandbox import create_sandbox

_NEVER = 1_000_000_000


@click.command()
@HOST
@click.option("--port", default=8090, show_default=True, help="TCP port.")
@click.option("--strict", is_flag=True, help="Validate every resource that is written, and refuse what does not fit.")
def sandbox(host: str, port: int, strict: bool) -> None:
    """Run a small FHIR R4 server in memory, to try things out with. Not for patients' data."""
    # It keeps all that it is given: to look through all of that for garbage, again and again, took a third of its time.
    gc.set_threshold(10_000, 10, _NEVER)
    uvicorn.run(create_sandbox(strict=strict), host=host, port=port, log_level="warning", access_log=False)
