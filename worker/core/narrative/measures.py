"""Numbers with what they count: sizes, distances from the nipple, clock positions, intervals."""

from functools import lru_cache

from worker.core.narrative.marks import Mark
from worker.core.rules.words import Meaning

__all__ = ["with_measures"]

_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "um": 0.001, "inch": 25.4}
_MONTHS = {"day": 1 / 30, "week": 7 / 30, "month": 1.0, "year": 12.0}
_HALVES = frozenset(("upper", "lower", "inner", "outer"))  # a whole quadrant is no direction
_ALSO_SAID = frozenset(("side", "quadrant"))  # by words of distance
_SIZE, _DISTANCE, _OTHER_DISTANCE = "size", "nipple-distance", "other-distance"
_CLOCK, _INTERVAL, _AGE = "clock-position", "time", "age"
_LONGEST_INTERVAL = 120  # months; nobody is asked to come back after more: "70 years" is an age
_MEASURABLE = frozenset(("number", "numeral", "period", "clock"))
_MOST_JOINED = 4  # 12 x 9 x 8 mm; more numbers in a row measure nothing
_WRITTEN_OTHERWISE = frozenset(("slash", "open"))
_AFTER_DIRECTION = frozenset(("comma", "stop", "break", "existence"))
_STEPS = frozenset(("action", "exam"))
_LONGEST_FRACTION = 18  # months of twelve
_LISTING = frozenset(("comma", "and", "or"))
_NUMBERS = frozenset(("number", "numeral"))
_COUNTED = frozenset(("side", "scale", "category", "colon"))  # a number behind them is a category
_JOINS = frozenset(("times", "slash", "dash"))
_MEASURING = frozenset(("unit", "interval", "clock", "colon", *_LISTING))


def with_measures(marks: list[Mark], words: list[str]) -> list[Mark]:
    """The marks with every number-and-unit turned into one mark; ``value`` in millimetres, hours or months."""
    measured: list[Mark] = []
    done = 0
    for place in [k for k, mark in enumerate(marks) if mark.kind in _MEASURABLE]:
        if place >= done:
            measured += marks[done:place]
            mark, done = _measured(marks, place, words)
            measured.append(mark)
    return measured + marks[done:]


def _measured(marks: list[Mark], place: int, words: list[str]) -> tuple[Mark, int]:
    """The measure, period or clock position that starts at a place, else the mark itself; and the place after it."""
    mark = marks[place]
    if mark.kind == "period":
        mark.value = float(mark.concept)
    elif mark.kind == "clock":
        if mark.concept == "before" and _kind(marks, place + 1) == "number":
            return _clock(marks, place + 1, mark.first, place, words) or mark, place + 2
    else:
        return _measure(marks, place, words)
    return mark, place + 1


def _kind(marks: list[Mark], place: int) -> str:
    return marks[place].kind if place < len(marks) else ""


def _touches(marks: list[Mark], place: int) -> bool:
    """Whether the mark follows the one before it without a word between."""
    return place < len(marks) and marks[place].first <= marks[place - 1].last


def _value(mark: Mark, words: list[str]) -> float:
    text = mark.concept if mark.kind == "numeral" else words[mark.first].replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return 0.0


def _measure(marks: list[Mark], place: int, words: list[str]) -> tuple[Mark, int]:
    """The measure that starts at a number, and the place after it; the bare number if nothing is measured."""
    following = _kind(marks, place + 1)
    if following in _WRITTEN_OTHERWISE:
        mark, after = _written_otherwise(marks, place, words)
        if after:
            return mark, after
    if (following not in _JOINS and following not in _MEASURING) or _is_category(marks, place):
        return marks[place], place + 1
    numbers, end = _run_of_numbers(marks, place, words)
    if _touches(marks, end):
        unit = marks[end]
        if unit.kind == "unit":
            return _size(marks, place, end, max(numbers) * _MILLIMETRES[unit.concept], words)
        if unit.kind == "interval":
            months = min(numbers) * _MONTHS[unit.concept]
            kind = _INTERVAL if months <= _LONGEST_INTERVAL else _AGE
            return _mark(kind, unit, marks[place].first, unit.last, months), end + 1
        if unit.kind == "clock" and unit.concept == "after":
            mark_or_none = _clock(marks, place, marks[place].first, end, words)
            if mark_or_none is not None:
                return mark_or_none, end + 1
    return _time_of_day(marks, place, words) or _listed_interval(marks, place, words) or (marks[place], place + 1)


def _written_otherwise(marks: list[Mark], place: int, words: list[str]) -> tuple[Mark, int]:
    """``six (6) months``, ``6/12 f/u``: an interval and the place after it, 0 if it is none."""
    months = _value(marks[place], words)
    kinds = [mark.kind for mark in marks[place + 1 : place + 5]]
    end = place + 2
    if kinds == ["open", "number", "close", "interval"] and _value(marks[end], words) == months:
        unit = marks[place + 4]
        return _mark(_INTERVAL, unit, marks[place].first, unit.last, months * _MONTHS[unit.concept]), place + 5
    if kinds[:2] != ["slash", "number"] or words[marks[end].first] != "12" or not _touches(marks, end):
        return marks[place], 0
    before = marks[place - 1] if place else None
    is_led = before is not None and before.kind in {"break", "recommend"} and before.last == marks[place].first
    is_step = _kind(marks, end + 1) in _STEPS and _touches(marks, end + 1)
    if not (is_led or is_step) or not 1 <= months <= _LONGEST_FRACTION or not _touches(marks, place + 1):
        return marks[place], 0
    return _mark(_INTERVAL, marks[end], marks[place].first, marks[end].last, months), end + 1


