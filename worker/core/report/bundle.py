"""
Which resources a message holds, and how they can be cited.

One resource may be called ``Observation/1``, ``https://ris.example/fhir/Observation/1/_history/2`` and
``urn:uuid:...`` in the same Bundle; :func:`normal_form` makes one name of them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from worker.core.model import JsonObject

__all__ = [
    "Located",
    "Message",
    "cited_by",
    "lasting_forms",
    "normal_form",
    "pool_of",
    "reference_form",
    "references_in",
    "required_by",
    "resources_in",
    "section_entries",
]

_REST = re.compile(r"(?:^|/)([A-Z][A-Za-z]{2,63}/[A-Za-z0-9.-]{1,64})(?:/_history/[^/]+)?$")
_MAX_NESTED_BUNDLES = 3
_MAX_SECTIONS = 12

T = TypeVar("T")


class Message:
    """The resources that came together; filled once by :func:`resources_in`."""

    def __init__(self) -> None:
        self.located: tuple[Located, ...] = ()
        self._known: dict[object, Any] = {}

    def once(self, ask: "Callable[[Sequence[Located]], T]") -> T:
        """
        What ``ask`` finds among the resources, asked once.

        A message of many reports would otherwise be searched from end to end for each of them.
        """
        if ask not in self._known:
            self._known[ask] = ask(self.located)
        found: T = self._known[ask]
        return found

    @property
    def pool(self) -> "dict[str, Located]":
        """Its resources by every form under which they may be cited."""
        return self.once(pool_of)


@dataclass(frozen=True)  # without slots: what is asked of a resource again and again is kept
class Located:
    """
    One resource and where it stood in its message.

    ``where`` is the FHIRPath of the resource (``Bundle.entry[1].resource``, ``DiagnosticReport``); ``full_url``,
    ``method`` and ``url`` are those of its Bundle entry. ``container`` is set for a contained resource.
    """

    resource: JsonObject
    where: str
    full_url: str | None = None
    method: str | None = None
    url: str | None = None
    message: Message = field(default_factory=Message, repr=False, compare=False)
    container: "Located | None" = field(default=None, repr=False, compare=False)

    @cached_property
    def resource_type(self) -> str:
        """The type, or "" where a sender left it out."""
        kind = self.resource.get("resourceType")
        return kind if isinstance(kind, str) else ""

    @cached_property
    def reference(self) -> str | None:
        """``Type/id``, else the entry's full URL, else None: what another resource would cite."""
        identifier = self.resource.get("id")
        if self.container is not None:
            return self.full_url
        if isinstance(identifier, str) and identifier:
            return f"{self.resource_type}/{identifier}"
        return normal_form(self.full_url) if self.full_url else None

    @property
    def place(self) -> str:
        """How evidence names the resource: its reference, else its path in the message."""
        return self.reference or self.where

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Every normal form under which another resource may cite this one."""
        found = [self.reference] if self.reference else []
        if self.full_url:
            found.append(normal_form(self.full_url))
        if self.method == "PUT" and self.url:
            found.append(normal_form(self.url))
        if "identifier" in self.resource:
            found += [f"{self.resource_type}?identifier={i}" for i in _identifiers(self.resource)]
        return tuple(dict.fromkeys(found))

    @cached_property
    def requires(self) -> tuple[str, ...]:
        """As :func:`required_by`."""
        return required_by(self.resource)

    @cached_property
    def cites(self) -> tuple[str, ...]:
        """As :func:`cited_by`."""
        return cited_by(self.resource)


def _identifiers(resource: JsonObject) -> Iterator[str]:
    value = resource.get("identifier")
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and isinstance(item.get("value"), str):
            system = item.get("system")
            yield f"{system if isinstance(system, str) else ''}|{item['value']}"


def normal_form(reference: str) -> str:
    """``Type/id`` for every literal reference that ends so, else the reference as sent (``urn:uuid:...``)."""
    if reference.startswith(("urn:", "#")):
        return reference
    found = _REST.search(reference.partition("#")[0])
    return found[1] if found else reference


def reference_form(reference: object) -> str | None:
    """The normal form of a FHIR Reference (literal, else by identifier); None when it cites nothing."""
    if not isinstance(reference, dict):
        return None
    literal = reference.get("reference")
    if isinstance(literal, str) and literal:
        return normal_form(literal)
    kind = reference.get("type")
    if isinstance(kind, str):
        for identifier in _identifiers(reference):
            return f"{kind}?identifier={identifier}"
    return None


def lasting_forms(one: Located) -> tuple[str, ...]:
    """The names of a resource that mean something outside its Bundle; its last resort is the Bundle's own."""
    return tuple(form for form in one.forms if not form.startswith("urn:")) or one.forms


