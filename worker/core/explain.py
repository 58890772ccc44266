"""Plan -> the patient's letter, in the patient's language."""

from datetime import date

from worker.core.letter.assemble import Matter, facts_of, page_of
from worker.core.letter.compose import side_of
from worker.core.letter.elements import deadline_of, missing_elements
from worker.core.letter.html import as_html
from worker.core.letter.language import Choice, Speaker, choose_language, locale_for
from worker.core.letter.page import Notice, Page
from worker.core.letter.situation import HELD, letter_category
from worker.core.letter.text import as_text
from worker.core.model import Issue, Letter, PatientFacts, Plan, Reading, Report
from worker.core.rules import Letters, Practice, Rules

REFUSED = "refused"

# What a sentence may say of the site, and the practice fact that it is.
_FACTS = {
    "phone": "facility.phone",
    "clinician": "responsible.clinician",
    "contact": "support.contact",
    "nurse": "support.nurse",
    "crisis": "support.crisis_line",
    "interpreter": "interpreter.phone",
}


def explain(
    reading: Reading,
    plan: Plan,
    issues: tuple[Issue, ...],
    report: Report,
    rules: Rules,
    language: str | None = None,
    today: date = date.min,
) -> Letter | None:
    """
    The patient's letter for this plan, as a draft; None when there is nobody to write to.

    Args:
        language: BCP 47; None takes the patient's own, then the site's, then English.
        today: Days before it are not named as dates to come; without it every date is.

    Returns:
        A letter that says on its face that nobody has released it. While an issue holds the plan, or the reading fits
        no situation of the tables, it says no more than that the care team is checking. Where the site's profile asks
        for something that is not there, a letter of ``review_status`` "refused" whose ``reason`` names it.
    """
    matter = _matter(reading, plan, issues, report, rules, language, today)
    if matter is None:
        return None
    missing = missing_elements(matter.category, reading, report, rules.letters, rules.practice)
    if missing and matter.category != HELD:
        return _refused(matter, missing)
    return _letter(matter, page_of(matter, _notice(matter, missing)))


def explain_released(
    reading: Reading,
    plan: Plan,
    issues: tuple[Issue, ...],
    report: Report,
    rules: Rules,
    language: str | None = None,
    today: date = date.min,
) -> Letter | None:
    """
    The same letter without the draft's notice, for the clinician who releases it.

    Returns:
        A refused letter while the plan is held, an element is missing, or the contact details are still the examples
        that came with the package.
    """
    matter = _matter(reading, plan, issues, report, rules, language, today)
    if matter is None:
        return None
    missing = missing_elements(matter.category, reading, report, rules.letters, rules.practice)
    missing += ("released-plan",) if matter.category == HELD else ()
    missing += tuple(sorted(rules.practice.examples))
    return _refused(matter, missing) if missing else _letter(matter, page_of(matter, None))


def _matter(
    reading: Reading,
    plan: Plan,
    issues: tuple[Issue, ...],
    report: Report,
    rules: Rules,
    language: str | None,
    today: date,
) -> Matter | None:
    person = report.patient
    if not (person.reference or person.identifiers or person.name):
        return None
    letters, practice = rules.letters, rules.practice
    choice = choose_language((language, person.language), letters, practice)
    category = letter_category(reading, plan, issues, letters)
    speaker = _speaker(choice, side_of(reading, plan), person, letters, practice)
    return Matter(category, choice, speaker, reading, plan, report, letters, practice, today)


def _speaker(choice: Choice, side: str, person: PatientFacts, letters: Letters, practice: Practice) -> Speaker:
    row = letters.languages[choice.language]
    phone = practice.get("facility.phone")
    named = {argument: practice.get(fact) or "" for argument, fact in _FACTS.items()}
    arguments = {
        **named,
        "name": person.name or "",
        "gender": person.gender or "unknown",
        "side": side,
        "reach": "phone" if phone else "team",
    }
    locale = locale_for(row.locale, practice.get("country"))
    return Speaker(letters.phrases[choice.language], locale, arguments, row.first_day)


def _notice(matter: Matter, missing: tuple[str, ...]) -> Notice:
    speaker = matter.speaker
    status = review_status(matter.choice.language, matter.letters, speaker)
    lines = [speaker.say("notice-for", first=status)]
    deadline = deadline_of(matter.category, matter.plan, matter.report, matter.letters, matter.practice)
    if deadline:
        lines.append(speaker.say("notice-deadline", date=speaker.day(deadline)))
    if missing:
        lines.append(speaker.say("notice-missing", first=", ".join(missing)))
    if matter.practice.examples:
        lines.append(speaker.say("notice-example"))
    kind = "held" if matter.category == HELD else "draft"
    return Notice(kind, speaker.say(f"notice-{kind}"), tuple(lines))


def review_status(language: str, letters: Letters, speaker: Speaker) -> str:
    """What the file of this language says about who has read it; never more than that."""
    row = letters.languages[language]
    if row.reviewer and row.reviewed:
        return speaker.say("review-done", first=row.reviewer, date=row.reviewed)
    return speaker.say("review-needed")


def _letter(matter: Matter, page: Page) -> Letter:
    english = Speaker(matter.letters.phrases["en"], "en", {})
    return Letter(
        page.language,
        page.title,
        page.blocks,
        page.notice.title if page.notice else "",
        review_status(page.language, matter.letters, english),
        as_text(page),
        as_html(page),
        needs_interpreter=matter.choice.wanted is not None,
    )


def _refused(matter: Matter, missing: tuple[str, ...]) -> Letter:
    speaker, language = matter.speaker, matter.choice.language
    reason = speaker.say("notice-missing", first=", ".join(missing))
    notice = Notice(REFUSED, speaker.say("notice-refused"), (reason,))
    fonts = matter.letters.languages[language].font
    page = Page(language, fonts, speaker.say("title"), notice, facts=facts_of(matter))
    return Letter(
        language,
        page.title,
        (),
        notice.title,
        REFUSED,
        as_text(page),
        as_html(page),
        needs_interpreter=matter.choice.wanted is not None,
        reason=reason,
    )
