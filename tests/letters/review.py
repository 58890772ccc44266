"""
Sheets for those who review the words of a language: every message beside the English one, with where it may stand.

One page per language; a reviewer writes on it what must change, and their name and date go into ``languages.csv``.
"""

from collections.abc import Iterator
from html import escape

from worker.core.rules import Letters, Rules
from worker.core.rules.letter_rows import BlockRow
from worker.core.rules.phrases import Phrases
from worker.core.rules.readability import measure

_STYLE = (
    "body{font:15px/1.5 sans-serif;margin:2rem;color:#1b2a33}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #c9d9dc;padding:6px 10px;text-align:left;vertical-align:top}"
    "th{background:#eaf4f5}.soft{color:#4a5b66;font-size:13px}tr{break-inside:avoid}p{margin:0 0 4px}"
    "td.check{min-width:8rem}"
)
_SAMPLE = {
    "name": "Ana Example", "gender": "female", "side": "left", "reach": "phone", "phone": "+1 555 0100", "clock": 2,
    "clinician": "Dr. Rao", "contact": "Mia, +1 555 0102", "nurse": "Jo, +1 555 0103", "crisis": "116 123",
    "interpreter": "+1 555 0104", "due": "…", "dates": "…", "date": "…", "low": 2, "high": 10, "restLow": 98,
    "restHigh": 90, "first": "…", "second": "…",
}  # fmt: skip


def sheet(language: str, rules: Rules) -> str:
    """The page for one language."""
    letters = rules.letters
    row, own, english = letters.languages[language], letters.phrases[language], letters.phrases["en"]
    heads = ("message", "English") if language != "en" else ("message",)
    head = "".join(f'<th scope="col">{each}</th>' for each in (*heads, row.name, "right? what else?"))
    messages = sorted(english.sayings, key=lambda message: english.sayings[message].line)
    rows = "".join(_row(message, own, english, letters) for message in messages)
    reviewed = f"Reviewed by {row.reviewer} on {row.reviewed}." if row.reviewer else "Not reviewed yet."
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Words of the letter: {escape(row.name)}'
        f"</title><style>{_STYLE}</style></head><body><main><h1>Words of the letter: {escape(row.name)}</h1>"
        f"<p>{escape(reviewed)} One of the variants is shown (a woman, the left breast, a telephone number). "
        f"Tables {escape(rules.digest or 'as shipped')}.</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></main></body></html>"
    )


def _row(message: str, own: Phrases, english: Phrases, letters: Letters) -> str:
    cells = [f'<th scope="row">{escape(message)}{_where(message, english, letters)}</th>']
    shown = (english, own) if own is not english else (own,)
    cells += [f'<td lang="{escape(each.language)}">{_said(message, each)}</td>' for each in shown]
    return f'<tr>{"".join(cells)}<td class="check"></td></tr>'


def _where(message: str, english: Phrases, letters: Letters) -> str:
    found = [row for rows in letters.blocks.values() for row in rows if row.id == message][:1]
    told = "".join(f"<br>{escape(line)}" for row in found for line in _of_block(row))
    counts = measure(english.sayings[message].literal.split("\n"))
    grade = f"<br>grade {counts.grade:.1f}" if found and counts.words > 5 else ""
    return f'<div class="soft">{told}{grade}</div>' if told else ""


def _of_block(row: BlockRow) -> Iterator[str]:
    yield f"only {', '.join(row.categories)}" if row.categories else "every category"
    if row.forbidden:
        yield f"never {', '.join(row.forbidden)}"
    if row.actions:
        yield f"with {', '.join(row.actions)}"
    if row.needs:
        yield f"if {', '.join(row.needs)}"
    yield row.source


def _said(message: str, phrases: Phrases) -> str:
    lines = (phrases.say(key, _SAMPLE) for key in phrases.sayings[message].keys)
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)
