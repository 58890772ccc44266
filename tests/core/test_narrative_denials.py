"""What a denial, a reason or the past does not reach, in five languages, and near misses that it does."""

import pytest

from tests.core.narrative_help import read
from worker.core.rules import Rules

THERE = {
    "es": (
        "No solo se observan quistes, sino también microcalcificaciones agrupadas en mama izquierda.",
        "No se descarta la presencia de microcalcificaciones en mama izquierda.",
        "Microcalcificaciones en mama izquierda, sin nódulo asociado.",
        "Nódulo no palpable con microcalcificaciones en mama derecha.",
        "Microcalcificaciones agrupadas sin cambios en mama derecha.",
        "Microcalcificaciones no visibles en ecografía, en CSE izquierdo.",
        "Sin antecedentes. Microcalcificaciones izquierdas.",
        "Calcificaciones: sí, agrupadas, mama izquierda.",
        "Paciente sin síntomas con microcalcificaciones izquierdas.",
        "Las microcalcificaciones de mama izquierda no han variado.",
        "Nunca biopsiada; microcalcificaciones en mama izquierda.",
        "Ausencia de nódulos; microcalcificaciones dispersas bilaterales.",
        "Ningún cambio en las calcificaciones de la mama derecha.",
        "No existen masas, aunque sí microcalcificaciones agrupadas en mama izquierda.",
        "Mamas sin masas con microcalcificaciones agrupadas en la izquierda.",
        "Microcalcificaciones sin características de malignidad en mama izquierda.",
        "No se observa disminución de las microcalcificaciones de la mama izquierda.",
        "No hay otras lesiones salvo las microcalcificaciones descritas en mama derecha.",
    ),
    "fr": (
        "Microcalcifications du sein gauche sans masse associée.",
        "Microcalcifications non visibles en échographie, QSE gauche.",
        "On ne peut exclure des microcalcifications du sein gauche.",
        "Pas de masse mais des microcalcifications groupées du sein gauche.",
        "Pas d'autre anomalie que les microcalcifications du sein droit.",
        "Absence de modification des microcalcifications du sein droit.",
        "Masse non palpable avec microcalcifications du sein gauche.",
        "Les microcalcifications ne sont pas modifiées, sein gauche.",
        "Sans antécédent familial, la patiente présente des microcalcifications du sein gauche.",
        "Microcalcifications sans critère de suspicion du sein gauche.",
        "Sein gauche sans masse, avec quelques microcalcifications.",
        "Aucun changement des calcifications du sein gauche.",
        "Les calcifications du sein gauche n'ont pas augmenté.",
    ),
    "de": (
        "Mikrokalk links ohne Herdbefund.",
        "Kein Herdbefund, jedoch gruppierter Mikrokalk links.",
        "Der Mikrokalk links ist sonographisch nicht abgrenzbar.",
        "Nicht tastbarer Befund mit Mikrokalk links.",
        "Keine Zunahme der Mikroverkalkungen rechts.",
        "Mikroverkalkungen links, nicht malignitätsverdächtig.",
        "Mikrokalk links nicht sicher benigne.",
        "Außer den bekannten Verkalkungen rechts kein Befund.",
        "Kein weiterer Befund neben den Mikroverkalkungen links.",
        "Keine Änderung des gruppierten Mikrokalks links.",
        "Nicht nur Makro-, sondern auch Mikroverkalkungen links.",
        "Ein Mikrokalk links ist nicht auszuschließen.",
        "Ohne Voraufnahmen; Mikrokalk links.",
        "Patientin ohne Beschwerden mit Mikrokalk links.",
        "Die Mikroverkalkungen rechts haben nicht zugenommen.",
        "Herdbefund links ohne, rechts mit Mikroverkalkungen.",
    ),
    "pt": (
        "Evidenciam-se microcalcificações na mama esquerda.",
        "Nota-se grupo de microcalcificações à direita.",
        "Visualizam-se calcificações na mama esquerda.",
        "Não apenas cistos, mas também microcalcificações na mama esquerda.",
        "Não se pode excluir microcalcificações na mama esquerda.",
        "Microcalcificações sem nódulo associado na mama direita.",
        "Sem queixas. Microcalcificações à esquerda.",
        "Não houve alteração das microcalcificações da mama direita.",
        "As microcalcificações da mama esquerda não aumentaram.",
        "Calcificações da mama direita sem características suspeitas.",
        "Não há nódulos, porém há microcalcificações agrupadas à esquerda.",
        "Microcalcificações não caracterizadas ao ultrassom, na mama esquerda.",
        "Exceto por calcificações na mama direita, exame normal.",
        "Mama esquerda sem nódulos e com microcalcificações agrupadas.",
    ),
    "zh": (
        "左乳钙化，未见肿块。",
        "左乳未见肿块，可见成簇钙化。",
        "左乳钙化较前无变化。",
        "右乳未见异常，左乳见钙化。",
        "左乳钙化灶，超声未见显示。",
        "未见明显肿块影，但见左乳成簇钙化。",
        "不能除外左乳微钙化。",
        "左乳钙化无明显增多。",
        "左乳无肿块，伴成簇微钙化。",
        "除左乳钙化外未见异常。",
        "左乳非对称致密伴钙化。",
    ),
}
DENIED = {
    "es": (
        "No se observan nódulos con microcalcificaciones en mama derecha.",
        "Mama derecha sin nódulos ni microcalcificaciones.",
        "No se observan nuevas microcalcificaciones en mama derecha.",
        "Sin nódulos, asimetrías o microcalcificaciones en mama derecha.",
        "Microcalcificaciones: no, en mama derecha.",
    ),
    "fr": (
        "Sein droit sans masse ni microcalcification.",
        "Pas de nouvelle microcalcification du sein droit.",
        "Aucune masse ou calcification du sein droit.",
        "Microcalcifications : non, sein droit.",
    ),
    "de": (
        "Rechts weder Herd noch Mikrokalk.",
        "Keine neuen Mikroverkalkungen rechts.",
        "Rechts ohne Herdbefund oder Mikrokalk.",
        "Mikrokalk rechts: nein.",
        "Mikrokalk rechts nicht nachweisbar.",
    ),
    "pt": (
        "Mama direita sem nódulos ou microcalcificações.",
        "Não há novas microcalcificações na mama direita.",
        "Não se observam nódulos nem calcificações na mama direita.",
    ),
    "zh": (
        "右乳未见肿块及钙化。",
        "右乳无新发钙化。",
        "右乳未见肿块、钙化及结构扭曲。",
    ),
}
NOW = {
    "es": (
        "Paciente con antecedente de cáncer de mama derecha que presenta microcalcificaciones en mama izquierda.",
        "Microcalcificaciones izquierdas, a descartar malignidad.",
        "Biopsia de microcalcificaciones de mama izquierda.",
        "Se solicita biopsia de las microcalcificaciones izquierdas.",
        "Microcalcificaciones sospechosas en mama izquierda; se realizará biopsia.",
        "Control de microcalcificaciones previamente estudiadas en mama izquierda, estables.",
        "Respecto a estudio previo, microcalcificaciones izquierdas sin cambios.",
        "Histerectomía previa. Microcalcificaciones en mama izquierda.",
        "Posibles microcalcificaciones en mama izquierda.",
        "Madre con cáncer de mama. Calcificaciones vasculares izquierdas.",
        "Si bien no hay nódulos, hay microcalcificaciones izquierdas.",
        "Microcalcificaciones izquierdas de alto riesgo de malignidad.",
        "Prótesis mamarias. Calcificación de la cápsula. Microcalcificaciones en mama izquierda.",
    ),
    "fr": (
        "Antécédent de cancer du sein droit ; microcalcifications du sein gauche.",
        "Biopsie des microcalcifications du sein gauche.",
        "Microcalcifications du sein gauche à risque élevé.",
        "Microcalcifications du sein gauche déjà biopsiées en 2018, stables.",
        "Patiente suivie pour microcalcifications du sein gauche.",
        "Si l'on compare à 2019, les microcalcifications du sein gauche sont stables.",
        "Tumorectomie droite en 2010. Ce jour, microcalcifications du sein gauche.",
        "Probables microcalcifications du sein gauche.",
        "Surveillance de microcalcifications du sein gauche.",
        "Contrôle à 6 mois des microcalcifications du sein gauche.",
    ),
    "de": (
        "Z.n. Mammakarzinom rechts, jetzt Mikrokalk links.",
        "Z.n. Mammakarzinom rechts. Mikrokalk links oben.",
        "Zur Abklärung von Mikrokalk links.",
        "V.a. Mikrokalk links.",
        "Der vorbekannte Mikrokalk links ist stabil.",
        "Mikrokalk links mit Risiko für Malignität.",
        "Patientin kommt zur Kontrolle von Mikroverkalkungen links.",
        "Familienanamnese: Mutter Mammakarzinom. Mikrokalk links.",
        "Früher biopsierter Mikrokalk links, konstant.",
        "Markierung von Mikrokalk links.",
    ),
    "pt": (
        "História de câncer de mama à direita, apresenta microcalcificações à esquerda.",
        "Biópsia de microcalcificações na mama esquerda.",
        "Paciente encaminhada por microcalcificações na mama esquerda.",
        "Controle de microcalcificações na mama esquerda, estáveis.",
        "Prováveis microcalcificações na mama esquerda.",
        "Se comparado ao exame anterior, as microcalcificações da mama esquerda são estáveis.",
        "Mãe com câncer de mama. Microcalcificações na mama esquerda.",
        "Cirurgia prévia à direita. Microcalcificações na mama esquerda.",
    ),
    "zh": (
        "右乳癌术后，左乳见钙化。",
        "左乳钙化待查。",
        "左乳钙化活检。",
        "既往右乳手术史。左乳见成簇钙化。",
        "左乳可疑钙化，建议活检排除恶性。",
        "复查左乳钙化，较前相仿。",
        "母亲乳腺癌病史，左乳钙化。",
        "因左乳钙化就诊。",
        "外院示左乳钙化。",
    ),
}


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in THERE.items() for text in texts])
def test_calcifications_that_another_thing_is_denied_beside_are_not_denied(
    language: str, text: str, rules: Rules
) -> None:
    statuses = {finding.status for finding in read(rules, text, language=language).findings}
    assert statuses & {"present", "hypothetical"}
    assert "negated" not in statuses


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in DENIED.items() for text in texts])
def test_what_is_denied_is_denied(language: str, text: str, rules: Rules) -> None:
    findings = read(rules, text, language=language).findings
    assert [(finding.status, finding.laterality) for finding in findings] == [("negated", "right")]


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in NOW.items() for text in texts])
def test_reasons_risks_and_the_past_of_other_things_leave_calcifications_present(
    language: str, text: str, rules: Rules
) -> None:
    findings = read(rules, text, language=language).findings
    assert ("present", "left") in {(finding.status, finding.laterality) for finding in findings}
