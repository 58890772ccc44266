"""
What an interface engine sends in one run: reports in mixed forms, repeated, amended, out of order, some broken.

In: how many reports, a seed. Out: messages in the order of sending, and for every report what must stand at the EHR in
the end. The same seed gives the same messages in the same order.
"""

import json
import random
from dataclasses import dataclass
from typing import Literal

from benchmarks.reports import report_bundle
from tests.shell.documents import Resource, bundle, chest_report, observation, report

PATIENTS = tuple(f"chaos-{number}" for number in range(97))
# Nobody has this id at the EHR: a plan for them is for a person to look at.
STRANGER = "chaos-nobody"
_CATEGORIES = ("2", "3", "4A", "4B", "4C", "5")
_WORDS = {
    "2": "Coarse benign calcifications in the left breast.",
    "3": "Grouped punctate calcifications in the left breast.",
}
_SUSPICIOUS = "Grouped fine pleomorphic calcifications in the left breast."
_FORMS = ("words", "words", "transaction", "contained", "apart", "coded", "coded", "foreign")
_BROKEN = ("cut", "misspelt", "no status", "stranger")
# How far, in reports, a message may be sent from its turn; a repetition may come much later.
_JITTER, _MUCH_LATER = 40.0, 300.0

What = Literal["plan", "withdrawn", "refused", "parked", "nothing"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it is sent; ``is_broken`` asks for a refusal at the door."""

    number: int
    body: bytes
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """
    What must stand for one report.

    Args:
        version: The newest one that was sent.
        status: Of that version.
        category: BI-RADS category that the plan must name; empty if it follows from elsewhere.
    """

    what: What
    version: int = 1
    status: str = "final"
    category: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A whole run; ``counts`` says how many messages of each kind there are."""

    messages: tuple[Message, ...]
    expected: dict[int, Expected]
    counts: dict[str, int]


def write_script(count: int, seed: int) -> Script:
    """
    Write the messages of ``count`` reports.

    One in ten is sent twice, one in ten amended (some of those taken back), one in fifty is broken.
    """
    chance = random.Random(seed)
    counts = dict.fromkeys(("repeated", "amended", "taken back", "broken", "parts apart", "not for us"), 0)
    timed: list[tuple[float, Message]] = []
    expected = {}
    for number in range(count):
        sent, expected[number] = _one_report(number, chance, counts)
        for message in sent:
            timed.append((number + chance.uniform(0, _JITTER), message))
            if chance.random() < 0.1:
                counts["repeated"] += 1
                timed.append((number + chance.uniform(0, _MUCH_LATER), _again(message, chance)))
    timed.sort(key=lambda pair: pair[0])
    return Script(tuple(message for _, message in timed), expected, counts)


def _one_report(number: int, chance: random.Random, counts: dict[str, int]) -> tuple[list[Message], Expected]:
    if chance.random() < 0.02:
        counts["broken"] += 1
        return _broken(number, chance)
    form = chance.choice(_FORMS)
    if form == "foreign":
        counts["not for us"] += 1
        return [_message(number, chest_report(number))], Expected("nothing")
    versions = chance.choice((2, 2, 3)) if chance.random() < 0.1 else 1
    statuses = ["final"] + ["amended"] * (versions - 1)
    if versions > 1:
        counts["amended"] += 1
        if chance.random() < 0.3:
            counts["taken back"] += 1
            statuses[-1] = chance.choice(("cancelled", "entered-in-error"))
    start = chance.randrange(len(_CATEGORIES))
    sent = []
    for version, status in enumerate(statuses, 1):
        category = _CATEGORIES[(start + version) % len(_CATEGORIES)]
        sent += _in_form(form, number, version, status, category)
    if form == "apart":
        counts["parts apart"] += 1
        sent.append(_message(number, _observation(number, category)))
    what: What = "plan" if statuses[-1] in ("final", "amended") else "withdrawn"
    return sent, Expected(what, versions, statuses[-1], "" if form == "coded" else category)


def _in_form(form: str, number: int, version: int, status: str, category: str) -> list[Message]:
    """A version of a report: told in words, with its Observation in one of three ways, or coded throughout."""
    told = {"version": version, "status": status, "subject": _patient(number)}
    words = _WORDS.get(category, _SUSPICIOUS)
    if form == "coded":
        return [_message(number, _coded(number, version, status))]
    if form == "words":
        return [_message(number, report(number, conclusion=f"{words} BI-RADS {category}.", **told))]
    if form == "contained":
        part = _observation(number, category)
        whole = report(number, conclusion=words, results=(f"#{part['id']}",), **told)
        return [_message(number, whole | {"contained": [part]})]
    # The category comes with the Observation alone: a plan that names it has waited for it, or was made anew.
    whole = report(number, conclusion=words, results=(f"Observation/o{number}",), **told)
    if form == "apart":
        return [_message(number, whole)]
    return [_message(number, bundle(whole, _observation(number, category)))]


def _coded(number: int, version: int, status: str) -> Resource:
    document = report_bundle(number)
    for entry in document["entry"]:
        resource = entry["resource"]
        if "subject" in resource:
            resource["subject"] = _patient(number)
        if resource["resourceType"] == "DiagnosticReport":
            resource["meta"] = {"versionId": str(version)}
            resource["status"] = status
    document["entry"] = [each for each in document["entry"] if each["resource"]["resourceType"] != "Patient"]
    return document


def _observation(number: int, category: str) -> Resource:
    return observation(number, category=category, subject=_patient(number))


def _patient(number: int) -> Resource:
    return {"reference": f"Patient/{PATIENTS[number % len(PATIENTS)]}"}


def _broken(number: int, chance: random.Random) -> tuple[list[Message], Expected]:
    """What no door should take, and what nobody but a person can place."""
    kind = chance.choice(_BROKEN)
    whole = report(number, subject={"reference": f"Patient/{STRANGER}"} if kind == "stranger" else _patient(number))
    if kind == "stranger":
        return [_message(number, whole)], Expected("parked")
    if kind == "misspelt":
        whole["resourceType"] = "DiagnosticReprot"
    elif kind == "no status":
        del whole["status"]
    body = json.dumps(whole).encode()
    body = body[: len(body) // 2] if kind == "cut" else body
    return [Message(number, body, is_broken=True)], Expected("refused")


def _again(message: Message, chance: random.Random) -> Message:
    """The same once more: byte for byte, laid out otherwise, or with an element that says nothing new."""
    how = chance.choice(("bytes", "layout", "element"))
    if how == "bytes" or message.is_broken:
        return message
    document = json.loads(message.body)
    if how == "element":
        document["language"] = "en"
    return Message(message.number, json.dumps(document, indent=1, sort_keys=True).encode())


def _message(number: int, document: Resource) -> Message:
    return Message(number, json.dumps(document).encode())
