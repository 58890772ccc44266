"""FHIR XML -> the same document as FHIR JSON would give; for the command line, never for the door."""

import json
from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from lxml import etree

from worker.errors import NotFhir

__all__ = ["document_from_xml"]

_FHIR = "{http://hl7.org/fhir}"


def document_from_xml(content: bytes) -> dict[str, Any]:
    """
    Read one FHIR resource in XML.

    Raises:
        NotFhir: Not well-formed, has a DOCTYPE, is no FHIR resource, or does not fit the R4B models.
    """
    if b"<!DOCTYPE" in content[:4096]:
        raise NotFhir("XML with a DOCTYPE is refused; send it without", code="security")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise NotFhir("the XML is not well-formed", where=f"line {line}, column {column}", code="structure") from error
    if not isinstance(root.tag, str) or not root.tag.startswith(_FHIR):
        raise NotFhir("the root element is not in the namespace http://hl7.org/fhir", code="structure")
    try:
        model = get_fhir_model_class(root.tag.removeprefix(_FHIR))
        read = model.model_validate_xml(content)
    except (KeyError, LookupError, ValueError, AssertionError, NotImplementedError) as error:
        raise NotFhir("the XML could not be read as a FHIR R4 resource; send JSON", code="structure") from error
    document: dict[str, Any] = json.loads(read.model_dump_json())
    return document
