"""The draft's notice off the face of a letter that a clinician has released; nothing else of the letter changes."""

import re
from base64 import b64decode
from html import escape
from typing import Any

from worker.core.model import JsonObject
from worker.core.resources.parts import attachment

__all__ = ["without_notice"]

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")


def without_notice(payload: list[JsonObject], notice: str) -> list[dict[str, Any]] | None:
    """
    The payload of a Communication without the sentence that says that nobody has released it.

    Returns:
        None if the notice cannot be taken off cleanly: the letter then stays a draft.
    """
    cleaned = [_cleaned(part, notice) for part in payload]
    return [part for part in cleaned if part is not None] if all(cleaned) else None


def _cleaned(part: JsonObject, notice: str) -> dict[str, Any] | None:
    if "contentString" in part:
        text = plain_without(part["contentString"], notice)
        return {"contentString": text} if notice not in text else None
    found = part["contentAttachment"]
    content = b64decode(found["data"]).decode()
    is_html = found["contentType"].startswith("text/html")
    text = html_without(content, notice) if is_html else plain_without(content, notice)
    if notice in text or escape(notice) in text:
        return None
    made = attachment(found["contentType"], found["language"], text.encode())
    size = str(made["size"]) if isinstance(found.get("size"), str) else made["size"]
    return {"contentAttachment": {**found, **made, "size": size}}


def plain_without(text: str, notice: str) -> str:
    """Without the lines that hold the notice and nothing but marks around it."""
    kept = [line for line in text.splitlines() if line.strip(" *-=") != notice.strip(" *-=")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def html_without(page: str, notice: str) -> str:
    """Without every element that holds the notice and nothing else."""
    pattern = re.compile(rf"((?:<[a-zA-Z][^<>]*>\s*)*){re.escape(escape(notice))}((?:\s*</[a-zA-Z0-9]+>)*)")
    return pattern.sub(_emptied, page)


def _emptied(match: re.Match[str]) -> str:
    """Opening tags from the inside out, as long as each is closed right after."""
    before, after = re.findall(r"<[^<>]*>\s*", match[1]), re.findall(r"\s*<[^<>]*>", match[2])
    while before and after and _name(before[-1]) == _name(after[0]):
        before.pop()
        after.pop(0)
    return "".join(before) + "".join(after)


def _name(tag: str) -> str:
    found = _TAG.search(tag)
    return found[1].lower() if found else ""
