"""Joins blocks, steps, numbers and drawings into one page, in the order of the letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

from worker.core.letter.compose import blocks_for, circumstances_of, filled, number_for
from worker.core.letter.elements import density_statement
from worker.core.letter.figures import number_figure, place_figure, times_figure
from worker.core.letter.language import Choice, Speaker
from worker.core.letter.page import Notice, Page, Section
from worker.core.letter.situation import HELD
from worker.core.letter.steps import planned, step_of
from worker.core.model import Activity, LetterBlock, Plan, Reading, Report
from worker.core.rules import Letters, Practice
from worker.core.rules.letter_rows import Kind

_LABELS = ("when", "who", "more")
_NUMBERS = ("facility.phone", "interpreter.phone", "support.crisis_line")
_PLACE = {kind: place for place, kind in enumerate(get_args(Kind))}


@dataclass(frozen=True, slots=True)
class Matter:
    """What one letter is about, and in which language it speaks."""

    category: str
    choice: Choice
    speaker: Speaker
    reading: Reading
    plan: Plan
    report: Report
    letters: Letters
    practice: Practice
    today: date = date.min


def page_of(matter: Matter, notice: Notice | None) -> Page:
    """The whole letter; while it is held it names no step, no number and no place."""
    speaker, letters, practice = matter.speaker, matter.letters, matter.practice
    groups = () if matter.category == HELD else planned(matter.plan, letters, "step")
    sections = sorted([*_written(matter), *_made(matter, groups)], key=lambda section: _PLACE[section.kind])
    row = letters.languages[matter.choice.language]
    return Page(
        row.id,
        row.font,
        speaker.say("title"),
        notice,
        tuple(fact for name in ("name", "address", "phone") if (fact := practice.get(f"facility.{name}"))),
        facts_of(matter),
        speaker.say("dear" if matter.report.patient.name else "dear-unknown"),
        sections[0],
        tuple(sections[1:]),
        place_figure(matter.reading, matter.plan, speaker) if groups else None,
        times_figure(groups, matter.report.exam_date, speaker, letters, matter.today),
        {label: speaker.say(f"label-{label}") for label in _LABELS},
        _foreign(matter),
        speaker.say("label-page") if matter.report.patient.name else "",
        tuple(number for name in _NUMBERS if (number := practice.get(name))),
        " " if row.spaces else "",
    )


def facts_of(matter: Matter) -> tuple[tuple[str, str], ...]:
    """Whose letter it is and about which exam; what is not known is left out."""
    speaker, report = matter.speaker, matter.report
    side = matter.plan.laterality
    facts = (
        ("name", report.patient.name),
        ("number", _number(report, matter.practice)),
        ("exam", speaker.day(report.exam_date) if report.exam_date else None),
        ("side", speaker.say(f"side-{side}") if side != "unknown" and matter.category != HELD else None),
    )
    return tuple((speaker.say(f"label-{name}"), value) for name, value in facts if value)


def _number(report: Report, practice: Practice) -> str | None:
    system = practice.get("patient.identifier_system")
    return next((value for known, value in report.patient.identifiers if system and known == system), None)


def _written(matter: Matter) -> Iterator[Section]:
    circumstances = circumstances_of(matter.reading, matter.plan, matter.practice)
    for row in blocks_for(matter.category, matter.plan, circumstances, matter.letters, matter.practice):
        yield Section(row.kind, filled(row, matter.category, matter.speaker))


def _made(matter: Matter, groups: tuple[tuple[Activity, ...], ...]) -> Iterator[Section]:
    """The sections that no row holds whole: number, steps, things to talk about, the statement fixed by law."""
    yield from _number_section(matter)
    if groups:
        yield _steps_section(matter, groups)
    yield from _talk_section(matter)
    statement = density_statement(matter.reading, matter.letters, matter.practice)
    if statement and matter.category != HELD:
        yield Section("density", statement, language="" if matter.choice.language == "en" else "en")


def _number_section(matter: Matter) -> Iterator[Section]:
    chosen = number_for(matter.category, matter.letters, matter.practice)
    if chosen is None:
        return
    low, high = chosen.low or 0, chosen.high or 0
    said = matter.speaker.say(chosen.row.message, low=low, high=high, restLow=100 - low, restHigh=100 - high)
    block = LetterBlock(chosen.row.id, "", (said,), (), ("SEED-33",), f"category {matter.category}")
    figure = number_figure(chosen, matter.speaker)
    yield Section("number", block, figures=(figure,) if figure else ())


def _steps_section(matter: Matter, groups: tuple[tuple[Activity, ...], ...]) -> Section:
    speaker, letters = matter.speaker, matter.letters
    steps = tuple(step_of(group, speaker, letters, matter.practice, matter.today) for group in groups)
    items = tuple("\n".join((step.name, *step.why, step.when, step.who)) for step in steps)
    why = "; ".join(f"action {activity.action}: {', '.join(activity.rules)}" for group in groups for activity in group)
    block = LetterBlock("next-steps", speaker.say("label-steps"), (), items, ("SEED-44", "SEED-47"), why)
    return Section("next", block, steps)


def _talk_section(matter: Matter) -> Iterator[Section]:
    speaker, letters = matter.speaker, matter.letters
    groups = () if matter.category == HELD else planned(matter.plan, letters, "talk")
    if groups:
        space = " " if letters.languages[matter.choice.language].spaces else ""
        asked = [f"step-{group[0].action}" for group in groups]
        items = tuple(space.join((speaker.say(step), *speaker.paragraphs(step))) for step in asked)
        why = "; ".join(f"action {group[0].action}" for group in groups)
        yield Section("talk", LetterBlock("talk", speaker.say("label-talk"), (), items, ("SEED-42",), why))


def _foreign(matter: Matter) -> tuple[tuple[str, str], ...]:
    wanted = matter.choice.wanted
    if wanted is None:
        return ()
    own = matter.letters.taglines.get(wanted.split("-")[0].lower())
    said = (matter.choice.language, matter.speaker.say("interpreter-needed"))
    return (said, (wanted, own)) if own else (said,)
