"""What counts as a clinician's act, and who, when and what it says; and what is none."""

from datetime import UTC, datetime
from typing import Any

import pytest

from worker.core.acts import acts_in
from worker.core.rules import Rules
from worker.core.rules.acts import ActRow, Acts
from worker.errors import TableError

REPORT = "95a53dde-0b64-542c-abfb-f6526036e2c0"
WHO = {"reference": "Practitioner/12", "display": "Dr Example"}
Resource = dict[str, Any]


def ours(kind: str, **elements: Any) -> Resource:
    """A resource of ours as it comes back."""
    name = "".join(f"-{c.lower()}" if c.isupper() else c for c in kind).lstrip("-")
    identifiers = [
        {"system": f"urn:calcifhir:{name}", "value": "x1"},
        {"system": "urn:calcifhir:report", "value": REPORT},
    ]
    return {"resourceType": kind, "id": "ehr-7", "identifier": identifiers, **elements}


def review(**elements: Any) -> Resource:
    return ours("Task", status="completed", focus={"reference": "CarePlan/x0"}, owner=WHO, **elements)


def question(**elements: Any) -> Resource:
    return ours("Task", status="completed", focus={"reference": "DetectedIssue/x2"}, owner=WHO, **elements)


def output(value: Any, rule: str = "", kind: str = "valueCodeableConcept") -> Resource:
    coding = [{"system": "urn:calcifhir:rule", "code": rule}] if rule else [{"code": "decision"}]
    return {"type": {"coding": coding}, kind: value}


@pytest.mark.parametrize(
    ("resource", "verdict"),
    [
        (review(output=[output({"coding": [{"code": "approved"}]})]), "released"),
        (review(output=[output({"text": "Released"})]), "released"),
        (review(output=[output("accepted", kind="valueString")]), "released"),
        (review(output=[output("approve", kind="valueCode")]), "released"),
        (review(businessStatus={"coding": [{"system": "urn:site", "code": "APPROVED"}]}), "released"),
        (review(output=[output({"coding": [{"code": "rejected"}]})]), "rejected"),
        (review(businessStatus={"text": "declined"}), "rejected"),
        (review(), None),
        (review(output=[output("looks right", kind="valueString")]), None),
        (review(output=[output(True, kind="valueBoolean")]), None),
        (review(output=[output("released", rule="C-08", kind="valueString")]), None),
        (review(businessStatus={"text": "approved"}) | {"status": "cancelled"}, None),
        (ours("CarePlan", status="active"), "released"),
        (ours("CarePlan", status="revoked"), "rejected"),
        (ours("CarePlan", status="entered-in-error"), "rejected"),
    ],
)
def test_an_outcome_releases_or_rejects_only_in_words_that_a_row_knows(
    rules: Rules, resource: Resource, verdict: str | None
) -> None:
    """INV-6, SEED-23."""
    (act,) = acts_in([resource], rules.acts)
    assert (act.kind, act.verdict, act.report_id) == ("decision", verdict, REPORT)


@pytest.mark.parametrize(
    "resource",
    [
        ours("CarePlan", status="draft"),
        ours("CarePlan", status="on-hold"),
        review() | {"status": "in-progress"},
        review() | {"identifier": [{"system": "urn:calcifhir:task", "value": "x1"}]},
        review() | {"identifier": [{"system": "urn:other", "value": "x1"}]},
        review() | {"identifier": "x1"},
        {"resourceType": "CarePlan", "id": "x1", "status": "active"},
        ours("ServiceRequest", status="active"),
        ours("Communication", status="preparation"),
        ours("DetectedIssue", status="final"),
        ours("DetectedIssue", status="preliminary", mitigation=[{"action": {"text": "asked"}}]),
        {"resourceType": "DiagnosticReport", "status": "final"},
    ],
)
def test_what_is_not_ours_or_not_ended_is_no_act(rules: Rules, resource: Resource) -> None:
    assert acts_in([resource], rules.acts) == ()


