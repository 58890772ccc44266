"""A letter as plain text, for FHIR payloads and for those who read without pictures."""

from collections.abc import Iterator

from worker.core.letter.page import Page, Section, Step, common_who


def as_text(page: Page) -> str:
    """Paragraphs between empty lines, headings on lines of their own, list items after a dash."""
    return "\n".join(_lines(page)).strip() + "\n"


def _lines(page: Page) -> Iterator[str]:
    if page.notice:
        yield f"*** {page.notice.title} ***"
        yield from page.notice.lines
        yield ""
    yield from page.facility
    yield ""
    yield from (f"{label}{page.space}{value}" for label, value in page.facts)
    yield ""
    yield from (sentence for _, sentence in page.foreign)
    yield page.greeting
    yield ""
    if page.message:
        yield page.message.block.heading
        yield ""
    for section in page.sections:
        yield from _section(section, page)
        if section.steps and page.place:
            yield from (page.place.words, "")
    if page.notice:
        yield f"*** {page.notice.title} ***"


def _section(section: Section, page: Page) -> Iterator[str]:
    if section.block.heading:
        yield section.block.heading
    yield from section.block.paragraphs
    if section.steps:
        yield from _steps(section.steps, page)
    else:
        yield from (f"- {item}" for item in section.block.items)
    yield ""


def _steps(steps: tuple[Step, ...], page: Page) -> Iterator[str]:
    common = common_who(steps)
    if common:
        yield f"{page.labels['who']}{page.space}{common}"
    for step in steps:
        yield f"- {step.name}"
        yield f"  {page.labels['when']}{page.space}{step.when}"
        if not common:
            yield f"  {page.labels['who']}{page.space}{step.who}"
        yield from (f"  {why}" for why in step.why)
