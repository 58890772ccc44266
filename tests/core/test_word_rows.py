"""
Each row of ``terms.*`` and ``cues.*`` is used by a case: its own words, alone in a text, are read by it.

What the words of several rows together mean is for the narrative cases; here the rows that nothing can ever reach are
listed.
"""

import pytest

from worker.core.narrative.marks import Draft, Page
from worker.core.rules.row import Row
from worker.core.rules.tokens import fold
from worker.core.rules.words import Cue, Lexicon, Term
from worker.tables import FolderReader, default_folder, load_rules

LEXICONS = load_rules().words.lexicons
READER = FolderReader((default_folder(),))
LANGUAGES = sorted(LEXICONS)


def rows_of(language: str) -> list[Term | Cue]:
    return [*READER.rows(f"terms.{language}.csv", Term), *READER.rows(f"cues.{language}.csv", Cue)]


def rules_read(text: str, lexicon: Lexicon) -> set[str]:
    return {mark.meaning.rule for mark in Page("text", Draft(text), lexicon).marks}


def plain(phrase: str) -> str:
    """One way to say a phrase: the first of each choice, no option."""
    while "[" in phrase:
        head, _, rest = phrase.partition("[")
        phrase = head + rest.partition("]")[2]
    while "(" in phrase:
        head, _, rest = phrase.partition("(")
        choice, _, tail = rest.partition(")")
        phrase = head + choice.split("/")[0] + tail
    return " ".join(phrase.split())


def is_reached(row: Term | Cue, lexicon: Lexicon) -> bool:
    """Whether words of the row come to it, as marks or by the list in which such words are looked up."""
    kind = row.kind if isinstance(row, Cue) else row.group
    lists = {
        "abbreviation": lexicon.abbreviations,
        "language": lexicon.function_words | lexicon.neighbours,
        "sampling": lexicon.sampling,
        "verdict": lexicon.verdicts,
        "half": lexicon.halves,
        "spoken": [word for words in lexicon.spoken.values() for word in words],
        "ending": (*lexicon.forms.endings, *lexicon.forms.joints),
    }
    if kind in lists:
        return all(any(fold(plain(phrase)) in str(one) for one in lists[kind]) for phrase in row.phrase)
    if kind == "combination":
        return any(whole == row.concept for _, whole in lexicon.combinations)
    if kind == "category-name":
        return any(Page("text", Draft(plain(p)), lexicon).name_at(0) == row.concept for p in row.phrase)
    prefix = "cue" if isinstance(row, Cue) else "term"
    return all(f"{prefix}:{row.id}" in rules_read(plain(phrase), lexicon) for phrase in row.phrase)


def unused(rows: list[Term | Cue], lexicon: Lexicon) -> list[str]:
    return [row.id for row in rows if not is_reached(row, lexicon)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_of_words_is_reached_by_its_own_words(language: str) -> None:
    assert unused(rows_of(language), LEXICONS[language]) == []


def test_a_row_that_a_longer_phrase_always_covers_would_be_listed() -> None:
    hidden = Term(
        id="x", source="me", table="", line=1, phrase=("no such words at all",), group="morphology", concept="x"
    )
    assert isinstance(hidden, Row)
    assert unused([hidden], LEXICONS["en"]) == ["x"]
