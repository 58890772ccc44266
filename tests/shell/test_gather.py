"""What makes up one report: the same message, earlier ones, contained ones; and what later messages can find."""

import pytest
import redis

from tests.counting import growth
from tests.shell.documents import Resource, as_bytes, bundle, observation, report
from tests.shell.fakes import Clock, claimed, put
from worker.core.report import canonical_digest
from worker.core.rules import Rules
from worker.errors import NotJson
from worker.gather import Gathered, gather
from worker.inbox import Conclusion, Inbox, resource_key


class Desk:
    """Takes documents one after another, and remembers their resources as ``handle`` does."""

    def __init__(self, inbox: Inbox, rules: Rules, clock: Clock) -> None:
        self.inbox, self.rules, self.clock = inbox, rules, clock

    def take(self, document: Resource) -> Gathered:
        message_id = put(self.inbox, as_bytes(document), canonical_digest(document)).message_id
        claim = claimed(self.inbox, message_id)
        gathered = gather(claim, self.inbox, self.rules)
        self.inbox.conclude(claim, Conclusion(resources=gathered.resources))
        return gathered


@pytest.fixture
def desk(redis_client: "redis.Redis", prefix: str, rules: Rules) -> Desk:
    clock = Clock()
    return Desk(Inbox(redis_client, prefix, keep_seconds=1000, clock=clock), rules, clock)


def references(gathered: Gathered) -> list[str]:
    return [found.reference for candidate in gathered.candidates for found in candidate.report.observations]


def test_a_bundle_brings_all_that_it_needs(desk: Desk) -> None:
    gathered = desk.take(bundle(report(results=("Observation/o1",)), observation(1)))
    (candidate,) = gathered.candidates
    assert (references(gathered), candidate.awaited, candidate.head) == (["Observation/o1"], (), None)
    assert len(candidate.messages) == 1


@pytest.mark.parametrize(
    "citation", ["Observation/o1", "https://ris.example/fhir/Observation/o1", "Observation/o1/_history/3"]
)
def test_an_earlier_message_is_found_however_it_is_cited(desk: Desk, citation: str) -> None:
    desk.take(observation(1))
    gathered = desk.take(report(results=(citation,)))
    assert references(gathered) == ["Observation/o1"]
    assert len(gathered.candidates[0].messages) == 2


def test_a_citation_by_identifier_alone_is_found(desk: Desk) -> None:
    named = {"system": "urn:ris", "value": "OBS-1"}
    desk.take(observation(1, identifier=[named]))
    gathered = desk.take(report(result=[{"type": "Observation", "identifier": named}]))
    assert references(gathered) == ["Observation/o1"]


def test_members_of_members_of_other_messages_are_found(desk: Desk) -> None:
    desk.take(observation(3))
    desk.take(observation(2, hasMember=[{"reference": "Observation/o3"}]))
    desk.take(observation(1, hasMember=[{"reference": "Observation/o2"}]))
    gathered = desk.take(report(results=("Observation/o1",)))
    (candidate,) = gathered.candidates
    assert candidate.awaited == ()
    assert len(candidate.messages) == 4


def test_observations_that_cite_each_other_in_a_circle_end(desk: Desk) -> None:
    desk.take(observation(1, hasMember=[{"reference": "Observation/o2"}]))
    desk.take(observation(2, hasMember=[{"reference": "Observation/o1"}]))
    assert desk.take(report(results=("Observation/o1",))).candidates[0].awaited == ()


def test_the_patient_of_an_earlier_message_is_known(desk: Desk) -> None:
    desk.take({"resourceType": "Patient", "id": "p1", "birthDate": "1960-01-01"})
    (candidate,) = desk.take(report()).candidates
    assert str(candidate.report.patient.birth_date) == "1960-01-01"


def test_a_patient_who_never_came_is_not_waited_for(desk: Desk) -> None:
    assert desk.take(report()).candidates[0].awaited == ()


def test_what_is_missing_is_awaited_by_its_key(desk: Desk) -> None:
    (candidate,) = desk.take(report(results=("Observation/o1", "Observation/o2"))).candidates
    assert candidate.awaited == tuple(resource_key("engine", f"Observation/o{n}") for n in (1, 2))
    assert candidate.report.missing == ("Observation/o1", "Observation/o2")
    assert set(candidate.awaited) <= set(candidate.cites)


