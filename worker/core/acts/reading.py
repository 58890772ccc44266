"""Resources of ours that somebody has changed -> acts; whatever else comes is no act."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from worker.core.acts.values import Act, ActKind
from worker.core.model import JsonObject
from worker.core.resources.frame import REPORT_SYSTEM, RULE_SYSTEM, own_system
from worker.core.resources.task import INPUT_SYSTEM, PLAN_AS_READ
from worker.core.rules.acts import Acts, Verdict

__all__ = ["acts_in"]

_PEOPLE = ("Practitioner/", "PractitionerRole/")
# A Task in one of these is off its list; whether it said anything is another matter.
_CLOSED = frozenset({"completed", "rejected", "failed", "cancelled", "entered-in-error"})
_PLAN_VERDICTS: Mapping[str, Verdict] = {
    "active": "released",
    "revoked": "rejected",
    "entered-in-error": "rejected",
}
_ANSWERED = frozenset({"final", "mitigated"})


def acts_in(resources: Iterable[JsonObject], acts: Acts) -> tuple[Act, ...]:
    """
    The acts of a message, in its order; answers before decisions, so that a release finds its questions answered.

    Ours is known by our two identifiers, which an EHR keeps whatever id it gives.
    """
    found = [act for resource in resources if (act := _act_of(resource, acts)) is not None]
    return tuple(sorted(found, key=lambda act: ("answer", "decision", "sent", "ended").index(act.kind)))


def _act_of(resource: JsonObject, acts: Acts) -> Act | None:
    read = _READERS.get(str(resource.get("resourceType")))
    names = _names(resource) if read else None
    return read(resource, *names, acts) if read and names else None


def _names(resource: JsonObject) -> tuple[str, str] | None:
    """Our key and our report's id; None for what is not ours."""
    kind = str(resource.get("resourceType"))
    values = {each.get("system"): each.get("value") for each in _dicts(resource.get("identifier"))}
    own, report = values.get(own_system(kind)), values.get(REPORT_SYSTEM)
    return (f"{kind}/{own}", report) if isinstance(own, str) and isinstance(report, str) else None


def _task(resource: JsonObject, key: str, report_id: str, acts: Acts) -> Act | None:
    if resource.get("status") not in _CLOSED:
        return None
    outputs = list(_outputs(resource))
    free = [said for rule, said in outputs if not rule]
    outcome = _coded(resource.get("businessStatus"))
    verdict = next((v for said in (*free, outcome) if (v := _verdict(said, acts))), None)
    words = [_words(said) for said in (*free, outcome) if said and not _verdict(said, acts)]
    answers = {rule: _words(said) for rule, said in outputs if rule and not _is_refusal(said, acts)}
    is_review = str((resource.get("focus") or {}).get("reference", "")).rpartition("/")[0].endswith("CarePlan")
    reason = _words(_coded(resource.get("statusReason"))) or "; ".join(filter(None, words)) or _last_note(resource)
    if not is_review and verdict != "rejected" and resource["status"] == "completed":
        said = "; ".join(filter(None, (*words, _last_note(resource) if free or outcome else ""))) or (verdict or "")
        answers |= {"": said} if said and not answers else {}
    return Act(
        kind="decision" if is_review else "answer",
        report_id=report_id,
        key=key,
        resource=resource,
        verdict=verdict if resource["status"] == "completed" else None,
        answers=answers,
        who=_first_person(resource.get("owner"), _executor(resource), _note_author(resource)),
        reason=reason,
        when=_moment(resource.get("lastModified")),
        plan_read=_plan_read(resource),
    )


def _care_plan(resource: JsonObject, key: str, report_id: str, _: Acts) -> Act | None:
    status = str(resource.get("status"))
    verdict = _PLAN_VERDICTS.get(status)
    if verdict is None and status != "completed":
        return None
    people = [resource.get("custodian"), resource.get("author"), *_listed(resource.get("contributor"))]
    who = _first_person(_note_author(resource), *people)
    moment = _moment((resource.get("meta") or {}).get("lastUpdated"))
    kind: ActKind = "decision" if verdict else "ended"
    return Act(kind, report_id, key, resource, verdict, {}, who, _last_note(resource), moment)


