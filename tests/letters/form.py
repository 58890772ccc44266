"""What must hold of a letter's HTML wherever it is opened; each function gives the faults it finds."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import html

from worker.core.model import Letter
from worker.core.rules import Rules

_STYLE = re.compile(r"(?:^|;)\s*(color|background)\s*:\s*(#[0-9a-f]{6})")


def faults_of_form(document: str) -> Iterator[str]:
    """No script, no remote content, no style sheet, one main heading, headings in order, drawings with words."""
    tree = html.document_fromstring(document)
    if tree.xpath("//script|//link|//style|//iframe|//img|//object|//form|//@onclick|//@onload"):
        yield "something that is not inline and still"
    for address in tree.xpath("//@src|//@href"):
        yield f"points elsewhere: {address}"
    if "url(" in document or "@import" in document:
        yield "a style that fetches"
    levels = [int(node.tag[1]) for node in tree.xpath("//h1|//h2|//h3|//h4")]
    if levels and (levels[0] != 1 or levels.count(1) != 1):
        yield f"headings start with {levels[:1]} and hold {levels.count(1)} of level 1"
    if any(after - before > 1 for before, after in pairwise(levels)):
        yield f"headings skip a level: {levels}"
    if not tree.get("lang") or not tree.xpath("//title/text()") or len(tree.xpath("//main")) != 1:
        yield "no language, title or main part"
    for drawing in tree.xpath("//*[local-name()='svg']"):
        if drawing.get("role") != "img" or not drawing.get("aria-label"):
            yield "a drawing without words"
    if any(not node.text_content().strip() for node in tree.xpath("//p|//h1|//h2|//h3|//li|//figcaption")):
        yield "an empty line"


def faults_of_contrast(document: str) -> Iterator[str]:
    """Text against the ground that it stands on: at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    for node in html.document_fromstring(document).iter():
        if not isinstance(node.tag, str) or not (node.text or "").strip() or node.tag in ("title", "text"):
            continue
        ink, ground = _inherited(node, "color"), _inherited(node, "background")
        if ink and ground and contrast(ink, ground) < 4.5:
            yield f"{ink} on {ground}: {contrast(ink, ground):.1f}"


def faults_of_words(letter: Letter, category: str, rules: Rules, seen: set[tuple[str, str, str]]) -> Iterator[str]:
    """Forbidden words, and what was left unfilled; ``seen`` holds the lines that were looked at before."""
    for line in letter.text.splitlines():
        if (letter.language, category, line) in seen:
            continue
        seen.add((letter.language, category, line))
        if "{" in line or "None" in line or "???" in line:
            yield f"{letter.language} {category}: unfilled: {line}"
        for row, pattern in rules.letters.forbidden[letter.language]:
            if (not row.categories or category in row.categories) and pattern.search(line):
                yield f"{letter.language} {category}: {row.id}: {line}"


def _inherited(node: html.HtmlElement, name: str) -> str | None:
    while node is not None:
        found = [value for key, value in _STYLE.findall(node.get("style") or "") if key == name]
        if found:
            return str(found[-1])
        node = node.getparent()
    return None


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours as WCAG defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
