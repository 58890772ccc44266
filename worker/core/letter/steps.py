"""Planned activities in the patient's words: what, why, when, and who calls whom."""

from datetime import date

from worker.core.letter.language import Speaker
from worker.core.letter.page import Step
from worker.core.model import Activity, Plan
from worker.core.rules import Letters, Practice
from worker.core.rules.letter_rows import StepRow

_SIDES = {"left", "right", "bilateral"}
_OTHER = StepRow(
    id="other", source="an action that the letter does not know", role="step", when="by", who="schedule", sided=True
)


def planned(plan: Plan, letters: Letters, role: str) -> tuple[tuple[Activity, ...], ...]:
    """
    Activities of one role, each group the same action on the same side, by date.

    Returns:
        The earliest date first; what nobody may date comes before all, so that it is not overlooked.
    """
    groups: dict[tuple[str, str], list[Activity]] = {}
    for activity in plan.activities:
        if letters.steps.get(activity.action, _OTHER).role == role:
            groups.setdefault((activity.action, activity.laterality), []).append(activity)
    ordered = [tuple(sorted(group, key=_due)) for group in groups.values()]
    return tuple(sorted(ordered, key=lambda group: _due(group[0])))


def _due(activity: Activity) -> date:
    return activity.due or date.min


def step_of(
    group: tuple[Activity, ...], speaker: Speaker, letters: Letters, practice: Practice, today: date = date.min
) -> Step:
    """One group as one step of the letter; a day that is past is not named any more, it is then as soon as possible."""
    first = group[0]
    row = letters.steps.get(first.action, _OTHER)
    why = speaker.paragraphs(f"step-{row.id}") + _options(first, speaker, letters)
    return Step(
        first.action,
        step_name(first, speaker, letters),
        why,
        _when(group, row, speaker, today),
        _who(row, speaker, practice),
    )


def step_name(activity: Activity, speaker: Speaker, letters: Letters) -> str:
    """What the step is called, with the side where one is known."""
    row = letters.steps.get(activity.action, _OTHER)
    name = speaker.say(f"step-{row.id}")
    if not row.sided or activity.laterality not in _SIDES:
        return name
    return speaker.say("step-with-side", first=name, second=speaker.say(f"side-{activity.laterality}"))


def _when(group: tuple[Activity, ...], row: StepRow, speaker: Speaker, today: date) -> str:
    days = tuple(dict.fromkeys(activity.due for activity in group if activity.due))
    if not days or row.when == "confirm":
        return speaker.say("when-confirm")
    if days[0] < today:
        said, ahead = speaker.say("when-soon"), tuple(day for day in days if day >= today)
    else:
        manner = "around" if group[0].interval_months else row.when
        said, ahead = speaker.say(f"when-{manner}", due=speaker.day(days[0])), days[1:]
    if not ahead:
        return said
    later = speaker.say("when-then", dates=speaker.listed(speaker.day(day) for day in ahead))
    return speaker.say("when-series", first=said, second=later)


def _who(row: StepRow, speaker: Speaker, practice: Practice) -> str:
    if row.who in ("schedule", "routine") and practice.get("scheduling") == "patient":
        return speaker.say("who-patient")
    return speaker.say(f"who-{row.who}")


def _options(activity: Activity, speaker: Speaker, letters: Letters) -> tuple[str, ...]:
    known = [letters.steps[option] for option in activity.options if option in letters.steps]
    names = [speaker.say(f"step-{row.id}") for row in known if row.role != "hidden"]
    return (speaker.say("choose-between", first=speaker.choice(names)),) if len(names) > 1 else ()
