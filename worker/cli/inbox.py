"""``trace`` and ``parked``: what became of a message, and the work that waits for a person."""

import getpass
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import reduce
from typing import Any

import click

from worker.bootstrap import parts
from worker.errors import ServiceError
from worker.inbox import Inbox
from worker.tasks import ring_decide, ring_deliver

_TIMES = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_SELECTION = (
    click.option("--because", metavar="TEXT", help="Those whose reason holds this text, in either case."),
    click.option("--after", type=click.DateTime(_TIMES), metavar="TIME", help="Parked at or after this time (UTC)."),
    click.option("--before", type=click.DateTime(_TIMES), metavar="TIME", help="Parked before this time (UTC)."),
)
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")


@click.command()
@click.argument("identifier", metavar="ID")
def trace(identifier: str) -> None:
    """The whole life of a message or report, with times, as JSON: `calcifhir trace MESSAGE_ID`."""
    inbox = parts().inbox
    found = _life_of_message(inbox, identifier) or _life_of_report(inbox, identifier)
    if found is None:
        click.echo("calcifhir: no message or report has this id, or it was purged", err=True)
        sys.exit(1)
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))


def _life_of_message(inbox: Inbox, message_id: str) -> dict[str, Any] | None:
    """A message, and within each of its reports what happened to that and which tables read it."""
    found = inbox.status_json(message_id)
    for report in (found or {}).get("reports", ()):
        life = inbox.report_json(report["report_id"]) or {}
        report["history"] = life.get("history", [])
        outcome = inbox.previous(report["report_id"])
        if outcome is not None:
            report["tables"] = outcome.get("tables")
            report["acts"] = outcome.get("acts", [])
    return found


def _life_of_report(inbox: Inbox, report_id: str) -> dict[str, Any] | None:
    """A report, with what clinicians did: who, when, and by which resource."""
    life = inbox.report_json(report_id)
    return {**life, "acts": (inbox.previous(report_id) or {}).get("acts", [])} if life else None


@click.group()
def parked() -> None:
    """Work set aside with its reason, for a person: nothing parked is lost, everything can be replayed."""


def _selecting(command: Callable[..., None]) -> Callable[..., None]:
    return reduce(lambda wrapped, option: option(wrapped), reversed(_SELECTION), command)


@parked.command("list")
@_selecting
def list_(because: str | None, after: datetime | None, before: datetime | None) -> None:
    """One JSON line per parked message or delivery: id, kind, since when, why; the longest parked first."""
    for entry in _selected((), because, after, before):
        click.echo(json.dumps(entry, ensure_ascii=False))


@parked.command()
@click.argument("identifier", metavar="ID")
def show(identifier: str) -> None:
    """Everything known of one parked item and its life so far (no content of the report)."""
    (entry,) = _selected((identifier,), None, None, None)
    inbox = parts().inbox
    life = _life_of_message(inbox, identifier) if entry["kind"] == "message" else inbox.report_json(identifier)
    click.echo(json.dumps({**entry, "life": life}, indent=2, ensure_ascii=False))


@parked.command()
@click.argument("identifiers", nargs=-1, metavar="[ID ...]")
@_selecting
@_DRY_RUN
def replay(
    identifiers: tuple[str, ...],
    because: str | None,
    after: datetime | None,
    before: datetime | None,
    dry_run: bool,
) -> None:
    """
    Try parked work again, from the stored message; doing it twice changes nothing.

    \b
    calcifhir parked replay ID ...
    calcifhir parked replay --because "HTTP 403" --after 2026-11-01 --dry-run
    """
    inbox, is_rung = parts().inbox, True
    for entry in _chosen(identifiers, because, after, before):
        if dry_run:
            click.echo(f"{entry['id']}: would be tried again ({entry['reason']})")
            continue
        kind = inbox.replay(entry["id"])
        is_rung = is_rung and _rung(kind, entry["id"])
        click.echo(f"{entry['id']}: {kind} again" if kind else f"{entry['id']}: somebody else has taken it up")
    if not is_rung:
        click.echo("calcifhir: the broker is away; the sweep rings when it is back", err=True)


def _rung(kind: str | None, identifier: str) -> bool:
    """Whether the bell was rung; without one the sweep rings."""
    if kind is None:
        return True
    try:
        (ring_decide if kind == "decide" else ring_deliver)(identifier)
    except ServiceError:
        return False
    return True


@parked.command()
@click.argument("identifiers", nargs=-1, metavar="[ID ...]")
@_selecting
@click.option(
    "--reason", required=True, help="Why nobody needs to act on it; kept with the record, and with your name."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@_DRY_RUN
def discard(
    identifiers: tuple[str, ...],
    because: str | None,
    after: datetime | None,
    before: datetime | None,
    reason: str,
    yes: bool,
    dry_run: bool,
) -> None:
    """Close parked work for good: no plan will be made from it. Who did it and why is recorded."""
    entries = _chosen(identifiers, because, after, before)
    if dry_run:
        for entry in entries:
            click.echo(f"{entry['id']}: would be discarded ({entry['reason']})")
        return
    if not yes:
        click.confirm(f"No plan will be made from {len(entries)} parked. Discard?", abort=True)
    for entry in entries:
        is_done = parts().inbox.discard(entry["id"], who=getpass.getuser(), reason=reason)
        click.echo(f"{entry['id']}: {'discarded' if is_done else 'somebody else has taken it up'}")


def _chosen(
    identifiers: tuple[str, ...], because: str | None, after: datetime | None, before: datetime | None
) -> list[dict[str, Any]]:
    """What a command is to act on; nothing named is a slip of the hand, not everything."""
    if not identifiers and because is None and after is None and before is None:
        raise click.UsageError("name ids, or choose with --because, --after or --before")
    return list(_selected(identifiers, because, after, before))


def _selected(
    identifiers: tuple[str, ...], because: str | None, after: datetime | None, before: datetime | None
) -> Iterator[dict[str, Any]]:
    """Parked entries that fit everything asked; exit 1 when an id is not among them."""
    entries = [e for e in _all_parked() if _fits(e, because, after, before)]
    missing = set(identifiers) - {entry["id"] for entry in entries}
    if missing:
        for identifier in sorted(missing):
            click.echo(f"calcifhir: nothing is parked under {identifier}", err=True)
        sys.exit(1)
    return (entry for entry in entries if not identifiers or entry["id"] in identifiers)


def _all_parked() -> list[dict[str, Any]]:
    """Page by page, so that one call of Redis stays short."""
    inbox, found = parts().inbox, list[dict[str, Any]]()
    while page := inbox.parked(start=len(found)):
        found += page
    return found


def _fits(entry: dict[str, Any], because: str | None, after: datetime | None, before: datetime | None) -> bool:
    since = datetime.fromisoformat(entry["since"])
    return (
        (because is None or because.lower() in entry["reason"].lower())
        and (after is None or since >= after.replace(tzinfo=UTC))
        and (before is None or since < before.replace(tzinfo=UTC))
    )
