"""Small grammars that write reports in other languages out of what they shall say."""

from dataclasses import dataclass
from random import Random

from tests.core.narrative_grammar import Group, Written

__all__ = ["TONGUES", "Tongue", "write_in"]


@dataclass(frozen=True)
class Tongue:
    """Words of one language: forms of a group by concept, sentences with ``{}`` for their parts."""

    sides: dict[str, str]
    morphology: dict[str, tuple[str, ...]]
    distribution: dict[str, tuple[str, ...]]
    quadrant: dict[str, tuple[str, ...]]
    present: tuple[str, ...]
    denied: tuple[str, ...]
    past: tuple[str, ...]
    birads: tuple[str, ...]
    headings: tuple[str, str]


TONGUES = {
    "es": Tongue(
        {"left": "izquierda", "right": "derecha"},
        {
            "fine-pleomorphic": ("pleomórficas", "finas pleomórficas", "polimorfas"),
            "amorphous": ("amorfas",),
            "punctate": ("puntiformes",),
            "coarse-heterogeneous": ("heterogéneas gruesas", "groseras heterogéneas"),
            "fine-linear-branching": ("lineales finas ramificadas", "ramificadas"),
            "vascular": ("vasculares",),
        },
        {"grouped": ("agrupadas",), "segmental": ("de distribución segmentaria",), "regional": ("regionales",)},
        {
            "upper-outer": ("cuadrante superoexterno", "CSE"),
            "lower-inner": ("cuadrante inferointerno", "CII"),
            "upper": ("unión de cuadrantes superiores", "UCS"),
        },
        (
            "Se observan microcalcificaciones {m} {d} en {q} de la mama {s}, de {n} mm.",
            "Mama {s}: microcalcificaciones {m} {d} en {q}, que abarcan {n} mm.",
            "En {q} de mama {s} se identifican calcificaciones {m}, {d}, en una extensión de {n} mm.",
        ),
        (
            "No se observan microcalcificaciones en la mama {s}.",
            "Mama {s} sin nódulos ni microcalcificaciones.",
            "Mama {s}: no hay calcificaciones sospechosas.",
            "En la mama {s} tampoco se reconocen calcificaciones.",
        ),
        (
            "Antecedente de biopsia por microcalcificaciones en mama {s} en 2015.",
            "Las microcalcificaciones de la mama {s} fueron extirpadas en 2012.",
        ),
        ("BI-RADS {c}", "BIRADS: {c}", "Categoría BI-RADS {c}"),
        ("Hallazgos", "Conclusión"),
    ),
    "fr": Tongue(
        {"left": "gauche", "right": "droit"},
        {
            "fine-pleomorphic": ("polymorphes", "fines et polymorphes"),
            "amorphous": ("amorphes", "poussiéreuses"),
            "punctate": ("punctiformes",),
            "coarse-heterogeneous": ("grossières et hétérogènes",),
            "fine-linear-branching": ("fines linéaires ramifiées", "vermiculaires"),
            "vascular": ("vasculaires",),
        },
        {"grouped": ("groupées", "regroupées en foyer"), "segmental": ("segmentaires",), "regional": ("régionales",)},
        {
            "upper-outer": ("quadrant supéro-externe", "QSE"),
            "lower-inner": ("quadrant inféro-interne", "QII"),
            "upper": ("union des quadrants supérieurs",),
        },
        (
            "Microcalcifications {m} {d} du {q} du sein {s}, étendues sur {n} mm.",
            "Sein {s} : présence de microcalcifications {m}, {d}, du {q}, mesurant {n} mm.",
            "On note au sein {s} des microcalcifications {m} {d} dans le {q}, sur une étendue de {n} mm.",
        ),
        (
            "Pas de microcalcification au sein {s}.",
            "Sein {s} : absence de masse et de microcalcification suspecte.",
            "Le sein {s} ne comporte ni masse ni calcification.",
            "Aucune calcification n'est retrouvée au sein {s}.",
        ),
        (
            "Antécédent de biopsie du sein {s} pour microcalcifications en 2014.",
            "Antécédents de microcalcifications du sein {s}.",
        ),
        ("BI-RADS {c}", "classé ACR {c}", "BIRADS : {c}"),
        ("Résultats", "Conclusion"),
    ),
    "de": Tongue(
        {"left": "links", "right": "rechts"},
        {
            "fine-pleomorphic": ("pleomorphe", "fein pleomorphe", "polymorphe"),
            "amorphous": ("amorphe",),
            "punctate": ("punktförmige",),
            "coarse-heterogeneous": ("grob heterogene",),
            "fine-linear-branching": ("feinlineare verzweigte", "verzweigte"),
            "vascular": ("vaskuläre",),
        },
        {"grouped": ("gruppierte",), "segmental": ("segmental angeordnete", "segmentale"), "regional": ("regionale",)},
        {
            "upper-outer": ("oberen äußeren Quadranten", "OAQ"),
            "lower-inner": ("unteren inneren Quadranten", "UIQ"),
            "upper": ("oberen Quadranten",),
        },
        (
            "Im {q} {s} {d}, {m} Mikroverkalkungen auf einer Ausdehnung von {n} mm.",
            "Mamma {s}: {d} {m} Mikroverkalkungen im {q}, Ausdehnung {n} mm.",
            "Es zeigen sich {m} {d} Verkalkungen {s} im {q} über {n} mm.",
        ),
        (
            "Kein Mikrokalk {s}.",
            "Mamma {s}: Weder Herdbefund noch Mikroverkalkungen.",
            "Mikroverkalkungen {s} nicht nachweisbar.",
            "{s} keine suspekten Mikroverkalkungen.",
        ),
        ("Z.n. Biopsie {s} wegen Mikrokalk 2014.", "Z.n. Exstirpation von Mikrokalk {s}."),
        ("BI-RADS {c}", "BIRADS {c}", "BI-RADS-Kategorie {c}"),
        ("Befund", "Beurteilung"),
    ),
    "pt": Tongue(
        {"left": "esquerda", "right": "direita"},
        {
            "fine-pleomorphic": ("pleomórficas", "finas pleomórficas"),
            "amorphous": ("amorfas",),
            "punctate": ("puntiformes",),
            "coarse-heterogeneous": ("grosseiras heterogêneas",),
            "fine-linear-branching": ("lineares finas ramificadas", "ramificadas"),
            "vascular": ("vasculares",),
        },
        {"grouped": ("agrupadas",), "segmental": ("de distribuição segmentar",), "regional": ("regionais",)},
        {
            "upper-outer": ("quadrante superolateral", "QSL"),
            "lower-inner": ("quadrante inferomedial", "QIM"),
            "upper": ("junção dos quadrantes superiores",),
        },
        (
            "Observam-se microcalcificações {m} {d} no {q} da mama {s}, medindo {n} mm.",
            "Mama {s}: microcalcificações {m}, {d}, no {q}, em uma área de {n} mm.",
            "Calcificações {m} {d} no {q} da mama {s}, numa extensão de {n} mm.",
        ),
        (
            "Não se observam microcalcificações na mama {s}.",
            "Mama {s} sem nódulos ou microcalcificações.",
            "Mama {s}: ausência de calcificações suspeitas.",
        ),
        (
            "História de biópsia da mama {s} por microcalcificações em 2014.",
            "Antecedente de microcalcificações na mama {s}.",
        ),
        ("BI-RADS {c}", "BI-RADS® {c}", "Categoria {c} BI-RADS"),
        ("Achados", "Conclusão"),
    ),
    "zh": Tongue(
        {"left": "左", "right": "右"},
        {
            "fine-pleomorphic": ("细小多形性", "多形性"),
            "amorphous": ("无定形", "不定形"),
            "punctate": ("点状",),
            "coarse-heterogeneous": ("粗糙不均质",),
            "fine-linear-branching": ("细线分支状",),
            "vascular": ("血管",),
        },
        {"grouped": ("成簇", "簇状分布的"), "segmental": ("段样分布的",), "regional": ("区域性分布的",)},
        {"upper-outer": ("外上象限", "上外象限"), "lower-inner": ("内下象限",), "subareolar": ("乳晕后方",)},
        (
            "{s}乳{q}见{d}{m}钙化，范围约{n}mm。",
            "{s}侧乳腺{q}可见{d}{m}钙化灶，大小约{n}mm。",
            "{s}乳：{q}{d}{m}微钙化，范围{n}毫米。",
        ),
        ("{s}乳未见钙化。", "{s}乳未见肿块及可疑钙化。", "{s}侧乳腺无肿块、无钙化。"),
        ("{s}乳既往因钙化行活检。", "{s}乳钙化切除术后。"),
        ("BI-RADS {c}类", "BI-RADS：{c}级", "BI-RADS {c}"),
        ("检查所见", "诊断意见"),
    ),
}
_CATEGORIES = ("1", "2", "3", "4", "4A", "4B", "4C", "5")


