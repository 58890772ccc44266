"""A letter as one HTML file: inline styles, no script, nothing remote; right on paper, in e-mail and in a portal."""

from collections.abc import Iterable
from html import escape

from worker.core.letter import look
from worker.core.letter.page import Figure, Notice, Page, Section, Step, common_who

_OPENING = frozenset({"saw", "means", "number"})
_NEXT = frozenset({"next", "talk"})
_VISIT = frozenset({"visit"})


def as_html(page: Page) -> str:
    """
    The whole document.

    The notice stands in a table's head and again in its foot, so that every printed page carries it twice.
    """
    fonts = f"{page.fonts},{look.BASE_FONTS}" if page.fonts else look.BASE_FONTS
    document = (
        f'<!DOCTYPE html>\n<html lang="{escape(page.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(page.title)}</title></head><body style="{look.BODY}">'
        f'<main style="{look.SHEET}{_edge(page.notice)};font-family:{escape(fonts)}">'
        f'<table role="presentation" style="{look.FRAME}">{_head(page.notice)}{_foot(page)}'
        f'<tbody><tr><td style="{look.CELL}">{_remarks(page)}{_letter(page)}</td></tr></tbody></table>'
        "</main></body></html>\n"
    )
    return _unbroken(document, page.unbroken)


def _unbroken(document: str, words: Iterable[str]) -> str:
    """Telephone numbers stay on one line."""
    for word in words:
        document = document.replace(escape(word), escape(word.replace(" ", "\u00a0")))
    return document


def _edge(notice: Notice | None) -> str:
    """A frame around the whole letter, so that no part of it looks like one that was sent."""
    return f";{look.EDGES[notice.kind]}" if notice else ""


def _head(notice: Notice | None) -> str:
    if notice is None:
        return ""
    said = f'<div style="{look.NOTICES[notice.kind]}">{_p(notice.title, look.NOTICE_TITLE)}</div>'
    return f'<thead><tr><td style="{look.CELL}">{said}</td></tr></thead>'


def _foot(page: Page) -> str:
    said = " · ".join(text for text in (page.footer, page.notice.title if page.notice else "") if text)
    return f'<tfoot><tr><td style="{look.CELL}">{_p(said, look.FOOT)}</td></tr></tfoot>' if said else ""


def _remarks(page: Page) -> str:
    notice = page.notice if page.message else None
    return _p(" · ".join(notice.lines), look.NOTICE_LINE) if notice and notice.lines else ""


def _letter(page: Page) -> str:
    first = _OPENING | _NEXT | _VISIT
    return "".join(
        (
            _letterhead(page),
            *(_p(sentence, look.FOREIGN, language) for language, sentence in page.foreign),
            _p(page.greeting, look.GREETING) if page.greeting else "",
            _message(page),
            _first(page, _OPENING),
            _first(page, _NEXT),
            _first(page, _VISIT, look.VISIT),
            _drawings(page.place, page.times),
            _more([section for section in page.sections if section.kind not in first], page),
        )
    )


def _drawings(*figures: Figure | None) -> str:
    """Side by side; one under the other where the page is narrow."""
    drawn = "".join(_figure(figure) for figure in figures if figure)
    return f'<div style="{look.BESIDE}">{drawn}</div>' if drawn else ""


def _letterhead(page: Page) -> str:
    name, *contact = page.facility or ("",)
    head = _p(name, look.FACILITY) + _p(" · ".join(contact), look.CONTACT) if name else ""
    pairs = ((escape(label), escape(value)) for label, value in page.facts)
    facts = " ".join(
        f'<span style="{look.FACT}">{label}{page.space}<span style="{look.STRONG}">{value}</span></span>'
        for label, value in pairs
    )
    told = f'<p style="{look.FACT_ROW}">{facts}</p>' if facts else ""
    return f'<div style="{look.LETTERHEAD}">{head}</div>{told}'


