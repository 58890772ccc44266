"""
What became of everything, judged by what the EHR holds and by what the house says of each message it has taken.

What a plan is about is read from the plan itself, as a clinician would: the report's number and version in
``supportingInfo``, the category in its title.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.chaos.engine import Sent
from tests.chaos.reports import Expected
from tests.integration.house import ENDS, House

Resource = dict[str, Any]
_ENDED = {"revoked", "entered-in-error", "not-done", "cancelled", "rejected", "superseded"}
_SAID = re.compile(r"version (\d+), ([a-z-]+)")
_MOST_NAMED = 5


@dataclass
class Verdict:
    """
    Counts of what must be nought, each with a few examples, and how the messages have ended.

    Args:
        states: State of every message that was taken.
        faults: Kind of fault -> what it was seen on.
    """

    states: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, cases: Iterable[str]) -> None:
        """Count cases of a kind of fault; the kind is named even if there are none."""
        self.faults.setdefault(kind, []).extend(cases)

    @property
    def is_clean(self) -> bool:
        """Whether every count is nought."""
        return not any(self.faults.values())

    def examples(self) -> list[str]:
        """A few of each kind."""
        return [f"{kind}: {case}" for kind, cases in self.faults.items() for case in cases[:_MOST_NAMED]]


def judge(house: House, sent: Sent, expected: Mapping[int, Expected]) -> Verdict:
    """Look at everything; the faults must have ended."""
    verdict = Verdict()
    reasons = _messages(house, sent, expected, verdict)
    plans = _by_report(house.at_ehr("CarePlan"), "supportingInfo")
    letters = _by_report(house.at_ehr("Communication"), "about")
    _doubled(house, {"CarePlan": plans, "Communication": letters}, verdict)
    taken = set(sent.taken.values())
    verdict.add("lost at the EHR", _lost(plans, letters, expected, taken, reasons))
    verdict.add("stale or wrong at the EHR", _wrong(plans, letters, expected, taken))
    verdict.add("older written over newer", _overwritten(house, plans))
    verdict.add("written though nobody asked", _unasked(plans, letters, expected))
    verdict.add("wrongly taken or refused at the door", sent.wrongly)
    return verdict


def _messages(house: House, sent: Sent, expected: Mapping[int, Expected], verdict: Verdict) -> dict[int, str]:
    """Every message that was taken is known and at an end; the reason of each report that was set aside."""
    verdict.add("lost from the inbox", ())
    verdict.add("stuck", ())
    for message_id, number in sent.taken.items():
        message = house.inbox.message(message_id)
        if message is None:
            verdict.add("lost from the inbox", [f"report {number}, message {message_id}"])
            continue
        verdict.states[message.state] += 1
        if message.state not in ENDS:
            verdict.add("stuck", [f"report {number}, message {message_id}: {message.state} {message.reason}"])
    deliveries = house.inbox.counts()["delivery"]
    verdict.add("stuck", [f"{n} deliveries {s}" for s, n in deliveries.items() if n and s in {"due", "delivering"}])
    return _parked(house, sent, expected, verdict)


def _parked(house: House, sent: Sent, expected: Mapping[int, Expected], verdict: Verdict) -> dict[int, str]:
    reasons: dict[int, str] = {}
    for entry in house.inbox.parked(10_000):
        status = house.inbox.report_json(str(entry["id"])) if entry["kind"] == "report" else None
        message_id = str(status["message"]) if status else str(entry["id"])
        number = sent.taken.get(message_id)
        reasons[-1 if number is None else number] = str(entry["reason"])
        if number is None or expected[number].what != "parked":
            verdict.add("parked without deserving it", [f"report {number}: {entry['kind']}: {entry['reason']}"])
    verdict.add("parked without deserving it", ())
    deserving = {number for number in sent.taken.values() if expected[number].what == "parked"}
    verdict.add("not parked though it must be", [f"report {number}" for number in deserving - reasons.keys()])
    return reasons


def _by_report(held: Iterable[Resource], element: str) -> dict[int, list[Resource]]:
    """Resources by the number of the report that they are about."""
    found = defaultdict(list)
    for each in held:
        found[_number(each, element)].append(each)
    return found


def _number(resource: Resource, element: str) -> int:
    """The report that it is about; an Observation planned before its report came has the same number."""
    cited = sorted(resource[element], key=lambda each: each.get("type") != "DiagnosticReport")[0]
    return int(re.findall(r"\d+", str(cited["identifier"]["value"]))[-1])


def _version(plan: Resource) -> tuple[int, str]:
    """Version and status of the report that a plan speaks of; 0 if it speaks of an Observation alone."""
    found = (_SAID.search(each.get("display", "")) for each in plan["supportingInfo"])
    said = next((match for match in found if match), None)
    return (int(said[1]), said[2]) if said else (0, "")


def _standing(held: Iterable[Resource]) -> list[Resource]:
    return [each for each in held if each["status"] not in _ENDED]


def _doubled(house: House, held: Mapping[str, Mapping[int, list[Resource]]], verdict: Verdict) -> None:
    kinds = ("ServiceRequest", "Goal", "Task", "DetectedIssue")
    everything = [each for by_report in held.values() for found in by_report.values() for each in found]
    everything += [each for kind in kinds for each in house.at_ehr(kind)]
    carried = Counter(f"{each['resourceType']} {each['identifier'][0]['value']}" for each in everything)
    verdict.add("doubled at the EHR", [f"{key} is there {times} times" for key, times in carried.items() if times > 1])
    for kind, by_report in held.items():
        several = {number: len(_standing(found)) for number, found in by_report.items()}
        verdict.add("doubled at the EHR", [f"report {n}: {times} {kind}s" for n, times in several.items() if times > 1])


def _lost(
    plans: Mapping[int, list[Resource]],
    letters: Mapping[int, list[Resource]],
    expected: Mapping[int, Expected],
    taken: set[int],
    reasons: Mapping[int, str],
) -> Iterable[str]:
    for number in sorted(taken):
        if expected[number].what == "plan" and number not in reasons:
            missing = [kind for kind, held in (("plan", plans), ("letter", letters)) if not _standing(held[number])]
            if missing:
                yield f"report {number}: no {' and no '.join(missing)}"


def _wrong(
    plans: Mapping[int, list[Resource]],
    letters: Mapping[int, list[Resource]],
    expected: Mapping[int, Expected],
    taken: set[int],
) -> Iterable[str]:
    for number in sorted(taken):
        wanted = expected[number]
        if wanted.what == "withdrawn" and (left := _standing([*plans[number], *letters[number]])):
            yield f"report {number} was taken back, {len(left)} of it stand"
        for plan in _standing(plans[number]) if wanted.what == "plan" else ():
            version, status = _version(plan)
            if (version, status) != (wanted.version, wanted.status):
                yield f"report {number}: version {version}, {status} in the place of {wanted.version}, {wanted.status}"
            elif wanted.category and f"BI-RADS {wanted.category}," not in f"{plan['title']},":
                yield f"report {number}: {plan['title']} in the place of BI-RADS {wanted.category}"


def _unasked(
    plans: Mapping[int, list[Resource]], letters: Mapping[int, list[Resource]], expected: Mapping[int, Expected]
) -> Iterable[str]:
    for held in (plans, letters):
        for number, found in held.items():
            if expected[number].what not in ("plan", "withdrawn") and found:
                yield f"report {number}: {found[0]['resourceType']}"


def _overwritten(house: House, plans: Mapping[int, list[Resource]]) -> Iterable[str]:
    """The versions of each plan at the EHR, in the order of their being written, speak of ever newer reports."""
    with requests.Session() as session:
        for number, found in plans.items():
            for plan in found:
                newest = int(plan["meta"]["versionId"])
                url = f"{house.ehr}/CarePlan/{plan['id']}/_history"
                earlier = [session.get(f"{url}/{each}", timeout=10).json() for each in range(1, newest)]
                written = [_version(each)[0] for each in [*earlier, plan]]
                if written != sorted(written):
                    yield f"report {number}: versions {written}"
