"""In which language a text is read: as declared, unless its words say otherwise; one without tables is held."""

import pytest

from tests.core.narrative_help import birads_of, note_of_finding, read
from worker.core.narrative.language import language_of, second_language_of
from worker.core.narrative.marks import Draft
from worker.core.rules import Rules

UNSUPPORTED = {
    "pl": (
        "Mammografia obustronna. W piersi lewej widoczne zgrupowane mikrozwapnienia. BI-RADS 4.",
        "Nie uwidoczniono zwapnień. BIRADS 1",
    ),
    "lt": ("Mamografija. Kairėje krūtyje matomi sugrupuoti mikrokalcinatai. BI-RADS 4.", "Kalcinatų nematyti."),
    "it": (
        "Mammografia bilaterale. Si osservano microcalcificazioni raggruppate nella mammella destra. BI-RADS 4.",
        "Non si osservano microcalcificazioni sospette. BI-RADS 1.",
        "Mammella sinistra: calcificazioni grossolane.",
    ),
    "nl": (
        "Mammografie beiderzijds. In de linker mamma lateraal boven een groepje microcalcificaties, fijn pleiomorf. "
        "BI-RADS 4. Advies stereotactisch biopt.",
        "Geen microcalcificaties. BI-RADS 1.",
        "Rechts enkele grove kalkjes. Geen suspecte massa. BI-RADS 2",
    ),
    "sv": ("I vänster bröst ses grupperade mikroförkalkningar. BI-RADS 4.", "Inga misstänkta förkalkningar."),
    "da": ("Højre bryst: grupperet mikrokalk. BI-RADS 4.", "Ingen mikrokalk. BI-RADS 1"),
    "ro": ("Sân stâng: microcalcificări grupate în cadranul supero-extern. BI-RADS 4.",),
    "gl": (
        "Na mama dereita obsérvase unha agrupación de microcalcificacións pleomorfas no cuadrante superoexterno. Non "
        "se observan nódulos. BI-RADS 4. Recoméndase biopsia.",
        "Sen achádegos sospeitosos na mama dereita. BI-RADS 1.",
    ),
    "ca": ("No s'observen microcalcificacions sospitoses. BI-RADS 1.",),
    "tr": ("Sağ memede gruplaşmış mikrokalsifikasyonlar izlendi. BI-RADS 4.", "Kalsifikasyon izlenmedi."),
    "cs": ("Bez mikrokalcifikací. BI-RADS 1",),
    "ru": ("В левой молочной железе сгруппированные микрокальцинаты. BI-RADS 4.",),
    "el": ("Μικροαποτιτανώσεις αριστερά. BI-RADS 4",),
    "he": ("הסתיידויות בשד שמאל BI-RADS 4",),
    "ar": ("تكلسات دقيقة في الثدي الأيسر. BI-RADS 4",),
    "ja": ("右乳房に集簇性の石灰化を認める。BI-RADS 4",),
    "ko": ("우측 유방에 군집성 미세석회화. BI-RADS 4.",),
}


@pytest.mark.parametrize("declares", [True, False], ids=["declared", "undeclared"])
@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in UNSUPPORTED.items() for text in texts])
def test_a_language_without_tables_is_held_and_says_so(language: str, text: str, declares: bool, rules: Rules) -> None:
    reading = read(rules, text, language=language if declares else None)
    assert [(doubt.rule, doubt.subject) for doubt in reading.doubts] == [("C-01", "unsupported-language")]
    assert reading.findings == ()


@pytest.mark.parametrize("declared", ["en", "en-US"])
@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in UNSUPPORTED.items() for text in texts])
def test_a_wrong_element_does_not_make_it_english(language: str, text: str, declared: str, rules: Rules) -> None:
    assert read(rules, text, language=declared).doubts, language


SHORT = {
    "es": ("Sin calcificaciones.", "Microcalcificaciones agrupadas izquierda. BIRADS 4", "Calcificaciones vasculares."),
    "fr": ("Microcalcifications groupées. ACR 4", "Pas de calcification."),
    "de": ("Kein Mikrokalk.", "Mikrokalk links. BIRADS 4", "Unauffällig."),
    "pt": ("Sem calcificações.", "Microcalcificações agrupadas à direita"),
    "zh": ("左乳钙化", "未见钙化", "BI-RADS 2类"),
    "en": ("No calcifications.", "Left calcs. BR4"),
}


@pytest.mark.parametrize("declared", [None, "", "en", "es-CL", "und", "xx"])
@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in SHORT.items() for text in texts])
def test_a_few_words_suffice_whatever_is_declared(language: str, text: str, declared: str | None, rules: Rules) -> None:
    assert language_of(Draft(text), declared, rules.words.lexicons) == language


def test_a_text_of_signs_and_scales_alone_takes_the_declared_language(rules: Rules) -> None:
    for declared in ("en", "es", "de-AT"):
        assert language_of(Draft("BI-RADS 2"), declared, rules.words.lexicons) == declared[:2]
    assert language_of(Draft("BI-RADS 2"), "pl", rules.words.lexicons) is None


MIXED = [
    (
        "FINDINGS:\nRight breast: Se observan microcalcificaciones pleomórficas agrupadas en el cuadrante "
        "superoexterno.\nLeft breast: Sin calcificaciones.\nIMPRESSION: Hallazgos sospechosos. BI-RADS 4B. "
        "Recommendation: stereotactic biopsy",
        "es",
        ["present right fine-pleomorphic grouped upper-outer", "negated left"],
        "4B",
    ),
    (
        "The patient was referred from abroad. Outside report: 'Mama izquierda: microcalcificaciones amorfas "
        "agrupadas. No se observan nódulos.' There are no calcifications in the right breast. BI-RADS 4A.",
        "en",
        ["present left amorphous grouped", "negated right"],
        "4A",
    ),
    (
        "Findings: Gruppierte amorphe Mikroverkalkungen links oben außen. Keine Verkalkungen rechts. "
        "Impression: suspicious calcifications in the left breast, BI-RADS 4. Biopsy is recommended.",
        "de",
        ["present left amorphous grouped upper-outer (suspicious)", "negated right"],
        "4",
    ),
    (
        "Indication: screening mammogram. Sein droit : foyer de microcalcifications poussiéreuses, quadrant "
        "supéro-externe. No calcifications in the left breast. Conclusion : BI-RADS 4.",
        "fr",
        ["present right amorphous grouped upper-outer", "negated left"],
        "4",
    ),
]


@pytest.mark.parametrize(("text", "main", "findings", "category"), MIXED, ids=[main for _, main, _, _ in MIXED])
def test_a_report_in_two_languages_is_read_in_both(
    text: str, main: str, findings: list[str], category: str, rules: Rules
) -> None:
    reading = read(rules, text)
    assert [note_of_finding(finding) for finding in reading.findings] == findings
    assert birads_of(reading) == category
    assert reading.doubts == ()


def test_a_report_in_one_language_has_no_second(rules: Rules) -> None:
    for text in ("No suspicious calcifications in the left breast. BI-RADS 1.", "Kein Mikrokalk links. BI-RADS 1."):
        main = language_of(Draft(text), None, rules.words.lexicons)
        assert main is not None
        assert second_language_of(Draft(text), main, rules.words.lexicons) is None
