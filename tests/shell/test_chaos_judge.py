"""The judge of ``make chaos`` sees what it is there to see."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from tests.chaos.engine import Sent
from tests.chaos.judge import judge
from tests.chaos.reports import Expected, write_script
from tests.ehr_help import EhrServer, serving
from tests.plan_resources import Resource

WANTED = {1: Expected("plan", 2, "amended", "4B")}


@dataclass
class FakeInbox:
    """What the judge asks of the inbox: one message, about report 1."""

    state: str = "delivered"
    parked_reasons: tuple[str, ...] = ()
    open_deliveries: Mapping[str, int] = field(default_factory=dict)

    def message(self, message_id: str) -> Any:
        return SimpleNamespace(state=self.state, reason="") if message_id == "m1" else None

    def counts(self) -> Any:
        return {"delivery": dict(self.open_deliveries)}

    def parked(self, _limit: int) -> Any:
        return [{"id": "m1", "kind": "message", "reason": reason} for reason in self.parked_reasons]


@pytest.fixture
def ehr() -> Iterator[EhrServer]:
    with serving() as server:
        yield server


def about(number: int = 1, version: int = 2, status: str = "amended") -> list[Resource]:
    said = f"MG Breast Screening · 2026-02-20 · version {version}, {status}"
    return [
        {"type": "DiagnosticReport", "identifier": {"system": "urn:ris", "value": f"ACC-{number}"}, "display": said}
    ]


def plan(name: str = "a", category: str = "4B", **more: Any) -> Resource:
    identifier = [{"system": "urn:calcifhir:care-plan", "value": more.pop("value", name)}]
    given = {
        "status": "draft",
        "supportingInfo": about(),
        "title": f"Breast imaging follow-up: BI-RADS {category}, left",
    }
    return {"resourceType": "CarePlan", "id": name, "identifier": identifier} | given | more


def letter(name: str = "l", **more: Any) -> Resource:
    given = {"status": "preparation", "identifier": [{"system": "urn:calcifhir:communication", "value": name}]}
    return {"resourceType": "Communication", "id": name, "about": about()} | given | more


def seen(
    ehr: EhrServer, held: tuple[Resource, ...], inbox: FakeInbox | None = None, **sent: Any
) -> dict[str, list[str]]:
    for each in held:
        ehr.put_quietly(each)
    house: Any = SimpleNamespace(inbox=inbox or FakeInbox(), at_ehr=ehr.held, ehr=ehr.url)
    verdict = judge(house, Sent(**{"taken": {"m1": 1}} | sent), WANTED)
    return {kind: cases for kind, cases in verdict.faults.items() if cases}


def test_one_plan_and_one_letter_of_the_newest_version_are_right(ehr: EhrServer) -> None:
    assert seen(ehr, (plan(), letter())) == {}


@pytest.mark.parametrize(
    ("held", "kind"),
    [
        ((), "lost at the EHR"),
        ((plan(),), "lost at the EHR"),
        ((plan(status="revoked"), letter()), "lost at the EHR"),
        ((plan(), letter(), plan("b")), "doubled at the EHR"),
        ((plan(), letter(), letter("m")), "doubled at the EHR"),
        ((plan(), letter(), plan("b", status="revoked", value="a")), "doubled at the EHR"),
        ((plan(category="3"), letter()), "stale or wrong at the EHR"),
        ((plan(supportingInfo=about(version=1, status="final")), letter()), "stale or wrong at the EHR"),
        ((plan(), plan(supportingInfo=about(version=1)), plan(), letter()), "older written over newer"),
    ],
)
def test_what_is_wrong_at_the_ehr_is_named(ehr: EhrServer, held: tuple[Resource, ...], kind: str) -> None:
    assert list(seen(ehr, held)) == [kind]


@pytest.mark.parametrize(
    ("inbox", "sent", "kind"),
    [
        (FakeInbox(state="received"), {}, "stuck"),
        (FakeInbox(open_deliveries={"due": 1}), {}, "stuck"),
        (FakeInbox(parked_reasons=("3 workers died over it",)), {}, "parked without deserving it"),
        (FakeInbox(), {"taken": {"m1": 1, "m2": 1}}, "lost from the inbox"),
        (FakeInbox(), {"wrongly": ["report 1: 202"]}, "wrongly taken or refused at the door"),
    ],
)
def test_what_is_wrong_in_the_house_is_named(ehr: EhrServer, inbox: FakeInbox, sent: dict[str, Any], kind: str) -> None:
    assert list(seen(ehr, (plan(), letter()), inbox, **sent)) == [kind]


def test_the_same_seed_writes_the_same_messages_in_the_shares_that_are_asked_for() -> None:
    script = write_script(2000, 5)
    assert script.messages == write_script(2000, 5).messages != write_script(2000, 6).messages
    shares = {kind: count / 2000 for kind, count in script.counts.items()}
    assert 0.01 < shares["broken"] < 0.03
    assert 0.07 < shares["amended"] < 0.13
    assert 0.08 < shares["repeated"] < 0.2
    places: dict[int, list[int]] = {}
    for place, message in enumerate(script.messages):
        places.setdefault(message.number, []).append(place)
    firsts = [places[number][0] for number in range(2000)]
    assert sum(later < earlier for earlier, later in itertools.pairwise(firsts)) > 200, "out of order"