def pool_of(located: Sequence[Located]) -> dict[str, Located]:
    """Resources by every form under which they may be cited; the first of two with one name stands."""
    pool: dict[str, Located] = {}
    for one in located:
        for form in one.forms:
            pool.setdefault(form, one)
    return pool


def resources_in(document: JsonObject) -> tuple[Located, ...]:
    """Every resource of a message, in order: the one that was posted, or those of the entries of a Bundle."""
    kind = document.get("resourceType")
    if kind != "Bundle":
        message = Message()
        message.located = (Located(document, str(kind), message=message),)
        return message.located
    return tuple(_entries(document, "Bundle", 0))


def _entries(bundle: JsonObject, where: str, depth: int) -> Iterator[Located]:
    message, found, nested = Message(), [], []
    entries = bundle.get("entry")
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            continue
        path = f"{where}.entry[{number}].resource"
        if resource.get("resourceType") == "Bundle":
            if depth < _MAX_NESTED_BUNDLES:
                nested += list(_entries(resource, path, depth + 1))
            continue
        request = entry.get("request") if isinstance(entry.get("request"), dict) else {}
        found.append(
            Located(
                resource, path, _string(entry, "fullUrl"), _string(request, "method"), _string(request, "url"), message
            )
        )
    message.located = tuple(_newest_only(found) if bundle.get("type") == "history" else found)
    yield from message.located
    yield from nested


def _newest_only(found: list[Located]) -> Iterator[Located]:
    """A history Bundle lists the newest version of a resource first."""
    seen: set[str] = set()
    for one in found:
        name = one.reference or one.where
        if name not in seen:
            seen.add(name)
            yield one


def _string(parent: Mapping[str, Any], name: str) -> str | None:
    value = parent.get(name)
    return value if isinstance(value, str) and value else None


# ---- what a resource cites -------------------------------------------------------------------------------------------


def references_in(resource: JsonObject, name: str) -> tuple[str, ...]:
    """Normal forms of the Reference or list of References in one element, in order."""
    value = resource.get(name)
    if value is None:
        return ()
    forms = (reference_form(item) for item in (value if isinstance(value, list) else (value,)))
    return tuple(form for form in forms if form)


def section_entries(composition: JsonObject) -> tuple[str, ...]:
    """Normal forms of everything that the sections of a Composition cite, nested sections included."""
    return tuple(_section_entries(composition, 0))


def _section_entries(parent: JsonObject, depth: int) -> Iterator[str]:
    sections = parent.get("section")
    for section in sections if isinstance(sections, list) else ():
        if isinstance(section, dict) and depth < _MAX_SECTIONS:
            yield from references_in(section, "entry")
            yield from _section_entries(section, depth + 1)


def required_by(resource: JsonObject) -> tuple[str, ...]:
    """Normal forms of what a report cannot be read without: results, members, body structures, entries of sections."""
    match resource.get("resourceType"):
        case "DiagnosticReport":
            found = references_in(resource, "result")
        case "Observation":
            found = references_in(resource, "hasMember") + references_in(resource, "bodyStructure")
            found += tuple(_body_structures(resource))
        case "Composition":
            found = tuple(
                f for f in section_entries(resource) if f.startswith(("Observation", "DiagnosticReport", "urn:"))
            )
        case _:
            found = ()
    return tuple(dict.fromkeys(form for form in found if not form.startswith("#")))


def cited_by(resource: JsonObject) -> tuple[str, ...]:
    """Normal forms of all that is worth looking up: what the resource requires, then patient, specimen, document."""
    found = required_by(resource)
    for name in ("subject", "patient", "specimen", "composition", "focus"):
        found += references_in(resource, name)
    if resource.get("resourceType") == "Composition":
        found += section_entries(resource)
    found += tuple(_binaries(resource))
    return tuple(dict.fromkeys(form for form in found if not form.startswith("#")))


def _binaries(resource: JsonObject) -> Iterator[str]:
    forms = resource.get("presentedForm")
    for form in forms if isinstance(forms, list) else ():
        url = form.get("url") if isinstance(form, dict) else None
        if isinstance(url, str) and normal_form(url).startswith(("Binary/", "urn:")):
            yield normal_form(url)


def _body_structures(observation: JsonObject) -> Iterator[str]:
    site = observation.get("bodySite")
    for parent in (observation, site if isinstance(site, dict) else {}):
        extensions = parent.get("extension")
        for extension in extensions if isinstance(extensions, list) else ():
            form = reference_form(extension.get("valueReference")) if isinstance(extension, dict) else None
            if form and form.startswith(("BodyStructure/", "urn:")):
                yield form
