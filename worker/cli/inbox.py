"""``trace`` and ``parked``: what became of a message, and the work that waits for a person."""

import getpass
import json
import sys

import click

from worker.bootstrap import parts
from worker.tasks import ring_decide, ring_deliver


@click.command()
@click.argument("identifier", metavar="ID")
def trace(identifier: str) -> None:
    """The life of a message or report, with times, as JSON: `calcifhir trace MESSAGE_ID`."""
    inbox = parts().inbox
    found = inbox.status_json(identifier) or inbox.report_json(identifier)
    if found is None:
        click.echo("calcifhir: no message or report has this id, or it was purged", err=True)
        sys.exit(1)
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))


@click.group()
def parked() -> None:
    """Work set aside with its reason, for a person: nothing parked is lost, everything can be replayed."""


@parked.command("list")
def list_() -> None:
    """One JSON line per parked message or delivery: id, kind, since when, why."""
    for entry in parts().inbox.parked():
        click.echo(json.dumps(entry, ensure_ascii=False))


@parked.command()
@click.argument("identifier", metavar="ID")
def show(identifier: str) -> None:
    """Everything known of one parked item (no content of the report)."""
    entries = [entry for entry in parts().inbox.parked() if entry["id"] == identifier]
    if not entries:
        click.echo("calcifhir: nothing is parked under this id", err=True)
        sys.exit(1)
    click.echo(json.dumps(entries[0], indent=2, ensure_ascii=False))


@parked.command()
@click.argument("identifiers", nargs=-1, required=True, metavar="ID ...")
def replay(identifiers: tuple[str, ...]) -> None:
    """Try parked work again, from the stored message; doing it twice changes nothing."""
    inbox = parts().inbox
    failed = False
    for identifier in identifiers:
        kind = inbox.replay(identifier)
        if kind is None:
            failed = True
            click.echo(f"calcifhir: nothing is parked under {identifier}", err=True)
            continue
        (ring_decide if kind == "decide" else ring_deliver)(identifier)
        click.echo(f"{identifier}: {kind} again")
    sys.exit(1 if failed else 0)


@parked.command()
@click.argument("identifier", metavar="ID")
@click.option("--reason", required=True, help="Why nobody needs to act on it; kept with the record.")
@click.confirmation_option(prompt="No plan will be made from this message. Discard it?")
def discard(identifier: str, reason: str) -> None:
    """Close a parked item for good; who did it and why is recorded."""
    if not parts().inbox.discard(identifier, who=getpass.getuser(), reason=reason):
        click.echo("calcifhir: nothing is parked under this id", err=True)
        sys.exit(1)
    click.echo(f"{identifier}: discarded")
