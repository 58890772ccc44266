"""A letter as plain text, for FHIR payloads and for those who read without pictures."""

from collections.abc import Iterator

from worker.core.letter.page import Page, Section, Step


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
    yield from (f"{label}: {value}" for label, value in page.facts)
    yield ""
    yield from (sentence for _, sentence in page.foreign)
    yield page.greeting
    yield ""
    if page.message:
        yield page.message.block.heading
        yield ""
    if page.next_step:
        yield f"{page.labels['next']}: {page.next_step.name}"
        yield f"{page.labels['when']}: {page.next_step.when}"
        yield f"{page.labels['who']}: {page.next_step.who}"
        yield ""
    for section in page.sections:
        yield from _section(section, page)
    if page.notice:
        yield f"*** {page.notice.title} ***"


def _section(section: Section, page: Page) -> Iterator[str]:
    if section.block.heading:
        yield section.block.heading
    yield from section.block.paragraphs
    if section.steps:
        for step in section.steps:
            yield from _step(step, page)
    else:
        yield from (f"- {item}" for item in section.block.items)
    yield ""


def _step(step: Step, page: Page) -> Iterator[str]:
    yield f"- {step.name}"
    yield from (f"  {why}" for why in step.why)
    yield f"  {page.labels['when']}: {step.when}"
    yield f"  {page.labels['who']}: {step.who}"
