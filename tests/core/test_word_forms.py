"""Words that no table lists: other endings, compounds and slips of the pen are known words; everything else is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.narrative_help import note_of_finding, read
from worker.core.rules import Rules
from worker.core.rules.forms import Forms

GERMAN = Forms.made(
    frozenset(("rundlich", "mikroverkalkung", "verkalkungen", "cluster", "nieren", "ohne")),
    ("e", "em", "en"),
    ("s", "n"),
)
ROMANCE = Forms.made(
    frozenset(("calcificaciones", "maligna", "benigna", "segmentaria", "caso")), ("a", "as", "o", "os", "s"), ()
)


@pytest.mark.parametrize(
    ("forms", "word", "known"),
    [
        (GERMAN, "rundlichem", [("rundlich", 0)]),
        (GERMAN, "mikroverkalkungen", [("mikroverkalkung", 0)]),
        (GERMAN, "mikroverkalkungscluster", [("mikroverkalkung", 0), ("cluster", 16)]),
        (GERMAN, "nierenverkalkungen", [("nieren", 0), ("verkalkungen", 6)]),
        (GERMAN, "stippchenverkalkungen", [("verkalkungen", 9)]),
        (GERMAN, "mikroverkakung", [("mikroverkalkung", 0)]),
        (GERMAN, "mikrovrekalkung", [("mikroverkalkung", 0)]),
        (ROMANCE, "segmentarios", [("segmentaria", 0)]),
        (ROMANCE, "malignos", [("maligna", 0)]),
        (ROMANCE, "calcificacones", [("calcificaciones", 0)]),
        (ROMANCE, "calcifficaciones", [("calcificaciones", 0)]),
    ],
)
def test_a_form_of_a_known_word_is_known(forms: Forms, word: str, known: list[tuple[str, int]]) -> None:
    assert list(forms.known(word)) == known


@pytest.mark.parametrize(
    ("forms", "word"),
    [
        (GERMAN, "ohnehin"),  # too short for a compound
        (GERMAN, "entkalkungen"),  # not the known last part
        (GERMAN, "bluncher"),
        (ROMANCE, "casos"),  # stem too short
        (ROMANCE, "delignas"),
        (ROMANCE, "descalcificaciones"),  # more than a slip
        (Forms(), "calcificaciones"),  # a language without endings is read to the letter
    ],
)
def test_another_word_stays_unknown(forms: Forms, word: str) -> None:
    assert forms.known(word) == ()


@given(st.text(alphabet="abcdelmnorsuvz", max_size=80))
def test_parts_of_a_compound_stand_in_order_within_the_word(word: str) -> None:
    places = [place for _, place in GERMAN.known(word)]
    assert places == sorted(places)
    assert all(place < len(word) for place in places)


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Mikroverkalkungscluster rechts oben außen, 6 mm.", "de", ["present right grouped upper-outer 6mm"]),
        ("Kein Mikroverkalkungscluster rechts.", "de", ["negated right grouped"]),
        ("Nierenverkalkungen. Mamma links unauffällig.", "de", []),
        (
            "Microcalcificaciones polimorfos agrupados en mama izquierda.",
            "es",
            ["present left fine-pleomorphic grouped"],
        ),
        ("Microcalcifications ponctiformess du sein droit.", "fr", ["present right punctate"]),
        ("Microcalcificaçõs agrupadas na mama direita.", "pt", ["present right grouped"]),
    ],
)
def test_forms_are_read_in_reports(text: str, language: str, wanted: list[str], rules: Rules) -> None:
    reading = read(rules, text, language=language)
    assert [note_of_finding(finding) for finding in reading.findings] == wanted
    evidence = [e for finding in reading.findings for e in finding.evidence]
    assert all(text[e.start : e.end] == e.text for e in evidence)
