"""The board as one HTML page: no script, nothing remote, only its own style; right for a screen reader and on paper."""

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from worker.console.board import SHOWN, Board, Line
from worker.core.rules import Rules

__all__ = ["POLICY", "page_of"]

_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
# Nothing may run, be fetched, be sent or frame us; the one style is the one above.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TONES = {"overdue": "late", "stat": "late", "asap": "soon", "urgent": ""}
_HEADS = ("deadline", "assessment", "state", "next steps", "questions", "letter", "where")


def page_of(board: Board, rules: Rules) -> str:
    """The whole document."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>CalciFHIR: practice view</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<header><h1>Practice view</h1>{_said(board)}{_tiles(board)}</header>"
        f"<main>{_work(board, rules)}{_letters(board)}{_machine(board)}</main>"
        '<footer><p class="soft">This page shows and changes nothing: plans are released in the EHR, parked work is '
        "tried again with <code>calcifhir parked replay ID</code>. No names stand here; a report's life is told by "
        "<code>calcifhir trace ID</code>. The same as JSON: <a href='/console/work.json'>work.json</a>.</p></footer>"
        "</body></html>"
    )


def _said(board: Board) -> str:
    at = f"{board.at:%Y-%m-%d %H:%M} UTC; today at the facility is {board.today.isoformat()}. "
    known = (
        f"{board.counts.decided} plans were seen to be released or rejected at the EHR."
        if board.ehr_answered
        else "The EHR did not answer: what was released lately still stands here."
    )
    again = f'<a href="{escape(_address(board.shown))}">Read again</a>'
    return f'<p class="soft">{escape(at + known)} {again}</p>'


def _tiles(board: Board) -> str:
    counts = board.counts
    tiles = [
        (counts.total, "open", ""),
        (counts.overdue, "overdue: escalate", "late"),
        *((number, f"due within {days} days", "soon" if days <= 2 else "") for days, number in counts.due_soon.items()),
        (counts.tags.get("held", 0), "on hold", "soon"),
        (counts.tags.get("interpreter", 0), "need an interpreter", ""),
        (len(board.parked), "parked", "soon"),
    ]
    made = "".join(
        f'<li class="{tone if number else ""}"><b>{number}</b> {escape(said)}</li>' for number, said, tone in tiles
    )
    return f'<ul class="tiles">{made}</ul>'


# ---- the work list -----------------------------------------------------------------------------------------------


def _work(board: Board, rules: Rules) -> str:
    rows = "".join(_row(line, rules) for line in board.lines)
    if not rows:
        return f'<h2 id="work">What is open</h2>{_filters(board)}<p>Nothing is open here.</p>'
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    more = " The first are shown." if board.more else ""
    caption = f"The most serious first, then by deadline; what has no known category stands with the biopsies.{more}"
    return (
        f'<h2 id="work">What is open</h2>{_filters(board)}<div class="scroll" tabindex="0" role="region" '
        f'aria-labelledby="work"><table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _filters(board: Board) -> str:
    numbers = {**board.counts.tags, "all": board.counts.total, "overdue": board.counts.overdue}
    links = [(key, said, numbers.get(key, 0)) for key, said in SHOWN.items()]
    links += [
        (f"letter:{each.id}", f"Letters in {each.name}", each.letters) for each in board.languages if each.letters
    ]
    made = "".join(_filter(key, f"{said} ({number})", board.shown) for key, said, number in links)
    return f'<nav aria-label="Show"><ul>{made}</ul></nav>'


def _filter(key: str, said: str, shown: str) -> str:
    current = ' aria-current="page"' if key == shown else ""
    return f'<li><a href="{escape(_address(key))}"{current}>{escape(said)}</a></li>'


def _address(shown: str) -> str:
    kind, _, language = shown.partition(":")
    query = {"language": language} if language else {} if kind == "all" else {"show": kind}
    return f"/console?{urlencode(query)}" if query else "/console"


def _row(line: Line, rules: Rules) -> str:
    tone = _TONES.get(line.urgency, "")
    about = line.entry.about
    cells = (
        _assessment(about),
        _state(line, rules),
        _listed(
            f"{step['name']} <span class='soft date'>{escape(step['due'] or 'to be agreed')}</span>"
            for step in _steps(about)
        ),
        _listed(_question(question, rules) for question in about["questions"]),
        _letter(about["letter"]),
        _where(line),
    )
    body = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr class="{tone}"><th scope="row">{_deadline(line, tone)}</th>{body}</tr>'


def _deadline(line: Line, tone: str) -> str:
    days = abs(line.days_left)
    plural = "day" if days == 1 else "days"
    said = "today" if not days else f"{days} {plural} late" if line.days_left < 0 else f"in {days} {plural}"
    return f'<span class="day">{escape(line.entry.about["due"])}</span><br><span class="chip {tone}">{said}</span>'


def _assessment(about: Any) -> str:
    category = f"{about['scale']} {about['category']}" if about["category"] else "no category"
    side = about["side"] if about["side"] != "unknown" else "side unknown"
    return f'<span class="big">{escape(category)}</span><br><span class="soft">{escape(side)}</span>'


def _state(line: Line, rules: Rules) -> str:
    about = line.entry.about
    chip = '<span class="chip soon">on hold</span>' if about["hold"] else '<span class="chip">to release</span>'
    by = escape(rules.output.say("owner", about["released_by"]))
    missing = (
        ""
        if line.entry.delivery == "delivered"
        else f"<br><span class='soft'>at the EHR: {escape(line.entry.delivery)}</span>"
    )
    return f"{chip}<br><span class='soft'>{by}</span>{missing}"


def _steps(about: Any) -> list[dict[str, Any]]:
    return [{**step, "name": escape(step["name"])} for step in about["steps"]]


def _question(question: Any, rules: Rules) -> str:
    due = f', by <span class="date">{escape(question["due"])}</span>' if question["due"] else ""
    tone = "soon" if question["hold"] else ""
    said = escape(rules.output.say("owner", question["owner"])) + due
    return f'<span class="chip {tone}">{escape(question["rule"])}</span> <span class="soft">{said}</span>'


def _letter(letter: Any) -> str:
    if letter is None:
        return '<span class="soft">none</span>'
    chips = '<br><span class="chip soon">interpreter</span>' if letter["interpreter"] else ""
    return f'{escape(letter["language"])}{chips}<br><span class="soft">{escape(letter["wording"])}</span>'


def _where(line: Line) -> str:
    plan = f"<code>{escape(line.entry.location)}</code><br>" if line.entry.location else ""
    return f'{plan}<span class="soft">report <code>{escape(line.entry.report_id)}</code></span>'


def _listed(items: Iterable[str]) -> str:
    made = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="plain">{made}</ul>' if made else '<span class="soft">none</span>'


# ---- letters and the machine -------------------------------------------------------------------------------------


def _letters(board: Board) -> str:
    rows = (
        (f'<span lang="{escape(each.id)}">{escape(each.name)}</span>', str(each.letters), escape(each.wording))
        for each in board.languages
    )
    return f"<h2>Letters by language</h2>{_table('Letters by language', ('language', 'open letters', 'wording'), rows)}"


def _machine(board: Board) -> str:
    states = (
        (escape(kind), escape(state), str(number))
        for kind, counted in board.states.items()
        for state, number in counted.items()
        if number
    )
    ages = [(f"oldest {kind}", _age(seconds)) for kind, seconds in board.ages.items() if seconds]
    ages += [(f"queue {queue}: last bell", _age(seconds)) for queue, seconds in board.heartbeats.items()]
    ages += [("last sweep", "never" if board.sweep.age_seconds is None else _age(board.sweep.age_seconds))]
    parked = (
        (
            escape(str(each["kind"])),
            f"<code>{escape(str(each['id']))}</code>",
            escape(str(each["since"])),
            escape(str(each["reason"])),
        )
        for each in board.parked
    )
    left = _table("States", ("what", "state", "how many"), states)
    right = _table("Ages", ("age", "for"), ((escape(said), age) for said, age in ages))
    set_aside = (
        _table("Parked", ("what", "id", "since", "why"), parked) if board.parked else "<p>Nothing is parked.</p>"
    )
    return f'<h2>The machine</h2><div class="pair"><div>{left}</div><div>{right}</div></div><h2>Parked</h2>{set_aside}'


def _age(seconds: float) -> str:
    for unit, size in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"


def _table(named: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    region = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(named)}">'
    return f"{region}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
