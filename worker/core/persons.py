"""Whether two reports are about one person: by an identifier with its system, else by the reference."""

from collections.abc import Iterable

from worker.core.model import PatientFacts

__all__ = ["is_other_person", "is_same_person", "local_id"]


def is_same_person(one: PatientFacts, other: PatientFacts) -> bool:
    """Whether two reports of one message are surely about the same person."""
    if one.reference is not None and one.reference == other.reference:
        return True
    return not _named(one.identifiers).isdisjoint(_named(other.identifiers))


def is_other_person(one: PatientFacts, other: PatientFacts) -> bool:
    """Whether they are named, and differently: no identifier in common, and references to two people."""
    mine, theirs = local_id(one.reference), local_id(other.reference)
    return bool(mine and theirs) and mine != theirs and not is_same_person(one, other)


def local_id(reference: str | None) -> str | None:
    """``Patient/1`` of a relative or absolute reference; None for a form that cannot be compared (``urn:uuid:...``)."""
    parts = (reference or "").rstrip("/").split("/")
    return "/".join(parts[-2:]) if len(parts) >= 2 else None


def _named(identifiers: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(system, value) for system, value in identifiers if system}