def _detected_issue(resource: JsonObject, key: str, report_id: str, _: Acts) -> Act | None:
    given = list(_dicts(resource.get("mitigation")))
    if resource.get("status") not in _ANSWERED or not given:
        return None
    said = _words(_coded(given[-1].get("action")))
    who, when = _first_person(given[-1].get("author")), _moment(given[-1].get("date"))
    return Act("answer", report_id, key, resource, None, {"": said} if said else {}, who, said, when)


def _communication(resource: JsonObject, key: str, report_id: str, _: Acts) -> Act | None:
    if resource.get("status") != "completed":
        return None
    who = _first_person(resource.get("sender"))
    return Act("sent", report_id, key, resource, who=who, when=_moment(resource.get("sent")))


_READERS = {
    "CarePlan": _care_plan,
    "Communication": _communication,
    "DetectedIssue": _detected_issue,
    "Task": _task,
}


# -- what the elements say: (system, code, text), any of them empty

_Said = tuple[str, str, str]
_NOTHING: _Said = ("", "", "")


def _outputs(task: JsonObject) -> Iterator[tuple[str, _Said]]:
    """Each output: the rule whose question it answers, if any, and what it says."""
    for output in _dicts(task.get("output")):
        codes = _dicts((output.get("type") or {}).get("coding"))
        rule = next((str(c.get("code")) for c in codes if c.get("system") == RULE_SYSTEM), "")
        value = next((v for name, v in output.items() if name.startswith("value")), None)
        yield rule, _coded(value)


def _coded(value: Any) -> _Said:
    """A CodeableConcept (R5 may wrap it), a Coding, or plain text."""
    if isinstance(value, bool):
        return _NOTHING
    if not isinstance(value, Mapping):
        return ("", "", str(value)) if value is not None else _NOTHING
    if isinstance(value.get("concept"), Mapping):
        return _coded(value["concept"])
    first = next(_dicts(value.get("coding")), value)
    text = value.get("text") or first.get("display") or ""
    return str(first.get("system") or ""), str(first.get("code") or ""), str(text)


def _words(said: _Said) -> str:
    return said[2] or said[1]


def _verdict(said: _Said, acts: Acts) -> Verdict | None:
    return acts.verdict(said[0], said[1]) or (acts.verdict("", said[2]) if not said[1] else None)


def _is_refusal(said: _Said, acts: Acts) -> bool:
    return not _words(said).strip() or _verdict(said, acts) == "rejected"


def _plan_read(task: JsonObject) -> str:
    for each in _dicts(task.get("input")):
        codes = _dicts((each.get("type") or {}).get("coding"))
        if any(c.get("system") == INPUT_SYSTEM and c.get("code") == PLAN_AS_READ for c in codes):
            return str(each.get("valueString") or "")
    return ""


# -- who, when, and in which words


def _first_person(*references: Any) -> dict[str, Any]:
    """The first that names a practitioner; ``urn:`` and absolute references count by their type."""
    for reference in references:
        found = str((reference or {}).get("reference", "")) if isinstance(reference, Mapping) else ""
        if found.startswith(_PEOPLE) or any(f"/{kind}" in found for kind in _PEOPLE):
            display = reference.get("display")
            return {"reference": found, "display": str(display)} if display else {"reference": found}
    return {}


def _executor(task: JsonObject) -> Any:
    """R5: ``performer.actor``."""
    return next((each.get("actor") for each in _dicts(task.get("performer"))), None)


def _notes(resource: JsonObject) -> list[Mapping[str, Any]]:
    """Notes that are not ours."""
    return [note for note in _dicts(resource.get("note")) if note.get("authorString") != "CalciFHIR"]


def _last_note(resource: JsonObject) -> str:
    notes = _notes(resource)
    return str(notes[-1].get("text") or "") if notes else ""


def _note_author(resource: JsonObject) -> Any:
    notes = _notes(resource)
    return notes[-1].get("authorReference") if notes else None


def _moment(value: Any) -> datetime | None:
    """A FHIR instant; None for anything without an offset."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    return (each for each in _listed(value) if isinstance(each, Mapping))
