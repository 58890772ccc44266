"""Which drawings a letter carries: the place of the spot, the time line, the number for 100 people."""

from collections.abc import Iterable, Iterator
from datetime import date

from worker.core.letter.compose import Number
from worker.core.letter.language import Speaker
from worker.core.letter.page import Figure
from worker.core.letter.pictures import (
    HUNDRED_WIDTH,
    PLACES_WIDTH,
    TIMES_WIDTH,
    Place,
    draw_hundred,
    draw_places,
    draw_times,
    place_of,
)
from worker.core.letter.steps import step_name
from worker.core.model import Activity, Plan, Reading
from worker.core.rules import Letters

# More rows than this no longer read as one picture; the steps themselves stand in words above it.
_MOST_EVENTS = 6

_Spot = tuple[str, str | None, int | None]


def place_figure(reading: Reading, plan: Plan, speaker: Speaker) -> Figure | None:
    """
    Where the spots are that the plan is about; None when no place is known.

    Planned activities say their place; where they say only a side, the findings of that side do.
    """
    spots = [spot for spot in _spots(reading, plan) if place_of(*spot)]
    places = [place for spot in spots if (place := place_of(*spot))]
    if not places:
        return None
    named = speaker.listed(_named(spot, speaker) for spot in spots)
    caption = speaker.say("picture-place-caption", first=named)
    left, right = speaker.say("picture-left"), speaker.say("picture-right")
    title = speaker.say("picture-place")
    words = speaker.say("line", first=title, second=named)
    return Figure(draw_places(_distinct(places), left, right, words), PLACES_WIDTH, title, caption, words)


def _spots(reading: Reading, plan: Plan) -> tuple[_Spot, ...]:
    open_steps = [activity for activity in plan.activities if activity.level > 1]
    told = [(step.laterality, step.quadrant, step.clock) for step in open_steps if step.quadrant or step.clock]
    if not told:
        sides = {step.laterality for step in open_steps}
        present = [finding for finding in reading.findings if finding.status == "present"]
        told = [(f.laterality, f.quadrant, f.clock) for f in present if sides & {f.laterality, "bilateral"}]
    return tuple(dict.fromkeys(told))


def _distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(places))


def _named(spot: _Spot, speaker: Speaker) -> str:
    side, quadrant, clock = spot
    where = speaker.say(f"quadrant-{quadrant}") if quadrant else speaker.say("quadrant-clock", clock=clock or 12)
    return speaker.say("place-with-side", first=speaker.say(f"side-{side}"), second=where)


def times_figure(
    groups: Iterable[tuple[Activity, ...]],
    exam: date | None,
    speaker: Speaker,
    letters: Letters,
    today: date = date.min,
) -> Figure | None:
    """What happens when, from the exam on; None when no step has a date that is still to come."""
    coming = (pair for pair in _dated(groups) if pair[0] >= today)
    dated = sorted(coming, key=lambda pair: pair[0])[: _MOST_EVENTS - 1]
    if not dated or exam is None:
        return None
    events = [(speaker.day(exam), speaker.say("picture-times-exam"))]
    events += [(speaker.day(day), step_name(activity, speaker, letters)) for day, activity in dated]
    title = speaker.say("picture-times")
    told = "; ".join(speaker.say("line", first=day, second=what) for day, what in events)
    return Figure(draw_times(events, title, speaker.say("line", first=title, second=told)), TIMES_WIDTH)


def _dated(groups: Iterable[tuple[Activity, ...]]) -> Iterator[tuple[date, Activity]]:
    for group in groups:
        for activity in group:
            if activity.due:
                yield activity.due, activity


def number_figure(chosen: Number | None, speaker: Speaker) -> Figure | None:
    """A hundred dots, as many filled as people have cancer; None where the number is a range or none may be said."""
    share = chosen.low if chosen else None
    if chosen is None or share is None or share != chosen.high:
        return None
    words = speaker.say("picture-number", low=share, restLow=100 - share)
    return Figure(draw_hundred(share, words), HUNDRED_WIDTH)
