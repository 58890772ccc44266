"""What came along about the patient: conditions, procedures, family history, orders, risk and gene results."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from worker.core.model import BackgroundItem, CodeableConcept, Site
from worker.core.report.bundle import Located, references_in
from worker.core.report.elements import concept_in, date_in, effective_date, objects, string_in
from worker.core.report.gathered import Gathered
from worker.core.report.observations import value_of
from worker.core.report.sites import extension_concepts, sites_of

__all__ = ["background_in", "background_of"]

Tells = Callable[[BackgroundItem], Collection[str]]

_KINDS = {"Condition", "Procedure", "FamilyMemberHistory", "ServiceRequest", "Observation"}
_NOT_SO = {"refuted", "entered-in-error", "not-done", "cancelled", "revoked"}
_UNSURE = {"unconfirmed", "provisional", "differential"}
_DATES = ("onsetDateTime", "performedDateTime", "occurrenceDateTime", "recordedDate", "date", "authoredOn")


def background_of(root: Located, gathered: Gathered, tells: Tells | None = None) -> tuple[BackgroundItem, ...]:
    """
    Resources of the same patient, in this message or seen earlier, that the report does not itself consist of.

    Args:
        tells: What an Observation says of a person; those that say nothing, of which hundreds may have come along
            with as many reports, are left out.
    """
    patient = gathered.subject_of(root)
    if patient is None:
        return ()
    ordered = set(references_in(root.resource, "basedOn"))
    along = root.message.once(_Along(gathered.pool, tells))
    found: list[BackgroundItem] = []
    silent: set[int] = set()
    for one in along.about(patient, root):
        if one.resource is root.resource or gathered.is_used(one):
            continue
        if one.resource_type == "ServiceRequest" and ordered.intersection(one.forms):
            continue  # the order that led to this report asks for nothing more
        items, missing = along.items(one, root)
        gathered.missing |= missing
        found += items
        if not items and not missing:
            silent.add(id(one.resource))
    along.forget(patient, silent)
    return tuple(found)


def background_in(one: Located, pool: Mapping[str, Located]) -> tuple[BackgroundItem, ...]:
    """What one resource says by itself, whatever reports there are; nothing where its sender takes it back."""
    if one.resource_type not in _KINDS:
        return ()
    return tuple(item for item in _items(one, Gathered(one, pool)) if item.status not in _NOT_SO)


class _Along:
    """What came along with the reports of one message, sorted by patient and read once, however many there are."""

    def __init__(self, pool: Mapping[str, Located], tells: Tells | None) -> None:
        self._pool, self._tells = pool, tells
        self._located: Sequence[Located] = ()
        self._about: dict[str | None, list[Located]] | None = None
        self._items: dict[int, tuple[tuple[BackgroundItem, ...], dict[str, None]]] = {}

    def __hash__(self) -> int:
        return id(self._pool)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Along) and other._pool is self._pool

    def __call__(self, located: Sequence[Located]) -> "_Along":
        """With the resources of the message."""
        self._located = located
        return self

    def about(self, patient: str, root: Located) -> Sequence[Located]:
        """Resources about this patient, each once."""
        if self._about is None:
            self._about, seen = {}, set[int]()
            gathered = Gathered(root, self._pool)
            for one in (*self._located, *self._pool.values()):
                if one.resource_type in _KINDS and id(one.resource) not in seen:
                    seen.add(id(one.resource))
                    self._about.setdefault(gathered.subject_of(one, _subject(one)), []).append(one)
        return self._about.get(patient, ())

    def forget(self, patient: str, silent: Collection[int]) -> None:
        """Let the next report of this patient pass over what says nothing."""
        if self._about is not None and silent:
            self._about[patient] = [one for one in self._about[patient] if id(one.resource) not in silent]

    def items(self, one: Located, root: Located) -> tuple[tuple[BackgroundItem, ...], dict[str, None]]:
        """What a resource says, and what it cites that is nowhere."""
        known = self._items.get(id(one.resource))
        if known is None:
            gathered = Gathered(root, self._pool)
            items = tuple(item for item in _items(one, gathered) if item.status not in _NOT_SO and self._counts(item))
            known = self._items[id(one.resource)] = items, gathered.missing
        return known

    def _counts(self, item: BackgroundItem) -> bool:
        return self._tells is None or item.resource_type != "Observation" or bool(self._tells(item))


def _subject(one: Located) -> str:
    return "patient" if one.resource_type == "FamilyMemberHistory" else "subject"


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
        patient=gathered.subject_of(one, _subject(one)),
        is_unsure=_is_unsure(resource, where),
        details=tuple(_details(resource, where)),
        intent=string_in(resource, "intent"),
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
