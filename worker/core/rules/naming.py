"""Finding the names of concepts in short texts (displays, answers), whatever their case, accents and spacing."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

__all__ = ["Names", "Phrases", "folded", "squeezed"]

_JOINT = r"[\W_]*"
_SQUEEZED = re.compile(r"[\W_]+")
# "4", "4B", "a", "no": too short to be looked for inside a text; one Chinese sign is a word.
_SHORTEST_INSIDE = 3
# "=iii" is a name only where nothing else is said.
_WHOLE_TEXT = "="


def folded(text: str) -> str:
    """Lower case without accents; full-width forms as plain ones."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold()


def squeezed(text: str) -> str:
    """Letters and digits alone: "rod-like" and "Rod like" are one name."""
    return _SQUEEZED.sub("", text)


def _stands_inside(name: str) -> bool:
    return name[:1] != _WHOLE_TEXT and (not name.isascii() or len(squeezed(name)) >= _SHORTEST_INSIDE)


def _pattern(name: str) -> str:
    """Words of a name with anything but letters and digits between them; ASCII names end at a word's end."""
    parts = [re.escape(part) for part in _SQUEEZED.split(name) if part]
    body = _JOINT.join(parts)
    before = r"(?<![a-z0-9])" if name[0].isascii() else ""
    after = r"(?![a-z0-9])" if name[-1].isascii() else ""
    return f"{before}{body}{after}"


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the concepts of one group, longest first, so that the narrower name wins."""

    by_squeezed: dict[str, str]
    inside: re.Pattern[str] | None

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> Self:
        """From (name, concept)."""
        by_squeezed = {squeezed(folded(name)): concept for name, concept in names}
        long = sorted({folded(name) for name, _ in names if _stands_inside(folded(name))}, key=len)
        pattern = "|".join(_pattern(name) for name in reversed(long))
        return cls(by_squeezed, re.compile(pattern) if pattern else None)

    def exactly(self, text: str) -> str | None:
        """The concept whose name is the whole text."""
        return self.by_squeezed.get(squeezed(folded(text)))

    def named_in(self, text: str, with_word: str = "") -> tuple[str, ...]:
        """
        Concepts that the text names, in order, each once.

        Args:
            with_word: Only names that contain this word ("BI-RADS").
        """
        plain, word = folded(text), squeezed(folded(with_word))
        whole = squeezed(plain)
        if whole in self.by_squeezed:
            found = [whole]
        else:
            found = [squeezed(match[0]) for match in self.inside.finditer(plain)] if self.inside else []
        return tuple(dict.fromkeys(self.by_squeezed[name] for name in found if word in name))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases to find in running text; ``*`` at the end of one stands for any ending."""

    pattern: re.Pattern[str]
    rule_of: dict[str, str]

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, str]]) -> Self:
        """From (phrase, rule id)."""
        rule_of = {squeezed(folded(phrase.rstrip("*"))): rule for phrase, rule in phrases}
        parts = [_phrase(folded(phrase)) for phrase, _ in sorted(phrases, key=lambda p: -len(p[0]))]
        return cls(re.compile("|".join(parts) if parts else r"(?!)"), rule_of)

    def first_in(self, text: str) -> str | None:
        """The rule of the first phrase in a folded text, or None."""
        found = self.pattern.search(text)
        return self.rule_of[squeezed(found[0])] if found else None


def _phrase(phrase: str) -> str:
    if not phrase.endswith("*"):
        return _pattern(phrase)
    # The ending is looked at, not taken, so that what is found is the phrase itself.
    bare = phrase.rstrip("*")
    return re.sub(r"\(\?!\[a-z0-9\]\)$", "", _pattern(bare))