def _listed_interval(marks: list[Mark], place: int, words: list[str]) -> tuple[Mark, int] | None:
    """``at 6, 12 and 24 months``: the first of several times that share one unit."""
    if _kind(marks, place + 1) not in _LISTING or (place and marks[place - 1].kind in _COUNTED):
        return None
    numbers, end, is_joined = [_value(marks[place], words)], place + 1, False
    while len(numbers) < _MOST_JOINED and _kind(marks, end) in _LISTING:
        while _kind(marks, end) in _LISTING and _touches(marks, end):
            is_joined = is_joined or marks[end].kind != "comma"
            end += 1
        if _kind(marks, end) not in _NUMBERS or not _touches(marks, end):
            return None
        numbers.append(_value(marks[end], words))
        end += 1
    if not is_joined or _kind(marks, end) != "interval" or not _touches(marks, end) or numbers != sorted(numbers):
        return None
    unit = marks[end]
    return _mark(_INTERVAL, unit, marks[place].first, unit.last, numbers[0] * _MONTHS[unit.concept]), end + 1


def _is_category(marks: list[Mark], place: int) -> bool:
    """Whether the number may be the category of a scale named before it: ``BI-RADS 3 - 6 month follow-up``."""
    for before in range(place - 1, max(-1, place - 5), -1):
        kind = marks[before].kind
        if kind in {"scale", "category"}:
            return True
        if kind not in {"colon", "dash", "break", "side", "filler", "open", "exam", "overall"}:
            return False
    return False


def _run_of_numbers(marks: list[Mark], place: int, words: list[str]) -> tuple[list[float], int]:
    numbers, end = [_value(marks[place], words)], place + 1
    while len(numbers) < _MOST_JOINED and _kind(marks, end) in _JOINS and _touches(marks, end):
        after = end + 1
        while after < len(marks) and marks[after].first == marks[end].first:
            after += 1  # "to" says two things
        if _kind(marks, after) not in _NUMBERS or not _touches(marks, after):
            break
        numbers.append(_value(marks[after], words))
        end = after + 1
    return numbers, end


def _size(marks: list[Mark], place: int, end: int, value: float, words: list[str]) -> tuple[Mark, int]:
    """A length; several joined by a times sign count as one, of the longest."""
    if _kind(marks, end + 1) == "times" and _kind(marks, end + 2) == "number" and _touches(marks, end + 2):
        other, after = _measure(marks, end + 2, words)
        if other.kind in {"size", "nipple-distance"}:
            return _mark(other.kind, marks[end], marks[place].first, other.last, max(value, other.value)), after
    first, last, after = marks[place].first, marks[end].last, end + 1
    if _kind(marks, after) in _ALSO_SAID and _kind(marks, after + 1) == "distance" and _touches(marks, after):
        after += marks[after].first == marks[after + 1].first  # "from the left nipple", "superior to the nipple"
    if _touches(marks, after) and marks[after].kind == "distance" and marks[after].meaning.direction == "backward":
        return _mark(_distance(marks[after]), marks[after], first, marks[after].last, value), after + 1
    after = end + 1
    if _kind(marks, after) == "quadrant" and _touches(marks, after) and _is_direction(marks, after):
        return _mark(_OTHER_DISTANCE, marks[end], first, marks[after].last, value), after + 1
    before = marks[place - 1] if place else None
    if before is not None and before.kind in {"colon", "filler"} and place > 1:
        before = marks[place - 2]
    if before is not None and before.kind == "distance" and before.meaning.direction == "forward":
        return _mark(_distance(before), before, first, last, value), after
    return _mark(_SIZE, marks[end], first, last, value), after


def _is_direction(marks: list[Mark], quadrant: int) -> bool:
    """``4 cm inferior, there is ...``, ``4 cm lateral at 7:00``: how far off it lies; ``4 cm lateral cluster`` not."""
    mark = marks[quadrant]
    following = marks[quadrant + 1] if quadrant + 1 < len(marks) else None
    is_end = following is None or (following.first == mark.last and following.kind in _AFTER_DIRECTION)
    return mark.last - mark.first == 1 and mark.concept in _HALVES and is_end


def _mark(kind: str, unit: Mark, first: int, last: int, value: float) -> Mark:
    """A measure; the row of its unit stands behind it."""
    mark = Mark(_meaning(kind, unit.meaning.rule), first, last)
    mark.value = value
    return mark


@lru_cache(maxsize=512)
def _meaning(kind: str, rule: str) -> Meaning:
    """One for all measures with a row of the tables behind them."""
    return Meaning(kind, "", rule)


def _distance(cue: Mark) -> str:
    """How far from the nipple; from elsewhere, it is no size of anything."""
    return _OTHER_DISTANCE if cue.concept == "other" else _DISTANCE


def _clock(marks: list[Mark], number: int, first: int, last_place: int, words: list[str]) -> Mark | None:
    hour = _value(marks[number], words)
    unit = marks[min(last_place, len(marks) - 1)]
    return (
        _mark(_CLOCK, unit, first, max(unit.last, marks[number].last), hour)
        if 1 <= hour <= 12 and hour == int(hour)
        else None
    )


def _time_of_day(marks: list[Mark], place: int, words: list[str]) -> tuple[Mark, int] | None:
    """``12:00`` as a clock position; what follows says whether it is one (``am`` and the like are in no table)."""
    if _kind(marks, place + 1) != "colon" or _kind(marks, place + 2) != "number" or not _touches(marks, place + 2):
        return None
    if words[marks[place + 2].first] not in {"00", "30", "15", "45"}:
        return None
    mark = _clock(marks, place, marks[place].first, place + 2, words)
    if mark is None:
        return None
    after = place + 3
    if _touches(marks, after) and marks[after].kind == "clock":
        mark.last = marks[after].last
        after += 1
    return mark, after
