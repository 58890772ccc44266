"""Plan -> the patient's letter, in the patient's language."""

from worker.core.letter.compose import blocks_for, circumstances_of, filled, number_for, side_of
from worker.core.letter.html import as_html
from worker.core.letter.language import Choice, Speaker, choose_language, locale_for
from worker.core.letter.page import Notice, Page, Section, Step
from worker.core.letter.situation import HELD, letter_category
from worker.core.letter.steps import main_step, planned, step_of
from worker.core.letter.text import as_text
from worker.core.model import Issue, Letter, LetterBlock, Plan, Reading, Report
from worker.core.rules import Letters, Practice, Rules

_LABELS = ("next", "when", "who", "phone", "visit", "more")


def explain(
    reading: Reading, plan: Plan, issues: tuple[Issue, ...], report: Report, rules: Rules, language: str | None = None
) -> Letter | None:
    """
    The patient's letter for this plan; None when there is nobody to write to.

    Args:
        language: BCP 47; None takes the patient's own, then the site's, then English.

    Returns:
        A letter that says on its face that nobody has released it. While an issue holds the plan, or the reading fits
        no situation of the tables, it says no more than that the care team is checking.
    """
    if not (report.patient.reference or report.patient.identifiers or report.patient.name):
        return None
    letters, practice = rules.letters, rules.practice
    choice = choose_language((language, report.patient.language), letters, practice)
    speaker = _speaker(choice, reading, plan, report, letters, practice)
    category = letter_category(reading, plan, issues, letters)
    page = _page(category, choice, speaker, reading, plan, report, rules)
    status = _review_status(choice, letters)
    sections = (page.message, *page.sections) if page.message else page.sections
    return Letter(
        choice.language,
        page.title,
        tuple(section.block for section in sections),
        page.notice.title if page.notice else "",
        status,
        as_text(page),
        as_html(page),
        needs_interpreter=choice.wanted is not None,
    )


def _speaker(
    choice: Choice, reading: Reading, plan: Plan, report: Report, letters: Letters, practice: Practice
) -> Speaker:
    row = letters.languages[choice.language]
    locale = locale_for(row.locale, practice.get("country"))
    phone = practice.get("facility.phone")
    return Speaker(
        letters.phrases[choice.language],
        locale,
        {
            "name": report.patient.name or "",
            "side": side_of(reading, plan),
            "reach": "phone" if phone else "team",
            "phone": phone or "",
            "facility": practice.get("facility.name") or "",
            "clinician": practice.get("responsible.clinician") or "",
            "contact": practice.get("support.contact") or "",
            "crisis": practice.get("support.crisis_line") or "",
            "interpreter": practice.get("interpreter.phone") or "",
        },
    )


def _page(
    category: str, choice: Choice, speaker: Speaker, reading: Reading, plan: Plan, report: Report, rules: Rules
) -> Page:
    letters, practice = rules.letters, rules.practice
    rows = tuple(blocks_for(category, plan, circumstances_of(reading, plan, practice), letters, practice))
    sections = [Section(row.kind, filled(row, category, speaker)) for row in rows]
    groups = () if category == HELD else planned(plan, letters, "step")
    main = main_step(groups)
    steps = tuple(step_of(group, speaker, letters, practice) for group in groups)
    return Page(
        choice.language,
        letters.languages[choice.language].font,
        speaker.say("title"),
        Notice(
            "held" if category == HELD else "draft", speaker.say("notice-held" if category == HELD else "notice-draft")
        ),
        tuple(fact for name in ("name", "address", "phone") if (fact := practice.get(f"facility.{name}"))),
        _facts(speaker, reading, plan, report),
        speaker.say("dear" if report.patient.name else "dear-unknown"),
        sections[0],
        step_of(main, speaker, letters, practice) if main else None,
        _in_order(sections[1:], _made(category, steps, speaker, letters, practice)),
        {label: speaker.say(f"label-{label}") for label in _LABELS},
        _foreign(choice, speaker, letters),
    )


def _made(
    category: str, steps: tuple[Step, ...], speaker: Speaker, letters: Letters, practice: Practice
) -> tuple[Section, ...]:
    """The sections that no row holds: the number and the steps."""
    made = []
    number = number_for(category, letters, practice)
    if number:
        row, low, high = number
        said = speaker.say(
            row.message, low=low or 0, high=high or 0, restLow=100 - (low or 0), restHigh=100 - (high or 0)
        )
        made.append(Section("number", LetterBlock(row.id, "", (said,), (), ("SEED-33",), f"category {category}")))
    if steps:
        lines = tuple(f"{step.name}. {step.when}. {step.who}" for step in steps)
        why = ", ".join(step.action for step in steps)
        made.append(
            Section("next", LetterBlock("next-steps", speaker.say("label-steps"), (), lines, ("SEED-44",), why), steps)
        )
    return tuple(made)


_ORDER = (
    "saw", "means", "number", "next", "talk", "visit", "facts", "density", "limits", "report", "support", "questions",
    "clinician", "language",
)  # fmt: skip


def _in_order(sections: list[Section], made: tuple[Section, ...]) -> tuple[Section, ...]:
    return tuple(sorted([*made, *sections], key=lambda section: _ORDER.index(section.kind)))


def _facts(speaker: Speaker, reading: Reading, plan: Plan, report: Report) -> tuple[tuple[str, str], ...]:
    side = side_of(reading, plan)
    facts = [("name", report.patient.name)]
    facts.append(("exam", speaker.day(report.exam_date) if report.exam_date else None))
    facts.append(("side", speaker.say(f"side-{side}") if side != "unknown" else None))
    return tuple((speaker.say(f"label-{name}"), value) for name, value in facts if value)


def _foreign(choice: Choice, speaker: Speaker, letters: Letters) -> tuple[tuple[str, str], ...]:
    if choice.wanted is None:
        return ()
    own = letters.taglines.get(choice.wanted.split("-")[0].lower())
    lines = [(choice.language, speaker.say("interpreter-needed"))]
    return tuple(lines + ([(choice.wanted, own)] if own else []))


def _review_status(choice: Choice, letters: Letters) -> str:
    row = letters.languages[choice.language]
    english = letters.phrases["en"]
    if row.reviewer and row.reviewed:
        return english.say("review-done", {"first": row.reviewer, "date": row.reviewed})
    return english.say("review-needed", {})