def _message(page: Page) -> str:
    """The main message; where there is no letter, why there is none."""
    if page.message:
        return f'<h1 style="{look.H1}">{escape(page.message.block.heading)}</h1>{_paragraphs(page.message)}'
    return f'<h1 style="{look.H1}">{escape(" ".join(page.notice.lines))}</h1>' if page.notice else ""


def _labelled(key: str, text: str, page: Page) -> str:
    weight = f' style="{look.STRONG}"' if key == "when" else ""
    return (
        f'<p style="{look.LABELLED}"><span style="{look.LABEL}">{escape(page.labels[key])}</span>{page.space}'
        f"<span{weight}>{escape(text)}</span></p>"
    )


def _first(page: Page, kinds: frozenset[str], style: str = look.SECTION) -> str:
    chosen = [section for section in page.sections if section.kind in kinds]
    return "".join(
        _card(section, page) if section.steps else _section(section, look.CARD if section.kind == "next" else style)
        for section in chosen
    )


def _section(section: Section, style: str) -> str:
    said = _heading(section, 2) + _paragraphs(section) + "".join(_figure(figure) for figure in section.figures)
    return f'<section style="{style}">{said}</section>'


def _card(section: Section, page: Page) -> str:
    steps = "".join(_step(place, section.steps, page) for place in range(len(section.steps)))
    who = common_who(section.steps)
    said = _labelled("who", who, page) if who else ""
    return f'<section style="{look.CARD}">{_heading(section, 2)}{said}{steps}</section>'


def _step(place: int, steps: tuple[Step, ...], page: Page) -> str:
    step = steps[place]
    why = "".join(_p(text, look.P) for text in step.why)
    who = "" if common_who(steps) else _labelled("who", step.who, page)
    badge = f'<span style="{look.BADGE}">{place + 1}</span> ' if len(steps) > 1 else ""
    return (
        f'<div style="{look.STEP}"><h3 style="{look.H3}">{badge}{escape(step.name)}</h3>'
        f"{_labelled('when', step.when, page)}{who}{why}</div>"
    )


def _more(sections: list[Section], page: Page) -> str:
    if not sections:
        return ""
    blocks = "".join(
        f'<section style="{look.BLOCK}">{_heading(section, 3)}{_run_on(section, page.space)}</section>'
        for section in sections
    )
    heading = f'<h2 style="{look.H2}">{escape(page.labels["more"])}</h2>'
    return f'<div style="{look.MORE}">{heading}<div style="{look.COLUMNS}">{blocks}</div></div>'


def _heading(section: Section, level: int) -> str:
    if not section.block.heading:
        return ""
    style = look.H2 if level == 2 else look.H3
    return f'<h{level} style="{style}">{escape(section.block.heading)}</h{level}>'


def _paragraphs(section: Section) -> str:
    return "".join(_p(text, look.P, section.language) for text in section.block.paragraphs) + _items(section)


def _items(section: Section) -> str:
    items = "".join(f'<li style="{look.ITEM}">{escape(item)}</li>' for item in section.block.items)
    return f'<ul style="{look.LIST}">{items}</ul>' if items else ""


def _run_on(section: Section, space: str) -> str:
    said = space.join(section.block.paragraphs)
    return (_p(said, look.P, section.language) if said else "") + _items(section)


def _figure(figure: Figure) -> str:
    title = _p(figure.title, look.FIGURE_TITLE) if figure.title else ""
    caption = f'<figcaption style="{look.CAPTION}">{escape(figure.caption)}</figcaption>' if figure.caption else ""
    style = f"{look.FIGURE};flex:0 1 {figure.width}px;max-width:{figure.width}px"
    return f'<figure style="{style}">{title}{figure.svg}{caption}</figure>'


def _p(text: str, style: str, language: str = "") -> str:
    lang = f' lang="{escape(language)}" dir="auto"' if language else ""
    return f'<p style="{style}"{lang}>{escape(text)}</p>'
