"""What came along about the patient: conditions, procedures, family history, orders, risk and gene results."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from worker.core.model import BackgroundItem, CodeableConcept, Site
from worker.core.report.bundle import Located, references_in
from worker.core.report.elements import concept_in, date_in, effective_date, objects, string_in
from worker.core.report.gathered import Gathered
from worker.core.report.observations import value_of
from worker.core.report.sites import extension_concepts, sites_of

__all__ = ["background_of"]

_KINDS = {"Condition", "Procedure", "FamilyMemberHistory", "ServiceRequest", "Observation"}
_NOT_SO = {"refuted", "entered-in-error", "not-done", "cancelled", "revoked"}
_UNSURE = {"unconfirmed", "provisional", "differential"}
_DATES = ("onsetDateTime", "performedDateTime", "occurrenceDateTime", "recordedDate", "date", "authoredOn")


def background_of(root: Located, gathered: Gathered) -> tuple[BackgroundItem, ...]:
    """Resources of the same patient, in this message or seen earlier, that the report does not itself consist of."""
    patient = gathered.subject_of(root)
    if patient is None:
        return ()
    ordered = set(references_in(root.resource, "basedOn"))
    found: list[BackgroundItem] = []
    for one in _candidates(root, gathered):
        if one.resource_type == "ServiceRequest" and ordered.intersection(one.forms):
            continue  # the order that led to this report asks for nothing more
        found += (item for item in _items(one, gathered) if item.patient == patient and item.status not in _NOT_SO)
    return tuple(found)


def _candidates(root: Located, gathered: Gathered) -> Iterator[Located]:
    seen = {id(root.resource)}
    for one in (*root.message.located, *gathered.pool.values()):
        if one.resource_type not in _KINDS or id(one.resource) in seen or gathered.is_used(one):
            continue
        seen.add(id(one.resource))
        yield one


def _items(one: Located, gathered: Gathered) -> Iterator[BackgroundItem]:
    resource, where = one.resource, one.place
    if one.resource_type != "FamilyMemberHistory":
        code = concept_in(resource, "code", where)
        if code:
            yield _item(one, code, gathered)
        return
    for number, condition in objects(resource, "condition"):
        code = concept_in(condition, "code", f"{where}.condition[{number}]")
        if code:
            yield _item(one, code, gathered)


def _item(one: Located, code: CodeableConcept, gathered: Gathered) -> BackgroundItem:
    resource, where = one.resource, one.place
    subject = "patient" if one.resource_type == "FamilyMemberHistory" else "subject"
    return BackgroundItem(
        resource_type=one.resource_type,
        reference=where,
        where=where,
        status=_status(resource, where),
        code=code,
        value=value_of(resource, where),
        sites=_sites(one, gathered),
        when=effective_date(resource) or next((d for d in (date_in(resource, n) for n in _DATES) if d), None),
        relationship=concept_in(resource, "relationship", where),
        patient=gathered.subject_of(one, subject),
        is_unsure=_is_unsure(resource, where),
        details=tuple(_details(resource, where)),
    )


def _details(resource: Any, where: str) -> Iterator[CodeableConcept]:
    for number, component in objects(resource, "component"):
        value = concept_in(component, "valueCodeableConcept", f"{where}.component[{number}]")
        if value:
            yield value


def _is_unsure(resource: Any, where: str) -> bool:
    verification = concept_in(resource, "verificationStatus", where)
    return any(coding.code in _UNSURE for coding in (verification.codings if verification else ()))


def _sites(one: Located, gathered: Gathered) -> tuple[Site, ...]:
    """Body sites, and coded extensions of the resource itself (the side of a recommendation)."""
    sites = sites_of(one, gathered)
    qualifiers = tuple(extension_concepts(one.resource, one.place))
    if not qualifiers:
        return sites
    first = sites[0] if sites else Site(where=one.place)
    return (replace(first, concepts=first.concepts + qualifiers), *sites[1:])


def _status(resource: Any, where: str) -> str | None:
    """The status; of a Condition its verification where that denies it, else its clinical status."""
    verification = concept_in(resource, "verificationStatus", where)
    for coding in verification.codings if verification else ():
        if coding.code in _NOT_SO:
            return coding.code
    clinical = concept_in(resource, "clinicalStatus", where)
    for coding in clinical.codings if clinical else ():
        return coding.code
    return string_in(resource, "status")
