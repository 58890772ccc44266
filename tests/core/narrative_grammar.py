"""A grammar that writes reports out of what they shall say; what it writes must be read back."""

from dataclasses import dataclass, field
from random import Random

MORPHOLOGY = {
    "fine-pleomorphic": ("fine pleomorphic", "pleomorphic", "granular"),
    "amorphous": ("amorphous", "indistinct", "hazy amorphous"),
    "coarse-heterogeneous": ("coarse heterogeneous", "coarse and heterogeneous", "course heterogenous"),
    "fine-linear-branching": ("fine linear branching", "fine linear", "branching", "linear branching", "casting"),
    "punctate": ("punctate", "pinpoint"),
    "round": ("round", "rounded"),
    "vascular": ("vascular", "arterial"),
    "coarse": ("coarse", "popcorn", "popcorn-like"),
    "large-rod-like": ("large rod-like", "secretory", "rodlike"),
    "rim": ("rim", "eggshell", "egg-shell"),
    "lucent-centered": ("lucent-centered", "lucent-centred"),
    "dystrophic": ("dystrophic",),
    "skin": ("skin", "dermal"),
    "suture": ("suture",),
}
DISTRIBUTION = {
    "grouped": ("grouped", "clustered"),
    "segmental": ("segmental",),
    "linear": ("linearly arranged", "linearly distributed"),
    "regional": ("regional",),
    "diffuse": ("diffuse", "scattered", "diffusely scattered"),
}
QUADRANT = {
    "upper-outer": ("upper outer quadrant", "upper-outer quadrant", "superolateral aspect", "UOQ"),
    "upper-inner": ("upper inner quadrant", "superomedial aspect", "UIQ"),
    "lower-outer": ("lower outer quadrant", "inferolateral quadrant", "LOQ"),
    "lower-inner": ("lower inner quadrant", "inferomedial aspect", "LIQ"),
    "subareolar": ("retroareolar region", "subareolar region"),
}
NOUNS = ("calcifications", "microcalcifications", "micro-calcifications", "calcs")
BIRADS = {
    "0": ("BI-RADS 0", "BIRADS: O", "BI-RADS Category 0: Incomplete", "Bi-Rads zero"),
    "1": ("BI-RADS 1", "BIRADS 1 - negative", "ACR BI-RADS Category: 1", "BI-RADS I"),
    "2": ("BI-RADS 2", "BIRADS 2- benign finding", "BI-RADS category two", "BI-RADS II", "BIRADS02"),
    "3": ("BI-RADS 3", "BI-RADS: 3 (probably benign)", "BI-RADS III", "BI-RADS 3 - 6 month follow-up"),
    "4": ("BI-RADS 4", "BIRADS category 4: suspicious", "BI-RADS IV", "BR4"),
    "4A": ("BI-RADS 4A", "BIRADS 4a", "BI-RADS category 4 A."),
    "4B": ("BI-RADS 4B", "BIRADS: IV b.", "BI-RADS category 4b"),
    "4C": ("BI-RADS 4C", "BI-RADS® 4c", "BI-RADS Assessment Category: 4C"),
    "5": ("BI-RADS 5", "BI-RADS five", "BI-RADS V", "Breast Imaging Reporting and Data System category 5"),
    "6": ("BI-RADS 6", "BI-RADS category 6: known biopsy-proven malignancy"),
}
NEGATIONS = (
    "No suspicious {noun} are seen in the {side} breast.",
    "There are no masses, {noun}, or areas of distortion in the {side} breast.",
    "{Side} breast: No {noun}.",
    "The {side} breast shows no evidence of suspicious {noun}.",
    "{Side} breast without masses or {noun}.",
    "Suspicious {noun} are not identified in the {side} breast.",
    "In the {side} breast, neither masses nor {noun} are seen.",
)
HISTORIES = (
    "History of right breast cyst aspiration in 2015.",
    "Status post benign biopsy of {side} breast {noun} in 2012.",
    "Patient has a history of {side} breast {noun}.",
)


