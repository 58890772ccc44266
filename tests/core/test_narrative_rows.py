"""
Each row of the terms and cues of es, fr, de, pt and zh is used by a case: its words, in a sentence, do what it says.

The sentence is made after the row's kind. Rows of kinds that only hold a statement together are found where they stand.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.core.narrative_help import read
from worker.core.model import Finding, Reading
from worker.core.narrative.layout import lay_out
from worker.core.narrative.marks import Draft, Page
from worker.core.narrative.measures import with_measures
from worker.core.rules import Rules
from worker.core.rules.tokens import fold
from worker.core.rules.words import Cue, Term
from worker.tables import FolderReader, default_folder

LANGUAGES = ("de", "es", "fr", "pt", "zh")
READER = FolderReader((default_folder(),))
TERMS = [(name, row) for name in LANGUAGES for row in READER.rows(f"terms.{name}.csv", Term)]
CUES = [(name, row) for name in LANGUAGES for row in READER.rows(f"cues.{name}.csv", Cue)]


@dataclass(frozen=True)
class Words:
    """The words around a row's own, in one language."""

    noun: str
    left: str
    no_mass: str
    asks: str
    tissue: str
    dcis: str
    biopsy: str
    control: str
    clock: str


WORDS = {
    "es": Words(
        *(
            "calcificaciones",
            "en mama izquierda",
            "No hay nódulos",
            "Se recomienda",
            "La biopsia de mama izquierda mostró",
        ),
        *("carcinoma ductal in situ", "biopsia", "Control", "a las {} horas"),
    ),
    "fr": Words(
        *("calcifications", "du sein gauche", "Pas de masse", "On recommande", "La biopsie du sein gauche montrait"),
        *("carcinome canalaire in situ", "biopsie", "Contrôle", "à {} heures"),
    ),
    "de": Words(
        *("Verkalkungen", "in der linken Brust", "Kein Knoten", "Empfohlen wird", "Die Biopsie links ergab"),
        *("DCIS", "Biopsie", "Kontrolle", "bei {} Uhr"),
    ),
    "pt": Words(
        *("calcificações", "na mama esquerda", "Não há nódulos", "Recomenda-se", "A biópsia da mama esquerda mostrou"),
        *("carcinoma ductal in situ", "biópsia", "Controle", "às {} horas"),
    ),
    "zh": Words("钙化", "左乳", "未见肿块", "建议", "左乳活检病理：", "导管原位癌", "活检", "复查", "{}点钟"),
}


def spelled(phrase: str) -> str:
    """The first spelling of a phrase: ``(a/b) [c]`` -> ``a``."""
    return " ".join(re.sub(r"\(([^/()]*)[^()]*\)", r"\1", re.sub(r"\[[^\]]*\]", " ", phrase)).split())


def is_marked(text: str, language: str, rule: str, rules: Rules) -> bool:
    page = Page("text", Draft(text), rules.words.lexicons[language])
    return any(mark.meaning.rule == rule for mark in page.marks)


def present(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.status == "present"]


def statuses(reading: Reading) -> set[str]:
    return {finding.status for finding in reading.findings}


# ---- terms -----------------------------------------------------------------------------------------------------------

Check = Callable[[Term, str, Words, Callable[[str], Reading]], bool]


