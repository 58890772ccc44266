"""A grammar of recommendations: sentences that ask for steps, with the side, interval and standing of each."""

from dataclasses import dataclass
from random import Random

__all__ = ["Request", "write_requests"]

STEPS = {
    "biopsy": ("biopsy", "core biopsy", "core needle biopsy", "tissue sampling"),
    "stereotactic-biopsy": ("stereotactic biopsy", "stereotactic core biopsy", "stereotactic vacuum-assisted biopsy"),
    "ultrasound-guided-biopsy": ("ultrasound-guided biopsy", "ultrasound guided core needle biopsy"),
    "magnification-views": ("magnification views", "spot magnification views"),
    "ultrasound": ("targeted ultrasound", "breast ultrasound"),
    "breast-mri": ("breast MRI", "contrast-enhanced breast MRI"),
    "surgical-consult": ("surgical consultation", "surgical referral"),
    "routine-screening": ("routine screening", "annual screening mammography", "routine annual mammography"),
    "short-interval-mammogram": ("short-interval follow-up", "six-month follow-up mammogram", "6-month follow-up"),
}
TISSUE = ("biopsy", "stereotactic-biopsy", "ultrasound-guided-biopsy")


@dataclass(frozen=True)
class Request:
    """What a sentence asks for; ``months`` is None where the words name no time."""

    action: str
    side: str
    months: int | None = None


def write_requests(random: Random) -> tuple[str, list[Request]]:
    """One passage of recommendations and what it asks for, in order of the words."""
    return random.choice((_joined, _passive, _headed, _listed, _refused, _conditional, _done, _timed))(random)


def _step(random: Random, *without: str) -> tuple[str, str, int | None]:
    action = random.choice([name for name in STEPS if name not in without])
    words = random.choice(STEPS[action])
    return action, words, 6 if words[:2] in {"si", "6-"} else None


def _sides(random: Random) -> tuple[str, str]:
    one, other = random.sample(("left", "right"), 2)
    return one, other


def _two(random: Random) -> tuple[list[Request], list[str]]:
    """Two steps for two breasts, and their words."""
    requests, phrases = [], []
    before = ""
    template = random.choice(
        ("{words} of the {side} breast", "{words} on the {side}", "{side} breast {words}", "{side} {words}")
    )
    for side in _sides(random):
        action, words, months = _step(random, before)
        before = action
        requests.append(Request(action, side, months))
        phrases.append(template.format(words=words, side=side))
    return requests, phrases


def _joined(random: Random) -> tuple[str, list[Request]]:
    requests, (one, other) = _two(random)
    template = random.choice(
        (
            "Recommend {} and {}.",
            "I recommend {}, and {}.",
            "We suggest {}; {} is also recommended.",
            "Recommendation: {} and {}.",
            "RECOMMENDATION: {}, {}.",
            "The patient should undergo {} and {}.",
        )
    )
    return template.format(one, other), requests


def _passive(random: Random) -> tuple[str, list[Request]]:
    requests, (one, other) = _two(random)
    template = random.choice(
        ("{} and {} are recommended.", "{} is recommended, and {} is advised.", "{} and {} should be performed.")
    )
    text = template.format(one, other)
    return text[0].upper() + text[1:], requests


def _headed(random: Random) -> tuple[str, list[Request]]:
    requests, lines = [], []
    for side in _sides(random):
        action, words, months = _step(random)
        requests.append(Request(action, side, months))
        lines.append(f"{side.capitalize()} breast: {words}.")
    return "RECOMMENDATION:\n" + "\n".join(lines), requests


def _listed(random: Random) -> tuple[str, list[Request]]:
    requests, lines = [], []
    for number, side in enumerate(_sides(random), 1):
        action, words, months = _step(random, "routine-screening")
        requests.append(Request(action, side, months))
        lines.append(f"{number}. Suspicious calcifications, {side} breast. {words.capitalize()} is recommended.")
    return "IMPRESSION:\n" + "\n".join(lines), requests


def _refused(random: Random) -> tuple[str, list[Request]]:
    """One step is not needed, another is asked for."""
    one, other = _sides(random)
    action, words, months = _step(random, *TISSUE)
    refused = random.choice(STEPS[random.choice(TISSUE)])
    template = random.choice(
        (
            "No {no} of the {one} breast is needed; {yes} of the {other} breast is recommended.",
            "{No} of the {one} breast is not recommended. Recommend {yes} of the {other} breast.",
            "Recommend {yes} of the {other} breast rather than {no}.",
            "{No} of the {one} breast is not indicated at this time, but {yes} of the {other} breast is advised.",
        )
    )
    text = template.format(no=refused, No=refused.capitalize(), yes=words, one=one, other=other)
    return text, [Request(action, other, months)]


def _conditional(random: Random) -> tuple[str, list[Request]]:
    """What hangs on a condition is not asked for yet; a purpose is no condition."""
    side = random.choice(_sides(random))
    action, words, months = _step(random, "routine-screening")
    template = random.choice(
        (
            "Recommend {words} of the {side} breast. If stable, return to annual screening mammography.",
            "Recommend {words} of the {side} breast. If the findings are unchanged, routine screening may be resumed.",
            "To exclude malignancy, {words} of the {side} breast is recommended.",
            "{Words} of the {side} breast is recommended to rule out an occult malignancy.",
            "{Words} of the {side} breast is recommended; annual screening may follow if this is negative.",
        )
    )
    text = template.format(words=words, Words=words[0].upper() + words[1:], side=side)
    return text, [Request(action, side, months)]


def _done(random: Random) -> tuple[str, list[Request]]:
    """What was done is past; what follows is asked for."""
    side = random.choice(_sides(random))
    action, words, months = _step(random, *TISSUE)
    done = random.choice(STEPS[random.choice(TISSUE)])
    template = random.choice(
        (
            "{Done} of the {side} breast was performed today. Recommend {words} of the {side} breast.",
            "Status post {done} of the {side} breast. {Words} of the {side} breast is recommended.",
            "After prior {done} of the {side} breast, {words} of the {side} breast is recommended.",
        )
    )
    text = template.format(done=done, Done=done.capitalize(), words=words, Words=words.capitalize(), side=side)
    return text, [Request(action, side, months)]


def _timed(random: Random) -> tuple[str, list[Request]]:
    """An interval belongs to its own step."""
    one, other = _sides(random)
    months = random.choice((4, 6))
    tissue = random.choice(STEPS["stereotactic-biopsy"])
    template = random.choice(
        (
            "Recommend {tissue} of the {one} breast and follow-up mammogram of the {other} breast in {months} months.",
            "Follow-up mammogram of the {other} breast in {months} months and {tissue} of the {one} are advised.",
            "Stable for 2 years. {Tissue} of the {one} breast is recommended, and {other} follow-up mammography in "
            "{months} months.",
        )
    )
    text = template.format(tissue=tissue, Tissue=tissue.capitalize(), one=one, other=other, months=months)
    return text, [Request("stereotactic-biopsy", one), Request("short-interval-mammogram", other, months)]
