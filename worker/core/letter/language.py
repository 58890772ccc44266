"""Which language the letter is written in, and how that language writes dates and lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list

from worker.core.rules import Letters, Practice
from worker.core.rules.phrases import Arguments, Phrases


@dataclass(frozen=True, slots=True)
class Choice:
    """The language of the letter; ``wanted`` is the person's own when there is no letter in it."""

    language: str
    wanted: str | None = None


def choose_language(wanted: Iterable[str | None], letters: Letters, practice: Practice) -> Choice:
    """
    The first language that anyone asked for, else the site's, else English.

    A language without a letter is never skipped for a later wish: the person then gets English and an interpreter.
    """
    asked = next((tag for tag in (*wanted, practice.get("letter.language")) if tag), "en")
    found = _supported(asked, letters, practice.get("country"))
    return Choice(found) if found else Choice("en", asked)


def _supported(tag: str, letters: Letters, country: str | None) -> str | None:
    parts = tag.replace("_", "-").lower().split("-")
    if len(parts) == 1 and country:  # a bare "zh" is written as the country writes it
        parts.append(country.lower())
    while parts:
        found = letters.tags.get("-".join(parts))
        if found:
            return found
        parts.pop()
    return None


@dataclass(frozen=True, slots=True)
class Speaker:
    """One language with everything that a sentence of this letter may speak of."""

    phrases: Phrases
    locale: str
    arguments: Arguments
    first_day: str = ""

    def say(self, key: str, **more: str | int) -> str:
        """One sentence."""
        return self.phrases.say(key, {**self.arguments, **more} if more else self.arguments)

    def paragraphs(self, message: str, **more: str | int) -> tuple[str, ...]:
        """The paragraphs of one message."""
        return self.phrases.paragraphs(message, {**self.arguments, **more})

    def day(self, day: date) -> str:
        """A calendar date, the month in words, as this language and country write it."""
        return written_date(day, self.locale, self.first_day)

    def choice(self, names: Iterable[str]) -> str:
        """ "a, b or c" in this language."""
        return format_list(list(names), style="or", locale=self.locale)

    def listed(self, names: Iterable[str]) -> str:
        """ "a, b and c" in this language."""
        return format_list(list(names), locale=self.locale)


@lru_cache(maxsize=1024)
def written_date(day: date, locale: str, first_day: str = "") -> str:
    """The long form of a date; ``first_day`` stands in place of a plain 1 at its head ("1er mai")."""
    written = format_date(day, format="long", locale=locale)
    return first_day + written[1:] if first_day and written.startswith("1 ") else written


@lru_cache(maxsize=256)
def locale_for(base: str, country: str | None) -> str:
    """The language's locale in the site's country when Unicode knows it, else the language's own."""
    language = base.split("_")
    candidate = "_".join(
        [part for part in language if len(part) != 2 or part.islower()] + ([country] if country else [])
    )
    try:
        return str(Locale.parse(candidate))
    except (UnknownLocaleError, ValueError):
        return base