def described(row: Term, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    """An adjective of the calcifications, behind the noun or before it."""
    texts = (
        f"{words.noun} {said} {words.left}.",
        f"{words.left} {said} {words.noun}.",
        f"{words.left}{words.noun}，{said}。",
    )
    return any(
        row.concept in (*finding.morphology, finding.distribution, finding.descriptor, finding.change)
        for text in texts
        for finding in present(reader(text))
    )


def named(row: Term, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    found = [
        finding for text in (f"{said} {words.left}.", f"{words.left}{said}。") for finding in present(reader(text))
    ]
    return any(row.concept in finding.morphology for finding in found)


def placed(row: Term, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    if row.concept == "contralateral":
        found = present(reader(f"{words.noun} {words.left}. {said} {words.noun}."))
        return {finding.laterality for finding in found} == {"left", "right"}
    texts = (
        f"{words.noun} {words.left}, {said}.",
        f"{words.noun} {said}.",
        f"{said}{words.noun}。",
        f"{said}见{words.noun}。",
    )
    return any(
        row.concept in (finding.laterality, finding.quadrant, finding.depth, finding.region)
        for text in texts
        for finding in present(reader(text))
    )


def rated(row: Term, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    if row.group == "graded":
        return any(f"{a.scale} {a.category}" == row.concept for a in reader(f"{words.noun}. {said}.").assessments)
    if row.group == "scale":
        found = {(a.scale, a.category) for a in reader(f"{words.noun}. {said} 4B.").assessments}
        return found == ({("BI-RADS", "4B")} if row.concept == "BI-RADS" else found - {("BI-RADS", "4B")})
    if not row.concept[0].isdigit() or row.concept not in {"0", "1", "2", "3", "4", "5", "6", "4A", "4B", "4C"}:
        text = f"{words.noun} {words.left} {words.clock.format(said)}."
        return row.concept not in map(str, range(1, 13)) or any(
            str(f.clock) == row.concept for f in present(reader(text))
        )
    return any(a.category == row.concept for a in reader(f"{words.noun}. BI-RADS {said}.").assessments)


def measured(row: Term, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    wanted = {"mm": 30, "cm": 300, "um": 0.03}[row.concept]
    texts = (f"{words.noun} {words.left}, 30 {said}.", f"{words.left}{words.noun}30{said}。")
    found = [f for text in texts for f in present(reader(text))]
    return any(wanted in (f.extent_mm, f.particle_mm) for f in found)


def timed(row: Term, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    if row.group == "period":
        texts = (f"{words.asks} {words.control} {said}.", f"{words.asks} {said} {words.control}.")
        months = {int(row.concept)}
    else:
        texts = (f"{words.asks} {words.control} 60 {said}.", f"{words.asks} 2 {said} {words.control}.")
        months = {"day": {2}, "week": {14}, "month": {60, 2}, "year": {24, 720}}[row.concept]
    return any(r.interval_months in months for text in texts for r in reader(text).recommendations)


def asked(row: Term, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    wanted = {row.concept, "short-interval-mammogram"} if row.concept == "follow-up" else {row.concept}
    texts = (f"{words.asks} {said}.", f"{said}.")
    return any(r.action in wanted for text in texts for r in reader(text).recommendations)


def diagnosed(row: Term, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    texts = (f"{words.tissue} {said}.", f"{said}.")
    return any(p.diagnosis == row.concept for text in texts for p in reader(text).pathology)


def told(row: Term, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    reading = reader(f"{said} {words.left}.")
    if row.group == "density":
        return reader(f"{said}.").density == row.concept
    if row.group == "symptom":
        return any(s.rule == f"term:{row.id}" for s in reading.symptoms)
    return any(risk.risk.startswith(row.concept) for risk in reading.risks)


TERM_CHECKS: dict[str, Check] = {
    **dict.fromkeys(("morphology", "distribution", "descriptor", "change"), described),
    "calcification": named,
    **dict.fromkeys(("side", "quadrant", "depth", "region"), placed),
    **dict.fromkeys(("scale", "graded", "numeral", "roman"), rated),
    "unit": measured,
    **dict.fromkeys(("interval", "period"), timed),
    "action": asked,
    "pathology": diagnosed,
    **dict.fromkeys(("density", "symptom", "risk"), told),
}


@pytest.mark.parametrize(("language", "row"), TERMS, ids=lambda value: getattr(value, "id", value))
def test_the_words_of_a_term_say_what_its_row_says(language: str, row: Term, rules: Rules) -> None:
    if row.group == "combination":
        assert row.concept in {whole for _, whole in rules.words.lexicons[language].combinations}
        return
    said = spelled(row.phrase[0])
    if row.group == "category-name":
        page = Page("text", Draft(f"BI-RADS 4 {said}"), rules.words.lexicons[language])
        assert row.concept in {page.name_at(word) for word in range(len(page.words))}
        return
    assert is_marked(said, language, f"term:{row.id}", rules), said
    check = TERM_CHECKS.get(row.group)
    if check is not None:
        assert check(row, said, WORDS[language], lambda text: read(rules, text, language=language)), said


# ---- cues ------------------------------------------------------------------------------------------------------------


def denied(row: Cue, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    if row.scope == "normal":
        return statuses(reader(f"{words.noun}: {said}.")) == {"negated"}
    before, behind = f"{said} {words.noun}.", f"{words.noun} {said}."
    texts = {"forward": (before,), "backward": (behind,), "both": (before, behind)}[row.direction]
    return all(statuses(reader(text)) == {"negated"} for text in texts)


def ends(row: Cue, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    return "present" in statuses(reader(f"{words.no_mass}, {said} {words.noun} {words.left}."))


def stood(row: Cue, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    before, behind = f"{said} {words.noun}.", f"{words.noun} {said}."
    return {row.kind} <= statuses(reader(behind if row.direction == "backward" else before))


def earlier(row: Cue, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    return any(a.status == "prior" for a in reader(f"{said} BI-RADS 3. {words.noun}. BI-RADS 2.").assessments)


def asking(row: Cue, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    texts = (f"{said} {words.biopsy}.", f"{words.biopsy} {said}.")
    found = [bool(reader(text).recommendations) for text in texts]
    return any(found) if row.kind == "recommend" else not all(found)


def headed(row: Cue, said: str, words: Words, rules: Rules, language: str) -> bool:
    page = Page("text", Draft(f"{said}:\n{words.noun} {words.left}."), rules.words.lexicons[language])
    layout = lay_out(page, with_measures(page.marks, page.words))
    return any(sentence.section == row.scope for sentence in layout.sentences)


def tissue(row: Cue, said: str, words: Words, reader: Callable[[str], Reading]) -> bool:
    return any(p.diagnosis == "dcis" for p in reader(f"{said} {words.dcis}.").pathology)


CUE_CHECKS: dict[str, Callable[[Cue, str, Words, Callable[[str], Reading]], bool]] = {
    "negation": denied,
    **dict.fromkeys(("exception", "only", "termination", "existence"), ends),
    **dict.fromkeys(("historical", "resolved", "hypothetical"), stood),
    "prior": earlier,
    **dict.fromkeys(("recommend", "performed", "dismissed"), asking),
    "tissue": tissue,
}


@pytest.mark.parametrize(("language", "row"), CUES, ids=lambda value: getattr(value, "id", value))
def test_the_words_of_a_cue_do_what_its_row_says(language: str, row: Cue, rules: Rules) -> None:
    lexicon, said = rules.words.lexicons[language], spelled(row.phrase[0])
    lists = {
        "language": lexicon.neighbours if row.scope else lexicon.function_words,
        "abbreviation": lexicon.abbreviations,
        "sampling": lexicon.sampling,
        "verdict": lexicon.verdicts,
        "ending": frozenset(lexicon.forms.joints if row.scope else lexicon.forms.endings),
    }
    if row.kind in lists:
        assert {fold(phrase) for phrase in row.phrase} <= lists[row.kind]
        return
    assert is_marked(said, language, f"cue:{row.id}", rules), said
    if row.kind == "section":
        assert headed(row, said, WORDS[language], rules, language), said
    check = CUE_CHECKS.get(row.kind)
    if check is not None:
        assert check(row, said, WORDS[language], lambda text: read(rules, text, language=language)), said