def test_a_newer_version_from_elsewhere_takes_the_place_of_the_bundles_own(desk: Desk) -> None:
    desk.take(observation(1, category="5", version=2))
    (candidate,) = desk.take(
        bundle(report(results=("Observation/o1",)), observation(1, category="2", version=1))
    ).candidates
    (found,) = candidate.report.observations
    assert found.value is not None
    assert "5" in str(found.value)
    assert len(candidate.messages) == 2


def test_an_older_version_from_elsewhere_does_not(desk: Desk) -> None:
    desk.take(observation(1, category="5", version=1))
    (candidate,) = desk.take(
        bundle(report(results=("Observation/o1",)), observation(1, category="2", version=2))
    ).candidates
    assert "2" in str(candidate.report.observations[0].value)
    assert len(candidate.messages) == 1


def test_an_observation_without_signs_is_as_old_as_the_report_it_came_with(desk: Desk) -> None:
    desk.take(bundle(report(results=("Observation/o1",), version=2), observation(1, category="5")))
    late = bundle(report(results=("Observation/o1",), version=1), observation(1, category="2"))
    assert "5" in str(desk.take(late).candidates[0].report.observations[0].value)


def test_a_correction_by_itself_is_not_measured_by_a_reports_numbers(desk: Desk) -> None:
    """Version 17 of the report says nothing about version 2 of the Observation."""
    both = bundle(report(results=("Observation/o1",), version=17), observation(1, category="2"))
    desk.take(both)
    desk.take(observation(1, category="5", version=2))
    again = desk.take(bundle(report(results=("Observation/o1",), version=18), observation(2))).candidates[0]
    assert "5" in str(again.report.observations[0].value)


def test_the_same_content_gives_the_same_inputs_in_another_envelope(desk: Desk) -> None:
    desk.take(observation(1))
    apart = desk.take(report(results=("Observation/o1",))).candidates[0]
    together = desk.take(bundle(report(results=("Observation/o1",)), observation(1))).candidates[0]
    assert apart.inputs == together.inputs
    changed = desk.take(bundle(report(results=("Observation/o1",)), observation(1, category="5"))).candidates[0]
    assert changed.inputs != together.inputs


def test_what_was_purged_counts_as_missing(desk: Desk) -> None:
    desk.take(observation(1))
    desk.clock.pass_seconds(1000)
    desk.inbox.purge()
    assert len(desk.take(report(results=("Observation/o1",))).candidates[0].awaited) == 1


def test_a_bare_observation_is_a_candidate_and_a_cited_one_is_not(desk: Desk) -> None:
    (candidate,) = desk.take(observation(1)).candidates
    assert candidate.report.is_bare_observation
    assert candidate.keys == (resource_key("engine", "Observation/o1"),)
    gathered = desk.take(bundle(report(results=("Observation/o2",)), observation(2)))
    assert [c.report.is_bare_observation for c in gathered.candidates] == [False]


def test_names_that_mean_nothing_outside_their_bundle_are_not_remembered(desk: Desk) -> None:
    gathered = desk.take(bundle(report(), observation(1)))
    keys = {found.key for found in gathered.resources}
    names = ("DiagnosticReport/r1", "DiagnosticReport?identifier=urn:ris|ACC-1", "Observation/o1")
    assert keys == {resource_key("engine", name) for name in names}


def test_what_is_no_json_says_so(desk: Desk) -> None:
    message_id = put(desk.inbox, b"{").message_id
    with pytest.raises(NotJson):
        gather(claimed(desk.inbox, message_id), desk.inbox, desk.rules)


def test_gathering_grows_with_the_entries_of_a_message(desk: Desk) -> None:
    """Reports that come together are not looked through from end to end for each of them."""

    def reports(count: int) -> Resource:
        return bundle(
            *(report(n, results=(f"Observation/o{n}",), subject={"reference": f"Patient/p{n}"}) for n in range(count)),
            *(observation(n, subject={"reference": f"Patient/p{n}"}) for n in range(count)),
        )

    def work(document: Resource) -> None:
        message_id = put(desk.inbox, as_bytes(document), canonical_digest(document)).message_id
        gathered = gather(claimed(desk.inbox, message_id), desk.inbox, desk.rules)
        assert len(gathered.candidates) * 2 == len(document["entry"])

    assert growth(work, reports, 40) < 2.2
