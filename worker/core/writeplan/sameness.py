"""
When two forms of one resource say the same, and whether a resource is still as we wrote it.

A resource that we write carries the digest of its own content as a tag. If content and tag agree, nobody has changed it
since, whichever of our writes it was and whether or not we ever saw the answer.
"""

import hashlib
import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from worker.core.model import JsonObject
from worker.core.writeplan.values import Resource

DIGEST_TAG = "urn:calcifhir:digest"
OWN_TAGS = "urn:calcifhir:"
# Tags that tell how a resource was made, not what it says.
_TAGS_OF_MAKING = frozenset({DIGEST_TAG, "urn:calcifhir:product", "urn:calcifhir:tables"})
# Moments of making; the same outcome made again differs in these alone.
_MOMENTS = frozenset(
    {
        "authoredOn",
        "created",
        "creation",
        "date",
        "identifiedDateTime",
        "lastModified",
        "occurredDateTime",
        "recorded",
        "time",
    }
)
_LISTS = (list, tuple)
_NESTED = (dict, list, tuple)
_TAGS = re.compile(r"<[^>]*>")
_LITERAL = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+/[A-Za-z0-9\-.]{1,64})(?:/_history/[A-Za-z0-9\-.]{1,64})?")


def digest_of(resource: JsonObject, aliases: Mapping[str, str] | None = None) -> str:
    """
    SHA-256 (first 32 hex digits) of what a resource says.

    Left out: its id, versions and times of making, server-side meta, the mark-up of its narrative (a server may write
    the same XHTML otherwise), and the server's address in front of references.

    Args:
        aliases: Our key for a key at the EHR, where the EHR assigns ids.
    """
    said = {name: value for name, value in resource.items() if name not in {"id", "meta", "text"}}
    meta, text = resource.get("meta") or {}, resource.get("text") or {}
    said["meta"] = [_labels(meta.get("security"), ""), _labels(meta.get("tag"), OWN_TAGS)]
    said["text"] = [text.get("status"), html.unescape(_TAGS.sub(" ", str(text.get("div", "")))).split()]
    canonical = json.dumps(_plain(said, aliases or {}), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def stamped(resource: JsonObject, digest: str) -> Resource:
    """The resource with its digest as a tag."""
    meta = dict(resource.get("meta") or {})
    others = [tag for tag in meta.get("tag", ()) if tag.get("system") != DIGEST_TAG]
    meta["tag"] = [*others, {"system": DIGEST_TAG, "code": digest}]
    return {**resource, "meta": meta}


def carried_digest(resource: JsonObject) -> str | None:
    """The digest that a resource carries as a tag; None if it carries none, or several."""
    tags = (resource.get("meta") or {}).get("tag") or ()
    carried = [tag.get("code") for tag in tags if isinstance(tag, dict) and tag.get("system") == DIGEST_TAG]
    return carried[0] if len(carried) == 1 else None


def is_as_we_wrote_it(resource: JsonObject, aliases: Mapping[str, str] | None = None) -> bool:
    """Whether the content still fits the digest that the resource carries; False if it carries none."""
    return carried_digest(resource) == digest_of(resource, aliases)


def relinked(node: Any, target_of: Callable[[str], str]) -> Any:
    """A copy in which every literal reference is what ``target_of`` makes of it."""
    if isinstance(node, dict):
        return {
            name: relinked(value, target_of)
            if isinstance(value, _NESTED)
            else target_of(value)
            if name == "reference" and isinstance(value, str)
            else value
            for name, value in node.items()
        }
    if isinstance(node, _LISTS):
        return [relinked(value, target_of) if isinstance(value, _NESTED) else value for value in node]
    return node


def _labels(codings: Any, prefix: str) -> list[tuple[str, str]]:
    found = (
        (str(each.get("system", "")), str(each.get("code", ""))) for each in codings or () if isinstance(each, dict)
    )
    return sorted(pair for pair in found if pair[0].startswith(prefix) and pair[0] not in _TAGS_OF_MAKING)


def _plain(node: Any, aliases: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        if "reference" in node and (ours := _own_target(node)) is not None:
            return {"reference": ours}
        return {
            name: _plain(value, aliases)
            if isinstance(value, _NESTED)
            else _target(value, aliases)
            if name == "reference"
            else value
            for name, value in node.items()
            if name not in _MOMENTS
        }
    if isinstance(node, _LISTS):
        return [_plain(value, aliases) if isinstance(value, _NESTED) else value for value in node]
    return node


def own_references(node: Any) -> Iterator[tuple[str, str]]:
    """Literal references that carry an identifier of ours: our key, and the key that they lead to."""
    if isinstance(node, dict):
        if "reference" in node and (ours := _own_target(node)) is not None:
            yield ours, str(node["reference"])
        for value in node.values():
            yield from own_references(value)
    elif isinstance(node, list):
        for value in node:
            yield from own_references(value)


def _own_target(reference: JsonObject) -> str | None:
    """Our key for a literal reference that carries an identifier of ours as well, whatever id the EHR gave."""
    identifier = reference.get("identifier")
    literal = _LITERAL.fullmatch(str(reference["reference"]))
    if not isinstance(identifier, dict) or not str(identifier.get("system", "")).startswith(OWN_TAGS) or not literal:
        return None
    return f"{literal[1].partition('/')[0]}/{identifier.get('value')}"


def _target(value: Any, aliases: Mapping[str, str]) -> Any:
    literal = _LITERAL.fullmatch(value) if isinstance(value, str) else None
    return aliases.get(literal[1], literal[1]) if literal else value
