"""``release``: a clinician's act from the command line; it goes the way of every other message."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from worker.bootstrap import parts
from worker.core.acts.answering import open_questions
from worker.core.model import JsonObject
from worker.core.report import canonical_digest
from worker.core.resources.ending import is_open, is_unreleased, latest, revision_of
from worker.core.resources.frame import RULE_SYSTEM
from worker.handle.act import COMMAND_LINE
from worker.inbox import Inbox
from worker.tasks import ring_decide

__all__ = ["release"]


class _Refused(click.ClickException):
    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(f"calcifhir: {self.message}", err=True, file=file)


def _answers(_: click.Context, __: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    if any(not (rule.strip() and said.strip()) for rule, _, said in pairs):
        raise click.BadParameter("write RULE=words, for example C-08='the left side is confirmed'")
    return {rule.strip(): said.strip() for rule, _, said in pairs}


@click.command()
@click.argument("identifier", metavar="ID")
@click.option(
    "--practitioner", required=True, metavar="REF", help="Who decides: Practitioner/ID as the EHR knows them."
)
@click.option("--name", default="", help="Their name, for people who read the plan.")
@click.option("--reject", is_flag=True, help="Withdraw the draft; needs --reason.")
@click.option("--reason", default="", help="In their own words; stands in plan and Provenance.")
@click.option(
    "--answer", multiple=True, callback=_answers, metavar="RULE=WORDS", help="Answer a question of a held plan."
)
def release(identifier: str, practitioner: str, name: str, reject: bool, reason: str, answer: dict[str, str]) -> None:
    """
    Release or reject the draft plan of a report, or answer its questions, as a named practitioner.

    ID is a report's or its message's (`calcifhir trace`). A held plan is never released: answer its questions first;
    the letter is drafted then, and a second `release` lets both go. Prints the id of the message that carries the act.
    """
    if reject and not reason:
        raise click.UsageError("a rejection needs --reason: whoever reads the plan must know why it is gone")
    inbox = parts().inbox
    report_id, record = _record(inbox, identifier)
    document = _statement(record, _person(practitioner, name), reject, reason, answer)
    stored = inbox.store(
        json.dumps(document, ensure_ascii=False).encode(),
        document_digest=canonical_digest(document),
        content_type="application/fhir+json",
        sender=COMMAND_LINE,
        method="POST",
        path="/fhir/Task",
        fhir_version=record["fhir_version"],
        warnings=[],
        received=datetime.now(UTC),
    )
    ring_decide(stored.message_id)
    click.echo(json.dumps({"report": report_id, "message": stored.message_id, "act": _name(reject, answer)}))


def _name(reject: bool, answer: Mapping[str, str]) -> str:
    return "rejected" if reject else "answered" if answer else "released"


def _record(inbox: Inbox, identifier: str) -> tuple[str, JsonObject]:
    message = inbox.message(identifier)
    reports = message.report_ids if message else (identifier,)
    if len(reports) != 1:
        raise _Refused("this message has several reports; give the id of one: " + ", ".join(reports))
    record = inbox.previous(reports[0])
    if record is None:
        raise _Refused("no plan is on record under this id")
    return reports[0], record


def _person(practitioner: str, name: str) -> dict[str, str]:
    if "/" not in practitioner or "Practitioner" not in practitioner:
        raise click.BadParameter(
            "give a reference: Practitioner/ID or PractitionerRole/ID", param_hint="--practitioner"
        )
    return {"reference": practitioner, "display": name} if name else {"reference": practitioner}


def _statement(
    record: JsonObject, who: JsonObject, reject: bool, reason: str, answer: Mapping[str, str]
) -> dict[str, Any]:
    """The open review Task, closed with the outcome; refused here already where it could only be asked again."""
    plan = latest(record["resources"], "CarePlan")
    if plan is None or not is_unreleased(plan):
        raise _Refused("the plan of this report is not a draft (any more)")
    held = open_questions(record["resources"], revision_of(plan))
    if held and not reject and not answer:
        asked = ", ".join(sorted({each["code"]["coding"][0]["code"] for each in held}))
        raise _Refused(f"the plan is held; first answer with --answer RULE=WORDS: {asked}")
    review = _review(record, plan)
    outputs = [
        {"type": {"coding": [{"system": RULE_SYSTEM, "code": rule}]}, "valueString": said}
        for rule, said in answer.items()
    ]
    if not answer:
        outputs = [{"type": {"text": "decision"}, "valueString": "rejected" if reject else "released"}]
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    notes = [*review.get("note", ()), {"authorReference": dict(who), "time": moment, "text": reason}] if reason else []
    said = {"status": "completed", "owner": dict(who), "output": outputs, "lastModified": moment}
    return {**review, **said, **({"note": notes} if notes else {})}


def _review(record: JsonObject, plan: JsonObject) -> JsonObject:
    focus = f"CarePlan/{plan['id']}"
    resources: Sequence[JsonObject] = record["resources"]
    for each in reversed(resources):
        if each["resourceType"] == "Task" and each.get("focus", {}).get("reference") == focus and is_open(each):
            return each
    raise _Refused("no review of this plan is open; replay its report")