def write_in(tongue: Tongue, random: Random) -> Written:
    """A report with one group on one side and a denial for the other."""
    side, other = random.sample(["left", "right"], 2)
    group = Group(
        side,
        random.choice(list(tongue.morphology)),
        random.choice(list(tongue.distribution)),
        random.choice(list(tongue.quadrant)),
        extent_mm=random.choice([4, 12, 25]),
    )
    words = random.choice(tongue.present).format(
        s=tongue.sides[side],
        m=random.choice(tongue.morphology[group.morphology or ""]),
        d=random.choice(tongue.distribution[group.distribution or ""]),
        q=random.choice(tongue.quadrant[group.quadrant or ""]),
        n=group.extent_mm,
    )
    denial = _capitalised(random.choice(tongue.denied).format(s=tongue.sides[other]))
    category = random.choice(_CATEGORIES)
    findings = [words, denial] if random.random() < 0.5 else [denial, words]
    last = random.choice(tongue.birads).format(c=category)
    heading, end = tongue.headings
    layouts = (
        f"{heading}:\n{findings[0]}\n{findings[1]}\n{end}:\n{last}.",
        f"{' '.join(findings)} {end}: {last}.",
        f"{heading}: {' '.join(findings)}\n{end}: {last}",
    )
    return Written(random.choice(layouts), [group], [other], category)


def _capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