@dataclass
class Group:
    """What a report shall say of one group of calcifications."""

    side: str
    morphology: str | None = None
    distribution: str | None = None
    quadrant: str | None = None
    clock: int | None = None
    extent_mm: int | None = None


@dataclass
class Written:
    """A report and what it says."""

    text: str
    groups: list[Group] = field(default_factory=list)
    negated: list[str] = field(default_factory=list)
    birads: str | None = None


def draw_group(random: Random, side: str) -> Group:
    """A group whose particulars fit together."""
    distribution = random.choice([*DISTRIBUTION, None])
    has_place = distribution != "diffuse"
    return Group(
        side,
        random.choice([*MORPHOLOGY, None]),
        distribution,
        random.choice([*QUADRANT, None]) if has_place else None,
        random.choice([*range(1, 13), None]) if has_place and random.random() < 0.3 else None,
        random.choice([4, 12, 25, None]) if has_place else None,
    )


def group_words(group: Group, random: Random) -> str:
    """One sentence for a group, in one of several orders."""
    noun = random.choice(NOUNS)
    morphology = random.choice(MORPHOLOGY[group.morphology]) if group.morphology else ""
    distribution = random.choice(DISTRIBUTION[group.distribution]) if group.distribution else ""
    size = f"{group.extent_mm} mm" if group.extent_mm else ""
    place = " ".join(_place(group, random))
    before = " ".join(word for word in (distribution, morphology) if word)
    templates = [
        f"There are {before} {noun} {place}{', spanning ' + size if size else ''}.",
        f"{before.capitalize()} {noun} are seen {place}{' measuring ' + size if size else ''}.".lstrip(),
        f"{place.capitalize()}, there are {before} {noun}{' extending over ' + size if size else ''}.",
    ]
    if group.morphology and group.distribution and "-like" not in morphology:
        templates.append(
            f"{noun.capitalize()} {place} are {morphology} and {distribution}{', spanning ' + size if size else ''}."
        )
    if group.distribution == "grouped" and size:
        templates.append(f"A {size} cluster of {morphology} {noun} is noted {place}.")
    return " ".join(random.choice(templates).split())


def _place(group: Group, random: Random) -> list[str]:
    quadrant = random.choice(QUADRANT[group.quadrant]) if group.quadrant else ""
    words = [f"in the {quadrant} of the {group.side} breast" if quadrant else f"in the {group.side} breast"]
    if group.clock:
        words.append(f"at {group.clock} o'clock")
    return words


def write_report(random: Random) -> Written:
    """A report with one to three groups, denials for the rest, a history and an assessment."""
    sides = random.sample(["left", "right"], 2)
    groups = [draw_group(random, sides[0])]
    if random.random() < 0.3:
        groups.append(draw_group(random, sides[1]))
    birads = random.choice(list(BIRADS))
    findings = [group_words(group, random) for group in groups]
    negated = []
    if len(groups) == 1:
        negated = [sides[1]]
        noun = random.choice(NOUNS)
        findings.insert(random.randrange(2), _filled(random.choice(NEGATIONS), sides[1], noun))
    text = _laid_out(random, findings, random.choice(BIRADS[birads]), sides[0])
    return Written(text, groups, negated, birads)


def _filled(template: str, side: str, noun: str) -> str:
    return template.format(side=side, Side=side.capitalize(), noun=noun)


def _laid_out(random: Random, findings: list[str], birads: str, side: str) -> str:
    joined = random.choice([" ", "\n"]).join(findings)
    if random.random() < 0.3:
        joined = "\n".join(f"- {finding}" for finding in findings)
    title = random.choice(["BILATERAL DIAGNOSTIC MAMMOGRAM\n", "Bilateral mammography. ", ""])
    return title + random.choice(
        [
            f"FINDINGS: {joined}\nIMPRESSION: {birads}",
            f"Indication: screening.\n\nFindings:\n{joined}\n\nImpression:\n{birads}\n",
            f"{joined} {birads}",
            f"HISTORY: 55-year-old woman.\nTECHNIQUE: CC and MLO views.\nFINDINGS: {joined}\nASSESSMENT: {birads}",
        ]
    )
