"""The few XHTML shapes of a narrative: only elements and attributes that FHIR allows, every word escaped."""

import re
from collections.abc import Iterable
from html import escape

from worker.core.resources.parts import clean

__all__ = [
    "box",
    "brief",
    "chip",
    "chipped",
    "code",
    "day",
    "div",
    "explained",
    "heading",
    "lines",
    "muted",
    "paragraph",
    "questions_answered",
    "restatused",
    "said",
    "status_line",
    "strong",
    "table",
]

# Colours of a page that may be printed; contrast at least 4.5:1 on white and on the tints.
INK, MUTED, RULE = "#1b2733", "#55626f", "#d5dce3"
TONES = {
    "hold": ("#8a1c1c", "#fdf0ef"),
    "draft": ("#7a4d00", "#fff6e0"),
    "done": ("#1d5c33", "#ecf6ef"),
}
# Marks the line that says whether the plan is a draft, so that a release or withdrawal finds and replaces it.
STATUS_CLASS = "calcifhir-status"
# Marks the block of what must be settled first, so that the answers find and replace it.
QUESTIONS_CLASS = "calcifhir-questions"
_QUESTIONS = re.compile(rf'<div class="{QUESTIONS_CLASS}"(.*?)</div>', re.DOTALL)
_STATUS_LINE = re.compile(rf'<p class="{STATUS_CLASS}".*?</p>', re.DOTALL)
_MARKUP = re.compile("[&<>\"']")
_XHTML = "http://www.w3.org/1999/xhtml"
_CELL = (
    f"padding:5px 10px 5px 0;border-bottom:1px solid {RULE};vertical-align:top;text-align:left;overflow-wrap:anywhere"
)


def said(text: str) -> str:
    """Text as XHTML; characters that XML cannot hold are left out."""
    text = clean(text)
    return escape(text) if _MARKUP.search(text) else text


def div(*parts: str) -> str:
    """The whole narrative; ``text`` of FHIR wants exactly this element."""
    style = f"font-family:sans-serif;font-size:14px;line-height:1.45;color:{INK};max-width:60em"
    return f'<div xmlns="{_XHTML}" lang="en" xml:lang="en" style="{style}">{"".join(parts)}</div>'


def brief(*texts: str, language: str = "en") -> dict[str, str]:
    """``Narrative`` of a resource that needs one line only."""
    body = " · ".join(said(text) for text in texts if text)
    lang = said(language)
    return {"status": "generated", "div": f'<div xmlns="{_XHTML}" lang="{lang}" xml:lang="{lang}"><p>{body}</p></div>'}


def status_line(tone: str, *texts: str) -> str:
    """The line of chips on the face of a narrative."""
    return f'<p class="{STATUS_CLASS}" style="margin:0 0 6px 0">{" ".join(chip(tone, text) for text in texts)}</p>'


def restatused(made: str, tone: str, *texts: str) -> str:
    """The narrative with another status line; put first where it has none."""
    line = status_line(tone, *texts)
    if _STATUS_LINE.search(made):
        return _STATUS_LINE.sub(lambda _: line, made, count=1)
    start, bracket, rest = made.partition(">")
    return f"{start}{bracket}{line}{rest}"


def questions_answered(made: str, told: str) -> str:
    """The narrative in which the block of open questions says who has answered them; they stay readable."""
    edge, tint = TONES["done"]

    def settled(found: re.Match[str]) -> str:
        _, _, rest = found[0].partition(">")
        _, _, asked = rest.partition("</p>")
        style = f"border-left:4px solid {edge};background:{tint};padding:8px 12px;margin:0 0 10px 0"
        return f'<div style="{style}">{paragraph(strong(told))}{asked}'

    return _QUESTIONS.sub(settled, made, count=1)


def chipped(made: str, tone: str, text: str) -> str:
    """The narrative with one more chip in its status line."""
    return _STATUS_LINE.sub(lambda found: f"{found[0].removesuffix('</p>')} {chip(tone, text)}</p>", made, count=1)


def explained(made: str, tone: str, text: str) -> str:
    """The narrative with a block right under its status line."""
    return _STATUS_LINE.sub(lambda found: found[0] + box(tone, paragraph(said(text))), made, count=1)


def box(tone: str, *parts: str, name: str = "") -> str:
    """A tinted block with a coloured edge; ``name`` is its class."""
    edge, tint = TONES[tone]
    style = f"border-left:4px solid {edge};background:{tint};padding:8px 12px;margin:10px 0"
    named = f' class="{name}"' if name else ""
    return f'<div{named} style="{style}">{"".join(parts)}</div>'


def chip(tone: str, text: str) -> str:
    """One short status, readable without its colour."""
    edge, tint = TONES[tone]
    frame = f"background:{tint};border:1px solid {edge};border-radius:3px;padding:1px 7px"
    style = f"color:{edge};{frame};font-size:12px;white-space:nowrap"
    return f'<b style="{style}">{said(text)}</b>'


def heading(text: str) -> str:
    """A small section heading."""
    return f'<p style="margin:12px 0 2px 0;font-size:12px;color:{MUTED}"><b>{said(text.upper())}</b></p>'


def strong(text: str) -> str:
    """What the eye must find first."""
    return f"<b>{said(text)}</b>"


def muted(text: str, is_whole: bool = False) -> str:
    """What may be read later; ``is_whole`` keeps it on one line."""
    whole = ";white-space:nowrap" if is_whole else ""
    return f'<span style="color:{MUTED};font-size:12px{whole}">{said(text)}</span>'


def day(text: str) -> str:
    """A date that the eye must find, on one line."""
    return f'<b style="white-space:nowrap">{said(text)}</b>'


def code(text: str) -> str:
    """An id, in type that tells l from 1."""
    return f'<code style="color:{MUTED};font-size:11px;overflow-wrap:anywhere">{said(text)}</code>'


def paragraph(*parts: str) -> str:
    """Already made parts in one paragraph."""
    return f'<p style="margin:0 0 6px 0">{" ".join(part for part in parts if part)}</p>'


def lines(parts: Iterable[str]) -> str:
    """Already made parts, one under the other."""
    return "<br/>".join(part for part in parts if part)


def table(head: Iterable[tuple[str, int]], rows: Iterable[Iterable[str]]) -> str:
    """
    A table; cells are already made.

    Args:
        head: Name and width (per cent) of each column; empty for a table without head.
    """
    style = f"{_CELL};font-size:12px;color:{MUTED}"
    names = "".join(f'<th style="{style};width:{width}%">{said(name)}</th>' for name, width in head)
    body = "".join(f"<tr>{''.join(cell(part) for part in row)}</tr>" for row in rows)
    start = f"<thead><tr>{names}</tr></thead>" if names else ""
    return f'<table style="border-collapse:collapse;width:100%">{start}<tbody>{body}</tbody></table>'


def cell(part: str) -> str:
    """One cell."""
    return f'<td style="{_CELL}">{part}</td>'
