"""
Bytes -> JSON object, strictly, before anything else looks at them.

What a lenient parser lets through (the last of two equal keys, NaN, a NUL in a string, ten thousand open brackets) is
how two systems come to read one message differently. Errors say where, never what.
"""

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from worker.errors import NotFhir, NotJson

__all__ = ["MAX_DEPTH", "MAX_NODES", "canonical_digest", "parse_json"]

# A FHIR resource in a Bundle nests about 15 levels; deep extensions 30.
MAX_DEPTH = 64
# Some 20 values per kilobyte of FHIR: a 10 MB Bundle stays below it.
MAX_NODES = 400_000

_BOM = b"\xef\xbb\xbf"
# Escapes that may stand for a control character or half of a surrogate pair; only then are the strings looked at.
_SUSPECT_ESCAPE = re.compile(rb"\\u(?:00[01]|[dD][89a-fA-F])")
# FHIR strings may hold tab, line feed and carriage return.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]', re.DOTALL)


class _RepeatedKeyError(ValueError):
    """Two equal keys in one object; the hook knows no offset, so the text is searched again."""


def parse_json(content: bytes) -> dict[str, Any]:
    """
    Read one JSON object.

    Raises:
        NotJson: Not UTF-8 JSON, or unsafe to read; says the character offset and never quotes the content.
        NotFhir: JSON, but not an object (an array, a bare value).
    """
    text = _decoded(content)
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise NotJson(_what_instead(text) or f"not JSON from character {error.pos} on") from None
    except _RepeatedKeyError:
        raise _repeated_key(text) from None
    except RecursionError:
        raise NotJson(f"nested deeper than {MAX_DEPTH} levels") from None
    except ValueError:
        raise NotJson("a number is not finite or too long") from None
    _check_tree(document, look_at_strings=_SUSPECT_ESCAPE.search(content) is not None)
    if not isinstance(document, dict):
        kind = "array" if isinstance(document, list) else "value"
        raise NotFhir(f"a JSON {kind}, not a FHIR resource; post each resource by itself or in one Bundle")
    return document


def canonical_digest(document: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the document with keys sorted and no white space: equal for repeats of one message."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _decoded(content: bytes) -> str:
    if content.startswith(_BOM):
        raise NotJson("starts with a byte order mark; send plain UTF-8")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotJson(f"not UTF-8 from byte {error.start} on") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RepeatedKeyError
    return members


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _what_instead(text: str) -> str | None:
    start = text.lstrip()[:4]
    if not start:
        return "empty; send one FHIR resource as JSON"
    if start.startswith("MSH"):
        return "an HL7 v2 message; send FHIR (DiagnosticReport, Observation or a Bundle of them)"
    if start.startswith("<"):
        return "XML; send FHIR as JSON"
    return None


def _repeated_key(text: str) -> NotJson:
    """Search the text again, token by token, for the second of two equal keys of one object."""
    open_objects: list[set[str] | None] = []
    name = ""
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "{":
                open_objects.append(set())
            case "[":
                open_objects.append(None)
            case "}" | "]":
                open_objects.pop()
            case ":":
                keys = open_objects[-1]
                if keys is not None and name in keys:
                    return NotJson(f"a key stands twice in one object, again before character {token.start()}")
                if keys is not None:
                    keys.add(name)
            case ",":
                pass
            case string:
                name = json.loads(string, strict=False)
    return NotJson("a key stands twice in one object")


def _check_tree(document: object, look_at_strings: bool) -> None:
    level: list[Any] = [document]
    nodes = 0
    for depth in range(MAX_DEPTH + 2):
        if not level:
            return
        if depth > MAX_DEPTH:
            break
        nodes += len(level)
        if nodes > MAX_NODES:
            raise NotJson(f"more than {MAX_NODES} values; send smaller Bundles", http_status=413)
        if look_at_strings:
            _check_strings(level)
        level = list(_children(level))
    raise NotJson(f"nested deeper than {MAX_DEPTH} levels")


def _children(level: list[Any]) -> Iterator[Any]:
    for value in level:
        if type(value) is dict:
            yield from value.values()
        elif type(value) is list:
            yield from value
        elif type(value) is float and not math.isfinite(value):
            raise NotJson("a number is not finite or too long")


def _check_strings(level: list[Any]) -> None:
    for value in level:
        strings = value if type(value) is dict else (value,)
        if any(isinstance(text, str) and _FORBIDDEN.search(text) for text in strings):
            raise NotJson("a string holds a control character or half of a surrogate pair")
