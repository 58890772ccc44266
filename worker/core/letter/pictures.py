"""
The drawings of the letter as SVG: where the spot is, what happens when, and what a number looks like for 100 people.

Every drawing carries its text alternative; nothing is drawn that the letter does not also say in words.
"""

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from worker.core.letter.look import ACCENT, INK, LINE, PAPER, SKIN, SOFT

_RADIUS = 56
_CENTRES = {"left": (96, 108), "right": (224, 108)}  # as the person sees herself in a mirror: her left is on the left
_REACH = {"upper-outer": (1, -1), "upper-inner": (-1, -1), "lower-outer": (1, 1), "lower-inner": (-1, 1),
          "upper": (0, -1), "lower": (0, 1), "outer": (1, 0), "inner": (-1, 0), "subareolar": (0, 0)}  # fmt: skip
PLACES_WIDTH, TIMES_WIDTH, HUNDRED_WIDTH = 230, 400, 620
_BODY = (
    "M122 0C122 18 108 24 86 29C52 37 22 42 10 68C2 92 4 132 8 178L312 178C316 132 318 92 310 68"
    "C298 42 268 37 234 29C212 24 198 18 198 0Z"
)
_ARMS = "M30 92C34 120 36 148 34 178M290 92C286 120 284 148 286 178"
_LINE_WIDTH = TIMES_WIDTH - 38.0
_GLYPH = {True: 14.0, False: 7.3}  # average widths at 14 px, wide (East Asian) and not, on the safe side


@dataclass(frozen=True, slots=True)
class Place:
    """A spot on one breast; ``outward`` and ``down`` are shares of the radius, outward away from the breastbone."""

    side: str
    outward: float
    down: float


def place_of(side: str, quadrant: str | None, clock: int | None) -> Place | None:
    """
    Where on the drawing a spot lies; None when side or place is unknown, or when clock and quadrant disagree.

    The clock is read as the one who examines sees it: three o'clock is outward on the left breast, inward on the right.
    """
    if side not in _CENTRES or (quadrant is None and clock is None):
        return None
    named = _REACH.get(quadrant) if quadrant else None
    if clock is None:
        return Place(side, named[0] * _share(named), named[1] * _share(named)) if named else None
    angle = math.radians(clock * 30)
    outward, down = math.sin(angle) * (1 if side == "left" else -1), -math.cos(angle)
    if named and named[0] * outward + named[1] * down < 0.25 * math.hypot(*named):
        return None
    return Place(side, outward * 0.58, down * 0.58)


def _share(named: tuple[int, int]) -> float:
    return 0.42 if all(named) else 0.55


def draw_places(places: Iterable[Place], left: str, right: str, alternative: str) -> str:
    """Both breasts from the front, mirrored, with a mark on each place; ``left`` and ``right`` are the labels."""
    shapes = [
        f'<path d="{_BODY}" fill="{SKIN}"/><path d="{_ARMS}" fill="none" stroke="{PAPER}" stroke-width="3"/>',
        *(_breast(x, y) for x, y in _CENTRES.values()),
        *(_mark(place) for place in places),
        *(_label(_CENTRES[side][0], text) for side, text in (("left", left), ("right", right))),
    ]
    return _svg(320, 204, PLACES_WIDTH, alternative, shapes)


def _breast(x: int, y: int) -> str:
    cross = f"M{x - _RADIUS} {y}H{x + _RADIUS}M{x} {y - _RADIUS}V{y + _RADIUS}"
    return (
        f'<circle cx="{x}" cy="{y}" r="{_RADIUS}" fill="{PAPER}" stroke="{SOFT}" stroke-width="1.5"/>'
        f'<path d="{cross}" stroke="{LINE}" stroke-width="1.5"/>'
        f'<circle cx="{x}" cy="{y}" r="11" fill="{SKIN}" stroke="{SOFT}" stroke-width="1"/>'
        f'<circle cx="{x}" cy="{y}" r="4" fill="{SOFT}"/>'
    )


def _mark(place: Place) -> str:
    x, y = _CENTRES[place.side]
    x += round(place.outward * _RADIUS * (-1 if place.side == "left" else 1))
    y += round(place.down * _RADIUS)
    return (
        f'<circle cx="{x}" cy="{y}" r="15" fill="{ACCENT}" fill-opacity="0.18" stroke="{ACCENT}" stroke-width="2"/>'
        f'<circle cx="{x}" cy="{y}" r="6" fill="{ACCENT}"/>'
    )


def _label(x: int, text: str) -> str:
    style = f'text-anchor="middle" font-size="16" font-weight="600" fill="{INK}"'
    return f'<text x="{x}" y="197" {style}>{escape(text)}</text>'


def draw_times(events: Iterable[tuple[str, str]], title: str, alternative: str) -> str:
    """
    (date, what happens) pairs from top to bottom, the first one done already.

    The title is part of the drawing: where a mail program drops drawings, no heading is left over nothing.
    """
    heading = f'font-size="16" font-weight="700" fill="{ACCENT}"'
    shapes = [f'<text x="0" y="15" {heading}>{escape(title)}</text>']
    last, top = 0, 38
    for number, (day, what) in enumerate(events):
        lines = _wrapped(what)
        if number:
            shapes.append(f'<path d="M14 {last + 9} V{top - 9}" stroke="{LINE}" stroke-width="3"/>')
        fill = ACCENT if number else PAPER
        shapes.append(f'<circle cx="14" cy="{top}" r="7" fill="{fill}" stroke="{ACCENT}" stroke-width="2.5"/>')
        shapes.append(_line(top + 5, day, f'font-weight="700" fill="{INK}"'))
        shapes += [_line(top + 22 + 18 * row, text, f'fill="{SOFT}"') for row, text in enumerate(lines)]
        last = top
        top += 25 + 18 * len(lines)
    return _svg(TIMES_WIDTH, top - 13, TIMES_WIDTH, alternative, shapes)


def _line(y: int, text: str, style: str) -> str:
    return f'<text x="36" y="{y}" font-size="14" {style}>{escape(text)}</text>'


def _wrapped(text: str) -> list[str]:
    """The text in lines that fit; words stay whole, and scripts without spaces break anywhere."""
    lines, width = [""], 0.0
    for piece in _pieces(text):
        size = sum(_GLYPH[unicodedata.east_asian_width(sign) in "WF"] for sign in piece)
        if width + size > _LINE_WIDTH and lines[-1]:
            lines.append(piece.lstrip())
            width = size
        else:
            lines[-1] += piece
            width += size
    return lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sign in text:
        if pieces and sign != " " and unicodedata.east_asian_width(sign) not in "WF" and _is_open(pieces[-1]):
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def _is_open(piece: str) -> bool:
    return unicodedata.east_asian_width(piece[-1]) not in "WF"


def draw_hundred(filled: int, alternative: str) -> str:
    """A hundred dots in two rows, the first ``filled`` of them full."""
    dots = [
        f'<circle cx="{7 + 12.3 * (number % 50):.1f}" cy="{7 + 14 * (number // 50)}" r="4.8" '
        f'fill="{ACCENT if number < filled else PAPER}" stroke="{ACCENT}" stroke-width="1.1"/>'
        for number in range(100)
    ]
    return _svg(HUNDRED_WIDTH, 28, HUNDRED_WIDTH, alternative, dots)


def _svg(width: int, height: int, shown: int, alternative: str, shapes: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{shown}" '
        f'height="{height * shown // width}" '
        f'role="img" aria-label="{escape(alternative)}" style="max-width:100%;height:auto;display:block" '
        f'font-family="inherit">{"".join(shapes)}</svg>'
    )
