"""
Where in the breast: body sites with their extensions, body structures (R4 and R5) and specimens.

The codes of a site and of all its qualifiers are collected side by side; which of them is a side, a quadrant or a clock
position is for the tables to say.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from worker.core.model import CodeableConcept, Measure, Site
from worker.core.report.bundle import Located, reference_form
from worker.core.report.elements import concept_from, concept_in, concepts_in, measure_from, objects
from worker.core.report.gathered import Gathered

__all__ = ["extension_concepts", "section_site", "sites_of"]

_MAX_EXTENSION_DEPTH = 5


def sites_of(located: Located, gathered: Gathered) -> tuple[Site, ...]:
    """Every body site that an Observation, Procedure, Condition or ServiceRequest names, its specimen's included."""
    resource, found = located.resource, []
    for number, value in objects(resource, "bodySite"):
        found.append(_site(value, f"{located.place}.bodySite{_number(resource, 'bodySite', number)}"))
    extended = tuple(_structures(located, gathered))
    found += [_structure_site(one) for one in extended]
    for _, reference in objects(resource, "specimen"):
        found += _specimen_sites(gathered.find(reference_form(reference), located))
    return tuple(site for site in found if site.concepts)


def section_site(section: Mapping[str, Any], where: str) -> Site | None:
    """The side that the title and the code of a Composition section tell."""
    title = section.get("title")
    code = concept_in(section, "code", where)
    codings = code.codings if code else ()
    text = title if isinstance(title, str) and title.strip() else None
    if not codings and not text:
        return None
    return Site((CodeableConcept(codings, text, where),), where=where, is_inherited=True)


def extension_concepts(parent: Mapping[str, Any], where: str, depth: int = 0) -> Iterator[CodeableConcept]:
    """Every coded value of the extensions of an element, nested ones included (laterality, quadrant, clock, depth)."""
    for number, extension in objects(parent, "extension"):
        path = f"{where}.extension[{number}]"
        for name in ("valueCodeableConcept", "valueCoding"):
            concept = concept_in(extension, name, path)
            if concept:
                yield concept
        if depth < _MAX_EXTENSION_DEPTH:
            yield from extension_concepts(extension, path, depth + 1)


def _number(resource: Mapping[str, Any], name: str, number: int) -> str:
    return f"[{number}]" if isinstance(resource.get(name), list) else ""


def _site(value: Mapping[str, Any], where: str) -> Site:
    own = concept_from(value, where)
    concepts = ((own,) if own else ()) + tuple(extension_concepts(value, where))
    return Site(concepts, _distance(value, where), where)


def _distance(parent: Mapping[str, Any], where: str, depth: int = 0) -> Measure | None:
    for _, extension in objects(parent, "extension"):
        found = measure_from(extension.get("valueQuantity"), where)
        if found is None and depth < _MAX_EXTENSION_DEPTH:
            found = _distance(extension, where, depth + 1)
        if found:
            return found
    return None


def _structures(located: Located, gathered: Gathered) -> Iterator[Located]:
    """BodyStructures by R5 element, or by reference from an extension of the resource or of its body site."""
    resource = located.resource
    references = [reference for _, reference in objects(resource, "bodyStructure")]
    for parent in (resource, *(site for _, site in objects(resource, "bodySite"))):
        references += [e["valueReference"] for _, e in objects(parent, "extension") if "valueReference" in e]
    for reference in references:
        form = reference_form(reference)
        found = gathered.find(form, located)
        if found is not None and found.resource_type == "BodyStructure":
            yield found
        elif form and form.startswith("BodyStructure/"):
            gathered.missing[form] = None


def _structure_site(located: Located) -> Site:
    resource, where = located.resource, located.place
    concepts = [c for c in (concept_in(resource, "morphology", where), concept_in(resource, "location", where)) if c]
    concepts += concepts_in(resource, "locationQualifier", where)
    distance = None
    for number, included in objects(resource, "includedStructure"):
        path = f"{where}.includedStructure[{number}]"
        concepts += [
            c for c in (concept_in(included, "structure", path), concept_in(included, "laterality", path)) if c
        ]
        concepts += concepts_in(included, "qualifier", path)
        for position, landmark in objects(included, "bodyLandmarkOrientation"):
            spot = f"{path}.bodyLandmarkOrientation[{position}]"
            for name in ("landmarkDescription", "clockFacePosition", "surfaceOrientation"):
                concepts += concepts_in(landmark, name, spot)
            distance = distance or _landmark_distance(landmark, spot)
    return Site(tuple(concepts), distance, where)


def _landmark_distance(landmark: Mapping[str, Any], where: str) -> Measure | None:
    for number, distance in objects(landmark, "distanceFromLandmark"):
        for _, value in objects(distance, "value"):
            found = measure_from(value, f"{where}.distanceFromLandmark[{number}].value")
            if found:
                return found
    return None


def _specimen_sites(specimen: Located | None) -> list[Site]:
    if specimen is None or specimen.resource_type != "Specimen":
        return []
    collection = specimen.resource.get("collection")
    where = f"{specimen.place}.collection.bodySite"
    if not isinstance(collection, dict) or not isinstance(collection.get("bodySite"), dict):
        return []
    return [_site(collection["bodySite"], where)]
