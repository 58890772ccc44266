"""A letter as one HTML file: inline styles, no script, nothing remote; right on paper, in e-mail and in a portal."""

from html import escape

from worker.core.letter.page import Page, Section


def as_html(page: Page) -> str:
    """The whole document."""
    body = "".join(_section(section) for section in page.sections)
    head = escape(page.message.block.heading) if page.message else ""
    notice = f"<p><strong>{escape(page.notice.title)}</strong></p>" if page.notice else ""
    return (
        f'<!DOCTYPE html><html lang="{escape(page.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(page.title)}</title>"
        f"</head><body><main>{notice}<p>{escape(page.greeting)}</p><h1>{head}</h1>{body}</main></body></html>"
    )


def _section(section: Section) -> str:
    heading = f"<h2>{escape(section.block.heading)}</h2>" if section.block.heading else ""
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in section.block.paragraphs)
    items = "".join(f"<li>{escape(text)}</li>" for text in section.block.items)
    return heading + paragraphs + (f"<ul>{items}</ul>" if items else "")
