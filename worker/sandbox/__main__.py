"""``python -m worker.sandbox``: the sandbox as a process of its own."""

import click
import uvicorn

from worker.sandbox import Abilities, create_sandbox


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8090, show_default=True)
@click.option("--fhir-version", type=click.Choice(["R4", "R4B", "R5"]), default="R4", show_default=True)
@click.option("--strict", "is_strict", is_flag=True, help="Refuse resources that fhir.resources finds invalid.")
@click.option("--no-transaction", is_flag=True, help="Offer neither transaction nor batch.")
@click.option("--no-client-ids", is_flag=True, help="Refuse PUT to an id that the server has not assigned.")
@click.option("--read-only", multiple=True, metavar="TYPE", help="A resource type that cannot be written (repeatable).")
def main(
    host: str,
    port: int,
    fhir_version: str,
    is_strict: bool,
    no_transaction: bool,
    no_client_ids: bool,
    read_only: tuple[str, ...],
) -> None:
    """A small FHIR server in memory, in the place of an EHR. FHIR is served under /fhir."""
    abilities = Abilities(
        fhir_version,
        transaction=not no_transaction,
        batch=not no_transaction,
        update_create=not no_client_ids,
        read_only=frozenset(read_only),
    )
    app = create_sandbox(abilities=abilities, strict=is_strict)
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, lifespan="off", timeout_keep_alive=75)


if __name__ == "__main__":
    main()