def test_answers_go_to_the_questions_that_they_name(rules: Rules) -> None:
    named = question(output=[output("left, seen again", rule="C-08", kind="valueString")])
    general = question(output=[output("unchanged since 2024", kind="valueMarkdown")])
    said = question(output=[output({"coding": [{"code": "confirmed", "display": "Confirmed"}]})])
    refused = question(output=[output("rejected", kind="valueString")])
    nothing = question()
    answers = [acts_in([each], rules.acts)[0].answers for each in (named, general, said, refused, nothing)]
    assert answers == [
        {"C-08": "left, seen again"},
        {"": "unchanged since 2024"},
        {"": "Confirmed"},
        {},
        {},
    ]


def test_an_issue_with_a_mitigation_is_answered(rules: Rules) -> None:
    told = [{"action": {"text": "asked"}}, {"action": {"text": "stable"}, "author": WHO, "date": "2026-03-02"}]
    (act,) = acts_in([ours("DetectedIssue", status="mitigated", mitigation=told)], rules.acts)
    assert (act.kind, act.answers, act.who) == ("answer", {"": "stable"}, WHO)


@pytest.mark.parametrize(
    ("resource", "who"),
    [
        (review(), WHO),
        (
            review() | {"owner": {"reference": "https://ehr/fhir/PractitionerRole/3"}},
            "https://ehr/fhir/PractitionerRole/3",
        ),
        (review() | {"owner": {"reference": "Organization/1"}}, None),
        (review() | {"owner": {"reference": "Organization/1"}, "note": [{"authorReference": WHO, "text": "-"}]}, WHO),
        (review() | {"owner": None, "performer": [{"actor": WHO}]}, WHO),
        (ours("CarePlan", status="active", author={"display": "CalciFHIR"}), None),
        (ours("CarePlan", status="active", contributor=[{"display": "CalciFHIR"}, WHO]), WHO),
        (ours("CarePlan", status="active", custodian=WHO), WHO),
        (ours("Communication", status="completed", sender=WHO), WHO),
    ],
)
def test_who_it_was_is_a_practitioner_or_nobody(rules: Rules, resource: Resource, who: Any) -> None:
    (act,) = acts_in([resource], rules.acts)
    assert act.who == ({"reference": who} if isinstance(who, str) else who or {})


def test_the_reason_is_the_clinicians_own(rules: Rules) -> None:
    ours_first = [{"authorString": "CalciFHIR", "text": "Ours"}, {"text": "too early"}]
    told = [
        review(statusReason={"text": "wrong exam"}, note=ours_first),
        review(statusReason={"concept": {"text": "wrong exam"}}),
        review(note=ours_first, businessStatus={"text": "rejected"}),
        review(note=ours_first[:1]),
    ]
    reasons = [acts_in([each], rules.acts)[0].reason for each in told]
    assert reasons == ["wrong exam", "wrong exam", "too early", ""]


def test_when_it_was_needs_an_offset(rules: Rules) -> None:
    told = [review(lastModified=moment) for moment in ("2026-03-02T10:00:00Z", "2026-03-02", "soon", None)]
    moments = [acts_in([each], rules.acts)[0].when for each in told]
    assert moments == [datetime(2026, 3, 2, 10, tzinfo=UTC), None, None, None]


def test_a_completed_plan_is_over_and_decides_nothing(rules: Rules) -> None:
    (act,) = acts_in([ours("CarePlan", status="completed")], rules.acts)
    assert (act.kind, act.verdict) == ("ended", None)


def test_answers_come_before_decisions_and_letters_last(rules: Rules) -> None:
    sent = ours("Communication", status="completed")
    kinds = [act.kind for act in acts_in([sent, review(), question()], rules.acts)]
    assert kinds == ["answer", "decision", "sent"]


def test_one_code_cannot_mean_two_things(rules: Rules) -> None:
    rows = [
        _row("a", "*", "ok", "released"),
        _row("b", "*", "OK", "rejected"),
    ]
    with pytest.raises(TableError, match="another verdict"):
        Acts.load(_Reader(rows))
    assert Acts.load(_Reader(rows[:1])).verdict("urn:site", " ok ") == "released"
    assert rules.acts.verdict("urn:site", "unheard-of") is None


class _Reader:
    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    def rows(self, _: str, __: Any) -> tuple[Any, ...]:
        return tuple(self._rows)


def _row(own_id: str, system: str, code: str, verdict: Any) -> Any:
    return ActRow(id=own_id, source="test", system=system, code=code, verdict=verdict)
