"""The document around a report: its sections, flattened, each with the side that its title and code tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from worker.core.model import JsonObject, Site
from worker.core.report.bundle import Located, references_in, section_entries
from worker.core.report.elements import objects
from worker.core.report.gathered import Gathered
from worker.core.report.sites import section_site

__all__ = ["Section", "sections_of"]

_MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Section:
    """One section, flattened; ``sites`` are its own and its parents', ``entries`` normal forms of what it cites."""

    resource: JsonObject
    where: str
    composition: Located
    sites: tuple[Site, ...]
    entries: tuple[str, ...]


def sections_of(root: Located, gathered: Gathered) -> tuple[Section, ...]:
    """
    Sections that belong to the report.

    A document of one report belongs to it as a whole; of a document of several, only sections that cite this one.
    """
    found: list[Section] = []
    for composition in _compositions(root, gathered):
        sections = tuple(_flattened(composition, composition.resource, composition.where, (), 0))
        if root is not composition and _other_reports(composition, root):
            sections = tuple(s for s in sections if set(s.entries).intersection(root.forms))
        found += sections
    return tuple(found)


def _compositions(root: Located, gathered: Gathered) -> Iterator[Located]:
    if root.resource_type == "Composition":
        yield root
        return
    seen: list[Located] = []
    for form in references_in(root.resource, "composition"):
        found = gathered.find(form, root)
        if found is not None and found.resource_type == "Composition":
            seen.append(found)
    for one in root.message.once(_all_compositions):
        if _is_about(one, root) and one not in seen:
            seen.append(one)
    yield from seen


def _all_compositions(located: Sequence[Located]) -> tuple[Located, ...]:
    return tuple(one for one in located if one.resource_type == "Composition")


def _is_about(composition: Located, root: Located) -> bool:
    if set(section_entries(composition.resource)).intersection(root.forms):
        return True
    return not _other_reports(composition, root) and root.resource_type == "DiagnosticReport"


def _other_reports(composition: Located, root: Located) -> bool:
    return any(one.resource_type == "DiagnosticReport" and one is not root for one in composition.message.located)


def _flattened(
    composition: Located, parent: JsonObject, where: str, sites: tuple[Site, ...], depth: int
) -> Iterator[Section]:
    for number, section in objects(parent, "section"):
        path = f"{where}.section[{number}]"
        own = section_site(section, path)
        # The nearest heading first: it names the side more exactly than those around it.
        told: Sequence[Site] = (own, *sites) if own else sites
        yield Section(section, path, composition, tuple(told), references_in(section, "entry"))
        if depth < _MAX_DEPTH:
            yield from _flattened(composition, section, path, tuple(told), depth + 1)
