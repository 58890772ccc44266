"""The tables of words: how a phrase is written, what is refused, and how text is folded and cut."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.core.rules import Rules
from worker.core.rules.row import R
from worker.core.rules.tokens import cut, fold, tidy
from worker.core.rules.vocabulary import Vocabulary
from worker.core.rules.words import Cue, Term, Words
from worker.errors import TableError
from worker.tables import default_folder, load_rules


class Tables:
    """Rows handed over as a table reader would."""

    def __init__(self, terms: Sequence[Term], cues: Sequence[Cue] = (), language: str = "en") -> None:
        self.terms, self.cues, self.language = tuple(terms), tuple(cues), language

    def names(self, pattern: str) -> tuple[str, ...]:
        return (f"terms.{self.language}.csv",)

    def rows(self, name: str, kind: type[R]) -> tuple[R, ...]:
        return tuple(row for row in (*self.terms, *self.cues) if isinstance(row, kind))

    def text(self, name: str) -> str:
        raise NotImplementedError


def term(phrase: str, concept: str = "grouped", group: str = "distribution", row: str = "t") -> Term:
    alternatives = tuple(part.strip() for part in phrase.split("|"))
    return Term(id=row, source="s", phrase=alternatives, group=group, concept=concept, table="terms.en.csv", line=2)  # type: ignore[arg-type]


def load(*terms: Term, cues: Sequence[Cue] = (), language: str = "en") -> Words:
    return Words.load(Tables(terms, cues, language), Vocabulary.__new__(Vocabulary))


def said(words: Words, *phrase: str, language: str = "en") -> list[str]:
    node = words.lexicons[language].trie
    for word in phrase:
        node = node[word]
    return [meaning.concept for meaning in node.get(None, ())]


def test_alternatives_choices_and_options_become_phrases() -> None:
    words = load(term("cluster | [tight] (group/grouping) of"))
    assert said(words, "cluster") == ["grouped"]
    assert said(words, "tight", "grouping", "of") == said(words, "group", "of") == ["grouped"]
    assert "tight" in words.lexicons["en"].words


def test_a_phrase_may_say_two_things() -> None:
    words = load(term("kalkgruppe"), term("kalkgruppe", "generic", "calcification", row="u"))
    assert sorted(said(words, "kalkgruppe")) == ["generic", "grouped"]


def test_german_umlauts_may_be_two_letters() -> None:
    words = load(term("verästelt"), language="de")
    assert said(words, "verastelt", language="de") == said(words, "veraestelt", language="de") == ["grouped"]


def test_combinations_and_function_words_are_no_phrases() -> None:
    cue = Cue(id="c", source="s", phrase=("the", "of"), kind="language")
    words = load(term("coarse + heterogeneous", "coarse-heterogeneous", "combination"), cues=(cue,))
    lexicon = words.lexicons["en"]
    assert lexicon.combinations == ((frozenset({"coarse", "heterogeneous"}), "coarse-heterogeneous"),)
    assert lexicon.function_words == {"the", "of"}
    assert lexicon.trie == {}


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((term("cluster | "),), "empty"),
        ((term("(cluster/group"),), "brackets"),
        ((term("cluster]"),), "brackets"),
        ((term("cluster"), term("cluster", "linear", row="u")), "'t' already says this of 'cluster'"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(rows: tuple[Term, ...], reason: str) -> None:
    with pytest.raises(TableError, match=reason) as refused:
        load(*rows)
    assert refused.value.line == 2


def test_shipped_tables_hold_six_languages_and_name_their_sources(rules: Rules) -> None:
    assert set(rules.words.lexicons) == {"en", "es", "fr", "de", "pt", "zh"}
    for path in sorted(default_folder().glob("terms.*.csv")):
        header = path.read_text(encoding="utf-8").splitlines()[0]
        assert header == "id,phrase,group,concept,alone,source,note"


def test_chinese_texts_are_read_with_the_english_words_too(rules: Rules) -> None:
    chinese = rules.words.lexicons["zh"]
    assert "calcifications" in chinese.trie
    assert "钙" in chinese.trie
    assert "calcifications" not in chinese.function_words


def test_loading_the_tables_twice_gives_the_same_words() -> None:
    assert load_rules().words == load_rules().words


# ---- folding and cutting ---------------------------------------------------------------------------------------------


@given(text=st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    _, starts, ends = cut(folded)
    places = [0, *(place for span in zip(starts, ends, strict=True) for place in span)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("BI-RADS® 4A/4B", ["bi", "rads", "4", "a", "/", "4", "b"]),
        ("upper-outer, 6-month", ["upper", "outer", ",", "6", "month"]),
        ("3-4 mm", ["3", "-", "4", "mm"]),
        ("ＢＩＲＡＤＳ４Ａ级", ["birads", "4", "a", "级"]),
        ("Microcalcificações", ["microcalcificacoes"]),
        ("calcificac\u0327o\u0303es", ["calcificacoes"]),
        ("12.5mm or 1,5 cm", ["12.5", "mm", "or", "1,5", "cm"]),
        ("on 2024-06-12.", ["on", "2024-06-12", "."]),
        ("10 o’clock", ["10", "o", "clock"]),
        ("左乳，右乳。", ["左", "乳", "，", "右", "乳", "。"]),
        ("BI-RADS 3，6个月。2.左乳", ["bi", "rads", "3", "，", "6", "个", "月", "。", "2", ".", "左", "乳"]),
        ("cal\u00adcifications", ["calcifications"]),
    ],
)
def test_text_is_cut_into_words_numbers_and_signs(text: str, words: list[str]) -> None:
    folded = fold(text)
    assert [tidy(word) for word in cut(folded).words] == words
